// Package plan is what an enterprise has resolved to do beforehand: for a nature and a level of incident, the
// tasks, whose they are by post, and when they are due. It chooses; people and clocks are other packages'.
package plan

import (
	"fmt"
	"slices"

	"fenghuo/internal/incident"
)

// Book is all plans of an enterprise, as their file or folder has them.
type Book struct {
	Name string `yaml:"name"`
	Note string `yaml:"note"`
	// Common are tasks that every plan begins with: the three synchronies (三同步) in the shipped book.
	Common []Task `yaml:"common"`
	Plans  []Plan `yaml:"plans"`
}

// Plan is the tasks for some natures. One without natures is for all that have none of their own.
type Plan struct {
	Name    string   `yaml:"name"`
	Natures []string `yaml:"natures"`
	Tasks   []Task   `yaml:"tasks"`
}

// Task is one thing to be done. It belongs to a plan at the levels it has a due time for.
type Task struct {
	Title string `yaml:"title"`
	Owner string `yaml:"owner"` // a post, or a function of the enterprise whose head is meant
	Due   Due    `yaml:"due"`   // after From
	From  string `yaml:"from"`  // start (of the plan, the default) or ack
	// Nudge is how long before due its owner is reminded; zero: as the policy reminds of follow-ups.
	Nudge incident.Span `yaml:"nudge"`
}

// LongestTitle is how many characters a title may have: a card shows it on one line.
const LongestTitle = 40

// Where a due time counts from.
const (
	FromStart = "start"
	FromAck   = "ack"
)

// Posts an owner may be besides the functions of the enterprise.
var Posts = []string{"officer", "backup", "head", "deputy", "chief", "tracker", "duty", "reporter", "unit_head", "info_officer",
	"photo_custodian", "verifier", "approver"}

// Due is how long a task may take at each level; zero: it is none of that level's.
type Due struct {
	I   incident.Span `yaml:"I"`
	II  incident.Span `yaml:"II"`
	III incident.Span `yaml:"III"`
	IV  incident.Span `yaml:"IV"`
}

// At is the time for one level.
func (d Due) At(l incident.Level) incident.Span {
	switch l {
	case incident.LevelI:
		return d.I
	case incident.LevelII:
		return d.II
	case incident.LevelIII:
		return d.III
	case incident.LevelIV:
		return d.IV
	}
	return incident.Span{}
}

// Choice is the plan for an incident, with the reason in words.
type Choice struct {
	Plan   string
	Reason string
	Tasks  []Task // those of the level, the common ones first
}

// Choose finds the plan for a nature at a level; false when nothing is planned for it.
func (b *Book) Choose(nature string, level incident.Level) (Choice, bool) {
	if b == nil || !level.Valid() {
		return Choice{}, false
	}
	p, own := b.planFor(nature)
	if p == nil {
		return Choice{}, false
	}
	c := Choice{Plan: p.Name, Reason: fmt.Sprintf("类别“%s”、级别%s", nature, level.Badge())}
	if !own {
		c.Reason = fmt.Sprintf("类别“%s”没有专门的预案，级别%s", nature, level.Badge())
	}
	if nature == "" {
		c.Reason = "类别未定，级别" + level.Badge()
	}
	for _, t := range slices.Concat(b.Common, p.Tasks) {
		if !t.Due.At(level).IsZero() {
			c.Tasks = append(c.Tasks, t)
		}
	}
	return c, len(c.Tasks) > 0
}

// planFor is the first plan that names the nature, or the first that names none.
func (b *Book) planFor(nature string) (p *Plan, own bool) {
	for n := range b.Plans {
		if slices.Contains(b.Plans[n].Natures, nature) {
			return &b.Plans[n], true
		}
	}
	for n := range b.Plans {
		if len(b.Plans[n].Natures) == 0 {
			return &b.Plans[n], false
		}
	}
	return nil, false
}
