package store

import (
	"context"
	"fmt"
	"time"
)

// Binding is what an administrator said of a group on a platform while the service ran.
type Binding struct {
	Platform string `gorm:"primaryKey"`
	Group    string `gorm:"primaryKey;column:grp"` // the organisation's id
	Chat     string // the platform's id of it; empty: not told
	Sealed   string // the key its robot speaks with, encrypted; empty: not told
	BoundBy  string
	BoundAt  time.Time `gorm:"serializer:utc"`
}

// TableName is the table of bindings.
func (Binding) TableName() string { return "bindings" }

// Bind keeps what b tells; what it leaves empty stays as it is known.
func (tx *Tx) Bind(b Binding) error {
	b.BoundAt = tx.Now
	known := Binding{}
	if err := tx.db.Where("platform = ? and grp = ?", b.Platform, b.Group).Limit(1).Find(&known).Error; err != nil {
		return fmt.Errorf("bind %s: %w", b.Group, err)
	}
	if b.Chat == "" {
		b.Chat = known.Chat
	}
	if b.Sealed == "" {
		b.Sealed = known.Sealed
	}
	if err := tx.db.Save(&b).Error; err != nil {
		return fmt.Errorf("bind %s: %w", b.Group, err)
	}
	return nil
}

// Bindings are all of them.
func (s *Store) Bindings(ctx context.Context) (rows []Binding, err error) {
	err = s.View(ctx, func(tx *Tx) error { return tx.db.Order("platform, grp").Find(&rows).Error })
	if err != nil {
		return nil, fmt.Errorf("list bindings: %w", err)
	}
	return rows, nil
}
