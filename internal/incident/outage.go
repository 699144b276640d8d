package incident

import "time"

// noteOutage records that the service was away from a.From to a.At. What fell due meanwhile counts as
// said by the one catch-up message; its grace starts now. A slot that the next one has overtaken closes
// without blame.
func (i *Incident) noteOutage(r Rules, a Act) error {
	if i.State.Over() {
		return i.refuseWho(Over, "", i.ClosedAt)
	}
	i.Outages = append(i.Outages, Outage{From: a.From, To: a.At})
	for i.Slot.N > 0 && in(i.slotMissedAt(r), a) {
		if g := i.Slot.GraceTo; !g.IsZero() && !g.After(a.From) { // overdue before
			i.giveUpSlot(r, a.At)
			continue
		}
		i.closeSlot(r, FollowUp{N: i.Slot.N, Due: i.Slot.Due, Verdict: Excused, Note: "停机期间"})
	}
	for _, d := range i.Owed(r) {
		i.excuse(r, d.Nag, d.Due, a)
	}
	return nil
}

func (i *Incident) excuse(r Rules, nag *Nag, due time.Time, a Act) {
	if !in(due, a) && !in(nag.GraceTo, a) {
		return
	}
	nag.Reminded, nag.DueSent, nag.Outage = true, true, true
	if nag.Risk == "" {
		nag.GraceTo = r.deferred(i.Level.Current, r.due(i.Level.Current, a.At, r.Policy.Levels[i.Level.Current].Grace))
	}
}

// in reports whether t fell into the outage.
func in(t time.Time, a Act) bool {
	return !t.IsZero() && t.After(a.From) && !t.After(a.At)
}
