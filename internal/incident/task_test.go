package incident_test

import (
	"testing"
	"time"

	"fenghuo/internal/incident"
)

// plan is an act that starts a plan with tasks of these lengths.
func plan(tasks ...incident.Prepared) incident.Act {
	return incident.Act{Kind: incident.PlanStarted, Text: "产品质量预案", Prepared: tasks}
}

func prepared(title string, within time.Duration) incident.Prepared {
	return incident.Prepared{Title: title, Owner: "sunke", Within: incident.Span{D: within}}
}

func TestTasksAreDueAfterThePlanStarts(t *testing.T) {
	for _, c := range []struct {
		name, acked, started string
		level                incident.Level
		task                 incident.Prepared
		due                  string
	}{
		{"by day", "03-10 09:30", "03-10 09:40", incident.LevelIII, prepared("送检", 4*time.Hour), "03-10 13:40"},
		{"at night, from the morning on", "03-10 22:30", "03-10 22:40", incident.LevelIII, prepared("送检", 4*time.Hour), "03-11 13:00"},
		{"at night, a level that knows none", "03-10 22:30", "03-10 22:40", incident.LevelII, prepared("送检", 4*time.Hour), "03-11 02:40"},
		{"into the night", "03-10 20:00", "03-10 20:00", incident.LevelIII, prepared("送检", 4*time.Hour), "03-11 09:00"},
		{"from the acknowledgment", "03-10 09:30", "03-10 10:30", incident.LevelIII, incident.Prepared{Title: "送检", Owner: "sunke", Within: incident.Span{D: 4 * time.Hour}, FromAck: true}, "03-10 13:30"},
		{"too long after the acknowledgment", "03-10 09:30", "03-10 15:30", incident.LevelIII, incident.Prepared{Title: "送检", Owner: "sunke", Within: incident.Span{D: 4 * time.Hour}, FromAck: true}, "03-10 19:30"},
		{"working days, across a holiday", "02-14 16:41", "02-14 16:43", incident.LevelIV, incident.Prepared{Title: "回访", Owner: "sunke", Within: incident.Span{Workdays: 1}}, "02-24 18:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := acked(t, c.level, c.acked)
			w.do(c.started, plan(c.task))
			wantTime(t, "due", w.inc.Task(1).Due, c.due)
		})
	}
}

func TestAPlanIsWidenedAndNeverDoubled(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 09:30")
	w.do("03-10 09:30", plan(prepared("送检", 4*time.Hour), prepared("下架", time.Hour)))
	w.do("03-10 09:40", incident.Act{Kind: incident.TaskDone, By: "sunke", Slot: 2})
	w.do("03-10 10:00", plan(prepared("下架", time.Hour), prepared("报监管", time.Hour)))
	want(t, "tasks", len(w.inc.Tasks), 3)
	want(t, "the third", w.inc.Task(3).Title, "报监管")
	want(t, "open", len(w.inc.OpenTasks()), 2)
}

func TestWhatCannotBeDoneToATask(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 09:30", "03-10 09:30")
	w.refused("03-10 09:31", plan(prepared("送检", time.Hour)), incident.NotAcked)
	give := incident.Act{Kind: incident.TaskGiven, By: "wanglei", Person: "linke", Text: "联系平台删帖"}
	w.refused("03-10 09:31", give, incident.NotAcked)
	w.do("03-10 09:32", incident.Act{Kind: incident.Acknowledged, By: "wanglei"})
	w.do("03-10 09:33", give)
	w.refused("03-10 09:34", give, incident.TaskThere)
	w.refused("03-10 09:35", incident.Act{Kind: incident.TaskDone, By: "linke", Slot: 2}, incident.NoSuchTask)
	w.refused("03-10 09:35", incident.Act{Kind: incident.TaskDone, By: "linke"}, incident.NoSuchTask)
	w.do("03-10 09:36", incident.Act{Kind: incident.TaskDone, By: "linke", Slot: 1, Text: "平台已受理"})
	e := w.refused("03-10 09:37", incident.Act{Kind: incident.TaskDone, By: "wanglei", Slot: 1}, incident.TaskDoneAlready)
	want(t, "who did it", e.Who, "linke")
	want(t, "last words", w.inc.LastWords()[0].Text, "联系平台删帖，平台已受理")
	w.refused("03-10 09:38", incident.Act{Kind: incident.Reminded, About: incident.AboutTask, Slot: 1}, incident.NothingAsked)
	w.do("03-10 10:30", incident.Act{Kind: incident.Verified, By: "sunke", Conclusion: incident.ConclusionMistaken, Text: "别家的店"})
	w.refused("03-10 10:31", give, incident.Over)
	w.refused("03-10 10:31", plan(prepared("送检", time.Hour)), incident.Over)
}

// taskClock is the one clock that runs for the first task; zero when none does.
func taskClock(w *world) incident.Clock {
	var found incident.Clock
	for _, c := range w.inc.Clocks(w.r) {
		if c.About == incident.AboutTask {
			found = c
		}
	}
	return found
}

func TestAnOwnerIsToldBeforeAndOnceAfter(t *testing.T) {
	for _, c := range []struct {
		name, acked   string
		level         incident.Level
		within        time.Duration
		nudge         time.Duration
		before, after string
	}{
		{"as the policy reminds", "03-10 09:30", incident.LevelIII, 4 * time.Hour, 0, "03-10 13:00", "03-10 14:00"},
		{"as the plan says", "03-10 09:30", incident.LevelIII, 4 * time.Hour, 2 * time.Hour, "03-10 11:30", "03-10 14:00"},
		{"a short one, halfway", "03-10 09:30", incident.LevelII, 20 * time.Minute, 0, "03-10 09:40", "03-10 10:00"},
		{"due in the morning", "03-10 20:30", incident.LevelIII, 4 * time.Hour, 0, "03-11 08:30", "03-11 09:30"},
		{"at night for a level that knows none", "03-10 22:30", incident.LevelI, 2 * time.Hour, 0, "03-11 00:20", "03-11 00:35"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := acked(t, c.level, c.acked)
			task := prepared("送检", c.within)
			task.Nudge = incident.Span{D: c.nudge}
			w.do(c.acked, plan(task))
			first := taskClock(w)
			want(t, "kind", first.Kind, incident.ClockRemind)
			wantTime(t, "before", first.At, c.before)
			w.do(c.before, incident.Act{Kind: incident.Reminded, About: incident.AboutTask, Slot: 1})
			second := taskClock(w)
			want(t, "kind", second.Kind, incident.ClockDue)
			wantTime(t, "after", second.At, c.after)
			w.do(c.after, incident.Act{Kind: incident.DueSaid, About: incident.AboutTask, Slot: 1})
			want(t, "and no more", taskClock(w), incident.Clock{})
		})
	}
}

func TestATaskWithoutATimeOrDoneHasNoClock(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 09:30")
	w.do("03-10 09:31", incident.Act{Kind: incident.TaskGiven, By: "wanglei", Person: "linke", Text: "联系平台删帖"})
	want(t, "clock", taskClock(w), incident.Clock{})
	w.do("03-10 09:32", plan(prepared("送检", time.Hour)))
	want(t, "its number", taskClock(w).N, 2)
	w.do("03-10 09:33", incident.Act{Kind: incident.TaskDone, By: "sunke", Slot: 2})
	want(t, "clock", taskClock(w), incident.Clock{})
}
