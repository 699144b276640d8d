package form_test

import (
	"strings"
	"testing"

	"fenghuo/internal/form"
)

func TestPutOff(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"comes back at the end, and must be answered": upTo(2, line{"跳过", "later source_link; ask found_at"},
			line{"刚刚", "understood found_at 今天14:02; ask unit_place"}, line{"滨江店", "ask nature"},
			line{"2", "understood nature 服务投诉; ask impact_now"}, line{"1", "understood impact_now 无明显; ask source_link"},
			line{"稍后补", "required source_link; ask source_link"}, line{"提交", "required source_link; ask source_link"},
			line{weibo, "review IV>IV"}),
		"the last one left": upTo(6, line{"跳过", "required impact_now; ask impact_now"}),
		"at the end":        upTo(7, line{"跳过", "review IV>IV"}),
		"of the second pass": submitted(line{"补充", "ask summary"}, line{"跳过", "later summary; ask occurred_at"},
			line{"稍后补", "later occurred_at; ask scale"}, line{"下一题", "later scale; ask account"},
			line{"跳过", "later account; ask evidence"}, line{"跳过", "later evidence; rest"}, line{"补充", "ask summary"}),
	})
}

func TestSubmitWantsAllOfTheFirstPass(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"too early": upTo(3, line{"提交", "required found_at; ask found_at"}),
		"too early, from what is asked back": upTo(3, line{"改5 滨江", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
			line{"提交", "required found_at; ask found_at"}, line{"1", "refused found_at no_time"}),
		"by agreeing":        upTo(7, line{"好的", "submit IV>IV"}),
		"by a word":          upTo(7, line{"是", "submit IV>IV"}),
		"what is not heard":  upTo(7, line{"随便说说", "not_heard; review IV>IV"}),
		"twice":              submitted(line{"提交", "rest"}),
		"a level, in a word": upTo(7, line{"橙", "understood level_suggest 橙/二级; review IV>II"}, line{"提交", "submit IV>II"}),
	})
}

func TestPause(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"and go on":   upTo(2, line{"存草稿", "pause"}, line{"继续", "kept 2; ask source_link"}),
		"and answer":  upTo(2, line{"存草稿", "pause"}, line{weibo, "kept 2; ask source_link"}, line{weibo, "ask found_at"}),
		"and correct": upTo(2, line{"存草稿", "pause"}, line{"改2 抖音", "changed platform 抖音 (微博); ask source_link"}),
		"and ask to correct": upTo(2, line{"存草稿", "pause"}, line{"改2", "ask platform (微博)"},
			line{"抖音", "changed platform 抖音 (微博); ask source_link"}),
		"and go back": upTo(2, line{"存草稿", "pause"}, line{"上一步", "ask platform (微博)"},
			line{"抖音", "changed platform 抖音 (微博); ask source_link"}),
		"and undo":                         upTo(2, line{"存草稿", "pause"}, line{"撤销", "undone platform; ask platform"}),
		"and look":                         upTo(2, line{"存草稿", "pause"}, line{"看看", "show source_link"}, line{"继续", "kept 2; ask source_link"}),
		"and submit":                       upTo(7, line{"存草稿", "pause"}, line{"提交", "submit IV>IV"}),
		"and cancel":                       upTo(2, line{"存草稿", "pause"}, line{"取消 重复了", "cancel 重复了"}),
		"a picture is kept without a word": upTo(2, line{"存草稿", "pause"}, line{"[a.png] ", "took_files 1份"}),
		"the second pass":                  submitted(line{"补充", "ask summary"}, line{"存草稿", "rest"}, line{"继续", "ask summary"}),
	})
}

func TestNothingIsOpenAfterAPauseOfTheSecondPass(t *testing.T) {
	c := talk(t, load(t, shipped), submitted(line{"补充", "ask summary"}, line{"存草稿", "rest"}))
	if c.s.Asking() || c.s.Open() != nil {
		t.Errorf("asking %v, open %v", c.s.Asking(), c.s.Open())
	}
}

func TestPauseTellsWhenItIsPassedOn(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(2))
	r := c.says("@14:10 存草稿")
	want(t, "passed on", r.Wait.In(shanghai).Format("15:04"), "14:41")
	c = talk(t, load(t, shipped), upTo(1))
	if r := c.says("存草稿"); !r.Wait.IsZero() {
		t.Errorf("nothing to pass on, but %v", r.Wait)
	}
}

func TestCancel(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"an empty form":             {{"", "ask title"}, {"取消", "cancel"}, {title, ""}},
		"with the reason":           upTo(2, line{"取消 重复了", "cancel 重复了"}),
		"with a plus sign":          upTo(2, line{"取消＋已有人报", "cancel 已有人报"}),
		"without the reason":        upTo(2, line{"取消", "ask_reason"}, line{"重复了", "cancel 重复了"}, line{"继续", ""}),
		"not after all":             upTo(2, line{"取消", "ask_reason"}, line{"继续", "ask source_link"}, line{weibo, "ask found_at"}),
		"nothing said is no reason": upTo(2, line{"取消", "ask_reason"}, line{" ", "ask_reason"}, line{"重复了", "cancel 重复了"}),
		"a picture is no reason":    upTo(2, line{"取消", "ask_reason"}, line{"[a.png] ", "took_files 1份"}, line{"重复了", "cancel 重复了"}),
		"not what was submitted":    submitted(line{"取消 重复了", "not_heard; rest"}),
	})
}

func TestHelpAndLookLeaveTheQuestionOpen(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"help":        upTo(2, line{"帮助", "help source_link"}, line{"？", "help source_link"}, line{weibo, "ask found_at"}),
		"look":        upTo(2, line{"看看", "show source_link"}, line{weibo, "ask found_at"}),
		"at the end":  upTo(7, line{"看看", "show"}, line{"帮助", "help"}, line{"提交", "submit IV>IV"}),
		"traditional": upTo(2, line{"幫助", "help source_link"}, line{"繼續", "ask source_link"}),
		"of what is asked back": upTo(4, line{"滨江", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
			line{"帮助", "help unit_place"}, line{"1", "understood unit_place 滨江店; ask nature"}),
	})
}

func TestNothingSaidRepeatsWhatIsOpen(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"the question": upTo(2, line{"", "ask source_link"}),
		"the choice": upTo(4, line{"滨江", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
			line{"\u200b", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"}, line{"2", "understood unit_place 滨江配送站; ask nature"}),
		"the review": upTo(7, line{"", "review IV>IV"}),
		"the reason": upTo(3, line{"今天9点", "understood found_at 今天09:00; ask_why_old found_at (今天09:00)"},
			line{"", "ask_why_old found_at (今天09:00)"}, line{"在开会", "ask unit_place"}),
	})
}

func TestIsCommand(t *testing.T) {
	for text, want := range map[string]bool{"继续": true, "取消 重复了": true, "看看": true, "存草稿": true, "提交": true, "繼續。": true,
		"改2 抖音": false, "帮助": false, "取消订单的顾客": false, "": false, "滨江店": false} {
		if form.IsCommand(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// TestMuchSaid: after 200 inputs only submitting, looking and cancelling are heard, and looking is not kept.
func TestMuchSaid(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(7))
	for len(c.s.Inputs) < 200 {
		c.says("帮助")
	}
	for _, l := range []line{{"改2 抖音", "too_much"}, {"看看", "show"}, {"看看", "show"}, {"取消", "too_much"}} {
		want(t, l.says, brief(c.says(l.says)), l.want)
	}
	if len(c.s.Inputs) != 200 {
		t.Errorf("%d inputs are kept", len(c.s.Inputs))
	}
	want(t, "submit", brief(c.says("提交")), "submit IV>IV")
	c = talk(t, load(t, shipped), upTo(2))
	for len(c.s.Inputs) < 200 {
		c.says("帮助")
	}
	for _, l := range []line{{weibo, "too_much"}, {"提交", "too_much"}, {"取消 太乱了", "cancel 太乱了"}} {
		want(t, l.says, brief(c.says(l.says)), l.want)
	}
	c = talk(t, load(t, shipped), upTo(1))
	c.says(strings.Repeat("长", 10_000))
	if got := len([]rune(c.s.Inputs[len(c.s.Inputs)-1].Text)); got != 4000 {
		t.Errorf("an input of %d characters is kept", got)
	}
}
