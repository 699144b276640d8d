package incident

// askHandover offers the duty of tracking to Person; until they accept, it stays where it is.
func (i *Incident) askHandover(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if !i.Acked() {
		return i.refuseWho(NotAcked, i.Officer, i.Ack.Due)
	}
	if a.Person == i.Tracker {
		return i.refuseWho(SamePerson, a.Person, a.At)
	}
	i.Handover = &Handover{From: i.Tracker, To: a.Person, At: a.At, Reason: a.Text}
	return nil
}

func (i *Incident) acceptHandover(_ Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Handover == nil {
		return i.refuse(NothingAsked)
	}
	if a.By != i.Handover.To {
		return i.refuseWho(NotYours, i.Handover.To, i.Handover.At)
	}
	i.Tracker, i.Handover = a.By, nil
	if n := len(i.Trackers); n > 0 {
		i.Trackers[n-1].To = a.At
	}
	i.Trackers = append(i.Trackers, Tenure{Person: a.By, From: a.At})
	return nil
}
