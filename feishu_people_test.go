package main

import (
	"context"
	"testing"
	"time"

	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
	"fenghuo/handlers/desk"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// jianglan is the made-up company.
func jianglan(t *testing.T) *roster.Org {
	t.Helper()
	org, err := config.ParseOrg(demoOrg, "jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return org
}

// says lets somebody write in a group or, if that is empty, in private; root is the topic's first message.
func (w *lark) says(person, group, text, root string) (id string) {
	w.t.Helper()
	id, err := w.p.Says(context.Background(), w.openID(person), w.chatID(group), text, feishutest.How{Reply: root})
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// report is a whole report in a topic of its own.
func (w *lark) report(person string, n int) (root string) {
	w.t.Helper()
	for i, text := range reportWords(n) {
		if i == 0 {
			root = w.says(person, "G1", "@舆报助手 "+text, "")
		} else {
			w.says(person, "G1", text, root)
		}
		w.pass(2 * time.Second)
	}
	w.pass(5 * time.Second)
	return root
}

// registry is all that is registered, with its clocks and how much was ever written down, as text.
func (w *lark) registry() (out string) {
	w.t.Helper()
	err := w.app.store.View(context.Background(), func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(1000)
		for _, inc := range incs {
			clocks, err := tx.ClocksOf(desk.Subject(inc.Number))
			if err != nil {
				return err
			}
			entries, err := tx.EntriesOf(desk.Subject(inc.Number))
			if err != nil {
				return err
			}
			out += text(w.t, []any{inc, clocks, len(entries)})
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}
