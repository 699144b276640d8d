package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// stateWords are the states as people say them.
var stateWords = map[incident.State]string{
	incident.Draft: "未填完", incident.Submitted: "待通知", incident.AwaitingAck: "待签收", incident.Acked: "已签收",
	incident.Verifying: "核实中", incident.Handling: "处置中", incident.CalmWatch: "观察中", incident.FinalDue: "待终报",
	incident.FinalReview: "终报待批", incident.Closed: "已办结", incident.Merged: "已并入", incident.FalseReport: "误报结案",
	incident.Abandoned: "未填完作废", incident.Withdrawn: "已撤回", incident.Reopened: "已重开",
}

// StateWord is a state as people say it.
func StateWord(s incident.State) string { return stateWords[s] }

var verdictWords = map[incident.Verdict]string{
	incident.Pending: "待完成", incident.OnTime: "准时", incident.Excused: "不计", incident.Late: "晚",
	incident.LateGrave: "严重晚", incident.Missed: "缺",
}

// VerdictWord is a verdict as people say it. A pending one may already be past its limit, so its word does
// not speak of time.
func VerdictWord(v incident.Verdict) string { return verdictWords[v] }

// verdictNow is a verdict at the moment it is shown.
func verdictNow(v incident.Verdict, due, now time.Time) string {
	if v == incident.Pending && passed(due, now) {
		return "已过时限"
	}
	return VerdictWord(v)
}

// Registry shows the latest incidents.
func (v Voice) Registry(incs []*incident.Incident, now time.Time) bot.Message {
	return v.rows("台账", incs, "台账里还没有您能看的事件。要报舆情回“上报”。", now)
}

// Open shows those in hand.
func (v Voice) Open(incs []*incident.Incident, now time.Time) bot.Message {
	return v.rows("在办", incs, "现在没有在办的事件。", now)
}

// Mine shows those somebody reported, answers for or tracks.
func (v Voice) Mine(incs []*incident.Incident, now time.Time) bot.Message {
	return v.rows("我的", incs, "您还没有报过。要报舆情回“上报”。", now)
}

// rows are incidents, one line each, at most ten.
func (v Voice) rows(title string, incs []*incident.Incident, empty string, now time.Time) bot.Message {
	if len(incs) == 0 {
		return said(empty)
	}
	lines := []string{fmt.Sprintf("%s（%d）", title, len(incs))}
	for n, inc := range incs {
		if n == 10 {
			lines = append(lines, fmt.Sprintf("还有%d件，回“详情 编号”看。", len(incs)-n))
			break
		}
		lines = append(lines, fmt.Sprintf("%s %s %s｜%s", inc.Level.Current.Dot(), inc.Number, short(inc.Title, 18), v.status(inc, now)))
	}
	return said(strings.Join(lines, "\n"))
}

// status is an incident in a few words: what it waits for, and until when.
func (v Voice) status(inc *incident.Incident, now time.Time) string {
	switch inc.State {
	case incident.AwaitingAck:
		if inc.Ack.Due.IsZero() {
			return fmt.Sprintf("待%s签收", v.Name(inc.Officer))
		}
		return fmt.Sprintf("待%s签收（%s）", v.Name(inc.Officer), v.before(inc.Ack.Due, now))
	case incident.FinalDue:
		return v.finalBy(inc, now)
	case incident.Acked, incident.Verifying, incident.Handling, incident.Reopened:
		if inc.Slot.N > 0 {
			return fmt.Sprintf("待%s报%s（%s）", v.Name(inc.Tracker), incident.SlotName(inc.Slot.N), v.before(inc.Slot.Due, now))
		}
	}
	return StateWord(inc.State)
}

// nextDue is the limit in its status, zero if there is none.
func nextDue(inc *incident.Incident) time.Time {
	switch inc.State {
	case incident.AwaitingAck:
		return inc.Ack.Due
	case incident.FinalDue:
		return inc.Final.Due
	case incident.Acked, incident.Verifying, incident.Handling, incident.Reopened:
		if inc.Slot.N > 0 {
			return inc.Slot.Due
		}
	}
	return time.Time{}
}

// finalBy is when the final report is due.
func (v Voice) finalBy(inc *incident.Incident, now time.Time) string {
	switch {
	case inc.Final.Due.IsZero():
		return StateWord(incident.FinalDue)
	case passed(inc.Final.Due, now):
		return "终报" + v.stamp(inc.Final.Due, now) + "已到期"
	}
	return "终报" + v.stamp(inc.Final.Due, now) + "前"
}

// Detail is the registry entry in chat.
func (v Voice) Detail(inc *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	c.Head += " · " + StateWord(inc.State)
	for _, a := range inc.Answers {
		if a.Key != string(form.MeansTitle) && a.Text != "" {
			c.Facts = append(c.Facts, bot.Fact{Label: a.Label, Value: short(v.answer(inc, a, now), 120)})
		}
	}
	if proof := v.evidence(inc, 3, now); proof != "" {
		c.Facts = append(c.Facts, bot.Fact{Label: "证据", Value: proof})
	}
	c.Facts = append(c.Facts, bot.Fact{Label: "首报", Value: fmt.Sprintf("%s %s %s", v.Name(inc.Reporter), v.stamp(inc.ReportedAt, now), verdictNow(inc.FirstReport.Verdict, inc.FirstReport.Due, now))})
	if inc.Acked() {
		c.Facts = append(c.Facts, bot.Fact{Label: "签收", Value: fmt.Sprintf("%s %s", v.Name(inc.Ack.By), v.stamp(inc.Ack.At, now))})
	}
	c.Facts = append(c.Facts, v.Standing(inc, now)...)
	c.Facts = append(c.Facts, v.lastFollowUps(inc, 3, now)...)
	for _, r := range inc.Risks {
		c.Facts = append(c.Facts, bot.Fact{Label: r.Kind + "风险" + r.ID, Value: fmt.Sprintf("%s %s %s", r.About, v.Name(r.Person), riskWords[r.Status])})
	}
	c.Who = v.who(inc)
	if clock := v.status(inc, now); clock != StateWord(inc.State) { // the head says the state
		c.Clock, c.Due = clock, nextDue(inc)
		c.Overdue = passed(c.Due, now)
	}
	return carded(c)
}

// Standing is what has been verified, what may be said, what is still to be done, and what the press asks.
func (v Voice) Standing(inc *incident.Incident, now time.Time) []bot.Fact {
	var facts []bot.Fact
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, bot.Fact{Label: label, Value: zh.Mask(value)})
		}
	}
	for _, f := range inc.Verification.Facts {
		add("核实·"+f.Element, short(f.Value, 60)+open[f.Status]+because(f.Source))
	}
	if ver := inc.Verification; ver.Conclusion != "" {
		add("核实结论", fmt.Sprintf("%s（%s）%s", ver.Conclusion, v.Name(ver.By), short(ver.Reason, 60)))
	}
	add("口径", v.talkLine(inc, now))
	if all := len(inc.Tasks); all > 0 {
		add("任务", fmt.Sprintf("%d项，还有%d项没办完", all, len(inc.OpenTasks())))
	}
	for _, p := range inc.Parts {
		if p.Until.IsZero() {
			add("并入的", fmt.Sprintf("%s（%s %s报）", p.Number, v.Name(p.Reporter), v.stamp(p.Reported, now)))
		}
	}
	add("并入", inc.MergedInto())
	for _, r := range inc.Relations {
		if r.Main {
			add(r.Kind, r.To+"（为主）")
			continue
		}
		add(r.Kind, r.To)
	}
	for _, c := range inc.Corrections {
		if c.Status == incident.CorrectionMade {
			add("更正·"+c.Label, v.corrected(c, now))
		}
	}
	for _, q := range inc.Inquiries {
		add("媒体来询"+q.ID, v.inquiryStanding(q, now))
	}
	return facts
}

// evidence names the newest files that stand, each with when it came and from whom.
func (v Voice) evidence(inc *incident.Incident, most int, now time.Time) string {
	var files []string
	for _, e := range inc.Evidence {
		if !e.Withdrawn {
			files = append(files, fmt.Sprintf("%s（%s %s）", short(e.Name, 20), v.stamp(e.At, now), v.Name(e.By)))
		}
	}
	count := len(files)
	if count > most {
		return fmt.Sprintf("%s等%d份", list(files[count-most:]), count)
	}
	return list(files)
}

// answer is an answer as it reads now: 今天09:05 was said on the day of the report.
func (v Voice) answer(inc *incident.Incident, a incident.Answer, now time.Time) string {
	var times []string
	tell := func(t time.Time, what string) {
		if !t.IsZero() {
			times = append(times, v.day(t, now)+what)
		}
	}
	switch a.Key {
	case string(form.MeansFound):
		tell(inc.FoundAt, "")
	case string(form.MeansOccurred):
		tell(inc.OccurredAt, "发生")
		tell(inc.PublishedAt, "首发")
	}
	if len(times) == 0 {
		return a.Text
	}
	return strings.Join(times, "，")
}

var riskWords = map[string]string{
	incident.RiskOpen: "待说明", incident.RiskIsExplained: "已说明", incident.RiskIsDismissed: "已撤销", incident.RiskBecameFinding: "已认定",
}

// RiskWord is the status of a risk as people say it.
func RiskWord(status string) string { return riskWords[status] }

// Duty is one line of the duty table.
type Duty struct {
	Day    time.Time
	Person string
	Note   string
}

// DutyTable shows who is on duty.
func (v Voice) DutyTable(now string, table []Duty) bot.Message {
	lines := []string{"现在没有排值班。"}
	if now != "" {
		lines[0] = "现在值班：" + v.Name(now)
	}
	for _, d := range table {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", d.Day.Format("01-02"), weekday(d.Day), v.Name(d.Person), d.Note)))
	}
	return said(strings.Join(lines, "\n"))
}

func weekday(t time.Time) string {
	return "周" + []string{"日", "一", "二", "三", "四", "五", "六"}[t.Weekday()]
}
