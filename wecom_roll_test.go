package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/store"
)

// The directory is read, and read again when it changes; somebody nobody registered is called by their name.
func TestTheDirectoryOfWecom(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		w.pass(time.Minute)
		w.p.Hire(t.Context(), wecomtest.Person{UserID: "LuXin", Name: "陆新", Dept: "品牌公关部"})
		w.pass(time.Minute)
		err := w.app.store.View(t.Context(), func(tx *store.Tx) error {
			units, err := tx.Units(wecom.Name)
			if len(units) == 0 || slices.ContainsFunc(units, func(u store.UnitRow) bool { return u.Unit == "1" || u.Parent == "" }) {
				t.Errorf("the company is no unit of its own: %+v", units)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		m, ok, err := w.app.store.Member(t.Context(), wecom.Name, "LuXin")
		if err != nil || !ok || m.Name != "陆新" || m.Unit == "" {
			t.Fatalf("%+v %v %v", m, ok, err)
		}
		for _, text := range []string{"上报 滨江店顾客发视频说酸奶杯里有虫", "②2 ③没有，同事转发 ④刚刚 ⑤江澜滨江店 ⑥1 ⑦1", "提交"} {
			if _, err := w.p.Say(t.Context(), "LuXin", w.p.Private(wecomtest.App, "LuXin"), text); err != nil {
				t.Fatal(err)
			}
			w.pass(5 * time.Second)
		}
		w.pass(20 * time.Second)
		if said := strings.Join(w.said("wr_zhibao"), "\n"); !strings.Contains(said, "陆新") {
			t.Errorf("announced as\n%s", said)
		}
		if err := w.p.Fire(t.Context(), "LuXin"); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Minute)
		if m, _, err := w.app.store.Member(t.Context(), wecom.Name, "LuXin"); err != nil || m.Active {
			t.Errorf("after leaving: %+v %v", m, err)
		}
	})
}

// A refusal on the way strikes nobody out: the next reading that goes through says who is gone.
func TestARefusedReadingStrikesNobodyOut(t *testing.T) {
	inWecom(t, wecom.ModeHTTP, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		active := func() bool {
			t.Helper()
			m, _, err := w.app.store.Member(t.Context(), wecom.Name, w.userID("linke"))
			if err != nil {
				t.Fatal(err)
			}
			return m.Active
		}
		w.pass(time.Minute)
		if !active() {
			t.Fatal("not read at the start")
		}
		w.breaks(wecomtest.Fault{Kind: wecomtest.Code, API: "user/simplelist", Code: 48002, Until: time.Now().Add(time.Hour)})
		if err := w.p.Fire(t.Context(), w.userID("linke")); err != nil {
			t.Fatal(err)
		}
		w.pass(30 * time.Minute)
		if !active() {
			t.Error("who is gone was told by a reading that was refused")
		}
		w.pass(time.Hour)
		if active() {
			t.Error("not read again after the refusals")
		}
	})
}
