package store

import (
	"context"
	"fmt"
	"time"
)

// Stats is how much is waiting.
type Stats struct {
	Queued        int64     // messages waiting
	OldestQueued  time.Time // when the oldest of them should have gone; zero if none waits
	Undelivered   int64     // messages whose next channel is due
	Parked        int64     // events to be tried again
	Dead          int64     // events given up
	Clocks        int64     // that run
	ClocksOverdue int64
	OpenIncidents int64
	// SignalsWaiting are those nobody has decided about.
	SignalsWaiting int64
}

// Stats counts.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var st Stats
	err := s.View(ctx, func(tx *Tx) error {
		now := utc(tx.Now)
		var oldest moment
		for _, q := range []struct {
			into any
			sql  string
			args []any
		}{
			{&st.Queued, "select count(*) from posts where status = 'queued'", nil},
			{&oldest, "select min(after_at) from posts where status = 'queued' and after_at <= ?", []any{now}},
			{&st.Undelivered, "select count(*) from posts where confirm_at <= ?", []any{now}},
			{&st.Parked, "select count(*) from inbox where state = 'parked'", nil},
			{&st.Dead, "select count(*) from inbox where state = 'dead'", nil},
			{&st.Clocks, "select count(*) from clocks", nil},
			{&st.ClocksOverdue, "select count(*) from clocks where at <= ?", []any{now}},
			{&st.OpenIncidents, "select count(*) from incidents where not is_over", nil},
			{&st.SignalsWaiting, "select count(*) from signals where state = 'waiting'", nil},
		} {
			if err := tx.db.Raw(q.sql, q.args...).Row().Scan(q.into); err != nil {
				return err
			}
		}
		st.OldestQueued = oldest.Time
		return nil
	})
	if err != nil {
		return Stats{}, fmt.Errorf("count what is waiting: %w", err)
	}
	return st, nil
}
