package wecomtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// api is one call of qyapi.
type api struct {
	pattern string
	channel string // whose messages it sends, for faults
	open    bool   // needs no access_token
	do      func(*Platform, *call) (object, error)
}

type object = map[string]any

// call is one request. While it is carried out, the lock is held.
type call struct {
	*http.Request
	body []byte
	now  time.Time
	raw  *file // answer these bytes instead of JSON
}

// maxBody is more than any call may have: a file of 20 MB and its form.
const maxBody = 24 << 20

// decode reads the body's JSON.
func (c *call) decode(v any) error {
	if err := json.Unmarshal(c.body, v); err != nil {
		return no(47001, "%v", err)
	}
	return nil
}

// serve carries out one call: fault, token, then the thing itself.
func (p *Platform) serve(w http.ResponseWriter, r *http.Request, a api) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		p.refuse(w, no(45001, "body"))
		return
	}
	if p.isBroken(Down, a.channel) {
		http.Error(w, "bad gateway", http.StatusBadGateway)
		return
	}
	if p.isBroken(Hang, a.channel) {
		panic(http.ErrAbortHandler)
	}
	c := &call{Request: r, body: body, now: p.now()}
	out, err := p.perform(c, a)
	p.wait(r.Context().Done(), a.channel)
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		p.refuse(w, refusal)
	case c.raw != nil:
		w.Header().Set("Content-Type", c.raw.mime)
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": c.raw.name}))
		_, _ = w.Write(c.raw.data) // the bot has gone away
	default:
		answer := object{"errcode": 0, "errmsg": "ok"}
		for k, v := range out {
			answer[k] = v
		}
		write(w, answer)
	}
}

// wait is what the fault Slow does to an answer.
func (p *Platform) wait(gone <-chan struct{}, channel string) {
	if !p.isBroken(Slow, channel) {
		return
	}
	select {
	case <-gone:
	case <-time.After(slowAnswer):
	}
}

func (p *Platform) perform(c *call, a api) (object, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.broken(Code, func(f Fault) bool { return f.API != "" && strings.Contains(a.pattern, f.API) }); f != nil {
		return nil, no(f.Code, "")
	}
	if p.broken(Limited, onChannel(a.channel)) != nil {
		return nil, no(45009, "")
	}
	if !a.open {
		if err := p.authorized(c); err != nil {
			return nil, err
		}
	}
	if p.opt.Strict && bytes.Contains(c.body, []byte(`\u`)) {
		return nil, no(40033, "")
	}
	out, err := a.do(p, c)
	p.judge(a.pattern, err)
	return out, err
}

// judge complains of a refusal that is the bot's own fault. The caller holds the lock.
func (p *Platform) judge(what string, err error) {
	var r *Refusal
	if errors.As(err, &r) && faulty[r.Code] {
		p.complain("%s: %s", what, strings.TrimSuffix(strings.SplitN(r.Error(), ", hint", 2)[0], ", "))
	}
}

func (p *Platform) refuse(w http.ResponseWriter, r *Refusal) {
	p.mu.Lock()
	p.refused[r.Code]++
	p.mu.Unlock()
	write(w, object{"errcode": r.Code, "errmsg": r.Msg})
}

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	_, _ = w.Write(marshal(v)) // the bot has gone away
}

func marshal(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // only what was made here or came as JSON
	}
	return bytes.TrimSpace(b.Bytes())
}
