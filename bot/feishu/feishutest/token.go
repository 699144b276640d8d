package feishutest

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"time"
)

// Tokens live two hours. With half an hour or more left the same one is given again; below that a new
// one, and the old one stays valid to its end (auth-v3/auth/tenant_access_token_internal).
const (
	tokenLife    = 2 * time.Hour
	tokenOverlap = 30 * time.Minute
)

type token struct {
	text string
	ends time.Time
}

func (p *Platform) serveToken(w http.ResponseWriter, r *http.Request) {
	p.logID(w)
	if p.faultyAnswer(w, "POST /open-apis/auth/v3/tenant_access_token/internal") {
		return
	}
	var in struct {
		AppID     string `json:"app_id"`
		AppSecret string `json:"app_secret"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&in); err != nil || in.AppID != p.opt.AppID {
		p.refuse(w, &Refusal{Status: http.StatusOK, Code: 10003, Msg: texts[10003]})
		return
	}
	if subtle.ConstantTimeCompare([]byte(in.AppSecret), []byte(p.opt.AppSecret)) != 1 {
		p.refuse(w, &Refusal{Status: http.StatusOK, Code: 10014, Msg: texts[10014]})
		return
	}
	now := p.now()
	p.mu.Lock()
	if err := p.withinLimit("token", now); err != nil {
		p.mu.Unlock()
		p.refuse(w, err)
		return
	}
	t := p.current(now)
	p.last["tokens asked for"]++
	p.mu.Unlock()
	write(w, http.StatusOK, map[string]any{"code": 0, "msg": "ok", "tenant_access_token": t.text, "expire": int(t.ends.Sub(now) / time.Second)})
}

// current is the token to give now. The caller holds the lock.
func (p *Platform) current(now time.Time) token {
	if n := len(p.tokens); n > 0 && p.tokens[n-1].ends.Sub(now) >= tokenOverlap {
		return p.tokens[n-1]
	}
	t := token{text: p.next("t-sim-"), ends: now.Add(tokenLife)}
	p.tokens = append(p.tokens, t)
	return t
}

// valid reports whether a bearer may be used. The caller holds the lock.
func (p *Platform) valid(bearer string, now time.Time) bool {
	for _, t := range p.tokens {
		if t.text == bearer && now.Before(t.ends) {
			return true
		}
	}
	return false
}

// Token is a valid bearer, for tests that call the platform themselves.
func (p *Platform) Token() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.current(p.now()).text
}

// TokensAsked counts the calls of the token endpoint that were answered with a token.
func (p *Platform) TokensAsked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last["tokens asked for"]
}
