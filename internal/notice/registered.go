package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Registered tells the conversation of a new incident, @-mentions its officer and says what is missing.
func (v Voice) Registered(inc *incident.Incident, now time.Time) bot.Message {
	c := v.card(inc)
	c.Lines = []string{
		fmt.Sprintf("已登记 %s。%s", tag(inc), v.firstReport(inc)),
		fmt.Sprintf("%s 请于%s前签收。", v.mention(inc.Officer), v.at(inc.Ack.Due, now)),
	}
	mentions := []string{inc.Officer}
	if line := v.missing(inc, now); line != "" {
		c.Lines = append(c.Lines, line)
		mentions = append(mentions, inc.Reporter)
	}
	c.Who = "责任人：" + v.officer(inc)
	v.ackBy(&c, inc, now)
	c.Buttons = presentButtons(inc)
	c.Foot = "也可直接回“收到”。"
	return alive(carded(c, mentions...))
}

// RegisteredFor tells a reporter who filled the form elsewhere, or of a restricted incident.
func (v Voice) RegisteredFor(inc *incident.Incident, now time.Time) bot.Message {
	text := fmt.Sprintf("已登记 %s。%s已请%s签收。", tag(inc), v.firstReport(inc), v.Name(inc.Officer))
	if len(inc.Elements.Missing) > 0 {
		text += fmt.Sprintf("还差：%s，%s，回“补充”接着填。", list(inc.Elements.Missing), v.supplyBy(inc, now))
	}
	return said(text)
}

// RegisteredQuiet tells the reporter of an incident whose officer is not disturbed now. Nobody is @-ed.
func (v Voice) RegisteredQuiet(inc *incident.Incident, due, now time.Time, holiday string) bot.Message {
	when := "夜间"
	if holiday != "" {
		when = "节假日夜间"
		if h := now.In(v.Zone).Hour(); h >= 8 && h < 22 {
			when = "节假日"
		}
	} else if h := now.In(v.Zone).Hour(); h >= 8 && h < 22 {
		when = "非工作时间"
	}
	digest := "日报"
	if holiday != "" {
		digest = "节日值班日报"
	}
	c := v.card(inc)
	c.Lines = []string{fmt.Sprintf("已登记 %s。%s现在是%s，%s不打扰责任人；将于%s起算签收时限（%s前），%s会列出。",
		tag(inc), v.firstReport(inc), when, inc.Level.Current.Grade(), v.at(inc.Ack.Planned, now), v.clock(due), digest)}
	if len(inc.Elements.Missing) > 0 {
		c.Lines = append(c.Lines, fmt.Sprintf("还差：%s，%s。", list(inc.Elements.Missing), v.supplyBy(inc, now)))
	}
	c.Buttons = buttons(inc, "补充", "详情")
	return alive(carded(c))
}

// Call is the first @ of an officer that had to wait, or that starts anew for another officer.
func (v Voice) Call(inc *incident.Incident, now time.Time, why string) bot.Message {
	c := v.card(inc)
	c.Lines = []string{fmt.Sprintf("%s %s请于%s前签收%s。", v.mention(inc.Officer), why, v.at(inc.Ack.Due, now), inc.Number)}
	c.Who = "责任人：" + v.officer(inc)
	v.ackBy(&c, inc, now)
	c.Buttons = buttons(inc, "签收", "转办", "详情")
	c.Foot = "也可直接回“收到”。"
	return alive(carded(c, inc.Officer))
}

// Reassigned is the first @ of an officer whom somebody put in another's place.
func (v Voice) Reassigned(inc *incident.Incident, by string, now time.Time) bot.Message {
	return v.Call(inc, now, v.Name(by)+"转办。")
}

// ToldAtOnce tells a leader privately of a new incident.
func (v Voice) ToldAtOnce(inc *incident.Incident, now time.Time) bot.Message {
	c := v.card(inc)
	c.Lines = []string{fmt.Sprintf("新登记 %s，%s报。已请%s于%s前签收，您先知悉。", tag(inc), v.Name(inc.Reporter), v.Name(inc.Officer), v.at(inc.Ack.Due, now))}
	c.Buttons = buttons(inc, "详情")
	return alive(carded(c))
}

// Pointer is the one line a group gets when an incident was reported elsewhere.
func (v Voice) Pointer(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("已登记 %s：%s。", tag(inc), short(inc.Title, 30)))
}

func (v Voice) card(inc *incident.Incident) bot.Card {
	c := plate(inc)
	if where := whereSeen(inc); where != "" {
		c.Facts = append(c.Facts, bot.Fact{Label: "在哪看到", Value: where})
	}
	if inc.Subject != "" {
		c.Facts = append(c.Facts, bot.Fact{Label: "涉及", Value: inc.Subject})
	}
	if len(inc.Impact) > 0 {
		c.Facts = append(c.Facts, bot.Fact{Label: "现状", Value: list(inc.Impact)})
	}
	return c
}

// whereSeen is where, and how much there is to look at: 抖音（链接1条、截图2份）.
func whereSeen(inc *incident.Incident) string {
	var parts []string
	if n := len(inc.Links); n > 0 {
		parts = append(parts, fmt.Sprintf("链接%d条", n))
	}
	pictures, others := 0, 0
	for _, e := range inc.Evidence {
		switch {
		case e.Withdrawn:
		case e.Kind == "image":
			pictures++
		default:
			others++
		}
	}
	if pictures > 0 {
		parts = append(parts, fmt.Sprintf("截图%d份", pictures))
	}
	if others > 0 {
		parts = append(parts, fmt.Sprintf("附件%d份", others))
	}
	if len(inc.Platforms) == 0 {
		return list(parts)
	}
	return list(inc.Platforms) + because(list(parts))
}

// firstReport judges how long the first report took, in words.
func (v Voice) firstReport(inc *incident.Incident) string {
	took := inc.FirstReport.At.Truncate(time.Minute).Sub(inc.FoundAt.Truncate(time.Minute))
	words := "首报用时" + zh.ShowSpan(took)
	if inc.FirstReport.Kind == incident.ByForward {
		words = "首报（口头）用时" + zh.ShowSpan(took)
	}
	switch inc.FirstReport.Verdict {
	case incident.OnTime:
		return words + "，准时。"
	case incident.Pending, incident.Excused, "":
		return words + "。"
	}
	due := v.day(inc.FirstReport.Due, inc.FirstReport.At)
	return fmt.Sprintf("%s，晚于时限%s，先记【迟报风险】，可回“说明＋原因”。", words, due)
}

// missing asks the reporter for the elements still to come.
func (v Voice) missing(inc *incident.Incident, now time.Time) string {
	if len(inc.Elements.Missing) == 0 {
		return ""
	}
	return fmt.Sprintf("%s 还差：%s，%s。", v.mention(inc.Reporter), list(inc.Elements.Missing), v.supplyBy(inc, now))
}

// supplyBy asks for the elements by their limit, or soon when there is none or it has passed.
func (v Voice) supplyBy(inc *incident.Incident, now time.Time) string {
	if inc.Elements.Due.IsZero() || passed(inc.Elements.Due, now) {
		return "请尽快补"
	}
	return fmt.Sprintf("请在%s前补", v.at(inc.Elements.Due, now))
}

func (v Voice) officer(inc *incident.Incident) string {
	if inc.OnDuty {
		return v.Name(inc.Officer) + "（值班）"
	}
	return v.Name(inc.Officer)
}

// stamp is a date with a time unless it is today: 10-09 09:00.
func (v Voice) stamp(t, now time.Time) string {
	t, now = t.In(v.Zone), now.In(v.Zone)
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return "今天" + t.Format("15:04")
	}
	if t.Year() != now.Year() {
		return t.Format("2006-01-02 15:04")
	}
	return t.Format("01-02 15:04")
}

func (v Voice) clock(t time.Time) string { return t.In(v.Zone).Format("15:04") }
