package incident

import (
	"slices"
	"time"
)

// What a reminder may be about. Those of verification and talking points carry the names of their limits in
// the policy, whose key chase says at which level they are asked for.
const (
	AboutSlot        = "slot"
	AboutElements    = "elements"
	AboutFinal       = "final"
	AboutVerifyFirst = "verify_first"
	AboutVerifyFull  = "verify_full"
	AboutTalk        = "talking_points"
	AboutInterim     = "interim"
	AboutDebrief     = "debrief"
)

// Chaseable is what a policy may ask for by its key chase, beside what is always asked for.
var Chaseable = []string{AboutVerifyFirst, AboutVerifyFull, AboutTalk}

// Duty is something owed by a time: what people call it, who owes it, and how far it has been asked for.
type Duty struct {
	About, Name, Person string
	Due                 time.Time
	*Nag
}

// Duty is the thing of that name which is still owed, nil if it is done or was never asked.
func (i *Incident) Duty(about string) *Duty {
	if about == AboutDebrief {
		return i.duty(i.State == Closed && i.Debrief.At.IsZero(), Duty{about, "复盘", i.Tracker, i.Debrief.Due, &i.Debrief.Nag})
	}
	v := &i.Verification
	switch about {
	case AboutSlot:
		return i.duty(i.Slot.N > 0, Duty{about, SlotName(i.Slot.N), i.Tracker, i.Slot.Due, &i.Slot.Nag})
	case AboutElements:
		return i.duty(i.Elements.At.IsZero(), Duty{about, "要素补全", i.Reporter, i.Elements.Due, &i.Elements.Nag})
	case AboutFinal:
		return i.duty(!i.Final.Due.IsZero() && i.Final.At.IsZero(), Duty{about, "终报", i.Tracker, i.Final.Due, &i.Final.Nag})
	case AboutVerifyFirst:
		return i.duty(i.Acked() && v.FirstAt.IsZero(), Duty{about, "初步核实", i.Officer, v.FirstDue, &v.First})
	case AboutVerifyFull:
		return i.duty(!v.FirstAt.IsZero() && v.FullAt.IsZero(), Duty{about, "完整核实", i.Officer, v.FullDue, &v.Full})
	case AboutTalk:
		return i.duty(i.Acked() && i.Talk.At.IsZero() && !i.Talk.Due.IsZero(), Duty{about, "口径初稿", i.Officer, i.Talk.Due, &i.Talk.Nag})
	case AboutInterim:
		return i.duty(!i.Interim.Due.IsZero() && i.Interim.At.IsZero(), Duty{about, "阶段小结", i.Tracker, i.Interim.Due, &i.Interim.Nag})
	}
	return nil
}

func (i *Incident) duty(owed bool, d Duty) *Duty {
	if !owed {
		return nil
	}
	return &d
}

// Owed are the duties the service asks for at the present level and which are not done, in the order people
// are told of them. The debrief, owed by a closed incident, is not among them.
func (i *Incident) Owed(r Rules) []Duty {
	var out []Duty
	for _, about := range []string{AboutElements, AboutVerifyFirst, AboutVerifyFull, AboutTalk, AboutSlot, AboutInterim, AboutFinal} {
		if slices.Contains(Chaseable, about) && !slices.Contains(r.Policy.Levels[i.Level.Current].Chase, about) {
			continue
		}
		if d := i.Duty(about); d != nil && !d.Due.IsZero() {
			out = append(out, *d)
		}
	}
	return out
}

// Overlooked are verification and talking points that are overdue where the policy does not ask for them: they are
// said along with the next follow-up.
func (i *Incident) Overlooked(now time.Time) []Duty {
	var out []Duty
	for _, about := range Chaseable {
		if d := i.Duty(about); d != nil && !d.DueSent && !d.Due.IsZero() && minute(now).After(d.Due) {
			out = append(out, *d)
		}
	}
	return out
}
