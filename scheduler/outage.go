package scheduler

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

const lastOutage = "outage"

// away is a time the service was not there; zero when it was.
type away struct{ from, to time.Time }

func (a away) any() bool { return !a.from.IsZero() }

func (a away) holds(t time.Time) bool { return a.any() && t.After(a.from) && !t.After(a.to) }

// outage compares the last tick with now. A jump of the machine's clock forward looks the same and is
// treated the same: nobody is blamed for it.
func (s *Scheduler) outage(ctx context.Context) (away, error) {
	var gone away
	err := s.Store.View(ctx, func(tx *store.Tx) error {
		last, err := tx.Mark(lastTick)
		if err == nil && !last.IsZero() && tx.Now.Sub(last) > s.Desk.Rules.Policy.OutageAfter {
			gone = away{from: last, to: tx.Now}
		}
		return err
	})
	return gone, err
}

// catchUp says, in one message for each incident, what fell due while the service was away.
func (s *Scheduler) catchUp(ctx context.Context, gone away) error {
	if !gone.any() {
		return nil
	}
	if err := s.noteOutage(ctx, gone); err != nil {
		return err
	}
	due, err := s.Store.DueClocks(ctx, s.Store.Now(), allDue)
	if err != nil {
		return fmt.Errorf("find due clocks: %w", err)
	}
	var failed error
	seen := map[string]bool{}
	for _, c := range due {
		number, ok := strings.CutPrefix(c.Subject, "incident/")
		if !ok || seen[number] {
			continue
		}
		seen[number] = true
		if err := s.catchUpOne(ctx, number, gone); err != nil {
			failed = errors.Join(failed, fmt.Errorf("catch up %s: %w", number, err))
		}
	}
	return failed
}

func (s *Scheduler) noteOutage(ctx context.Context, gone away) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.Lock(lastOutage); err != nil {
			return err
		}
		noted, err := tx.Mark(lastOutage)
		if err != nil || noted.Equal(gone.from) { // another replica was faster
			return err
		}
		if err := tx.SetMark(lastOutage, gone.from); err != nil {
			return err
		}
		return s.Desk.On(tx, "clock/outage").Note("", "service_outage", "service", map[string]time.Time{"from": gone.from, "to": gone.to})
	})
}

func (s *Scheduler) catchUpOne(ctx context.Context, number string, gone away) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.Lock(desk.Subject(number)); err != nil {
			return err
		}
		inc, err := tx.Incident(number)
		if err != nil {
			return err
		}
		if inc.State.Over() {
			return nil // what still runs for it waits for nobody's answer
		}
		if n := len(inc.Outages); n > 0 && inc.Outages[n-1].From.Equal(gone.from) {
			return nil // said already
		}
		w := s.Desk.On(tx, "clock/outage")
		before := graces(inc.Owed(w.Rules))
		if err := w.Do(inc, incident.Act{Kind: incident.OutageNoted, From: gone.from}); err != nil {
			return err
		}
		var lines, mentions []string
		for _, d := range inc.Owed(w.Rules) {
			if d.GraceTo.Equal(before[d.About]) {
				continue
			}
			lines, mentions = append(lines, w.Voice.CatchUpDue(d, w.Now)), append(mentions, d.Person)
		}
		if len(lines) == 0 {
			return nil
		}
		return w.Home(inc, desk.Told{Purpose: fmt.Sprintf("outage/%d", gone.to.Unix()), Reason: "停机补发",
			Message: w.Voice.CatchUp(inc, gone.from, gone.to, lines, mentions)})
	})
}

// graces are the ends of grace that run now.
func graces(owed []incident.Duty) map[string]time.Time {
	out := map[string]time.Time{}
	for _, d := range owed {
		out[d.About] = d.GraceTo
	}
	return out
}
