package incident

// askExtension asks for a later due time of the open slot: before it is due, once in a row, and at
// most one interval of the rhythm.
func (i *Incident) askExtension(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	if i.Slot.N == 0 {
		return i.refuseWho(NoSlot, i.Officer, i.CalmAt)
	}
	if minute(a.At).After(i.Slot.Due) {
		return i.refuseWho(ExtensionLate, i.Tracker, i.Slot.Due)
	}
	if i.Slot.Extended || i.extendedLast() {
		return i.refuse(ExtensionTwice)
	}
	if !a.Due.After(i.Slot.Due) {
		return i.refuseWho(ExtensionNotLater, "", i.Slot.Due)
	}
	if most := r.due(i.Level.Current, i.Slot.Due, r.Policy.Levels[i.Level.Current].Extension); a.Due.After(most) {
		return i.refuseWho(ExtensionTooLong, "", most)
	}
	i.Extension = &Extension{Slot: i.Slot.N, By: a.By, At: a.At, Reason: a.Text, Old: i.Slot.Due, New: a.Due, State: "asked"}
	return nil
}

// extendedLast reports whether the slot before the open one was extended.
func (i *Incident) extendedLast() bool {
	for _, e := range i.Extended {
		if e.State == "approved" && e.Slot == i.Slot.N-1 {
			return true
		}
	}
	return false
}

func (i *Incident) approveExtension(_ Rules, a Act) error {
	e, err := i.decide(a, "approved")
	if err != nil {
		return err
	}
	if e.Slot == i.Slot.N {
		i.Slot.Due, i.Slot.Extended, i.Slot.Reason = e.New, true, "经批准延期"
		i.Slot.Nag = Nag{}
	}
	return nil
}

// lapseExtension ends a request whose due time is gone: filed, or set anew for another reason.
func (i *Incident) lapseExtension() {
	if i.Extension == nil {
		return
	}
	i.Extension.State = "lapsed"
	i.Extended = append(i.Extended, *i.Extension)
	i.Extension = nil
}

func (i *Incident) refuseExtension(_ Rules, a Act) error {
	_, err := i.decide(a, "refused")
	return err
}

func (i *Incident) decide(a Act, state string) (Extension, error) {
	if err := i.live(); err != nil {
		return Extension{}, err
	}
	if i.Extension == nil {
		return Extension{}, i.refuse(NothingAsked)
	}
	e := *i.Extension
	e.State, e.Judge = state, a.By
	i.Extended = append(i.Extended, e)
	i.Extension = nil
	return e, nil
}
