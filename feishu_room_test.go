package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
)

// 建群 in Feishu: the bot hears what mentions it there, and knows which incident is meant.
func TestAGroupForAnIncidentInFeishu(t *testing.T) {
	t.Parallel()
	inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
		w.stop()
		w.rooms = true
		w.start()
		for _, text := range append(reportWords(1), "") {
			if text != "" {
				w.says("zhoumin", "", text, "")
			}
			w.pass(5 * time.Second)
		}
		w.says("wanglei", "", "建群 001", "")
		w.pass(20 * time.Second)
		made, ok := w.p.Groups()["oc_made_1"]
		if !ok || made.Members[0] != w.openID("wanglei") || !slices.Contains(made.Members, w.openID("zhoumin")) || len(w.p.Groups()) != len(w.p.Options().Org.Groups)+1 {
			t.Fatalf("groups: %+v", w.p.Groups())
		}
		if _, err := w.p.Says(context.Background(), w.openID("wanglei"), "oc_made_1", "@舆报助手 收到", feishutest.How{}); err != nil {
			t.Fatal(err)
		}
		w.pass(20 * time.Second)
		in := func(chat, words string) (n int) {
			for _, m := range w.p.Messages() {
				if m.ChatID == chat && strings.Contains(m.Content, words) {
					n++
				}
			}
			return n
		}
		for words, want := range map[string][2]int{"拉了这个群商量处置": {1, 0}, "王蕾 10:01 签收（": {1, 1}, "拉好了": {0, 1}} {
			if got := [2]int{in("oc_made_1", words), in("oc_zhibao", words)}; got != want {
				t.Errorf("%q was said %v times there and at home, want %v", words, got, want)
			}
		}
	})
}
