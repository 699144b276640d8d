package form_test

import (
	"testing"
)

func TestAskedBack(t *testing.T) {
	two := "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"
	eachTalk(t, shipped, map[string][]line{
		"a unit, by its number":   upTo(4, line{"滨江", two}, line{"2", "understood unit_place 滨江配送站; ask nature"}),
		"a unit, in a circle":     upTo(4, line{"滨江", two}, line{"①", "understood unit_place 滨江店; ask nature"}),
		"a unit, by its name":     upTo(4, line{"滨江", two}, line{"滨江店", "ask nature"}),
		"neither":                 upTo(4, line{"滨江", two}, line{"3", "ask unit_place"}),
		"another unit altogether": upTo(4, line{"滨江", two}, line{"北门仓", "understood unit_place 北门仓库; ask nature"}),
		"both":                    upTo(4, line{"滨江", two}, line{"1 2", two}, line{"9", two}, line{"1", "understood unit_place 滨江店; ask nature"}),
		"a time": upTo(3, line{"三点左右", "ask_which found_at 今天03:00/昨天15:00"},
			line{"2", "understood found_at 昨天15:00; ask_why_old found_at (昨天15:00)"}, line{"没网", "ask unit_place"}),
		"neither time":            upTo(3, line{"三点左右", "ask_which found_at 今天03:00/昨天15:00"}, line{"3", "ask found_at"}),
		"neither time, in a word": upTo(3, line{"三点左右", "ask_which found_at 今天03:00/昨天15:00"}, line{"其他", "ask found_at"}),
		"another time": upTo(3, line{"三点左右", "ask_which found_at 今天03:00/昨天15:00"},
			line{"13点50", "understood found_at 今天13:50; ask unit_place"}),
		"put off":                      upTo(4, line{"滨江", two}, line{"跳过", "later unit_place; ask nature"}, line{"2", "understood nature 服务投诉; ask impact_now"}),
		"a choice that says what else": upTo(5, line{"其他：快递丢件", "understood nature 其他（快递丢件）; ask impact_now"}),
	})
}

func TestATimeStillToCome(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(3))
	r := c.says("三点左右")
	want(t, "coming", r.Coming.In(shanghai).Format("01-02 15:04"), "03-12 15:00")
}

func TestTimes(t *testing.T) {
	eachTalk(t, shipped, map[string][]line{
		"in the future":   upTo(3, line{"明天下午3点", "refused found_at future"}),
		"only a day":      upTo(3, line{"昨天", "refused found_at no_clock"}),
		"of the old year": upTo(3, line{"1970年1月1日 9点", "refused found_at ancient"}),
		"lunar":           upTo(3, line{"腊月初八", "refused found_at lunar"}),
		"no time":         upTo(3, line{"忘了", "refused found_at no_time"}),
		"in a sentence":   upTo(3, line{"我是13点50在群里看到的", "understood found_at 今天13:50; ask unit_place"}),
		"minutes ago":     upTo(3, line{"10分钟前", "understood found_at 今天13:52; ask unit_place"}),
		"刚刚 is the start": upTo(3, line{"@14:30 刚看到的", "understood found_at 今天14:02; ask unit_place"}),
	})
}

func TestWhyFoundLongAgoIsAskedOnce(t *testing.T) {
	old := line{"今天9点", "understood found_at 今天09:00; ask_why_old found_at (今天09:00)"}
	eachTalk(t, shipped, map[string][]line{
		"told":                             upTo(3, old, line{"在开会", "ask unit_place"}),
		"not told":                         upTo(3, old, line{"跳过", "ask unit_place"}),
		"not asked again":                  upTo(3, old, line{"在开会", "ask unit_place"}, line{"改4 今天8点", "changed found_at 今天08:00 (今天09:00); ask unit_place"}),
		"within the limit it is not asked": upTo(3, line{"今天12点10分", "understood found_at 今天12:10; ask unit_place"}),
		"the limit is that of the level": {{"", "ask title"}, {"改6 1", "understood nature 产品质量; ask title"},
			{"改4 今天12点10分", "understood found_at 今天12:10; ask_why_old found_at (今天12:10)"}},
	})
	c := talk(t, load(t, shipped), upTo(3, old, line{"在开会", "ask unit_place"}))
	want(t, "reason", c.s.Values()["found_at"].Reason, "在开会")
}

func TestLevel(t *testing.T) {
	third := []line{{"", "ask title"}, {title, "ask platform"}, {"①" + title + " ②1 ③没有，群里 ④刚刚 ⑤滨江店 ⑥1 ⑦1",
		"same title " + title + "; understood platform 微博; understood source_link 没有（群里）; understood found_at 今天14:02; " +
			"understood unit_place 滨江店; understood nature 产品质量; understood impact_now 无明显; review III>III"}}
	with := func(more ...line) []line { return append(third[:3:3], more...) }
	lower := "understood level_suggest 蓝/四级; ask_why_less level_suggest III>IV"
	eachTalk(t, shipped, map[string][]line{
		"raised":                    with(line{"改16 1", "understood level_suggest 红/一级; review III>I"}, line{"提交", "submit III>I"}),
		"agreed":                    with(line{"改16 同意", "understood level_suggest 黄/三级; review III>III"}),
		"lowered asks why":          with(line{"改16 4", lower}, line{"已经删了", "review III>IV"}, line{"提交", "submit III>IV 已经删了"}),
		"lowered, and taken back":   with(line{"改16 4", lower}, line{"撤销", "undone level_suggest; review III>III"}),
		"no level":                  with(line{"改16 5", "refused level_suggest no_level; review III>III"}),
		"lowered in a word":         with(line{"蓝", lower}, line{"已经删了", "review III>IV"}),
		"a bare number is no level": with(line{"4", "not_heard; review III>III"}),
		"确认 agrees where a level is asked": with(line{"提交", "submit III>III"}, line{"补充", "ask summary"}, line{"改16", "ask level_suggest"},
			line{"确认", "understood level_suggest 黄/三级; ask summary"}),
	})
}
