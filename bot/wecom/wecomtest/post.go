package wecomtest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// sealed is one request or answer: encrypted, and signed under a timestamp and a nonce.
type sealed struct {
	encrypted, stamp, nonce, signature string
}

// seal encrypts and signs with the present time. The receiveid is the corpid for the app, and empty for the
// AI bot (D/101033).
func (p *Platform) seal(channel string, plain []byte) sealed {
	p.mu.Lock()
	defer p.mu.Unlock()
	token, key, receiver := p.secrets(channel)
	s := sealed{encrypted: Encrypt(key, receiver, plain), stamp: strconv.FormatInt(p.now().Unix(), 10)}
	s.nonce = strconv.Itoa(83920113 + len(p.next("n")) + p.last["n"])
	s.signature = Sign(token, s.stamp, s.nonce, s.encrypted)
	return s
}

func (p *Platform) secrets(channel string) (token, key, receiver string) {
	if channel == App {
		return p.opt.AppToken, p.opt.AppAESKey, p.opt.CorpID
	}
	return p.opt.BotToken, p.opt.BotAESKey, ""
}

func (s sealed) query() url.Values {
	return url.Values{"msg_signature": {s.signature}, "timestamp": {s.stamp}, "nonce": {s.nonce}}
}

// Request is a callback of the App or the AIBot as it would be posted now, encrypted and signed, for tests
// that bend it before they send it. plain is the XML or the JSON.
func (p *Platform) Request(ctx context.Context, channel, address string, plain []byte) (*http.Request, error) {
	r, _, err := p.request(ctx, channel, address, plain)
	return r, err
}

func (p *Platform) request(ctx context.Context, channel, address string, plain []byte) (*http.Request, sealed, error) {
	s := p.seal(channel, plain)
	body, kind := marshal(object{"encrypt": s.encrypted}), "application/json"
	if channel == App {
		body, kind = xmlOf([]field{{"ToUserName", p.opt.CorpID}, {"AgentID", strconv.Itoa(p.opt.AgentID)}, {"Encrypt", s.encrypted}}), "text/xml"
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, withQuery(address, s.query()), bytes.NewReader(body))
	if err != nil {
		return nil, s, err
	}
	r.Header.Set("Content-Type", kind)
	return r, s, nil
}

func withQuery(address string, q url.Values) string {
	if strings.Contains(address, "?") {
		return address + "&" + q.Encode()
	}
	return address + "?" + q.Encode()
}

// post brings a parcel to an address and returns the body of the answer: only HTTP 200 counts.
func (p *Platform) post(ctx context.Context, address string, one *parcel) ([]byte, sealed, error) {
	r, s, err := p.request(ctx, one.channel, address, one.body)
	if err != nil {
		return nil, s, err
	}
	answer, err := p.fetch(r)
	return answer, s, err
}

func (p *Platform) fetch(r *http.Request) ([]byte, error) {
	client := *p.opt.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, statusError(resp.StatusCode)
	}
	return answer, nil
}

// Verify does what saving an address in the console does: it asks for an encrypted word, of the App or the
// AIBot, and wants it back as it is (D/90238).
func (p *Platform) Verify(ctx context.Context, channel, address string) error {
	p.mu.Lock()
	word := p.next("echo-")
	p.mu.Unlock()
	s := p.seal(channel, []byte(word))
	q := s.query()
	q.Set("echostr", s.encrypted)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, withQuery(address, q), nil)
	if err != nil {
		return err
	}
	answer, err := p.fetch(r)
	switch {
	case err != nil:
		return fmt.Errorf("verification of %s: %w", address, err)
	case string(answer) != word:
		return fmt.Errorf("verification of %s: answered %q, not the word", address, answer)
	}
	return nil
}
