package incident

import (
	"slices"
	"time"
)

// Statuses of a finding.
const (
	FindingProposed  = "proposed"  // waits for the second person, or for signatures
	FindingConfirmed = "confirmed" // may be appealed until AppealBy, then it is final
	FindingAppealed  = "appealed"
	FindingUpheld    = "upheld"
	FindingRevoked   = "revoked"
)

// Finding is a fault, or a merit, as people find it: one proposes, another confirms, the person concerned
// may appeal. It counts from EffectiveAt.
type Finding struct {
	ID         string      `json:"id"` // I-1
	Kind       string      `json:"kind"`
	Risk       string      `json:"risk,omitempty"` // the risk it was made of
	About      string      `json:"about,omitempty"`
	Person     string      `json:"person"`
	Status     string      `json:"status"`
	Reason     string      `json:"reason"`
	Evidence   []string    `json:"evidence,omitempty"` // E-1, or a witness in words
	ProposedBy string      `json:"proposed_by"`
	ProposedAt time.Time   `json:"proposed_at"`
	Signed     []Signature `json:"signed,omitempty"`
	AppealBy   time.Time   `json:"appeal_by,omitzero"`
	Appeal     string      `json:"appeal,omitempty"`
	AppealedAt time.Time   `json:"appealed_at,omitzero"`
	DecidedBy  string      `json:"decided_by,omitempty"` // on the appeal, or who let it go
	DecidedAt  time.Time   `json:"decided_at,omitzero"`
	Decision   string      `json:"decision,omitempty"`
	// EffectiveAt is when it became final; zero while it may still change, or never counts.
	EffectiveAt time.Time `json:"effective_at,omitzero"`
}

// Signature is one person's confirmation.
type Signature struct {
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// By are those who answer for the finding: who proposed and who confirmed it, or the committee's two.
func (f Finding) By() []string {
	var out []string
	if !Grave(f.Kind) {
		out = append(out, f.ProposedBy)
	}
	for _, s := range f.Signed {
		out = append(out, s.By)
	}
	return out
}

// Needs is how many signatures are still missing.
func (f Finding) Needs() int {
	most := 1
	if Grave(f.Kind) {
		most = 2
	}
	return max(0, most-len(f.Signed))
}

// SignedBy reports whether a person has signed.
func (f Finding) SignedBy(person string) bool {
	return slices.ContainsFunc(f.Signed, func(s Signature) bool { return s.By == person })
}

// Finding is the finding with that id, nil if there is none.
func (i *Incident) Finding(id string) *Finding {
	for n := range i.Findings {
		if i.Findings[n].ID == id {
			return &i.Findings[n]
		}
	}
	return nil
}

// foundAlready reports a finding of the same that was not revoked.
func (i *Incident) foundAlready(kind, about, person string) bool {
	return slices.ContainsFunc(i.Findings, func(f Finding) bool {
		return f.Kind == kind && f.About == about && f.Person == person && f.Status != FindingRevoked
	})
}

func (i *Incident) proposeFinding(_ Rules, a Act) error {
	if i.State == Draft {
		return i.refuse(NotSubmitted)
	}
	f := Finding{ID: "I-" + itoa(len(i.Findings)+1), Kind: a.Fault, Risk: a.Risk, Person: a.Person, Status: FindingProposed,
		Reason: a.Text, Evidence: slices.Clone(a.Grounds), ProposedBy: a.By, ProposedAt: a.At}
	for n := range a.Evidence {
		f.Evidence = append(f.Evidence, "E-"+itoa(len(i.Evidence)+n+1))
	}
	if err := i.ground(&f); err != nil {
		return err
	}
	switch {
	case f.Person == a.By:
		return i.refuse(OwnCase)
	case i.foundAlready(f.Kind, f.About, f.Person):
		return i.refuse(AnsweredAlready)
	}
	if risk := i.Risk(f.Risk); risk != nil {
		risk.Status, risk.JudgedBy, risk.JudgedAt = RiskBecameFinding, a.By, a.At
	}
	i.Evidence = numbered(i.Evidence, a.Evidence)
	i.Findings = append(i.Findings, f)
	return nil
}

// signFinding is the second person's word, or one of the committee's two signatures.
func (i *Incident) signFinding(r Rules, a Act) error {
	f := i.Finding(a.Finding)
	switch {
	case f == nil || f.Status != FindingProposed:
		return i.refuse(NoFinding)
	case f.Person == a.By:
		return i.refuse(OwnCase)
	case f.SignedBy(a.By) || (!Grave(f.Kind) && f.ProposedBy == a.By):
		return i.refuseWho(SecondPerson, a.By, a.At)
	}
	f.Signed = append(slices.Clone(f.Signed), Signature{By: a.By, At: a.At})
	if f.Needs() > 0 {
		return nil
	}
	f.Status = FindingConfirmed
	if f.Kind == MeritAverted { // nobody appeals against a merit
		f.EffectiveAt = a.At
		return nil
	}
	f.AppealBy = r.due(i.Level.Current, a.At, r.Policy.Appeal)
	return nil
}

func (i *Incident) appealFinding(_ Rules, a Act) error {
	f := i.Finding(a.Finding)
	switch {
	case f == nil:
		return i.refuse(NoFinding)
	case f.Person != a.By:
		return i.refuseWho(NotYours, f.Person, a.At)
	case f.Status != FindingConfirmed:
		return i.refuse(NoFinding)
	case !f.EffectiveAt.IsZero() || (!f.AppealBy.IsZero() && minute(a.At).After(f.AppealBy)):
		return i.refuseWho(AppealLate, "", f.AppealBy)
	}
	f.Status, f.Appeal, f.AppealedAt = FindingAppealed, a.Text, a.At
	i.Evidence = numbered(i.Evidence, a.Evidence)
	return nil
}

// upholdFinding answers an appeal: it was right.
func (i *Incident) upholdFinding(_ Rules, a Act) error {
	f := i.Finding(a.Finding)
	if f == nil || f.Status != FindingAppealed {
		return i.refuse(NoFinding)
	}
	if err := i.third(f, a); err != nil {
		return err
	}
	f.Status, f.EffectiveAt = FindingUpheld, a.At
	f.DecidedBy, f.DecidedAt, f.Decision = a.By, a.At, a.Text
	return nil
}

// revokeFinding takes it back: while it is only proposed on the word of another person than the one who
// proposed it, later on that of somebody who has had no part in it.
func (i *Incident) revokeFinding(_ Rules, a Act) error {
	f := i.Finding(a.Finding)
	switch {
	case f == nil || f.Status == FindingRevoked:
		return i.refuse(NoFinding)
	case f.Person == a.By:
		return i.refuse(OwnCase)
	}
	if f.Status != FindingProposed {
		if err := i.third(f, a); err != nil {
			return err
		}
	}
	f.Status, f.EffectiveAt = FindingRevoked, time.Time{}
	f.DecidedBy, f.DecidedAt, f.Decision = a.By, a.At, a.Text
	return nil
}

// third refuses whoever has had a part in a finding.
func (i *Incident) third(f *Finding, a Act) error {
	if f.Person == a.By {
		return i.refuse(OwnCase)
	}
	if f.ProposedBy == a.By || f.SignedBy(a.By) {
		return i.refuseWho(SecondPerson, a.By, a.At)
	}
	return nil
}

// settleFinding: the time for an appeal is over.
func (i *Incident) settleFinding(_ Rules, a Act) error {
	f := i.Finding(a.Finding)
	if f == nil || !f.pending() || a.At.Before(f.AppealBy) {
		return i.refuse(NoFinding)
	}
	f.EffectiveAt = f.AppealBy
	return nil
}

// pending reports a finding that becomes final by itself.
func (f Finding) pending() bool {
	return f.Status == FindingConfirmed && f.EffectiveAt.IsZero() && !f.AppealBy.IsZero()
}

// findingClocks run for an incident that is over, too.
func (i *Incident) findingClocks() []Clock {
	var out []Clock
	for n, f := range i.Findings {
		if f.pending() {
			out = append(out, Clock{Kind: ClockAppeal, N: n + 1, At: f.AppealBy, Due: f.AppealBy, Person: f.Person, Reason: "申诉期满"})
		}
	}
	return out
}
