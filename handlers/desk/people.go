package desk

import (
	"slices"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
)

// Assign asks the roster who answers for an incident at a moment.
func (d *Desk) Assign(unit, nature string, level incident.Level, at time.Time) (incident.Assign, error) {
	as, err := d.Org.Assign(roster.Query{Unit: unit, Nature: nature, Level: int(level), At: at, Calendar: d.Rules.Calendar})
	if err != nil {
		return incident.Assign{}, err
	}
	return incident.Assign{Officer: as.Officer, OnDuty: as.OnHoliday, Backup: as.Backup, Head: as.Head,
		Deputy: as.Deputy, Chief: as.Chief, Tracker: as.Tracker, Reason: as.Reason}, nil
}

// Holders are the people who hold a role for an incident now.
func (w *Work) Holders(inc *incident.Incident, role incident.Role) []string {
	as := roster.Assignment{Officer: inc.Officer, Backup: inc.Backup, Tracker: inc.Tracker, Head: inc.Head,
		Deputy: inc.Deputy, Chief: inc.Chief, Duty: w.Org.OnDuty(w.Now, w.Rules.Calendar)}
	return w.Org.Holders(string(role), as, inc.Reporter, inc.Unit)
}

// Judge is who decides about an extension: the officer, or their head when the officer is who asks.
func (d *Desk) Judge(inc *incident.Incident, asker string) string {
	if inc.Officer != asker {
		return inc.Officer
	}
	return inc.Head
}

// Approver is who approves the final report.
func (w *Work) Approver(inc *incident.Incident) string {
	role := w.Rules.Policy.Levels[inc.Level.Current].FinalBy
	if role == "" {
		role = incident.RoleHead
	}
	if who := w.Holders(inc, role); len(who) > 0 {
		return who[0]
	}
	return inc.Head
}

// MayAck reports whether a person's acknowledgment counts: the officer, whoever covers for them, and
// everybody a step of the ladder would call.
func (w *Work) MayAck(inc *incident.Incident, person string) bool {
	if slices.Contains([]string{inc.Officer, inc.Backup, inc.Head, inc.Deputy, inc.Chief}, person) {
		return true
	}
	if cover, ok := w.Org.Cover(inc.Officer, w.Now); ok && cover == person {
		return true
	}
	if person == w.Org.OnDuty(w.Now, w.Rules.Calendar) {
		return true
	}
	return slices.ContainsFunc(inc.Ack.Called, func(c incident.Called) bool { return c.Person == person })
}

// seesAll are the posts whose holders may see every incident that is not confidential.
var seesAll = []string{"photo", "info_officer", "officer", "verifier", "head", "deputy", "chief", "duty", "approver", "committee", "admin"}

// MaySee reports whether a person may see an incident: those named in it, heads of the unit concerned,
// and the posts that work with all of them.
func (d *Desk) MaySee(inc *incident.Incident, person string) bool {
	named := []string{inc.Reporter, inc.Officer, inc.Backup, inc.Head, inc.Deputy, inc.Chief, inc.Tracker}
	if person != "" && slices.Contains(named, person) {
		return true
	}
	if slices.ContainsFunc(inc.Findings, func(f incident.Finding) bool {
		return f.Person == person && f.Status != incident.FindingProposed || incident.Grave(f.Kind) && d.Org.Has(person, "committee")
	}) {
		return true
	}
	if slices.ContainsFunc(inc.Inquiries, func(q incident.Inquiry) bool { return q.Answerer == person && person != "" }) {
		return true
	}
	if p := inc.TalkDrafted(); p != nil && slices.ContainsFunc(p.Chain, func(c incident.Called) bool { return c.Person == person }) {
		return true // asked to agree to what is said of it
	}
	if inc.Confidential {
		return false
	}
	if u, ok := d.Org.Unit(inc.Unit); ok && u.Head == person {
		return true
	}
	if person != "" && slices.ContainsFunc(inc.Tasks, func(t incident.Task) bool { return t.Owner == person }) {
		return true
	}
	return slices.ContainsFunc(seesAll, func(post string) bool { return d.Org.Has(person, post) })
}
