package desk

import (
	"slices"

	"fenghuo/internal/incident"
	"fenghuo/internal/likeness"
	"fenghuo/store"
)

// Alike is the incident, open or closed of late, a new one most resembles; nil if none is near enough. Of two as near it
// is the open one. What is confidential, or a drill, is never compared: nobody learns of it by reporting something like it.
func (w *Work) Alike(inc *incident.Incident) (*incident.Incident, likeness.Likeness, error) {
	none := likeness.Likeness{}
	rule := w.Rules.Policy.Alike
	if inc.Confidential || inc.Drill || rule.From == 0 {
		return nil, none, nil
	}
	if err := w.Tx.Lock("alike"); err != nil { // of two in the same moment the second sees the first
		return nil, none, err
	}
	near, err := w.Tx.IncidentWords(store.IncidentFilter{From: inc.FoundAt.Add(-rule.Within), Drill: store.Without, Confidential: store.Without})
	if err != nil {
		return nil, none, err
	}
	names := w.unitNames()
	a, at := likeness.Report{Unit: inc.Unit, Nature: inc.Nature, At: inc.FoundAt, Links: inc.Links}, likeness.Read(inc.Title+" "+inc.Summary, names...)
	best, over := "", false
	for _, other := range slices.Backward(near) { // of two as near, the older one
		b := likeness.Report{Unit: other.Unit, Nature: other.Nature, At: other.FoundAt, Links: other.Links}
		if other.Number == inc.Number || other.State == incident.Draft || other.State.Over() && other.State != incident.Closed || likeness.Apart(a, b, rule.Within) {
			continue
		}
		l := likeness.Compare(a, b, at, likeness.Read(other.Title+" "+other.Summary, names...))
		nearer := l.Score > none.Score || l.Score == none.Score && over && !other.State.Over()
		if l.Score >= rule.From && nearer {
			best, none, over = other.Number, l, other.State.Over()
		}
	}
	if best == "" {
		return nil, none, nil
	}
	head, err := w.Tx.Incident(best)
	return head, none, err
}

func (d *Desk) unitNames() []string {
	var out []string
	for _, u := range d.Org.Units {
		for _, name := range append([]string{u.Name, u.Full}, u.Aliases...) {
			if name != "" {
				out = append(out, name)
			}
		}
	}
	return out
}
