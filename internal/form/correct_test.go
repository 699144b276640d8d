package form_test

import (
	"slices"
	"testing"
	"time"

	"fenghuo/internal/form"
)

const (
	title = "滨江店顾客发视频说酸奶杯里有虫"
	weibo = "https://weibo.example.test/77/OkLm"
)

// upTo answers the first n questions of the shipped form: 微博, a link, 刚刚, 滨江店, 服务投诉, 无明显.
func upTo(n int, more ...line) []line {
	all := []line{
		{"", "ask title"},
		{title, "ask platform"},
		{"1", "understood platform 微博; ask source_link"},
		{weibo, "ask found_at"},
		{"刚刚", "understood found_at 今天14:02; ask unit_place"},
		{"滨江店", "ask nature"},
		{"2", "understood nature 服务投诉; ask impact_now"},
		{"1", "understood impact_now 无明显; review IV>IV"},
	}
	return append(all[:n+1:n+1], more...)
}

// submitted is the shipped form after its first pass, with more.
func submitted(more ...line) []line {
	return upTo(7, append([]line{{"提交", "submit IV>IV"}}, more...)...)
}

func eachTalk(t *testing.T, path string, talks map[string][]line) {
	t.Helper()
	f := load(t, path)
	for name, lines := range talks {
		t.Run(name, func(t *testing.T) { talk(t, f, lines) })
	}
}

func TestChangeByNumber(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"with the new answer":  upTo(3, line{"改2 抖音", "changed platform 抖音 (微博); link_hint source_link 微博; ask found_at"}),
		"spelled at length":    upTo(2, line{"修改第2项为：抖音", "changed platform 抖音 (微博); ask source_link"}),
		"a number in a circle": upTo(2, line{"改②抖音", "changed platform 抖音 (微博); ask source_link"}),
		"a full-width number":  upTo(2, line{"改２ 抖音", "changed platform 抖音 (微博); ask source_link"}),
		"without one it is asked again": upTo(3, line{"改2", "ask platform (微博)"},
			line{"抖音", "changed platform 抖音 (微博); link_hint source_link 微博; ask found_at"}),
		"asked again and left as it is":    upTo(3, line{"改2", "ask platform (微博)"}, line{"继续", "ask found_at"}),
		"asked again and put off as it is": upTo(3, line{"改2", "ask platform (微博)"}, line{"跳过", "ask found_at"}),
		"the same again":                   upTo(2, line{"改2 微博", "same platform 微博; ask source_link"}),
		"a question to come":               upTo(1, line{"改4 刚刚", "understood found_at 今天14:02; ask platform"}),
		"no such question":                 upTo(1, line{"改19 没有", "no_such 19; ask platform"}, line{"改0", "no_such 0; ask platform"}),
		"what is no answer":                upTo(3, line{"改2 99", "refused platform no_choice; ask found_at"}),
		"at the end": upTo(7, line{"改2 抖音", "changed platform 抖音 (微博); link_hint source_link 微博; review IV>IV"},
			line{"不用", "review IV>IV"}),
		"at the end, asked again": upTo(7, line{"改5", "ask unit_place (滨江店)"}, line{"北门仓", "changed unit_place 北门仓库 (滨江店); review IV>IV"}),
		"at the end, what could be two": upTo(7, line{"改5 滨江", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
			line{"2", "changed unit_place 滨江配送站 (滨江店); review IV>IV"}),
		"at the end, what could be two, said anew": upTo(7, line{"改4 三点左右", "ask_which found_at 今天03:00/昨天15:00"},
			line{"13点50", "changed found_at 今天13:50 (今天14:02); review IV>IV"}),
		"of the first pass after submitting": submitted(line{"补充", "ask summary"},
			line{"改2 抖音", "sealed platform; ask summary"}),
		"after submitting, while nothing is asked": submitted(
			line{"改1 网友称滨江店酸奶里有虫", "sealed title; rest"}),
	})
}

func TestSameAnswerIsNoChange(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(2, line{"改2 微博", "same platform 微博; ask source_link"},
		line{"撤销", "undone platform; ask platform"}))
	for _, l := range c.s.Lines() {
		if len(l.Old) > 0 {
			t.Errorf("%s was %v before", l.Key, l.Old)
		}
	}
}

func TestLinkHintLeavesNoResidue(t *testing.T) {
	hint := line{"改2 抖音", "changed platform 抖音 (微博); link_hint source_link 微博; ask found_at"}
	eachTalk(t, shipped, map[string][]line{
		"declined, and 不用 means nothing more": upTo(3, hint, line{"不用", "ask found_at"}, line{"不用", "refused found_at no_time"}),
		"the link is changed": upTo(3, hint, line{"改3", "ask source_link (" + weibo + ")"},
			line{"https://www.douyin.com/video/1", "changed source_link https://www.douyin.com/video/1 (" + weibo + "); ask found_at"},
			line{"不用", "refused found_at no_time"}),
		"the platform is changed back": upTo(3, hint, line{"改2 微博", "changed platform 微博 (抖音); ask found_at"}, line{"不用", "refused found_at no_time"}),
		"taken back":                   upTo(3, hint, line{"撤销", "undone platform 微博; ask found_at"}, line{"不用", "refused found_at no_time"}),
		"a link of nobody's gives none": upTo(2, line{"https://a.example.test/1", "ask found_at"},
			line{"改2 抖音", "changed platform 抖音 (微博); ask found_at"}),
	})
}

func TestUndo(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"nothing yet": {{"", "ask title"}, {"撤销", "nothing_undone; ask title"}},
		"an answer":   upTo(2, line{"撤销", "undone platform; ask platform"}),
		"an answer that was changed": upTo(2, line{"改2 抖音", "changed platform 抖音 (微博); ask source_link"},
			line{"撤销", "undone platform 微博; ask source_link"}),
		"one after the other": upTo(2, line{"撤销", "undone platform; ask platform"}, line{"撤回", "undone title; ask title"},
			line{"恢复", "nothing_undone; ask title"}),
		"all that one message answered": upTo(1, line{"④刚刚 ⑤滨江店", "understood found_at 今天14:02; understood unit_place 滨江店; ask platform"},
			line{"撤销", "undone unit_place; undone found_at; ask platform"}),
		"a link, and the platform it told": upTo(1, line{"https://www.douyin.com/video/1",
			"understood source_link https://www.douyin.com/video/1; understood platform 抖音; ask found_at"},
			line{"撤销", "undone platform; undone source_link; ask platform"}),
		"a picture instead of a link": upTo(2, line{"[a.png] ", "took_files 1份; ask found_at"},
			line{"撤销", "undone source_link; undone evidence; ask source_link"}),
		"the second picture": upTo(1, line{"[a.png] ", "took_files 1份; ask platform"}, line{"[b.png] ", "took_files 2份; ask platform"},
			line{"撤销", "undone evidence a.png; ask platform"}),
		"nothing that was submitted": submitted(line{"补充", "ask summary"}, line{"撤销", "nothing_undone; ask summary"},
			line{"改2 抖音", "sealed platform; ask summary"}, line{"撤销", "nothing_undone; ask summary"}),
		"a picture after none": submitted(line{"补充", "ask summary"},
			line{"改12 没有，当场没拍到", "understood evidence 没有（当场没拍到）; ask summary"}, line{"[a.png] ", "took_files 1份; ask summary"},
			line{"撤销", "undone evidence 没有（当场没拍到）; ask summary"}),
	})
}

// TestUndoInAFormWithoutFiles: pictures are kept there, too, though no question has them.
func TestUndoInAFormWithoutFiles(t *testing.T) {
	f := parse(t, short)
	c := talk(t, f, []line{{"", "ask title"}, {"[a.png] ", "took_files 1份; ask title"}, {"撤销", "nothing_undone; ask title"}})
	if got := len(c.s.Said()[form.MeansEvidence].Files); got != 1 {
		t.Errorf("%d pictures, want 1", got)
	}
}

func TestBack(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"at the first question": {{"", "ask title"}, {"上一步", "first; ask title"}},
		"twice, and on": upTo(3, line{"上一步", "ask source_link (" + weibo + ")"}, line{"返回", "ask platform (微博)"},
			line{"抖音", "changed platform 抖音 (微博); link_hint source_link 微博; ask found_at"}),
		"from the review": upTo(7, line{"上一步", "ask impact_now (无明显)"}, line{"2", "changed impact_now 人员受伤 (无明显); review IV>IV"}),
		"from what is asked back": upTo(4, line{"滨江", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
			line{"上一步", "ask found_at (今天14:02)"}, line{"继续", "ask unit_place"}),
		"not into the first pass after submitting": submitted(line{"补充", "ask summary"}, line{"上一步", "first; ask summary"}),
		"while nothing is asked":                   submitted(line{"上一步", "rest"}),
	})
}

// TestCorrected: what two people agreed on replaces a registered answer, with its version; what does not fit is said.
func TestCorrected(t *testing.T) {
	s := talk(t, load(t, shipped), submitted()).s
	f, _ := s.Form().Field("platform")
	c, note := s.Corrected(f, form.Input{ID: "corrected/1", At: start.Add(time.Hour), Text: "抖音"})
	if note != nil {
		t.Fatalf("not taken: %+v", note)
	}
	for _, l := range c.Lines() {
		if l.Key == "platform" && (l.Text != "抖音" || !slices.Equal(l.Old, []string{"微博"})) {
			t.Errorf("platform is %q, was %q", l.Text, l.Old)
		}
	}
	for _, l := range s.Lines() {
		if l.Key == "platform" && l.Text != "微博" {
			t.Errorf("the form itself reads %q", l.Text)
		}
	}
	if _, note := s.Corrected(f, form.Input{ID: "corrected/2", At: start.Add(time.Hour), Text: "99"}); note == nil || note.Why != form.NoChoice {
		t.Errorf("99 was taken: %+v", note)
	}
	found, _ := s.Form().Field("found_at")
	if _, note := s.Corrected(found, form.Input{ID: "corrected/3", At: start.Add(time.Hour), Text: "三点左右"}); note == nil {
		t.Error("a time that could be several was taken")
	}
}
