package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
	"fenghuo/store/storetest"
)

func TestDatabaseURLIsExplainedWhenItCannotBeUsed(t *testing.T) {
	t.Parallel()
	for url, want := range map[string]string{
		"":                        "database.url is empty",
		"mysql://u:p@h/db":        "mysql:// is not supported yet",
		"oracle://x":              `unknown scheme "oracle"`,
		"sqlite:":                 "needs a path",
		"postgres://u:geheim@%zz": "not a valid postgres:// URL",
	} {
		_, err := store.Open(t.Context(), store.Config{URL: url, Now: time.Now})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v, want %q and no password", url, err, want)
		}
	}
}

func TestMigrationsRunOnceFromEmpty(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), storetest.Config(t, url))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if err := s.CheckSchema(t.Context()); !errors.Is(err, store.ErrSchemaOld) {
			t.Fatalf("empty database: %v", err)
		}
		for range 2 {
			if err := s.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := s.CheckSchema(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if v, err := s.SchemaVersion(t.Context()); err != nil || v != "0015_drills" {
			t.Fatalf("version %q, %v", v, err)
		}
	})
}

func TestTwoReplicasMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, url string) {
		errs := make(chan error, 4)
		for range cap(errs) {
			go func() {
				s, err := store.Open(t.Context(), storetest.Config(t, url))
				if err == nil {
					err = errors.Join(s.Migrate(t.Context()), s.Close())
				}
				errs <- err
			}()
		}
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, url string) {
		s := storetest.OpenConfig(t, storetest.Config(t, url))
		exec(t, s, "insert into migrations (id) values ('9999_later')")
		_, err := store.Open(t.Context(), storetest.Config(t, url))
		if !errors.Is(err, store.ErrSchemaNewer) || !strings.Contains(err.Error(), "9999_later") {
			t.Fatalf("got %v", err)
		}
	})
}

func TestSQLiteFileIsCreatedWithItsFolder(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "数据 1", "a?b#c.db")
	storetest.OpenConfig(t, storetest.Config(t, "sqlite:"+path))
	if m, err := filepath.Glob(filepath.Join(filepath.Dir(path), "a*")); err != nil || len(m) == 0 || m[0] != path {
		t.Fatalf("files %q, %v", m, err)
	}
}

func TestMemoryNeedsNoFile(t *testing.T) {
	t.Parallel()
	s := storetest.OpenConfig(t, storetest.Config(t, "sqlite::memory:"))
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.View(t.Context(), func(tx *store.Tx) error { return tx.SetMark("x", tx.Now) }); err == nil {
		t.Fatal("a view wrote")
	}
	inTx(t, s, func(tx *store.Tx) error { return tx.SetMark("x", tx.Now) })
}

func TestSQLiteWritesAreOnDiskBeforeTheyReturn(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		if got := store.Pragma(t, s, pragma); got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

// both runs test with the URL of an empty database of each kind.
func both(t *testing.T, test func(t *testing.T, url string)) {
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, storetest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, storetest.Postgres(t)) })
}

func inTx(t testing.TB, s *store.Store, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := s.InTx(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

func exec(t testing.TB, s *store.Store, sql string, args ...any) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) error { return tx.Exec(sql, args...) })
}
