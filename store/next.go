package store

import (
	"context"
	"time"
)

// NextWork is when a tick is needed next (a clock, a channel to change, a parked event) and when a message
// is due next; zero where nothing waits. A demo or a replay moves its clock by it.
func (s *Store) NextWork(ctx context.Context) (ticks, sends time.Time, err error) {
	ticks, _, err = s.earliest(ctx,
		"select min(at) from clocks",
		"select min(confirm_at) from posts where confirm_at is not null",
		"select min(next_at) from inbox where state = 'parked'")
	if err != nil {
		return ticks, sends, err
	}
	sends, _, err = s.earliest(ctx,
		"select min(after_at) from posts where status = 'queued' and after_at > @now",
		lanes+`select min(case when b.until > p.next_at then b.until else p.next_at end)
			from heads h join posts p on p.id = h.id
			left join (select place_key, max(claimed_until) as until from posts where claimed_until > @now group by place_key) b
			on b.place_key = p.place_key`)
	return ticks, sends, err
}
