package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// FollowedUp confirms a follow-up and says when the next is due.
func (v Voice) FollowedUp(inc *incident.Incident, now time.Time) bot.Message {
	f := inc.FollowUps[len(inc.FollowUps)-1]
	name := incident.SlotName(f.N)
	text := name + "已收，准时。"
	switch {
	case f.Verdict == incident.Late || f.Verdict == incident.LateGrave:
		text = fmt.Sprintf("%s已收，晚%s。", name, zh.ShowSpan(f.At.Truncate(time.Minute).Sub(f.Due)))
		if r, ok := inc.RiskToExplain(f.By, ""); ok && r.About == name {
			text += r.ID + "可回“说明”补原因。"
		}
	case f.Verdict == incident.Excused:
		text = fmt.Sprintf("%s已收%s。", name, because(f.Note))
	case f.Note != "":
		text = fmt.Sprintf("%s已收，准时（%s）。", name, f.Note)
	}
	if inc.Slot.N > 0 {
		text += "下次" + v.at(inc.Slot.Due, now) + "。"
	}
	return said(text)
}

// DuplicateFollowUp says that the slot was filled; what came with it is kept as an addition.
func (v Voice) DuplicateFollowUp(inc *incident.Incident, e *incident.Refusal, kept bool, now time.Time) bot.Message {
	text := fmt.Sprintf("%s已收（%s %s）。", incident.SlotName(e.Slot), v.Name(e.Who), v.clock(e.At))
	if kept {
		text += "这条已记为补充。"
	}
	if inc.Slot.N > 0 {
		text += fmt.Sprintf("下一次是%s，%s。", incident.SlotName(inc.Slot.N), v.at(inc.Slot.Due, now))
	}
	return said(text)
}

// Explained confirms the explanation of a risk.
func (v Voice) Explained(r incident.Risk) bot.Message {
	return said(fmt.Sprintf("%s的说明已记入：%s。", r.ID, words(short(r.Explanation, 60))))
}

// ExtensionAsked asks judge for a decision.
func (v Voice) ExtensionAsked(inc *incident.Incident, judge string, now time.Time) bot.Message {
	e := inc.Extension
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s %s申请把%s从%s延到%s，理由：%s。请回“同意”或“不同意＋理由”，答复前仍按%s。",
		v.mention(judge), v.Name(e.By), incident.SlotName(e.Slot), v.at(e.Old, now), v.at(e.New, now), words(short(e.Reason, 60)), v.at(e.Old, now))}
	c.Buttons = []bot.Button{{Label: "同意", Say: "同意", Target: inc.Number, Primary: true}, {Label: "不同意", Say: "不同意", Target: inc.Number}}
	return carded(c, judge)
}

// ExtensionDecided tells the tracker.
func (v Voice) ExtensionDecided(inc *incident.Incident, e incident.Extension, reason string, now time.Time) bot.Message {
	if e.State == "approved" {
		return said(fmt.Sprintf("%s同意延期。%s改为%s前。", v.Name(e.Judge), incident.SlotName(e.Slot), v.at(e.New, now)))
	}
	still := fmt.Sprintf("%s仍是%s前。", incident.SlotName(e.Slot), v.at(e.Old, now))
	if passed(e.Old, now) {
		still = fmt.Sprintf("%s已在%s到期，请尽快回“续报＋内容”。", incident.SlotName(e.Slot), v.at(e.Old, now))
	}
	return said(fmt.Sprintf("%s %s没有同意延期%s，%s", v.mention(e.By), v.Name(e.Judge), because(reason), still), e.By)
}

// HandoverAsked asks the new tracker and shows what comes with the duty.
func (v Voice) HandoverAsked(inc *incident.Incident, now time.Time) bot.Message {
	h := inc.Handover
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s 请回“接收”：%s把%s的跟踪移交给您%s。接收前仍由%s负责。", v.mention(h.To), v.Name(h.From), inc.Number, because(h.Reason), v.Name(h.From))}
	c.Who = "责任人：" + v.officer(inc)
	c.Buttons = []bot.Button{{Label: "接收", Say: "接收", Target: inc.Number, Primary: true}, {Label: "详情", Say: "详情", Target: inc.Number}}
	if inc.Slot.N > 0 {
		c.Clock, c.Due = fmt.Sprintf("下次%s %s", incident.SlotName(inc.Slot.N), v.at(inc.Slot.Due, now)), inc.Slot.Due
	} else if !inc.Final.Due.IsZero() {
		c.Clock, c.Due = "终报 "+v.at(inc.Final.Due, now), inc.Final.Due
	}
	c.Overdue = passed(c.Due, now)
	if len(inc.Elements.Missing) > 0 {
		c.Lines = append(c.Lines, "还差要素："+list(inc.Elements.Missing)+"。")
	}
	if talk := v.talkLine(inc, now); talk != "" {
		c.Facts = append(c.Facts, bot.Fact{Label: "口径", Value: talk})
	}
	c.Facts = append(c.Facts, v.lastFollowUps(inc, 3, now)...)
	return carded(c, h.To)
}

func (v Voice) lastFollowUps(inc *incident.Incident, most int, now time.Time) []bot.Fact {
	var facts []bot.Fact
	for n := len(inc.FollowUps) - 1; n >= 0 && len(facts) < most; n-- {
		f := inc.FollowUps[n]
		text := "未报"
		if f.Verdict == incident.Excused {
			text = "未报" + because(f.Note)
		}
		if !f.At.IsZero() {
			text = v.at(f.At, now) + " " + short(f.Text, 40)
		}
		facts = append(facts, bot.Fact{Label: incident.SlotName(f.N), Value: text})
	}
	return facts
}

// HandedOver names the new tracker.
func (v Voice) HandedOver(inc *incident.Incident, now time.Time) bot.Message {
	text := fmt.Sprintf("%s的跟踪人改为%s。", inc.Number, v.Name(inc.Tracker))
	if inc.Slot.N > 0 {
		text += fmt.Sprintf("下次%s，%s。", incident.SlotName(inc.Slot.N), v.at(inc.Slot.Due, now))
	}
	return said(text)
}

// Added confirms an addition.
func (v Voice) Added(inc *incident.Incident, what []string) bot.Message {
	text := "已记入。"
	if len(what) > 0 {
		text = "已记入：" + words(short(strings.Join(what, "；"), 80)) + "。"
	}
	if len(inc.Elements.Missing) > 0 {
		text += "还差：" + list(inc.Elements.Missing) + "。"
	}
	return said(text)
}

// MaterialChange tells the tracker of a material change and by when to follow up.
func (v Voice) MaterialChange(inc *incident.Incident, now time.Time, moved bool) bot.Message {
	m := inc.Material
	text := fmt.Sprintf("情况有变：%s。", words(short(m.Text, 40)))
	if inc.Tracker != "" {
		text += v.mention(inc.Tracker) + " "
	}
	switch {
	case inc.Slot.N == 0:
		text += "请留意。"
	case moved && m.Merged:
		text += fmt.Sprintf("续报本应%s前，夜间%s顺延至%s，并入%s。", v.clock(m.Wanted), inc.Level.Current.Grade(), v.tomorrow(m.Due, now)+v.clock(m.Due), incident.SlotName(inc.Slot.N))
	case m.Merged:
		text += fmt.Sprintf("请写进%s（%s）。", incident.SlotName(inc.Slot.N), v.before(inc.Slot.Due, now))
	default:
		text += fmt.Sprintf("请在%s前报%s。", v.at(inc.Slot.Due, now), incident.SlotName(inc.Slot.N))
	}
	return said(text, inc.Tracker)
}

// tomorrow is the word for the day of t, if it is tomorrow.
func (v Voice) tomorrow(t, now time.Time) string {
	if strings.HasPrefix(v.at(t, now), "明") {
		return "明天"
	}
	return ""
}

// NotedInTopic tells somebody who wrote elsewhere where their words went.
func (v Voice) NotedInTopic(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("已记入 %s 话题。请在该话题内补充。", inc.Number))
}

// AddedFrom repeats in the incident's topic what was said elsewhere.
func (v Voice) AddedFrom(person, text string) bot.Message {
	return said(fmt.Sprintf("%s补充：%s", v.Name(person), short(text, 200)))
}
