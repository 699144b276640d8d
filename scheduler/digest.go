package scheduler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

const lastDigest = "digest"

// digests sends each leader theirs once a day, at their hour or, after an outage, as soon as the service is
// back, with a note. A service started for the first time after that hour begins the next morning.
func (s *Scheduler) digests(ctx context.Context, gone away) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		local := tx.Now.In(s.Desk.Rules.Calendar.Zone())
		for _, minute := range s.digestMinutes() {
			if err := s.digest(tx, incident.DayTime(minute).On(local), gone); err != nil {
				return err
			}
		}
		return nil
	})
}

// digestMinutes are the times of day at which any leader gets theirs, as minutes after local midnight.
func (s *Scheduler) digestMinutes() []int {
	var out []int
	for _, leader := range s.Desk.Org.DigestRecipients() {
		out = append(out, leader.Minute())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (s *Scheduler) digest(tx *store.Tx, planned time.Time, gone away) error {
	mark := lastDigest + "/" + planned.Format("15:04")
	last, err := tx.Mark(mark)
	if err != nil || tx.Now.Before(planned) || !last.Before(planned) {
		return err
	}
	if err := tx.SetMark(mark, tx.Now); err != nil {
		return err
	}
	if last.IsZero() && tx.Now.Sub(planned) > time.Minute {
		return nil
	}
	return s.sendDigests(tx, planned, gone.holds(planned))
}

func (s *Scheduler) sendDigests(tx *store.Tx, planned time.Time, late bool) error {
	w := s.Desk.On(tx, "clock/digest")
	for _, leader := range s.Desk.Org.DigestRecipients() {
		if !incident.DayTime(leader.Minute()).On(planned).Equal(planned) {
			continue
		}
		if err := s.sendDigest(w, leader, planned, late); err != nil {
			return fmt.Errorf("digest for %s: %w", leader.Person, err)
		}
	}
	return nil
}

func (s *Scheduler) sendDigest(w *desk.Work, leader roster.Recipient, planned time.Time, late bool) error {
	d, err := w.Digest(leader.Person)
	if err != nil {
		return err
	}
	places := s.Desk.Private(leader.Person)
	if len(places) == 0 || (leader.MinLevel > 0 && !anyAs(d.Open, incident.Level(leader.MinLevel))) {
		return nil
	}
	d.Planned, d.Outage, d.Least = planned, late, incident.Level(leader.MinLevel)
	_, err = w.Tx.Post(store.Post{Key: "digest/" + planned.Format(time.DateOnly) + "/" + leader.Person,
		Place: places[0], To: leader.Person, Message: s.Desk.Voice.Digest(d), Reason: "日报"})
	return err
}

// anyAs reports whether one is at least as grave as level.
func anyAs(open []*incident.Incident, level incident.Level) bool {
	for _, inc := range open {
		if inc.Level.Current <= level {
			return true
		}
	}
	return false
}

// NextDigest is when the next digest is due after now; zero if nobody gets any.
func (s *Scheduler) NextDigest(now time.Time) time.Time {
	local := now.In(s.Desk.Rules.Calendar.Zone())
	var next time.Time
	for _, minute := range s.digestMinutes() {
		at := incident.DayTime(minute).On(local)
		if !at.After(now) {
			at = incident.DayTime(minute).On(local.AddDate(0, 0, 1))
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next
}
