package feishu

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// tokenShare is Redis.
type tokenShare struct {
	mu    sync.Mutex
	value map[string]string
	fail  bool
}

var errNoRedis = errors.New("no redis")

func (s *tokenShare) Token(_ context.Context, name string) (string, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail {
		return "", false, errNoRedis
	}
	v, ok := s.value[name]
	return v, ok, nil
}

func (s *tokenShare) SetToken(_ context.Context, name, value string, _ time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail {
		return errNoRedis
	}
	s.value[name] = value
	return nil
}

func (s *tokenShare) DropToken(_ context.Context, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.value, name)
	return nil
}

func TestStaleTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	for _, stale := range staleToken {
		w := newWorld(t)
		w.api.on("POST /open-apis/im/v1/messages", refuses(stale, "invalid"), says200(`{"code":0,"data":{"message_id":"om_1"}}`))
		if _, err := w.Send(t.Context(), out("G1", "", "hi")); err != nil {
			t.Fatal(err)
		}
		calls := w.api.requests("POST /open-apis/im/v1/messages")
		if len(calls) != 2 || calls[0].Token != "t-1" || calls[1].Token != "t-2" || calls[0].Body["uuid"] != calls[1].Body["uuid"] {
			t.Errorf("%d: %+v", stale, calls)
		}
		w.api.on("POST /open-apis/im/v1/messages", refuses(stale, "invalid"))
		if _, err := w.Send(t.Context(), out("G1", "", "hi")); err == nil || w.api.tokens != 3 {
			t.Errorf("%d: %v after %d tokens", stale, err, w.api.tokens)
		}
	}
}

func TestTokenIsFetchedOnceForMany(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() { _, _ = w.Send(t.Context(), out("G1", "", "hi")) })
	}
	wait.Wait()
	if w.api.tokens != 1 {
		t.Errorf("%d tokens fetched", w.api.tokens)
	}
}

func TestTokenIsSharedAmongReplicas(t *testing.T) {
	t.Parallel()
	share := &tokenShare{value: map[string]string{}}
	first := newWorld(t, func(c *Config) { c.Shared = share })
	second := newWorld(t, func(c *Config) { c.Shared = share })
	for _, w := range []*world{first, second} {
		if _, err := w.Send(t.Context(), out("G1", "", "hi")); err != nil {
			t.Fatal(err)
		}
	}
	if first.api.tokens != 1 || second.api.tokens != 0 {
		t.Errorf("fetched %d and %d", first.api.tokens, second.api.tokens)
	}
	first.api.on("POST /open-apis/im/v1/messages", refuses(99991663, "invalid"), says200(`{"code":0,"data":{"message_id":"om_1"}}`))
	if _, err := first.Send(t.Context(), out("G1", "", "hi")); err != nil || first.api.tokens != 2 || share.value[first.token.name()] != "t-2" {
		t.Errorf("%v, %d, %v", err, first.api.tokens, share.value)
	}
	share.fail = true
	third := newWorld(t, func(c *Config) { c.Shared = share })
	if _, err := third.Send(t.Context(), out("G1", "", "hi")); err != nil {
		t.Errorf("without Redis: %v", err)
	}
}

func TestTokenIsRenewedBeforeItEnds(t *testing.T) {
	t.Parallel()
	now := noon
	w := newWorld(t, func(c *Config) { c.Now = func() time.Time { return now } })
	for _, later := range []time.Duration{0, time.Hour, 50 * time.Minute, time.Hour} {
		now = now.Add(later)
		if _, err := w.Send(t.Context(), out("G1", "", "hi")); err != nil {
			t.Fatal(err)
		}
	}
	if w.api.tokens != 2 {
		t.Errorf("%d tokens", w.api.tokens)
	}
}
