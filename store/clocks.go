package store

import (
	"context"
	"fmt"
	"time"
)

// Clock is something that has to be done at a moment. Nothing but this row knows of it.
type Clock struct {
	Subject string // incident/YQ-20260310-001, form/12
	Kind    string
	Slot    int
	At      time.Time `gorm:"serializer:utc"` // when it goes off
	Due     time.Time `gorm:"serializer:utc"` // the due time it is about
	Person  string
	Reason  string
}

type clockRow struct {
	ID    int64
	Clock `gorm:"embedded"`
}

func (clockRow) TableName() string { return "clocks" }

// SetClocks makes clocks all that run for subject and writes only what differs. A clock without a time
// does not run.
func (tx *Tx) SetClocks(subject string, clocks []Clock) error {
	var have []clockRow
	if err := tx.db.Where("subject = ?", subject).Order("id").Find(&have).Error; err != nil {
		return fmt.Errorf("load clocks of %s: %w", subject, err)
	}
	missing := map[Clock]int{}
	for _, c := range clocks {
		c.Subject, c.At, c.Due = subject, trim(c.At), trim(c.Due)
		if !c.At.IsZero() {
			missing[c]++
		}
	}
	var gone []int64
	for _, row := range have {
		if missing[row.Clock] > 0 {
			missing[row.Clock]--
		} else {
			gone = append(gone, row.ID)
		}
	}
	return tx.swapClocks(subject, gone, added(clocks, subject, missing))
}

// added picks from clocks those missing, in their order.
func added(clocks []Clock, subject string, missing map[Clock]int) []clockRow {
	var rows []clockRow
	for _, c := range clocks {
		c.Subject, c.At, c.Due = subject, trim(c.At), trim(c.Due)
		if missing[c] > 0 {
			missing[c]--
			rows = append(rows, clockRow{Clock: c})
		}
	}
	return rows
}

func (tx *Tx) swapClocks(subject string, gone []int64, rows []clockRow) error {
	if len(gone) > 0 {
		if err := tx.db.Exec("delete from clocks where id in ?", gone).Error; err != nil {
			return fmt.Errorf("stop clocks of %s: %w", subject, err)
		}
	}
	if len(rows) > 0 {
		if err := tx.db.Create(&rows).Error; err != nil {
			return fmt.Errorf("set clocks of %s: %w", subject, err)
		}
	}
	return nil
}

// ClocksOf lists what runs for subject, the next first.
func (tx *Tx) ClocksOf(subject string) ([]Clock, error) {
	var clocks []Clock
	if err := tx.db.Where("subject = ?", subject).Order("at, id").Find(&clocks).Error; err != nil {
		return nil, fmt.Errorf("list clocks of %s: %w", subject, err)
	}
	return clocks, nil
}

// DueClocks lists what has gone off, the earliest first.
func (s *Store) DueClocks(ctx context.Context, now time.Time, limit int) ([]Clock, error) {
	var clocks []Clock
	err := s.View(ctx, func(tx *Tx) error {
		return tx.db.Where("at <= ?", utc(now)).Order("at, subject, id").Limit(limit).Find(&clocks).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list due clocks: %w", err)
	}
	return clocks, nil
}

// NextClock is when the next clock goes off, or went.
func (s *Store) NextClock(ctx context.Context) (time.Time, bool, error) {
	return s.earliest(ctx, "select min(at) from clocks")
}
