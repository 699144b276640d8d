package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/wecom"
	"fenghuo/store"
)

// A text that goes in several parts counts as several messages: however many there are, the platform drops
// none of them.
func TestLongTextsStayWithinTheLimits(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		const texts, lines = 30, 200
		err := w.app.store.InTx(t.Context(), func(tx *store.Tx) error {
			for n := range texts {
				for where, place := range map[string]bot.Place{"linke": {Platform: wecom.Name, Person: "linke"}, "group": {Platform: wecom.Name, Chat: "G1"}} {
					m := bot.Message{Text: strings.Repeat(fmt.Sprintf("第%d件，红一橙零黄零蓝零，都在办。\n", n), lines)}
					if !place.Direct() {
						m.Mentions = []string{"wanglei"}
					}
					if _, err := tx.Post(store.Post{Key: fmt.Sprintf("long/%s/%d", where, n), Place: place, Message: m}); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		w.app.dispatcher.Wake()
		w.pass(time.Hour)
		for _, chat := range []string{w.chatID("direct", "linke"), w.chatID("G1", "")} {
			said, dropped := 0, 0
			for _, m := range w.p.In(chat) {
				if m.Dropped {
					dropped++
				} else {
					said += strings.Count(m.Text, "都在办")
				}
			}
			if said != texts*lines || dropped > 0 {
				t.Errorf("in %s %d lines of %d were said, %d messages dropped", chat, said, texts*lines, dropped)
			}
		}
	})
}
