package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fenghuo/bot"

	"gorm.io/gorm"
)

// ErrNotFound is the answer when the row asked for does not exist.
var ErrNotFound = errors.New("not found")

// Config says where the data lives.
type Config struct {
	URL     string           // sqlite:PATH, sqlite::memory: or postgres://…
	DataDir string           // attachments go into its folder files
	Now     func() time.Time //
	Log     *slog.Logger     // nil: silent
}

// Store is the database and the folder of attachments beside it.
type Store struct {
	write   *gorm.DB // one connection on SQLite, a pool on PostgreSQL
	read    *gorm.DB // may be the same
	memory  bool     // one connection, shared by readers and the writer
	dir     string
	now     func() time.Time
	log     *slog.Logger
	settled func(tx *Tx, p PostRow, res bot.Result) error
}

// Open connects to the database and checks that this program can work with what is there. A schema that
// is newer than the program is refused; one that is older, or empty, opens and waits for Migrate, and
// CheckSchema says so.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	if cfg.Now == nil {
		panic("store: Config.Now is missing")
	}
	s := &Store{dir: cfg.DataDir, now: cfg.Now, log: cfg.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	registerSerializers()
	if err := s.connect(ctx, cfg.URL); err != nil {
		return nil, err
	}
	if err := s.CheckSchema(ctx); err != nil && !errors.Is(err, ErrSchemaOld) {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close lets go of the database.
func (s *Store) Close() error {
	err := closeDB(s.write)
	if s.read != s.write {
		err = errors.Join(err, closeDB(s.read))
	}
	return err
}

// Now is the present as the database can hold it: UTC, in microseconds.
func (s *Store) Now() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	db, err := s.read.DB()
	if err != nil {
		return fmt.Errorf("ping database: %w", err)
	}
	return db.PingContext(ctx)
}

func closeDB(db *gorm.DB) error {
	if db == nil {
		return nil
	}
	pool, err := db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
