package handlers_test

import (
	"slices"
	"strings"
	"testing"
)

// TestCommandsWhileAFormWaits: the first questions of a form swallow no command that is unmistakable, and no
// command swallows an answer; after the command the form still waits. It does so in a topic of its own.
func TestCommandsWhileAFormWaits(t *testing.T) {
	t.Parallel()
	const form = "G1/T9"
	atUnit := []string{"上报", "北门仓库有人拉横幅", "13", "没有，现场看到", "刚刚"}
	for _, tc := range []struct {
		name    string
		before  []string // of the incident
		person  string
		answers []string // before it is said
		say     string
		told    string
	}{
		{"an acknowledgment", nil, "wanglei", atUnit, "签收", "王蕾 09:12 签收"},
		{"an acknowledgment with the number", nil, "wanglei", atUnit, "签收 001", "王蕾 09:12 签收"},
		{"got it", nil, "wanglei", atUnit, "收到", "王蕾 09:12 签收"},
		{"got it, on my way", nil, "wanglei", atUnit, "收到，我在路上", "王蕾 09:12 签收"},
		{"got it, of a complaint", nil, "wanglei", atUnit[:1], "收到顾客投诉酸奶变质", "②/7"},
		{"got it, and nothing to get", nil, "zhoumin", atUnit, "收到", "⑤/7"},
		{"a follow-up", acked, "wuyan", atUnit, "续报 已封存送检", "续报一已收"},
		{"a follow-up with the number", acked, "wuyan", atUnit, "续报 001 已封存送检", "续报一已收"},
		{"a follow-up, the number first", acked, "wuyan", atUnit, "001 续报 已封存送检", "续报一已收"},
		{"nothing new", acked, "wuyan", atUnit, "无新增", "续报一已收"},
		{"more time", acked, "wuyan", atUnit, "延期到19点，检测报告未出", "19:00"},
		{"a title that begins like it", acked, "wuyan", atUnit[:1], "延期交房业主在店门口拉横幅", "②/7"},
		{"another's title", acked, "zhoumin", atUnit[:1], "延期到19点开门被顾客投诉", "②/7"},
		{"hand over", acked, "wuyan", atUnit, "移交给 丁伟，休假到周五", "丁伟"},
		{"a title that begins like that", acked, "wuyan", atUnit[:1], "移交的投诉件没人处理", "②/7"},
		{"reassign", acked, "wanglei", atUnit, "转办 陈放", "陈放"},
		{"a title of reassigning", acked, "wanglei", atUnit[:1], "转办的投诉件没人处理", "②/7"},
		{"a title of supplements", acked, "wanglei", atUnit[:1], "补充剂被曝含违禁成分", "②/7"},
		{"an addition with the number", acked, "zhoumin", atUnit, "补充 001 阅读2万", "阅读2万"},
		{"a number that is none", acked, "zhoumin", atUnit[:1], "补充 777 是我店顾客投诉", "②/7"},
		{"calm", acked, "wanglei", atUnit, "平息", "平息"},
		{"final report", calm, "wuyan", atUnit, "终报 起因已查清，经过如上，顾客接受道歉；防范措施：每周抽检，孙恪负责", "终报"},
		{"return it", final, "xuqing", atUnit, "退回终报 缺负责人", "缺负责人"},
		{"detail", acked, "zhoumin", atUnit, "详情 001", "责任人"},
		{"open ones", acked, "zhoumin", atUnit, "在办", number},
		{"agreement is the form's", slices.Concat(acked, []string{"wuyan: 延期到19点，检测报告未出"}), "wanglei", atUnit, "同意", "⑤"},
		{"agreement with the number", slices.Concat(acked, []string{"wuyan: 延期到19点，检测报告未出"}), "wanglei", atUnit, "同意 001", "19:00"},
		{"looking is the form's", acked, "zhoumin", atUnit, "查看", "北门仓库有人拉横幅"},
		{"help is the form's", acked, "zhoumin", atUnit, "帮助", "上一步"},
		{"an answer", acked, "wuyan", atUnit, "北门仓库", "⑥/7"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.reports(home)
			w.says("zhoumin", home, "存草稿")
			w.deliver()
			w.after(home, tc.before...)
			for _, text := range tc.answers {
				w.says(tc.person, form, text)
			}
			if told := texts(w.says(tc.person, form, tc.say)); !strings.Contains(told, tc.told) {
				t.Errorf("told:\n%swant %q", told, tc.told)
			}
			if told := texts(w.says(tc.person, form, "北门仓库")); len(tc.answers) == len(atUnit) && tc.name != "an answer" && !strings.Contains(told, "⑥/7") {
				t.Errorf("the form does not wait any more: %s", told)
			}
		})
	}
}
