package desk

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/signal"
	"fenghuo/store"
)

// again is how long signals with the same link are one matter.
const again = 7 * 24 * time.Hour

// SignalSubject is how ledger and clocks name a signal.
func SignalSubject(number string) string { return "signal/" + number }

// Signalled takes a signal once: it is attached to the open incident it is about, or shown to who is on
// duty, who makes an incident of it or not. known: it was taken before, and nothing happens.
func (w *Work) Signalled(s signal.Signal) (row store.SignalRow, known bool, err error) {
	if s.At.IsZero() || s.At.After(w.Now) {
		s.At = w.Now
	}
	body, err := json.Marshal(s)
	if err != nil {
		return row, false, fmt.Errorf("encode signal: %w", err)
	}
	row = store.SignalRow{Source: s.Source, SignalID: s.ID, Link: s.Link(), State: store.SignalWaiting, Body: body}
	if known, err = w.Tx.TakeSignal(&row); known || err != nil {
		return row, known, err
	}
	if err := w.Note("", "signal_received", SignalSubject(row.Number), s); err != nil {
		return row, false, err
	}
	inc, err := w.about(s)
	if err != nil {
		return row, false, err
	}
	if inc != nil {
		return row, false, w.attach(inc, &row, s)
	}
	return row, false, w.lead(&row, s)
}

// about is the open incident a signal is likely about; drills are left alone.
func (w *Work) about(s signal.Signal) (*incident.Incident, error) {
	open, err := w.Tx.OpenIncidents()
	if err != nil {
		return nil, err
	}
	for _, inc := range open {
		if !inc.Drill && inc.SeenAt(s.Link()) {
			return inc, nil
		}
	}
	return nil, nil
}

// attach adds a signal to an incident. Where it lives, it is said what the figures suggest: the first time,
// when they suggest more than any before, and when the matter has changed. Everything else is only kept.
func (w *Work) attach(inc *incident.Incident, row *store.SignalRow, s signal.Signal) error {
	counts := s.Counts(w.Now)
	level, reasons := w.Rules.Policy.Suggest(s.WeighWith(inc, signal.Growth(inc.Counts, s.Reads, w.Now)))
	graver := level.Graver(inc.Level.Current) && level.Graver(inc.Gravest())
	first := len(inc.Sightings) == 0
	why, material := inc.IsMaterial(w.Rules.Policy, s.Text, counts)
	material = material && !told(inc, why)
	seen := sighting(row.Number, s, level, reasons)
	if err := w.Do(inc, incident.Act{Kind: incident.Sighted, Sighting: seen, Counts: counts, Text: s.Text, Material: material}); err != nil {
		return err
	}
	row.State, row.Incident, row.DecidedAt = store.SignalAttached, inc.Number, w.Now
	if err := w.Tx.SaveSignal(row); err != nil {
		return err
	}
	if first || graver {
		if err := w.Home(inc, Told{Purpose: SignalSubject(row.Number), Reason: "监测线索", Message: w.Voice.Sighted(inc, s, *seen, graver, w.Now)}); err != nil {
			return err
		}
	}
	if !material || inc.Material.Quiet || inc.State == incident.Draft {
		return nil
	}
	return w.Home(inc, Told{Purpose: SignalSubject(row.Number) + "/material", Reason: "情况有变",
		Message: w.Voice.MaterialChange(inc, w.Now, inc.Material.Due.After(inc.Material.Wanted))})
}

func sighting(number string, s signal.Signal, level incident.Level, reasons []string) *incident.Sighting {
	return &incident.Sighting{Signal: number, Source: s.Source, At: s.At.UTC(), Link: s.Link(), Text: s.Text, Suggested: level, Reasons: reasons}
}

// told reports whether a word that tells of a change has been heard of the incident before: monitoring
// repeats itself.
func told(inc *incident.Incident, word string) bool {
	heard := inc.Title + "\n" + inc.Summary
	for _, n := range inc.Notes {
		heard += "\n" + n.Text
	}
	for _, s := range inc.Sightings {
		heard += "\n" + s.Text
	}
	return strings.Contains(heard, word)
}

// lead shows a signal nobody knows the incident of to who decides. One with the link of another that is
// waiting or was ignored is only kept, unless it suggests a graver level.
func (w *Work) lead(row *store.SignalRow, s signal.Signal) error {
	l, err := w.LeadOf(*row, s)
	if err != nil {
		return err
	}
	before, err := w.Tx.SignalsAt(row.Link, w.Now.Add(-again))
	if err != nil {
		return err
	}
	for _, b := range before {
		if b.Number == row.Number || (b.State != store.SignalWaiting && b.State != store.SignalIgnored) {
			continue
		}
		earlier, err := w.LeadOf(b, signal.Signal{})
		if err != nil {
			return err
		}
		if !l.Level.Graver(earlier.Level) {
			row.State, row.Reason, row.DecidedAt = store.SignalRepeated, b.Number, w.Now
			return w.Tx.SaveSignal(row)
		}
	}
	return w.showLead(l)
}

// LeadOf is a signal as those who decide about it see it. A zero s is read from the row.
func (w *Work) LeadOf(row store.SignalRow, s signal.Signal) (notice.Lead, error) {
	if s.Source == "" {
		if err := json.Unmarshal(row.Body, &s); err != nil {
			return notice.Lead{}, fmt.Errorf("decode signal %s: %w", row.Number, err)
		}
	}
	l := notice.Lead{Number: row.Number, Signal: s, Received: row.At, Where: s.Place}
	unit, known := w.unitOf(s)
	if known {
		l.Where = unit
		if u, ok := w.Org.Unit(unit); ok {
			l.Where = u.Name
		}
	}
	l.Level, l.Reasons = w.suggest(s)
	if row.State != store.SignalWaiting {
		return l, nil
	}
	var err error
	if l.Older, err = w.unregistered(s, unit); err != nil {
		return l, err
	}
	l.Closed, err = w.closedWith(s.Link())
	return l, err
}

// suggest is the level a signal suggests by itself.
func (w *Work) suggest(s signal.Signal) (incident.Level, []string) {
	signals := s.Weigh()
	if w.Weigh != nil {
		signals.Nature, signals.Impact = w.Weigh(s.Text, w.Now)
	}
	return w.Rules.Policy.Suggest(signals)
}

// Sighting is a signal as its incident keeps it.
func (w *Work) Sighting(number string, s signal.Signal) *incident.Sighting {
	level, reasons := w.suggest(s)
	return sighting(number, s, level, reasons)
}

// unitOf is the unit a signal names, by id or name, or that its text tells of and no other.
func (w *Work) unitOf(s signal.Signal) (id string, ok bool) {
	for _, text := range []string{s.Unit, s.Place, s.Text} {
		if u, ok := w.Org.Unit(text); ok {
			return u.ID, true
		}
		if hits := w.Org.MatchUnits(text); len(hits) == 1 {
			return hits[0].ID, true
		}
	}
	return "", false
}

// unregistered is the older day a signal tells of when nothing around it is registered of its unit, or of
// any unit if it names none; zero otherwise.
func (w *Work) unregistered(s signal.Signal, unit string) (time.Time, error) {
	written := s.At
	if !s.Published.IsZero() {
		written = s.Published
	}
	day, ok := signal.Older(s.Text, written.In(w.Rules.Calendar.Zone()))
	if !ok {
		return time.Time{}, nil
	}
	from, to := day.Add(-signal.Around), day.Add(signal.Around)
	incs, err := w.Tx.Incidents(store.IncidentFilter{From: from, Drill: store.Without})
	if err != nil {
		return time.Time{}, err
	}
	for _, inc := range incs {
		near := slices.ContainsFunc([]time.Time{inc.OccurredAt, inc.PublishedAt, inc.FoundAt, inc.ReportedAt}, func(t time.Time) bool {
			return !t.IsZero() && !t.Before(from) && !t.After(to)
		})
		if near && (unit == "" || inc.Unit == "" || inc.Unit == unit) {
			return time.Time{}, nil
		}
	}
	return day, nil
}

// closedWith is the number of an incident with that link that is over; empty if there is none, or if it is
// confidential.
func (w *Work) closedWith(link string) (string, error) {
	if link == "" {
		return "", nil
	}
	incs, err := w.Tx.Incidents(store.IncidentFilter{From: w.Now.Add(-90 * 24 * time.Hour), Open: store.Without, Drill: store.Without, Confidential: store.Without})
	if err != nil {
		return "", err
	}
	for _, inc := range incs {
		if inc.SeenAt(link) {
			return inc.Number, nil
		}
	}
	return "", nil
}

// showLead shows it in the group for leads, where who is on duty is mentioned; without one, to them in
// private.
func (w *Work) showLead(l notice.Lead) error {
	deciders := w.OnLeads()
	m := w.Voice.Lead(l, deciders, w.Now)
	if g, ok := w.Org.LeadGroup(); ok {
		post := store.Post{Key: SignalSubject(l.Number) + "/lead", Place: bot.Place{Platform: g.Platform, Chat: g.ID}, Message: m, Incident: l.Number, Reason: "监测线索", Starts: "lead"}
		for _, person := range deciders {
			post.Fallback = append(post.Fallback, w.Private(person)...)
		}
		_, err := w.Tx.Post(post)
		return err
	}
	for _, person := range deciders {
		places := w.Private(person)
		if len(places) == 0 {
			continue
		}
		_, err := w.Tx.Post(store.Post{Key: SignalSubject(l.Number) + "/lead/" + person, Place: places[0], To: person, Message: m, Incident: l.Number,
			Reason: "监测线索", Starts: "lead", Fallback: places[1:]})
		if err != nil {
			return err
		}
	}
	return nil
}

// OnLeads are those a lead is brought to: who is on duty, else the info officers, else the administrators.
func (w *Work) OnLeads() []string {
	if duty := w.Org.OnDuty(w.Now, w.Rules.Calendar); duty != "" {
		return []string{duty}
	}
	for _, post := range []string{"info_officer", "admin"} {
		var people []string
		for _, p := range w.Org.People {
			if w.Org.Has(p.ID, post) {
				people = append(people, p.ID)
			}
		}
		if len(people) > 0 {
			return people
		}
	}
	return nil
}

// MayDecideLeads reports whether a person makes incidents of leads, or not.
func (w *Work) MayDecideLeads(person string) bool {
	return person != "" && person == w.Org.OnDuty(w.Now, w.Rules.Calendar) ||
		w.May("线索", nil, person)
}
