package main

import (
	"context"
	"errors"
	"sync"
	"time"
)

// demoClock drives the virtual time of the demo: it moves with real time at a speed, and by hand. Every
// move passes through all that falls due on the way, each at its own minute.
type demoClock struct {
	clock *steppedClock
	real  func() time.Time

	mu      sync.Mutex
	stepper *stepper
	speed   float64
}

func newDemoClock(start time.Time, real func() time.Time) *demoClock {
	return &demoClock{clock: newSteppedClock(start, 0, real), real: real, speed: 1}
}

// Now is the virtual time.
func (c *demoClock) Now() time.Time { return c.clock.Now() }

// Speed is how much faster than life it runs; 0 stands still.
func (c *demoClock) Speed() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.speed
}

// SetSpeed changes it.
func (c *demoClock) SetSpeed(speed float64) error {
	if speed < 0 || speed > 3600 {
		return errors.New("speed must be between 0 and 3600")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.speed = speed
	return nil
}

const demoBeat = 200 * time.Millisecond

// run moves the clock until ctx ends.
func (c *demoClock) run(ctx context.Context, a *app) error {
	c.mu.Lock()
	c.stepper = &stepper{clock: c.clock, apps: []*app{a}}
	c.mu.Unlock()
	if err := a.scheduler.Tick(ctx); err != nil {
		a.parts.log.Error("tick", "err", err)
	}
	beat := time.NewTicker(demoBeat)
	defer beat.Stop()
	last := c.real()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
		}
		now := c.real()
		c.mu.Lock()
		d := time.Duration(float64(now.Sub(last)) * c.speed)
		c.mu.Unlock()
		last = now
		if d <= 0 {
			continue
		}
		if err := c.Advance(ctx, d); err != nil && ctx.Err() == nil {
			a.parts.log.Error("clock", "err", err)
		}
	}
}

// Advance moves the clock forward by d.
func (c *demoClock) Advance(ctx context.Context, d time.Duration) error {
	return c.JumpTo(ctx, c.clock.Now().Add(d))
}

// JumpTo moves it to t.
func (c *demoClock) JumpTo(ctx context.Context, t time.Time) error {
	s := c.running()
	if s == nil {
		return errors.New("the clock does not run yet")
	}
	return s.to(ctx, t)
}

// NextDue is when something next falls due.
func (c *demoClock) NextDue(ctx context.Context) (time.Time, bool, error) {
	s := c.running()
	if s == nil {
		return time.Time{}, false, nil
	}
	return s.apps[0].nextDue(ctx, c.clock.Now())
}

func (c *demoClock) running() *stepper {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stepper
}
