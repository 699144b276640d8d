package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"fenghuo/internal/incident"
)

// Measure is one preventive measure of a final report: what is to be done, by whom, until when, as written.
type Measure struct {
	Title string
	Who   string // the name found in it; empty if none
	When  string // 4月底, 3天内, 每周; empty if none
}

var (
	clauseEnd = regexp.MustCompile(`[；;。\n]+`)
	listMark  = regexp.MustCompile(`^[\s(（]*(?:\d{1,2}[.、)）]|[一二三四五六七八九十][、.]|[①-⑳])\s*`)
	whenWords = regexp.MustCompile(`\d{1,2}月\d{1,2}[日号]|\d{1,2}月[底末]|月底|月末|年底|本周|下周|本月|下月|每[周月季天日]|\d+个?(?:小时|工作日|天|日|周|月)内`)
	within    = regexp.MustCompile(`^(\d+)个?(小时|工作日|天|日|周)内$`)
	loose     = regexp.MustCompile(`[，,、\s]*(?:由|请)?$`)
)

// Measures reads the measures one by one; whose finds the name a clause speaks of.
func Measures(text string, whose func(clause string) string) []Measure {
	var out []Measure
	for _, clause := range clauseEnd.Split(text, -1) {
		clause = strings.Trim(listMark.ReplaceAllString(clause, ""), " ，,、　")
		if len([]rune(clause)) < 4 {
			continue
		}
		out = append(out, Measure{Title: bare(clause, whose(clause)), Who: whose(clause), When: whenWords.FindString(clause)})
	}
	return out
}

// bare is a clause without who answers for it at its end: 每周抽检，孙恪负责.
func bare(clause, who string) string {
	head, tail, found := strings.Cut(clause, who)
	if who == "" || !found || len([]rune(tail)) > 8 || len([]rune(head)) < 4 || strings.ContainsAny(tail, "）)") {
		return shorten(clause)
	}
	return shorten(loose.ReplaceAllString(head, ""))
}

// shorten cuts a title to what a file of plans takes.
func shorten(title string) string {
	if r := []rune(title); len(r) > LongestTitle {
		return string(r[:LongestTitle-1]) + "…"
	}
	return title
}

// Line is a task as the file of plans takes it, down to a level. A time within it becomes the due time; any
// other stays a remark for whoever edits the file.
func (m Measure) Line(owner string, least incident.Level) string {
	due := "24h"
	if span := within.FindStringSubmatch(m.When); span != nil {
		if n, err := strconv.Atoi(span[1]); err == nil && n > 0 && n < 1000 {
			due = spanOf(n, span[2])
		}
	}
	var levels []string
	for _, l := range incident.Levels() {
		if l <= least {
			levels = append(levels, fmt.Sprintf("%s: %s", l, due))
		}
	}
	line := fmt.Sprintf("- {title: %q, owner: %s, due: {%s}}", m.Title, owner, strings.Join(levels, ", "))
	var remarks []string
	for _, r := range []string{m.Who, m.When} {
		if r != "" {
			remarks = append(remarks, r)
		}
	}
	if len(remarks) > 0 {
		line += " # " + strings.Join(remarks, "，")
	}
	return line
}

func spanOf(n int, unit string) string {
	switch unit {
	case "小时":
		return fmt.Sprintf("%dh", n)
	case "工作日":
		return fmt.Sprintf("%dwd", n)
	case "周":
		return fmt.Sprintf("%dh", n*7*24)
	}
	return fmt.Sprintf("%dh", n*24)
}
