package store_test

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fenghuo/store"
	"fenghuo/store/storetest"
)

func TestAnEventIsTakenInOnce(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		remember := func(keys ...string) (seen bool, toast string) {
			inTx(t, s, func(tx *store.Tx) (err error) {
				seen, toast, err = tx.Remember(said(keys...))
				if err == nil && !seen {
					err = tx.Answered(said(keys...), "已签收")
				}
				return err
			})
			return seen, toast
		}
		for _, c := range []struct {
			name string
			keys []string
			seen bool
		}{
			{"new", []string{"e1", "m1"}, false},
			{"again", []string{"e1", "m1"}, true},
			{"by its second key alone", []string{"m1"}, true},
			{"with a key not seen before", []string{"m1", "e9"}, true},
			{"by that key", []string{"e9"}, true},
			{"another", []string{"e2"}, false},
			{"without keys", nil, false},
		} {
			if c.keys == nil { // nothing to know it by, so nothing to answer it by
				inTx(t, s, func(tx *store.Tx) error { _, _, err := tx.Remember(said()); return err })
				continue
			}
			seen, toast := remember(c.keys...)
			if seen != c.seen || (seen && toast != "已签收") {
				t.Errorf("%s: seen %v, toast %q", c.name, seen, toast)
			}
		}
		other := said("e1")
		other.Platform = "wecom"
		inTx(t, s, func(tx *store.Tx) error {
			if seen, _, err := tx.Remember(other); err != nil || seen {
				t.Errorf("same key, other platform: seen %v, %v", seen, err)
			}
			return nil
		})
	})
}

func TestAnEventWhoseHandlerFailedIsNotRemembered(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		boom := errors.New("boom")
		err := s.InTx(t.Context(), func(tx *store.Tx) error {
			_, _, err := tx.Remember(said("e1"))
			return errors.Join(err, boom)
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if seen, _, err := tx.Remember(said("e1")); err != nil || seen {
				t.Errorf("seen %v, %v", seen, err)
			}
			return nil
		})
	})
}

func TestOneOfManyDeliveriesWins(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		var wg sync.WaitGroup
		var news atomic.Int32
		for range 10 {
			wg.Go(func() {
				var fresh bool
				err := s.InTx(context.Background(), func(tx *store.Tx) error {
					seen, _, err := tx.Remember(said("m1", "e1"))
					fresh = !seen
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if fresh {
					news.Add(1)
				}
			})
		}
		wg.Wait()
		if news.Load() != 1 {
			t.Errorf("taken in %d times", news.Load())
		}
	})
}

func TestAParkedEventIsTriedAgainUntilItIsDead(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		ctx, cause := t.Context(), errors.New("database is locked")
		if err := s.Park(ctx, said("e1"), cause); err != nil {
			t.Fatal(err)
		}
		var waited []time.Duration
		for {
			next, found, err := s.NextDue(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if !found {
				break
			}
			waited = append(waited, next.Sub(h.now()))
			if early, err := s.ParkedDue(ctx, next.Add(-time.Microsecond), 10); err != nil || len(early) != 0 {
				t.Fatalf("before its time: %v, %v", early, err)
			}
			now := h.pass(next.Sub(h.now()))
			due, err := s.ParkedDue(ctx, now, 10)
			if err != nil || len(due) != 1 || !reflect.DeepEqual(due[0].Event, said("e1")) || due[0].Error != cause.Error() || due[0].Attempts != len(waited) {
				t.Fatalf("due %+v, %v", due, err)
			}
			for range 2 { // of two replicas that failed with it, one counts
				if err := s.Repark(ctx, due[0], cause); err != nil {
					t.Fatal(err)
				}
			}
		}
		want := []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 6 * time.Hour}
		if !reflect.DeepEqual(waited, want) {
			t.Errorf("waited %v, want %v", waited, want)
		}
		dead, err := s.DeadEvents(ctx, 10)
		if err != nil || len(dead) != 1 || dead[0].Attempts != 6 {
			t.Fatalf("dead %+v, %v", dead, err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if ok, err := tx.Revive(dead[0].ID); err != nil || !ok {
				t.Errorf("revived %v, %v", ok, err)
			}
			return nil
		})
		due, err := s.ParkedDue(ctx, h.now(), 10)
		if err != nil || len(due) != 1 || due[0].Attempts != 0 {
			t.Errorf("after reviving: %+v, %v", due, err)
		}
	})
}

func TestAParkedEventIsHandledOnce(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		ctx := t.Context()
		if err := s.Park(ctx, said("e1", "m1"), errors.New("boom")); err != nil {
			t.Fatal(err)
		}
		due, err := s.ParkedDue(ctx, h.pass(time.Minute), 10)
		if err != nil || len(due) != 1 {
			t.Fatal(due, err)
		}
		inTx(t, s, func(tx *store.Tx) error { return tx.Unpark(due[0], "已登记") })
		err = s.InTx(ctx, func(tx *store.Tx) error { return tx.Unpark(due[0], "再次") })
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("handled twice: %v", err)
		}
		if err := s.Park(ctx, said("m1"), errors.New("late")); err != nil {
			t.Error(err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if seen, toast, err := tx.Remember(said("m1")); err != nil || !seen || toast != "已登记" {
				t.Errorf("seen %v, toast %q, %v", seen, toast, err)
			}
			return nil
		})
		if again, err := s.ParkedDue(ctx, h.pass(24*time.Hour), 10); err != nil || len(again) != 0 {
			t.Errorf("still parked: %v, %v", again, err)
		}
	})
}

func TestOldEventsAreForgottenUnlessTheyWait(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		inTx(t, s, func(tx *store.Tx) error { _, _, err := tx.Remember(said("old")); return err })
		if err := s.Park(t.Context(), said("parked"), errors.New("boom")); err != nil {
			t.Fatal(err)
		}
		limit := h.pass(time.Hour)
		inTx(t, s, func(tx *store.Tx) error { _, _, err := tx.Remember(said("young")); return err })
		inTx(t, s, func(tx *store.Tx) error {
			if n, err := tx.ForgetEvents(limit); err != nil || n != 1 {
				t.Errorf("forgot %d, %v", n, err)
			}
			for key, want := range map[string]bool{"old": false, "parked": true, "young": true} {
				if seen, _, err := tx.Remember(said(key)); err != nil || seen != want {
					t.Errorf("%s: seen %v, %v", key, seen, err)
				}
			}
			return nil
		})
	})
}
