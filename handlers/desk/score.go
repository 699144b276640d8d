package desk

import (
	"slices"
	"time"

	"fenghuo/internal/notice"
	"fenghuo/internal/score"
	"fenghuo/store"
)

// Entries are the scored lines of the registry within [from, to), in the order of their time.
func (w *Work) Entries(from, to time.Time) ([]score.Entry, error) {
	if w.Score == nil {
		return nil, nil
	}
	incs, err := w.Tx.Incidents(store.IncidentFilter{To: to})
	if err != nil {
		return nil, err
	}
	var out []score.Entry
	for _, inc := range incs {
		for _, e := range w.Score.Entries(inc, w.UnitOf) {
			if !e.At.Before(from) && e.At.Before(to) {
				out = append(out, e)
			}
		}
	}
	score.Sort(out)
	return out, nil
}

// UnitOf is a person's unit, empty when the organisation does not know it.
func (d *Desk) UnitOf(person string) string {
	p, _ := d.Org.Person(person)
	return p.Unit
}

// UnitScores are the totals of units with their lines, those named or all that have any, the best total first.
func (d *Desk) UnitScores(entries []score.Entry, units []string) []notice.UnitScore {
	if units == nil {
		for _, e := range entries {
			if !slices.Contains(units, e.Unit) {
				units = append(units, e.Unit)
			}
		}
	}
	var out []notice.UnitScore
	for _, id := range units {
		s := notice.UnitScore{Unit: id, Entries: slices.DeleteFunc(slices.Clone(entries), func(e score.Entry) bool { return e.Unit != id })}
		if u, ok := d.Org.Unit(id); ok {
			s.Unit = u.Name
		}
		s.Total = d.Score.Total(s.Entries)
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b notice.UnitScore) int { return int(b.Total.Sum - a.Total.Sum) })
	return out
}
