package handlers

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// Idle does what a form nobody is answering asks for: a nudge, a word in private, the oral first report,
// and at last giving it up. After an outage only the latest of them is said.
func (s *Service) Idle(tx *store.Tx, row *store.FormRow, kind form.IdleKind, cause string) error {
	w := s.desk.On(tx, cause)
	f, err := form.Open(s.form, s.formEnv(w), row.State)
	if err != nil {
		return err
	}
	runs, later := false, false
	for _, c := range f.Clocks() {
		due := !c.At.After(w.Now)
		runs = runs || (c.Kind == kind && due)
		later = later || (c.Kind != kind && due && c.Kind != form.Nudge)
	}
	if !row.Active || !runs {
		return s.keepForm(w, row, f)
	}
	forward := f.ForwardAt()
	f.Fire(kind, w.Now)
	i := &idle{Work: w, s: s, row: row, form: f}
	switch {
	case kind == form.Forward:
		err = i.forward()
	case kind == form.Abandon:
		err = i.abandon()
	case kind == form.Settle:
		row.Active = false
	case later: // said better in a moment
	case kind == form.Nudge:
		err = i.say(row.Place, kind, w.Voice.FormNudge(f, f.Open()))
	case kind == form.Direct:
		err = i.direct(forward)
	}
	if err != nil {
		return err
	}
	return s.keepForm(w, row, f)
}

type idle struct {
	*desk.Work
	s    *Service
	row  *store.FormRow
	form *form.Session
}

func (i *idle) say(place bot.Place, kind form.IdleKind, m bot.Message) error {
	key := fmt.Sprintf("%s/%s/%d", formSubject(i.row), kind, i.row.LastAt.Unix())
	_, err := i.Tx.Post(store.Post{Key: key, Place: place, To: place.Person, Message: m, Incident: i.row.Incident, Reason: "快报未填完"})
	return err
}

// direct reminds in private; somebody who cannot be reached there was reminded in the topic.
func (i *idle) direct(forward time.Time) error {
	where := ""
	if g, ok := i.Org.Group(i.row.Place.Chat); ok && !i.row.Place.Direct() {
		where = g.Name
	}
	m := i.Voice.FormWaiting(i.form, i.form.Open(), where, forward, i.Now)
	places := i.Private(i.row.Person)
	if i.row.Place.Direct() {
		places = []bot.Place{i.row.Place}
	}
	if len(places) == 0 {
		return nil
	}
	return i.say(places[0], form.Direct, m)
}

// forward makes an oral first report of what is there: it is registered as a draft from this moment, and
// the duty officer is told.
func (i *idle) forward() error {
	level, reasons := i.Rules.Policy.Suggest(signals(i.form.Said()))
	rep, err := i.s.reportOf(i.Work, i.row, i.form, level, level, reasons, "")
	if err != nil {
		return err
	}
	inc := &incident.Incident{}
	act := incident.Act{Kind: incident.Forwarded, By: i.row.Person, Report: &rep, Answers: answers(i.form, i.Rules.Calendar.Zone())}
	if err := i.Do(inc, act); err != nil {
		return err
	}
	i.row.Incident = inc.Number
	m := i.Voice.Forwarded(i.form, i.Now)
	if duty := i.Org.OnDuty(i.Now, i.Rules.Calendar); duty != "" {
		if err := i.s.tellDuty(i.Work, inc, duty, "forward", m); err != nil {
			return err
		}
	}
	return i.say(i.row.Place, form.Forward, m)
}

func (s *Service) tellDuty(w *desk.Work, inc *incident.Incident, duty, purpose string, m bot.Message) error {
	return w.Direct(inc, duty, desk.Told{Purpose: purpose, Reason: "口头首报", Message: m, Starts: purpose + "/" + duty})
}

// abandon gives a form up. What was passed on stays in the registry with what it has.
func (i *idle) abandon() error {
	i.row.Active = false
	if err := i.Note("", "form_abandoned", formSubject(i.row), map[string]any{"answers": i.form.Lines()}); err != nil {
		return err
	}
	if i.row.Incident != "" {
		inc, err := i.Tx.Incident(i.row.Incident)
		if err != nil {
			return err
		}
		if err := i.Do(inc, incident.Act{Kind: incident.GivenUp}); err != nil {
			return err
		}
	}
	return i.say(i.row.Place, form.Abandon, i.Voice.FormAbandoned(i.form))
}
