package desk

import (
	"fmt"
	"slices"

	"fenghuo/internal/incident"
	"fenghuo/internal/plan"
)

// StartPlan starts the plan for an incident's nature and level, or adds what a graver level asks for. It says so
// where the incident lives and reports whether there was anything to add.
func (w *Work) StartPlan(inc *incident.Incident, by string) (bool, error) {
	choice, ok := w.Plans.Choose(inc.Nature, inc.Level.Current)
	if !ok {
		return false, nil
	}
	before, act := len(inc.Tasks), incident.Act{Kind: incident.PlanStarted, By: by, Text: choice.Plan}
	for _, t := range choice.Tasks {
		if !inc.HasTask(t.Title) {
			act.Prepared = append(act.Prepared, w.prepared(inc, t))
		}
	}
	if len(act.Prepared) == 0 {
		return false, nil
	}
	if err := w.Do(inc, act); err != nil {
		return false, err
	}
	m := w.Voice.PlanStarted(inc, choice.Reason, inc.Tasks[before:], w.Rules.Disturbs(inc.Level.Current, w.Now), w.Now)
	return true, w.Home(inc, Told{Purpose: fmt.Sprintf("plan/%d", inc.Acts), Reason: "预案启动", Message: m})
}

// Widen adds the tasks of a graver level to a plan that was started, or starts it, as far as plans start of
// themselves at that level.
func (w *Work) Widen(inc *incident.Incident) error {
	if !inc.Acked() || inc.State.Over() || (inc.Plan == "" && !StartsItself(inc.Level.Current)) {
		return nil
	}
	_, err := w.StartPlan(inc, "")
	return err
}

// StartsItself reports a level at which a plan starts with the acknowledgment; at the others people ask for it.
func StartsItself(l incident.Level) bool { return l.Valid() && l <= incident.LevelIII }

func (w *Work) prepared(inc *incident.Incident, t plan.Task) incident.Prepared {
	return incident.Prepared{Title: t.Title, Owner: w.Owner(inc, t.Owner), Within: t.Due.At(inc.Level.Current),
		FromAck: t.From == plan.FromAck, Nudge: t.Nudge}
}

// Owner is who does what a plan gives to a post: its holder, or who stands in for them. Where nobody holds it,
// is there, or may know of the incident, the officer does.
func (w *Work) Owner(inc *incident.Incident, post string) string {
	for _, person := range w.PostHolders(inc, post) {
		if there, _ := w.Org.Cover(person, w.Now); there != "" && w.mayOwn(inc, there) {
			return there
		}
	}
	return inc.Officer
}

// PostHolders are the holders of a post, those of the incident before those of the enterprise.
func (w *Work) PostHolders(inc *incident.Incident, post string) []string {
	switch post {
	case "verifier", "photo_custodian":
		return w.Org.Holding(post)
	case "info_officer":
		return append([]string{inc.Tracker}, w.Org.Holding(post)...)
	case "unit_head":
		if u, ok := w.Org.Unit(inc.Unit); ok {
			return []string{u.Head}
		}
		return nil
	}
	return w.Holders(inc, incident.Role(post))
}

func (w *Work) mayOwn(inc *incident.Incident, person string) bool {
	return !inc.Confidential || w.MaySee(inc, person)
}

// MayFinish reports whether a person may say that a task is done: its owner, and who runs the incident.
func (d *Desk) MayFinish(inc *incident.Incident, t incident.Task, person string) bool {
	return person != "" && slices.Contains([]string{t.Owner, inc.Officer, inc.Backup, inc.Tracker}, person)
}

// MayGive reports whether a person may give others tasks: who runs the incident and the heads.
func (d *Desk) MayGive(inc *incident.Incident, person string) bool {
	return d.May("派任务", inc, person)
}
