package desk

import (
	"context"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// Anybody may report: a guest is somebody who is in the chat and not in the organisation's file.

// GuestID is a guest's id among people's.
func GuestID(platform, account string) string { return platform + ":" + account }

// guestPlaces is where a guest is reached in private.
func guestPlaces(id string) []bot.Place {
	platform, account, ok := strings.Cut(id, ":")
	if !ok || account == "" {
		return nil
	}
	return []bot.Place{{Platform: platform, Person: id}}
}

// Called is what people are called: their name in the organisation, a guest's on the platform, or at
// least 同事. An account is never shown.
func (d *Desk) Called(id string) string {
	if roster.IsSource(id) {
		return roster.SourceName(id)
	}
	if p, ok := d.Org.Person(id); ok {
		return p.Name
	}
	if name, ok := d.guests.Load(id); ok {
		return name.(string)
	}
	if strings.Contains(id, ":") {
		return "同事"
	}
	return id
}

// Meet notes the name of a guest who spoke.
func (w *Work) Meet(ev bot.Event) error {
	if _, ok := w.Org.ByAccount(ev.Platform, ev.Sender); ok || ev.Sender == "" || roster.IsSource(ev.Sender) {
		return nil
	}
	if ev.Name != "" {
		w.guests.Store(GuestID(ev.Platform, ev.Sender), ev.Name)
	}
	return w.Tx.SeePerson(ev.Platform, ev.Sender, ev.Name)
}

// Enter notes a group in which the bot is spoken to, or to which it was added.
func (w *Work) Enter(ev bot.Event) error {
	if ev.Place.Direct() || (!ev.ToBot && ev.Kind != bot.Joined) {
		return nil
	}
	g, _ := w.Org.GroupByChat(ev.Platform, ev.Place.Chat)
	return w.Tx.SeeGroup(ev.Platform, ev.Place.Chat, g.Name)
}

// Recall brings back the names of guests that were met before.
func (d *Desk) Recall(ctx context.Context, st *store.Store) error {
	rows, err := st.People(ctx)
	if err != nil {
		return err
	}
	for _, r := range rows {
		d.guests.Store(GuestID(r.Platform, r.Account), r.Name)
	}
	return nil
}
