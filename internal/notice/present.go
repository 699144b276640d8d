package notice

import (
	"fmt"
	"slices"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// Present is the card of an incident as it stands now, for the group it lives in or, in private, for one
// person. It mentions nobody.
func (v Voice) Present(inc *incident.Incident, person string, now time.Time) bot.Message {
	c := v.card(inc)
	c.Head += " · " + StateWord(inc.State)
	c.Lines = v.standing(inc, now)
	c.Who = v.who(inc)
	if inc.State.Over() {
		c.Stale = v.ended(inc, now)
		return carded(c)
	}
	if status := v.status(inc, now); status != StateWord(inc.State) {
		c.Clock, c.Due = status, nextDue(inc)
		c.Overdue = passed(c.Due, now)
	}
	c.Buttons = presentButtons(inc)
	if person != "" && !slices.Contains([]string{inc.Officer, inc.Backup, inc.Tracker, inc.Reporter}, person) {
		c.Buttons = []bot.Button{{Label: "详情", Say: "详情", Target: inc.Number}}
	}
	return carded(c)
}

// Sealed is what is left of the card in a group when its incident became confidential.
func (v Voice) Sealed(inc *incident.Incident) bot.Message {
	return carded(bot.Card{Head: head(inc), Stale: "已转为保密办理，请勿转发"})
}

// standing is what has come of it so far.
func (v Voice) standing(inc *incident.Incident, now time.Time) []string {
	var lines []string
	if inc.Acked() {
		lines = append(lines, fmt.Sprintf("%s %s 签收。", v.Name(inc.Ack.By), v.at(inc.Ack.At, now)))
	}
	if inc.Level.Provisional {
		lines = append(lines, fmt.Sprintf("临时升级，%s前待确认。", v.at(inc.Level.Lapses, now)))
	}
	if c := inc.Verification.Conclusion; c != "" {
		lines = append(lines, fmt.Sprintf("核实：%s（%s）", c, v.Name(inc.Verification.By)))
	}
	if n := len(inc.FollowUps); n > 0 {
		if last := inc.FollowUps[n-1]; !last.At.IsZero() {
			lines = append(lines, fmt.Sprintf("%s：%s", incident.SlotName(last.N), short(last.Text, 60)))
		}
	}
	for _, r := range inc.Risks {
		if r.Status == incident.RiskOpen {
			lines = append(lines, fmt.Sprintf("【%s风险】%s 待%s说明。", r.Kind, r.ID, v.Name(r.Person)))
		}
	}
	for _, q := range inc.OpenInquiries() {
		lines = append(lines, fmt.Sprintf("媒体来询 %s：%s。", q.ID, v.inquiryStanding(q, now)))
	}
	if len(inc.Elements.Missing) > 0 && !inc.State.Over() {
		lines = append(lines, "还差："+list(inc.Elements.Missing)+"。")
	}
	return lines
}

func (v Voice) who(inc *incident.Incident) string {
	who := "责任人：" + v.officer(inc)
	if inc.Acked() && inc.Tracker != "" {
		who += "　跟踪人：" + v.Name(inc.Tracker)
	}
	return who
}

// ended says how it is over.
func (v Voice) ended(inc *incident.Incident, now time.Time) string {
	if inc.ClosedAt.IsZero() {
		return StateWord(inc.State)
	}
	return v.stamp(inc.ClosedAt, now) + " " + StateWord(inc.State)
}

// presentButtons are what can be done next.
func presentButtons(inc *incident.Incident) []bot.Button {
	say := []string{"补充", "详情"}
	switch {
	case !inc.Acked():
		say = []string{"签收", "转办", "补充", "升级"}
	case inc.State == incident.FinalDue:
		say = []string{"终报", "详情"}
	case inc.State == incident.FinalReview:
		say = []string{"详情"}
	case inc.Slot.N > 0:
		say = []string{"续报", "补充", "升级", "详情"}
	}
	return buttons(inc, say...)
}

// buttons stand for words about an incident; the first is the one to press.
func buttons(inc *incident.Incident, say ...string) []bot.Button {
	var out []bot.Button
	for n, word := range say {
		out = append(out, bot.Button{Label: word, Say: word, Target: inc.Number, Primary: n == 0 && word != "详情"})
	}
	return out
}

// alive marks the card of a message as one that follows its incident.
func alive(m bot.Message) bot.Message {
	m.Lives = true
	return m
}

// Withdrawn stands in the registry of messages for one that was taken back.
func (v Voice) Withdrawn() bot.Message { return said("（已撤回）") }

// LeftInGroup asks the officer of an incident that has become confidential to see to what was said before.
func (v Voice) LeftInGroup(inc *incident.Incident, group string) bot.Message {
	return said(fmt.Sprintf("%s已转为保密，但“%s”里先前的话我撤不回。请提醒群里不要再传，能撤的请本人撤回。", inc.Number, group))
}
