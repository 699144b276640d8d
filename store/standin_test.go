package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	osexec "os/exec"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
)

// broken is a server that can be away.
type broken struct {
	store.Shared
	away  bool
	asked int
}

var errAway = errors.New("connection refused")

func (b *broken) Acquire(ctx context.Context, lease, holder string, ttl time.Duration) (bool, error) {
	if b.asked++; b.away {
		return false, errAway
	}
	return b.Shared.Acquire(ctx, lease, holder, ttl)
}

func TestMemoryStandsInForAServerThatIsAway(t *testing.T) {
	t.Parallel()
	h := newHand()
	var log bytes.Buffer
	server := &broken{Shared: store.NewMemory(h.now)}
	s := store.NewStandIn(server, h.now, slog.New(slog.NewTextHandler(&log, nil)))
	acquire := func(holder string, want bool) {
		t.Helper()
		if got, err := s.Acquire(t.Context(), "tick", holder, time.Hour); err != nil || got != want {
			t.Errorf("%s: %v, %v", holder, got, err)
		}
	}
	acquire("other", true)
	acquire("me", false)
	server.away = true
	acquire("me", true) // on its own
	acquire("me", true)
	if server.asked != 3 || !s.Away() {
		t.Errorf("asked %d times, away %v: a server that failed is left alone for a while", server.asked, s.Away())
	}
	h.pass(5 * time.Second)
	acquire("me", true)
	if server.asked != 4 {
		t.Errorf("asked %d times", server.asked)
	}
	server.away = false
	h.pass(5 * time.Second)
	acquire("me", false) // the server's word counts again
	if s.Away() || strings.Count(log.String(), "redis is away") != 1 || strings.Count(log.String(), "redis is back") != 1 || strings.Contains(log.String(), "ERROR") {
		t.Errorf("logged:\n%s", &log)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	server.away = true
	if _, err := s.Acquire(gone, "tick", "me", time.Hour); !errors.Is(err, errAway) || s.Away() {
		t.Errorf("%v, away %v: who gave up is no sign of the server", err, s.Away())
	}
}

// privateRedis is a server of the test's own, to be killed.
func privateRedis(t *testing.T) (url string, start, kill func()) {
	t.Helper()
	if os.Getenv("TEST_REDIS") == "" {
		t.Skip("TEST_REDIS is not set")
	}
	binary, err := osexec.LookPath("redis-server")
	if err != nil {
		t.Skip("redis-server is not installed")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := ln.Addr().(*net.TCPAddr).Port
	ln.Close()
	var cmd *osexec.Cmd
	kill = func() {
		if cmd != nil {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			cmd = nil
		}
	}
	start = func() {
		cmd = osexec.Command(binary, "--bind", "127.0.0.1", "--port", fmt.Sprint(port), "--save", "", "--appendonly", "no", "--dir", t.TempDir())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(10 * time.Second); ; {
			conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
			if err == nil {
				conn.Close()
				return
			}
			if time.Now().After(deadline) {
				t.Fatal("redis-server does not start")
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	t.Cleanup(kill)
	return fmt.Sprintf("redis://127.0.0.1:%d/0", port), start, kill
}

func TestARedisThatIsKilledAndComesBack(t *testing.T) {
	t.Parallel()
	url, start, kill := privateRedis(t)
	h := newHand()
	start()
	server, closer, err := store.NewRedis(t.Context(), url, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer closer.Close()
	s := store.NewStandIn(server, h.now, slog.New(slog.DiscardHandler))
	work := func(away bool) {
		t.Helper()
		if mine, err := s.Acquire(t.Context(), "tick", "me", time.Minute); err != nil || !mine {
			t.Errorf("lease: %v, %v", mine, err)
		}
		if wait, err := s.Take(t.Context(), "b", 1, 1000, 1000); err != nil || wait > 0 {
			t.Errorf("limit: %v, %v", wait, err)
		}
		if s.Away() != away {
			t.Errorf("away is %v", s.Away())
		}
	}
	work(false)
	kill()
	work(true)
	start()
	h.pass(time.Minute)
	work(false)
}
