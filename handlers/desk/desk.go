// Package desk is what commands and clocks do alike: carry out an act on an incident with everything
// that belongs to it (ledger, registry, clocks), and tell people where the incident lives or in private.
package desk

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/drill"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/plan"
	"fenghuo/internal/roster"
	"fenghuo/internal/score"
	"fenghuo/store"
)

// Desk knows the organisation, its rules and how the bot speaks.
type Desk struct {
	Org   *roster.Org
	Rules incident.Rules
	Voice notice.Voice
	// Plans are what is to be done by nature and level. Nil: nothing is planned.
	Plans *plan.Book
	// Drills are what can be rehearsed. Nil: nothing.
	Drills *drill.Book
	// Score is how the registry is scored. Nil: it is not.
	Score *score.Scheme
	// NeedsMention reports a platform on which, in groups, the bot hears only what mentions it. Nil: none.
	NeedsMention func(platform string) bool
	// Channels are the ways of one platform to a person, best first. Nil: each has one.
	Channels func(platform, person string) []string

	// MakesGroups reports a platform on which the bot can make groups. Nil: none.
	MakesGroups func(platform string) bool

	// PublicURL is where people reach the service's pages; empty: nowhere.
	PublicURL string

	// Lookup brings aliases that were made elsewhere. Nil: there are none.
	Lookup func()

	// Safe keeps secrets. Nil: nothing secret can be kept.
	Safe Safe

	// Weigh is what words tell of nature and present effect, in the policy's words. Nil: nothing.
	Weigh func(text string, at time.Time) (nature string, impact []string)

	guests  sync.Map // names of people the organisation does not know, by GuestID
	sources sync.Map // people behind aliases
}

// Work is one unit of it: one transaction, one moment, one cause.
type Work struct {
	*Desk
	Tx    *store.Tx
	Now   time.Time
	Cause string // the event or clock behind it, for the ledger
}

// On begins a unit of work.
func (d *Desk) On(tx *store.Tx, cause string) *Work {
	return &Work{Desk: d, Tx: tx, Now: tx.Now, Cause: cause}
}

// Do carries out an act: the incident changes, the ledger says so, the clocks are set anew.
func (w *Work) Do(inc *incident.Incident, a incident.Act) error {
	if a.At.IsZero() {
		a.At = w.Now
	}
	a.At = a.At.UTC()
	fresh, open := inc.State == "", !inc.Confidential
	if err := inc.Apply(w.Rules, a); err != nil {
		return err
	}
	after, err := Fingerprint(inc)
	if err != nil {
		return err
	}
	if err := w.Note(a.By, string(a.Kind), Subject(inc.Number), recorded{a, after}); err != nil {
		return err
	}
	save := w.Tx.SaveIncident
	if fresh {
		save = w.Tx.CreateIncident
	}
	if err := save(inc); err != nil {
		return fmt.Errorf("save %s: %w", inc.Number, err)
	}
	if !silent[a.Kind] && !fresh {
		if err := w.refresh(inc); err != nil {
			return err
		}
	}
	if open && inc.Confidential && !fresh {
		if err := w.withdraw(inc); err != nil {
			return err
		}
	}
	return w.Rearm(inc)
}

// Rearm sets the clocks of an incident as its present state has them.
func (w *Work) Rearm(inc *incident.Incident) error {
	return w.Tx.SetClocks(Subject(inc.Number), w.clocks(inc))
}

// Note writes a line of the ledger.
func (w *Work) Note(actor, kind, subject string, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encode %s: %w", kind, err)
	}
	_, err = w.Tx.Append(store.Entry{At: w.Now, Actor: actor, Kind: kind, Subject: subject, Cause: w.Cause, Body: raw})
	return err
}

// Subject is how ledger and clocks name an incident.
func Subject(number string) string { return "incident/" + number }

func (w *Work) clocks(inc *incident.Incident) []store.Clock {
	var rows []store.Clock
	for _, c := range inc.Clocks(w.Rules) {
		rows = append(rows, store.Clock{Subject: Subject(inc.Number), Kind: ClockKey(c), Slot: c.N, At: c.At.UTC(), Due: c.Due.UTC(), Person: c.Person, Reason: c.Reason})
	}
	return rows
}

// ClockKey is the kind of a clock as the table stores it: due/slot.
func ClockKey(c incident.Clock) string {
	if c.About == "" {
		return string(c.Kind)
	}
	return string(c.Kind) + "/" + c.About
}

// Place is the conversation an incident lives in.
func Place(p incident.Place) bot.Place {
	return bot.Place{Platform: p.Platform, Chat: p.Chat, Thread: p.Thread, Person: p.Person}
}

// Home is the same the other way round.
func Home(p bot.Place) incident.Place {
	return incident.Place{Platform: p.Platform, Chat: p.Chat, Thread: p.Thread, Person: p.Person}
}

// Private is where a person is reached in private, their own platform first, by each of its ways.
func (d *Desk) Private(person string) []bot.Place {
	if roster.IsSource(person) {
		return d.sourcePlaces(person)
	}
	p, ok := d.Org.Person(person)
	if !ok {
		return guestPlaces(person)
	}
	var places []bot.Place
	if p.On != "" {
		places = d.ways(places, p.On, person)
	}
	for _, platform := range []string{"feishu", "wecom"} {
		if p.Accounts[platform] != "" && platform != p.On {
			places = d.ways(places, platform, person)
		}
	}
	return places
}

// ways adds the ways of a platform to a person.
func (d *Desk) ways(places []bot.Place, platform, person string) []bot.Place {
	var channels []string
	if d.Channels != nil {
		channels = d.Channels(platform, person)
	}
	if len(channels) == 0 {
		channels = []string{""}
	}
	for _, c := range channels {
		places = append(places, bot.Place{Platform: platform, Person: person, Channel: c})
	}
	return places
}
