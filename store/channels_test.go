package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

func undelivered(t testing.TB, s *store.Store) (rows []store.PostRow) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) (err error) { rows, err = tx.Undelivered(tx.Now); return err })
	return rows
}

// next moves row to its next channel and says whether it did.
func next(t testing.TB, s *store.Store, row store.PostRow) (ok bool) {
	t.Helper()
	inTx(t, s, func(tx *store.Tx) (err error) { ok, err = tx.NextChannel(row); return err })
	return ok
}

func TestUnconfirmedDeliveryTakesTheNextChannel(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		queue(t, s, post("call", "1"))
		settle(t, s, wantClaim(t, s, "call")[0], bot.Result{Receipt: bot.Receipt{Message: "m0"}})
		if rows := undelivered(t, s); len(rows) != 0 {
			t.Fatalf("too early: %v", rows)
		}
		h.pass(time.Minute)
		rows := undelivered(t, s)
		if len(rows) != 1 || rows[0].Status != store.Unconfirmed {
			t.Fatalf("undelivered %+v", rows)
		}
		if !next(t, s, rows[0]) || next(t, s, rows[0]) {
			t.Error("it changes channel once")
		}
		second := wantClaim(t, s, "call/alt1")[0]
		if second.Out.Place.Key() != "feishu/direct/wanglei" {
			t.Errorf("said at %s", second.Out.Place.Key())
		}
		settle(t, s, second, bot.Result{Err: bot.ErrPermanent, Final: true})
		rows = undelivered(t, s) // a failure does not wait for the minute
		if len(rows) != 1 || !next(t, s, rows[0]) {
			t.Fatalf("undelivered %+v", rows)
		}
		settle(t, s, wantClaim(t, s, "call/alt2")[0], sent("m2"))
		h.pass(time.Hour)
		if rows := undelivered(t, s); len(rows) != 0 {
			t.Errorf("still undelivered: %+v", rows)
		}
		if row := postOf(t, s, "call"); row.Status != store.Rerouted {
			t.Errorf("the first is %s", row.Status)
		}
	})
}

func TestWhatWasForSeveralGoesToEach(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		p := post("call", "1")
		p.Fallback = []bot.Place{{Platform: "feishu", Person: "chenfang"}, {Platform: "wecom", Person: "chenfang"}, {Platform: "feishu", Person: "xuqing"}}
		queue(t, s, p)
		settle(t, s, wantClaim(t, s, "call")[0], bot.Result{Err: bot.ErrPermanent, Final: true})
		if rows := undelivered(t, s); len(rows) != 1 || !next(t, s, rows[0]) {
			t.Fatalf("undelivered %+v", rows)
		}
		each := wantClaim(t, s, "call/alt1/chenfang", "call/alt1/xuqing")
		settle(t, s, each[0], bot.Result{Receipt: bot.Receipt{Message: "m1"}}) // dropped
		settle(t, s, each[1], sent("m2"))
		h.pass(time.Minute)
		if rows := undelivered(t, s); len(rows) != 1 || rows[0].To != "chenfang" || !next(t, s, rows[0]) {
			t.Fatalf("undelivered %+v", rows)
		}
		settle(t, s, wantClaim(t, s, "call/alt2/chenfang")[0], bot.Result{Err: bot.ErrPermanent, Final: true})
		if rows := undelivered(t, s); len(rows) != 0 {
			t.Errorf("there is no channel left: %+v", rows)
		}
	})
}

func TestConfirmationStopsTheChannels(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		queue(t, s, post("call", "1"))
		settle(t, s, wantClaim(t, s, "call")[0], bot.Result{Receipt: bot.Receipt{Message: "m0"}})
		id := postOf(t, s, "call").ID
		inTx(t, s, func(tx *store.Tx) error {
			for _, want := range []bool{true, false} {
				if ok, err := tx.Confirm(id); err != nil || ok != want {
					t.Errorf("confirmed %v, %v", ok, err)
				}
			}
			return nil
		})
		h.pass(time.Hour)
		if rows := undelivered(t, s); len(rows) != 0 {
			t.Errorf("undelivered %+v", rows)
		}
	})
}

func TestAMessageSaidElsewhereStartsNothing(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		var starts []string
		s.SetOnSettled(func(_ *store.Tx, p store.PostRow, _ bot.Result) error {
			starts = append(starts, p.Key+" "+p.Starts)
			return nil
		})
		private := post("call", "")
		private.Place, private.To = private.Fallback[0], "wanglei"
		private.Fallback = private.Fallback[1:]
		queue(t, s, private)
		slow := wantClaim(t, s, "call")[0]
		h.pass(time.Minute)
		if rows := undelivered(t, s); len(rows) != 1 || !next(t, s, rows[0]) {
			t.Fatalf("undelivered %+v", rows)
		}
		settle(t, s, slow, sent("m0"))
		if row := postOf(t, s, "call"); row.Status != store.Rerouted || row.MessageID != "m0" || starts[0] != "call " {
			t.Errorf("%s, %q, started %q", row.Status, row.MessageID, starts)
		}
	})
}

func TestWhatAGroupWaitsForIsSaidThereLater(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		queue(t, s, post("call", "1"))
		h.pass(time.Minute)
		if rows := undelivered(t, s); len(rows) != 1 || !next(t, s, rows[0]) {
			t.Fatalf("undelivered %+v", rows)
		}
		if row := postOf(t, s, "call"); row.Status != store.Queued {
			t.Errorf("the group's is %s", row.Status)
		}
		h.pass(time.Hour)
		if rows := undelivered(t, s); slices.ContainsFunc(rows, func(r store.PostRow) bool { return r.Key == "call" }) {
			t.Error("it takes another channel again")
		}
	})
}

func TestStatsCountWhatWaits(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		began := h.now()
		queue(t, s, post("call", "1"), post("wait", "2"))
		if err := s.Park(t.Context(), said("e1"), errors.New("boom")); err != nil {
			t.Fatal(err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			if err := tx.SetClocks("form/1", []store.Clock{{Kind: "form", At: tx.Now}}); err != nil {
				return err
			}
			if _, err := tx.TakeSignal(&store.SignalRow{Source: "a", SignalID: "1", State: store.SignalWaiting, Body: []byte("{}")}); err != nil {
				return err
			}
			return tx.CreateIncident(incidentWith("YQ-20260310-001", 1))
		})
		h.pass(time.Minute)
		got, err := s.Stats(t.Context())
		want := store.Stats{Queued: 2, OldestQueued: began, Undelivered: 2, Parked: 1, Clocks: 1, ClocksOverdue: 1, OpenIncidents: 1, SignalsWaiting: 1}
		if err != nil || got != want {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
	})
}

func TestTicksAndSendsAreDueApart(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		want := func(ticks, sends time.Time) {
			t.Helper()
			gotTicks, gotSends, err := s.NextWork(t.Context())
			if err != nil || !gotTicks.Equal(ticks) || !gotSends.Equal(sends) {
				t.Errorf("ticks %v, sends %v, %v; want %v, %v", gotTicks, gotSends, err, ticks, sends)
			}
		}
		want(time.Time{}, time.Time{})
		at := h.now().Add(time.Hour)
		inTx(t, s, func(tx *store.Tx) error { return tx.SetClocks("form/1", []store.Clock{{Kind: "form", At: at}}) })
		want(at, time.Time{})
		queue(t, s, post("call", "1"))
		want(h.now().Add(45*time.Second), h.now()) // the channel changes before the clock goes off
		claim(t, s)
		want(h.now().Add(45*time.Second), h.now().Add(time.Minute)) // an attempt that never ends
		if err := s.Park(t.Context(), said("e1"), errors.New("boom")); err != nil {
			t.Fatal(err)
		}
		h.pass(30 * time.Second)
		want(newHand().at.Add(45*time.Second), newHand().at.Add(time.Minute))
	})
}
