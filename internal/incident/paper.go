package incident

// fileInterim takes the page between calm and final report. It is for the leaders to know, and approved by nobody.
func (i *Incident) fileInterim(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	switch {
	case i.CalmAt.IsZero():
		return i.refuse(CalmFirst)
	case i.Interim.Due.IsZero():
		return i.refuse(NoInterim)
	case !i.Interim.At.IsZero():
		return i.refuseWho(AnsweredAlready, i.Interim.By, i.Interim.At)
	}
	i.Interim.At, i.Interim.By, i.Interim.Text = a.At, a.By, a.Text
	i.Interim.judge(r, i.Level.Current, a.At)
	return nil
}

// fileDebrief takes the debrief of a closed incident, asked for or not.
func (i *Incident) fileDebrief(r Rules, a Act) error {
	if i.State != Closed {
		return i.refuse(CloseFirst)
	}
	if !i.Debrief.At.IsZero() {
		return i.refuseWho(AnsweredAlready, i.Debrief.By, i.Debrief.At)
	}
	first := len(i.Debrief.Returned) == 0
	i.Debrief.At, i.Debrief.By, i.Debrief.Text = a.At, a.By, a.Text
	if first { // a returned one keeps the verdict of its first filing
		i.Debrief.judge(r, i.Level.Current, a.At)
	}
	return nil
}

// DebriefWaits reports whether a debrief was filed and nobody has judged it.
func (i *Incident) DebriefWaits() bool {
	return !i.Debrief.At.IsZero() && i.Debrief.ApprovedAt.IsZero()
}

func (i *Incident) returnDebrief(_ Rules, a Act) error {
	if !i.DebriefWaits() {
		return i.refuse(NoDebrief)
	}
	i.Debrief.Returned = append(i.Debrief.Returned, Note{At: a.At, By: a.By, Text: a.Text})
	i.Debrief.At = i.Debrief.ApprovedAt
	return nil
}

func (i *Incident) acceptDebrief(_ Rules, a Act) error {
	if !i.DebriefWaits() {
		return i.refuse(NoDebrief)
	}
	i.Debrief.ApprovedAt, i.Debrief.ApprovedBy = a.At, a.By
	return nil
}
