package desk

import (
	"fmt"
	"slices"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

// Retire makes cards grey: they say who did what and when, and have no buttons any more. Those that live
// show it by themselves.
func (w *Work) Retire(rows []store.PostRow, stale string) error {
	for _, row := range rows {
		if row.Message.Card == nil || row.Message.Lives || row.Message.Updates != "" || over[row.Status] {
			continue
		}
		card := *row.Message.Card
		card.Buttons, card.Form, card.Clock, card.Due, card.Overdue, card.Foot, card.Stale = nil, nil, "", time.Time{}, false, "", stale
		_, err := w.Tx.Post(store.Post{Key: row.Key + "/stale", Place: row.Place, To: row.To, Incident: row.Incident, Reason: "卡片已过时",
			Message: bot.Message{Text: row.Message.Text + "\n" + stale, Card: &card, Updates: row.Key}})
		if err != nil {
			return fmt.Errorf("retire %s: %w", row.Key, err)
		}
	}
	return nil
}

// over are messages nobody sees: what is shown on them does not matter.
var over = map[store.PostStatus]bool{store.Failed: true, store.Dropped: true, store.Withdrawn: true}

// Offering are those of the messages whose card has a button, of its form or beside it, that says this.
func Offering(rows []store.PostRow, say string) []store.PostRow {
	var out []store.PostRow
	for _, row := range rows {
		if row.Message.Card == nil {
			continue
		}
		offers := func(b bot.Button) bool { return b.Say == say }
		if form := row.Message.Card.Form; slices.ContainsFunc(row.Message.Card.Buttons, offers) || (form != nil && offers(form.Submit)) {
			out = append(out, row)
		}
	}
	return out
}
