package scheduler

import (
	"context"
	"time"
)

// soon lets what follows a message be committed before it is looked at.
const soon = 100 * time.Millisecond

// Prepare is to be called before anything else.
func (s *Scheduler) Prepare() { s.look = make(chan struct{}, 1) }

// Queued tells that messages were queued, or could not be delivered: one of them may have to take its next
// channel before the next tick.
func (s *Scheduler) Queued() {
	select {
	case s.look <- struct{}{}:
	default:
	}
}

// watch takes the next channel for what is not confirmed the moment it may, until ctx ends.
func (s *Scheduler) watch(ctx context.Context) {
	timer := time.NewTimer(soon)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.look:
			timer.Reset(soon)
			continue
		case <-timer.C:
		}
		next, err := s.Store.NextUndelivered(ctx)
		if err == nil && !next.IsZero() && !next.After(s.Store.Now()) {
			if mine, _ := s.Lease.Acquire(ctx, lastTick, s.Self, tickLease); mine {
				err = s.undelivered(ctx)
				s.Wake()
				if next, _ = s.Store.NextUndelivered(ctx); !next.After(s.Store.Now()) {
					next = time.Time{} // the tick tries again
				}
			}
		}
		if err != nil && ctx.Err() == nil {
			s.Log.Error("undelivered messages", "err", err)
		}
		if wait := next.Sub(s.Store.Now()); err == nil && !next.IsZero() && wait > 0 {
			timer.Reset(wait)
		}
	}
}
