package wecom

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Addresses come in messages: where to answer, and where files are. Whoever can make the service call an
// address of their choice can look around in its network, so only known hosts are called, by https, without
// redirects, and never an address that is not a public one.
var (
	defaultReplyHosts = []string{"qyapi.weixin.qq.com"}
	// The platform documents no list; its examples are on Tencent's object store.
	defaultMediaHosts = []string{"*.myqcloud.com", "*.weixin.qq.com", "*.qpic.cn"}
)

// hosts are those that may be called. An entry is a name, or *. and a name for all beneath it. Written as an
// origin, http://10.0.0.8:8080, it is taken at its word, with its scheme and even if it is not public: a
// private installation, or a stand-in.
type hosts []string

var errHost = errors.New("address not allowed")

// check is the address if it may be called. Its error does not repeat it: such addresses are secrets.
func (h hosts) check(raw string) (u *url.URL, anywhere bool, err error) {
	u, err = url.Parse(raw)
	if err != nil || u.Host == "" || u.User != nil || u.Opaque != "" {
		return nil, false, errHost
	}
	if slices.Contains(h, strings.ToLower(u.Scheme+"://"+u.Host)) {
		return u, true, nil
	}
	name := strings.ToLower(u.Hostname())
	if u.Scheme != "https" || (u.Port() != "" && u.Port() != "443") || !slices.ContainsFunc(h, func(e string) bool { return covers(e, name) }) {
		return nil, false, errHost
	}
	return u, false, nil
}

func covers(entry, name string) bool {
	if above, ok := strings.CutPrefix(entry, "*."); ok {
		return strings.HasSuffix(name, "."+above)
	}
	return entry == name
}

// checkHosts says what is wrong with a list in the configuration.
func checkHosts(what string, list []string) error {
	for _, e := range list {
		bare := strings.TrimPrefix(e, "*.")
		if u, err := url.Parse(e); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") && u.Path == "" && e == strings.ToLower(e) {
			continue
		}
		if bare == "" || bare != strings.ToLower(bare) || strings.ContainsAny(bare, "*:/@ ") || !strings.Contains(bare, ".") {
			return fmt.Errorf("%s: %q is no host; write qyapi.weixin.qq.com, *.myqcloud.com or http://127.0.0.1:8080", what, e)
		}
	}
	return nil
}

// outside calls addresses that came in messages.
type outside struct {
	hosts   hosts
	public  *http.Client // of names
	trusted *http.Client // of origins
}

// newOutside makes its clients of the one the adapter has. One that dials in its own way, as in tests, goes
// on doing so.
func newOutside(list hosts, client *http.Client) *outside {
	trusted := *client
	trusted.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	public := trusted
	base, ours := client.Transport.(*http.Transport)
	if client.Transport == nil {
		base, ours = http.DefaultTransport.(*http.Transport)
	}
	if ours && (client.Transport == nil || base.DialContext == nil) {
		t := base.Clone()
		t.Proxy = nil // it would dial in our place
		t.DialContext = (&net.Dialer{Timeout: 5 * time.Second, Control: publicOnly}).DialContext
		public.Transport = t
	}
	return &outside{hosts: list, public: &public, trusted: &trusted}
}

// do sends a request made by a check of its address. A redirect is an answer like any other, and not followed.
func (o *outside) do(req *http.Request) (*http.Response, error) {
	_, anywhere, err := o.hosts.check(req.URL.String())
	if err != nil {
		return nil, err
	}
	client := o.public
	if anywhere {
		client = o.trusted
	}
	resp, err := client.Do(req)
	var full *url.Error
	if errors.As(err, &full) { // its text has the address, which is a secret
		err = full.Err
	}
	return resp, err
}

// publicOnly refuses a connection after the name was resolved: a name that is allowed may still lead inside.
func publicOnly(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !public(at.Addr()) {
		return errHost
	}
	return nil
}

// notPublic are ranges netip has no word for: shared, protocol assignments, documentation, benchmarks,
// reserved, and the IPv6 ones that lead to an IPv4 address.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
}

func public(ip netip.Addr) bool {
	ip = ip.Unmap()
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// hostOf is what of an address may be logged.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return "?"
	}
	return clip(u.Hostname(), 100)
}
