package wecom

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot"
	"fenghuo/bot/wecom/wecomtest"
)

// Questions that take one answer each are lists on one card; what was chosen comes back by question. What has no
// room on a card, or must be written, is asked in words.
func TestQuestionsAsCards(t *testing.T) {
	outward(t, func(w *outWorld) {
		one := func(key string, options ...string) bot.Input {
			return bot.Input{Key: key, Label: key, Kind: bot.InputChoice, Options: options, Required: true}
		}
		asks := func(in ...bot.Input) bot.Message {
			return bot.Message{Text: "请选：甲或乙", Card: &bot.Card{Head: "请选", Form: &bot.Form{Name: "f", Inputs: in, Submit: bot.Button{Label: "选好了", Say: "填好了", Target: "001"}}}}
		}
		if _, err := w.sends("ask", toWang, asks(one("类别", "甲", "乙"), bot.Input{Key: "级别", Label: "级别", Kind: bot.InputChoice, Options: []string{"红", "黄"}, Value: []string{"黄"}})); err != nil {
			t.Fatal(err)
		}
		shown := w.last(w.p.Private(wecomtest.App, "WangLei"))
		if got := wecomtest.CardText(shown.Card); got != "# 请选\n? 类别：甲 / 乙\n? 级别：红 / ✓黄\n[选好了]" {
			t.Errorf("drawn as\n%s", got)
		}
		if err := w.p.Press(w.Context(), "WangLei", shown.ID, "选好了", map[string][]string{"类别": {"乙"}}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		pressed := slices.DeleteFunc(w.sink.got(), func(ev bot.Event) bool { return ev.Kind != bot.Pressed })
		if diff := cmp.Diff(bot.Action{Name: "填好了", Target: "001", Fields: map[string]string{"类别": "乙", "级别": "黄"}}, pressed[0].Action); diff != "" {
			t.Error(diff)
		}
		for name, in := range map[string][]bot.Input{
			"four questions":  {one("一", "甲"), one("二", "甲"), one("三", "甲"), one("四", "甲")},
			"eleven options":  {one("一", strings.Split("甲乙丙丁戊己庚辛壬癸子", "")...)},
			"an option's end": {one("一", "甲", "一个写得太长的选项名字")},
			"words":           {one("一", "甲"), {Key: "理由", Label: "理由", Kind: bot.InputArea}},
			"two with boxes":  {one("一", "甲"), {Key: "二", Label: "二", Kind: bot.InputChoices, Options: []string{"甲"}}},
		} {
			if _, err := w.sends(name, toWang, asks(in...)); err != nil {
				t.Fatal(err)
			}
			if m := w.last(w.p.Private(wecomtest.App, "WangLei")); m.Card != "" || m.Text != "请选：甲或乙" {
				t.Errorf("%s: %+v", name, m)
			}
		}
	})
}
