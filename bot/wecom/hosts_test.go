package wecom

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestOnlyListedHostsAreCalled(t *testing.T) {
	t.Parallel()
	list := hosts{"qyapi.weixin.qq.com", "*.myqcloud.com", "http://10.0.0.8:8080"}
	good := []string{"https://qyapi.weixin.qq.com/a?b=c", "https://QYAPI.weixin.qq.com/", "https://qyapi.weixin.qq.com:443/", "https://a.b.myqcloud.com/x",
		"http://10.0.0.8:8080/x"}
	bad := []string{"", "x", "http://qyapi.weixin.qq.com/", "https://qyapi.weixin.qq.com:8443/", "https://qyapi.weixin.qq.com@evil.example/",
		"https://user:pass@qyapi.weixin.qq.com/", "https://evil.example/qyapi.weixin.qq.com", "https://qyapi.weixin.qq.com.evil.example/",
		"https://xmyqcloud.com/", "https://myqcloud.com/", "https://evil.example#.myqcloud.com/", "https://evil.example?.myqcloud.com",
		"https://evil.example\\.myqcloud.com/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest", "https://2130706433/",
		"file:///etc/passwd", "gopher://qyapi.weixin.qq.com/", "//qyapi.weixin.qq.com/", "https:qyapi.weixin.qq.com", "http://10.0.0.8/x",
		"https://10.0.0.8:8080/x", "http://10.0.0.8:8081/x", "https://qyapi.weixin.qq.com%2eevil.example/", "https://qyapi.weixin.qq.com\n/",
		"https://qyapi.weixin.qq.com./"}
	for _, raw := range good {
		if _, _, err := list.check(raw); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for _, raw := range bad {
		if u, _, err := list.check(raw); !errors.Is(err, errHost) || u != nil {
			t.Errorf("%s is allowed", raw)
		}
	}
}

func TestOnlyPublicAddressesAreDialled(t *testing.T) {
	t.Parallel()
	for ip, want := range map[string]bool{"1.1.1.1": true, "2606:4700::1111": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "255.255.255.255": false, "224.0.0.1": false, "::": false, "::1": false, "fe80::1": false,
		"fd00::1": false, "::ffff:127.0.0.1": false, "::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "ff02::1": false, "198.18.0.1": false} {
		if got := public(netip.MustParseAddr(ip)); got != want {
			t.Errorf("%s: %v", ip, got)
		}
	}
	// A listed name that leads to this machine is refused when it is dialled.
	o := newOutside(hosts{"localhost.localdomain", "*.localhost"}, &http.Client{})
	for _, address := range []string{"127.0.0.1:443", "[::1]:443", "10.0.0.1:443", "x"} {
		if err := publicOnly("tcp", address, nil); !errors.Is(err, errHost) {
			t.Errorf("%s: %v", address, err)
		}
	}
	dial := o.public.Transport.(*http.Transport).DialContext
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	if conn, err := dial(t.Context(), "tcp", srv.Listener.Addr().String()); err == nil {
		conn.Close()
		t.Error("this machine was called")
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	asked := 0
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer inner.Close()
	outer := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusTemporaryRedirect))
	defer outer.Close()
	o := newOutside(hosts{outer.URL}, &http.Client{})
	req, _ := http.NewRequestWithContext(t.Context(), "GET", outer.URL+"/x", nil)
	resp, err := o.do(req)
	if err != nil || resp.StatusCode != http.StatusTemporaryRedirect || asked > 0 {
		t.Errorf("%v, %v, asked %d", resp, err, asked)
	}
	if err == nil {
		resp.Body.Close()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, _ = http.NewRequestWithContext(ctx, "GET", outer.URL+"/x?response_code=SECRET", nil)
	if _, err := o.do(req); err == nil || strings.Contains(err.Error(), "SECRET") {
		t.Errorf("an error says the address: %v", err)
	}
}

func TestHostsOfTheConfigurationAreChecked(t *testing.T) {
	t.Parallel()
	for entry, good := range map[string]bool{"qyapi.weixin.qq.com": true, "*.myqcloud.com": true, "http://127.0.0.1:8080": true, "https://wecom.example": true,
		"": false, "*": false, "*.": false, "a.*.com": false, "com": false, "https://x.example/path": false, "ftp://x.example": false, "x.example:443": false,
		"X.example": false, "a b.example": false} {
		if err := checkHosts("media_hosts", []string{entry}); (err == nil) != good {
			t.Errorf("%q: %v", entry, err)
		}
	}
}

// TestAddressesInMessagesLeadNowhereElse: neither the answer nor a picture is looked for inside.
func TestAddressesInMessagesLeadNowhereElse(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"http://169.254.169.254/latest/meta-data", "https://127.0.0.1/", "https://evil.example/?.myqcloud.com", "file:///etc/passwd",
		"https://qyapi.weixin.qq.com@10.0.0.1/"} {
		w := newInWorld(t)
		text := strings.Replace(inBotText, "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=k1", where, 1)
		m, err := parseBotMessage([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if r := w.a.keepReply(t.Context(), arrival{botMessage: m}, inG1); r.url != "" {
			t.Errorf("an answer would go to %s", where)
		}
		r := urlReply{a: w.a, msgid: "m9", url: where} // kept by somebody else, in the store
		if err := r.Answer(t.Context(), answer{Markdown: "x"}); err == nil {
			t.Errorf("answered at %s", where)
		}
		f, err := w.a.fetch(t.Context(), errand{message: "m", by: "wanglei", since: inNoon}, part{url: where, kind: "image"})
		if err != nil || f.Error != whyExpired || f.SHA256 != "" {
			t.Errorf("%s: %+v, %v", where, f, err)
		}
		if got := w.net.calls(); len(got) > 0 {
			t.Errorf("%s was called: %v", where, got)
		}
	}
}
