package scheduler

import (
	"context"
	"fmt"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

const lastDigest = "digest"

// digest sends each leader theirs once a day, at DigestAt or, after an outage, as soon as the service is
// back, with a note. A service started for the first time after that hour begins the next morning.
func (s *Scheduler) digest(ctx context.Context, gone away) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		local := tx.Now.In(s.Desk.Rules.Calendar.Zone())
		planned := incident.DayTime(s.DigestAt).On(local)
		last, err := tx.Mark(lastDigest)
		if err != nil || local.Before(planned) || !last.Before(planned) {
			return err
		}
		if err := tx.SetMark(lastDigest, tx.Now); err != nil {
			return err
		}
		if last.IsZero() && tx.Now.Sub(planned) > time.Minute {
			return nil
		}
		return s.sendDigests(tx, planned, gone.holds(planned))
	})
}

func (s *Scheduler) sendDigests(tx *store.Tx, planned time.Time, late bool) error {
	w := s.Desk.On(tx, "clock/digest")
	for _, leader := range s.Desk.Org.DigestRecipients() {
		d, err := w.Digest(leader.Person)
		if err != nil {
			return fmt.Errorf("digest for %s: %w", leader.Person, err)
		}
		if leader.MinLevel > 0 && !anyAs(d.Open, incident.Level(leader.MinLevel)) {
			continue
		}
		places := s.Desk.Private(leader.Person)
		if len(places) == 0 {
			continue
		}
		d.Planned, d.Outage = planned, late
		_, err = tx.Post(store.Post{Key: "digest/" + planned.Format("2006-01-02") + "/" + leader.Person,
			Place: places[0], To: leader.Person, Message: s.Desk.Voice.Digest(d), Reason: "日报"})
		if err != nil {
			return err
		}
	}
	return nil
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
