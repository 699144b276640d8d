package wecom

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"fenghuo/bot"
)

// APIError is an answer of the platform other than yes.
type APIError struct {
	Op    string // what was tried
	Code  int    // errcode
	Msg   string // the platform's words, without secrets
	Admin string // what an administrator should do; empty if nothing
	class class
}

// Error has the facts for a log, and the administrator's sentence last.
func (e *APIError) Error() string {
	s := fmt.Sprintf("wecom %s: code %d (%s)", e.Op, e.Code, e.Msg)
	if e.Admin != "" {
		s += ": " + e.Admin
	}
	return s
}

// Unwrap is bot.ErrPermanent when no repetition will mend it.
func (e *APIError) Unwrap() error {
	if e.class == permanent {
		return bot.ErrPermanent
	}
	return nil
}

// Advice is what an administrator should do.
func (e *APIError) Advice() string { return e.Admin }

// refused is the error of an errcode, as the dispatcher understands it. secrets are not to be shown.
func (a *Adapter) refused(op string, errcode int, errmsg string, secrets ...string) error {
	v := verdicts[errcode]
	e := &APIError{Op: op, Code: errcode, Msg: a.redact(errmsg, secrets...), Admin: v.admin, class: v.class}
	if e.class == limited {
		return &bot.RetryAfterError{After: pauseOf(errcode), Err: e}
	}
	return e
}

// pauseOf is how long to wait; the platform does not say it in its answers:
// https://developer.work.weixin.qq.com/document/path/90454
func pauseOf(errcode int) time.Duration {
	if p, ok := pauses[errcode]; ok {
		return p
	}
	return time.Minute
}

const longestPause = 24 * time.Hour

// temporary is an answer that is not the platform's own: of a proxy, or half of one.
func temporary(resp *http.Response, err error) error {
	after := resp.Header.Get("Retry-After")
	if resp.StatusCode != http.StatusTooManyRequests && after == "" {
		return err
	}
	pause := time.Minute
	if n, bad := strconv.Atoi(after); bad == nil && n >= 0 {
		pause = min(max(time.Duration(n)*time.Second, time.Second), longestPause)
	}
	return &bot.RetryAfterError{After: pause, Err: err}
}

// code is the platform's code in err, 0 if there is none.
func code(err error) int {
	var api *APIError
	if errors.As(err, &api) {
		return api.Code
	}
	return 0
}
