package form_test

import (
	"testing"

	"fenghuo/internal/form"
)

// TestRead: one question, what is said, and how the answer reads. A question of the second pass is
// answered by its number.
func TestRead(t *testing.T) {
	f := load(t, shipped)
	for name, c := range map[string]struct{ key, says, want string }{
		"two platforms":                     {"platform", "抖音和微博", "抖音、微博"},
		"a part of a platform's name":       {"platform", "贴吧", "知乎/贴吧/论坛"},
		"a platform in a sentence":          {"platform", "在小红书上看到的", "小红书"},
		"free words":                        {"platform", "大众点评", "大众点评"},
		"only digits are no free words":     {"platform", "99", ""},
		"only signs are no free words":      {"platform", "。。。。", ""},
		"more than one link":                {"source_link", "https://a.example.test/1 https://b.example.test/2", "https://a.example.test/1 https://b.example.test/2"},
		"no link, with the reason":          {"source_link", "没有，群里转发的截图", "没有（群里转发的截图）"},
		"no link, in brackets":              {"source_link", "没有（群里转发）", "没有（群里转发）"},
		"a reason that begins with no":      {"source_link", "没找到链接", "没有（没找到链接）"},
		"a reason that cannot":              {"source_link", "无法复制", "没有（无法复制）"},
		"no reason":                         {"source_link", "没有了", ""},
		"the reason as the question has it": {"source_link", "没有＋原因", ""},
		"a place that begins with no":       {"source_link", "无锡店门口", ""},
		"a place":                           {"unit_place", "解放路口", "解放路口"},
		"nobody knows the place":            {"unit_place", "不知道", "不清楚"},
		"a choice by another name":          {"nature", "食品安全", "产品质量"},
		"a choice in a sentence":            {"nature", "属于产品质量问题", "产品质量"},
		"a choice that it is not":           {"nature", "不是产品质量", ""},
		"two where one is wanted":           {"nature", "1 2", ""},
		"some":                              {"impact_now", "2 4", "人员受伤、媒体来问"},
		"the same by two names":             {"impact_now", "受伤 记者 有人受伤", "人员受伤、媒体来问"},
		"none together with some":           {"impact_now", "1 2", "人员受伤"},
		"nobody was hurt":                   {"impact_now", "没有人员受伤", ""},
		"untrue":                            {"authenticity", "不属实", "不实"},
		"untrue, as it is called":           {"authenticity", "不实", "不实"},
		"partly true":                       {"authenticity", "应该是部分属实", "部分属实"},
		"an account":                        {"summary", "没有", ""},
		"no journalist":                     {"media_contact", "没有", "没有"},
		"both times":                        {"occurred_at", "昨天19点40发生，昨天20点30首发", "发生昨天19:40，首发昨天20:30"},
		"both times without a comma":        {"occurred_at", "昨天19点40发生 昨天20点30首发", "发生昨天19:40，首发昨天20:30"},
		"both times, the later first":       {"occurred_at", "首发昨天20点30 发生昨天19点40", "发生昨天19:40，首发昨天20:30"},
		"both times in points":              {"occurred_at", "①昨天19点40发生 ②昨天20点30首发", "发生昨天19:40，首发昨天20:30"},
		"only published":                    {"occurred_at", "昨天20点30首发", "首发昨天20:30"},
		"published before it happened":      {"occurred_at", "昨天19点40首发，昨天20点30发生", ""},
		"published after it was found":      {"occurred_at", "今天14点05首发", ""},
		"figures":                           {"scale", "播放3万，点赞五百", "阅读3万 赞500"},
		"a figure that cannot be":           {"scale", "阅读-5", ""},
		"no figures":                        {"scale", "没有", "不清楚"},
		"no pictures, with the reason":      {"evidence", "没拍到", "没有（没拍到）"},
		"no pictures":                       {"evidence", "没有", ""},
		"a level":                           {"level_suggest", "橙色", "橙/二级"},
		"a level in roman":                  {"level_suggest", "ii级", "橙/二级"},
		"restricted":                        {"confidential", "是的", "是"},
		"not restricted":                    {"confidential", "不用", "否"},
	} {
		t.Run(name, func(t *testing.T) {
			q, ok := f.Field(c.key)
			if !ok {
				t.Fatal("no such question")
			}
			ch := talk(t, f, upTo(min(q.N-1, 7)))
			if q.N <= 7 {
				ch.says(c.says)
			} else {
				ch.says("改" + number(q) + " " + c.says)
			}
			want(t, c.says, ch.text(c.key), c.want)
		})
	}
}

// TestAliasesInCapitals: what an option is also called is compared as people type.
func TestAliasesInCapitals(t *testing.T) {
	c := talk(t, load(t, second), []line{{"", "ask heard_at"}, {"刚刚", "understood heard_at 今天14:02; ask headline"},
		{"大堂有客人摔倒了", "ask line"}, {"vip电梯", "understood line 工程; ask mood"}})
	want(t, "line", c.text("line"), "工程")
}

func number(f *form.Field) string { return string(rune('①' + f.N - 1)) }
