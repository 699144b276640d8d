package store

import (
	"fmt"
	"time"
)

// GroupRow is a group the bot has been spoken to in.
type GroupRow struct {
	Platform string `gorm:"primaryKey"`
	Chat     string `gorm:"primaryKey"`
	Name     string
	FirstAt  time.Time `gorm:"serializer:utc"`
	LastAt   time.Time `gorm:"serializer:utc"` // to the day
}

// TableName is the table of groups.
func (GroupRow) TableName() string { return "chats" }

// SeeGroup notes a group and its name; an empty name changes nothing that is known.
func (tx *Tx) SeeGroup(platform, chat, name string) error {
	row := GroupRow{Platform: platform, Chat: chat, Name: name, FirstAt: tx.Now, LastAt: tx.Now}
	if err := tx.db.Clauses(tx.seen("chats")).Create(&row).Error; err != nil {
		return fmt.Errorf("note group %s/%s: %w", platform, chat, err)
	}
	return nil
}

// Group is what is known of a group.
func (tx *Tx) Group(platform, chat string) (GroupRow, error) {
	var row GroupRow
	return row, take(tx.db.Where("platform = ? and chat = ?", platform, chat), &row, "group %s/%s", platform, chat)
}

// Groups lists all groups in the order they were met.
func (tx *Tx) Groups() ([]GroupRow, error) {
	var rows []GroupRow
	if err := tx.db.Order("first_at, platform, chat").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	return rows, nil
}
