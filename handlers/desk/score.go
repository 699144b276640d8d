package desk

import (
	"time"

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
