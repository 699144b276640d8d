package handlers

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
)

// finalParts are what a final report has, each by the words people write it under.
var finalParts = []struct {
	name  string
	words []string
}{
	{"起因", []string{"起因", "缘起", "事由"}}, {"经过", []string{"经过", "过程"}}, {"结果", []string{"结果", "处理结果", "办理结果"}},
	{"教训", []string{"教训", "反思"}}, {"原因", []string{"原因分析", "原因"}}, {measures, measureWords},
}

const measures = "防范措施"

var measureWords = []string{measures, "整改措施", "措施"}

var (
	finalPart = regexp.MustCompile(`(起因|缘起|事由|经过|过程|处理结果|办理结果|结果|教训|反思|原因分析|原因|防范措施|整改措施|措施)\s*[:：]\s*`)
	someDay   = regexp.MustCompile(`\d{1,2}月\d{1,2}[日号]|\d{1,2}[-/]\d{1,2}|月底|月末|年底|本周|下周|本月|下月|周[一二三四五六日天]|\d+(天|日|周|个月)内`)
)

// finalGaps are what a final report lacks. A level IV incident closes with a paragraph.
func (t *turn) finalGaps(inc *incident.Incident, text string) []string {
	if inc.Level.Current == incident.LevelIV {
		return nil
	}
	var gaps []string
	for _, part := range finalParts {
		written := finalText(text, part.words)
		switch {
		case len([]rune(written)) < 2:
			gaps = append(gaps, part.name)
		case part.name == measures:
			gaps = append(gaps, t.measureGaps(written)...)
		}
	}
	return gaps
}

// finalText is what a final report says under one of these words, the first that is there.
func finalText(text string, words []string) string {
	said := map[string]string{}
	marks := finalPart.FindAllStringSubmatchIndex(text, -1)
	for n, m := range marks {
		end := len(text)
		if n+1 < len(marks) {
			end = marks[n+1][0]
		}
		said[text[m[2]:m[3]]] = strings.Trim(text[m[1]:end], " 。；;，,\n")
	}
	for _, w := range words {
		if said[w] != "" {
			return said[w]
		}
	}
	return ""
}

// measureGaps: a measure has somebody who answers for it, and a day.
func (t *turn) measureGaps(text string) []string {
	var gaps []string
	named := slices.ContainsFunc(t.Org.Units, func(u roster.Unit) bool { return u.Name != "" && strings.Contains(text, u.Name) })
	for _, p := range t.Org.People {
		named = named || strings.Contains(text, p.Name)
	}
	if !named {
		gaps = append(gaps, "防范措施的负责人")
	}
	if !someDay.MatchString(text) && !strings.Contains(text, "每") {
		gaps = append(gaps, "防范措施的日期")
	}
	return gaps
}
