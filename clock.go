package main

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// steppedClock is the time of a demo or a replay: it stands still or runs at some speed, and it can be
// moved forward, never back. It begins at a moment of its own.
type steppedClock struct {
	mu    sync.Mutex
	real  func() time.Time
	base  time.Time // the clock's time at since
	since time.Time // by the real clock
	speed float64   // 0: stands still
}

func newSteppedClock(start time.Time, speed float64, real func() time.Time) *steppedClock {
	return &steppedClock{real: real, base: start, since: real(), speed: speed}
}

// Now is the clock's time.
func (c *steppedClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *steppedClock) now() time.Time {
	return c.base.Add(time.Duration(float64(c.real().Sub(c.since)) * c.speed))
}

// Set moves the clock forward to t; a time already passed leaves it as it is.
func (c *steppedClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); t.Before(now) {
		t = now
	}
	c.base, c.since = t, c.real()
}

// Speed is how much faster than life the clock runs.
func (c *steppedClock) Speed() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.speed
}

// SetSpeed changes it from now on.
func (c *steppedClock) SetSpeed(speed float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base, c.since, c.speed = c.now(), c.real(), speed
}

// stepper moves a clock through everything that falls due, each at its own minute and in order.
type stepper struct {
	clock *steppedClock
	apps  []*app     // replicas on one database
	mu    sync.Mutex // one move at a time
}

// to moves the clock to t.
func (s *stepper) to(ctx context.Context, t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	speed := s.clock.Speed()
	s.clock.SetSpeed(0)
	defer s.clock.SetSpeed(speed)
	if err := s.settle(ctx); err != nil {
		return err
	}
	for range 100_000 {
		next, ok, err := s.apps[0].nextDue(ctx, s.clock.Now())
		if err != nil {
			return err
		}
		if !ok || next.After(t) {
			break
		}
		s.clock.Set(next)
		if err := s.step(ctx); err != nil {
			return err
		}
	}
	s.clock.Set(t)
	return s.apps[0].present(ctx)
}

// step does what is due at the clock's moment: on the whole minute a tick, otherwise only sending.
func (s *stepper) step(ctx context.Context) error {
	now := s.clock.Now()
	if now.Equal(now.Truncate(time.Minute)) {
		if err := s.apps[0].presentAt(ctx, now.Add(-time.Minute)); err != nil {
			return err
		}
		if err := s.tick(ctx); err != nil {
			return err
		}
	}
	return s.settle(ctx)
}

// tick does the chores on every replica at once.
func (s *stepper) tick(ctx context.Context) error {
	return s.all(func(a *app) error { return a.scheduler.Tick(ctx) })
}

// settle sends what is due.
func (s *stepper) settle(ctx context.Context) error {
	return s.all(func(a *app) error {
		_, err := a.dispatcher.Drain(ctx)
		return err
	})
}

func (s *stepper) all(do func(*app) error) error {
	var group errgroup.Group
	for _, a := range s.apps {
		group.Go(func() error { return do(a) })
	}
	return group.Wait()
}
