package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// A protected source is somebody who reports in private under an alias made up for that report. Who they are is kept
// under seal; everything else that is kept knows the alias only. Where something has to reach the person, the alias
// becomes them at the very last moment, when the message is handed to the platform.

// Safe keeps secrets.
type Safe interface {
	// Seal encrypts plain for what it is about; Open is its inverse.
	Seal(plain, about string) (string, error)
	Open(sealed, about string) (string, error)
	// Mark is a text as a hash only this service can make.
	Mark(text string) string
}

// Protects reports whether sources can be protected: there is a secret to seal with, and two people are named.
func (d *Desk) Protects() bool { return d.Safe != nil && len(d.Org.Protect) == 2 }

// aliasLetters are those that are not mistaken for one another.
const aliasLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

// NewSource makes the alias somebody goes by in the report that begins with an event; the same again if it is
// delivered again.
func (d *Desk) NewSource(tx *store.Tx, person, event string) (alias string, err error) {
	mark := d.Safe.Mark("alias/" + person + "/" + event)
	name := make([]byte, 6)
	for n := range name {
		name[n] = aliasLetters[int(mark[2*n]+7*mark[2*n+1])%len(aliasLetters)]
	}
	alias = roster.SourceID(string(name))
	sealed, err := d.Safe.Seal(person, alias)
	if err != nil {
		return "", fmt.Errorf("seal a source: %w", err)
	}
	if err := tx.KeepSource(store.Source{Alias: alias, Owner: d.Safe.Mark("owner/" + person), Sealed: sealed}); err != nil {
		return "", err
	}
	d.sources.Store(alias, person)
	return alias, nil
}

// SourcesOf are the aliases somebody goes by.
func (d *Desk) SourcesOf(tx *store.Tx, person string) (aliases []string, err error) {
	rows, err := tx.SourcesOf(d.Safe.Mark("owner/" + person))
	for _, r := range rows {
		aliases = append(aliases, r.Alias)
	}
	return aliases, err
}

// RecallSources opens the seals once, so that nobody has to wait for the database when a message goes out.
func (d *Desk) RecallSources(ctx context.Context, st *store.Store) error {
	rows, err := st.Sources(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	if d.Safe == nil {
		return errors.New("there are protected sources, and no secret to open them with; set secret as it was")
	}
	for _, r := range rows {
		if _, known := d.sources.Load(r.Alias); known {
			continue
		}
		person, err := d.Safe.Open(r.Sealed, r.Alias)
		if err != nil {
			return fmt.Errorf("open a protected source: %w; set secret as it was", err)
		}
		d.sources.Store(r.Alias, person)
	}
	return nil
}

// whoIs is the person behind an alias; one another replica made is looked up.
func (d *Desk) whoIs(alias string) string {
	person, ok := d.sources.Load(alias)
	if !ok && d.Lookup != nil {
		d.Lookup()
		person, ok = d.sources.Load(alias)
	}
	if !ok {
		return ""
	}
	return person.(string)
}

// sourcePlaces is where a source is reached in private, under the alias.
func (d *Desk) sourcePlaces(alias string) []bot.Place {
	person := d.whoIs(alias)
	if person == "" {
		return nil
	}
	places := slices.Clone(d.Private(person))
	for n := range places {
		places[n].Person = alias
	}
	return places
}

// Reveal is a message as it is handed to the platform: an alias in a private chat is the person, in a group it is
// nobody's account. One of the two keepers reads who a source is.
func (d *Desk) Reveal(out bot.Outgoing) bot.Outgoing {
	keeper := out.Place.Direct() && d.Org.Keeps(out.Place.Person)
	if roster.IsSource(out.Place.Person) {
		out.Place.Person = d.whoIs(out.Place.Person)
	}
	m := out.Message
	m.Mentions, m.Urgent = unveiled(m.Mentions), unveiled(m.Urgent)
	if m.Makes != nil {
		group := *m.Makes
		group.People = unveiled(group.People)
		m.Makes = &group
	}
	if keeper && strings.Contains(m.Text, "source:") {
		d.sources.Range(func(alias, person any) bool {
			p, _ := d.Org.Person(person.(string))
			unit, _ := d.Org.Unit(p.Unit)
			name := strings.Join(slices.DeleteFunc([]string{unit.Name, p.Title, d.Called(person.(string))}, func(s string) bool { return s == "" }), " ")
			m.Text = strings.ReplaceAll(m.Text, alias.(string), name)
			return true
		})
	}
	out.Message = m
	return out
}

// unveiled leaves out aliases: an account behind one is not to be mentioned.
func unveiled(people []string) []string {
	if !slices.ContainsFunc(people, roster.IsSource) {
		return people
	}
	return slices.DeleteFunc(slices.Clone(people), roster.IsSource)
}

// whisper says to protected sources in private what mentions them where others read.
func (w *Work) whisper(inc *incident.Incident, t Told) error {
	if strings.HasPrefix(t.Starts, "call/") {
		return nil // the officer is called; who reported has been answered
	}
	for _, person := range t.Message.Mentions {
		if !roster.IsSource(person) {
			continue
		}
		t.Starts, t.Reach = "", nil
		t.Message.Lives = false
		if err := w.Direct(inc, person, t); err != nil {
			return err
		}
	}
	return nil
}
