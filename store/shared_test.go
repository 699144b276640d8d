package store_test

import (
	"crypto/rand"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
)

// shared runs test with Memory and with Redis, if TEST_REDIS names one. lapse lets a time to live end.
func shared(t *testing.T, test func(t *testing.T, s store.Shared, name string, lapse func(key string))) {
	t.Parallel()
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		h := newHand()
		test(t, store.NewMemory(h.now), "x", func(string) { h.pass(time.Hour) })
	})
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		url := os.Getenv("TEST_REDIS")
		if url == "" {
			t.Skip("TEST_REDIS is not set")
		}
		s, c, err := store.NewRedis(t.Context(), url, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := c.Close(); err != nil {
				t.Error(err)
			}
		})
		test(t, s, rand.Text(), func(key string) { store.Expire(t, s, key) })
	})
}

func TestALeaseHasOneHolder(t *testing.T) {
	shared(t, func(t *testing.T, s store.Shared, name string, lapse func(string)) {
		acquire := func(holder string, want bool) {
			t.Helper()
			if got, err := s.Acquire(t.Context(), name, holder, 30*time.Minute); err != nil || got != want {
				t.Errorf("%s: %v, %v", holder, got, err)
			}
		}
		release := func(holder string) {
			t.Helper()
			if err := s.Release(t.Context(), name, holder); err != nil {
				t.Error(err)
			}
		}
		release("a") // nobody's
		acquire("a", true)
		acquire("a", true)
		acquire("b", false)
		release("b")
		acquire("b", false)
		release("a")
		acquire("b", true)
		lapse("lease:" + name)
		acquire("a", true)
	})
}

func TestATokenLastsAsLongAsItSays(t *testing.T) {
	shared(t, func(t *testing.T, s store.Shared, name string, lapse func(string)) {
		want := func(value string) {
			t.Helper()
			if got, ok, err := s.Token(t.Context(), name); err != nil || got != value || ok != (value != "") {
				t.Errorf("%q, %v, %v; want %q", got, ok, err, value)
			}
		}
		set := func(value string) {
			t.Helper()
			if err := s.SetToken(t.Context(), name, value, 30*time.Minute); err != nil {
				t.Error(err)
			}
		}
		want("")
		set("t-1")
		set("t-2")
		want("t-2")
		lapse("token:" + name)
		want("")
		set("t-3")
		if err := s.DropToken(t.Context(), name); err != nil {
			t.Error(err)
		}
		want("")
	})
}

func TestABucketRefills(t *testing.T) {
	shared(t, func(t *testing.T, s store.Shared, name string, lapse func(string)) {
		const perSecond = 1.0 / 600 // slow, so that no time passes while the test runs
		some := func(n int) time.Duration {
			t.Helper()
			wait, err := s.Take(t.Context(), name, n, perSecond, 3)
			if err != nil {
				t.Error(err)
			}
			return wait
		}
		take := func() time.Duration { t.Helper(); return some(1) }
		for range 3 {
			if wait := take(); wait != 0 {
				t.Errorf("wait %v", wait)
			}
		}
		for range 2 { // asking uses nothing
			if wait := take(); wait < 9*time.Minute || wait > 10*time.Minute {
				t.Errorf("wait %v", wait)
			}
		}
		lapse("bucket:" + name)
		if wait := take(); wait != 0 {
			t.Errorf("refilled, and wait %v", wait)
		}
		if wait := some(3); wait < 9*time.Minute || wait > 10*time.Minute {
			t.Errorf("two are left, and for three wait %v", wait)
		}
		if wait := some(2); wait != 0 {
			t.Errorf("for the two that are left wait %v", wait)
		}
		lapse("bucket:" + name)
		if wait := some(5); wait != 0 {
			t.Errorf("full, and for more than it holds wait %v", wait)
		}
		if wait := take(); wait < 29*time.Minute || wait > 30*time.Minute {
			t.Errorf("two are owed, and wait %v", wait)
		}
	})
}

func TestMemoryForgetsFullBuckets(t *testing.T) {
	t.Parallel()
	h := newHand()
	s := store.NewMemory(h.now)
	for n := range 5000 {
		if _, err := s.Take(t.Context(), string(rune(n+1)), 1, 1, 2); err != nil {
			t.Fatal(err)
		}
		h.pass(time.Second)
	}
	if n := store.Buckets(s); n > 2000 {
		t.Errorf("%d buckets kept", n)
	}
}

func TestRedisMayBeAwayAndItsPasswordStaysSecret(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	_, _, err := store.NewRedis(t.Context(), "redis://:geheim@%zz", log)
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
	s, c, err := store.NewRedis(t.Context(), "redis://:geheim@127.0.0.1:1/0", log)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := s.Acquire(t.Context(), "x", "a", time.Minute); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
}
