package incident

// endDrill closes what was reported in a rehearsal, wherever it stands.
func (i *Incident) endDrill(_ Rules, a Act) error {
	if i.State.Over() || !i.Drill {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	i.State, i.ClosedAt = Closed, a.At
	return nil
}
