package handlers

import (
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/roster"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// protectedWord begins a report whose reporter is to be protected.
const protectedWord = "保密上报"

// veil puts an alias in the place of a protected source, before anything of an event is kept: of the message that
// begins a protected report, of all that is said in private while it is filled in, and of what is about it later. Where
// nobody can be protected, or in a group, nothing but the word is kept of what came after it.
func (s *Service) veil(ctx context.Context, ev bot.Event) (bot.Event, error) {
	if ev.Sender == "" {
		return ev, nil
	}
	asks := ev.Kind == bot.Said && strings.HasPrefix(zh.Fold(strings.TrimSpace(ev.Text)), protectedWord)
	if asks && (!ev.Place.Direct() || !s.desk.Protects()) {
		ev.Text = protectedWord
		return ev, nil
	}
	if !s.desk.Protects() {
		return ev, nil
	}
	person := s.whoSpeaks(ev)
	var alias string
	err := s.store.InTx(ctx, func(tx *store.Tx) (err error) {
		aliases, err := s.desk.SourcesOf(tx, person)
		if err != nil || len(aliases) == 0 && !asks {
			return err
		}
		if alias, err = s.aliasOf(tx, ev, aliases); err != nil || alias != "" || !asks {
			return err
		}
		alias, err = s.desk.NewSource(tx, person, ev.Keys[0])
		return err
	})
	if err != nil || alias == "" {
		return ev, err
	}
	ev = s.veiled(ev, person, alias)
	if len(ev.Files) == 0 {
		return ev, nil
	}
	return ev, s.store.InTx(ctx, func(tx *store.Tx) error {
		for _, f := range ev.Files {
			if err := tx.VeilFile(f, person, alias); err != nil {
				return err
			}
		}
		return nil
	})
}

// whoSpeaks is the person's id, or a guest's.
func (s *Service) whoSpeaks(ev bot.Event) string {
	if p, ok := s.desk.Org.ByAccount(ev.Platform, ev.Sender); ok {
		return p.ID
	}
	return desk.GuestID(ev.Platform, ev.Sender)
}

// aliasOf is the alias an event belongs to, empty if it is the person's own.
func (s *Service) aliasOf(tx *store.Tx, ev bot.Event, aliases []string) (string, error) {
	for _, message := range []string{ev.Message, ev.Quotes} {
		if message == "" {
			continue
		}
		for _, look := range []func(platform, message string) (string, error){tx.AddressedTo, tx.SaidBy} {
			who, err := look(ev.Platform, message)
			if err != nil || slices.Contains(aliases, who) {
				return who, err
			}
		}
	}
	if !ev.Place.Direct() || (ev.Kind != bot.Said && ev.Kind != bot.Pressed) {
		return "", nil
	}
	for _, alias := range aliases {
		_, err := tx.ActiveForm(alias, bot.Place{Platform: ev.Platform, Person: alias}.Key())
		if err == nil {
			return alias, nil
		}
		if !isNotFound(err) {
			return "", err
		}
	}
	said := ev.Text + " " + ev.Action.Target
	for _, alias := range aliases {
		incidents, err := tx.ReportedBy(alias, 1)
		if err != nil {
			return "", err
		}
		for _, inc := range incidents {
			if names(said, inc.Number) {
				return alias, nil
			}
		}
	}
	if m := nameless.FindStringSubmatch(zh.Fold(strings.TrimSpace(ev.Text))); m == nil || len(m[2]) > 2 {
		return "", nil
	}
	return s.lastAddressed(tx, ev, aliases)
}

// nameless are words that answer the last thing the bot said, when no incident's number stands after them.
var nameless = regexp.MustCompile(`^(补充|说明|更正|申诉)\s*(\d*)`)

// lastAddressed is the alias the bot spoke to last, empty if that was the person.
func (s *Service) lastAddressed(tx *store.Tx, ev bot.Event, aliases []string) (string, error) {
	last, err := tx.LastTo(ev.Platform, s.whoSpeaks(ev))
	who := ""
	for _, alias := range aliases {
		at, failed := tx.LastTo(ev.Platform, alias)
		if at.After(last) {
			last, who = at, alias
		}
		err = errors.Join(err, failed)
	}
	return who, err
}

var digits = regexp.MustCompile(`\d+`)

// names reports a text that names an incident, in full or by its last figures.
func names(text, number string) bool {
	last := number[strings.LastIndex(number, "-")+1:]
	return strings.Contains(text, number) || slices.Contains(digits.FindAllString(text, -1), last)
}

// veiled is the event as it is kept.
func (s *Service) veiled(ev bot.Event, person, alias string) bot.Event {
	own := []string{ev.Sender, alias}
	if p, ok := s.desk.Org.Person(person); ok {
		for _, text := range append([]string{p.Name, p.Phone}, slices.Collect(maps.Values(p.Accounts))...) {
			if text != "" {
				own = append(own, text, roster.SourceName(alias))
			}
		}
	}
	clean := strings.NewReplacer(own...)
	keys := make([]string, len(ev.Keys))
	for n, k := range ev.Keys {
		keys[n] = clean.Replace(k)
	}
	ev.Keys, ev.Sender, ev.Person, ev.Name, ev.Text = keys, alias, alias, "", clean.Replace(ev.Text)
	if ev.Place.Direct() {
		ev.Place.Person = alias
	}
	files := slices.Clone(ev.Files)
	for n := range files {
		files[n].Name = clean.Replace(files[n].Name)
	}
	ev.Files = files
	fields := map[string]string{}
	for k, v := range ev.Action.Fields {
		fields[k] = clean.Replace(v)
	}
	if len(fields) > 0 {
		ev.Action.Fields = fields
	}
	return ev
}
