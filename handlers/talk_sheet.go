package handlers

import (
	"regexp"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

var sheetLabel = regexp.MustCompile(`(?:^|[；;。\n]\s*)(一句话立场|立场|已核实事实|事实|可以说|不能说|不要说|暂不回应|客服话术|客服|对内|内部|谁说|发言人|问|答)\s*[:：]`)

// readSheet reads talking points by their labels: 立场：…；事实：…；不能说：…；问：…；答：…. What stands before the
// first label, or all of it without any, is the stance.
func readSheet(text string) incident.Sheet {
	var s incident.Sheet
	marks := sheetLabel.FindAllStringSubmatchIndex(text, -1)
	first := len(text)
	if len(marks) > 0 {
		first = marks[0][0]
	}
	s.Stance = sheetText(text[:first])
	for n, m := range marks {
		end := len(text)
		if n+1 < len(marks) {
			end = marks[n+1][0]
		}
		value := sheetText(text[m[1]:end])
		if value == "" {
			continue
		}
		switch text[m[2]:m[3]] {
		case "立场", "一句话立场":
			s.Stance = value
		case "事实", "已核实事实":
			s.Facts = append(s.Facts, items(value, "；;\n")...)
		case "可以说":
			s.May = append(s.May, items(value, "；;\n")...)
		case "不能说", "不要说", "暂不回应":
			s.Forbidden = append(s.Forbidden, items(value, "；;、\n")...)
		case "客服", "客服话术":
			s.Service = value
		case "对内", "内部":
			s.Inside = value
		case "谁说", "发言人":
			s.Speakers = value
		case "问":
			s.Answers = append(s.Answers, incident.QA{Q: value})
		case "答":
			if n := len(s.Answers); n > 0 && s.Answers[n-1].A == "" {
				s.Answers[n-1].A = value
			}
		}
	}
	return s
}

func sheetText(text string) string { return limit(zh.Mask(strings.Trim(text, "；;，,。 \n\t"))) }

func items(text, seps string) []string {
	var out []string
	for _, item := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(seps, c) }) {
		if item = sheetText(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}
