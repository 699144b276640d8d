package roster

import (
	"fmt"
	"time"
)

// coverAll puts whoever is there in the place of people on leave. When nobody covers for the officer,
// the backup (B岗) answers, then the duty officer, then the head. Without a cover head, deputy and chief
// stay: only a step of the ladder calls them. A tracker without a cover leaves the place to who acknowledges.
func (o *Org) coverAll(a *Assignment, at time.Time) {
	planned := a.Officer
	a.Backup, a.Tracker = o.present(a.Backup, at), o.present(a.Tracker, at)
	a.Officer = first(o.present(a.Officer, at), a.Backup, a.Duty, o.present(a.Head, at), planned)
	if a.Officer != planned {
		a.Reason = fmt.Sprintf("%s请假，由%s代", o.DisplayName(planned), o.DisplayName(a.Officer))
	}
	if a.Backup == a.Officer {
		a.Backup = ""
	}
	for _, who := range []*string{&a.Head, &a.UnitHead, &a.Deputy, &a.Chief} {
		if cover, ok := o.Cover(*who, at); ok {
			*who = cover
		}
	}
}

// Cover is who stands in for a person on leave at a moment: the cover, or the cover's own. ok is false
// when the person is there, and when nobody stands in.
func (o *Org) Cover(person string, at time.Time) (cover string, ok bool) {
	cover = o.present(person, at)
	return cover, cover != "" && cover != person
}

// present is the person, or whoever stands in for them at a moment; "" when nobody does.
func (o *Org) present(person string, at time.Time) string {
	for range len(o.Leave) + 1 {
		l, away := find(o.Leave, func(l Leave) bool { return l.Person == person && days(l.From, l.To, at) })
		if !away || person == "" {
			return person
		}
		person = l.Cover
	}
	return "" // they cover for one another, and all are away
}

func first(people ...string) string {
	for _, p := range people {
		if p != "" {
			return p
		}
	}
	return ""
}
