package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"fenghuo/bot"
)

// UnitRow is a department of a platform's directory.
type UnitRow struct {
	Platform string `gorm:"primaryKey"`
	Unit     string `gorm:"primaryKey"`
	Parent   string
	Name     string
	Gone     bool
	SyncedAt time.Time `gorm:"serializer:utc"`
}

// TableName is the table of units.
func (UnitRow) TableName() string { return "units" }

// directoryBatch is how many rows one statement writes: SQLite takes no more than 32766 values.
const directoryBatch = 500

// KeepDirectory puts the whole of a platform's directory in place of what was known of it. Who is not in it
// any more stays, by name, and is no longer active.
func (s *Store) KeepDirectory(ctx context.Context, platform string, at time.Time, units []bot.Unit, members []bot.Member) error {
	err := s.InTx(ctx, func(tx *Tx) error {
		if err := errors.Join(tx.keepUnits(platform, at, units), tx.keepMembers(platform, at, members)); err != nil {
			return err
		}
		for _, flag := range []struct{ table, name, left string }{{"people", "active", "false"}, {"units", "gone", "true"}} {
			statement := "update " + flag.table + " set " + flag.name + " = " + flag.left + " where platform = ? and synced_at < ?"
			if err := tx.db.Exec(statement, platform, utc(trim(at))).Error; err != nil {
				return err
			}
		}
		return tx.SetMark(directoryMark(platform), at)
	})
	if err != nil {
		return fmt.Errorf("keep the directory of %s: %w", platform, err)
	}
	return nil
}

// KeepMember takes news of one person.
func (s *Store) KeepMember(ctx context.Context, platform string, at time.Time, m bot.Member) error {
	return s.InTx(ctx, func(tx *Tx) error { return tx.keepMembers(platform, at, []bot.Member{m}) })
}

// KeepUnit takes news of one unit.
func (s *Store) KeepUnit(ctx context.Context, platform string, at time.Time, u bot.Unit) error {
	return s.InTx(ctx, func(tx *Tx) error { return tx.keepUnits(platform, at, []bot.Unit{u}) })
}

// Member is what the directory says of an account.
func (s *Store) Member(ctx context.Context, platform, account string) (m bot.Member, ok bool, err error) {
	var row PersonRow
	err = s.View(ctx, func(tx *Tx) (err error) { row, err = tx.Person(platform, account); return err })
	if errors.Is(err, ErrNotFound) {
		return m, false, nil
	}
	return bot.Member{Account: row.Account, UnionID: row.UnionID, Name: row.Name, Unit: row.Unit, Title: row.Title, Active: row.Active}, err == nil, err
}

// Units are the departments of a platform that are still there.
func (tx *Tx) Units(platform string) (rows []UnitRow, err error) {
	if err := tx.db.Where("platform = ? and not gone", platform).Order("unit").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list units of %s: %w", platform, err)
	}
	return rows, nil
}

// DirectoryAt is when the whole directory of a platform was last kept.
func (s *Store) DirectoryAt(ctx context.Context, platform string) (at time.Time, err error) {
	err = s.View(ctx, func(tx *Tx) error { at, err = tx.Mark(directoryMark(platform)); return err })
	return at, err
}

func directoryMark(platform string) string { return "directory/" + platform }

func (tx *Tx) keepMembers(platform string, at time.Time, members []bot.Member) error {
	var rows []PersonRow
	seen := map[string]bool{} // one statement may not touch a row twice
	for _, m := range members {
		if !seen[m.Account] && m.Account != "" {
			rows = append(rows, PersonRow{Platform: platform, Account: m.Account, Name: m.Name, UnionID: m.UnionID, Unit: m.Unit, Title: m.Title,
				Active: m.Active, FirstAt: tx.Now, LastAt: tx.Now, SyncedAt: trim(at)})
		}
		seen[m.Account] = true
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.db.Clauses(newer("people", "account", []string{"name", "union_id", "unit", "title"}, "active")).CreateInBatches(rows, directoryBatch).Error; err != nil {
		return fmt.Errorf("keep people of %s: %w", platform, err)
	}
	return nil
}

func (tx *Tx) keepUnits(platform string, at time.Time, units []bot.Unit) error {
	var rows []UnitRow
	seen := map[string]bool{}
	for _, u := range units {
		if !seen[u.ID] && u.ID != "" {
			rows = append(rows, UnitRow{Platform: platform, Unit: u.ID, Parent: u.Parent, Name: u.Name, Gone: u.Gone, SyncedAt: trim(at)})
		}
		seen[u.ID] = true
	}
	if len(rows) == 0 {
		return nil
	}
	if err := tx.db.Clauses(newer("units", "unit", []string{"parent", "name"}, "gone")).CreateInBatches(rows, directoryBatch).Error; err != nil {
		return fmt.Errorf("keep units of %s: %w", platform, err)
	}
	return nil
}

// newer updates a row of table unless what it holds is newer: texts only where there is news, flag always.
func newer(table, key string, texts []string, flag string) clause.OnConflict {
	c := clause.OnConflict{Columns: []clause.Column{{Name: "platform"}, {Name: key}},
		Where: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: table + ".synced_at is null or " + table + ".synced_at <= excluded.synced_at"}}}}
	for _, name := range texts {
		c.DoUpdates = append(c.DoUpdates, clause.Assignment{Column: clause.Column{Name: name},
			Value: clause.Expr{SQL: "case when excluded." + name + " = '' then " + table + "." + name + " else excluded." + name + " end"}})
	}
	for _, name := range []string{flag, "synced_at"} {
		c.DoUpdates = append(c.DoUpdates, clause.Assignment{Column: clause.Column{Name: name}, Value: clause.Expr{SQL: "excluded." + name}})
	}
	return c
}
