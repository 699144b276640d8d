package store

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// askAgain is how long a server that failed is left alone.
const askAgain = 5 * time.Second

// StandIn is Shared on a server, with this process's own memory in its place while the server is away.
// Replicas then count limits each for itself and may tick at the same time, which the transactions and the
// unique keys of the database allow; nothing is sent twice.
type StandIn struct {
	server Shared
	memory Shared
	now    func() time.Time
	log    *slog.Logger

	mu    sync.Mutex
	away  bool
	after time.Time // when to ask the server again
}

// NewStandIn stands in for server whenever it fails.
func NewStandIn(server Shared, now func() time.Time, log *slog.Logger) *StandIn {
	return &StandIn{server: server, memory: NewMemory(now), now: now, log: log}
}

// Away reports whether the server did not answer last time.
func (s *StandIn) Away() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.away
}

// ask does with the server, or, when that fails or has just failed, with the memory.
func (s *StandIn) ask(ctx context.Context, do func(Shared) error) error {
	if s.resting() {
		return do(s.memory)
	}
	err := do(s.server)
	if err != nil && ctx.Err() != nil {
		return err // the caller gave up, not the server
	}
	s.note(err)
	if err != nil {
		return do(s.memory)
	}
	return nil
}

func (s *StandIn) resting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.away && s.now().Before(s.after)
}

// note logs when the server goes and when it is back, once each.
func (s *StandIn) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch was := s.away; {
	case err != nil:
		s.away, s.after = true, s.now().Add(askAgain)
		if !was {
			s.log.Warn("redis is away: leases and rate limits are this process's own meanwhile", "err", err)
		}
	case was:
		s.away = false
		s.log.Warn("redis is back")
	}
}

// Acquire takes a lease.
func (s *StandIn) Acquire(ctx context.Context, lease, holder string, ttl time.Duration) (mine bool, err error) {
	err = s.ask(ctx, func(sh Shared) (err error) { mine, err = sh.Acquire(ctx, lease, holder, ttl); return err })
	return mine, err
}

// Release gives it back.
func (s *StandIn) Release(ctx context.Context, lease, holder string) error {
	return s.ask(ctx, func(sh Shared) error { return sh.Release(ctx, lease, holder) })
}

// Token is a value kept for all.
func (s *StandIn) Token(ctx context.Context, name string) (value string, ok bool, err error) {
	err = s.ask(ctx, func(sh Shared) (err error) { value, ok, err = sh.Token(ctx, name); return err })
	return value, ok, err
}

// SetToken keeps one.
func (s *StandIn) SetToken(ctx context.Context, name, value string, ttl time.Duration) error {
	return s.ask(ctx, func(sh Shared) error { return sh.SetToken(ctx, name, value, ttl) })
}

// DropToken forgets it.
func (s *StandIn) DropToken(ctx context.Context, name string) error {
	return s.ask(ctx, func(sh Shared) error { return sh.DropToken(ctx, name) })
}

// Take counts against a limit.
func (s *StandIn) Take(ctx context.Context, bucket string, n int, perSecond float64, burst int) (wait time.Duration, err error) {
	err = s.ask(ctx, func(sh Shared) (err error) { wait, err = sh.Take(ctx, bucket, n, perSecond, burst); return err })
	return wait, err
}
