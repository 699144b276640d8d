package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

const inMemory = ":memory:"

// readers is how many connections read while one writes.
var readers = max(2, runtime.NumCPU())

// connectSQLite opens one connection that writes and, for a file, a few that only read: with a
// write-ahead log neither waits for the other. A second writer would only ever get "database is locked".
func (s *Store) connectSQLite(ctx context.Context, path string) error {
	if path == "" {
		return errors.New("database.url: sqlite: needs a path: sqlite:data/fenghuo.db")
	}
	s.memory = path == inMemory
	var err error
	if !s.memory {
		if err = os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return fmt.Errorf("create database folder: %w", err)
		}
	}
	if s.write, err = s.sqlitePool(ctx, path, 1, "_txlock", "immediate"); err != nil {
		return err
	}
	if s.memory {
		s.read = s.write
		return nil
	}
	if s.read, err = s.sqlitePool(ctx, path, readers, "_pragma", "query_only(1)"); err != nil {
		return errors.Join(err, closeDB(s.write))
	}
	return nil
}

func (s *Store) sqlitePool(ctx context.Context, path string, size int, key, value string) (*gorm.DB, error) {
	db, err := gorm.Open(sqlite.Open(sqliteDSN(path, key, value)), s.gormConfig())
	if err != nil {
		return nil, fmt.Errorf("open sqlite %s: %w", path, err)
	}
	pool, err := db.DB()
	if err != nil {
		return nil, fmt.Errorf("open sqlite %s: %w", path, err)
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	if err := pool.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open sqlite %s: %w", path, err), pool.Close())
	}
	return db, nil
}

// sqliteDSN asks for a log that is on disk before a commit returns. The busy timeout comes first, so that
// it holds for the pragmas after it.
func sqliteDSN(path, key, value string) string {
	q := url.Values{"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-16000)"}}
	q.Add(key, value)
	if path == inMemory {
		return path + "?" + q.Encode()
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}
