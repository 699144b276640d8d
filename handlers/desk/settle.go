package desk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// Settled does what follows from an attempt to deliver a message, in the same transaction: a clock starts,
// the topic a message opened becomes the incident's home, a fallback of the platform is written down;
// administrators hear what they can mend.
func (d *Desk) Settled(tx *store.Tx, p store.PostRow, res bot.Result) error {
	if res.Err != nil && res.Final {
		w := d.On(tx, "delivery/"+p.Key)
		if err := errors.Join(w.roomFailed(p), w.leftThere(p)); err != nil {
			return err
		}
		return w.advise(p, res.Err)
	}
	if p.Message.Withdraws && res.Err == nil {
		return d.On(tx, "delivery/"+p.Key).withdrawn(p)
	}
	if res.Receipt.Advice != "" {
		if err := d.On(tx, "delivery/"+p.Key).detoured(p, res.Receipt.Advice); err != nil {
			return err
		}
	}
	if p.Incident == "" || res.Err != nil || !res.Receipt.Confirmed {
		return nil
	}
	inc, err := tx.Incident(p.Incident)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	w := d.On(tx, "delivery/"+p.Key)
	if err := w.settle(inc, p, w.Now); err != nil {
		return err
	}
	if res.Receipt.Note != "" {
		if err := w.fallback(inc, p, res.Receipt.Note); err != nil {
			return err
		}
	}
	if p.Message.Makes != nil {
		return w.roomMade(inc, p, res.Receipt.Chat)
	}
	return w.rehome(inc, p, res.Receipt.Thread)
}

func (w *Work) settle(inc *incident.Incident, p store.PostRow, at time.Time) error {
	what, rest, _ := strings.Cut(p.Starts, "/")
	about, last, _ := strings.Cut(rest, "/")
	switch what {
	case "call":
		step, err := strconv.Atoi(about)
		if err != nil || inc.Acked() || inc.State.Over() {
			return err
		}
		of, _ := strconv.Atoi(last) // a message from before there was a number has none
		return w.Do(inc, incident.Act{Kind: incident.CallDelivered, At: at, Step: step, Of: of, Person: p.Place.Person})
	case "due":
		slot, _ := strconv.Atoi(last)
		if inc.State.Over() {
			return nil
		}
		return w.Do(inc, incident.Act{Kind: incident.DueDelivered, At: at, About: about, Slot: slot, Due: queuedAt(p)})
	}
	return nil
}

// Arrived notes that a message the platform may have dropped has reached those it was for, seen by what
// one of them did at that moment; what its delivery starts, starts then.
func (w *Work) Arrived(p store.PostRow, at time.Time) error {
	if p.Status != store.Unconfirmed {
		return nil
	}
	if ok, err := w.Tx.Confirm(p.ID); !ok || err != nil || p.Incident == "" {
		return err
	}
	inc, err := w.Tx.Incident(p.Incident)
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.settle(inc, p, at); err != nil {
		return err
	}
	return w.rehome(inc, p, p.Thread)
}

func queuedAt(p store.PostRow) time.Time { return p.CreatedAt.Truncate(time.Minute) }

// fallback writes down, once for a step, that a push took another way than asked.
func (w *Work) fallback(inc *incident.Incident, p store.PostRow, note string) error {
	if err := w.Note("", "urgent_fallback", Subject(inc.Number), map[string]string{"key": p.Key, "note": note}); err != nil {
		return err
	}
	purpose := strings.TrimPrefix(p.Key, Subject(inc.Number)+"/")
	if cut := strings.LastIndex(purpose, "/"); cut > 0 {
		purpose = purpose[:cut]
	}
	return w.Home(inc, Told{Purpose: purpose + "/fallback", Reason: "加急改道", Message: w.Voice.UrgentFallback(inc, note)})
}

// rehome makes the topic opened by an announcement the incident's home; where a topic is gone, what came
// instead of it.
func (w *Work) rehome(inc *incident.Incident, p store.PostRow, thread string) error {
	home := Place(inc.Home)
	if thread == home.Thread || home.Direct() || p.Place.Key() != home.Key() || p.Message.Updates != "" {
		return nil
	}
	there := inc.Home
	there.Thread = thread
	if err := w.Do(inc, incident.Act{Kind: incident.Housed, Home: &there}); err != nil {
		return fmt.Errorf("house %s: %w", inc.Number, err)
	}
	return w.Tx.MovePosts(inc.Number, home, Place(there))
}
