package store

import (
	"fmt"
	"slices"
	"time"

	"fenghuo/bot"
)

// States of an event in the inbox.
const (
	eventDone   = "done"
	eventParked = "parked"
	eventDead   = "dead"
)

// inboxRow is one event that came in.
type inboxRow struct {
	ID       int64
	Platform string
	Kind     string
	Event    bot.Event `gorm:"serializer:json"`
	State    string
	Toast    string
	Error    string
	Attempts int
	At       time.Time `gorm:"serializer:utc"`
	NextAt   time.Time `gorm:"serializer:utc"`
}

func (inboxRow) TableName() string { return "inbox" }

// keyRow is one of the platform's ids of an event.
type keyRow struct {
	Key     string
	InboxID int64
}

func (keyRow) TableName() string { return "inbox_keys" }

// Remember takes ev in. An event one of whose keys is known has been here before: seen is true, and toast
// is what was answered then.
func (tx *Tx) Remember(ev bot.Event) (seen bool, toast string, err error) {
	row, err := tx.known(ev)
	if err != nil {
		return false, "", err
	}
	if row == nil {
		row, err = tx.takeIn(ev, inboxRow{State: eventDone})
	}
	if err != nil || row == nil {
		return false, "", err
	}
	return true, row.Toast, tx.addKeys(row.ID, ev)
}

// Answered keeps what was answered to ev, for when it is delivered again.
func (tx *Tx) Answered(ev bot.Event, toast string) error {
	row, err := tx.known(ev)
	if err != nil {
		return err
	}
	if row == nil {
		return fmt.Errorf("answer to event %v: %w", ev.Keys, ErrNotFound)
	}
	return tx.db.Exec("update inbox set toast = ? where id = ?", toast, row.ID).Error
}

// overtook is how long an answer may have been here before what it answers.
const overtook = 10 * time.Minute

// SaidAfter lists what the sender of ev said in its place after it and was taken in before it, in the order
// it was said; except drops what counts as said for itself.
func (tx *Tx) SaidAfter(ev bot.Event, except func(text string) bool) ([]bot.Event, error) {
	var rows []inboxRow
	err := tx.db.Where("platform = ? and kind = ? and state = ? and at >= ?", ev.Platform, string(bot.Said), eventDone, utc(tx.Now.Add(-overtook))).Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list events: %w", err)
	}
	var later []bot.Event
	for _, r := range rows {
		e := r.Event
		if e.Sender == ev.Sender && e.Place.Chat == ev.Place.Chat && e.Place.Thread == ev.Place.Thread && e.Place.Direct() == ev.Place.Direct() && e.At.After(ev.At) && !except(e.Text) {
			later = append(later, e)
		}
	}
	slices.SortStableFunc(later, func(a, b bot.Event) int { return a.At.Compare(b.At) })
	return later, nil
}

// known is the row of ev, nil if it is new.
func (tx *Tx) known(ev bot.Event) (*inboxRow, error) {
	var rows []inboxRow
	err := tx.db.Where("id in (select inbox_id from inbox_keys where key in ?)", eventKeys(ev)).Order("id").Limit(1).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("look up event: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return &rows[0], nil
}

// takeIn stores ev. Should another transaction have stored it in the meantime, that one's row comes back.
func (tx *Tx) takeIn(ev bot.Event, row inboxRow) (*inboxRow, error) {
	row.Platform, row.Kind, row.Event, row.At = ev.Platform, string(ev.Kind), ev, tx.Now
	if err := tx.db.Create(&row).Error; err != nil {
		return nil, fmt.Errorf("store event: %w", err)
	}
	keys := keyRows(row.ID, ev)
	if len(keys) == 0 {
		return nil, nil
	}
	res := tx.unlessKnown().Create(&keys)
	if res.Error != nil {
		return nil, fmt.Errorf("store event keys: %w", res.Error)
	}
	if res.RowsAffected == int64(len(keys)) {
		return nil, nil
	}
	if err := tx.db.Exec("delete from inbox_keys where inbox_id = ?", row.ID).Error; err != nil {
		return nil, fmt.Errorf("undo event: %w", err)
	}
	if err := tx.db.Exec("delete from inbox where id = ?", row.ID).Error; err != nil {
		return nil, fmt.Errorf("undo event: %w", err)
	}
	return tx.known(ev)
}

func (tx *Tx) addKeys(id int64, ev bot.Event) error {
	if tx.readOnly || len(ev.Keys) < 2 {
		return nil
	}
	keys := keyRows(id, ev)
	return tx.unlessKnown().Create(&keys).Error
}

func keyRows(id int64, ev bot.Event) []keyRow {
	var rows []keyRow
	for _, k := range eventKeys(ev) {
		rows = append(rows, keyRow{Key: k, InboxID: id})
	}
	return rows
}

// eventKeys are sorted, so that two transactions meet at the first and not crosswise.
func eventKeys(ev bot.Event) []string {
	var keys []string
	for _, k := range ev.Keys {
		keys = append(keys, ev.Platform+"/"+k)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// ForgetEvents deletes events done with before the given moment. Their keys go too: no platform repeats
// an event after so long.
func (tx *Tx) ForgetEvents(before time.Time) (int64, error) {
	old := "select id from inbox where state = 'done' and at < ?"
	if err := tx.db.Exec("delete from inbox_keys where inbox_id in ("+old+")", utc(before)).Error; err != nil {
		return 0, fmt.Errorf("forget events: %w", err)
	}
	res := tx.db.Exec("delete from inbox where state = 'done' and at < ?", utc(before))
	return res.RowsAffected, res.Error
}
