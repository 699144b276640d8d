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

// What becomes confidential is taken back from people who may not know of it any more; where the platform lets
// nobody take it back, the officer is told.
func TestWhatBecameConfidentialIsWithdrawn(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		w.says("wanglei", "G1", "@舆报助手 在办")
		w.reports()
		w.says("wanglei", "direct", "升级I 001 有顾客送医")
		w.pass(20 * time.Second)
		of := func(person string) (shown, gone int) {
			for _, m := range w.p.In(w.chatID("direct", person)) {
				if m.Channel == wecomtest.App && strings.Contains(firstText(m), "YQ-20260310-001") {
					shown++
					if m.Recalled {
						gone++
					}
				}
			}
			return shown, gone
		}
		var outsiders []string
		for _, p := range w.org.People {
			if n, _ := of(p.ID); n > 0 && !slices.Contains([]string{"linke", "wanglei", "chenfang", "xuqing", "heyun", "gubo", "wuyan"}, p.ID) {
				outsiders = append(outsiders, p.ID)
			}
		}
		if len(outsiders) == 0 {
			t.Fatal("nobody but those named was told")
		}
		w.says("linke", "direct", "补充 001")
		w.pass(5 * time.Second)
		w.says("linke", "direct", "改18 是")
		w.pass(time.Minute)
		for _, p := range append(outsiders, "xuqing") {
			shown, gone := of(p)
			if outsider := p != "xuqing"; (outsider && gone != shown) || (!outsider && gone != 0) {
				t.Errorf("of %d messages %s had, %d are withdrawn", shown, p, gone)
			}
		}
		if n := w.times(w.chatID("direct", "wanglei"), "我撤不回"); n != 1 {
			t.Errorf("the officer was told %d times of the group: %q", n, w.said(w.chatID("direct", "wanglei")))
		}
		var withdrawn, noted int
		err := w.app.store.View(t.Context(), func(tx *store.Tx) error {
			rows, err := tx.PostsOf("YQ-20260310-001")
			for _, r := range rows {
				if r.Status == store.Withdrawn {
					withdrawn++
				}
			}
			if err != nil {
				return err
			}
			entries, err := tx.EntriesOf("incident/YQ-20260310-001")
			for _, e := range entries {
				if e.Kind == "message_withdrawn" {
					noted++
				}
			}
			return err
		})
		if err != nil || withdrawn == 0 || withdrawn != noted {
			t.Errorf("%d messages are withdrawn, the ledger has %d (%v)", withdrawn, noted, err)
		}
	})
}
