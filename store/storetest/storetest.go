// Package storetest gives tests a store of their own.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/store"

	_ "github.com/jackc/pgx/v5/stdlib" // driver pgx
)

// Run runs test on SQLite and, when TEST_POSTGRES names a server, on PostgreSQL.
func Run(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, Open(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, OpenConfig(t, Config(t, Postgres(t))))
	})
}

// Open is an empty store on SQLite.
func Open(t testing.TB) *store.Store {
	t.Helper()
	return OpenConfig(t, Config(t, SQLite(t)))
}

// OpenConfig is a store, migrated and closed at the end of the test.
func OpenConfig(t testing.TB, cfg store.Config) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Config is for a store at that URL, with attachments in a folder of the test's own.
func Config(t testing.TB, url string) store.Config {
	return store.Config{URL: url, DataDir: t.TempDir(), Now: time.Now}
}

// SQLite is the URL of a new file.
func SQLite(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "fenghuo.db") }

// Postgres is the URL of a new schema on the server TEST_POSTGRES names; without one the test is skipped.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("TEST_POSTGRES")
	if server == "" {
		t.Skip("TEST_POSTGRES is not set")
	}
	schema := "t_" + strings.ToLower(rand.Text())
	run(t, server, "create schema "+schema)
	t.Cleanup(func() { run(t, server, "drop schema "+schema+" cascade") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

func run(t testing.TB, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(statement)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}
