package store

import (
	"context"
	"fmt"
	"time"

	"fenghuo/bot"
)

// Parked is an event whose handler failed. It was answered, so it is kept and tried again.
type Parked struct {
	ID       int64
	Event    bot.Event
	Error    string
	Attempts int       // made so far
	At       time.Time // when it came in
	NextAt   time.Time // when to try again; zero: not any more
}

// parkedPauses lie between the attempts at a parked event.
func parkedPauses() []time.Duration {
	return []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour}
}

// Park keeps an event whose handler failed, to be tried again after a pause; after the last it is dead and
// waits for the administrator. An event handled meanwhile is left alone.
func (s *Store) Park(ctx context.Context, ev bot.Event, cause error) error {
	return s.InTx(context.WithoutCancel(ctx), func(tx *Tx) error {
		row, err := tx.known(ev)
		if err == nil && row == nil {
			next := tx.Now.Add(parkedPauses()[0])
			_, err = tx.takeIn(ev, inboxRow{State: eventParked, Error: cause.Error(), Attempts: 1, NextAt: next})
		} else if err == nil && row.State == eventParked {
			err = tx.parkAgain(row.ID, row.Attempts, cause)
		}
		if err != nil {
			return fmt.Errorf("park event: %w", err)
		}
		return nil
	})
}

func (tx *Tx) parkAgain(id int64, attempts int, cause error) error {
	pauses, state, next := parkedPauses(), eventDead, time.Time{}
	if attempts < len(pauses) {
		state, next = eventParked, tx.Now.Add(pauses[attempts])
	}
	return tx.db.Exec("update inbox set state = ?, error = ?, attempts = ?, next_at = ? where id = ? and state = 'parked' and attempts = ?",
		state, cause.Error(), attempts+1, utc(next), id, attempts).Error
}

// ParkedDue lists events to be tried again now, the longest due first.
func (s *Store) ParkedDue(ctx context.Context, now time.Time, limit int) ([]Parked, error) {
	return s.parked(ctx, "state = 'parked' and next_at <= ?", []any{utc(now)}, "next_at, id", limit)
}

// DeadEvents lists events given up, the oldest first.
func (s *Store) DeadEvents(ctx context.Context, limit int) ([]Parked, error) {
	return s.parked(ctx, "state = 'dead'", nil, "id", limit)
}

func (s *Store) parked(ctx context.Context, where string, args []any, order string, limit int) ([]Parked, error) {
	var rows []inboxRow
	err := s.View(ctx, func(tx *Tx) error {
		return tx.db.Where(where, args...).Order(order).Limit(limit).Find(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list parked events: %w", err)
	}
	out := make([]Parked, 0, len(rows))
	for _, r := range rows {
		out = append(out, Parked{ID: r.ID, Event: r.Event, Error: r.Error, Attempts: r.Attempts, At: r.At, NextAt: r.NextAt})
	}
	return out, nil
}

// Unpark takes p back in the transaction that handles it, in place of Remember and Answered. ErrNotFound:
// it is not parked any more, because somebody else has handled it; then this transaction must not.
func (tx *Tx) Unpark(p Parked, toast string) error {
	res := tx.db.Exec("update inbox set state = 'done', toast = ?, next_at = null where id = ? and state = 'parked'", toast, p.ID)
	if res.Error == nil && res.RowsAffected == 0 {
		return fmt.Errorf("parked event %d: %w", p.ID, ErrNotFound)
	}
	return res.Error
}

// Repark notes another failure of a parked event and sets the next attempt, if there is one left.
func (s *Store) Repark(ctx context.Context, p Parked, cause error) error {
	return s.InTx(context.WithoutCancel(ctx), func(tx *Tx) error {
		if err := tx.parkAgain(p.ID, p.Attempts, cause); err != nil {
			return fmt.Errorf("park event %d again: %w", p.ID, err)
		}
		return nil
	})
}

// Revive gives a dead event all its attempts again, the first one now.
func (tx *Tx) Revive(id int64) (bool, error) {
	res := tx.db.Exec("update inbox set state = 'parked', attempts = 0, next_at = ? where id = ? and state = 'dead'", utc(tx.Now), id)
	return res.RowsAffected == 1, res.Error
}
