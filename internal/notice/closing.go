package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Calmed says that the follow-ups end and the final report is due.
func (v Voice) Calmed(inc *incident.Incident, now time.Time) bot.Message {
	text := fmt.Sprintf("%s 已平息（%s），续报到此为止。", inc.Number, v.day(inc.CalmAt, now)) + v.openTasks(inc) + v.pressWaits(inc)
	if due := inc.Interim.Due; !due.IsZero() {
		text += fmt.Sprintf("请先在%s前交一页阶段小结，回“小结＋内容”。", v.stamp(due, now))
	}
	if inc.Final.Due.IsZero() {
		return said(text+v.mention(inc.Tracker)+" 请准备终报，回“终报＋内容”。", inc.Tracker)
	}
	return said(fmt.Sprintf("%s%s 请在%s前交终报：起因、经过、结果、教训、原因、防范措施。回“终报＋内容”。", text, v.mention(inc.Tracker), v.stamp(inc.Final.Due, now)), inc.Tracker)
}

// filed is how long after its time a paper came, as one says it.
func filed(p incident.Paper) string {
	switch p.Verdict {
	case incident.Late, incident.LateGrave, incident.Missed:
		return "，晚" + zh.ShowSpan(p.At.Truncate(time.Minute).Sub(p.Due))
	case incident.OnTime:
		if !p.Due.IsZero() {
			return "，准时"
		}
	}
	return ""
}

// InterimFiled says that the page is there.
func (v Voice) InterimFiled(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("阶段小结已收%s，已转分管领导和一把手。", filed(inc.Interim)))
}

// InterimToLeader is the page itself, for those it was written for.
func (v Voice) InterimToLeader(inc *incident.Incident) bot.Message {
	c := plate(inc)
	c.Lines = []string{"【阶段小结】" + short(inc.Interim.Text, 500), "整理人：" + v.Name(inc.Interim.By)}
	c.Buttons = []bot.Button{{Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// FinalFiled asks judge to approve the final report, and names what was not found in it.
func (v Voice) FinalFiled(inc *incident.Incident, judge string, gaps []string) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("终报已收%s。%s 请回“批准终报”，或“退回终报＋原因”。", filed(inc.Final), v.mention(judge)), short(inc.Final.Text, 300)}
	if len(gaps) > 0 {
		c.Lines = append(c.Lines, "没看到："+list(gaps)+"。可退回补齐。")
	}
	if left := v.openTasks(inc); left != "" {
		c.Lines = append(c.Lines, left)
	}
	c.Buttons = []bot.Button{{Label: "批准终报", Say: "批准终报", Target: inc.Number, Primary: true}, {Label: "退回终报", Say: "退回终报", Target: inc.Number}}
	return carded(c, judge)
}

// FinalReturned tells the tracker why.
func (v Voice) FinalReturned(inc *incident.Incident, now time.Time) bot.Message {
	last := inc.Final.Returned[len(inc.Final.Returned)-1]
	by := v.stamp(inc.Final.Due, now) + "前"
	if passed(inc.Final.Due, now) {
		by = "时限" + v.stamp(inc.Final.Due, now) + "已过，请尽快"
	}
	return said(fmt.Sprintf("%s %s退回终报：%s。改好后再回“终报＋内容”（%s）。", v.mention(inc.Tracker), v.Name(last.By), words(last.Text), by), inc.Tracker)
}

// Closed says that the incident is over.
func (v Voice) Closed(inc *incident.Incident, now time.Time) bot.Message {
	text := fmt.Sprintf("%s批准终报，%s 已办结归档。谢谢各位。", v.Name(inc.Final.ApprovedBy), inc.Number)
	if d := inc.Duty(incident.AboutDebrief); d != nil && !d.Due.IsZero() {
		return said(fmt.Sprintf("%s\n%s 请在%s前复盘，回“复盘＋内容”；底稿回“复盘”看。", text, v.mention(d.Person), v.stamp(d.Due, now)), d.Person)
	}
	return said(text)
}
