package wecom

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// tokens keeps the app's access_token: at most one fetch at a time, shared with other replicas. It belongs
// to one app of one enterprise, and the platform may void it early:
// https://developer.work.weixin.qq.com/document/path/91039
type tokens struct {
	a      *Adapter
	flight singleflight.Group

	mu    sync.Mutex
	value string
	until time.Time
}

const (
	spare    = 10 * time.Minute // a token is not used in its last minutes
	trusted  = time.Minute      // how long a shared token is believed without looking again
	fetching = 10 * time.Second
)

func (t *tokens) name() string {
	return fmt.Sprintf("wecom/token/%s/%d", t.a.cfg.CorpID, t.a.cfg.App.AgentID)
}

// get is a valid token, as far as known.
func (t *tokens) get(ctx context.Context) (string, error) {
	if v, ok := t.kept(); ok {
		return v, nil
	}
	// One caller's cancellation must not fail the others who wait for the same fetch.
	done := t.flight.DoChan("token", func() (any, error) {
		own, cancel := context.WithTimeout(context.WithoutCancel(ctx), fetching)
		defer cancel()
		return t.renew(own)
	})
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case res := <-done:
		if res.Err != nil {
			return "", res.Err
		}
		return res.Val.(string), nil
	}
}

func (t *tokens) kept() (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.value, t.value != "" && t.a.now().Before(t.until)
}

func (t *tokens) keep(value string, ttl time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.value, t.until = value, t.a.now().Add(ttl)
}

func (t *tokens) renew(ctx context.Context) (string, error) {
	if v, ok := t.kept(); ok { // another call was quicker
		return v, nil
	}
	// What cannot be shared is fetched: the service lives without Redis.
	shared := t.a.cfg.Shared
	if v, ok, err := shared.Token(ctx, t.name()); err == nil && ok && v != "" {
		t.keep(v, trusted)
		return v, nil
	}
	value, ttl, err := t.fetch(ctx)
	if err != nil {
		return "", err
	}
	t.keep(value, ttl)
	if err := shared.SetToken(ctx, t.name(), value, ttl); err != nil {
		t.a.log.Warn("token not shared", "err", err)
	}
	return value, nil
}

func (t *tokens) fetch(ctx context.Context) (string, time.Duration, error) {
	var answer struct {
		Token  string `json:"access_token"`
		Expire int64  `json:"expires_in"`
	}
	c := call{op: "get token", method: "GET", path: "/cgi-bin/gettoken", into: &answer,
		query: url.Values{"corpid": {t.a.cfg.CorpID}, "corpsecret": {t.a.cfg.App.Secret}}}
	if err := t.a.once(ctx, c); err != nil {
		return "", 0, final(err)
	}
	if answer.Token == "" {
		return "", 0, errors.New("wecom get token: none in the answer")
	}
	life := time.Duration(min(max(answer.Expire, 0), 24*60*60)) * time.Second
	return answer.Token, max(life-spare, life/2), nil
}

// final: refused to gettoken itself, a code that elsewhere asks for another token is a wrong secret.
func final(err error) error {
	var api *APIError
	if errors.As(err, &api) && api.Code == 40001 {
		api.class, api.Admin = permanent, verdicts[40091].admin
	}
	return err
}

// drop forgets a token the platform refused, unless there is a newer one already.
func (t *tokens) drop(ctx context.Context, bad string) {
	t.mu.Lock()
	if t.value == bad {
		t.value = ""
	}
	t.mu.Unlock()
	shared := t.a.cfg.Shared
	if v, ok, err := shared.Token(ctx, t.name()); err == nil && ok && v == bad {
		if err := shared.DropToken(ctx, t.name()); err != nil {
			t.a.log.Warn("shared token not dropped", "err", err)
		}
	}
}
