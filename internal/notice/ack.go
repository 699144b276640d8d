package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Ladder is a reminder to acknowledge, said where the incident lives. A step that was planned to be
// urgent says so.
func (v Voice) Ladder(inc *incident.Incident, step int, called []string, since time.Duration, urgent bool) bot.Message {
	what, whom := fmt.Sprintf("第%d步：%s未签收。", step, zh.ShowSpan(since)), v.roles(inc, called)+" "
	switch {
	case urgent && len(called) > 0:
		what, whom = fmt.Sprintf("第%d步：%s无人签收，已请示%s。", step, zh.ShowSpan(since), v.names(called)), "能跟的同事"
	case urgent || len(called) == 0:
		what, whom = fmt.Sprintf("第%d步：%s无人签收。", step, zh.ShowSpan(since)), "能跟的同事"
	case step == 1:
		what, whom = fmt.Sprintf("第1次催办：%s未签收%s。", zh.ShowSpan(since), v.readSilently(inc, inc.Officer)), v.mention(called...)+" "
	}
	text := fmt.Sprintf("%s%s请回“收到”签收%s。", what, whom, inc.Number)
	c := plate(inc)
	v.ackBy(&c, inc, inc.Ack.From.Add(since))
	c.Lines, c.Overdue = []string{text}, true
	c.Buttons = []bot.Button{{Label: "签收", Say: "签收", Target: inc.Number, Primary: true}, {Label: "详情", Say: "详情", Target: inc.Number}}
	if urgent {
		return carded(c) // the person asked is told privately
	}
	return carded(c, called...)
}

// readSilently says that a person has read the call and not answered.
func (v Voice) readSilently(inc *incident.Incident, person string) string {
	if inc.ReadSilently(person) {
		return "（已读未签收）"
	}
	return ""
}

// roles mentions people with what they are to the incident: @陈放（B岗） @许清.
func (v Voice) roles(inc *incident.Incident, called []string) string {
	var b strings.Builder
	for n, id := range called {
		if n > 0 {
			b.WriteString(" ")
		}
		b.WriteString(v.mention(id))
		if id == inc.Backup {
			b.WriteString("（B岗）")
		}
	}
	return b.String()
}

// LadderDirect is the same reminder in private.
func (v Voice) LadderDirect(inc *incident.Incident, person string, step int, since time.Duration) bot.Message {
	text := fmt.Sprintf("第%d次催办：%s等您签收，已%s%s。回“收到”即可。", step, inc.Number, zh.ShowSpan(since), v.readSilently(inc, person))
	if step >= 3 && person != inc.Officer && person != inc.Backup {
		text = fmt.Sprintf("第%d步：%s已%s无人签收（责任人%s）。请您过问，或回“收到”由您签收。", step, inc.Number, zh.ShowSpan(since), v.Name(inc.Officer))
	}
	c := v.card(inc)
	v.ackBy(&c, inc, inc.Ack.From.Add(since))
	c.Lines, c.Overdue = []string{text}, true
	c.Buttons = []bot.Button{{Label: "签收", Say: "签收", Target: inc.Number, Primary: true}, {Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// Done stands on cards that asked for what somebody has done meanwhile: 王蕾 09:21 已签收.
func (v Voice) Done(person, what string, now time.Time) string {
	return fmt.Sprintf("%s %s %s", v.Name(person), v.clock(now), what)
}

// Acked names who answers for the incident and what comes next.
func (v Voice) Acked(inc *incident.Incident, before string, now time.Time) bot.Message {
	how := v.took(inc)
	switch {
	case inc.Ack.From.IsZero():
		how = "通知送达前"
	case inc.Ack.Step > 0:
		how = fmt.Sprintf("用时%s，第%d步后", how, inc.Ack.Step)
	}
	parts := []string{fmt.Sprintf("%s %s 签收（%s）%s。", v.Name(inc.Ack.By), v.clock(inc.Ack.At), how, inc.Number)}
	if before != inc.Officer {
		parts = append(parts, "责任人改为"+v.Name(inc.Officer)+"。")
	}
	if inc.Tracker != "" {
		parts = append(parts, "跟踪人："+v.Name(inc.Tracker)+"。")
	}
	return said(strings.Join(append(parts, v.next(inc, now)), ""))
}

// took is how long the acknowledgment took.
func (v Voice) took(inc *incident.Incident) string {
	return zh.ShowSpan(inc.Ack.At.Truncate(time.Minute).Sub(inc.Ack.From.Truncate(time.Minute)))
}

// next lists the due times that begin with the acknowledgment.
func (v Voice) next(inc *incident.Incident, now time.Time) string {
	var due []string
	if t := inc.Verification.FirstDue; !t.IsZero() {
		due = append(due, "初步核实截止"+v.at(t, now))
	}
	if t := inc.Talk.Due; !t.IsZero() {
		due = append(due, "口径初稿截止"+v.at(t, now))
	}
	if inc.Slot.N > 0 {
		due = append(due, "下次续报"+v.at(inc.Slot.Due, now))
	}
	if len(due) == 0 {
		return ""
	}
	return strings.Join(due, "；") + "。"
}

// TakeoverAsked asks the present officer.
func (v Voice) TakeoverAsked(inc *incident.Incident) bot.Message {
	to := inc.Takeover
	if to.Offered {
		c := plate(inc)
		c.Lines = []string{fmt.Sprintf("%s %s想把%s转给您%s。请回“签收”。签收前仍由%s负责。", v.mention(to.By), v.Name(inc.Officer), inc.Number, because(to.Reason), v.Name(inc.Officer))}
		c.Buttons = []bot.Button{{Label: "签收", Say: "签收", Target: inc.Number, Primary: true}}
		return carded(c, to.By)
	}
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s %s想接手%s。请回“同意”或“不同意”，答复前仍由您负责。", v.mention(inc.Officer), v.Name(to.By), inc.Number)}
	c.Buttons = []bot.Button{{Label: "同意", Say: "同意", Target: inc.Number, Primary: true}, {Label: "不同意", Say: "不同意", Target: inc.Number}}
	return carded(c, inc.Officer)
}

// TakenOver names the new officer.
func (v Voice) TakenOver(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s责任人已改为%s。", inc.Number, v.Name(inc.Officer)))
}

// TakeoverRefused tells who asked.
func (v Voice) TakeoverRefused(inc *incident.Incident, asker string) bot.Message {
	return said(fmt.Sprintf("%s %s没有同意，%s仍由%s负责。", v.mention(asker), v.Name(inc.Officer), inc.Number, v.Name(inc.Officer)), asker)
}

// Late-comers are told who has it, and how to take over.
func (v Voice) ackedAlready(inc *incident.Incident, by string) string {
	return fmt.Sprintf("已由%s签收。要接手请回“接手”，需%s同意。", v.Name(by), v.Name(inc.Officer))
}

// UrgentFallback says that an urgent push took another way.
func (v Voice) UrgentFallback(inc *incident.Incident, note string) bot.Message {
	return said(fmt.Sprintf("%s：%s。", inc.Number, words(note)))
}

// LevelLapsed says that a provisional upgrade was not confirmed.
func (v Voice) LevelLapsed(inc *incident.Incident, was incident.Level) bot.Message {
	return said(fmt.Sprintf("%s的临时升级（%s）没有确认，已恢复为%s。", inc.Number, was.Badge(), inc.Level.Current.Badge()))
}

// Hello greets a group the bot was added to.
func (v Voice) Hello(private bool) bot.Message {
	if private {
		return said("您好。看到和公司有关的负面消息，回“上报”，约1分半就能报完；别的回“帮助”。")
	}
	return said("大家好。看到和公司有关的负面消息，@我说“上报”，约1分半就能报完；别的回“帮助”。")
}
