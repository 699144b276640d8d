package feishutest

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// api is one call of the open platform.
type api struct {
	pattern string
	scopes  []string // any one of them is enough; none: no scope needed
	legacy  bool     // refuses with HTTP 200
	do      func(*Platform, *call) (any, error)
}

// call is one request. While it is carried out, the lock is held.
type call struct {
	*http.Request
	body   []byte
	now    time.Time
	api    string // the pattern
	raw    *file  // answer these bytes instead of JSON
	top    string // the answer is under this key instead of data
	repeat bool   // the same uuid was answered before
}

// maxBody is more than any call may have: a file of 30 MB and its form.
const maxBody = 32 << 20

// decode reads the body's JSON.
func (c *call) decode(v any) error {
	if err := json.Unmarshal(c.body, v); err != nil {
		return no(99992402, "body: %v", err)
	}
	return nil
}

// serve carries out one call: fault, token, scope, limit, then the thing itself.
func (p *Platform) serve(w http.ResponseWriter, r *http.Request, a api) {
	p.logID(w)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		p.refuse(w, no(99992402, "body too large"))
		return
	}
	if p.faultyAnswer(w, a.pattern) {
		return
	}
	c := &call{Request: r, body: body, now: p.now(), api: a.pattern}
	data, err := p.perform(c, a)
	if p.tooSlow(c) {
		select {
		case <-r.Context().Done():
		case <-time.After(slowAnswer):
		}
	}
	var refusal *Refusal
	switch {
	case errors.As(err, &refusal):
		if a.legacy && refusal.Status == http.StatusBadRequest {
			refusal.Status = http.StatusOK
		}
		p.refuse(w, refusal)
	case c.raw != nil:
		w.Header().Set("Content-Type", c.raw.mime)
		_, _ = w.Write(c.raw.data) // the app has gone away
	default:
		if data == nil {
			data = map[string]any{}
		}
		top := "data"
		if c.top != "" {
			top = c.top
		}
		write(w, http.StatusOK, map[string]any{"code": 0, "msg": "success", top: data})
	}
}

func (p *Platform) perform(c *call, a api) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.authorize(c, a); err != nil {
		return nil, err
	}
	if err := p.withinLimit(a.pattern, c.now); err != nil {
		return nil, err
	}
	if f := p.broken(Code, func(f Fault) bool { return f.Chat == "" && strings.Contains(a.pattern, f.API) }); f != nil {
		return nil, no(f.Code, "")
	}
	return a.do(p, c)
}

// authorize checks the bearer and the scopes. Token errors have been seen with HTTP 400 and with 200:
// they take turns here.
func (p *Platform) authorize(c *call, a api) error {
	auth := c.Header.Get("Authorization")
	bearer, ok := strings.CutPrefix(auth, "Bearer ")
	var bad *Refusal
	switch {
	case auth == "":
		bad = no(99991661, "")
	case !ok || !strings.HasPrefix(bearer, "t-") && !strings.HasPrefix(bearer, "u-"):
		bad = no(99991671, "")
	case p.broken(Disabled, nil) != nil:
		bad = no(99991662, "")
	case !p.valid(bearer, c.now):
		bad = no(99991663, "")
	}
	if bad != nil {
		p.last["token errors"]++
		if p.last["token errors"]%2 == 0 {
			bad.Status = http.StatusOK
		}
		return bad
	}
	if len(a.scopes) == 0 {
		return nil
	}
	for _, s := range a.scopes {
		if p.granted(s) {
			return nil
		}
	}
	return no(99991672, ": [%s]", strings.Join(a.scopes, ", "))
}

// granted reports whether the app has a scope. The caller holds the lock.
func (p *Platform) granted(scope string) bool {
	return slices.Contains(p.grants, scope) && p.broken(NoScope, func(f Fault) bool { return f.Scope == scope || f.Scope == "" }) == nil
}

// page cuts items as page_size and page_token ask; the token is the number of items before the page.
func page[T any](c *call, items []T, most int) (part []T, next string, err error) {
	size, from := 20, 0
	if s := c.FormValue("page_size"); s != "" {
		if size = number(s); size < 1 || size > most {
			return nil, "", no(99992402, "page_size: 1 to %d", most)
		}
	}
	if s := c.FormValue("page_token"); s != "" {
		if from = number(s); from < 0 || from > len(items) {
			return nil, "", no(99992402, "page_token")
		}
	}
	end := min(from+size, len(items))
	if end < len(items) {
		next = itoa(end)
	}
	return items[from:end], next, nil
}
