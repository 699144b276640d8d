package incident

import "slices"

// Faults people may find, by their words in the published rules, and one merit found the same way.
const (
	FaultLate       = "迟报"   // the first report came after its limit
	FaultSlow       = "缓报"   // something due came after its grace
	FaultMissed     = "漏报"   // something due never came, or the unit filed nothing
	FaultLight      = "轻报"   // reported two levels or more too low
	FaultFalse      = "谎报"   // knowingly untrue
	FaultConcealed  = "瞒报"   // known, past the limit, and hidden
	FaultSilent     = "未签收"  // let steps of the ladder pass
	FaultOffMessage = "口径不符" // said something else than the talking points
	FaultUnasked    = "擅自发声" // spoke for the enterprise without being asked to
	FaultLeak       = "泄密"   //
	MeritAverted    = "避免损失" // discovered early enough to avert a loss
)

// Faults are all of them.
var Faults = []string{FaultLate, FaultSlow, FaultMissed, FaultLight, FaultFalse, FaultConcealed, FaultSilent, FaultOffMessage, FaultUnasked, FaultLeak, MeritAverted}

// Grave reports a fault only two signatures of the committee can find; until then the bot says 疑似.
func Grave(fault string) bool { return fault == FaultFalse || fault == FaultConcealed }

// AboutAck and AboutFirst are what a fault may be about besides a follow-up, the elements or the final report.
const (
	AboutAck   = "签收"
	AboutFirst = "首报"
)

// ground completes a finding by what it rests on, or refuses it. What the clock watches is a fault only
// when a reminder was delivered, and then the service has opened a risk, or noted a silence, itself.
func (i *Incident) ground(f *Finding) error {
	if f.Risk != "" {
		return i.groundInRisk(f)
	}
	switch f.Kind {
	case FaultSlow:
		return i.refuse(NotReminded)
	case FaultSilent:
		if i.silenceOf(f.Person) == nil {
			return i.refuse(NotReminded)
		}
		f.About = AboutAck
	case FaultLate:
		if v := i.FirstReport.Verdict; v != Late && v != LateGrave {
			return i.refuse(NotLate)
		}
		f.About, f.Person = AboutFirst, i.Reporter
	case FaultMissed, FaultConcealed:
		f.About = AboutFirst
	case FaultLight:
		if len(i.Level.History) == 0 || i.Level.History[0].Level-i.Level.Current < 2 {
			return i.refuse(NotLight)
		}
		f.About, f.Person = AboutFirst, i.Reporter
	}
	if Grave(f.Kind) && len(f.Evidence) == 0 {
		return i.refuse(NoEvidence)
	}
	return nil
}

// groundInRisk takes kind, subject and person from the risk; one already judged stays as it was judged.
func (i *Incident) groundInRisk(f *Finding) error {
	risk := i.Risk(f.Risk)
	if risk == nil || (f.Kind != "" && f.Kind != risk.Kind) {
		return i.refuse(NoSuchRisk)
	}
	if risk.Status != RiskOpen && risk.Status != RiskIsExplained {
		return i.refuse(AnsweredAlready)
	}
	f.Kind, f.About, f.Person = risk.Kind, risk.About, risk.Person
	return nil
}

// silenceOf is a person's silence that nobody has dismissed, nil if there is none.
func (i *Incident) silenceOf(person string) *Silence {
	n := slices.IndexFunc(i.Ack.Silent, func(s Silence) bool { return s.Person == person && s.DismissedBy == "" })
	if n < 0 {
		return nil
	}
	return &i.Ack.Silent[n]
}

// explainSilence takes the words of somebody who did not acknowledge in time.
func (i *Incident) explainSilence(a Act) error {
	s := i.silenceOf(a.By)
	if s == nil {
		return i.refuse(NoRisk)
	}
	i.Ack.Silent = slices.Clone(i.Ack.Silent)
	i.silenceOf(a.By).Explanation = a.Text
	return nil
}

// dismissSilence lets a silence go without consequence.
func (i *Incident) dismissSilence(a Act) error {
	switch {
	case i.silenceOf(a.Person) == nil:
		return i.refuse(NoRisk)
	case i.foundAlready(FaultSilent, AboutAck, a.Person):
		return i.refuse(AnsweredAlready)
	case a.By == a.Person:
		return i.refuse(OwnCase)
	}
	i.Ack.Silent = slices.Clone(i.Ack.Silent)
	i.silenceOf(a.Person).DismissedBy = a.By
	return nil
}

// Unjudged are the persons whose silence waits for a word: not dismissed, and no finding made of it.
func (i *Incident) Unjudged() []string {
	var out []string
	for _, s := range i.Ack.Silent {
		if s.DismissedBy == "" && !i.foundAlready(FaultSilent, AboutAck, s.Person) && !slices.Contains(out, s.Person) {
			out = append(out, s.Person)
		}
	}
	return out
}

// HasEvidence reports whether evidence of that id is kept and was not withdrawn.
func (i *Incident) HasEvidence(id string) bool {
	return slices.ContainsFunc(i.Evidence, func(e Evidence) bool { return e.ID == id && !e.Withdrawn })
}
