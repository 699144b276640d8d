package handlers

import (
	"errors"
	"slices"

	"fenghuo/bot"
	"fenghuo/store"
)

// alive takes what a person does as a sign that what the platform may have dropped has arrived: the message
// they read, press or react to, all that was said to them in their private chat, and what called them where
// they now speak.
func (t *turn) alive() error {
	if t.ev.Kind == bot.Joined || t.ev.Kind == bot.Left || t.ev.Kind == bot.Parted || t.ev.Sender == "" {
		return nil
	}
	if t.ev.Kind != bot.Said {
		row, err := t.Tx.PostByMessage(t.ev.Platform, t.ev.Message)
		if err == nil {
			err = t.Arrived(row, t.at)
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
	}
	rows, err := t.Tx.Unconfirmed(t.ev.Place)
	if err != nil {
		return err
	}
	return t.arrived(rows)
}

// arrived confirms those of the messages that were for the person.
func (t *turn) arrived(rows []store.PostRow) error {
	for _, row := range rows {
		if row.Starts == "" || !isFor(row, t.person) {
			continue
		}
		if err := t.Arrived(row, t.at); err != nil {
			return err
		}
	}
	return nil
}

// isFor reports whether a person is one of those a message must reach.
func isFor(row store.PostRow, person string) bool {
	switch {
	case row.Place.Direct():
		return row.Place.Person == person
	case len(row.Fallback) > 0:
		return slices.ContainsFunc(row.Fallback, func(p bot.Place) bool { return p.Person == person })
	}
	return slices.Contains(row.Message.Mentions, person)
}
