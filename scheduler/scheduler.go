// Package scheduler does what the clock asks for. Cron only wakes it; what is due is a column of the
// database, so a restart loses nothing and a tick that comes late does what is still worth doing, once.
package scheduler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/store"
)

// Scheduler runs the chores. Retry hands an event that could not be handled to the handlers again.
type Scheduler struct {
	Store  *store.Store
	Desk   *desk.Desk
	Forms  FormKeeper
	Drills DrillKeeper
	Retry  func(ctx context.Context, p store.Parked) error
	Wake   func() // the dispatcher
	Lease  store.Shared
	// Common is whether Lease is one for all replicas, not this process's own.
	Common bool
	Self   string // this replica's name
	Log    *slog.Logger
	Ticked func(took time.Duration, err error) // hears of every tick; nil: nobody
	// Fading are the names of groups that may soon hear nothing of the service any more. Nil: none can.
	Fading func(ctx context.Context, now time.Time) ([]string, error)

	look  chan struct{} // messages were queued or have failed
	since time.Time     // the first tick
	told  bool          // of a second replica
}

// DrillKeeper ends a rehearsal whose time is over.
type DrillKeeper interface {
	EndDrill(tx *store.Tx, id int64, cause string) error
}

// FormKeeper does what an idle form asks for.
type FormKeeper interface {
	Idle(tx *store.Tx, row *store.FormRow, kind form.IdleKind, cause string) error
}

const (
	tickLease = 2 * time.Minute
	dueBatch  = 500
	allDue    = 1_000_000 // after an outage everything is looked at once
	lastTick  = "tick"
)

// Run ticks every minute until ctx ends.
func (s *Scheduler) Run(ctx context.Context) error {
	c := cron.New(cron.WithLocation(s.Desk.Rules.Calendar.Zone()), cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger)))
	if _, err := c.AddFunc("* * * * *", func() { s.tick(ctx) }); err != nil {
		return fmt.Errorf("schedule the tick: %w", err)
	}
	s.tick(ctx)
	c.Start()
	s.watch(ctx)
	<-c.Stop().Done()
	return nil
}

// tick is one minute's work of whichever replica holds the lease.
func (s *Scheduler) tick(ctx context.Context) {
	s.others(ctx)
	mine, err := s.Lease.Acquire(ctx, lastTick, s.Self, tickLease)
	if err != nil {
		s.Log.Error("lease for the tick", "err", err)
		return
	}
	if !mine || ctx.Err() != nil {
		return
	}
	begun := s.Store.Now()
	err = s.Tick(ctx)
	if s.Ticked != nil {
		s.Ticked(s.Store.Now().Sub(begun), err)
	}
	if err != nil && ctx.Err() == nil {
		s.Log.Error("tick", "err", err)
	}
}

// Tick does everything that is due. A failing chore does not keep the others from their turn.
func (s *Scheduler) Tick(ctx context.Context) error {
	outage, err := s.outage(ctx)
	if err != nil {
		return fmt.Errorf("look for an outage: %w", err)
	}
	err = errors.Join(
		s.catchUp(ctx, outage),
		s.clocks(ctx),
		s.undelivered(ctx),
		s.parked(ctx),
		s.digests(ctx, outage),
		s.circulars(ctx),
		s.calendar(ctx),
		s.fading(ctx),
		s.mark(ctx),
	)
	s.Wake()
	return err
}

// mark notes that the service was there until now.
func (s *Scheduler) mark(ctx context.Context) error { return s.Present(ctx, s.Store.Now()) }

// LastSeen is when a service on this database was last there, to the minute; zero: never.
func LastSeen(ctx context.Context, st *store.Store) (at time.Time, err error) {
	err = st.View(ctx, func(tx *store.Tx) (err error) { at, err = tx.Mark(lastTick); return err })
	return at, err
}

// Present notes that the service was there at t. When the machine's clock jumped back, the later moment
// stands.
func (s *Scheduler) Present(ctx context.Context, t time.Time) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		last, err := tx.Mark(lastTick)
		if err != nil || !t.After(last) {
			return err
		}
		return tx.SetMark(lastTick, t)
	})
}
