package notice

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// VerificationFields are the fields of the card on which a verification is written, by their labels.
var VerificationFields = append(slices.Clone(incident.FactElements), "结论", "来源")

// AskVerification asks for the six elements; what is known already stands there.
func (v Voice) AskVerification(inc *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	c.Lines = []string{
		fmt.Sprintf("核实六要素（初步%s）：时间、地点、规模、性质、影响、后果，可以分几次报。", v.before(inc.Verification.FirstDue, now)),
		"例：“核实 规模：1杯，同批次已封存；后果：无不适（待核实）；结论：属实”。",
	}
	f := &bot.Form{Name: "核实", Submit: bot.Button{Label: "提交核实", Say: "核实", Target: inc.Number, Primary: true}}
	for _, element := range incident.FactElements {
		in := bot.Input{Key: element, Label: element, Kind: bot.InputText, Hint: "没把握的写“（待核实）”"}
		if known := v.known(inc, element, now); known != "" {
			in.Value = []string{known}
		}
		f.Inputs = append(f.Inputs, in)
	}
	f.Inputs = append(f.Inputs, bot.Input{Key: "结论", Label: "结论", Kind: bot.InputChoice, Options: incident.Conclusions[:3]}, bot.Input{Key: "来源", Label: "来源", Kind: bot.InputText, Hint: "如“店长、监控”"})
	c.Form = f
	return carded(c)
}

// known is an element as it was verified or, until then, reported.
func (v Voice) known(inc *incident.Incident, element string, now time.Time) string {
	if f, ok := inc.Verification.Fact(element); ok {
		return f.Value + open[f.Status]
	}
	said := ""
	switch element {
	case "时间":
		if !inc.OccurredAt.IsZero() {
			said = v.stamp(inc.OccurredAt, now)
		}
	case "地点":
		said = inc.Subject
	case "性质":
		said = inc.Nature
	case "影响":
		said = list(inc.Impact)
	}
	if said != "" {
		said += "（待核实）"
	}
	return said
}

// open marks a value that is not sure, or not so.
var open = map[string]string{incident.FactUnverified: "（待核实）", incident.FactUntrue: "（不实）"}

// WhyMistaken asks why a report is to be closed as mistaken, and tells it from a rumour.
func (v Voice) WhyMistaken(inc *incident.Incident) bot.Message {
	return said("误报是指与我们无关、或没有这回事也没人在传，会直接结案，不扣分。请写理由，例：“核实 误报，是别家门店”。如果是假消息在传，请回“核实 结论：不实”。")
}

// Verified confirms what was verified and says what is still open.
func (v Voice) Verified(inc *incident.Incident, a incident.Act, now time.Time) bot.Message {
	var parts []string
	ver := inc.Verification
	if len(a.Found) > 0 {
		var names []string
		for _, f := range a.Found {
			names = append(names, f.Element+"："+short(f.Value, 24)+open[f.Status])
		}
		parts = append(parts, "已记入核实："+strings.Join(names, "；")+"。")
	}
	if ver.FirstAt.Equal(a.At) && a.Conclusion != incident.ConclusionMistaken {
		parts = append(parts, fmt.Sprintf("初步核实完成（%s）。", v.judged(ver.FirstVerdict)))
	}
	if a.Conclusion != "" {
		parts = append(parts, v.concluded(inc, a))
	}
	if inc.State != incident.FalseReport {
		parts = append(parts, v.stillOpen(ver, now))
	}
	return said(strings.Join(kept(parts), ""))
}

func (v Voice) judged(verdict incident.Verdict) string {
	if verdict == incident.OnTime {
		return "准时"
	}
	return "晚于时限"
}

// concluded says what a conclusion means for what comes next.
func (v Voice) concluded(inc *incident.Incident, a incident.Act) string {
	switch a.Conclusion {
	case incident.ConclusionUntrue:
		return fmt.Sprintf("%s核实：内容不实%s。假消息在传也要处置，类别改为“不实信息”，续报照旧；报告人没有报错。", v.Name(a.By), because(a.Text))
	case incident.ConclusionMistaken:
		return fmt.Sprintf("%s核实：误报%s。%s结案，续报停止，不扣分；谢谢%s及时上报。", v.Name(a.By), because(a.Text), inc.Number, v.Name(inc.Reporter))
	}
	return fmt.Sprintf("%s核实：%s%s。", v.Name(a.By), a.Conclusion, because(a.Text))
}

func (v Voice) stillOpen(ver incident.Verification, now time.Time) string {
	switch {
	case len(ver.Missing()) > 0:
		return fmt.Sprintf("还差：%s（初步核实%s）。", list(ver.Missing()), v.before(ver.FirstDue, now))
	case len(ver.Unverified()) > 0:
		return fmt.Sprintf("待核实：%s（完整核实%s）。", list(ver.Unverified()), v.before(ver.FullDue, now))
	case ver.Conclusion == "":
		return "六要素已齐，请回“核实 结论：属实”（或部分属实、不实、误报）。"
	}
	return ""
}

// Reopened says that an incident goes on.
func (v Voice) Reopened(inc *incident.Incident, by, reason string, now time.Time) bot.Message {
	text := fmt.Sprintf("%s重开%s%s。", v.Name(by), inc.Number, because(short(reason, 60)))
	if inc.Slot.N > 0 {
		text += fmt.Sprintf("%s 请在%s前报%s。", v.mention(inc.Tracker), v.at(inc.Slot.Due, now), incident.SlotName(inc.Slot.N))
	}
	return said(text, inc.Tracker)
}
