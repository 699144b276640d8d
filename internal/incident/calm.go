package incident

import "time"

// calm ends the follow-ups: no new peak for the time the level asks. Asked too early, it is refused
// with what is left.
func (i *Incident) calm(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Acked() {
		return i.refuseWho(NotAcked, i.Officer, i.Ack.Due)
	}
	if !i.CalmAt.IsZero() {
		return i.refuseWho(AlreadyCalm, i.CalmBy, i.CalmAt)
	}
	if left := i.CalmLeft(r, a.At); left > 0 {
		e := i.refuseWho(NotCalmYet, "", i.PeakAt)
		e.Left = left
		return e
	}
	i.CalmAt, i.CalmBy = a.At, a.By
	i.lapseExtension()
	i.Slot = Slot{}
	i.State = FinalDue
	lp := r.Policy.Levels[i.Level.Current]
	i.Final = Paper{Verdict: Pending, Due: r.due(i.Level.Current, a.At, lp.Final)}
	if stop := i.HardStop(r); !stop.IsZero() && i.Final.Due.After(stop) {
		i.Final.Due = stop
	}
	if !lp.Interim.IsZero() {
		i.Interim = Paper{Verdict: Pending, Due: r.dueByDay(i.Level.Current, a.At, lp.Interim)}
	}
	return nil
}

// CalmLeft is how long no new peak may come before the incident can be called calm.
func (i *Incident) CalmLeft(r Rules, now time.Time) time.Duration {
	return minute(i.PeakAt).Add(r.Policy.Levels[i.Level.Current].Calm).Sub(minute(now))
}

func (i *Incident) fileFinal(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.CalmAt.IsZero() {
		return i.refuse(CalmFirst)
	}
	if i.State == FinalReview {
		return i.refuseWho(AnsweredAlready, i.Final.By, i.Final.At)
	}
	first := i.Final.At.IsZero() && len(i.Final.Returned) == 0
	i.Final.At, i.Final.By, i.Final.Text = a.At, a.By, a.Text
	i.State = FinalReview
	if !first {
		return nil // a returned report keeps the verdict of its first filing
	}
	if i.Final.Verdict != Missed { // that stays
		i.Final.judge(r, i.Level.Current, a.At)
	}
	return nil
}

// judge sets the verdict of a paper that was filed now.
func (p *Paper) judge(r Rules, l Level, at time.Time) {
	p.Verdict, p.Note = OnTime, ""
	if !p.Due.IsZero() && minute(at).After(p.Due) {
		p.Verdict, p.Note = r.judgeOverdue(l, p.Due, p.Nag, at)
	}
}

func (i *Incident) returnFinal(_ Rules, a Act) error {
	if i.State != FinalReview {
		return i.refuse(NoFinal)
	}
	i.Final.Returned = append(i.Final.Returned, Note{At: a.At, By: a.By, Text: a.Text})
	i.Final.At = time.Time{}
	i.State = FinalDue
	return nil
}

func (i *Incident) approveFinal(r Rules, a Act) error {
	if i.State != FinalReview {
		return i.refuse(NoFinal)
	}
	i.Final.ApprovedAt, i.Final.ApprovedBy = a.At, a.By
	i.State, i.ClosedAt = Closed, a.At
	if lp := r.Policy.Levels[i.Level.Current]; lp.DebriefMust && i.Debrief.At.IsZero() {
		i.Debrief = Paper{Verdict: Pending, Due: r.due(i.Level.Current, a.At, lp.Debrief)}
	}
	return nil
}

// reopen starts the rhythm again from this moment; what was filed stays.
func (i *Incident) reopen(r Rules, a Act) error {
	if i.State != Closed && i.State != FalseReport && i.CalmAt.IsZero() {
		return i.refuse(NotOver)
	}
	i.Reopens = append(i.Reopens, Note{At: a.At, By: a.By, Text: a.Text})
	i.State, i.ClosedAt, i.CalmAt, i.CalmBy = Reopened, time.Time{}, time.Time{}, ""
	i.Interim, i.Final = Paper{}, Paper{}
	if i.Debrief.At.IsZero() {
		i.Debrief = Paper{}
	}
	i.PeakAt = a.At
	i.anchorAt(r, a.At)
	return nil
}
