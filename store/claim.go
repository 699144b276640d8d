package store

import (
	"context"
	"fmt"
	"time"

	"fenghuo/bot"

	"gorm.io/gorm/clause"
)

// claimFor is how long an attempt may take. After it the message may be claimed again: whoever had it
// has crashed, and what the platform did with it nobody knows; its own dedupe sees to the repetition.
const claimFor = time.Minute

// lanes finds, for each conversation with something waiting, the message that is next: the oldest whose
// time has come. It steps from conversation to conversation through the index, so that a thousand
// messages waiting in one of them cost no more than one.
const lanes = `with recursive places(k) as (
	select min(place_key) from posts where status = 'queued'
	union all
	select (select min(place_key) from posts where status = 'queued' and place_key > places.k) from places where places.k is not null
), heads(id) as (
	select (select p.id from posts p where p.status = 'queued' and p.place_key = places.k and p.after_at <= @now order by p.id limit 1)
	from places where places.k is not null
) `

// claimable are the heads that may be sent now: not waiting for another attempt, and nothing of the same
// conversation on its way.
const claimable = lanes + `select h.id from heads h join posts p on p.id = h.id where p.next_at <= @now
	and not exists (select 1 from posts c where c.place_key = p.place_key and c.claimed_until > @now)
	order by p.id limit @limit`

// Claim gives messages to be sent now, at most one of each conversation. Replicas claim one after
// another: only so can neither start a conversation's second message while the other sends its first.
func (s *Store) Claim(ctx context.Context, limit int) ([]bot.Queued, error) {
	var out []bot.Queued
	err := s.InTx(ctx, func(tx *Tx) error {
		if err := tx.Lock("outbox/claim"); err != nil {
			return err
		}
		rows, err := tx.claim(limit)
		if err != nil || len(rows) == 0 {
			out = nil
			return err
		}
		out, err = tx.outgoing(rows)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("claim messages: %w", err)
	}
	return out, nil
}

func (tx *Tx) claim(limit int) ([]PostRow, error) {
	var ids []int64
	if err := tx.db.Raw(claimable, map[string]any{"now": utc(tx.Now), "limit": limit}).Scan(&ids).Error; err != nil || len(ids) == 0 {
		return nil, err
	}
	var rows []PostRow
	err := tx.db.Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
		Where("id in ? and status = 'queued' and next_at <= ?", ids, utc(tx.Now)).Order("id").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids = ids[:0]
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	until := utc(tx.Now.Add(claimFor))
	return rows, tx.db.Exec("update posts set attempts = attempts + 1, claimed_until = ?, next_at = ? where id in ?", until, until, ids).Error
}

func (tx *Tx) outgoing(rows []PostRow) ([]bot.Queued, error) {
	shown, err := tx.shown(rows)
	if err != nil {
		return nil, err
	}
	out := make([]bot.Queued, 0, len(rows))
	for _, r := range rows {
		old := shown[r.Message.Updates]
		out = append(out, bot.Queued{ID: r.ID, Attempts: r.Attempts, Out: bot.Outgoing{
			Key: r.Key, Place: r.Place, Message: r.Message, At: r.CreatedAt, Replaces: old.MessageID, ShownAt: old.SentAt,
		}})
	}
	return out, nil
}

// shown are the messages, by key, whose cards rows are to replace.
func (tx *Tx) shown(rows []PostRow) (map[string]PostRow, error) {
	var keys []string
	for _, r := range rows {
		if r.Message.Updates != "" {
			keys = append(keys, r.Message.Updates)
		}
	}
	shown := map[string]PostRow{}
	if len(keys) == 0 {
		return shown, nil
	}
	var earlier []PostRow
	err := tx.db.Select("key", "message_id", "sent_at").Where("key in ?", keys).Order("id").Find(&earlier).Error
	for _, e := range earlier {
		shown[e.Key] = e
	}
	return shown, err
}
