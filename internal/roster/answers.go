package roster

import "slices"

// Answers reports whether somebody is called when something is reported: as officer, backup or tracker of some
// kind of incident, or on some shift of duty.
func (o *Org) Answers(person string) bool {
	return slices.ContainsFunc(o.Routing, func(r Route) bool { return r.Officer == person || r.Backup == person || r.Tracker == person }) ||
		slices.ContainsFunc(append(slices.Clone(o.Duty), o.Holiday...), func(s Shift) bool { return s.Person == person })
}
