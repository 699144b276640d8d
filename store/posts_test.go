package store_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// queue queues messages.
func queue(t testing.TB, s *store.Store, posts ...store.Post) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) error {
		for _, p := range posts {
			if queued, err := tx.Post(p); err != nil || !queued {
				t.Errorf("%s: queued %v, %v", p.Key, queued, err)
			}
		}
		return nil
	})
}

func claim(t testing.TB, s *store.Store) []bot.Queued {
	t.Helper()
	claimed, err := s.Claim(context.Background(), 64)
	if err != nil {
		t.Fatal(err)
	}
	return claimed
}

func settle(t testing.TB, s *store.Store, q bot.Queued, res bot.Result) {
	t.Helper()
	if err := s.Settle(context.Background(), q, res); err != nil {
		t.Fatal(err)
	}
}

func keysOf(claimed []bot.Queued) []string {
	var keys []string
	for _, q := range claimed {
		keys = append(keys, q.Out.Key)
	}
	return keys
}

// wantClaim claims and compares.
func wantClaim(t testing.TB, s *store.Store, want ...string) []bot.Queued {
	t.Helper()
	claimed := claim(t, s)
	if !slices.Equal(keysOf(claimed), want) {
		t.Fatalf("claimed %q, want %q", keysOf(claimed), want)
	}
	return claimed
}

func postOf(t testing.TB, s *store.Store, key string) (row store.PostRow) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) (err error) { row, err = tx.PostByKey(key); return err })
	return row
}

func sent(id string) bot.Result {
	return bot.Result{Receipt: bot.Receipt{Message: id, Confirmed: true}}
}

func TestOneMessagePerKey(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		queue(t, s, post("a", "1"))
		inTx(t, s, func(tx *store.Tx) error {
			if queued, err := tx.Post(post("a", "2")); err != nil || queued {
				t.Errorf("queued %v, %v", queued, err)
			}
			return nil
		})
		for _, q := range claim(t, s) {
			settle(t, s, q, sent("m1"))
		}
		inTx(t, s, func(tx *store.Tx) error {
			if queued, err := tx.Post(post("a", "1")); err != nil || queued {
				t.Errorf("after it was sent: queued %v, %v", queued, err)
			}
			return nil
		})
	})
}

func TestAMessageNeedsAKeyAndAPlace(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	for name, p := range map[string]store.Post{"no key": post("", "1"), "no place": {Key: "a"}, "no chat": {Key: "a", Place: bot.Place{Platform: "feishu"}}} {
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { _, err := tx.Post(p); return err }); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestOneMessagePerConversationIsOnItsWay(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		queue(t, s, post("a1", "a"), post("b1", "b"), post("a2", "a"), post("b2", "b"))
		first := wantClaim(t, s, "a1", "b1")
		wantClaim(t, s)
		settle(t, s, first[1], sent("m-b1"))
		wantClaim(t, s, "b2")
		settle(t, s, first[0], bot.Result{Err: errors.New("busy"), RetryAt: h.now().Add(10 * time.Second)})
		wantClaim(t, s) // a2 must not overtake a1
		if next, ok, err := s.NextDue(t.Context()); err != nil || !ok || !next.Equal(h.now().Add(10*time.Second)) {
			t.Errorf("next due %v, %v, %v", next, ok, err)
		}
		h.pass(10 * time.Second)
		again := wantClaim(t, s, "a1")
		if again[0].Attempts != 1 {
			t.Errorf("%d attempts before", again[0].Attempts)
		}
		settle(t, s, again[0], bot.Result{Err: bot.ErrPermanent, Final: true})
		wantClaim(t, s, "a2")
		if row := postOf(t, s, "a1"); row.Status != store.Failed || row.Attempts != 2 {
			t.Errorf("a1 is %s after %d attempts", row.Status, row.Attempts)
		}
	})
}

func TestAMessageHeldBackHasNotBeenTried(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		queue(t, s, post("a1", "a"))
		for range 3 {
			settle(t, s, wantClaim(t, s, "a1")[0], bot.Result{Err: errors.New("own rate limit"), Held: true, RetryAt: h.now().Add(time.Second)})
			wantClaim(t, s)
			h.pass(time.Second)
		}
		if again := wantClaim(t, s, "a1"); again[0].Attempts != 0 {
			t.Errorf("%d attempts", again[0].Attempts)
		}
	})
}

func TestAMessageForLaterHoldsUpNothing(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		later := post("later", "a")
		later.After = h.now().Add(time.Hour)
		queue(t, s, later, post("now", "a"))
		settle(t, s, wantClaim(t, s, "now")[0], sent("m1"))
		wantClaim(t, s)
		if next, ok, err := s.NextDue(t.Context()); err != nil || !ok || !next.Equal(later.After) {
			t.Errorf("next due %v, %v, %v", next, ok, err)
		}
		h.pass(time.Hour)
		wantClaim(t, s, "later")
	})
}

func TestAnAttemptNobodyFinishedIsMadeAgain(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		queue(t, s, post("a1", "a"))
		lost := wantClaim(t, s, "a1")[0]
		h.pass(time.Minute - time.Second)
		wantClaim(t, s)
		h.pass(time.Second)
		second := wantClaim(t, s, "a1")[0]
		settle(t, s, lost, bot.Result{Err: bot.ErrPermanent, Final: true}) // too late to matter
		if row := postOf(t, s, "a1"); row.Status != store.Queued {
			t.Errorf("an outlived failure made it %s", row.Status)
		}
		settle(t, s, second, sent("m1"))
		settle(t, s, lost, sent("m0"))
		if row := postOf(t, s, "a1"); row.Status != store.Sent || row.MessageID != "m1" {
			t.Errorf("%s as %s", row.Status, row.MessageID)
		}
	})
}

func TestReplicasShareTheOutboxInOrder(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, url string) {
		const places, each = 5, 12
		cfg := storetest.Config(t, url)
		replicas := []*store.Store{storetest.OpenConfig(t, cfg), storetest.OpenConfig(t, cfg)}
		for n := range places * each {
			queue(t, replicas[0], post(strconv.Itoa(n), strconv.Itoa(n%places)))
		}
		var mu sync.Mutex
		got := map[string][]int{}
		var wg sync.WaitGroup
		for _, s := range replicas {
			wg.Go(func() {
				for range places * each * 4 {
					claimed := claim(t, s)
					for _, q := range claimed {
						n, err := strconv.Atoi(q.Out.Key)
						if err != nil {
							t.Error(err)
						}
						mu.Lock()
						got[q.Out.Place.Chat] = append(got[q.Out.Place.Chat], n)
						mu.Unlock()
						settle(t, s, q, sent("m"+q.Out.Key))
					}
				}
			})
		}
		wg.Wait()
		for chat, keys := range got {
			if len(keys) != each || !slices.IsSorted(keys) {
				t.Errorf("conversation %s got %v", chat, keys)
			}
		}
		if len(got) != places {
			t.Errorf("%d conversations", len(got))
		}
	})
}

func TestWhatFollowsFromDeliveryIsInTheSameTransaction(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		boom := errors.New("boom")
		s.SetOnSettled(func(tx *store.Tx, p store.PostRow, res bot.Result) error {
			if err := tx.SetMark(p.Starts, p.SentAt); err != nil {
				return err
			}
			if p.Key == "bad" {
				return boom
			}
			return nil
		})
		queue(t, s, post("good", "1"))
		settle(t, s, claim(t, s)[0], sent("m1"))
		bad := post("bad", "2")
		bad.Starts = "bad"
		queue(t, s, bad)
		if err := s.Settle(t.Context(), claim(t, s)[0], sent("m2")); !errors.Is(err, boom) {
			t.Errorf("got %v", err)
		}
		if row := postOf(t, s, "bad"); row.Status != store.Sent {
			t.Errorf("it would be sent again: %s", row.Status)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if at, err := tx.Mark("call/0/wanglei"); err != nil || at.IsZero() {
				t.Errorf("what follows is missing: %v", err)
			}
			if at, err := tx.Mark("bad"); err != nil || !at.IsZero() {
				t.Errorf("half of what follows stayed: %v, %v", at, err)
			}
			return nil
		})
	})
}

func TestAnUpdateKnowsTheCardItReplaces(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		queue(t, s, post("card", "1"))
		settle(t, s, claim(t, s)[0], sent("om_7"))
		update := post("card/2", "1")
		update.Message.Updates = "card"
		queue(t, s, update)
		if q := claim(t, s); len(q) != 1 || q[0].Out.Replaces != "om_7" {
			t.Errorf("claimed %+v", q)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if row, err := tx.PostByMessage("feishu", "om_7"); err != nil || row.Key != "card" {
				t.Errorf("om_7 is %q, %v", row.Key, err)
			}
			for platform, id := range map[string]string{"wecom": "om_7", "feishu": ""} {
				if _, err := tx.PostByMessage(platform, id); !errors.Is(err, store.ErrNotFound) {
					t.Errorf("%s %q: %v", platform, id, err)
				}
			}
			return nil
		})
	})
}

func TestDropTakesBackOnlyWhatNobodyBegan(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		queue(t, s, post("begun", "1"), post("waiting", "1"))
		begun := claim(t, s)
		inTx(t, s, func(tx *store.Tx) error {
			for key, want := range map[string]bool{"begun": false, "waiting": true, "never": false} {
				if ok, err := tx.Drop(key, "已签收"); err != nil || ok != want {
					t.Errorf("drop %s: %v, %v", key, ok, err)
				}
			}
			return nil
		})
		settle(t, s, begun[0], sent("m1"))
		wantClaim(t, s)
		if row := postOf(t, s, "waiting"); row.Status != store.Dropped || row.Note != "已签收" {
			t.Errorf("%s, %q", row.Status, row.Note)
		}
	})
}

func TestWaitingMessagesMoveIntoTheThread(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T, s *store.Store) {
		from := bot.Place{Platform: "feishu", Chat: "1"}
		to := bot.Place{Platform: "feishu", Chat: "1", Thread: "omt_1"}
		about := func(key, incident string) store.Post {
			p := post(key, "1")
			p.Incident = incident
			return p
		}
		queue(t, s, about("begun", "A"), about("other", "B"), about("waiting", "A"))
		wantClaim(t, s, "begun")
		inTx(t, s, func(tx *store.Tx) error { return tx.MovePosts("A", from, to) })
		if q := wantClaim(t, s, "waiting"); q[0].Out.Place != to {
			t.Errorf("claimed in %+v", q[0].Out.Place)
		}
		inTx(t, s, func(tx *store.Tx) error {
			for filter, want := range map[store.PostFilter][]string{
				{Incident: "A"}:                   {"begun", "waiting"},
				{PlaceKey: from.Key()}:            {"begun", "other"},
				{Status: store.Queued, Limit: 2}:  {"begun", "other"},
				{Incident: "A", PlaceKey: "x"}:    nil,
				{Since: tx.Now.Add(time.Hour)}:    nil,
				{Incident: "A", AfterID: 1 << 40}: nil,
			} {
				rows, err := tx.Posts(filter)
				var keys []string
				for _, r := range rows {
					keys = append(keys, r.Key)
				}
				if err != nil || !slices.Equal(keys, want) {
					t.Errorf("%+v: %q, %v", filter, keys, err)
				}
			}
			return nil
		})
	})
}
