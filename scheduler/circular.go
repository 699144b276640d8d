package scheduler

import (
	"context"
	"fmt"
	"time"

	"fenghuo/store"
)

const lastCircular = "circular"

// circularDay is the day of the month on which last month's scores are circulated.
const circularDay = 10

// circulars sends those who get a digest last month's scores by unit, on the tenth at the hour of their digest. A month
// in which nothing was scored has none.
func (s *Scheduler) circulars(ctx context.Context) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		local := tx.Now.In(s.Desk.Rules.Calendar.Zone())
		if s.Desk.Score == nil || local.Day() < circularDay {
			return nil
		}
		month := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, local.Location())
		for _, leader := range s.Desk.Org.DigestRecipients() {
			due := month.AddDate(0, 0, circularDay-1).Add(time.Duration(leader.Minute()) * time.Minute)
			mark := fmt.Sprintf("%s/%s", lastCircular, leader.Person)
			last, err := tx.Mark(mark)
			if err != nil {
				return err
			}
			if local.Before(due) || !last.Before(due) {
				continue
			}
			if err := tx.SetMark(mark, tx.Now); err != nil {
				return err
			}
			if err := s.circular(tx, leader.Person, month.AddDate(0, -1, 0), month); err != nil {
				return fmt.Errorf("circular for %s: %w", leader.Person, err)
			}
		}
		return nil
	})
}

func (s *Scheduler) circular(tx *store.Tx, person string, from, to time.Time) error {
	w := s.Desk.On(tx, "clock/circular")
	entries, err := w.Entries(from, to)
	places := s.Desk.Private(person)
	if err != nil || len(entries) == 0 || len(places) == 0 {
		return err
	}
	_, err = tx.Post(store.Post{Key: fmt.Sprintf("circular/%s/%s", from.Format("2006-01"), person), Place: places[0], To: person,
		Message: s.Desk.Voice.Circular(from.Format("2006年1月"), w.UnitScores(entries, nil)), Reason: "考核通报"})
	return err
}
