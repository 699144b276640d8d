package store

import (
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"
)

type markRow struct {
	Name string    `gorm:"primaryKey"`
	At   time.Time `gorm:"serializer:utc"`
}

func (markRow) TableName() string { return "marks" }

// Mark is when something was last done; zero if never.
func (tx *Tx) Mark(name string) (time.Time, error) {
	var row markRow
	err := take(tx.db.Where("name = ?", name), &row, "mark %s", name)
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, nil
	}
	return row.At, err
}

// SetMark notes when something was done.
func (tx *Tx) SetMark(name string, at time.Time) error {
	return tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&markRow{Name: name, At: trim(at)}).Error
}

// Marks are those whose names begin with prefix.
func (tx *Tx) Marks(prefix string) (map[string]time.Time, error) {
	var rows []markRow
	if err := tx.db.Where("name LIKE ?", prefix+"%").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("marks %s: %w", prefix, err)
	}
	out := make(map[string]time.Time, len(rows))
	for _, r := range rows {
		out[r.Name] = r.At
	}
	return out, nil
}

// DropMark forgets one.
func (tx *Tx) DropMark(name string) error {
	return tx.db.Delete(&markRow{Name: name}).Error
}
