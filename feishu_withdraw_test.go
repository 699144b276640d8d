package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
)

// What was said in a Feishu group of an incident that became confidential is withdrawn; its card stays and says
// only that.
func TestWhatBecameConfidentialIsWithdrawnInFeishu(t *testing.T) {
	t.Parallel()
	inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
		for _, text := range reportWords(1) {
			w.says("zhoumin", "", text, "")
			w.pass(5 * time.Second)
		}
		w.pass(5 * time.Second)
		w.says("wanglei", "", "签收 001", "")
		w.pass(5 * time.Second)
		w.says("zhoumin", "", "补充 001", "")
		w.pass(5 * time.Second)
		w.says("zhoumin", "", "改18 是", "")
		w.pass(30 * time.Second)
		in := slices.DeleteFunc(w.p.Messages(), func(m feishutest.Message) bool { return m.ChatID != "oc_zhibao" })
		var cards, withdrawn int
		for _, m := range in {
			switch {
			case m.Recalled:
				withdrawn++
			case m.Type == "interactive" && strings.Contains(m.Content, "已转为保密办理"):
				cards++
			default:
				t.Errorf("still there: %s", m.Content)
			}
		}
		if cards != 1 || withdrawn == 0 {
			t.Errorf("%d cards say that it is confidential, %d messages are withdrawn", cards, withdrawn)
		}
		for _, m := range w.p.Messages() {
			if strings.Contains(m.Content, "我撤不回") {
				t.Errorf("the officer is told of words left there: %s", m.Content)
			}
		}
	})
}
