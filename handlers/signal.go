package handlers

import (
	"context"
	"errors"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/notice"
	"fenghuo/internal/signal"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// Signal takes what monitoring found. The state is what came of it; known: it had been taken before.
func (s *Service) Signal(ctx context.Context, sig signal.Signal) (row store.SignalRow, known bool, err error) {
	err = s.store.InTx(ctx, func(tx *store.Tx) error {
		row, known, err = s.desk.On(tx, "signal/"+sig.Source+"/"+sig.ID).Signalled(sig)
		return err
	})
	if err == nil {
		s.wake()
	}
	return row, known, err
}

// leads is 线索: what waits for a decision.
func leads(t *turn) error {
	if !t.MayDecideLeads(t.person) {
		return t.reply(t.Voice.NotAllowed("线索", t.OnLeads()...))
	}
	rows, err := t.Tx.SignalsWaiting(100)
	if err != nil {
		return err
	}
	var list []notice.Lead
	for _, row := range rows {
		l, err := t.LeadOf(row, signal.Signal{})
		if err != nil {
			return err
		}
		list = append(list, l)
	}
	return t.reply(t.Voice.Leads(list, t.Now))
}

// lead is the one a word is about, if the person may decide and it still waits. It answers them itself and
// returns nil otherwise.
func (t *turn) lead(word string) (*store.SignalRow, error) {
	if !t.MayDecideLeads(t.person) {
		return nil, t.reply(t.Voice.NotAllowed(word, t.OnLeads()...))
	}
	number := strings.ToUpper(t.match.Number)
	if number == "" {
		waiting, err := t.Tx.SignalsWaiting(2)
		if err != nil {
			return nil, err
		}
		if len(waiting) != 1 {
			return nil, t.reply(t.Voice.NoLead(""))
		}
		number = waiting[0].Number
	}
	row, err := t.Tx.Signal(number)
	if errors.Is(err, store.ErrNotFound) {
		return nil, t.reply(t.Voice.NoLead(number))
	}
	if err != nil || row.State == store.SignalWaiting {
		return row, err
	}
	return nil, t.decided(row)
}

// onlyTalk: 立案了，公安来过 said where an incident lives is news of it, not a word about a lead.
func (t *turn) onlyTalk() (bool, error) {
	if t.match.Number != "" {
		return false, nil
	}
	inc, err := t.incidentHere()
	if inc == nil || err != nil {
		return false, err
	}
	return true, t.talk()
}

// decided says what has become of a lead; the incident is named to those who may see it.
func (t *turn) decided(row *store.SignalRow) error {
	shown := ""
	if row.Incident != "" {
		inc, err := t.Tx.Incident(row.Incident)
		if err != nil {
			return err
		}
		if t.mayShow(inc) {
			shown = inc.Number
		}
	}
	return t.reply(t.Voice.LeadDecided(row.Number, row.DecidedBy, shown, row.State == store.SignalOpened, row.Reason))
}

// ignore is 忽略 S-1 原因.
func ignore(t *turn) error {
	if talk, err := t.onlyTalk(); talk || err != nil {
		return err
	}
	row, err := t.lead("忽略")
	if row == nil || err != nil {
		return err
	}
	reason := limit(zh.Clean(t.match.Rest))
	if reason == "" {
		l, err := t.LeadOf(*row, signal.Signal{})
		if err != nil {
			return err
		}
		return t.reply(t.Voice.AskIgnore(l))
	}
	if err := t.settleLead(row, store.SignalIgnored, reason); err != nil {
		return err
	}
	return t.reply(t.Voice.LeadIgnored(row.Number, reason))
}

// settleLead closes a lead: the ledger says who did, its cards become grey.
func (t *turn) settleLead(row *store.SignalRow, state store.SignalState, reason string) error {
	row.State, row.DecidedBy, row.DecidedAt, row.Reason = state, t.person, t.at, reason
	if err := t.Tx.SaveSignal(row); err != nil {
		return err
	}
	if err := t.Note(t.person, "signal_"+string(state), desk.SignalSubject(row.Number), map[string]string{"reason": reason}); err != nil {
		return err
	}
	cards, err := t.Tx.PostsOf(row.Number)
	if err != nil {
		return err
	}
	return t.Retire(cards, t.Voice.Done(t.person, map[store.SignalState]string{store.SignalOpened: "已立案", store.SignalIgnored: "已忽略"}[state], t.Now))
}

// openLead is 立案: the quick report is filled from the signal and submitted. What an enterprise's own form asks
// besides, or a signal that leaves things open, is asked of whoever opens it.
func openLead(t *turn) error {
	if talk, err := t.onlyTalk(); talk || err != nil {
		return err
	}
	row, err := t.lead("立案")
	if row == nil || err != nil {
		return err
	}
	place := bot.Place{Platform: t.ev.Platform, Person: t.person, Channel: t.ev.Place.Channel}
	if !t.ev.Place.Direct() {
		place.Channel = ""
	}
	if busy, err := t.formInHand(place); busy || err != nil {
		return err
	}
	l, err := t.LeadOf(*row, signal.Signal{})
	if err != nil {
		return err
	}
	shown, err := t.shownAt(row)
	if err != nil {
		return err
	}
	s, r := t.fillFrom(l, shown)
	s.Signal = row.Number
	if err := t.settleLead(row, store.SignalOpened, ""); err != nil {
		return err
	}
	f := &store.FormRow{Person: t.person, Place: place, Form: t.s.form.Name, Active: true, StartedAt: t.at, LastAt: t.at}
	if err := t.keepForm(f, s); err != nil {
		return err
	}
	if err := t.Note(t.person, "form_started", formSubject(f), map[string]string{"form": t.s.form.Name, "place": place.Key(), "signal": row.Number}); err != nil {
		return err
	}
	if r.Then != form.Submit {
		return t.formSays(f, s, r)
	}
	return t.submit(f, s, r)
}

// formInHand reports a quick report lying unfinished where this one would be filled; one that was submitted
// gives way.
func (t *turn) formInHand(place bot.Place) (bool, error) {
	row, err := t.Tx.ActiveForm(t.person, place.Key())
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !t.formDone(row) {
		return true, t.reply(t.Voice.FormFirst())
	}
	row.Active = false
	return false, t.Tx.SaveForm(row)
}

// shownAt is when a lead first reached somebody: nobody has known of it before.
func (t *turn) shownAt(row *store.SignalRow) (time.Time, error) {
	posts, err := t.Tx.PostsOf(row.Number)
	if err != nil {
		return row.At, err
	}
	var first time.Time
	for _, p := range posts {
		if p.Starts == "lead" && !p.SentAt.IsZero() && (first.IsZero() || p.SentAt.Before(first)) {
			first = p.SentAt
		}
	}
	if first.IsZero() || first.After(t.at) {
		return t.at, nil
	}
	return first, nil
}
