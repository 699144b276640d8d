package incident

import (
	"slices"
	"time"
)

// FactElements are the six elements of a verification, in their order.
var FactElements = []string{"时间", "地点", "规模", "性质", "影响", "后果"}

// What a fact is worth.
const (
	FactVerified   = "verified"   // 属实
	FactUnverified = "unverified" // 待核实
	FactUntrue     = "untrue"     // 不实
)

// Fact is one element as far as it has been verified.
type Fact struct {
	Element  string    `json:"element"`
	Value    string    `json:"value"`
	Status   string    `json:"status"`
	Source   string    `json:"source,omitempty"`
	Evidence []string  `json:"evidence,omitempty"` // hashes of files
	At       time.Time `json:"at"`
	By       string    `json:"by"`
}

// What a verification may conclude. Whether the content is true, whether it concerns us and what kind of
// matter it is are separate: a rumour about us that spreads is 不实 and goes on as 不实信息; what is not
// about us, or did not happen and is in nobody's mouth, is 误报 and ends without a fault.
const (
	ConclusionTrue     = "属实"
	ConclusionPartly   = "部分属实"
	ConclusionUntrue   = "不实"
	ConclusionMistaken = "误报"
)

// Conclusions are all of them.
var Conclusions = []string{ConclusionTrue, ConclusionPartly, ConclusionUntrue, ConclusionMistaken}

// NatureRumour is what a matter becomes whose content is untrue.
const NatureRumour = "不实信息"

// Verification is the verification of facts: a first pass over all six elements, and a full one in which
// none is left open.
type Verification struct {
	FirstDue     time.Time `json:"first_due,omitzero"`
	FirstAt      time.Time `json:"first_at,omitzero"`
	FirstVerdict Verdict   `json:"first_verdict,omitempty"`
	First        Nag       `json:"first,omitzero"`
	FullDue      time.Time `json:"full_due,omitzero"`
	FullAt       time.Time `json:"full_at,omitzero"`
	FullVerdict  Verdict   `json:"full_verdict,omitempty"`
	Full         Nag       `json:"full,omitzero"`
	Conclusion   string    `json:"conclusion,omitempty"`
	Reason       string    `json:"reason,omitempty"` // of the conclusion
	By           string    `json:"by,omitempty"`     // who concluded
	Facts        []Fact    `json:"facts,omitempty"`  // by element, in their order
}

// Fact is what is known of an element.
func (v Verification) Fact(element string) (Fact, bool) {
	n := slices.IndexFunc(v.Facts, func(f Fact) bool { return f.Element == element })
	if n < 0 {
		return Fact{}, false
	}
	return v.Facts[n], true
}

// Missing are the elements of which nothing is known yet.
func (v Verification) Missing() []string {
	var out []string
	for _, e := range FactElements {
		if _, ok := v.Fact(e); !ok {
			out = append(out, e)
		}
	}
	return out
}

// Unverified are the elements that are known and not yet sure.
func (v Verification) Unverified() []string {
	var out []string
	for _, f := range v.Facts {
		if f.Status == FactUnverified {
			out = append(out, f.Element)
		}
	}
	return out
}

// verify takes facts, and a conclusion once there is something on all six elements.
func (i *Incident) verify(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Acked() {
		return i.refuseWho(NotAcked, i.Officer, i.Ack.Due)
	}
	v := i.Verification
	v.Facts = slices.Clone(v.Facts)
	for _, f := range a.Found {
		f.At, f.By = a.At, a.By
		v.put(f)
	}
	mistaken := a.Conclusion == ConclusionMistaken
	if a.Conclusion != "" && !mistaken && len(v.Missing()) > 0 {
		return i.refuse(FactsMissing)
	}
	if a.Conclusion != "" {
		v.Conclusion, v.Reason, v.By = a.Conclusion, a.Text, a.By
	}
	if v.FirstAt.IsZero() && (len(v.Missing()) == 0 || mistaken) {
		v.FirstAt, v.FirstVerdict = a.At, r.judgeChased(i.Level.Current, AboutVerifyFirst, v.FirstDue, v.First, a.At)
	}
	if v.FullAt.IsZero() && v.Conclusion != "" && len(v.Unverified()) == 0 {
		v.FullAt, v.FullVerdict = a.At, r.judgeChased(i.Level.Current, AboutVerifyFull, v.FullDue, v.Full, a.At)
	}
	i.Verification = v
	i.conclude(a)
	return nil
}

// put replaces what was known of the element.
func (v *Verification) put(f Fact) {
	order := func(e string) int { return slices.Index(FactElements, e) }
	v.Facts = slices.DeleteFunc(v.Facts, func(have Fact) bool { return have.Element == f.Element })
	v.Facts = append(v.Facts, f)
	slices.SortStableFunc(v.Facts, func(a, b Fact) int { return order(a.Element) - order(b.Element) })
}

// judgeChased: what the level asks for has its grace, and no fault without a reminder; what it does not is
// simply late.
func (r Rules) judgeChased(l Level, about string, due time.Time, nag Nag, at time.Time) Verdict {
	if due.IsZero() || !minute(at).After(due) {
		return OnTime
	}
	if !slices.Contains(r.Policy.Levels[l].Chase, about) {
		return Late
	}
	verdict, _ := r.judgeOverdue(l, due, nag, at)
	return verdict
}

// conclude does what follows from a conclusion.
func (i *Incident) conclude(a Act) {
	switch {
	case !i.Verification.FullAt.IsZero() && (i.State == Acked || i.State == Verifying):
		i.State = Handling
	case i.State == Acked:
		i.State = Verifying
	}
	switch a.Conclusion {
	case ConclusionTrue, ConclusionPartly:
		i.Truth = a.Conclusion
	case ConclusionUntrue:
		i.Truth, i.Nature = a.Conclusion, NatureRumour
	case ConclusionMistaken:
		i.lapseExtension()
		i.Slot, i.Handover, i.Takeover = Slot{}, nil, nil
		i.State, i.ClosedAt = FalseReport, a.At
	}
}
