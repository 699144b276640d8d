package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

var _ bot.Roll = (*store.Store)(nil)

func TestTheDirectoryIsKeptAsItWasLastTold(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		ctx, began := t.Context(), h.now()
		keep := func(at time.Time, units []bot.Unit, members ...bot.Member) {
			t.Helper()
			if err := s.KeepDirectory(ctx, "feishu", at, units, members); err != nil {
				t.Fatal(err)
			}
		}
		want := func(account string, want bot.Member) {
			t.Helper()
			if m, ok, err := s.Member(ctx, "feishu", account); err != nil || !ok || m != want {
				t.Errorf("%+v, %v, %v; want %+v", m, ok, err, want)
			}
		}
		if at, err := s.DirectoryAt(ctx, "feishu"); err != nil || !at.IsZero() {
			t.Errorf("before: %s, %v", at, err)
		}
		inTx(t, s, func(tx *store.Tx) error { return tx.SeePerson("feishu", "ou_3", "丙") })
		a, b := bot.Member{Account: "ou_1", UnionID: "on_1", Name: "甲", Unit: "od-1", Title: "经理", Active: true}, bot.Member{Account: "ou_2", Name: "乙", Unit: "od-2", Active: true}
		keep(began, []bot.Unit{{ID: "od-1", Name: "滨江"}, {ID: "od-2", Parent: "od-1", Name: "客服"}}, a, b, a)
		want("ou_1", a)
		want("ou_3", bot.Member{Account: "ou_3", Name: "丙", Active: true}) // spoke, and is not in sight
		if at, err := s.DirectoryAt(ctx, "feishu"); err != nil || !at.Equal(began) {
			t.Errorf("kept at %s, %v", at, err)
		}

		// What is older than what is known, and what says nothing, changes nothing.
		news := func(at time.Time, m bot.Member) {
			t.Helper()
			if err := s.KeepMember(ctx, "feishu", at, m); err != nil {
				t.Fatal(err)
			}
		}
		news(began.Add(time.Minute), bot.Member{Account: "ou_1", Name: "甲甲", Active: true})
		news(began.Add(time.Second), bot.Member{Account: "ou_1", Name: "旧", Active: false})
		a.Name = "甲甲"
		want("ou_1", a)
		if err := errors.Join(s.KeepUnit(ctx, "feishu", began.Add(time.Minute), bot.Unit{ID: "od-2", Gone: true}),
			s.KeepUnit(ctx, "feishu", began.Add(time.Second), bot.Unit{ID: "od-2", Name: "旧"})); err != nil {
			t.Fatal(err)
		}
		units := func() (names []string) {
			inTx(t, s, func(tx *store.Tx) error {
				rows, err := tx.Units("feishu")
				for _, r := range rows {
					names = append(names, r.Unit+r.Name+r.Parent)
				}
				return err
			})
			return names
		}
		if got := units(); !slices.Equal(got, []string{"od-1滨江"}) {
			t.Errorf("units %q", got)
		}

		// Who is missing from a whole is no longer active; who is told of again is.
		keep(began.Add(time.Hour), []bot.Unit{{ID: "od-2", Parent: "od-1", Name: "客服"}}, b)
		a.Active = false
		want("ou_1", a)
		want("ou_2", b)
		if got := units(); !slices.Equal(got, []string{"od-2客服od-1"}) {
			t.Errorf("units %q", got)
		}
		if _, ok, err := s.Member(ctx, "wecom", "ou_1"); ok || err != nil {
			t.Errorf("another platform: %v, %v", ok, err)
		}
	})
}
