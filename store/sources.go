package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fenghuo/bot"
)

// Source is a protected source: an alias that stands for a person in one report.
type Source struct {
	Alias  string `gorm:"primaryKey"`
	Owner  string // the person, as a keyed hash
	Sealed string // the person, encrypted
}

// TableName is the table of sources.
func (Source) TableName() string { return "sources" }

// KeepSource adds a source; one with the same alias stays as it is.
func (tx *Tx) KeepSource(s Source) error {
	if err := tx.unlessKnown().Create(&s).Error; err != nil {
		return fmt.Errorf("keep a source: %w", err)
	}
	return nil
}

// VeilFile keeps a file under an alias instead of who sent it.
func (tx *Tx) VeilFile(f bot.File, person, alias string) error {
	if err := tx.db.Exec("update files set person = ?, name = ? where sha256 = ? and person = ?", alias, f.Name, f.SHA256, person).Error; err != nil {
		return fmt.Errorf("veil a file: %w", err)
	}
	return nil
}

// SourcesOf are the aliases of an owner.
func (tx *Tx) SourcesOf(owner string) (rows []Source, err error) {
	if err := tx.db.Where("owner = ?", owner).Order("alias").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list sources: %w", err)
	}
	return rows, nil
}

// Sources are all of them.
func (s *Store) Sources(ctx context.Context) (rows []Source, err error) {
	err = s.View(ctx, func(tx *Tx) error { return tx.db.Order("alias").Find(&rows).Error })
	if err != nil {
		return nil, fmt.Errorf("list sources: %w", err)
	}
	return rows, nil
}

// SaidBy is who said a message that came in, as its event has it; empty if there is none.
func (tx *Tx) SaidBy(platform, message string) (string, error) {
	if message == "" {
		return "", nil
	}
	row, err := tx.known(bot.Event{Platform: platform, Keys: []string{message}})
	if err != nil || row == nil {
		return "", err
	}
	return row.Event.Sender, nil
}

// LastTo is when the bot last said something to somebody in private; zero: never.
func (tx *Tx) LastTo(platform, person string) (time.Time, error) {
	var rows []PostRow
	key := bot.Place{Platform: platform, Person: person}.Key()
	if err := tx.db.Where("place_key = ?", key).Order("id desc").Limit(1).Find(&rows).Error; err != nil || len(rows) == 0 {
		return time.Time{}, err
	}
	return rows[0].CreatedAt, nil
}

// AddressedTo is whom a message of the bot's was for in private; empty if it is none.
func (tx *Tx) AddressedTo(platform, message string) (string, error) {
	row, err := tx.PostByMessage(platform, message)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return row.Place.Person, err
}
