package store

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"fenghuo/bot"
)

// Undelivered lists messages whose delivery starts something, has not been confirmed in time, and can be
// tried on another channel.
func (tx *Tx) Undelivered(now time.Time) ([]PostRow, error) {
	var rows []PostRow
	if err := tx.db.Where("confirm_at <= ?", utc(now)).Order("confirm_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list undelivered messages: %w", err)
	}
	return rows, nil
}

// NextUndelivered is when the next such message may be tried on another channel; zero: there is none.
func (s *Store) NextUndelivered(ctx context.Context) (at time.Time, err error) {
	var rows []PostRow
	err = s.View(ctx, func(tx *Tx) error {
		return tx.db.Select("confirm_at").Where("confirm_at is not null").Order("confirm_at").Limit(1).Find(&rows).Error
	})
	if err != nil || len(rows) == 0 {
		return at, err
	}
	return rows[0].ConfirmAt, nil
}

// NextChannel queues row's message again at the next of its places, under a key of its own; what was for
// several people at once goes to each of them, and on from there by their own channels. What was to be
// said in a group and has not been taken by the platform yet is said there all the same, later, since more
// people wait for it than the one who must be reached; anything else starts nothing any more, and is not
// tried again. False: it has been delivered or said elsewhere meanwhile.
func (tx *Tx) NextChannel(row PostRow) (bool, error) {
	status := Rerouted
	if row.Status == Queued && !row.Place.Direct() {
		status = Queued
	}
	res := tx.db.Exec("update posts set status = ?, confirm_at = null where id = ? and confirm_at is not null", status, row.ID)
	if res.Error != nil || res.RowsAffected == 0 || len(row.Fallback) == 0 {
		return false, res.Error
	}
	for person, places := range chains(row.Fallback) {
		next := row.Post
		next.Key, next.Place, next.To, next.Fallback, next.After = nextKey(row.Key), places[0], places[0].Person, places[1:], time.Time{}
		if len(places) < len(row.Fallback) {
			next.Key += "/" + person
		}
		next.Message.Updates, next.Message.ReplyTo = "", ""
		if _, err := tx.Post(next); err != nil {
			return false, err
		}
	}
	return true, nil
}

// chains are the fallbacks of each person a message was for, each with its own order.
func chains(places []bot.Place) iter.Seq2[string, []bot.Place] {
	var people []string
	own := map[string][]bot.Place{}
	for _, p := range places {
		if own[p.Person] == nil {
			people = append(people, p.Person)
		}
		own[p.Person] = append(own[p.Person], p)
	}
	return func(yield func(string, []bot.Place) bool) {
		for _, person := range people {
			if !yield(person, own[person]) {
				return
			}
		}
	}
}

// nextKey numbers the channels: key, key/alt1, key/alt2. Where one message became several, each has its
// person besides: key/alt1/wanglei, key/alt2/wanglei.
func nextKey(key string) string {
	base, last, ok := strings.Cut(key, "/alt")
	if !ok {
		return key + "/alt1"
	}
	number, person, several := strings.Cut(last, "/")
	n, err := strconv.Atoi(number)
	if err != nil {
		return key + "/alt1"
	}
	next := fmt.Sprintf("%s/alt%d", base, n+1)
	if several {
		next += "/" + person
	}
	return next
}

// Keep leaves a message where it is: no channel is tried after it.
func (tx *Tx) Keep(row PostRow) error {
	return tx.db.Exec("update posts set confirm_at = null where id = ?", row.ID).Error
}

// Unconfirmed are messages said in a conversation, or at the beginning of the topic it is, whose delivery
// starts something and has not been confirmed.
func (tx *Tx) Unconfirmed(place bot.Place) ([]PostRow, error) {
	keys := []string{place.Key()}
	if place.Thread != "" {
		stream := place
		stream.Thread = ""
		keys = append(keys, stream.Key())
	}
	var rows []PostRow
	if err := tx.db.Where("status = 'unconfirmed' and starts <> '' and place_key in ?", keys).Order("id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list unconfirmed messages of %s: %w", place.Key(), err)
	}
	return slices.DeleteFunc(rows, func(r PostRow) bool { return r.PlaceKey != place.Key() && r.Thread != place.Thread }), nil
}

// Confirm notes that a message the platform may have dropped has been seen to arrive. False: that was
// known, or it is not on its way any more.
func (tx *Tx) Confirm(id int64) (bool, error) {
	res := tx.db.Exec("update posts set status = 'sent', confirmed = true, confirm_at = null where id = ? and status = 'unconfirmed'", id)
	return res.RowsAffected == 1, res.Error
}
