package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// SignalState is what has become of a signal.
type SignalState string

// The states of a signal.
const (
	SignalWaiting  SignalState = "waiting"  // for somebody to decide
	SignalAttached SignalState = "attached" // to an incident that was there
	SignalRepeated SignalState = "repeated" // of one that waits, or that was ignored
	SignalOpened   SignalState = "opened"   // became an incident
	SignalIgnored  SignalState = "ignored"
)

// SignalRow is a signal with what has become of it.
type SignalRow struct {
	ID        int64
	Number    string // S-1
	Source    string
	SignalID  string // the source's own; source and id together are one signal, ever
	Link      string // as links are compared
	State     SignalState
	Incident  string
	DecidedBy string
	Reason    string
	Body      json.RawMessage `gorm:"serializer:text"`
	At        time.Time       `gorm:"serializer:utc"` // received
	DecidedAt time.Time       `gorm:"serializer:utc"`
}

// TableName is the table of signals.
func (SignalRow) TableName() string { return "signals" }

// TakeSignal writes a new signal down and gives it a number. known: it was received before, and nothing
// changes.
func (tx *Tx) TakeSignal(row *SignalRow) (known bool, err error) {
	if err := tx.Lock("signals"); err != nil {
		return false, err
	}
	var n int64
	if err := tx.db.Model(&SignalRow{}).Where("source = ? and signal_id = ?", row.Source, row.SignalID).Count(&n).Error; err != nil || n > 0 {
		return n > 0, err
	}
	if n, err = tx.count("S"); err != nil {
		return false, fmt.Errorf("next number of signals: %w", err)
	}
	row.Number, row.At = fmt.Sprintf("S-%d", n), tx.Now
	if err := tx.db.Create(row).Error; err != nil {
		return false, fmt.Errorf("write signal %s: %w", row.Number, err)
	}
	return false, nil
}

// Signal is the signal with that number; nobody else changes it before this transaction ends.
func (tx *Tx) Signal(number string) (*SignalRow, error) {
	var row SignalRow
	if err := take(tx.locked().Where("number = ?", number), &row, "signal %s", number); err != nil {
		return nil, err
	}
	return &row, nil
}

// SaveSignal writes a signal back.
func (tx *Tx) SaveSignal(row *SignalRow) error {
	if err := tx.db.Select("state", "incident", "decided_by", "reason", "decided_at").Updates(row).Error; err != nil {
		return fmt.Errorf("save signal %s: %w", row.Number, err)
	}
	return nil
}

// SignalsWaiting are those nobody has decided about, the newest first.
func (tx *Tx) SignalsWaiting(limit int) ([]SignalRow, error) {
	var rows []SignalRow
	err := tx.db.Where("state = 'waiting'").Order("id desc").Limit(limit).Find(&rows).Error
	return rows, err
}

// SignalsAt are those received since with that link, the newest first.
func (tx *Tx) SignalsAt(link string, since time.Time) ([]SignalRow, error) {
	var rows []SignalRow
	if link == "" {
		return nil, nil
	}
	err := tx.db.Where("link = ? and at >= ?", link, utc(since)).Order("id desc").Find(&rows).Error
	return rows, err
}

// Signals are all of them in order.
func (tx *Tx) Signals() ([]SignalRow, error) {
	var rows []SignalRow
	err := tx.db.Order("id").Find(&rows).Error
	return rows, err
}
