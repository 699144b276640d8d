package desk

import (
	"slices"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// MayFind reports whether a person may propose a finding or dismiss a risk: the heads of the incident and
// the administrators.
func (d *Desk) MayFind(inc *incident.Incident, person string) bool {
	return d.May("认定", inc, person)
}

// MayAccuse reports whether a person may ask the committee to look into a concealment or a false report.
func (d *Desk) MayAccuse(inc *incident.Incident, person string) bool {
	return d.May("提请瞒报调查", inc, person)
}

// Confirmers are those whose word a proposed finding waits for, who is to be asked first: a second head or
// administrator, for a merit the deputy, for a grave fault the committee.
func (d *Desk) Confirmers(inc *incident.Incident, f incident.Finding) []string {
	judges := append([]string{inc.Head, inc.Deputy, inc.Chief}, d.Org.Holding("admin")...)
	switch {
	case incident.Grave(f.Kind):
		judges = d.Org.Holding("committee")
	case f.Kind == incident.MeritAverted:
		judges = []string{inc.Deputy, inc.Chief}
	}
	return others(judges, func(p string) bool {
		return p == f.Person || f.SignedBy(p) || (!incident.Grave(f.Kind) && p == f.ProposedBy)
	})
}

// Appellate are those who may answer an appeal: leaders and the committee, as far as they have had no part
// in the finding.
func (d *Desk) Appellate(inc *incident.Incident, f incident.Finding) []string {
	judges := append([]string{inc.Deputy, inc.Chief}, d.Org.Holding("committee")...)
	return others(judges, func(p string) bool { return p == f.Person || p == f.ProposedBy || f.SignedBy(p) })
}

// Others are people once each, without one of them.
func Others(people []string, except string) []string {
	return others(people, func(p string) bool { return p == except })
}

// others are people once each, without those who are out.
func others(people []string, out func(string) bool) []string {
	var left []string
	for _, p := range people {
		if p != "" && !out(p) && !slices.Contains(left, p) {
			left = append(left, p)
		}
	}
	return left
}

// TellFinding tells people of a finding in private; stage makes the message unique.
func (w *Work) TellFinding(inc *incident.Incident, f incident.Finding, stage string, m bot.Message, people ...string) error {
	for _, person := range others(people, func(string) bool { return false }) {
		if err := w.Direct(inc, person, Told{Purpose: "finding/" + f.ID + "/" + stage, Reason: "认定", Message: m}); err != nil {
			return err
		}
	}
	return nil
}
