// Package handlers is what the bot does when spoken to: one file for each command. A handler loads,
// calls one transition, saves and queues messages, all in one transaction; it neither logs nor
// apologises. Errors become sentences in Receive, once.
package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// Service takes what people do and answers it. It is a bot.Sink.
type Service struct {
	store  *store.Store
	desk   *desk.Desk
	form   *form.Form
	log    *slog.Logger
	wake   func()
	router *bot.Router[handler]
}

// handler carries out a command.
type handler func(t *turn) error

// New answers with the help of the desk; wake is called when messages were queued.
func New(st *store.Store, d *desk.Desk, f *form.Form, wake func(), log *slog.Logger) *Service {
	s := &Service{store: st, desk: d, form: f, log: log, wake: wake, router: bot.NewRouter(zh.Fold, commands()...)}
	d.Weigh = s.weigh
	return s
}

// Receive stores the event, answers it and returns what a person who pressed a button is told. An event
// seen before is answered as before. When the handling fails, the event is kept and tried again.
func (s *Service) Receive(ctx context.Context, ev bot.Event) (string, error) {
	var toast string
	ev, err := s.veil(ctx, ev)
	if err != nil {
		return "", fmt.Errorf("veil the event: %w", err)
	}
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		seen, before, err := tx.Remember(kept(ev))
		if err != nil || seen {
			toast = before
			return err
		}
		toast, err = s.handle(tx, ev)
		if err != nil {
			return err
		}
		return tx.Answered(ev, toast)
	})
	if err == nil {
		s.wake()
		return toast, nil
	}
	s.log.Error("event not handled", "event", strings.Join(ev.Keys, ","), "platform", ev.Platform, "chat", ev.Place.Chat, "err", err)
	if parked := s.store.Park(ctx, kept(ev), err); parked != nil {
		return "", errors.Join(err, fmt.Errorf("park the event: %w", parked))
	}
	return s.apologise(ctx, ev), nil
}

// Retry handles a parked event again.
func (s *Service) Retry(ctx context.Context, p store.Parked) error {
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		toast, err := s.handle(tx, p.Event)
		if err != nil {
			return err
		}
		return tx.Unpark(p, toast)
	})
	if err == nil {
		s.wake()
		return nil
	}
	return s.store.Repark(ctx, p, err)
}

// apologise tells the person once that what they said is kept, if they wait for an answer.
func (s *Service) apologise(ctx context.Context, ev bot.Event) (toast string) {
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		t := s.turn(tx, ev)
		if !t.awaited() {
			return nil
		}
		if ev.Kind == bot.Pressed {
			toast = firstSentence(t.Voice.Trouble().Text)
		}
		return t.say("trouble", t.Voice.Trouble())
	})
	if err != nil {
		s.log.Error("trouble not told", "err", err)
		return ""
	}
	s.wake()
	return toast
}

// awaited reports whether the bot was spoken to, by name or by what was said.
func (t *turn) awaited() bool {
	if t.ev.ToBot || t.ev.Kind == bot.Pressed {
		return true
	}
	if t.ev.Kind != bot.Said {
		return false
	}
	if _, ok := t.s.router.Find(t.ev.Text); ok {
		return true
	}
	_, err := t.Tx.ActiveForm(t.person, t.ev.Place.Key())
	return err == nil
}

// handle answers one event. What is not possible for a reason a person can understand is an answer,
// not an error.
func (s *Service) handle(tx *store.Tx, ev bot.Event) (string, error) {
	if err := tx.Lock("place/" + ev.Place.Key()); err != nil {
		return "", err
	}
	t := s.turn(tx, ev)
	if err := t.Meet(ev); err != nil {
		return "", err
	}
	if err := t.Enter(ev); err != nil {
		return "", err
	}
	if err := t.alive(); err != nil {
		return "", err
	}
	err := t.route()
	var refusal *incident.Refusal
	if errors.As(err, &refusal) {
		err = t.refused(refusal)
	}
	return t.toast, err
}

// turn is one event being answered.
type turn struct {
	*desk.Work
	s       *Service
	ev      bot.Event
	person  string
	at      time.Time // when the person did it
	match   bot.Match[handler]
	inc     *incident.Incident // the one that was loaded last
	toast   string
	replies int
	real    bool // what begins is said to be no rehearsal
}

func (s *Service) turn(tx *store.Tx, ev bot.Event) *turn {
	cause := "event"
	if len(ev.Keys) > 0 {
		cause = "event/" + ev.Keys[0]
	}
	t := &turn{Work: s.desk.On(tx, cause), s: s, ev: ev, at: ev.At.UTC()}
	if ev.At.IsZero() || ev.At.After(tx.Now) {
		t.at = tx.Now
	}
	t.person = desk.GuestID(ev.Platform, ev.Sender)
	switch p, ok := s.desk.Org.ByAccount(ev.Platform, ev.Sender); {
	case ok:
		t.person = p.ID
	case roster.IsSource(ev.Sender):
		t.person = ev.Sender
	}
	if t.ev.Place.Direct() {
		t.ev.Place.Person = t.person
	}
	return t
}

// refused answers with the reason.
func (t *turn) refused(e *incident.Refusal) error {
	inc := t.inc
	if inc == nil || inc.Number != e.Number {
		loaded, err := t.Tx.Incident(e.Number)
		if err != nil {
			return err
		}
		inc = loaded
	}
	return t.reply(t.Voice.Refused(inc, e, t.Now))
}

// reply answers where the event came from. A press of a button is answered by a short notice as well.
func (t *turn) reply(m bot.Message) error {
	if t.ev.Kind == bot.Pressed && t.toast == "" && (m.Card == nil || m.Card.Form == nil) {
		t.toast = firstSentence(m.Text)
	}
	return t.say(fmt.Sprint(t.replies), m)
}

func (t *turn) say(key string, m bot.Message) error {
	t.replies++
	return t.sayIn(t.ev.Place, key, m)
}

// sayIn answers somewhere else, still as the answer to this event.
func (t *turn) sayIn(place bot.Place, key string, m bot.Message) error {
	place = desk.Confided(t.inc, place, t.person)
	if place.Key() == t.ev.Place.Key() {
		m.ReplyTo = t.ev.Message
	}
	number := ""
	if t.inc != nil {
		number = t.inc.Number
	}
	_, err := t.Tx.Post(store.Post{Key: "reply/" + strings.TrimPrefix(t.Cause, "event/") + "/" + key, Place: place, Message: m, Incident: number, Reason: "答复", To: place.Person})
	return err
}

// do carries out an act of the person who spoke.
func (t *turn) do(inc *incident.Incident, a incident.Act) error {
	a.By, a.At = t.person, t.at
	t.inc = inc
	return t.Do(inc, a)
}

// outdated makes the cards about the incident grey that offer what this person has just done.
func (t *turn) outdated(what string, offers ...string) error {
	rows, err := t.Tx.PostsOf(t.inc.Number)
	if err != nil {
		return err
	}
	for _, say := range offers {
		if err := t.Retire(desk.Offering(rows, say), t.Voice.Done(t.person, what, t.Now)); err != nil {
			return err
		}
	}
	return nil
}

// firstSentence is what fits where a pressed button answers.
func firstSentence(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	sentence, _, _ := strings.Cut(line, "。")
	return sentence
}
