package incident

import "time"

// ClockKind says what has to be done when a clock goes off.
type ClockKind string

// Clocks of an incident.
const (
	ClockCall   ClockKind = "call"   // the first @
	ClockLadder ClockKind = "ladder" // the next reminder to acknowledge
	ClockRemind ClockKind = "remind" // before something is due
	ClockDue    ClockKind = "due"    // it is due
	ClockRisk   ClockKind = "risk"   // its grace is over
	ClockSecond ClockKind = "second" // the head is told again
	ClockMissed ClockKind = "missed" // a slot, or an element, is given up
	ClockLapse  ClockKind = "lapse"  // an upgrade was not confirmed
	ClockAppeal ClockKind = "appeal" // nobody appealed in time
	ClockTalk   ClockKind = "talk"   // the talking points in force are to be looked at again

	ClockInquiry ClockKind = "media" // an answer to the press is asked for
)

// Clock is one thing that will have to be done, when, for whom, and why.
type Clock struct {
	Kind   ClockKind `json:"kind"`
	About  string    `json:"about"` // a duty, task, the id of an inquiry; empty for the rest
	N      int       `json:"n"`     // slot, ladder step, finding, task, or step of asking for an answer
	At     time.Time `json:"at"`    // when it goes off
	Due    time.Time `json:"due"`   // the due time it is about
	Person string    `json:"person"`
	Reason string    `json:"reason"`
}

// Clocks are all clocks that run for the incident, computed from its present state alone: recomputing
// them from the ledger gives the same.
func (i *Incident) Clocks(r Rules) []Clock {
	out := append(i.findingClocks(), i.inquiryClocks(r)...)
	if d := i.Duty(AboutDebrief); d != nil && !d.Due.IsZero() {
		out = append(out, i.dutyClocks(r, *d)...)
	}
	if i.State == "" || i.State == Draft || i.State.Over() {
		return out
	}
	if i.State == Submitted {
		out = append(out, Clock{Kind: ClockCall, At: i.Ack.Planned, Due: i.Ack.Planned, Person: i.Officer, Reason: "静默时段后的首次通知"})
	}
	if step, at, ok := i.nextStep(r); ok {
		out = append(out, Clock{Kind: ClockLadder, N: step, At: at, Due: i.Ack.Due, Person: i.Officer, Reason: "未签收"})
	}
	if i.Level.Provisional {
		out = append(out, Clock{Kind: ClockLapse, At: i.Level.Lapses, Due: i.Level.Lapses, Reason: "临时升级待确认"})
	}
	out = append(out, i.talkClock(r)...)
	for _, d := range i.Owed(r) {
		out = append(out, i.dutyClocks(r, d)...)
	}
	if i.Elements.Risk != "" && i.Elements.At.IsZero() {
		out = append(out, i.elementMissedClock(r)...)
	}
	out = append(out, i.slotClocks(r)...)
	out = append(out, i.hardStopClock(r)...)
	return append(out, i.taskClocks(r)...)
}

// dutyClocks is the next of reminder, due, risk for one duty. A debrief is asked for; nobody is at fault for it.
func (i *Incident) dutyClocks(r Rules, d Duty) []Clock {
	l := i.Level.Current
	c := Clock{About: d.About, Due: d.Due, Person: d.Person, Reason: d.Name}
	lead := r.Policy.Levels[l].Remind
	switch d.About {
	case AboutSlot:
		c.N = i.Slot.N
	case AboutDebrief:
		lead = r.Policy.DebriefRemind
	}
	switch {
	case !d.Reminded && !d.DueSent:
		c.Kind, c.At = ClockRemind, r.before(l, d.Due, lead)
	case !d.DueSent:
		c.Kind, c.At = ClockDue, r.deferred(l, d.Due)
	case d.GraceTo.IsZero() || d.Risk != "" || d.About == AboutDebrief:
		return nil
	default:
		c.Kind, c.At = ClockRisk, d.GraceTo
	}
	return []Clock{c}
}

func (i *Incident) elementMissedClock(r Rules) []Clock {
	if risk := i.Risk(i.Elements.Risk); risk == nil || risk.Kind == "漏报" {
		return nil
	}
	at := r.deferred(i.Level.Current, i.Elements.Due.Add(r.Policy.MissedElement))
	return []Clock{{Kind: ClockMissed, About: AboutElements, At: latest(at, i.Elements.GraceTo), Due: i.Elements.Due, Person: i.Reporter, Reason: "要素长时间空缺"}}
}

// slotClocks are the second notice to the head and the moment the open slot is given up.
func (i *Incident) slotClocks(r Rules) []Clock {
	if i.Slot.N == 0 || !i.Slot.DueSent {
		return nil
	}
	var out []Clock
	missed := i.slotMissedAt(r)
	if !missed.IsZero() {
		missed = latest(missed, i.Slot.GraceTo)
	}
	if risk := i.Risk(i.Slot.Risk); risk != nil && !i.Slot.Second && risk.Status == RiskOpen {
		if at := r.deferred(i.Level.Current, risk.OpenedAt.Add(r.Policy.SecondNotice)); at.Before(missed) {
			out = append(out, Clock{Kind: ClockSecond, About: AboutSlot, N: i.Slot.N, At: at, Due: i.Slot.Due, Person: i.Tracker, Reason: "仍未续报"})
		}
	}
	if !missed.IsZero() {
		out = append(out, Clock{Kind: ClockMissed, About: AboutSlot, N: i.Slot.N, At: missed, Due: i.Slot.Due, Person: i.Tracker, Reason: "整个时段未报"})
	}
	return out
}

// before is when a reminder goes out: the lead before due, not in the quiet hours.
func (r Rules) before(l Level, due time.Time, lead Span) time.Time {
	if due.IsZero() {
		return due
	}
	at := due.Add(-lead.D)
	if deferred := r.deferred(l, at); deferred.Before(due) {
		return deferred
	}
	return due
}
