package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const postgresConns = 16

// connectPostgres opens one pool. A replica that hangs in the middle of a transaction loses it, and its
// locks, after a minute.
func (s *Store) connectPostgres(ctx context.Context, url string) error {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		// pgx quotes the URL, password and all.
		return errors.New("database.url: not a valid postgres:// URL")
	}
	cfg.RuntimeParams["timezone"] = "UTC"
	cfg.RuntimeParams["application_name"] = "fenghuo"
	cfg.RuntimeParams["idle_in_transaction_session_timeout"] = "60000"
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(postgresConns)
	pool.SetMaxIdleConns(postgresConns)
	if err := pool.PingContext(ctx); err != nil {
		return errors.Join(fmt.Errorf("open postgres %s:%d/%s: %w", cfg.Host, cfg.Port, cfg.Database, err), pool.Close())
	}
	if s.write, err = gorm.Open(postgres.New(postgres.Config{Conn: pool}), s.gormConfig()); err != nil {
		return errors.Join(fmt.Errorf("open postgres: %w", err), pool.Close())
	}
	s.read = s.write
	return nil
}

// clash reports an error after which PostgreSQL asks for the transaction to be run again.
func clash(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	return pg.Code == "40001" || pg.Code == "40P01" // serialization_failure, deadlock_detected
}
