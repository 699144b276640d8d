package store

import (
	"fmt"
	"time"

	"fenghuo/internal/drill"
)

// DrillRow is a rehearsal in a group.
type DrillRow struct {
	ID       int64
	Platform string
	Chat     string // the group's id
	Title    string
	BegunBy  string
	BegunAt  time.Time    `gorm:"serializer:utc"`
	EndsAt   time.Time    `gorm:"serializer:utc"` // unless it is ended before
	EndedAt  time.Time    `gorm:"serializer:utc"`
	Injects  []drill.Came `gorm:"serializer:json"`
}

// TableName is the table of rehearsals.
func (DrillRow) TableName() string { return "drills" }

// BeginDrill keeps a rehearsal that begins. In a group there is one at a time.
func (tx *Tx) BeginDrill(row *DrillRow) error {
	row.BegunAt, row.EndsAt = trim(row.BegunAt), trim(row.EndsAt)
	if err := tx.db.Create(row).Error; err != nil {
		return fmt.Errorf("begin a drill in %s: %w", row.Chat, err)
	}
	return nil
}

// EndDrill notes that it is over.
func (tx *Tx) EndDrill(row *DrillRow) error {
	row.EndedAt = tx.Now
	if err := tx.db.Select("ended_at").Updates(row).Error; err != nil {
		return fmt.Errorf("end drill %d: %w", row.ID, err)
	}
	return nil
}

// RunningDrill is the one held in a group, or ErrNotFound.
func (tx *Tx) RunningDrill(platform, chat string) (*DrillRow, error) {
	var row DrillRow
	return &row, take(tx.db.Where("platform = ? and chat = ? and ended_at is null", platform, chat), &row, "drill in %s", chat)
}

// Drill is the one with that id.
func (tx *Tx) Drill(id int64) (*DrillRow, error) {
	var row DrillRow
	return &row, take(tx.db.Where("id = ?", id), &row, "drill %d", id)
}
