package desk

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

// Retire makes cards grey: they say who did what and when, and have no buttons any more.
func (w *Work) Retire(rows []store.PostRow, stale string) error {
	for _, row := range rows {
		if row.Message.Card == nil || row.Message.Updates != "" || row.Status == store.Failed || row.Status == store.Dropped {
			continue
		}
		card := *row.Message.Card
		card.Buttons, card.Clock, card.Due, card.Overdue, card.Foot, card.Stale = nil, "", time.Time{}, false, "", stale
		_, err := w.Tx.Post(store.Post{Key: row.Key + "/stale", Place: row.Place, To: row.To, Incident: row.Incident, Reason: "卡片已过时",
			Message: bot.Message{Text: row.Message.Text + "\n" + stale, Card: &card, Updates: row.Key}})
		if err != nil {
			return fmt.Errorf("retire %s: %w", row.Key, err)
		}
	}
	return nil
}

// Offering are those of the messages whose card has a button that says this.
func Offering(rows []store.PostRow, say string) []store.PostRow {
	var out []store.PostRow
	for _, row := range rows {
		if row.Message.Card == nil {
			continue
		}
		for _, b := range row.Message.Card.Buttons {
			if b.Say == say {
				out = append(out, row)
				break
			}
		}
	}
	return out
}
