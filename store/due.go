package store

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// tickMoments are when the scheduler has something to do: a clock, a channel to change, a parked event.
func tickMoments() []string {
	return []string{
		"select min(at) from clocks",
		"select min(confirm_at) from posts where confirm_at is not null",
		"select min(next_at) from inbox where state = 'parked'",
	}
}

// sendMoments are when the dispatcher has: a message held back until later, or the next of a conversation.
func sendMoments() []string {
	return []string{
		"select min(after_at) from posts where status = 'queued' and after_at > @now",
		lanes + `select min(case when b.until > p.next_at then b.until else p.next_at end)
			from heads h join posts p on p.id = h.id
			left join (select place_key, max(claimed_until) as until from posts where claimed_until > @now group by place_key) b
			on b.place_key = p.place_key`,
	}
}

// NextDue is the next moment at which there is anything to do. It may have passed, when something is due
// right now.
func (s *Store) NextDue(ctx context.Context) (time.Time, bool, error) {
	return s.earliest(ctx, append(tickMoments(), sendMoments()...)...)
}

// NextWork is when a tick is needed next and when a message is due next; zero where nothing waits. A demo
// or a replay moves its clock by it.
func (s *Store) NextWork(ctx context.Context) (ticks, sends time.Time, err error) {
	if ticks, _, err = s.earliest(ctx, tickMoments()...); err != nil {
		return ticks, sends, err
	}
	sends, _, err = s.earliest(ctx, sendMoments()...)
	return ticks, sends, err
}

// earliest is the smallest answer to the queries; false if none has one.
func (s *Store) earliest(ctx context.Context, queries ...string) (next time.Time, found bool, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		for _, q := range queries {
			var args []any
			if strings.Contains(q, "@now") { // GORM hands a map on as it is when nothing names it
				args = append(args, map[string]any{"now": utc(tx.Now)})
			}
			var m moment
			if err := tx.db.Raw(q, args...).Row().Scan(&m); err != nil {
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
