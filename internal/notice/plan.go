package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// PlanStarted shows the tasks a plan has just given; loud really mentions their owners.
func (v Voice) PlanStarted(inc *incident.Incident, reason string, fresh []incident.Task, loud bool, now time.Time) bot.Message {
	c := plate(inc)
	title := fmt.Sprintf("已启动“%s”（%s），%d项任务：", inc.Plan, reason, len(fresh))
	if len(fresh) < len(inc.Tasks) {
		title = fmt.Sprintf("按“%s”（%s）再加%d项任务：", inc.Plan, reason, len(fresh))
	}
	c.Lines = []string{title}
	var owners []string
	for _, t := range fresh {
		who := v.Name(t.Owner)
		if loud {
			who = v.mention(t.Owner)
			owners = append(owners, t.Owner)
		}
		c.Lines = append(c.Lines, v.taskLine(t, who, now))
	}
	c.Lines = append(c.Lines, "办好回“完成＋编号”。")
	c.Buttons = []bot.Button{{Label: "任务", Say: "任务", Target: inc.Number}}
	return carded(c, owners...)
}

// taskLine is 3. 同批次下架封存 @孙恪 13:21前.
func (v Voice) taskLine(t incident.Task, who string, now time.Time) string {
	line := fmt.Sprintf("%d. %s %s ", t.N, short(t.Title, 40), who)
	switch {
	case !t.Open():
		return line + "已办"
	case t.Due.IsZero():
		return strings.TrimSpace(line)
	}
	return line + v.before(t.Due, now)
}

// NoPlan says that nothing is planned for an incident of that kind.
func (v Voice) NoPlan(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s没有适用的预案。可以直接派任务，例：“任务 给 %s 今晚8点前 联系平台删帖”。", inc.Number, v.Name(inc.Officer)))
}

// Tasks is the open tasks and everybody's last word on one card.
func (v Voice) Tasks(inc *incident.Incident, now time.Time) bot.Message {
	c, open := plate(inc), inc.OpenTasks()
	switch {
	case len(inc.Tasks) == 0:
		c.Lines = []string{fmt.Sprintf("还没有任务。回“预案”启动预案，或“任务 给 %s 今晚8点前 联系平台删帖”。", v.Name(inc.Officer))}
	case len(open) == 0:
		c.Lines = []string{fmt.Sprintf("%d项任务都办完了。", len(inc.Tasks))}
	default:
		c.Lines = []string{fmt.Sprintf("任务%d项，还有%d项没办完：", len(inc.Tasks), len(open))}
		for _, t := range open {
			c.Lines = append(c.Lines, v.taskLine(t, v.Name(t.Owner), now))
		}
		c.Foot = "办好回“完成＋编号”"
	}
	if said := inc.LastWords(); len(said) > 0 {
		c.Lines = append(c.Lines, "各人最近一句：")
		for _, w := range said[:min(len(said), mostWords)] {
			c.Lines = append(c.Lines, fmt.Sprintf("%s %s %s", v.Name(w.Person), v.moment(w.At, now), short(w.Text, 40)))
		}
	}
	return carded(c)
}

// mostWords is how many people's last words stand on one card.
const mostWords = 10

// TaskGiven tells a person what is asked of them.
func (v Voice) TaskGiven(inc *incident.Incident, t incident.Task, loud bool, now time.Time) bot.Message {
	by := ""
	if !t.Due.IsZero() {
		by = "（" + v.before(t.Due, now) + "）"
	}
	text := fmt.Sprintf("%s 任务%d：%s%s。办好回“完成 %d”。", v.Name(t.Owner), t.N, words(short(t.Title, 60)), by, t.N)
	if !loud {
		return said(text)
	}
	return said(fmt.Sprintf("%s 任务%d：%s%s。办好回“完成 %d”。", v.mention(t.Owner), t.N, words(short(t.Title, 60)), by, t.N), t.Owner)
}

// TaskFinished confirms that a task is done, and says what is left.
func (v Voice) TaskFinished(inc *incident.Incident, t incident.Task) bot.Message {
	left := len(inc.OpenTasks())
	if left == 0 {
		return said(fmt.Sprintf("任务%d已办：%s。任务都办完了。", t.N, words(short(t.Title, 40))))
	}
	return said(fmt.Sprintf("任务%d已办：%s。还有%d项。", t.N, words(short(t.Title, 40)), left))
}

// AskTask asks which task is done, or what is to be done by whom.
func (v Voice) AskTask(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("请写明编号，例：“完成 %d 已联系平台”。回“任务”看清单。", v.exampleTask(inc)))
}

// exampleTask is a task that can be finished, for an example.
func (v Voice) exampleTask(inc *incident.Incident) int {
	for _, t := range inc.OpenTasks() {
		return t.N
	}
	return 1
}

// AskNewTask says how a task is given.
func (v Voice) AskNewTask(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("请写明给谁、几时前、做什么，例：“任务 给 %s 今晚8点前 联系平台删帖”。", v.Name(inc.Officer)))
}

// NoTasksFor says that somebody may not be told of a confidential incident.
func (v Voice) NoTasksFor(inc *incident.Incident, person string) bot.Message {
	return said(fmt.Sprintf("%s是保密事件，%s不在知悉范围，请派给知情的同事。", inc.Number, v.Name(person)))
}

// TaskReminder tells the owner in private, before it is due.
func (v Voice) TaskReminder(inc *incident.Incident, t incident.Task, now time.Time) bot.Message {
	return v.taskCard(inc, t, fmt.Sprintf("您的任务%d快到期了（%s）：%s。办好回“完成 %d”。", t.N, v.before(t.Due, now), words(short(t.Title, 60)), t.N))
}

// TaskOverdue tells the owner once where the incident lives.
func (v Voice) TaskOverdue(inc *incident.Incident, t incident.Task, now time.Time) bot.Message {
	return v.taskCard(inc, t, fmt.Sprintf("%s 任务%d到期了（%s）：%s。办好回“完成 %d”，有难处请说一声。", v.mention(t.Owner), t.N, v.at(t.Due, now), words(short(t.Title, 60)), t.N), t.Owner)
}

func (v Voice) taskCard(inc *incident.Incident, t incident.Task, text string, mentions ...string) bot.Message {
	c := plate(inc)
	c.Lines = []string{text}
	c.Buttons = []bot.Button{{Label: "完成", Say: fmt.Sprintf("完成 %d", t.N), Target: inc.Number, Primary: true}, {Label: "任务", Say: "任务", Target: inc.Number}}
	return carded(c, mentions...)
}

// openTasks names what is still to be done, for those who end an incident; empty when nothing is.
func (v Voice) openTasks(inc *incident.Incident) string {
	open := inc.OpenTasks()
	if len(open) == 0 {
		return ""
	}
	var names []string
	for _, t := range open[:min(len(open), 3)] {
		names = append(names, fmt.Sprintf("%d. %s（%s）", t.N, words(short(t.Title, 20)), v.Name(t.Owner)))
	}
	text := "还有任务没办完：" + list(names)
	if len(open) > 3 {
		text += fmt.Sprintf("等%d项", len(open))
	}
	return text + "。"
}

// digestTasks names the first open task of an incident.
func (v Voice) digestTasks(inc *incident.Incident, now time.Time) string {
	open := inc.OpenTasks()
	if len(open) == 0 {
		return ""
	}
	late := 0
	for _, t := range open {
		if passed(t.Due, now) {
			late++
		}
	}
	text := fmt.Sprintf("任务%d/%d未完", len(open), len(inc.Tasks))
	if late > 0 {
		text += fmt.Sprintf("，%d项过期", late)
	}
	return text + fmt.Sprintf("（%s %s）", words(short(open[0].Title, 16)), v.Name(open[0].Owner))
}

// PlanEdit proposes to administrators what a final report teaches the plans; lines are as their file takes them.
func (v Voice) PlanEdit(inc *incident.Incident, lines []string) bot.Message {
	to := "预案文件"
	if inc.Plan != "" {
		to = "“" + inc.Plan + "”"
	}
	return said(fmt.Sprintf("%s的终报已批准，其中的防范措施可以写进%s。请核对负责人和期限，合适就加到它的tasks下：\n%s", inc.Number, to, strings.Join(lines, "\n")))
}
