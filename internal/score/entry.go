package score

import (
	"cmp"
	"slices"
	"time"

	"fenghuo/internal/incident"
)

// What an entry counts for.
const (
	Provisional = "provisional" // the report is not verified yet
	Counted     = "counted"
	Proposed    = "proposed" // a risk not judged, or a finding that may still change
	Revoked     = "revoked"  // shown, and worth nothing
)

// Entry is one credit or charge. Its Line is where it stands in the registry: 首报, 续报一, R1, I-2.
type Entry struct {
	Person   string    `json:"person"`
	Unit     string    `json:"unit"`
	Incident string    `json:"incident"`
	Name     string    `json:"entry"`
	Line     string    `json:"line"`
	Points   Points    `json:"points"`
	Status   string    `json:"status"`
	At       time.Time `json:"at"`
	Scheme   string    `json:"scheme"`
	Veto     bool      `json:"veto,omitempty"`
}

// Counts is what the entry adds to a total.
func (e Entry) Counts() Points {
	if e.Status != Counted {
		return 0
	}
	return e.Points
}

// fold collects the entries of one incident.
type fold struct {
	s    *Scheme
	inc  *incident.Incident
	unit func(person string) string
	out  []Entry
}

// Entries are those of an incident, in the order of the registry. unit names a person's unit. Drills, and what was
// never a report, have none.
func (s *Scheme) Entries(inc *incident.Incident, unit func(person string) string) []Entry {
	switch inc.State {
	case "", incident.Draft, incident.Abandoned, incident.Withdrawn:
		return nil
	}
	if inc.Drill {
		return nil
	}
	f := &fold{s: s, inc: inc, unit: unit}
	if inc.State == incident.Merged {
		f.merged()
		return f.out
	}
	f.report()
	f.work()
	f.silences()
	f.risks()
	f.findings()
	return f.out
}

func (f *fold) add(person, name, line string, p Points, status string, at time.Time) {
	if person == "" {
		return
	}
	f.out = append(f.out, Entry{Person: person, Unit: f.unit(person), Incident: f.inc.Number, Name: name, Line: line, Points: p,
		Status: status, At: at, Scheme: f.s.Name})
}

// credit is add for what a scheme may leave out.
func (f *fold) credit(person, name, line string, p Points, status string, at time.Time) {
	if p != 0 {
		f.add(person, name, line, p, status, at)
	}
}

// share credits the report to who made it, in equal parts where several did; what cannot be parted goes to its reporter.
func (f *fold) share(name, line string, p Points, status string, at time.Time) {
	part := p / Points(1+len(f.inc.Joint))
	f.add(f.inc.Reporter, name, line, p-part*Points(len(f.inc.Joint)), status, at)
	for _, person := range f.inc.Joint {
		f.add(person, name, line, part, status, at)
	}
}

// extra is share for what a scheme may leave out.
func (f *fold) extra(name, line string, p Points, status string, at time.Time) {
	if p != 0 {
		f.share(name, line, p, status, at)
	}
}

// merged credits a report that was put into another one when it brought something new soon enough.
func (f *fold) merged() {
	m := f.inc.Merges[len(f.inc.Merges)-1]
	p := Points(0)
	if m.New && m.Gap <= f.s.MergedWithin {
		p = f.s.Merged
	}
	f.share("并入", "并入"+m.Into, p, Counted, m.At)
}

// status of the credits for the report: it counts once it was verified, or the incident is closed; a false report voids
// it.
func (f *fold) status() string {
	switch {
	case slices.ContainsFunc(f.inc.Findings, func(g incident.Finding) bool { return f.s.Faults[g.Kind].Void && final(g) }):
		return Revoked
	case f.inc.Verification.Conclusion != "", f.inc.State.Over():
		return Counted
	}
	return Provisional
}

// report credits the first report. One that was mistaken in good faith is worth nothing and costs nothing.
func (f *fold) report() {
	inc, s := f.inc, f.s
	if inc.State == incident.FalseReport {
		f.share("误报（不扣分）", "首报", 0, Counted, inc.ReportedAt)
		return
	}
	status := f.status()
	f.share("首报", "首报", s.worth(inc), status, inc.ReportedAt)
	if linked := len(inc.Links) > 0 || kept(inc); linked && inc.Elements.Verdict == incident.OnTime && !inc.Elements.At.IsZero() {
		f.extra("证据齐全", "要素", s.Evidence, status, inc.Elements.At)
	}
	if kept(inc) {
		f.extra("现场图像", "证据", s.Pictures, status, inc.ReportedAt)
	}
	if first(inc) {
		f.extra("首先发现", "首报", s.FirstDiscovery, status, inc.ReportedAt)
	}
	if early(inc) {
		f.extra("苗头应验", "级别", s.EarlySign, status, inc.Level.History[len(inc.Level.History)-1].At)
	}
	if i, p := s.highest(inc); p != 0 {
		f.share("批示", "批示", p, status, i.At)
	}
}

// worth is what the report is credited with for its level or its use, and for coming in time.
func (s *Scheme) worth(inc *incident.Incident) Points {
	p := s.Report[inc.Level.Current]
	if len(s.Use) > 0 {
		p = s.Unused
		for _, u := range inc.Uses {
			p = max(p, s.Use[u.Kind])
		}
	}
	switch inc.FirstReport.Verdict {
	case incident.Late:
		return p.part(s.Late)
	case incident.LateGrave:
		return p.part(s.LateGrave)
	}
	return p
}

func kept(inc *incident.Incident) bool {
	return slices.ContainsFunc(inc.Evidence, func(e incident.Evidence) bool { return !e.Withdrawn })
}

// first reports whether nobody knew before: not monitoring, not the press.
func first(inc *incident.Incident) bool {
	before := func(t time.Time) bool { return !t.IsZero() && t.Before(inc.ReportedAt) }
	return inc.FirstReport.Kind != incident.BySignal &&
		!slices.ContainsFunc(inc.Sightings, func(s incident.Sighting) bool { return before(s.At) }) &&
		!slices.ContainsFunc(inc.Inquiries, func(q incident.Inquiry) bool { return before(q.At) })
}

// early reports a level IV that became graver, confirmed.
func early(inc *incident.Incident) bool {
	h := inc.Level.History
	return len(h) > 1 && h[0].Level == incident.LevelIV && inc.Level.Current.Graver(incident.LevelIV) && !inc.Level.Provisional
}

// highest is the instruction that counts: only one does.
func (s *Scheme) highest(inc *incident.Incident) (i incident.Instruction, most Points) {
	for _, have := range inc.Instructions {
		if p := s.Instruction[have.Rank]; p > most {
			i, most = have, p
		}
	}
	return i, most
}

// work credits follow-ups, the final report and the debrief to who filed them.
func (f *fold) work() {
	inc, s := f.inc, f.s
	given := map[string]Points{}
	var all Points
	for _, u := range inc.FollowUps {
		if u.Verdict != incident.OnTime || s.FollowUp.Most > 0 && all+s.FollowUp.Each > s.FollowUp.Most {
			continue
		}
		all += s.FollowUp.Each
		given[u.By] += s.FollowUp.Each
		f.credit(u.By, incident.SlotName(u.N), incident.SlotName(u.N), s.FollowUp.Each, Counted, u.At)
	}
	if p := inc.Final; p.Verdict == incident.OnTime && !p.At.IsZero() {
		f.credit(p.By, "终报", "终报", s.Final, Counted, p.At)
	}
	if p := inc.Debrief; !p.ApprovedAt.IsZero() {
		f.credit(p.By, "复盘", "复盘", s.Debrief, Counted, p.ApprovedAt)
	}
}

// silences are those of the ladder nobody has judged yet.
func (f *fold) silences() {
	for _, silence := range f.inc.Ack.Silent {
		found := slices.ContainsFunc(f.inc.Findings, func(g incident.Finding) bool {
			return g.Kind == incident.FaultSilent && g.Person == silence.Person
		})
		if found {
			continue
		}
		status := Proposed
		if silence.DismissedBy != "" {
			status = Revoked
		}
		f.credit(silence.Person, incident.FaultSilent, "签收", f.s.Faults[incident.FaultSilent].Points*Points(silence.Missed), status, silence.To)
	}
}

// risks are those no finding was made of: what they would cost, and, dismissed, what they no longer do.
func (f *fold) risks() {
	for _, r := range f.inc.Risks {
		if r.Status == incident.RiskBecameFinding {
			continue
		}
		status := Proposed
		if r.Status == incident.RiskIsDismissed {
			status = Revoked
		}
		f.credit(r.Person, r.Kind, r.ID, f.cost(r.Kind, r.About, r.Person), status, r.OpenedAt)
	}
}

// findings count once they are final. What people found of themselves before anybody else did is let off.
func (f *fold) findings() {
	for _, g := range f.inc.Findings {
		status := Proposed
		switch {
		case g.Status == incident.FindingRevoked, f.ownCorrection(g):
			status = Revoked
		case final(g):
			status = Counted
		}
		if g.Kind == incident.MeritAverted {
			f.credit(g.Person, g.Kind, g.ID, f.s.Averted, status, at(g))
			continue
		}
		f.credit(g.Person, g.Kind, g.ID, f.cost(g.Kind, g.About, g.Person), status, at(g))
		if f.s.Faults[g.Kind].Veto && status == Counted && len(f.out) > 0 {
			f.out[len(f.out)-1].Veto = true
		}
	}
}

// final reports a finding that takes effect.
func final(g incident.Finding) bool {
	return !g.EffectiveAt.IsZero() && g.Status != incident.FindingRevoked
}

func at(g incident.Finding) time.Time {
	if !g.EffectiveAt.IsZero() {
		return g.EffectiveAt
	}
	return g.ProposedAt
}

// ownCorrection reports a fault of the first report that its reporter had put right before it was proposed.
func (f *fold) ownCorrection(g incident.Finding) bool {
	return g.About == incident.AboutFirst && !incident.Grave(g.Kind) && slices.ContainsFunc(f.inc.Corrections, func(c incident.Correction) bool {
		return c.By == g.Person && c.Status == incident.CorrectionMade && c.At.Before(g.ProposedAt)
	})
}

// cost is what a fault costs here.
func (f *fold) cost(kind, about, person string) Points {
	fault := f.s.Faults[kind]
	switch {
	case kind == incident.FaultSlow && about == "要素补全" && f.s.Element != 0:
		return f.s.Element
	case fault.OfReport != 0:
		return f.s.worth(f.inc).part(fault.OfReport)
	case fault.PerStep:
		n := slices.IndexFunc(f.inc.Ack.Silent, func(s incident.Silence) bool { return s.Person == person })
		if n < 0 {
			return 0
		}
		return fault.Points * Points(f.inc.Ack.Silent[n].Missed)
	case len(fault.Levels) > 0:
		return fault.Levels[f.inc.Level.Current]
	}
	return fault.Points
}

// Sort puts entries in the order of their time; of one moment, in that of the registry.
func Sort(entries []Entry) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Incident, b.Incident))
	})
}
