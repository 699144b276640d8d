package store

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Tx is one transaction. All it writes is written together or not at all.
type Tx struct {
	Now      time.Time // when it began, UTC; everything in it happened at this moment
	db       *gorm.DB
	postgres bool
	readOnly bool
}

// tries is how often a transaction is begun again after a clash with another.
const tries = 5

// InTx runs fn in a transaction that writes. An error or a panic undoes it. On PostgreSQL fn may run
// again after a clash with another transaction, so it must not touch anything but tx.
func (s *Store) InTx(ctx context.Context, fn func(tx *Tx) error) error {
	for try := 1; ; try++ {
		err := s.transact(ctx, s.write, fn, false)
		if !clash(err) || try == tries {
			return err
		}
		s.log.Warn("transaction run again", "err", err)
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(try) * time.Duration(5+rand.IntN(20)) * time.Millisecond):
		}
	}
}

// View runs fn in a transaction that only reads, on one state of the data.
func (s *Store) View(ctx context.Context, fn func(tx *Tx) error) error {
	return s.transact(ctx, s.read, fn, true)
}

func (s *Store) transact(ctx context.Context, db *gorm.DB, fn func(tx *Tx) error, readOnly bool) error {
	opts := &sql.TxOptions{ReadOnly: readOnly}
	if readOnly && s.postgres() {
		opts.Isolation = sql.LevelRepeatableRead
	}
	return db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		if readOnly && s.memory { // the connection is the writer's, too
			db.Exec("pragma query_only = on")
			defer db.Exec("pragma query_only = off")
		}
		return fn(&Tx{Now: s.Now(), db: db, postgres: s.postgres(), readOnly: readOnly})
	}, opts)
}

// Lock makes transactions with the same key wait for one another until they end: one order per
// conversation, across replicas too. SQLite has one writer and needs nothing.
func (tx *Tx) Lock(key string) error {
	if !tx.postgres || tx.readOnly {
		return nil
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	if err := tx.db.Exec("select pg_advisory_xact_lock(?)", int64(h.Sum64())).Error; err != nil {
		return fmt.Errorf("lock %s: %w", key, err)
	}
	return nil
}

// locked is a query whose rows nobody else changes before this transaction ends.
func (tx *Tx) locked() *gorm.DB {
	if tx.readOnly {
		return tx.db
	}
	return tx.db.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate})
}

// take reads the one row q asks for.
func take(q *gorm.DB, row any, what string, args ...any) error {
	res := q.Limit(1).Find(row)
	if res.Error != nil {
		return fmt.Errorf("load "+what+": %w", append(args, res.Error)...)
	}
	if res.RowsAffected == 0 {
		return fmt.Errorf(what+": %w", append(args, ErrNotFound)...)
	}
	return nil
}

// unlessKnown inserts a row whose unique key may already be there, and is then left alone.
func (tx *Tx) unlessKnown() *gorm.DB { return tx.db.Clauses(clause.OnConflict{DoNothing: true}) }
