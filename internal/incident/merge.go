package incident

import (
	"slices"
	"time"
)

// Likely is another incident this one resembles, as it was asked about at registration.
type Likely struct {
	Number string    `json:"number"`
	Score  int       `json:"score"` // of 100
	Why    []string  `json:"why"`
	At     time.Time `json:"at"`
	// Settled says who decided, and when; the decision is a merge, or that they are two matters.
	Settled   time.Time `json:"settled,omitzero"`
	SettledBy string    `json:"settled_by,omitempty"`
}

// Merge is what became of a report that was put into another one. Splitting ends it and leaves it in History.
type Merge struct {
	Into   string    `json:"into"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Was    State     `json:"was"`            // its state before
	New    bool      `json:"new,omitempty"`  // it brought a link or evidence the head did not have
	Gap    int       `json:"gap"`            // minutes it was reported after the head
	Until  time.Time `json:"until,omitzero"` // when it was split off again
	Split  string    `json:"split,omitempty"`
	Reason string    `json:"reason,omitempty"`
}

// Part is a report that was put into this one, and what it brought: splitting takes just that out again.
type Part struct {
	Number    string    `json:"number"`
	Reporter  string    `json:"reporter"`
	Reported  time.Time `json:"reported"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Links     []string  `json:"links,omitempty"`
	Platforms []string  `json:"platforms,omitempty"`
	Evidence  []string  `json:"evidence,omitempty"` // ids here
	Until     time.Time `json:"until,omitzero"`
}

// Relation ties incidents that are not one matter: 同批, 同源, 关联.
type Relation struct {
	Kind string    `json:"kind"`
	To   string    `json:"to"`
	Main bool      `json:"main,omitempty"` // of 同批 and 同源: To is the one the others belong to
	By   string    `json:"by"`
	At   time.Time `json:"at"`
}

// RelationKinds are the ties people may name; the first is meant when they name none.
var RelationKinds = []string{"关联", "同批", "同源"}

// MergedInto is the head it was put into, empty when it stands alone.
func (i *Incident) MergedInto() string {
	if i.State != Merged || len(i.Merges) == 0 {
		return ""
	}
	return i.Merges[len(i.Merges)-1].Into
}

// Doubt is the resemblance nobody has decided about, nil if there is none.
func (i *Incident) Doubt() *Likely {
	if i.Likely == nil || !i.Likely.Settled.IsZero() || i.State.Over() {
		return nil
	}
	return i.Likely
}

// suspect notes a resemblance found at registration; one is asked about.
func (i *Incident) suspect(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Likely != nil {
		return i.refuse(AnsweredAlready)
	}
	l := *a.Likely
	l.At = a.At
	i.Likely = &l
	return nil
}

// standAlone decides that they are two matters.
func (i *Incident) standAlone(_ Rules, a Act) error {
	l := i.Doubt()
	if l == nil {
		return i.refuse(NothingAsked)
	}
	i.Likely = &Likely{Number: l.Number, Score: l.Score, Why: l.Why, At: l.At, Settled: a.At, SettledBy: a.By}
	return nil
}

// mergeInto ends this one's own life: its clocks stop, what was filed and judged stays.
func (i *Incident) mergeInto(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.hasParts() {
		return i.refuse(HasParts)
	}
	m := *a.Merge
	m.At, m.By, m.Was = a.At, a.By, i.State
	i.Merges = append(i.Merges, m)
	if l := i.Doubt(); l != nil {
		i.Likely = &Likely{Number: l.Number, Score: l.Score, Why: l.Why, At: l.At, Settled: a.At, SettledBy: a.By}
	}
	i.lapseExtension()
	i.State = Merged
	return nil
}

func (i *Incident) hasParts() bool {
	return slices.ContainsFunc(i.Parts, func(p Part) bool { return p.Until.IsZero() })
}

// absorb takes in what a merged report knows and this one does not.
func (i *Incident) absorb(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	p := *a.Part
	p.At, p.By, p.Evidence = a.At, a.By, nil
	for _, e := range a.Evidence {
		if !i.holds(e.SHA256) {
			more := numbered(i.Evidence, []Evidence{e})
			i.Evidence = append(i.Evidence, more...)
			p.Evidence = append(p.Evidence, more[0].ID)
		}
	}
	p.Links, i.Links = fresh(i.Links, p.Links)
	p.Platforms, i.Platforms = fresh(i.Platforms, p.Platforms)
	i.Parts = append(i.Parts, p)
	return nil
}

func (i *Incident) holds(sha string) bool {
	return slices.ContainsFunc(i.Evidence, func(e Evidence) bool { return e.SHA256 == sha && !e.Withdrawn })
}

// fresh are those of more that have does not hold, and both together.
func fresh(have, more []string) (added, all []string) {
	all = slices.Clone(have)
	for _, v := range more {
		if !slices.Contains(all, v) {
			added, all = append(added, v), append(all, v)
		}
	}
	return added, all
}

// Knows reports whether links or evidence of another report are all known here.
func (i *Incident) Knows(links []string, evidence []Evidence) bool {
	return !slices.ContainsFunc(links, func(l string) bool { return !slices.Contains(i.Links, l) }) &&
		!slices.ContainsFunc(evidence, func(e Evidence) bool { return !e.Withdrawn && !i.holds(e.SHA256) })
}

// release lets a part go with what it brought.
func (i *Incident) release(_ Rules, a Act) error {
	n := slices.IndexFunc(i.Parts, func(p Part) bool { return p.Number == a.Text && p.Until.IsZero() })
	if n < 0 {
		return i.refuse(NoSuchPart)
	}
	i.Parts = slices.Clone(i.Parts)
	p := &i.Parts[n]
	p.Until = a.At
	for k := range i.Evidence {
		if slices.Contains(p.Evidence, i.Evidence[k].ID) {
			i.Evidence[k].Withdrawn = true
		}
	}
	gone := func(list []string) func(string) bool { return func(v string) bool { return slices.Contains(list, v) } }
	i.Links = slices.DeleteFunc(slices.Clone(i.Links), gone(p.Links))
	i.Platforms = slices.DeleteFunc(slices.Clone(i.Platforms), gone(p.Platforms))
	return nil
}

// split gives a merged report its own life back, with the times it was reported with. What nobody could do while it
// was merged is asked for from now: the officer is called anew, or follow-ups and verification count from here.
func (i *Incident) split(r Rules, a Act) error {
	if i.State != Merged || len(i.Merges) == 0 {
		return i.refuse(NoSuchPart)
	}
	i.Merges = slices.Clone(i.Merges)
	m := &i.Merges[len(i.Merges)-1]
	m.Until, m.Split, m.Reason = a.At, a.By, a.Text
	i.State = m.Was
	switch {
	case i.Acked() && i.CalmAt.IsZero():
		i.work(r, a.At)
	case !i.Acked():
		i.State = Submitted
		i.Ack = Ack{Planned: r.firstCall(i.Level.Current, a.At), Silent: i.Ack.Silent}
		i.Ack.Due = r.due(i.Level.Current, i.Ack.Planned, r.Policy.Levels[i.Level.Current].Ack)
	}
	return nil
}

// relate notes a tie to another incident; the same one twice is one.
func (i *Incident) relate(_ Rules, a Act) error {
	if i.State == Draft {
		return i.refuse(NotSubmitted)
	}
	n := slices.IndexFunc(i.Relations, func(r Relation) bool { return r.To == a.Text })
	if n >= 0 && i.Relations[n].Kind == a.About && i.Relations[n].Main == a.Main {
		return i.refuseWho(AnsweredAlready, i.Relations[n].By, i.Relations[n].At)
	}
	rel := Relation{Kind: a.About, To: a.Text, Main: a.Main, By: a.By, At: a.At}
	if i.Relations = slices.Clone(i.Relations); n >= 0 {
		i.Relations[n] = rel
		return nil
	}
	i.Relations = append(i.Relations, rel)
	return nil
}
