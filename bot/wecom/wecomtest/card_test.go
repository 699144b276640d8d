package wecomtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// with is the card with some fields changed; nil deletes one.
func with(k object, changes ...any) object {
	for i := 0; i < len(changes); i += 2 {
		name, _ := changes[i].(string)
		if changes[i+1] == nil {
			delete(k, name)
			continue
		}
		k[name] = changes[i+1]
	}
	return k
}

func notice() object {
	return object{"card_type": "text_notice", "main_title": object{"title": "日报"}, "card_action": object{"type": 1, "url": "https://fenghuo.test/1"}}
}

func vote() object {
	return object{"card_type": "vote_interaction", "task_id": "v1", "main_title": object{"title": "选"}, "submit_button": object{"text": "提交", "key": "s"},
		"checkbox": object{"question_key": "q", "mode": 1, "option_list": []object{{"id": "a", "text": "甲", "is_checked": true}, {"id": "b", "text": "乙"}}}}
}

func many(n int, one object) (out []object) {
	for range n {
		out = append(out, one)
	}
	return out
}

func TestCardsAreChecked(t *testing.T) {
	t.Parallel()
	row, button := object{"keyname": "级别", "value": "三级"}, object{"text": "收到", "style": 1, "key": "ack"}
	for _, c := range []struct {
		name string
		card object
		code int
	}{
		{"buttons", buttons("a"), 0},
		{"a notice", notice(), 0},
		{"a vote", vote(), 0},
		{"news", with(notice(), "card_type", "news_notice", "card_image", object{"url": "https://a.test/1.png", "aspect_ratio": 1.5}), 0},
		{"a menu", with(notice(), "task_id", "m", "action_menu", object{"desc": "更多", "action_list": []object{{"text": "免打扰", "key": "mute"}}}), 0},
		{"no such type", with(notice(), "card_type", "hologram"), 40058},
		{"no title", with(notice(), "main_title", nil), 40058},
		{"no action", with(notice(), "card_action", nil), 40058},
		{"an action to nowhere", with(notice(), "card_action", object{"type": 1, "url": "javascript:x"}), 40058},
		{"news without a picture", with(notice(), "card_type", "news_notice"), 40058},
		{"a picture too wide", with(notice(), "card_type", "news_notice", "card_image", object{"url": "https://a.test/1.png", "aspect_ratio": 3}), 40058},
		{"no task", with(buttons("a"), "task_id", nil), 42014},
		{"a task in Chinese", buttons("任务"), 42014},
		{"no buttons", with(buttons("a"), "button_list", []object{}), 40058},
		{"seven buttons", with(buttons("a"), "button_list", many(7, button)), 40058},
		{"a button without a key", with(buttons("a"), "button_list", []object{{"text": "收到"}}), 40058},
		{"a key too long", with(buttons("a"), "button_list", []object{{"text": "收到", "key": strings.Repeat("k", 1025)}}), 40058},
		{"seven rows", with(buttons("a"), "horizontal_content_list", many(7, row)), 40058},
		{"a row to nowhere", with(buttons("a"), "horizontal_content_list", []object{{"type": 1, "keyname": "全文", "value": "看"}}), 40058},
		{"four jumps", with(notice(), "jump_list", many(4, object{"title": "看", "url": "https://a.test"})), 40058},
		{"four questions", with(vote(), "card_type", "multiple_interaction", "checkbox", nil, "select_list", many(4, object{"question_key": "q", "option_list": many(1, object{"id": "a", "text": "甲"})})), 40058},
		{"a question of eleven", with(vote(), "card_type", "multiple_interaction", "checkbox", nil, "select_list", many(1, object{"question_key": "q", "option_list": many(11, object{"id": "a", "text": "甲"})})), 40058},
		{"no submit", with(vote(), "submit_button", nil), 40058},
		{"four entries of a menu", with(notice(), "task_id", "m", "action_menu", object{"action_list": many(4, object{"text": "x", "key": "x"})}), 40058},
	} {
		w := newWorld(t)
		got := w.sends("ZhouMin", cardOf(c.card))
		if int(got["errcode"].(float64)) != c.code {
			t.Errorf("%s: %v", c.name, got["errmsg"])
		}
		if c.code == 0 {
			w.clean()
		}
	}
}

func TestWhatAScreenCutsMakesComplaints(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := strings.Repeat("长", 45)
	w.code(w.sends("ZhouMin", cardOf(with(buttons("a"), "main_title", object{"title": "快报", "desc": long}, "horizontal_content_list", []object{{"keyname": "级别级别级别", "value": "三级"}}, "titel", "x"))), 0)
	want := []string{`template_card: json: unknown field "titel"`, "template_card.main_title.desc has 45 characters, 44 are shown", "template_card.horizontal_content_list[0].keyname has 6 characters, 5 are shown"}
	if diff := cmp.Diff(want, w.Complaints()); diff != "" {
		t.Error(diff)
	}
}

func TestATaskIsUsedOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.code(w.sends("ZhouMin", cardOf(buttons("a"))), 0)
	w.code(w.sends("WangLei", cardOf(buttons("a"))), 42014)
	none := newWorld(t, func(o *Options) { o.AppURL = "" })
	none.code(none.sends("ZhouMin", cardOf(buttons("a"))), 48002)
	none.code(none.sends("ZhouMin", cardOf(notice())), 0)
}

func TestCardsOnTheAIBotAreShorter(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(0, inJSON(cardOf(with(buttons("a"), "main_title", object{"title": strings.Repeat("长", 27)}))))
	_, _ = w.Say(t.Context(), "ZhouMin", "", "待办")
	a.answers(0, inJSON(cardOf(with(buttons("b"), "horizontal_content_list", []object{{"type": 2, "keyname": "附件", "value": "看", "media_id": "m"}}))))
	_, _ = w.Say(t.Context(), "ZhouMin", "", "待办")
	c := w.Complaints()
	if len(c) != 2 || !strings.Contains(c[0], "27 characters, 26 are shown") || !strings.Contains(c[1], "40058") {
		t.Errorf("%q", c)
	}
}

func ExamplePlatform_Golden() {
	p := New(Options{Org: company(), Now: (&clock{}).Now, AppURL: "http://bot.test/wecom/app"})
	w := &world{Platform: p}
	k := with(vote(), "source", object{"desc": "烽火"}, "quote_area", object{"title": "原文", "quote_text": "门店漏水\n已停业"}, "sub_title_text", "请选择")
	p.mu.Lock()
	m := p.add(&Message{Channel: App, From: "应用", Chat: "app:ZhouMin", Type: "template_card", Card: string(marshal(k))})
	p.restate(m, State{Card: m.Card, Button: "已提交", For: []string{"ZhouMin"}, How: "api"})
	p.mu.Unlock()
	fmt.Print(w.Golden())
	// Output:
	// ── 01-01 08:00 @周敏·应用 应用(app) template_card
	//    〔烽火〕
	//    # 选
	//    > 原文
	//    > 门店漏水
	//    > 已停业
	//    请选择
	//    ? q：✓甲 / 乙
	//    [提交]
	//  ↻ 01-01 08:00 api 仅 周敏 可见
	//    〔烽火〕
	//    # 选
	//    > 原文
	//    > 门店漏水
	//    > 已停业
	//    请选择
	//    ? q：✓甲 / 乙
	//    〈已提交〉
}
