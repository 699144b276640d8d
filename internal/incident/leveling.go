package incident

import "time"

// raiseLevel takes effect at once and provisionally: upgrade first, approve later. New limits run
// from this moment, verdicts already taken stay.
func (i *Incident) raiseLevel(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !a.Level.Graver(i.Level.Current) {
		e := i.refuse(SameLevel)
		e.Level = i.Level.Current
		return e
	}
	if !i.Level.Provisional {
		i.Level.Before = i.Level.Current
	}
	i.Level.Provisional = true
	i.Level.Lapses = a.At.Add(r.Policy.ProvisionalFor)
	i.Level.Wanted, i.Level.WantedBy = 0, ""
	i.setLevel(r, a, true)
	return nil
}

func (i *Incident) confirmLevel(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Level.Provisional {
		return i.refuse(NothingAsked)
	}
	i.Level.Provisional, i.Level.Lapses, i.Level.Before = false, time.Time{}, 0
	i.Level.History = append(i.Level.History, LevelChange{Level: i.Level.Current, At: a.At, By: a.By, Reason: "确认升级"})
	return nil
}

// refuseLevel ends a provisional upgrade before it lapses.
func (i *Incident) refuseLevel(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Level.Provisional {
		return i.refuse(NothingAsked)
	}
	a.Level = i.Level.Before
	i.Level.Provisional, i.Level.Lapses, i.Level.Before = false, time.Time{}, 0
	i.setLevel(r, a, false)
	return nil
}

func (i *Incident) lapseLevel(r Rules, a Act) error {
	if !i.Level.Provisional || a.At.Before(i.Level.Lapses) {
		return i.refuse(NothingAsked)
	}
	a.Level, a.Text = i.Level.Before, spanWords(r.Policy.ProvisionalFor)+"未确认，临时升级失效"
	i.Level.Provisional, i.Level.Lapses, i.Level.Before = false, time.Time{}, 0
	i.setLevel(r, a, false)
	return nil
}

// askLower: a downgrade needs approval first.
func (i *Incident) askLower(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !a.Level.Valid() || !i.Level.Current.Graver(a.Level) {
		e := i.refuse(SameLevel)
		e.Level = i.Level.Current
		return e
	}
	i.Level.Wanted, i.Level.WantedBy = a.Level, a.By
	return nil
}

func (i *Incident) approveLower(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Level.Wanted == 0 {
		return i.refuse(NothingAsked)
	}
	a.Level = i.Level.Wanted
	i.Level.Wanted, i.Level.WantedBy = 0, ""
	i.Level.Provisional, i.Level.Lapses, i.Level.Before = false, time.Time{}, 0
	i.setLevel(r, a, false)
	return nil
}

func (i *Incident) refuseLower(_ Rules, a Act) error {
	if i.Level.Wanted == 0 {
		return i.refuse(NothingAsked)
	}
	i.Level.Wanted, i.Level.WantedBy = 0, ""
	return nil
}

func (i *Incident) setLevel(r Rules, a Act, provisional bool) {
	i.Level.Current = a.Level
	i.Level.History = append(i.Level.History, LevelChange{Level: a.Level, At: a.At, By: a.By, Provisional: provisional, Reason: a.Text})
	if i.Elements.At.IsZero() && !i.Elements.DueSent {
		i.Elements.Due = r.dueByDay(a.Level, a.At, r.Policy.Levels[a.Level].Elements)
	}
	if i.Acked() && i.CalmAt.IsZero() {
		i.work(r, a.At)
	}
	if i.State == AwaitingAck && !i.Acked() {
		if i.Ack.Verdict == Late && i.Ack.Passed.IsZero() {
			i.Ack.Passed = i.Ack.Due
		}
		i.Ack.Step, i.Ack.Shift, i.Ack.Repeats = 0, 0, 0
		if !i.Ack.From.IsZero() { // else it starts when the call is delivered
			i.Ack.From = a.At
		}
		i.Ack.Due = r.due(a.Level, a.At, r.Policy.Levels[a.Level].Ack)
	}
	if i.State == Submitted {
		i.Ack.Planned = r.firstCall(a.Level, a.At)
	}
}
