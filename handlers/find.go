package handlers

import (
	"errors"
	"slices"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// quoted is the incident of the bot's message that is answered here, nil if there is none the person may see.
func (t *turn) quoted() (*incident.Incident, error) {
	if t.ev.Quotes == "" {
		return nil, nil
	}
	row, err := t.Tx.PostByMessage(t.ev.Platform, t.ev.Quotes)
	if errors.Is(err, store.ErrNotFound) || (err == nil && row.Incident == "") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	inc, err := t.Tx.Incident(row.Incident)
	if err != nil || !t.MaySee(inc, t.person) {
		return nil, err
	}
	return inc, nil
}

// incidentHere is the incident living in this conversation, nil if there is none.
func (t *turn) incidentHere() (*incident.Incident, error) {
	inc, err := t.Tx.IncidentAt(desk.Home(t.ev.Place))
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	return inc, err
}

// target is the incident a command is about: the one named, the one of this conversation, the one whose message is
// answered, or the only one that fits. It answers the person itself and returns nil when there is none.
func (t *turn) target(fits func(*incident.Incident) bool) (*incident.Incident, error) {
	inc, err := t.named()
	if inc != nil || err != nil {
		return inc, err
	}
	if t.match.Number != "" {
		return nil, t.reply(t.Voice.NotFound(t.match.Number))
	}
	if here, err := t.incidentHere(); here != nil || err != nil {
		t.inc = here
		return here, err
	}
	if inc, err := t.quoted(); inc != nil || err != nil {
		t.inc = inc
		return inc, err
	}
	return t.only(fits)
}

// named is the incident whose number came with the command, if the person may see it.
func (t *turn) named() (*incident.Incident, error) {
	if t.match.Number == "" {
		return nil, nil
	}
	numbers := []string{t.match.Number}
	if len(t.match.Number) <= 4 {
		found, err := t.Tx.FindNumbers(t.match.Number)
		if err != nil {
			return nil, err
		}
		numbers = found
	}
	var seen []*incident.Incident
	for _, n := range numbers {
		inc, err := t.Tx.Incident(n)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if t.MaySee(inc, t.person) {
			seen = append(seen, inc)
		}
	}
	open := slices.DeleteFunc(slices.Clone(seen), func(inc *incident.Incident) bool { return inc.State.Over() })
	switch {
	case len(open) == 1:
		t.inc = open[0]
	case len(open) == 0 && len(seen) > 0:
		t.inc = newest(seen)
	case len(open) > 1:
		t.inc = newest(open)
	}
	return t.inc, nil
}

func newest(incs []*incident.Incident) *incident.Incident {
	return slices.MaxFunc(incs, func(a, b *incident.Incident) int { return a.ReportedAt.Compare(b.ReportedAt) })
}

// only is the one open incident that fits; with several the person is asked for a number.
func (t *turn) only(fits func(*incident.Incident) bool) (*incident.Incident, error) {
	open, err := t.Tx.OpenIncidents()
	if err != nil {
		return nil, err
	}
	open = slices.DeleteFunc(open, func(inc *incident.Incident) bool {
		return !t.MaySee(inc, t.person) || !fits(inc)
	})
	if !t.ev.Place.Direct() {
		open = t.near(open)
	}
	if len(open) == 1 {
		t.inc = open[0]
		return open[0], nil
	}
	return nil, t.reply(t.Voice.WhichIncident(t.match.Command.Name, t.visible(open)))
}

// near are those a command said in a group may mean: in the talk of another matter none, in the main
// stream those that live in this group, if any does.
func (t *turn) near(open []*incident.Incident) []*incident.Incident {
	if !t.ev.ToBot {
		return nil
	}
	here := slices.DeleteFunc(slices.Clone(open), func(inc *incident.Incident) bool {
		return inc.Home.Platform != t.ev.Platform || inc.Home.Chat != t.ev.Place.Chat
	})
	if len(here) > 0 {
		return here
	}
	return open
}

// involved fits incidents the person officers, tracks or reported.
func (t *turn) involved(inc *incident.Incident) bool {
	return slices.Contains([]string{inc.Officer, inc.Tracker, inc.Reporter, inc.Backup}, t.person)
}
