package scheduler

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/store"
)

// mostRounds bounds a tick: half a million clocks, far more than can be due and not endless.
const mostRounds = 1000

// clocks lets everything go off whose time has come, one transaction each. What goes off may set the
// next clock, so it looks again until nothing is due.
func (s *Scheduler) clocks(ctx context.Context) error {
	var failed error
	skip := map[string]bool{}
	for range mostRounds {
		due, err := s.due(ctx)
		if err != nil {
			return err
		}
		worked := false
		for _, c := range due {
			if skip[c.Subject] || ctx.Err() != nil {
				continue
			}
			if err := s.fire(ctx, c); err != nil {
				skip[c.Subject] = true
				failed = errors.Join(failed, fmt.Errorf("clock %s of %s: %w", c.Kind, c.Subject, err))
				continue
			}
			worked = true
		}
		if !worked {
			return failed
		}
	}
	return errors.Join(failed, errors.New("clocks go off without end"))
}

func (s *Scheduler) due(ctx context.Context) ([]store.Clock, error) {
	due, err := s.Store.DueClocks(ctx, s.Store.Now(), dueBatch)
	if err != nil {
		return nil, fmt.Errorf("find due clocks: %w", err)
	}
	return due, nil
}

func (s *Scheduler) fire(ctx context.Context, c store.Clock) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		kind, id, _ := strings.Cut(c.Subject, "/")
		if kind == "form" {
			return s.fireForm(tx, id, c)
		}
		if err := tx.Lock(c.Subject); err != nil {
			return err
		}
		if kind == "drill" {
			n, err := strconv.ParseInt(id, 10, 64)
			if err != nil {
				return err
			}
			return s.Drills.EndDrill(tx, n, "clock/"+c.Kind)
		}
		if kind == "media" {
			return s.fireInquiry(tx, id, c)
		}
		inc, err := tx.Incident(id)
		if err != nil {
			return err
		}
		w := s.Desk.On(tx, "clock/"+c.Kind)
		running, ok := s.running(inc, c, tx.Now)
		if !ok { // something happened meanwhile: set the clocks as they are now
			return w.Rearm(inc)
		}
		return (&chase{Work: w, inc: inc}).fire(running)
	})
}

// running finds the clock among those that run now and are due.
func (s *Scheduler) running(inc *incident.Incident, c store.Clock, now time.Time) (incident.Clock, bool) {
	for _, have := range inc.Clocks(s.Desk.Rules) {
		if desk.ClockKey(have) == c.Kind && have.N == c.Slot && !have.At.After(now) {
			return have, true
		}
	}
	return incident.Clock{}, false
}

// fireInquiry asks for the answer to a question of the press that belongs to no incident.
func (s *Scheduler) fireInquiry(tx *store.Tx, number string, c store.Clock) error {
	q, err := tx.Inquiry(number)
	if err != nil {
		return err
	}
	w := s.Desk.On(tx, "clock/"+c.Kind)
	step, at, ok := q.Next(s.Desk.Rules, incident.LevelIII)
	if !ok || step != c.Slot || at.After(tx.Now) {
		return w.RearmInquiry(q)
	}
	return w.AskAnswer(&notice.Asked{Inquiry: q}, step)
}

func (s *Scheduler) fireForm(tx *store.Tx, id string, c store.Clock) error {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return err
	}
	row, err := tx.Form(n)
	if err != nil {
		return err
	}
	return s.Forms.Idle(tx, row, form.IdleKind(c.Kind), "clock/"+c.Kind)
}
