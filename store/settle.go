package store

import (
	"context"
	"fmt"
	"time"

	"fenghuo/bot"
)

// settleWithin bounds the writing down of a result, which goes on when the program is asked to stop.
const settleWithin = 10 * time.Second

// SetOnSettled sets what follows from an attempt. It runs in the transaction that records the result, for
// every result; of a message said elsewhere meanwhile, Starts is empty. To be set before anything is sent.
func (s *Store) SetOnSettled(fn func(tx *Tx, p PostRow, res bot.Result) error) { s.settled = fn }

// Settle records what came of an attempt, with all that follows from it. Should what follows fail, the
// result is recorded alone and the error returned: a message sent is not sent again because of it.
func (s *Store) Settle(ctx context.Context, q bot.Queued, res bot.Result) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	err := s.settle(ctx, q, res, s.settled)
	if err == nil || s.settled == nil {
		return err
	}
	if alone := s.settle(ctx, q, res, nil); alone != nil {
		return alone
	}
	return err
}

func (s *Store) settle(ctx context.Context, q bot.Queued, res bot.Result, then func(*Tx, PostRow, bot.Result) error) error {
	err := s.InTx(ctx, func(tx *Tx) error {
		row, current, err := tx.attempted(q, res)
		if err != nil || !current {
			return err
		}
		if err := tx.record(&row, res); err != nil || then == nil {
			return err
		}
		if row.Status == Rerouted {
			row.Starts = ""
		}
		return then(tx, row, res)
	})
	if err != nil {
		return fmt.Errorf("settle message %s: %w", q.Out.Key, err)
	}
	return nil
}

// attempted is the row of q. An attempt that outlived its claim counts only if it succeeded and nobody
// else's did before.
func (tx *Tx) attempted(q bot.Queued, res bot.Result) (row PostRow, current bool, err error) {
	if err := take(tx.locked().Where("id = ?", q.ID), &row, "message %d", q.ID); err != nil {
		return row, false, err
	}
	if !row.SentAt.IsZero() || row.Status == Failed {
		return row, false, nil
	}
	return row, res.Err == nil || row.Attempts == q.Attempts+1, nil
}

// record writes res into row, as it stands after it.
func (tx *Tx) record(row *PostRow, res bot.Result) error {
	row.ClaimedUntil = time.Time{}
	switch {
	case res.Err == nil:
		row.delivered(tx.Now, res.Receipt)
	case res.Final:
		row.failed(tx.Now, res.Err)
	default:
		if res.Held {
			row.Attempts--
		}
		row.NextAt, row.Error = trim(res.RetryAt), res.Err.Error()
		if row.NextAt.IsZero() {
			row.NextAt = tx.Now
		}
	}
	return tx.db.Select("status", "attempts", "next_at", "claimed_until", "confirm_at", "sent_at", "confirmed", "message_id", "thread", "note", "error").
		Updates(row).Error
}

func (p *PostRow) delivered(now time.Time, r bot.Receipt) {
	p.SentAt, p.Confirmed, p.Error = now, r.Confirmed, ""
	p.MessageID, p.Thread, p.Note = r.Message, r.Thread, r.Note
	switch {
	case p.Status == Rerouted:
	case r.Confirmed:
		p.Status, p.ConfirmAt = Sent, time.Time{}
	default:
		p.Status = Unconfirmed
	}
}

// failed makes the next channel due at once, if there is one.
func (p *PostRow) failed(now time.Time, err error) {
	p.Error = err.Error()
	if p.Status != Rerouted {
		p.Status = Failed
	}
	if !p.ConfirmAt.IsZero() {
		p.ConfirmAt = now
	}
}
