package scheduler

import (
	"fmt"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
)

// nudgeTask tells the owner of a task in private before it is due, and once after, where the incident lives. What
// fell due while nobody could be told is told once.
func (c *chase) nudgeTask(k incident.Clock) error {
	act := incident.Act{Kind: incident.Reminded, About: k.About, Slot: k.N, Due: k.Due}
	if k.Kind == incident.ClockDue || !c.Now.Before(k.Due) {
		act.Kind = incident.DueSaid
	}
	if err := c.Do(c.inc, act); err != nil {
		return err
	}
	task := *c.inc.Task(k.N)
	if c.inc.Confidential && !c.MaySee(c.inc, task.Owner) { // it became so after the task was given
		task.Owner = c.inc.Officer
	}
	if act.Kind == incident.DueSaid {
		return c.Home(c.inc, desk.Told{Purpose: fmt.Sprintf("due/%s/%d", k.About, k.N), Reason: "任务到期", Message: c.Voice.TaskOverdue(c.inc, task, c.Now)})
	}
	return c.Direct(c.inc, task.Owner, desk.Told{Purpose: fmt.Sprintf("remind/%s/%d", k.About, k.N), Reason: "任务到期前提醒", Message: c.Voice.TaskReminder(c.inc, task, c.Now)})
}
