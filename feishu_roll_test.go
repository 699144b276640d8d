package main

import (
	"context"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/store"
)

// enrolled is what is known of somebody on the platform.
func (w *lark) enrolled(openID string) bot.Member {
	w.t.Helper()
	m, _, err := w.app.store.Member(context.Background(), feishu.Name, openID)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *lark) units() (names map[string]string) {
	w.t.Helper()
	names = map[string]string{}
	err := w.app.store.View(context.Background(), func(tx *store.Tx) error {
		rows, err := tx.Units(feishu.Name)
		for _, r := range rows {
			names[r.Unit] = r.Name
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return names
}

func (w *lark) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// TestTheDirectoryOfFeishuIsFollowed: the whole of it at the start and once a day, and what changes in
// between; somebody nobody registered is named after it.
func TestTheDirectoryOfFeishuIsFollowed(t *testing.T) {
	t.Parallel()
	for _, mode := range larkModes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			inLark(t, mode, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
				ctx := context.Background()
				w.pass(10 * time.Second)
				wang, _ := w.org.Person("wanglei")
				if m := w.enrolled(w.openID("wanglei")); m.Name != wang.Name || m.Unit != wang.Unit || !m.Active || m.UnionID == "" {
					t.Errorf("at the start: %+v", m)
				}
				if got, want := len(w.units()), len(w.org.Units); got != want {
					t.Errorf("%d units, want %d", got, want)
				}

				// Somebody new is known by the event, in the name the directory has.
				w.must(w.p.Hires(ctx, feishutest.Person{OpenID: "ou_new", Name: "新同事", Dept: wang.Unit, Title: "专员"}))
				w.must(w.p.Founds(ctx, feishutest.Dept{ID: "od-new", Name: "新店", Parent: wang.Unit}))
				w.pass(time.Second)
				if m := w.enrolled("ou_new"); m != (bot.Member{Account: "ou_new", UnionID: "on_new", Name: "新同事", Unit: wang.Unit, Title: "专员", Active: true}) {
					t.Errorf("hired: %+v", m)
				}
				if w.units()["od-new"] != "新店" {
					t.Errorf("units %v", w.units())
				}
				w.must(w.p.Hires(ctx, feishutest.Person{OpenID: "ou_new", Name: "改了名", Dept: wang.Unit}))
				w.must(w.p.Resigns(ctx, w.openID("linke")))
				w.must(w.p.Dissolves(ctx, "od-new"))
				w.pass(time.Second)
				if w.enrolled("ou_new").Name != "改了名" || w.enrolled(w.openID("linke")).Active || w.units()["od-new"] != "" {
					t.Errorf("after the changes: %+v, %+v, %v", w.enrolled("ou_new"), w.enrolled(w.openID("linke")), w.units())
				}

				// What an event did not bring, the next day's reading does. A restart does not read again.
				for _, scope := range []string{"contact:contact.base:readonly", "contact:user.base:readonly"} {
					w.must(w.p.Break(feishutest.Fault{Kind: feishutest.NoScope, Scope: scope, Until: time.Now().Add(time.Second)}))
				}
				w.must(w.p.Hires(ctx, feishutest.Person{OpenID: "ou_unseen", Name: "没有事件的人"}))
				w.stop()
				w.start()
				w.pass(time.Hour)
				if m := w.enrolled("ou_unseen"); m.Name != "" {
					t.Errorf("read again after a restart: %+v", m)
				}
				w.at(time.Now().Add(23 * time.Hour))
				if m := w.enrolled("ou_unseen"); m.Name != "没有事件的人" {
					t.Errorf("the next day: %+v", m)
				}

				// A smaller range is read at once; who is out of it is kept by name.
				w.must(w.p.Shows(ctx, w.openID("wanglei")))
				w.pass(10 * time.Second)
				if m := w.enrolled("ou_new"); m.Active || m.Name != "改了名" {
					t.Errorf("out of sight: %+v", m)
				}
				if !w.enrolled(w.openID("wanglei")).Active {
					t.Error("who is in sight is not active")
				}
			})
		})
	}
}
