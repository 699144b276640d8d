package feishutest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// reportCard has a form and a button beside it.
func reportCard() object {
	plain := func(s string) object { return object{"tag": "plain_text", "content": s} }
	return cardOf(md("请 <at id=ou_zhoumin></at> 填写"), button("签收", object{"k": "ack", "n": "1"}), object{"tag": "form", "name": "f", "elements": []any{
		object{"tag": "input", "name": "note", "required": true, "max_length": 10, "label": plain("说明")},
		object{"tag": "input", "name": "where", "default_value": "门店", "label": plain("地点")},
		md("**类别**"),
		object{"tag": "select_static", "name": "kind", "options": []any{object{"text": plain("产品"), "value": "product"}, object{"text": plain("服务"), "value": "service"}}},
		object{"tag": "multi_select_static", "name": "tags", "options": []any{object{"text": plain("甲"), "value": "a"}, object{"text": plain("乙"), "value": "b"}}},
		object{"tag": "select_person", "name": "who"},
		object{"tag": "picker_datetime", "name": "when", "placeholder": plain("时间")},
		submit("提交"),
	}})
}

func TestAButtonGivesItsValueBack(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	id := w.sent("oc_1", "interactive", reportCard())
	a.answer = func(map[string]any) any {
		return object{"toast": object{"type": "success", "content": "已签收"}, "card": object{"type": "raw", "data": cardOf(md("已签收"))}}
	}
	got, err := w.Presses(t.Context(), "ou_wanglei", id, "签收")
	if err != nil || got.Toast != "已签收" || got.Failed != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	ev := a.last()
	action := ev["action"].(map[string]any)
	if d := cmp.Diff(map[string]any{"k": "ack", "n": "1"}, action["value"]); d != "" || action["tag"] != "button" {
		t.Errorf("%v", action)
	}
	where := ev["context"].(map[string]any)
	if where["open_message_id"] != id || where["open_chat_id"] != "oc_1" || ev["operator"].(map[string]any)["open_id"] != "ou_wanglei" {
		t.Errorf("%v", ev)
	}
	m, _ := w.Message(id)
	if len(m.States) != 2 || m.States[1].How != "callback" {
		t.Errorf("%+v", m.States)
	}
	created := a.got[len(a.got)-1]["header"].(map[string]any)["create_time"].(string)
	if len(created) != 16 {
		t.Errorf("create_time %s is not in microseconds", created)
	}
}

func TestAFormIsFilledInAsTheClientLets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		form map[string]any
		want map[string]any // nil: the client refuses
	}{
		{"by label and by name", map[string]any{"说明": "货架", "类别": "服务", "tags": []string{"乙"}, "who": "王蕾", "when": "2026-03-10 09:30"},
			map[string]any{"note": "货架", "where": "门店", "kind": "service", "tags": []any{"b"}, "who": "ou_wanglei", "when": "2026-03-10 09:30 +0800"}},
		{"only what is required", map[string]any{"note": "x"}, map[string]any{"note": "x", "where": "门店"}},
		{"required missing", nil, nil},
		{"too long", map[string]any{"note": "一二三四五六七八九十一"}, nil},
		{"not offered", map[string]any{"note": "x", "kind": "else"}, nil},
		{"no such field", map[string]any{"note": "x", "nothing": "y"}, nil},
		{"no such person", map[string]any{"note": "x", "who": "nobody"}, nil},
		{"no such time", map[string]any{"note": "x", "when": "soon"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, a := withApp(t)
			id := w.sent("oc_1", "interactive", reportCard())
			_, err := w.Presses(t.Context(), "ou_zhoumin", id, "提交", c.form)
			if c.want == nil {
				if err == nil || len(a.got) != 0 {
					t.Errorf("sent: %v", a.got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, a.last()["action"].(map[string]any)["form_value"]); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestWhatGoesWrongWithAClickHasTheClientsNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		status int
		answer any
		want   int
	}{
		{"nothing", 0, object{}, 0},
		{"status 500", 500, nil, 200671},
		{"toast of no type", 0, object{"toast": object{"type": "loud", "content": "x"}}, 200672},
		{"a list", 0, []any{}, 200672},
		{"template", 0, object{"card": object{"type": "template", "data": object{}}}, 200672},
		{"back to 1.0", 0, object{"card": object{"type": "raw", "data": object{"elements": []any{}}}}, 200830},
		{"a bad card", 0, object{"card": object{"type": "raw", "data": cardOf(object{"tag": "note"})}}, 200673},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w, a := withApp(t)
			id := w.sent("oc_1", "interactive", reportCard())
			a.answers(c.status)
			a.answer = func(map[string]any) any { return c.answer }
			got, err := w.Presses(t.Context(), "ou_zhoumin", id, "签收")
			if err != nil || got.Failed != c.want {
				t.Errorf("%+v, %v", got, err)
			}
			if n, _ := w.Pending(); n != 0 {
				t.Error("a callback is repeated")
			}
		})
	}
	w := newWorld(t)
	id := w.sent("oc_1", "interactive", reportCard())
	if got, err := w.Presses(t.Context(), "ou_zhoumin", id, "签收"); err != nil || got.Failed != 200340 {
		t.Errorf("without an app: %+v, %v", got, err)
	}
	if _, err := w.Presses(t.Context(), "ou_gubo", id, "签收"); err == nil {
		t.Error("pressed by somebody who is not in the group")
	}
	w.clock.add(15 * 24 * time.Hour)
	if _, err := w.Presses(t.Context(), "ou_zhoumin", id, "签收"); err == nil {
		t.Error("pressed after 14 days")
	}
}

func TestAnUpdateTokenIsGoodForTwoUpdatesInHalfAnHour(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	id := w.sent("oc_1", "interactive", reportCard())
	update := func(token string) reply {
		return w.api("POST", "/interactive/v1/card/update", object{"token": token, "card": cardOf(md("new"))})
	}
	var early, patched reply
	a.answer = func(ev map[string]any) any {
		early = update(ev["event"].(map[string]any)["token"].(string))
		patched = w.api("PATCH", "/im/v1/messages/"+id, object{"content": string(marshal(cardOf(md("x"))))})
		return object{}
	}
	got, err := w.Presses(t.Context(), "ou_zhoumin", id, "签收")
	if err != nil {
		t.Fatal(err)
	}
	w.code(early, 11310)
	w.code(patched, 230099)
	if early.status != 200 || !strings.Contains(patched.Msg, "card action is lock") {
		t.Errorf("status %d, %s", early.status, patched.Msg)
	}
	w.code(update(got.Token), 0)
	w.code(update(got.Token), 0)
	w.code(update(got.Token), 300040)
	a.answer = nil
	id = w.sent("oc_1", "interactive", reportCard())
	got, _ = w.Presses(t.Context(), "ou_zhoumin", id, "签收")
	w.clock.add(30*time.Minute + time.Second)
	w.code(update(got.Token), 300030)
	got, _ = w.Presses(t.Context(), "ou_zhoumin", id, "签收")
	w.code(w.api("DELETE", "/im/v1/messages/"+id, nil), 0)
	w.code(update(got.Token), 200000)
}

func TestWhatStandsAloneHasItsOwnField(t *testing.T) {
	t.Parallel()
	plain := func(s string) object { return object{"tag": "plain_text", "content": s} }
	options := []any{object{"text": plain("延期"), "value": "later"}, object{"text": plain("误报"), "value": "false"}}
	back := []any{object{"type": "callback", "value": object{"k": "x"}}}
	w, a := withApp(t)
	id := w.sent("oc_1", "interactive", cardOf(
		object{"tag": "overflow", "options": options, "behaviors": back},
		object{"tag": "select_static", "name": "kind", "options": options, "behaviors": back},
		object{"tag": "select_person", "name": "who", "behaviors": back},
		object{"tag": "input", "name": "note", "behaviors": back},
		object{"tag": "checker", "name": "done", "text": plain("完成"), "behaviors": back},
		object{"tag": "date_picker", "name": "day", "placeholder": plain("日期"), "behaviors": back}))
	for _, c := range []struct {
		label  string
		option any
		field  string
		want   any
	}{
		{"误报", nil, "option", "false"}, {"kind", "延期", "option", "later"}, {"who", "王蕾", "option", "ou_wanglei"},
		{"note", "hi", "input_value", "hi"}, {"done", true, "checked", true}, {"day", "2026-01-05", "option", "2026-01-05 +0800"},
	} {
		if _, err := w.Press(t.Context(), Press{By: "ou_zhoumin", Message: id, Label: c.label, Option: c.option}); err != nil {
			t.Fatal(err)
		}
		if got := a.last()["action"].(map[string]any); got[c.field] != c.want {
			t.Errorf("%s: %v", c.label, got)
		}
	}
	if _, err := w.Press(t.Context(), Press{By: "ou_zhoumin", Message: id, Label: "kind", Option: "else"}); err == nil {
		t.Error("chose what is not offered")
	}
}

func TestAnOldStateAndAForgedValueCanBePressed(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	id := w.sent("oc_1", "interactive", reportCard())
	w.code(w.api("PATCH", "/im/v1/messages/"+id, object{"content": string(marshal(cardOf(md("done"))))}), 0)
	if _, err := w.Presses(t.Context(), "ou_zhoumin", id, "签收"); err == nil {
		t.Error("pressed a button that is gone")
	}
	if _, err := w.Press(t.Context(), Press{By: "ou_zhoumin", Message: id, Label: "签收", State: 1}); err != nil || len(a.got) != 1 {
		t.Error("the old state cannot be pressed", err)
	}
	if _, err := w.Press(t.Context(), Press{By: "ou_zhoumin", Message: id, Value: map[string]any{"k": "close"}}); err != nil || len(a.got) != 2 {
		t.Error("a forged value cannot be sent", err)
	}
}
