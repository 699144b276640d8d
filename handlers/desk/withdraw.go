package desk

import (
	"errors"
	"fmt"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// withdraw takes back what was said of an incident that has become confidential: in groups, and in private to
// people who may not know of it any more. Cards that live stay, and show only that. What nobody has begun to
// send is not said at all.
func (w *Work) withdraw(inc *incident.Incident) error {
	rows, err := w.Tx.PostsOf(inc.Number)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if row.Place.Direct() && w.MaySee(inc, row.Place.Person) || row.Message.Updates != "" || over[row.Status] {
			continue
		}
		dropped, err := w.Tx.Drop(row.Key, "已转为保密")
		if err != nil {
			return err
		}
		if dropped {
			if err := w.sayInPrivate(inc, row); err != nil {
				return err
			}
		}
		if dropped || row.Message.Lives && !row.Place.Direct() {
			continue
		}
		_, err = w.Tx.Post(store.Post{Key: row.Key + "/withdrawn", Place: row.Place, To: row.To, Incident: inc.Number, Reason: "已转为保密，撤回",
			Message: bot.Message{Text: w.Voice.Withdrawn().Text, Updates: row.Key, Withdraws: true}})
		if err != nil {
			return fmt.Errorf("withdraw %s: %w", row.Key, err)
		}
	}
	return nil
}

// sayInPrivate says to those it calls what was not yet said to them in a group.
func (w *Work) sayInPrivate(inc *incident.Incident, row store.PostRow) error {
	if row.Starts == "" {
		return nil
	}
	for _, person := range row.Message.Mentions {
		purpose := strings.TrimPrefix(row.Key, Subject(inc.Number)+"/")
		if err := w.Direct(inc, person, Told{Purpose: "confided/" + purpose, Reason: row.Reason, Starts: row.Starts, Message: row.Message}); err != nil {
			return err
		}
	}
	return nil
}

// withdrawn notes that a message was taken back.
func (w *Work) withdrawn(p store.PostRow) error {
	if err := w.Tx.Withdrawn(p.Message.Updates); err != nil {
		return err
	}
	return w.Note("", "message_withdrawn", Subject(p.Incident), map[string]string{"key": p.Message.Updates, "place": p.PlaceKey})
}

// leftThere tells the officer, once for each group, of words about a confidential incident that could not be
// taken back or covered there.
func (w *Work) leftThere(p store.PostRow) error {
	if p.Incident == "" || p.Place.Direct() || p.Message.Updates == "" {
		return nil
	}
	inc, err := w.Tx.Incident(p.Incident)
	if errors.Is(err, store.ErrNotFound) || (err == nil && !inc.Confidential) {
		return nil
	}
	if err != nil {
		return err
	}
	return w.Direct(inc, inc.Officer, Told{Purpose: "left/" + p.Place.Platform + "/" + p.Place.Chat, Reason: "群里的话撤不回", Message: w.Voice.LeftInGroup(inc, w.whereabouts(p.Place))})
}
