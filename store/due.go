package store

import (
	"context"
	"fmt"
	"time"
)

// NextDue is the next moment at which there is anything to do: a clock, a message, a channel to change,
// a parked event. It may have passed, when something is due right now.
func (s *Store) NextDue(ctx context.Context) (time.Time, bool, error) {
	return s.earliest(ctx,
		"select min(at) from clocks",
		"select min(confirm_at) from posts where confirm_at is not null",
		"select min(next_at) from inbox where state = 'parked'",
		"select min(after_at) from posts where status = 'queued' and after_at > @now",
		lanes+`select min(case when b.until > p.next_at then b.until else p.next_at end)
			from heads h join posts p on p.id = h.id
			left join (select place_key, max(claimed_until) as until from posts where claimed_until > @now group by place_key) b
			on b.place_key = p.place_key`,
	)
}

// earliest is the smallest answer to the queries; false if none has one.
func (s *Store) earliest(ctx context.Context, queries ...string) (next time.Time, found bool, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		for _, q := range queries {
			var m moment
			if err := tx.db.Raw(q, map[string]any{"now": utc(tx.Now)}).Row().Scan(&m); err != nil {
				return err
			}
			if !m.IsZero() && (!found || m.Before(next)) {
				next, found = m.Time, true
			}
		}
		return nil
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("find what is due next: %w", err)
	}
	return next, found, nil
}
