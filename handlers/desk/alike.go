package desk

import (
	"slices"

	"fenghuo/internal/incident"
	"fenghuo/internal/likeness"
	"fenghuo/store"
)

// mostCompared bounds how many open incidents a new report is put beside, the newest.
const mostCompared = 100

// Alike is the open incident a new one most resembles, nil if none is near enough. What is confidential, or a drill, is
// never compared: nobody learns of it by reporting something like it.
func (w *Work) Alike(inc *incident.Incident) (*incident.Incident, likeness.Likeness, error) {
	none := likeness.Likeness{}
	if inc.Confidential || inc.Drill {
		return nil, none, nil
	}
	open, err := w.Tx.Incidents(store.IncidentFilter{From: w.Now.Add(-likeness.Within), Open: store.Only, Drill: store.Without, Confidential: store.Without, Limit: mostCompared})
	if err != nil {
		return nil, none, err
	}
	names := w.unitNames()
	a, at := compared(inc), likeness.Read(inc.Title+" "+inc.Summary, names...)
	var best *incident.Incident
	for _, other := range slices.Backward(open) { // of two as near, the older one
		if other.Number == inc.Number || other.State == incident.Draft {
			continue
		}
		l := likeness.Compare(a, compared(other), at, likeness.Read(other.Title+" "+other.Summary, names...))
		if l.Score >= likeness.Alike && l.Score > none.Score {
			best, none = other, l
		}
	}
	return best, none, nil
}

func compared(inc *incident.Incident) likeness.Report {
	return likeness.Report{Unit: inc.Unit, Nature: inc.Nature, At: inc.FoundAt, Links: inc.Links}
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
