package store

import (
	"fmt"
	"strconv"
	"strings"
	"time"
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

// NextChannel queues row's message again at the next of its places, under a key of its own. What was to be
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
	next := row.Post
	next.Key, next.Place, next.Fallback, next.After = nextKey(row.Key), row.Fallback[0], row.Fallback[1:], time.Time{}
	next.Message.Updates, next.Message.ReplyTo = "", ""
	return tx.Post(next)
}

// nextKey numbers the channels: key, key/alt1, key/alt2.
func nextKey(key string) string {
	if base, n, ok := strings.Cut(key, "/alt"); ok {
		if n, err := strconv.Atoi(n); err == nil {
			return fmt.Sprintf("%s/alt%d", base, n+1)
		}
	}
	return key + "/alt1"
}

// Confirm notes that a message the platform may have dropped has been seen to arrive. False: that was
// known, or it is not on its way any more.
func (tx *Tx) Confirm(id int64) (bool, error) {
	res := tx.db.Exec("update posts set status = 'sent', confirmed = true, confirm_at = null where id = ? and status = 'unconfirmed'", id)
	return res.RowsAffected == 1, res.Error
}
