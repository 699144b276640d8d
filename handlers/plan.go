package handlers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// startPlan is 预案: the plan for the incident starts; once it has, its tasks are shown.
func startPlan(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case inc.Plan != "":
		return t.reply(t.Voice.Tasks(inc, t.Now))
	case !t.MayGive(inc, t.person):
		return t.mayNot("预案", inc)
	case !inc.Acked() || inc.State.Over():
		return t.do(inc, incident.Act{Kind: incident.PlanStarted}) // refused, with the reason
	}
	started, err := t.StartPlan(inc, t.person)
	if err != nil {
		return err
	}
	if !started {
		return t.reply(t.Voice.NoPlan(inc))
	}
	if home := desk.Place(inc.Home); home.Key() == t.ev.Place.Key() && !inc.Confidential {
		return nil // said there already
	}
	return t.reply(t.Voice.Tasks(inc, t.Now))
}

// tasks is 任务: the open ones and everybody's last word; with a name and words, one more.
func tasks(t *turn) error {
	rest := strings.TrimSpace(t.match.Rest)
	_, _, named := t.findPerson(rest)
	if rest != "" && !named && !t.ev.ToBot {
		return t.talk()
	}
	inc, err := t.target(func(inc *incident.Incident) bool {
		mine := func(task incident.Task) bool { return task.Owner == t.person }
		return t.involved(inc) || slices.ContainsFunc(inc.Tasks, mine)
	})
	if inc == nil || err != nil {
		return err
	}
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case rest == "":
		return t.reply(t.Voice.Tasks(inc, t.Now))
	case !t.MayGive(inc, t.person):
		return t.mayNot("派任务", inc)
	}
	return t.giveTask(inc, rest)
}

// giveTask reads 给 王蕾 今晚8点前 联系平台删帖; without a time nobody is reminded.
func (t *turn) giveTask(inc *incident.Incident, rest string) error {
	to, words, err := t.personIn(rest, "任务 给 "+t.Voice.Name(inc.Officer)+" 今晚8点前 联系平台删帖")
	if to == nil || err != nil {
		return err
	}
	if inc.Confidential && !t.MaySee(inc, to.ID) {
		return t.reply(t.Voice.NoTasksFor(inc, to.ID))
	}
	act := incident.Act{Kind: incident.TaskGiven, Person: to.ID}
	if when, title, ok := zh.CutFuture(words, t.local()); ok && !when.At.IsZero() {
		act.Due, words = when.At.UTC(), title
	}
	act.Text = limit(zh.Clean(words))
	if len([]rune(act.Text)) < 2 {
		return t.reply(t.Voice.AskNewTask(inc))
	}
	if err := t.do(inc, act); err != nil {
		return err
	}
	loud := t.Rules.Disturbs(inc.Level.Current, t.Now)
	return t.tellHome("task", "派任务", t.Voice.TaskGiven(inc, inc.Tasks[len(inc.Tasks)-1], loud, t.Now))
}

var taskNumber = regexp.MustCompile(`^(?:任务)?\s*[#第]?\s*([0-9０-９]{1,2})\s*[项号]?(?:$|[\s,，。:：;；、]+|了|$)`)

// finishTask is 完成 3 说明.
func finishTask(t *turn) error {
	rest := strings.TrimSpace(t.match.Rest)
	m := taskNumber.FindStringSubmatch(rest)
	if m == nil && !t.ev.ToBot {
		return t.talk() // people say it among themselves
	}
	n := 0
	if m != nil {
		n, _ = strconv.Atoi(zh.Fold(m[1]))
		rest = strings.TrimSpace(rest[len(m[0]):])
	}
	inc, err := t.target(func(inc *incident.Incident) bool {
		task := inc.Task(n)
		return task != nil && task.Open() && t.MayFinish(inc, *task, t.person)
	})
	if inc == nil || err != nil {
		return err
	}
	task := inc.Task(n)
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case m == nil:
		return t.reply(t.Voice.AskTask(inc))
	case task != nil && !t.MayFinish(inc, *task, t.person):
		return t.reply(t.Voice.NotAllowed("完成任务"+strconv.Itoa(n), finishers(inc, *task)...))
	}
	if err := t.do(inc, incident.Act{Kind: incident.TaskDone, Slot: n, Text: limit(zh.Clean(rest))}); err != nil {
		return err
	}
	if err := t.outdated("任务"+strconv.Itoa(n)+"已办", "完成 "+strconv.Itoa(n)); err != nil {
		return err
	}
	return t.tellHome("task-done", "任务已办", t.Voice.TaskFinished(inc, *inc.Task(n)))
}

func finishers(inc *incident.Incident, task incident.Task) []string {
	if task.Owner == inc.Officer {
		return []string{task.Owner}
	}
	return []string{task.Owner, inc.Officer}
}
