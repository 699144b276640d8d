package wecomtest

import (
	"crypto/subtle"
	"time"
)

// Tokens live two hours (D/91039). The same one is given until it ends or is revoked.
const tokenLife = 2 * time.Hour

type token struct {
	text string
	ends time.Time
}

// getToken is GET gettoken.
func (p *Platform) getToken(c *call) (object, error) {
	q := c.URL.Query()
	switch {
	case q.Get("corpid") != p.opt.CorpID:
		return nil, no(40013, "")
	case q.Get("corpsecret") == "":
		return nil, no(41004, "")
	case subtle.ConstantTimeCompare([]byte(q.Get("corpsecret")), []byte(p.opt.AppSecret)) != 1:
		return nil, no(40001, "")
	}
	p.last["tokens asked for"]++
	t := p.current(c.now)
	return object{"access_token": t.text, "expires_in": int(t.ends.Sub(c.now) / time.Second)}, nil
}

// current is the token to give now. The caller holds the lock.
func (p *Platform) current(now time.Time) token {
	if n := len(p.tokens); n > 0 && now.Before(p.tokens[n-1].ends) {
		return p.tokens[n-1]
	}
	t := token{text: p.next("sim-access-token-"), ends: now.Add(tokenLife)}
	p.tokens = append(p.tokens, t)
	return t
}

// authorized checks the access_token. The caller holds the lock.
func (p *Platform) authorized(c *call) error {
	given := c.URL.Query().Get("access_token")
	if given == "" {
		return no(41001, "")
	}
	for _, t := range p.tokens {
		if t.text == given && c.now.Before(t.ends) {
			return nil
		}
	}
	return no(p.opt.TokenCode, "")
}

// Token is a valid access_token, for tests that call the platform themselves.
func (p *Platform) Token() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.current(p.now()).text
}

// TokensAsked counts the calls of gettoken that were answered with a token.
func (p *Platform) TokensAsked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last["tokens asked for"]
}
