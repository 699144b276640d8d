package handlers

import (
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/plan"
	"fenghuo/internal/roster"
)

// proposePlanEdits tells administrators what the measures of an approved final report would be as tasks of the
// plan. Of confidential incidents and of drills nothing is told.
func (t *turn) proposePlanEdits(inc *incident.Incident) error {
	if t.Plans == nil || inc.Confidential || inc.Drill {
		return nil
	}
	var lines []string
	for _, m := range plan.Measures(finalText(inc.Final.Text, measureWords), t.namedIn) {
		if !inc.HasTask(m.Title) {
			lines = append(lines, m.Line(t.postOf(inc, m.Who), inc.Level.Current))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	key := "plan-edit/" + inc.Number + "/" + strings.TrimPrefix(t.Cause, "event/")
	return t.TellAdmins(key, "预案修改建议", t.Voice.PlanEdit(inc, lines))
}

// namedIn is the person or the unit a clause names, the person first.
func (t *turn) namedIn(clause string) string {
	for _, p := range t.Org.People {
		if strings.Contains(clause, p.Name) {
			return p.Name
		}
	}
	for _, u := range t.Org.Units {
		if u.Name != "" && strings.Contains(clause, u.Name) {
			return u.Name
		}
	}
	return ""
}

// postOf is the post by which a plan would find whoever a measure names: a function they head, or a post they
// hold; else the officer.
func (t *turn) postOf(inc *incident.Incident, name string) string {
	who := ""
	if found := t.Org.ByName(name); len(found) == 1 {
		who = found[0].ID
	} else if n := slices.IndexFunc(t.Org.Units, func(u roster.Unit) bool { return u.Name == name }); n >= 0 {
		who = t.Org.Units[n].Head
	}
	if who == "" {
		return "officer"
	}
	functions := []string{}
	for function, head := range t.Org.Functions {
		if head == who {
			functions = append(functions, function)
		}
	}
	if len(functions) > 0 {
		return slices.Min(functions)
	}
	for _, post := range plan.Posts {
		if slices.Contains(t.PostHolders(inc, post), who) {
			return post
		}
	}
	return "officer"
}
