package handlers

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// verify is 核实: facts by their elements, several in one message, and the conclusion.
func verify(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return inc.Acked() && t.mayVerify(inc) })
	if inc == nil || err != nil {
		return err
	}
	if !t.mayVerify(inc) {
		return t.mayNot("核实", inc)
	}
	act := t.verified()
	if len(act.Found) == 0 && act.Conclusion == "" {
		if inc.State.Over() || !inc.Acked() {
			return t.do(inc, act) // refused, with the reason
		}
		return t.reply(t.Voice.AskVerification(inc, t.Now))
	}
	if act.Conclusion == incident.ConclusionMistaken && act.Text == "" {
		return t.reply(t.Voice.WhyMistaken(inc))
	}
	if err := t.do(inc, act); err != nil {
		return err
	}
	if err := t.outdated("已核实", "核实"); err != nil {
		return err
	}
	if inc.State == incident.FalseReport {
		if err := t.outdated("已结案", "续报", "无新增", "同意", "接收"); err != nil {
			return err
		}
	}
	if err := t.tellHome("verified", "核实", t.Voice.Verified(inc, act, t.Now)); err != nil {
		return err
	}
	return t.askWhich(inc)
}

// mayVerify: verifiers and those who work on the incident.
func (t *turn) mayVerify(inc *incident.Incident) bool {
	return t.may("核实", inc)
}

// labelled is where a value begins: 规模：1杯.
var labelled = regexp.MustCompile(`(?:^|[；;。，,\s])(时间|地点|规模|性质|影响|后果|结论|来源|理由)\s*[:：]\s*`)

// state is what a value says of itself: 1杯（待核实）.
var state = regexp.MustCompile(`[（(\s，,]*(属实|已核实|待核实|未核实|不确定|不实)[）)]?$`)

// verified reads 时间：昨晚7点40；规模：1杯（待核实）；结论：属实. Pictures that come along are its evidence.
func (t *turn) verified() incident.Act {
	act := incident.Act{Kind: incident.Verified, By: t.person, At: t.at}
	text := zh.Clean(t.match.Rest)
	marks := labelled.FindAllStringSubmatchIndex(text, -1)
	source, reason := "", ""
	for n, m := range marks {
		end := len(text)
		if n+1 < len(marks) {
			end = marks[n+1][0]
		}
		label, value := text[m[2]:m[3]], strings.Trim(strings.TrimSpace(text[m[1]:end]), "；;，,。 ")
		switch {
		case value == "":
		case label == "来源":
			source = limit(value)
		case label == "理由":
			reason = limit(value)
		case label == "结论":
			act.Conclusion, act.Text = conclusion(value)
		default:
			act.Found = append(act.Found, fact(label, value))
		}
	}
	if reason != "" {
		act.Text = reason
	}
	if act.Conclusion == "" && len(marks) == 0 {
		act.Conclusion, act.Text = conclusion(text)
	}
	for n := range act.Found {
		act.Found[n].Source = source
		for _, e := range t.evidence() {
			act.Found[n].Evidence = append(act.Found[n].Evidence, e.SHA256)
		}
	}
	act.Evidence = t.evidence()
	return act
}

func fact(element, value string) incident.Fact {
	f := incident.Fact{Element: element, Value: limit(value), Status: incident.FactVerified}
	if m := state.FindStringSubmatchIndex(value); m != nil && m[0] > 0 {
		f.Value = limit(strings.TrimSpace(value[:m[0]]))
		switch value[m[2]:m[3]] {
		case "待核实", "未核实", "不确定":
			f.Status = incident.FactUnverified
		case "不实":
			f.Status = incident.FactUntrue
		}
	}
	return f
}

// conclusion reads 误报，是另一家公司的店.
func conclusion(text string) (string, string) {
	known := slices.Clone(incident.Conclusions)
	slices.SortFunc(known, func(a, b string) int { return len(b) - len(a) })
	for _, c := range known {
		if rest, ok := strings.CutPrefix(text, c); ok {
			return c, limit(strings.Trim(rest, " ，,。；;：:（）()"))
		}
	}
	return "", ""
}

// reopen is 重开 理由: what was closed goes on, with its clocks from now.
func reopen(t *turn) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return t.involved(inc) && inc.State == incident.FinalDue })
	if inc == nil || err != nil {
		return err
	}
	if !t.may("重开", inc) {
		return t.mayNot("重开", inc)
	}
	reason := limit(zh.Clean(t.match.Rest))
	if reason == "" {
		return t.reply(t.Voice.NeedWords("重开 又有顾客发视频"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.ReopenedAct, Text: reason}); err != nil {
		return err
	}
	return t.tellHome("reopened", "重开", t.Voice.Reopened(inc, t.person, reason, t.Now))
}
