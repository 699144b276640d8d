package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"fenghuo/bot"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// both hands every event to all replicas at the same moment, as a platform does that delivers twice.
type both struct{ sinks []bot.Sink }

func (b both) Receive(ctx context.Context, ev bot.Event) (toast string, err error) {
	toasts := make([]string, len(b.sinks))
	var group errgroup.Group
	for n, s := range b.sinks {
		group.Go(func() (err error) {
			toasts[n], err = s.Receive(ctx, ev)
			return err
		})
	}
	err = group.Wait()
	return strings.Join(toasts, ""), err
}

// TestScenariosOnTwoReplicas plays every conversation on two replicas that have nothing in common but a
// PostgreSQL database, as when Redis is away. Both are handed every event, both look at the clocks in the
// same moment and both send; people must see exactly what one process would have said.
func TestScenariosOnTwoReplicas(t *testing.T) {
	t.Parallel()
	for _, file := range scenarios(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			r, until, err := loadScenario(file, time.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			r.dir = t.TempDir()
			database := storetest.Postgres(t)
			r.house = func(ctx context.Context, p parts) ([]*app, error) { return r.twins(ctx, p, database) }
			if err := r.play(t.Context(), until); err != nil {
				t.Fatal(err)
			}
			for _, u := range r.unmet {
				t.Error(u)
			}
			r.saidOnce(t)
		})
	}
}

// twins starts two replicas.
func (r *replay) twins(ctx context.Context, p parts, database string) (apps []*app, err error) {
	all := both{}
	for range 2 {
		q := p
		q.shared = store.NewMemory(p.now)
		q.connect = func(s bot.Sink) {
			if s == nil {
				p.connect(nil)
				return
			}
			all.sinks = append(all.sinks, s)
		}
		a, err := newApp(ctx, r.config(database), q)
		if err != nil {
			return apps, err
		}
		apps = append(apps, a)
	}
	p.connect(all)
	return apps, nil
}

// saidOnce holds the messages against what one process says in the same scenario.
func (r *replay) saidOnce(t *testing.T) {
	t.Helper()
	alone, err := playScenario(t.Context(), r.sc.file, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	count := func(r *replay) map[string]int {
		said := map[string]int{}
		for _, m := range r.end.Messages {
			said[strings.Join([]string{m.At.Format(time.TimeOnly), m.Platform, m.Chat, m.To, m.Text}, " ")]++
		}
		return said
	}
	one, two := count(alone), count(r)
	if len(one) == 0 || len(r.apps) != 2 {
		t.Fatalf("%d messages, %d replicas", len(one), len(r.apps))
	}
	for m, n := range two {
		if n != one[m] {
			t.Errorf("said %d times by two replicas, %d times by one: %s", n, one[m], m)
		}
	}
	for m, n := range one {
		if two[m] == 0 {
			t.Errorf("said %d times by one process, never by two: %s", n, m)
		}
	}
}
