package plan_test

import (
	"strings"
	"testing"

	"fenghuo/internal/incident"
	"fenghuo/internal/plan"
)

func spans(t *testing.T, one string) incident.Span {
	t.Helper()
	var s incident.Span
	if err := s.UnmarshalText([]byte(one)); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestThePlanForANatureAtALevel(t *testing.T) {
	hour := spans(t, "1h")
	book := &plan.Book{
		Common: []plan.Task{{Title: "一起定", Due: plan.Due{I: hour, II: hour, III: hour}}},
		Plans: []plan.Plan{
			{Name: "产品质量预案", Natures: []string{"产品质量"}, Tasks: []plan.Task{{Title: "送检", Due: plan.Due{III: hour, IV: hour}}, {Title: "报监管", Due: plan.Due{I: hour}}}},
			{Name: "通用预案", Tasks: []plan.Task{{Title: "回访", Due: plan.Due{II: hour}}}},
		},
	}
	for _, c := range []struct {
		nature string
		level  incident.Level
		plan   string
		tasks  string
		reason string
	}{
		{"产品质量", incident.LevelI, "产品质量预案", "一起定 报监管", "类别“产品质量”、级别红/一级"},
		{"产品质量", incident.LevelIII, "产品质量预案", "一起定 送检", "类别“产品质量”、级别黄/三级"},
		{"产品质量", incident.LevelIV, "产品质量预案", "送检", "类别“产品质量”、级别蓝/四级"},
		{"服务投诉", incident.LevelII, "通用预案", "一起定 回访", "类别“服务投诉”没有专门的预案，级别橙/二级"},
		{"", incident.LevelII, "通用预案", "一起定 回访", "类别未定，级别橙/二级"},
		{"服务投诉", incident.LevelIV, "", "", ""},
		{"产品质量", 0, "", "", ""},
	} {
		got, ok := book.Choose(c.nature, c.level)
		if !ok {
			got = plan.Choice{}
		}
		var titles []string
		for _, task := range got.Tasks {
			titles = append(titles, task.Title)
		}
		if got.Plan != c.plan || strings.Join(titles, " ") != c.tasks || got.Reason != c.reason {
			t.Errorf("%s %s: %q %q %q", c.nature, c.level, got.Plan, titles, got.Reason)
		}
	}
	if _, ok := (*plan.Book)(nil).Choose("产品质量", incident.LevelI); ok {
		t.Error("nothing is planned where there are no plans")
	}
}

func TestMeasuresBecomeLines(t *testing.T) {
	whose := func(clause string) string {
		for _, name := range []string{"孙恪", "质量部"} {
			if strings.Contains(clause, name) {
				return name
			}
		}
		return ""
	}
	for _, c := range []struct{ text, want string }{
		{"每周抽检，孙恪负责", `- {title: "每周抽检", owner: 质量, due: {I: 24h, II: 24h, III: 24h}} # 孙恪，每周`},
		{"1. 加留样两份，由孙恪负责，3天内", `- {title: "加留样两份", owner: 质量, due: {I: 72h, II: 72h, III: 72h}} # 孙恪，3天内`},
		{"更新应急联系表（质量部）5个工作日内", `- {title: "更新应急联系表（质量部）5个工作日内", owner: 质量, due: {I: 5wd, II: 5wd, III: 5wd}} # 质量部，5个工作日内`},
		{"孙恪4月底前培训店员", `- {title: "孙恪4月底前培训店员", owner: 质量, due: {I: 24h, II: 24h, III: 24h}} # 孙恪，4月底`},
		{"无；好。", ""},
	} {
		var lines []string
		for _, m := range plan.Measures(c.text, whose) {
			lines = append(lines, m.Line("质量", incident.LevelIII))
		}
		if got := strings.Join(lines, "\n"); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
