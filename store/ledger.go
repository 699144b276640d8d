package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Entry is one line of the ledger: a fact, who brought it about, when, and because of what.
type Entry struct {
	Seq     int64           `json:"seq" gorm:"primaryKey;autoIncrement:false"` // from 1, without gaps
	At      time.Time       `json:"at" gorm:"serializer:utc"`
	Actor   string          `json:"actor"` // empty: the service
	Kind    string          `json:"kind"`
	Subject string          `json:"subject"` // incident/YQ-20260310-001
	Cause   string          `json:"cause"`   // the event, clock or delivery it follows from
	Body    json.RawMessage `json:"body" gorm:"serializer:text"`
	Prev    string          `json:"prev"`
	Hash    string          `json:"hash"`
}

// TableName is the table of entries.
func (Entry) TableName() string { return "entries" }

// headRow is the end of the chain.
type headRow struct {
	ID   int
	Seq  int64
	Hash string
}

func (headRow) TableName() string { return "ledger_head" }

// Append adds e at the end of the ledger and returns it as it stands there. Without a time it is now.
// All who append wait for one another until their transactions end.
func (tx *Tx) Append(e Entry) (Entry, error) {
	var head headRow
	if err := take(tx.locked().Where("id = 1"), &head, "head of the ledger"); err != nil {
		return e, err
	}
	if e.At.IsZero() {
		e.At = tx.Now
	}
	e.At, e.Seq, e.Prev = trim(e.At), head.Seq+1, head.Hash
	var err error
	if e.Body, err = canonical(e.Body); err != nil {
		return e, fmt.Errorf("ledger entry %s of %s: %w", e.Kind, e.Subject, err)
	}
	e.Hash = e.sum()
	if err := tx.db.Create(&e).Error; err != nil {
		return e, fmt.Errorf("append to ledger: %w", err)
	}
	if err := tx.db.Exec("update ledger_head set seq = ?, hash = ? where id = 1", e.Seq, e.Hash).Error; err != nil {
		return e, fmt.Errorf("move head of ledger: %w", err)
	}
	return e, nil
}

// Entries lists what the ledger says of subject, in order.
func (s *Store) Entries(ctx context.Context, subject string) (entries []Entry, err error) {
	err = s.View(ctx, func(tx *Tx) error {
		entries, err = tx.EntriesOf(subject)
		return err
	})
	return entries, err
}

// EntriesOf lists what the ledger says of subject, in order.
func (tx *Tx) EntriesOf(subject string) ([]Entry, error) {
	var entries []Entry
	if err := tx.db.Where("subject = ?", subject).Order("seq").Find(&entries).Error; err != nil {
		return nil, fmt.Errorf("read ledger of %s: %w", subject, err)
	}
	return entries, nil
}

// ledgerPage is how many entries are read at once.
const ledgerPage = 1000

// EachEntry calls fn for the whole ledger in order. No transaction is open meanwhile: what is appended
// while it runs is included, and fn may use the store.
func (s *Store) EachEntry(ctx context.Context, fn func(Entry) error) error {
	_, err := s.walk(ctx, fn)
	return err
}

// walk is EachEntry, and returns the head as it was when the last entry was read.
func (s *Store) walk(ctx context.Context, fn func(Entry) error) (head headRow, err error) {
	last := int64(-1 << 63)
	for {
		var page []Entry
		err := s.View(ctx, func(tx *Tx) error {
			if err := take(tx.db.Where("id = 1"), &head, "head of the ledger"); err != nil {
				return err
			}
			return tx.db.Where("seq > ?", last).Order("seq").Limit(ledgerPage).Find(&page).Error
		})
		if err != nil {
			return head, fmt.Errorf("read ledger: %w", err)
		}
		for _, e := range page {
			if err := fn(e); err != nil {
				return head, err
			}
			last = e.Seq
		}
		if len(page) < ledgerPage {
			return head, nil
		}
	}
}
