package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
)

// TestAnEditedMessageIsNoted: the registry keeps what was said, the ledger has what it says now, and those who work on it
// are told once; a message nobody changed is nothing.
func TestAnEditedMessageIsNoted(t *testing.T) {
	t.Parallel()
	inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
		for _, text := range reportWords(1) {
			w.says("zhoumin", "", text, "")
			w.pass(2 * time.Second)
		}
		w.pass(5 * time.Second)
		call := w.said("已登记")
		if len(call) != 1 {
			t.Fatalf("announced %d times", len(call))
		}
		said, err := w.p.Says(context.Background(), w.openID("zhoumin"), "oc_zhibao", "@舆报助手 补充 阅读3.2万，店长已道歉", feishutest.How{Reply: call[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.p.Says(context.Background(), w.openID("wanglei"), "oc_zhibao", "@舆报助手 收到", feishutest.How{Reply: call[0].ID}); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Minute)
		if err := w.p.Edits(w.openID("zhoumin"), said, "补充 阅读32万，店长已道歉"); err != nil {
			t.Fatal(err)
		}
		w.pass(4 * time.Hour)
		told := w.said("改了刚才的消息")
		if len(told) != 1 || !strings.Contains(told[0].Content, "周敏改了刚才的消息，现在是：补充 阅读32万，店长已道歉") {
			t.Errorf("told %d times: %+v", len(told), told)
		}
		if reg := w.registry(); !strings.Contains(strings.ReplaceAll(reg, " ", ""), `"value":32000,`) || strings.Contains(reg, "320000") {
			t.Errorf("the registry is not as it was: %s", reg)
		}
	})
}

// TestWhoOpensThePrivateChatIsGreetedOnce, and only who has never spoken there.
func TestWhoOpensThePrivateChatIsGreetedOnce(t *testing.T) {
	t.Parallel()
	inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
		greeted := func(person string) (n int) {
			for _, m := range w.p.Messages() {
				if m.ChatID == w.p.Private(w.openID(person)) && strings.Contains(m.Content, "您好。看到和公司有关的负面消息") {
					n++
				}
			}
			return n
		}
		w.says("linke", "", "帮助", "")
		w.pass(5 * time.Second)
		for _, person := range []string{"zhoumin", "zhoumin", "linke"} {
			w.must(w.p.Enters(context.Background(), w.openID(person)))
			w.pass(5 * time.Second)
		}
		if greeted("zhoumin") != 1 || greeted("linke") != 0 {
			t.Errorf("greeted %d and %d times", greeted("zhoumin"), greeted("linke"))
		}
	})
}
