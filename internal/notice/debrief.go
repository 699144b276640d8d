package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/wording"
)

// Breach is something said or written that did not fit the talking points of its time.
type Breach struct {
	Source  string // 答复M-1, 续报二
	Version int
	wording.Finding
	Words string // of the source, those found
}

// breachesShown is how many are told of one by one.
const breachesShown = 10

// Debrief is what the registry knows for a debrief: each deadline with what became of it, the talking points by
// version, and what did not fit them.
func (v Voice) Debrief(inc *incident.Incident, found []Breach, now time.Time) bot.Message {
	c := plate(inc)
	c.Head += " · 复盘底稿"
	onTime, other := 0, 0
	c.Lines = append(c.Lines, "")
	for _, d := range v.deadlines(inc) {
		c.Lines = append(c.Lines, v.deadlineLine(d, now))
		switch d.verdict {
		case incident.OnTime:
			onTime++
		case incident.Late, incident.LateGrave, incident.Missed:
			other++
		}
	}
	c.Lines[0] = fmt.Sprintf("一、时限：准时%d，晚或缺%d", onTime, other)
	c.Lines = append(c.Lines, fmt.Sprintf("二、风险：%d", len(inc.Risks)))
	for _, r := range inc.Risks {
		c.Lines = append(c.Lines, fmt.Sprintf("%s %s %s %s %s", r.ID, r.Kind, r.About, v.Name(r.Person), riskWords[r.Status]))
	}
	c.Lines = append(c.Lines, fmt.Sprintf("三、口径：%d版", len(inc.Talk.Versions)))
	for _, p := range inc.Talk.Versions {
		c.Lines = append(c.Lines, v.versionLine(p, now))
	}
	c.Lines = append(c.Lines, fmt.Sprintf("四、与当时口径不符：%d处", len(found)))
	for _, b := range found[:min(len(found), breachesShown)] {
		c.Lines = append(c.Lines, fmt.Sprintf("%s（口径v%d）“%s”%s", b.Source, b.Version, short(b.Words, 40), against(b.Finding)))
	}
	if open := len(inc.OpenTasks()); len(inc.Tasks) > 0 {
		c.Lines = append(c.Lines, fmt.Sprintf("五、任务：%d项，没办完%d项", len(inc.Tasks), open))
	}
	c.Foot = "照登记整理，只核对写下来的字。"
	return carded(c)
}

// deadline is something that was due.
type deadline struct {
	name    string
	due, at time.Time
	verdict incident.Verdict
	note    string
}

func (v Voice) deadlines(inc *incident.Incident) []deadline {
	ver := inc.Verification
	all := []deadline{
		{"首报", inc.FirstReport.Due, inc.FirstReport.At, inc.FirstReport.Verdict, ""},
		{"签收", inc.Ack.Due, inc.Ack.At, inc.Ack.Verdict, ""},
		{"要素", inc.Elements.Due, inc.Elements.At, inc.Elements.Verdict, ""},
		{"初步核实", ver.FirstDue, ver.FirstAt, ver.FirstVerdict, ""},
		{"完整核实", ver.FullDue, ver.FullAt, ver.FullVerdict, ""},
		{"口径初稿", inc.Talk.Due, inc.Talk.At, inc.Talk.Verdict, ""},
	}
	for _, f := range inc.FollowUps {
		all = append(all, deadline{incident.SlotName(f.N), f.Due, f.At, f.Verdict, f.Note})
	}
	for _, p := range []struct {
		name string
		incident.Paper
	}{{"阶段小结", inc.Interim}, {"终报", inc.Final}, {"复盘", inc.Debrief}} {
		all = append(all, deadline{p.name, p.Due, p.At, p.Verdict, p.Note})
	}
	due := all[:0]
	for _, d := range all {
		if !d.due.IsZero() {
			due = append(due, d)
		}
	}
	return due
}

func (v Voice) deadlineLine(d deadline, now time.Time) string {
	done, verdict := "还没有", d.verdict
	if verdict == "" {
		verdict = incident.Pending
	}
	if !d.at.IsZero() {
		done = v.stamp(d.at, now)
	}
	line := fmt.Sprintf("%s：应%s，实%s，%s", d.name, v.stamp(d.due, now), done, verdictNow(verdict, d.due, now))
	if d.note != "" {
		line += "（" + d.note + "）"
	}
	return line
}

func (v Voice) versionLine(p incident.TalkingPoint, now time.Time) string {
	switch {
	case p.Refused != nil:
		return fmt.Sprintf("v%d %s没有同意%s", p.Version, v.Name(p.Refused.By), because(short(p.Refused.Text, 40)))
	case p.ValidFrom.IsZero():
		return fmt.Sprintf("v%d %s起草，没有生效", p.Version, v.Name(p.By))
	}
	return fmt.Sprintf("v%d %s起生效%s，%s同意", p.Version, v.stamp(p.ValidFrom, now), v.talkUntil(p, now), v.names(p.AgreedBy()))
}

// DebriefFiled asks judge for a word on the debrief.
func (v Voice) DebriefFiled(inc *incident.Incident, judge string) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("复盘已收%s。%s 请回“通过复盘”，或“退回复盘＋原因”。", filed(inc.Debrief), v.mention(judge)), short(inc.Debrief.Text, 300)}
	c.Buttons = []bot.Button{{Label: "通过复盘", Say: "通过复盘", Target: inc.Number, Primary: true}, {Label: "退回复盘", Say: "退回复盘", Target: inc.Number}}
	return carded(c, judge)
}

// DebriefAccepted says that nothing is left to do.
func (v Voice) DebriefAccepted(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s通过了 %s 的复盘。谢谢%s。", v.Name(inc.Debrief.ApprovedBy), inc.Number, v.Name(inc.Debrief.By)))
}

// DebriefReturned tells who wrote it why.
func (v Voice) DebriefReturned(inc *incident.Incident) bot.Message {
	last := inc.Debrief.Returned[len(inc.Debrief.Returned)-1]
	return said(fmt.Sprintf("%s %s退回复盘：%s。改好后再回“复盘＋内容”。", v.mention(inc.Debrief.By), v.Name(last.By), words(last.Text)), inc.Debrief.By)
}
