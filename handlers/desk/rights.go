package desk

import (
	"slices"

	"fenghuo/internal/incident"
	"fenghuo/internal/rights"
)

// Hands are the parts a person has in an incident, and the posts they hold. inc may be nil.
func (d *Desk) Hands(inc *incident.Incident, person string) []rights.Hand {
	var out []rights.Hand
	if person == "" {
		return nil
	}
	if inc != nil {
		for _, part := range []struct {
			who  string
			hand rights.Hand
		}{{inc.Reporter, rights.Reporter}, {inc.Officer, rights.Officer}, {inc.Backup, rights.Backup}, {inc.Tracker, rights.Tracker},
			{inc.Head, rights.Head}, {inc.Deputy, rights.Deputy}, {inc.Chief, rights.Chief}} {
			if part.who == person {
				out = append(out, part.hand)
			}
		}
	}
	for _, h := range []struct {
		post string
		hand rights.Hand
	}{{"verifier", rights.Verifier}, {"info_officer", rights.InfoOfficer}, {"duty", rights.Duty}, {"approver", rights.Approver}, {"committee", rights.Committee},
		{"admin", rights.Admin}, {"head", rights.AnyHead}, {"deputy", rights.AnyDeputy}, {"chief", rights.AnyChief}, {"photo", rights.Photo}} {
		if d.Org.Has(person, h.post) {
			out = append(out, h.hand)
		}
	}
	if d.Org.Keeps(person) {
		out = append(out, rights.Keeper)
	}
	return out
}

// May reports whether a person may carry out an act, on an incident or, with nil, at all.
func (d *Desk) May(act string, inc *incident.Incident, person string) bool {
	return rights.May(act, d.Hands(inc, person))
}

// First are those to be named to somebody who may not, in the order of the matrix; each once.
func (d *Desk) First(act string, inc *incident.Incident) []string {
	var out []string
	add := func(people ...string) {
		for _, p := range people {
			if p != "" && !slices.Contains(out, p) {
				out = append(out, p)
			}
		}
	}
	for _, h := range rights.Of(act).First {
		switch h {
		case rights.Reporter:
			add(inc.Reporter)
		case rights.Officer:
			add(inc.Officer)
		case rights.Backup:
			add(inc.Backup)
		case rights.Tracker:
			add(inc.Tracker)
		case rights.Head:
			add(inc.Head)
		case rights.Deputy:
			add(inc.Deputy)
		case rights.Chief:
			add(inc.Chief)
		}
	}
	return out
}
