package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// connect picks the database by the scheme of its URL.
func (s *Store) connect(ctx context.Context, url string) error {
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "sqlite":
		return s.connectSQLite(ctx, rest)
	case "postgres", "postgresql":
		return s.connectPostgres(ctx, url)
	case "mysql":
		return errors.New("database.url: mysql:// is not supported yet; use sqlite:PATH or postgres://")
	case "":
		return errors.New("database.url is empty; use sqlite:PATH or postgres://")
	}
	return fmt.Errorf("database.url: unknown scheme %q; use sqlite:PATH or postgres://", scheme)
}

// gormConfig has no prepared statements, because GORM's cache of them keeps a goroutine that never ends,
// and no logger, because errors are returned and values must not reach the log.
func (s *Store) gormConfig() *gorm.Config {
	return &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		TranslateError:         true,
		NowFunc:                s.now,
		Logger:                 logger.Discard,
	}
}

func (s *Store) postgres() bool { return s.write.Name() == "postgres" }
