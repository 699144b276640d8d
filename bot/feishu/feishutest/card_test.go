package feishutest

import (
	"fmt"
	"strings"
	"testing"
)

func TestCardsAreCheckedAsThePlatformDoes(t *testing.T) {
	t.Parallel()
	plain := func(s string) object { return object{"tag": "plain_text", "content": s} }
	many := func(n int) (out []any) {
		for i := range n {
			out = append(out, md(fmt.Sprint(i)))
		}
		return out
	}
	with := func(o object, kv ...any) object {
		out := object{}
		for k, v := range o {
			out[k] = v
		}
		for i := 0; i < len(kv); i += 2 {
			out[kv[i].(string)] = kv[i+1]
		}
		return out
	}
	form := func(elements ...any) object {
		return object{"tag": "form", "name": "f", "elements": elements}
	}
	input := object{"tag": "input", "name": "note"}
	column := func(elements ...any) object {
		return object{"tag": "column_set", "columns": []any{object{"tag": "column", "elements": elements}}}
	}
	option := func(v string) object { return object{"text": plain(v), "value": v} }
	selection := object{"tag": "select_static", "name": "kind", "options": []any{option("a"), option("b")}}
	table := object{"tag": "table", "columns": []any{object{"name": "n", "display_name": "N", "data_type": "number"}}, "rows": []any{object{"n": 1}}}
	chart := object{"tag": "chart", "chart_spec": object{"type": "bar", "data": object{"values": []any{}}}}
	deep := md("x")
	for range 6 {
		deep = column(deep)
	}
	for _, c := range []struct {
		name string
		card any
		sub  string // empty: it is taken
	}{
		{"markdown", cardOf(md("hello")), ""},
		{"200 elements", cardOf(many(200)...), ""},
		{"201 elements", cardOf(many(201)...), "11310"},
		{"above 30 KB", cardOf(md(strings.Repeat("x", 31<<10))), "230025"},
		{"no JSON", "hello", "200621"},
		{"no body", object{"schema": "2.0"}, "200621"},
		{"1.0", object{"elements": []any{md("x")}}, ""},
		{"a property of nothing", cardOf(with(md("x"), "color", "red")), "200621"},
		{"a property at the root", with(cardOf(md("x")), "elements", []any{}), "200621"},
		{"a row of 1.0", cardOf(object{"tag": "action", "actions": []any{}}), "200861"},
		{"an unknown tag", cardOf(object{"tag": "marquee"}), "200861"},
		{"not for all", with(cardOf(md("x")), "config", object{"update_multi": false}), "200621"},
		{"a header", with(cardOf(md("x")), "header", object{"title": plain("t"), "template": "red"}), ""},
		{"a colour of none", with(cardOf(md("x")), "header", object{"title": plain("t"), "template": "pink"}), "200621"},
		{"a header without title", with(cardOf(md("x")), "header", object{"template": "red"}), "200621"},
		{"element_id", cardOf(with(md("x"), "element_id", "e1")), ""},
		{"element_id twice", cardOf(with(md("x"), "element_id", "e1"), with(md("x"), "element_id", "e1")), "200621"},
		{"element_id malformed", cardOf(with(md("x"), "element_id", "1e")), "200621"},
		{"at somebody", cardOf(md("<at id=ou_wanglei></at>")), ""},
		{"at somebody of another app", cardOf(md("<at id=ou_9></at>")), "100290"},
		{"at several, one unknown", cardOf(md("<at ids=ou_wanglei,ou_9></at>")), "100290"},
		{"a person unknown", cardOf(object{"tag": "person", "user_id": "ou_9"}), "100290"},
		{"a picture nobody uploaded", cardOf(object{"tag": "img", "img_key": "img_9"}), "200570"},
		{"nested five deep", cardOf(column(column(column(column(column(md("x"))))))), ""},
		{"nested six deep", cardOf(deep), "200621"},
		{"column alone", cardOf(object{"tag": "column", "elements": []any{}}), "200621"},

		{"form", cardOf(form(input, submit("ok"))), ""},
		{"form in a column", cardOf(column(form(input, submit("ok")))), "200621"},
		{"form in a form", cardOf(form(submit("ok"), form(submit("ok")))), "200621"},
		{"form without submit", cardOf(form(input)), "200621"},
		{"form without name", cardOf(object{"tag": "form", "elements": []any{submit("ok")}}), "200530"},
		{"field without name", cardOf(form(object{"tag": "input"}, submit("ok"))), "200530"},
		{"field named as another", cardOf(form(input, input, submit("ok"))), "200621"},
		{"field named as one outside", cardOf(input, form(input, submit("ok"))), "200621"},
		{"submit outside of a form", cardOf(submit("ok")), "200621"},
		{"table in a form", cardOf(form(table, submit("ok"))), "200621"},
		{"chart in a form", cardOf(form(chart, submit("ok"))), "200621"},
		{"field too long", cardOf(with(input, "max_length", 1001)), "200621"},
		{"more than fits", cardOf(with(input, "max_length", 2, "default_value", "三个字")), "200621"},

		{"selection", cardOf(selection), ""},
		{"initial option", cardOf(with(selection, "initial_option", "b")), ""},
		{"initial option of none", cardOf(with(selection, "initial_option", "c")), "200621"},
		{"the same option twice", cardOf(with(selection, "options", []any{option("a"), option("a")})), "200621"},
		{"no options", cardOf(with(selection, "options", []any{})), "200621"},
		{"several outside of a form", cardOf(with(selection, "tag", "multi_select_static")), "200621"},
		{"several", cardOf(form(with(selection, "tag", "multi_select_static"), submit("ok"))), ""},
		{"anybody", cardOf(object{"tag": "select_person", "name": "who"}), ""},
		{"date", cardOf(object{"tag": "picker_datetime", "name": "when", "initial_datetime": "2026-01-05 09:30"}), ""},
		{"date malformed", cardOf(object{"tag": "picker_datetime", "name": "when", "initial_datetime": "2026-01-05T09:30"}), "200621"},
		{"date without placeholder", cardOf(object{"tag": "date_picker", "name": "when"}), "200621"},

		{"button", cardOf(button("go", object{"k": "v"})), ""},
		{"button of no type", cardOf(with(button("go", nil), "type", "big")), "200621"},
		{"behaviour of no type", cardOf(with(button("go", nil), "behaviors", []any{object{"type": "call"}})), "200621"},
		{"table", cardOf(table), ""},
		{"table in a column", cardOf(column(table)), "200621"},
		{"six tables", cardOf(table, table, table, table, table, table), "200621"},
		{"cell of another type", cardOf(with(table, "rows", []any{object{"n": "one"}})), "200914"},
		{"cell of no column", cardOf(with(table, "rows", []any{object{"m": 1}})), "200914"},
		{"chart", cardOf(chart), ""},
		{"chart of nothing", cardOf(object{"tag": "chart", "chart_spec": object{}}), "200550"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			r := w.sends("oc_1", "interactive", c.card)
			switch {
			case c.sub == "":
				w.code(r, 0)
			case c.sub == "230025":
				w.code(r, 230025)
			default:
				w.code(r, 230099)
				if !strings.Contains(r.Msg, "ErrCode: "+c.sub) {
					t.Errorf("%s, want sub-code %s", r.Msg, c.sub)
				}
			}
		})
	}
}

func TestAnUndrawnAtIsComplainedOf(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sent("oc_1", "interactive", cardOf(md(`<at user_id="ou_wanglei"></at>`)))
	if got := w.Complaints(); len(got) != 1 {
		t.Errorf("complaints: %q", got)
	}
}
