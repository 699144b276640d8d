package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"fenghuo/store"
	"fenghuo/store/storetest"
)

func TestErrorsAndPanicsUndoTheTransaction(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		boom := errors.New("boom")
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			return errors.Join(tx.SetMark("error", tx.Now), boom)
		})
		if !errors.Is(err, boom) {
			t.Fatalf("got %v", err)
		}
		func() {
			defer func() {
				if recover() != "bang" {
					t.Error("the panic was swallowed")
				}
			}()
			s.InTx(t.Context(), func(tx *store.Tx) error {
				if err := tx.SetMark("panic", tx.Now); err != nil {
					return err
				}
				panic("bang")
			})
		}()
		inTx(t, s, func(tx *store.Tx) error { // and the writer is free again
			for _, name := range []string{"error", "panic"} {
				if at, err := tx.Mark(name); err != nil || !at.IsZero() {
					t.Errorf("mark %s is %v, %v", name, at, err)
				}
			}
			return nil
		})
	})
}

func TestViewCannotWrite(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		err := s.View(t.Context(), func(tx *store.Tx) error { return tx.SetMark("x", tx.Now) })
		if err == nil {
			t.Fatal("a view wrote")
		}
	})
}

func TestTimesKeepTheirMomentInEveryZone(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		shanghai := time.FixedZone("CST", 8*3600)
		lagos := time.FixedZone("x", -11*3600)
		at := time.Date(2026, 3, 10, 0, 30, 0, 123456789, shanghai)
		inTx(t, s, func(tx *store.Tx) error {
			clocks := []store.Clock{{Kind: "a", At: at, Due: at.In(lagos)}, {Kind: "b", At: at.Add(time.Microsecond).In(lagos)}}
			return tx.SetClocks("s", clocks)
		})
		want := time.Date(2026, 3, 9, 16, 30, 0, 123456000, time.UTC)
		for _, c := range []struct {
			name string
			now  time.Time
			n    int
		}{{"before", want.Add(-time.Microsecond), 0}, {"at the moment", want.In(lagos), 1}, {"after", want.Add(time.Microsecond).In(shanghai), 2}} {
			due, err := s.DueClocks(t.Context(), c.now, 10)
			if err != nil || len(due) != c.n {
				t.Errorf("%s: %v, %v", c.name, due, err)
			}
			if c.n > 0 && (due[0].At != want || due[0].Due != want || due[0].At.Location() != time.UTC) {
				t.Errorf("%s: read back as %v", c.name, due[0])
			}
		}
	})
}

func TestNowStandsStillWithinATransaction(t *testing.T) {
	t.Parallel()
	cfg := storetest.Config(t, storetest.SQLite(t))
	tick := time.Date(2026, 3, 10, 8, 0, 0, 999, time.FixedZone("CST", 8*3600))
	cfg.Now = func() time.Time { tick = tick.Add(time.Second); return tick }
	s := storetest.OpenConfig(t, cfg)
	inTx(t, s, func(tx *store.Tx) error {
		first := tx.Now
		if err := tx.SetMark("x", tx.Now); err != nil {
			return err
		}
		at, err := tx.Mark("x")
		if at != first || tx.Now != first || first.Location() != time.UTC {
			t.Errorf("began at %v, now %v, stored %v", first, tx.Now, at)
		}
		return err
	})
}

func TestTwentyWritersLoseNothing(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		const writers, each = 20, 10
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					err := s.InTx(context.Background(), func(tx *store.Tx) error {
						if _, err := tx.NextNumber(time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)); err != nil {
							return err
						}
						_, err := tx.Append(store.Entry{Kind: "test"})
						return err
					})
					if err != nil {
						t.Error(err)
					}
					if _, err := s.DueClocks(context.Background(), time.Now(), 1); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		inTx(t, s, func(tx *store.Tx) error {
			if n, err := tx.NextNumber(time.Date(2026, 3, 10, 23, 0, 0, 0, time.UTC)); err != nil || n != "YQ-20260310-201" {
				t.Errorf("next number %s, %v", n, err)
			}
			return nil
		})
		if r, err := s.Verify(t.Context()); err != nil || !r.OK() || r.Entries != writers*each {
			t.Errorf("ledger %+v, %v", r, err)
		}
	})
}

func TestClashIsRunAgain(t *testing.T) {
	t.Parallel()
	s := storetest.OpenConfig(t, storetest.Config(t, storetest.Postgres(t)))
	inTx(t, s, func(tx *store.Tx) error { return errors.Join(tx.SetMark("a", tx.Now), tx.SetMark("b", tx.Now)) })
	var met sync.WaitGroup
	met.Add(2)
	crosswise := func(first, second string) func() {
		var once sync.Once
		return func() {
			err := s.InTx(context.Background(), func(tx *store.Tx) error {
				if err := tx.SetMark(first, tx.Now); err != nil {
					return err
				}
				once.Do(func() { met.Done(); met.Wait() })
				return tx.SetMark(second, tx.Now)
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
	var wg sync.WaitGroup
	wg.Go(crosswise("a", "b"))
	wg.Go(crosswise("b", "a"))
	wg.Wait()
}

func TestLockMakesOneOrder(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var wg sync.WaitGroup
		inside, most := 0, 0
		var mu sync.Mutex
		step := func(by int) {
			mu.Lock()
			defer mu.Unlock()
			inside += by
			most = max(most, inside)
		}
		for range 8 {
			wg.Go(func() {
				err := s.InTx(context.Background(), func(tx *store.Tx) error {
					if err := tx.Lock("place/feishu/oc_1/"); err != nil {
						return err
					}
					step(1)
					defer step(-1)
					_, err := tx.Mark("x")
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if most != 1 {
			t.Errorf("%d at once", most)
		}
	})
}
