package feishutest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

var (
	errLost   = errors.New("lost on the way")
	errNoApp  = errors.New("no callback address and no connection")
	errTooOld = errors.New("no answer in time")
)

// statusError is an answer other than 200.
type statusError int

func (s statusError) Error() string { return "HTTP status " + strconv.Itoa(int(s)) }

// carry brings an event to the app and returns the body of the answer.
func (p *Platform) carry(ctx context.Context, e *event) ([]byte, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, p.opt.AckWithin, errTooOld)
	defer cancel()
	url := p.opt.EventURL
	if e.kind == "card.action.trigger" && p.opt.CardURL != "" {
		url = p.opt.CardURL
	}
	var answer []byte
	var err error
	if url == "" {
		answer, err = p.overConn(ctx, e)
	} else {
		answer, err = p.postTo(ctx, url, e)
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return answer, err
}

// postTo posts one event, encrypted and signed with the present time.
func (p *Platform) postTo(ctx context.Context, url string, e *event) ([]byte, error) {
	at := p.now()
	if p.opt.Quirks {
		at = e.at
	}
	req, err := p.request(ctx, url, p.envelope(e, p.opt.VerificationToken), at)
	if err != nil {
		return nil, err
	}
	client := *p.opt.Client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
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

// request is a post of plain, encrypted, and signed at a time; at no time: not signed.
func (p *Platform) request(ctx context.Context, url string, plain []byte, at time.Time) (*http.Request, error) {
	body := plain
	if !p.opt.Plain {
		body = marshal(object{"encrypt": Encrypt(p.opt.EncryptKey, plain)})
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	if !at.IsZero() && !p.opt.Plain {
		stamp := strconv.FormatInt(at.Unix(), 10)
		p.mu.Lock()
		nonce := p.next("nonce-")
		p.mu.Unlock()
		req.Header.Set("X-Lark-Request-Timestamp", stamp)
		req.Header.Set("X-Lark-Request-Nonce", nonce)
		req.Header.Set("X-Lark-Signature", Sign(stamp, nonce, p.opt.EncryptKey, body))
	}
	return req, nil
}

// Envelope is an event with any body, not delivered: for tests that bend it.
func (p *Platform) Envelope(kind string, body any) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.envelope(p.newEvent(kind, body), p.opt.VerificationToken)
}

// Request is an envelope as it would be posted now, encrypted and signed, for tests that bend it before
// they send it.
func (p *Platform) Request(ctx context.Context, url string, envelope []byte) (*http.Request, error) {
	return p.request(ctx, url, envelope, p.now())
}

// Verify does what saving the address in the console does: it posts a challenge, without signature, and
// wants it back.
func (p *Platform) Verify(ctx context.Context, url string) error {
	p.mu.Lock()
	challenge := p.next("challenge-")
	p.mu.Unlock()
	req, err := p.request(ctx, url, marshal(object{"challenge": challenge, "token": p.opt.VerificationToken, "type": "url_verification"}), time.Time{})
	if err != nil {
		return err
	}
	resp, err := p.opt.Client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var answer struct {
		Challenge string `json:"challenge"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<16)).Decode(&answer); err != nil || resp.StatusCode != http.StatusOK || answer.Challenge != challenge {
		return fmt.Errorf("challenge of %s answered with status %d and %q: %w", url, resp.StatusCode, answer.Challenge, errors.Join(err, errors.New("not the challenge")))
	}
	return nil
}
