package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm/clause"
)

// PersonRow is an account that has spoken to the bot, or that a platform's directory tells of.
type PersonRow struct {
	Platform string `gorm:"primaryKey"`
	Account  string `gorm:"primaryKey"`
	Name     string
	FirstAt  time.Time `gorm:"serializer:utc"`
	LastAt   time.Time `gorm:"serializer:utc"` // when they last spoke, to the day; until they do, when they were first told of

	// What the directory says; empty where it was not asked, or does not say.
	UnionID  string
	Unit     string
	Title    string
	Active   bool
	SyncedAt time.Time `gorm:"serializer:utc"`
}

// TableName is the table of people.
func (PersonRow) TableName() string { return "people" }

// seenEvery is how often it is worth writing down that somebody is still there.
const seenEvery = 24 * time.Hour

// SeePerson notes an account and its name; an empty name changes nothing that is known.
func (tx *Tx) SeePerson(platform, account, name string) error {
	row := PersonRow{Platform: platform, Account: account, Name: name, FirstAt: tx.Now, LastAt: tx.Now, Active: true}
	if err := tx.db.Clauses(tx.seen("people")).Create(&row).Error; err != nil {
		return fmt.Errorf("note person %s/%s: %w", platform, account, err)
	}
	return nil
}

// Person is what is known of an account.
func (tx *Tx) Person(platform, account string) (PersonRow, error) {
	var row PersonRow
	return row, take(tx.db.Where("platform = ? and account = ?", platform, account), &row, "person %s/%s", platform, account)
}

// People are all accounts that are known and have a name.
func (s *Store) People(ctx context.Context) ([]PersonRow, error) {
	var rows []PersonRow
	err := s.View(ctx, func(tx *Tx) error {
		return tx.db.Where("name <> ''").Order("platform, account").Find(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("list people: %w", err)
	}
	return rows, nil
}

// seen updates a row of table only when there is news in it.
func (tx *Tx) seen(table string) clause.OnConflict {
	key := clause.Column{Name: "account"}
	if table == "chats" {
		key.Name = "chat"
	}
	return clause.OnConflict{
		Columns: []clause.Column{{Name: "platform"}, key},
		DoUpdates: clause.Set{
			{Column: clause.Column{Name: "name"}, Value: clause.Expr{SQL: "case when excluded.name = '' then " + table + ".name else excluded.name end"}},
			{Column: clause.Column{Name: "last_at"}, Value: clause.Expr{SQL: "excluded.last_at"}},
		},
		Where: clause.Where{Exprs: []clause.Expression{clause.Expr{
			SQL:  table + ".last_at < ? or (excluded.name <> '' and excluded.name <> " + table + ".name)",
			Vars: []any{utc(tx.Now.Add(-seenEvery))},
		}}},
	}
}
