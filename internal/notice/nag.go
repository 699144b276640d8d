package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Remind says that something will be due soon, and how to get it done.
func (v Voice) Remind(inc *incident.Incident, about string, now time.Time) bot.Message {
	d := inc.Duty(about)
	left, until := v.left(d.Due, now), v.at(d.Due, now)
	text := fmt.Sprintf("%s 还有%s到%s（%s）。请%s。", v.mention(d.Person), left, d.Name, until, makeGood(d.Name))
	switch about {
	case incident.AboutSlot:
		text = fmt.Sprintf("%s 还有%s到%s（%s）。回“续报”开始。", v.mention(d.Person), left, d.Name, until) + v.overlooked(inc, now)
		return v.nag(inc, text, d.Person, "续报", "无新增", "延期")
	case incident.AboutElements:
		text = fmt.Sprintf("%s 还有%s到要素截止（%s），还差：%s。回“补充”开始。", v.mention(d.Person), left, until, list(inc.Elements.Missing))
	case incident.AboutVerifyFull:
		text += v.unverified(inc)
	}
	return v.nag(inc, text, d.Person, doing(about))
}

// overlooked are other things overdue, said in passing.
func (v Voice) overlooked(inc *incident.Incident, now time.Time) string {
	var names []string
	for _, d := range inc.Overlooked(now) {
		names = append(names, d.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("已过时限：%s（%s）。", list(names), v.Name(inc.Officer))
}

// doing is the word that does what is owed.
func doing(about string) string {
	return map[string]string{incident.AboutElements: "补充", incident.AboutVerifyFirst: "核实", incident.AboutVerifyFull: "核实",
		incident.AboutTalk: "口径初稿", incident.AboutInterim: "小结", incident.AboutFinal: "终报", incident.AboutDebrief: "复盘"}[about]
}

// unverified is what keeps a verification from being full.
func (v Voice) unverified(inc *incident.Incident) string {
	if open := inc.Verification.Unverified(); len(open) > 0 {
		return "待核实：" + list(open) + "。"
	}
	return "六项已齐，还差结论。"
}

// nag asks one person for something; each word that helps is a button.
func (v Voice) nag(inc *incident.Incident, text, person string, say ...string) bot.Message {
	c := plate(inc)
	c.Lines, c.Buttons = []string{text}, buttons(inc, say...)
	return carded(c, person)
}

func (v Voice) left(due, now time.Time) string {
	return zh.ShowSpan(due.Sub(now.Truncate(time.Minute)))
}

// Due says that something is due now.
func (v Voice) Due(inc *incident.Incident, about string) bot.Message {
	d := inc.Duty(about)
	text := fmt.Sprintf("%s %s到期。请%s。", v.mention(d.Person), d.Name, makeGood(d.Name))
	switch about {
	case incident.AboutSlot:
		text = fmt.Sprintf("%s %s到期。回“续报＋内容”，没有变化回“无新增”。", v.mention(d.Person), d.Name)
		return v.nag(inc, text, d.Person, "续报", "无新增")
	case incident.AboutElements:
		text = fmt.Sprintf("%s 要素到期，还差：%s。回“补充”补上，不知道的回“不清楚”。", v.mention(d.Person), list(inc.Elements.Missing))
	case incident.AboutVerifyFull:
		text += v.unverified(inc)
	}
	return v.nag(inc, text, d.Person, doing(about))
}

// Risk says where the incident lives that something may become a fault.
func (v Voice) Risk(inc *incident.Incident, r incident.Risk, grace time.Duration) bot.Message {
	text := fmt.Sprintf("%s已过宽限%s，记【%s风险】%s，待说明。%s 请先%s，再回“说明＋原因”。", r.About, zh.ShowSpan(grace), r.Kind, r.ID, v.mention(r.Person), makeGood(r.About))
	if r.About == "签收" {
		text = fmt.Sprintf("催办已到最后一步仍无人签收，记【%s风险】%s。%s 请签收并回“说明＋原因”。", r.Kind, r.ID, v.mention(r.Person))
	}
	return carded(v.riskCard(inc, r, text), r.Person)
}

// makeGood is what to say to do what is owed, by what people call it.
func makeGood(name string) string {
	switch name {
	case "终报":
		return "回“终报＋内容”"
	case "要素补全":
		return "回“补充”"
	case "初步核实", "完整核实":
		return "回“核实”"
	case "口径初稿":
		return "回“口径初稿＋内容”"
	case "阶段小结":
		return "回“小结＋内容”"
	case "复盘":
		return "回“复盘＋内容”，底稿回“复盘”看"
	}
	return "回“续报＋内容”"
}

// RiskToHead tells the head privately.
func (v Voice) RiskToHead(inc *incident.Incident, r incident.Risk, grace time.Duration) bot.Message {
	text := fmt.Sprintf("%s：%s已过宽限%s，记【%s风险】%s，待%s说明。请您知悉。", inc.Number, r.About, zh.ShowSpan(grace), r.Kind, r.ID, v.Name(r.Person))
	if r.About == "签收" {
		text = fmt.Sprintf("%s：催办到最后一步仍无人签收，记【%s风险】%s（%s）。请您过问，或回“收到”由您签收。", inc.Number, r.Kind, r.ID, v.Name(r.Person))
	}
	c := v.riskCard(inc, r, text)
	c.Buttons = []bot.Button{{Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// RiskSecond tells the head again and offers to replace the tracker.
func (v Voice) RiskSecond(inc *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	c.Overdue = true
	c.Lines = []string{fmt.Sprintf("第二次提醒：%s仍未报，已晚%s，跟踪人%s。要换跟踪人，请回“移交给 姓名 %s”。",
		incident.SlotName(inc.Slot.N), zh.ShowSpan(now.Sub(inc.Slot.Due)), v.Name(inc.Tracker), inc.Number)}
	c.Buttons = []bot.Button{{Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// HardStop says that the last day for the final report has passed.
func (v Voice) HardStop(inc *incident.Incident, r incident.Risk) bot.Message {
	return carded(v.riskCard(inc, r, fmt.Sprintf("%s %s，记【%s风险】%s。请先%s，再回“说明＋原因”。", v.mention(r.Person), r.Reason, r.Kind, r.ID, makeGood(r.About))), r.Person)
}

// HardStopToLeader tells those above privately.
func (v Voice) HardStopToLeader(inc *incident.Incident, r incident.Risk) bot.Message {
	c := v.riskCard(inc, r, fmt.Sprintf("%s：%s，记【%s风险】%s，跟踪人%s。请您过问。", inc.Number, r.Reason, r.Kind, r.ID, v.Name(r.Person)))
	c.Buttons = []bot.Button{{Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// Missed says that a slot was given up. Numbers of slots stay.
func (v Voice) Missed(inc *incident.Incident, n int, r incident.Risk) bot.Message {
	return carded(v.riskCard(inc, r, fmt.Sprintf("%s整个时段未报，%s改记【%s风险】（%s）。请在%s一并说明这段时间的情况。",
		incident.SlotName(n), r.ID, r.Kind, r.About, incident.SlotName(n+1))))
}

// ElementsMissed says that elements stayed empty for a day.
func (v Voice) ElementsMissed(inc *incident.Incident, r incident.Risk) bot.Message {
	return carded(v.riskCard(inc, r, fmt.Sprintf("%s 要素过时限已久，还差：%s，%s改记【%s风险】。请回“补充”补上，不知道的回“不清楚”。", v.mention(r.Person), list(inc.Elements.Missing), r.ID, r.Kind)), r.Person)
}

func (v Voice) riskCard(inc *incident.Incident, r incident.Risk, text string) bot.Card {
	c := plate(inc)
	c.Lines, c.Overdue = []string{text}, true
	c.Buttons = []bot.Button{{Label: "说明", Say: "说明", Target: inc.Number, Primary: true}, {Label: "详情", Say: "详情", Target: inc.Number}}
	return c
}

// CatchUp is the one message an incident gets after an outage: when the service was away, and what is
// due now.
func (v Voice) CatchUp(inc *incident.Incident, from, to time.Time, lines []string, mentions []string) bot.Message {
	until := v.clock(to)
	if since := v.at(from, to); since != v.clock(from) {
		until = "今天" + until
	}
	return said(fmt.Sprintf("停机%s–%s，补发：%s", v.at(from, to), until, strings.Join(lines, "\n")), mentions...)
}

// CatchUpDue is a line of it: what fell due, and until when the grace runs now.
func (v Voice) CatchUpDue(d incident.Duty, now time.Time) string {
	name := d.Name
	if d.About == incident.AboutElements {
		name = "要素"
	}
	return fmt.Sprintf("%s（%s）已到期，宽限从现在起算至%s。%s 请%s。", name, v.at(d.Due, now), v.at(d.GraceTo, now), v.mention(d.Person), makeGood(d.Name))
}
