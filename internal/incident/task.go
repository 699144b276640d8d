package incident

import (
	"slices"
	"strings"
	"time"
)

// AboutTask is what a reminder of a task is about; Slot is its number.
const AboutTask = "task"

// Task is one thing to be done for an incident: of its plan, or given by somebody.
type Task struct {
	N      int       `json:"n"` // from 1, in the order they came
	Title  string    `json:"title"`
	Owner  string    `json:"owner"`
	Due    time.Time `json:"due,omitzero"`
	Nudge  Span      `json:"nudge,omitzero"` // before Due; zero: as the policy reminds
	By     string    `json:"by,omitempty"`   // who gave it; empty: the plan
	At     time.Time `json:"at"`
	DoneBy string    `json:"done_by,omitempty"`
	DoneAt time.Time `json:"done_at,omitzero"`
	Word   string    `json:"word,omitempty"` // said on doing it
	// Reminded and Chased are set when its owner was told before it was due, and once after.
	Reminded bool `json:"reminded,omitempty"`
	Chased   bool `json:"chased,omitempty"`
}

// Open reports a task nobody has said is done.
func (t Task) Open() bool { return t.DoneAt.IsZero() }

// Prepared is a task as a plan has it, with its owner found and its times still as spans.
type Prepared struct {
	Title   string `json:"title"`
	Owner   string `json:"owner"`
	Within  Span   `json:"within"`
	FromAck bool   `json:"from_ack,omitempty"`
	Nudge   Span   `json:"nudge,omitzero"`
}

// Task is the task with that number, nil if there is none.
func (i *Incident) Task(n int) *Task {
	if n < 1 || n > len(i.Tasks) {
		return nil
	}
	return &i.Tasks[n-1]
}

// OpenTasks are those still to be done, in their order.
func (i *Incident) OpenTasks() []Task {
	return slices.DeleteFunc(slices.Clone(i.Tasks), func(t Task) bool { return !t.Open() })
}

// HasTask reports a task of that title, done or not.
func (i *Incident) HasTask(title string) bool {
	return slices.ContainsFunc(i.Tasks, func(t Task) bool { return strings.TrimSpace(t.Title) == strings.TrimSpace(title) })
}

// startPlan adds those tasks of a plan that are not there yet.
func (i *Incident) startPlan(r Rules, a Act) error {
	if err := i.working(); err != nil {
		return err
	}
	i.Plan = a.Text
	for _, p := range a.Prepared {
		if i.HasTask(p.Title) {
			continue
		}
		i.addTask(Task{Title: p.Title, Owner: p.Owner, Due: i.taskDue(r, a.At, p), Nudge: p.Nudge, At: a.At})
	}
	return nil
}

// taskDue counts from when people may be disturbed: who is named at night hears of it in the morning.
func (i *Incident) taskDue(r Rules, at time.Time, p Prepared) time.Time {
	l := i.Level.Current
	if due := r.dueByDay(l, r.deferred(l, i.Ack.At), p.Within); p.FromAck && due.After(at) {
		return due
	}
	return r.dueByDay(l, r.deferred(l, at), p.Within)
}

// giveTask adds one that is in no plan; its due time is as it was said.
func (i *Incident) giveTask(_ Rules, a Act) error {
	if err := i.working(); err != nil {
		return err
	}
	if i.HasTask(a.Text) {
		return i.refuse(TaskThere)
	}
	i.addTask(Task{Title: a.Text, Owner: a.Person, Due: a.Due, By: a.By, At: a.At})
	return nil
}

func (i *Incident) addTask(t Task) {
	t.N = len(i.Tasks) + 1
	i.Tasks = append(slices.Clone(i.Tasks), t)
}

func (i *Incident) finishTask(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	t := i.Task(a.Slot)
	switch {
	case t == nil:
		return i.refuse(NoSuchTask)
	case !t.Open():
		return i.refuseWho(TaskDoneAlready, t.DoneBy, t.DoneAt)
	}
	t.DoneBy, t.DoneAt, t.Word = a.By, a.At, a.Text
	return nil
}

// working refuses what needs somebody who answers for the incident.
func (i *Incident) working() error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Acked() {
		return i.refuseWho(NotAcked, i.Officer, i.Ack.Due)
	}
	return nil
}

// nudgeTask notes that the owner was told; once due has passed, that is the only word after it.
func (i *Incident) nudgeTask(a Act) error {
	t := i.Task(a.Slot)
	if t == nil || !t.Open() {
		return i.refuse(NothingAsked)
	}
	t.Reminded, t.Chased = true, t.Chased || a.Kind == DueSaid
	return nil
}

// taskClocks are the next word to the owner of each open task: before it is due and, after its grace, once more.
func (i *Incident) taskClocks(r Rules) []Clock {
	var out []Clock
	l := i.Level.Current
	for _, t := range i.Tasks {
		if !t.Open() || t.Due.IsZero() || t.Chased {
			continue
		}
		c := Clock{Kind: ClockRemind, About: AboutTask, N: t.N, Due: t.Due, Person: t.Owner, Reason: "任务" + itoa(t.N)}
		if !t.Reminded {
			c.At = latest(t.At, r.before(l, t.Due, t.lead(r, l)))
		} else {
			c.Kind, c.At = ClockDue, r.deferred(l, r.due(l, t.Due, r.Policy.Levels[l].Grace))
		}
		out = append(out, c)
	}
	return out
}

// lead is how long before due the owner is told. A task shorter than twice that is told of halfway.
func (t Task) lead(r Rules, l Level) Span {
	lead := t.Nudge
	if lead.IsZero() {
		lead = r.Policy.Levels[l].Remind
	}
	return Span{D: min(lead.D, t.Due.Sub(t.At)/2)}
}

// Disturbs reports whether people may be called at a moment about an incident of that level: not in the quiet
// hours, unless the level ignores them.
func (r Rules) Disturbs(l Level, at time.Time) bool {
	return r.deferred(l, at).Equal(at)
}
