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

// Somebody presses what is not theirs to press, or sends back what no card of theirs holds: they are told,
// and the registry stays what it is.
func TestForgedPressesInFeishu(t *testing.T) {
	t.Parallel()
	for _, mode := range larkModes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			inLark(t, mode, "2026-03-10 10:00", jianglan(t), nil, forgePresses)
		})
	}
}

func forgePresses(w *lark) {
	root := w.report("zhoumin", 0)
	number := "YQ-20260310-001"
	registered := w.cardWith(root, "签收")
	own := w.says("linke", "", "上报", "") // a card of her own, in private
	w.pass(5 * time.Second)
	mine := w.cardWith(own, "一次填完")
	before := w.registry()

	forged := []struct {
		what  string
		toast string
		in    feishutest.Press
	}{
		{"a reporter acknowledges", "没有找到您能看的", feishutest.Press{By: w.openID("linke"), Message: registered, Label: "签收"}},
		{"somebody without a post acknowledges", "要由王蕾来", feishutest.Press{By: w.openID("mayue"), Message: registered, Label: "签收"}},
		{"a reporter closes", "没有找到您能看的", feishutest.Press{By: w.openID("linke"), Message: registered, Value: map[string]any{"say": "平息", "target": number, "chat": "G1", "thread": root}}},
		{"a reporter approves", "没有找到您能看的", feishutest.Press{By: w.openID("linke"), Message: registered, Value: map[string]any{"say": "批准终报", "target": number, "chat": "G1", "thread": root}}},
		{"a reporter acknowledges from a card of hers", "从别处转来", feishutest.Press{By: w.openID("linke"), Message: mine, Value: map[string]any{"say": "签收", "target": number, "to": "wanglei"}}},
		{"the same, in the group's name", "从别处转来", feishutest.Press{By: w.openID("linke"), Message: mine, Value: map[string]any{"say": "签收", "target": number, "chat": "G1", "thread": root}}},
		{"no value at all", "", feishutest.Press{By: w.openID("linke"), Message: registered, Value: map[string]any{}}},
		{"a value of other kinds", "", feishutest.Press{By: w.openID("linke"), Message: registered, Value: map[string]any{"say": []any{"签收"}, "target": 1}}},
	}
	for _, f := range forged {
		a, err := w.p.Press(context.Background(), f.in)
		w.pass(5 * time.Second)
		switch {
		case err != nil || a.Failed != 0:
			w.t.Errorf("%s: %v, the client shows %d: %v", f.what, err, a.Failed, a.Why)
		case !strings.Contains(a.Toast, f.toast) || f.toast == "" && a.Toast != "":
			w.t.Errorf("%s: told %q", f.what, a.Toast)
		case a.Card != "":
			w.t.Errorf("%s: the card changed", f.what)
		}
		if now := w.registry(); now != before {
			w.t.Errorf("%s: the registry changed:\n%s\nto\n%s", f.what, before, now)
		}
	}
}

// TestSomebodyElsesFormInFeishu: what one person fills in, another can neither send nor throw away.
func TestSomebodyElsesFormInFeishu(t *testing.T) {
	t.Parallel()
	inLark(t, feishu.ModeHTTP, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
		root := w.says("zhoumin", "G1", "@舆报助手 上报", "")
		for _, text := range reportWords(0)[1:8] {
			w.pass(2 * time.Second)
			w.says("zhoumin", "G1", text, root)
		}
		w.pass(5 * time.Second)
		review := w.cardWith(root, "提交")
		m, _ := w.p.Message(review)
		for _, label := range feishutest.Buttons(m.Content) {
			a, err := w.p.Presses(context.Background(), w.openID("linke"), review, label)
			w.pass(5 * time.Second)
			if err != nil || a.Failed != 0 || a.Toast == "" {
				w.t.Errorf("%s by another: %v %+v", label, err, a)
			}
		}
		if now := w.registry(); now != "" {
			w.t.Errorf("somebody else's press registered %s", now)
		}
		if _, err := w.p.Presses(context.Background(), w.openID("zhoumin"), w.cardWith(root, "提交"), "提交"); err != nil {
			w.t.Fatal(err)
		}
		w.pass(5 * time.Second)
		if now := w.registry(); !strings.Contains(now, "YQ-20260310-001") {
			w.t.Errorf("her own press registered nothing: %s", now)
		}
	})
}

// cardWith is the newest card with a button in the topic, or the private chat, of a message.
func (w *lark) cardWith(message, label string) string {
	w.t.Helper()
	first, _ := w.p.Message(message)
	for _, m := range slices.Backward(w.p.Messages()) {
		if m.ChatID == first.ChatID && m.ThreadID == first.ThreadID && m.Type == "interactive" && slices.Contains(feishutest.Buttons(m.Content), label) {
			return m.ID
		}
	}
	w.t.Fatalf("no card shows %q; there is\n%s", label, w.p.Golden())
	return ""
}

// TestAPersonIsPickedFromTheChat: the list of people of a card names an account, which becomes the person; what was written
// beside it is the reason.
func TestAPersonIsPickedFromTheChat(t *testing.T) {
	t.Parallel()
	inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
		for _, text := range reportWords(1) {
			w.says("zhoumin", "", text, "")
			w.pass(2 * time.Second)
		}
		w.pass(5 * time.Second)
		w.says("wanglei", "", "签收 001", "")
		w.pass(5 * time.Second)
		w.says("wuyan", "", "移交 001", "")
		w.pass(5 * time.Second)
		var card string
		for _, m := range w.p.Messages() {
			if m.ChatID == w.p.Private(w.openID("wuyan")) && strings.Contains(m.Content, "select_person") {
				card = m.ID
			}
		}
		if card == "" {
			t.Fatal("no list of people was offered")
		}
		a, err := w.p.Presses(context.Background(), w.openID("wuyan"), card, "移交", map[string]any{"choice": w.openID("dingwei"), "text": "休假到周五"})
		if err != nil || a.Failed != 0 {
			t.Fatalf("%v %+v", err, a)
		}
		w.pass(5 * time.Second)
		if m := w.said("请回“接收”"); len(m) != 1 || !strings.Contains(m[0].Content, "休假到周五") || !strings.Contains(m[0].Content, w.openID("dingwei")) {
			t.Errorf("handed over: %+v", m)
		}
	})
}
