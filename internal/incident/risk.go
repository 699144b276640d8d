package incident

import (
	"strconv"
	"time"
)

// Statuses of a risk.
const (
	RiskOpen          = "open"
	RiskIsExplained   = "explained"
	RiskIsDismissed   = "dismissed"
	RiskBecameFinding = "finding"
)

// openRisk records that something may be a fault. It is a warning, never a judgment.
func (i *Incident) openRisk(at time.Time, kind, about, person, reason string) string {
	id := "R" + itoa(len(i.Risks)+1)
	i.Risks = append(i.Risks, Risk{ID: id, Kind: kind, About: about, Person: person, OpenedAt: at, Status: RiskOpen, Reason: reason})
	return id
}

// openRiskAct opens the risk of what is past due and grace. The duty's own message must have been delivered.
func (i *Incident) openRiskAct(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	nag := i.dutyOf(a)
	if nag == nil || nag.GraceTo.IsZero() || a.At.Before(nag.GraceTo) {
		return i.refuse(NoRisk)
	}
	about, person := nag.Name, nag.Person
	if a.Nag == "missed" { // an element still empty long after its deadline
		risk := i.Risk(nag.Risk)
		if risk == nil || risk.Kind == "漏报" {
			return i.refuse(NoRisk)
		}
		i.Elements.Verdict = Missed
		nag.Risk = i.missedRisk(risk, a.At, about, person, about+"过时限"+spanWords(r.Policy.MissedElement)+"仍空缺")
		return nil
	}
	if nag.Risk != "" {
		return i.refuse(NoRisk)
	}
	nag.Risk = i.openRisk(a.At, "缓报", about, person, about+"已过时限和宽限")
	return nil
}

// missedRisk makes a risk one of 漏报; one that was already judged stays as it was, and a new one opens.
func (i *Incident) missedRisk(risk *Risk, at time.Time, about, person, reason string) string {
	if risk == nil || risk.Status == RiskIsDismissed || risk.Status == RiskBecameFinding {
		return i.openRisk(at, "漏报", about, person, reason)
	}
	risk.Kind, risk.Reason = "漏报", reason
	return risk.ID
}

// dutyOf is the duty an act speaks of, nil when that is a slot which is over.
func (i *Incident) dutyOf(a Act) *Duty {
	if a.About == AboutSlot && a.Slot != i.Slot.N {
		return nil
	}
	return i.Duty(a.About)
}

func (i *Incident) remind(_ Rules, a Act) error {
	if a.About == AboutTask {
		return i.nudgeTask(a)
	}
	nag := i.dutyOf(a)
	if nag == nil {
		return i.refuse(NothingAsked)
	}
	nag.Reminded = true
	return nil
}

func (i *Incident) sayDue(_ Rules, a Act) error {
	if a.About == AboutTask {
		return i.nudgeTask(a)
	}
	nag := i.dutyOf(a)
	if nag == nil {
		return i.refuse(NothingAsked)
	}
	nag.Reminded, nag.DueSent = true, true
	return nil
}

// dueDelivered starts the grace: from the due time, or from the delivery when that was late.
func (i *Incident) dueDelivered(r Rules, a Act) error {
	nag := i.dutyOf(a)
	if nag == nil || !nag.GraceTo.IsZero() {
		return nil
	}
	from := a.Due.Add(slackOver(r, a.At.Sub(a.Due)))
	nag.Outage = nag.Outage || from.After(a.Due)
	nag.GraceTo = r.deferred(i.Level.Current, r.due(i.Level.Current, from, r.Policy.Levels[i.Level.Current].Grace))
	return nil
}

// Risk is the risk with that id, nil if there is none.
func (i *Incident) Risk(id string) *Risk {
	for n := range i.Risks {
		if i.Risks[n].ID == id && id != "" {
			return &i.Risks[n]
		}
	}
	return nil
}

func (i *Incident) secondNotice(_ Rules, a Act) error {
	if i.Slot.Risk == "" || i.Slot.Second {
		return i.refuse(NoRisk)
	}
	i.Slot.Second = true
	return nil
}

// RiskToExplain is the newest open risk of a person, or the one named.
func (i *Incident) RiskToExplain(person, id string) (Risk, bool) {
	for n := len(i.Risks) - 1; n >= 0; n-- {
		rk := i.Risks[n]
		if rk.Person == person && rk.Status == RiskOpen && (id == "" || rk.ID == id) {
			return rk, true
		}
	}
	return Risk{}, false
}

func (i *Incident) explainRisk(_ Rules, a Act) error {
	if a.About == AboutAck {
		return i.explainSilence(a)
	}
	risk := i.Risk(a.Risk)
	if risk == nil || (risk.Status != RiskOpen && risk.Status != RiskIsExplained) {
		return i.refuse(NoRisk)
	}
	if risk.Person != a.By {
		return i.refuseWho(NotYours, risk.Person, risk.OpenedAt)
	}
	risk.Status, risk.Explanation, risk.ExplainedAt = RiskIsExplained, a.Text, a.At
	return nil
}

// dismissRisk lets it go without consequence; what became a finding is taken back as one.
func (i *Incident) dismissRisk(_ Rules, a Act) error {
	if a.About == AboutAck {
		return i.dismissSilence(a)
	}
	risk := i.Risk(a.Risk)
	if risk == nil || risk.Status == RiskIsDismissed || risk.Status == RiskBecameFinding {
		return i.refuse(NoRisk)
	}
	if risk.Person == a.By {
		return i.refuse(OwnCase)
	}
	risk.Status, risk.JudgedBy, risk.JudgedAt, risk.Judgment = RiskIsDismissed, a.By, a.At, a.Text
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
