package incident

import (
	"slices"
	"time"
)

// call asks people to acknowledge. Step 0 is the first @; the clock starts when it is delivered.
func (i *Incident) call(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Acked() {
		return i.refuseWho(AlreadyAcked, i.Ack.By, i.Ack.At)
	}
	if a.Assign != nil {
		i.assign(*a.Assign)
	}
	if i.State == Submitted || i.State == Reopened {
		i.State = AwaitingAck
	}
	if a.Step == i.Ack.Step && a.Step > 0 {
		i.Ack.Repeats++
	}
	i.Ack.Step, i.Ack.StepAt, i.Ack.Reached = a.Step, a.Due, time.Time{}
	for _, c := range a.Called {
		c.Step, c.At, c.Act = a.Step, a.At, i.Acts+1
		i.Ack.Called = append(i.Ack.Called, c)
	}
	if a.Step == 0 {
		i.Ack.Verdict = Pending
		i.Ack.Due = r.due(i.Level.Current, a.At, r.Policy.Levels[i.Level.Current].Ack)
		return nil
	}
	// A step said later than planned, because the service was away, moves those after it.
	late := slackOver(r, a.At.Sub(a.Due))
	i.Ack.Shift += late
	i.Ack.StepAt = a.Due.Add(late)
	if i.Ack.From.IsZero() {
		return i.climbUnheard(r, a)
	}
	i.Ack.Verdict = Late
	if a.Step >= 3 && i.Anchor.IsZero() {
		i.anchorAt(r, a.At)
	}
	if who := i.silent(a.At); who != "" && i.ladderEnds(r, a.Step) && i.Ack.Risk == "" {
		i.Ack.Risk = i.openRisk(a.At, "缓报", "签收", who, "催办到最后一步仍无人签收")
	}
	return nil
}

// climbUnheard is a step said while nobody has been reached: no clock runs against anybody.
func (i *Incident) climbUnheard(r Rules, a Act) error {
	if a.Step >= 3 && i.Anchor.IsZero() {
		i.anchorAt(r, a.At)
	}
	return nil
}

// callDelivered starts the clock, or moves the later steps by what the delivery came late.
func (i *Incident) callDelivered(r Rules, a Act) error {
	i.noteDelivered(a)
	if i.Acked() || a.Step != i.Ack.Step || a.Of != 0 && a.Of != i.LastCall() {
		return nil // too late to matter
	}
	if !i.Ack.Reached.IsZero() || minute(a.At).Before(minute(i.lastCallAt())) {
		return nil // told twice, or of an earlier call
	}
	i.Ack.Reached = a.At
	if a.Step > 0 && !i.Ack.From.IsZero() {
		i.Ack.Shift += slackOver(r, a.At.Sub(i.lastCallAt()))
		return nil
	}
	if !i.Ack.From.IsZero() {
		return nil
	}
	i.Ack.From = i.lastCallAt().Add(slackOver(r, a.At.Sub(i.lastCallAt())))
	i.Ack.Due = r.due(i.Level.Current, i.Ack.From, r.Policy.Levels[i.Level.Current].Ack)
	return nil
}

// LastCall is the number of the act that called last, zero before the first.
func (i *Incident) LastCall() int {
	if n := len(i.Ack.Called); n > 0 {
		return i.Ack.Called[n-1].Act
	}
	return 0
}

// noteDelivered keeps when the last call of that step reached each person.
func (i *Incident) noteDelivered(a Act) {
	seen := map[string]bool{}
	for n := len(i.Ack.Called) - 1; n >= 0; n-- {
		c := &i.Ack.Called[n]
		if c.Step != a.Step || seen[c.Person] || a.Of != 0 && a.Of != c.Act || (a.Person != "" && a.Person != c.Person) {
			continue
		}
		seen[c.Person] = true
		if c.Delivered.IsZero() && !minute(a.At).Before(minute(c.At)) {
			c.Delivered = a.At
		}
	}
}

// slackOver is late when it is more than the policy lets pass as ordinary delivery, else nothing.
func slackOver(r Rules, late time.Duration) time.Duration {
	if late <= r.Policy.DeliverySlack {
		return 0
	}
	return late.Truncate(time.Minute)
}

func (i *Incident) lastCallAt() time.Time {
	if n := len(i.Ack.Called); n > 0 {
		return i.Ack.Called[n-1].At
	}
	return time.Time{}
}

func (i *Incident) callRead(_ Rules, a Act) error {
	for n := range i.Ack.Called {
		if c := &i.Ack.Called[n]; c.Person == a.Person && c.Read.IsZero() && !i.Acked() && !minute(a.At).Before(minute(c.At)) {
			c.Read = a.At
		}
	}
	return nil
}

// Acked reports whether somebody answers for the incident.
func (i *Incident) Acked() bool { return i.Ack.By != "" }

// Unread reports whether person has not been seen to read the last call that named them.
func (i *Incident) Unread(person string) bool {
	for _, c := range slices.Backward(i.Ack.Called) {
		if c.Person == person {
			return c.Read.IsZero()
		}
	}
	return true
}

// ReadSilently reports whether person has read a call and not answered it.
func (i *Incident) ReadSilently(person string) bool {
	return !i.Acked() && slices.ContainsFunc(i.Ack.Called, func(c Called) bool {
		return c.Person == person && !c.Read.IsZero()
	})
}

// acknowledge names the person who answers for the incident from now on. An acknowledgment that was
// given earlier and arrives later counts by the moment it was given.
func (i *Incident) acknowledge(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Acked() {
		if !a.At.Before(i.Ack.At) || i.goneOn() {
			return i.refuseWho(AlreadyAcked, i.Ack.By, i.Ack.At)
		}
		i.Trackers = nil
		i.Ack.Silent = slices.DeleteFunc(i.Ack.Silent, func(s Silence) bool { return s.To.Equal(i.Ack.At) })
	}
	i.Ack.By, i.Ack.At = a.By, a.At
	i.Officer = a.By
	i.Ack.Verdict = OnTime
	if !i.Ack.From.IsZero() && !i.Ack.Due.IsZero() {
		i.Ack.Verdict = verdictOf(a.At, i.Ack.Due, r.due(i.Level.Current, i.Ack.Due, r.Policy.Levels[i.Level.Current].Ack))
	}
	if !i.Ack.Passed.IsZero() && minute(a.At).After(i.Ack.Passed) && i.Ack.Verdict == OnTime {
		i.Ack.Verdict = Late // a new level does not undo it
	}
	i.Ack.Silent = append(i.Ack.Silent, i.silences(a.At)...)
	i.Takeover = nil
	i.State = Acked
	if i.Tracker == "" {
		i.Tracker = a.By
	}
	i.Trackers = []Tenure{{Person: i.Tracker, From: a.At}}
	i.work(r, a.At)
	return nil
}

// goneOn reports whether so much followed from the acknowledgment that another can no longer take its place.
func (i *Incident) goneOn() bool {
	return len(i.FollowUps) > 0 || len(i.Trackers) > 1 || i.Officer != i.Ack.By || !i.CalmAt.IsZero()
}

// work starts what follows an acknowledgment or a change of level: verification, talking points, follow-ups.
func (i *Incident) work(r Rules, at time.Time) {
	lp := r.Policy.Levels[i.Level.Current]
	if v := &i.Verification; v.FirstAt.IsZero() {
		v.FirstDue, v.First = r.dueByDay(i.Level.Current, at, lp.VerifyFirst), Nag{}
	}
	if v := &i.Verification; v.FullAt.IsZero() {
		v.FullDue, v.Full = r.dueByDay(i.Level.Current, at, lp.VerifyFull), Nag{}
	}
	if i.Talk.At.IsZero() {
		i.Talk.Due, i.Talk.Nag = r.dueByDay(i.Level.Current, at, lp.TalkingPoints), Nag{}
	}
	i.anchorAt(r, at)
}

// silences lists who had a timer of their own (officer, backup), were reached, and let at least one step
// pass.
func (i *Incident) silences(to time.Time) []Silence {
	var out []Silence
	last := i.stepBefore(to)
	for _, c := range i.Ack.Called {
		if c.Role != RoleOfficer && c.Role != RoleBackup {
			continue
		}
		if slices.ContainsFunc(out, func(s Silence) bool { return s.Person == c.Person }) || last <= c.Step || c.Delivered.IsZero() {
			continue
		}
		from := c.Delivered
		if c.Step == 0 {
			from = latest(from, i.Ack.From)
		}
		out = append(out, Silence{Person: c.Person, From: from, To: to, Missed: last - c.Step, Read: i.readBy(c.Person)})
	}
	return out
}

// silent is who has let the ladder climb past the call that reached them, the officer first; nobody is blamed
// for a call that never arrived.
func (i *Incident) silent(at time.Time) string {
	silences := i.silences(at.Add(time.Minute)) // the step said now is one they let pass, too
	if len(silences) == 0 {
		return ""
	}
	if slices.ContainsFunc(silences, func(s Silence) bool { return s.Person == i.Officer }) {
		return i.Officer
	}
	return silences[0].Person
}

// stepBefore is the last step of the ladder said in a minute before t.
func (i *Incident) stepBefore(t time.Time) int {
	last := i.Ack.Step
	for _, c := range i.Ack.Called {
		if !c.At.Before(minute(t)) {
			last = min(last, c.Step-1)
		}
	}
	return last
}

func (i *Incident) readBy(person string) bool {
	return slices.ContainsFunc(i.Ack.Called, func(c Called) bool { return c.Person == person && !c.Read.IsZero() })
}

// askTakeover asks the present officer to let By have the incident, or (Person set) offers it to Person.
func (i *Incident) askTakeover(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	to, offered := a.By, false
	if a.Person != "" {
		to, offered = a.Person, true
	}
	if to == i.Officer {
		return i.refuseWho(SamePerson, to, i.Ack.At)
	}
	i.Takeover = &Takeover{By: to, At: a.At, Offered: offered, Reason: a.Text}
	return nil
}

// agreeTakeover makes the waiting person the officer.
func (i *Incident) agreeTakeover(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Takeover == nil {
		return i.refuse(NothingAsked)
	}
	if i.Takeover.Offered && a.By != i.Takeover.By {
		return i.refuseWho(NotYours, i.Takeover.By, i.Takeover.At)
	}
	i.Officer, i.OnDuty = i.Takeover.By, false
	i.Takeover = nil
	return nil
}

func (i *Incident) refuseTakeover(_ Rules, a Act) error {
	if i.Takeover == nil {
		return i.refuse(NothingAsked)
	}
	i.Takeover = nil
	return nil
}

// reassign names another officer before anybody acknowledged; the ladder starts anew with the first @.
func (i *Incident) reassign(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Acked() {
		return i.refuseWho(AlreadyAcked, i.Ack.By, i.Ack.At)
	}
	if a.Person == i.Officer {
		return i.refuseWho(SamePerson, a.Person, a.At)
	}
	i.Ack.Silent = append(i.Ack.Silent, i.silences(a.At)...)
	i.Officer, i.OnDuty = a.Person, false
	i.Ack.Called, i.Ack.Risk, i.Ack.Passed = nil, "", time.Time{}
	i.Ack.Step, i.Ack.Shift, i.Ack.Repeats = 0, 0, 0
	i.Ack.From, i.Ack.Due, i.Ack.StepAt = time.Time{}, time.Time{}, time.Time{}
	i.Ack.Planned = a.At
	i.State = Submitted
	return nil
}
