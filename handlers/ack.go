package handlers

import (
	"errors"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// ack is 签收 and 收到: the person who says it answers for the incident from now on.
func ack(t *turn) error {
	casual := t.match.Command.Name == "收到"
	if casual && t.match.Number == "" {
		here, err := t.incidentHere()
		if err != nil || (here == nil && !t.ev.ToBot) {
			return err
		}
	}
	inc, err := t.target(func(inc *incident.Incident) bool { return !inc.Acked() && t.MayAck(inc, t.person) })
	if inc == nil || err != nil {
		return err
	}
	if to := inc.Takeover; to != nil && to.Offered && to.By == t.person {
		return t.agreeTakeover(inc)
	}
	if inc.Acked() && casual && (t.person == inc.Ack.By || !t.MayAck(inc, t.person)) {
		return nil // an everyday "got it" among people
	}
	if !t.MayAck(inc, t.person) {
		if casual {
			return nil
		}
		return t.reply(t.Voice.NotAllowed("签收", inc.Officer))
	}
	return t.acknowledge(inc)
}

func (t *turn) acknowledge(inc *incident.Incident) error {
	inc, err := t.callArrived(inc)
	if err != nil {
		return err
	}
	before := inc.Officer
	if err := t.do(inc, incident.Act{Kind: incident.Acknowledged, Text: t.ev.Text}); err != nil {
		return err
	}
	if err := t.outdated("已签收", "签收"); err != nil {
		return err
	}
	if err := t.tellHome("acked", "签收", t.Voice.Acked(inc, before, t.Now)); err != nil {
		return err
	}
	return t.Widen(inc)
}

// callArrived: whoever acknowledges has been reached by the calls that were for them.
func (t *turn) callArrived(inc *incident.Incident) (*incident.Incident, error) {
	rows, err := t.Tx.PostsOf(inc.Number)
	if err != nil {
		return nil, err
	}
	if err := t.arrived(rows); err != nil {
		return nil, err
	}
	return t.Tx.Incident(inc.Number)
}

// tellHome says something where the incident lives, in the group made for it, and, when the event came from
// elsewhere, there too.
func (t *turn) tellHome(purpose, reason string, m bot.Message) error {
	home := desk.Place(t.inc.Home)
	told := desk.Told{Purpose: purpose + "/" + strings.TrimPrefix(t.Cause, "event/"), Reason: reason, But: t.person, Heard: t.ev.Place.Key(), Message: m}
	if home.Key() == t.ev.Place.Key() {
		if err := t.Echo(t.inc, told); err != nil {
			return err
		}
		return t.reply(m)
	}
	if err := t.Home(t.inc, told); err != nil {
		return err
	}
	if t.ev.Quotes != "" && t.ev.Quotes == home.Thread { // it is said beneath the message that is answered
		return nil
	}
	return t.reply(bot.Message{Text: m.Text})
}

// takeOver is 接手: the present officer is asked; before anybody acknowledged it is an acknowledgment.
func takeOver(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.MayAck(inc, t.person) {
		return t.reply(t.Voice.NotAllowed("接手", inc.Officer, inc.Backup, inc.Head))
	}
	if !inc.Acked() {
		return t.acknowledge(inc)
	}
	if err := t.do(inc, incident.Act{Kind: incident.TakeoverAsked}); err != nil {
		return err
	}
	return t.tellHome("takeover", "请求接手", t.Voice.TakeoverAsked(inc))
}

func (t *turn) agreeTakeover(inc *incident.Incident) error {
	if err := t.do(inc, incident.Act{Kind: incident.TakeoverAgreed}); err != nil {
		return err
	}
	if err := t.outdated("已同意", "同意", "不同意", "签收"); err != nil {
		return err
	}
	return t.tellHome("taken-over", "换责任人", t.Voice.TakenOver(inc))
}

// reacted: 👍 from somebody who was called is an acknowledgment; any other reaction is their own business.
func (t *turn) reacted() error {
	if !slices.Contains([]string{"👍", "THUMBSUP", "OK", "👌", "[OK]", "[强]"}, t.ev.Emoji) {
		return nil
	}
	inc, err := t.ofMessage()
	if inc == nil || err != nil {
		return err
	}
	if inc.Acked() || inc.State != incident.AwaitingAck || !t.MayAck(inc, t.person) {
		return nil
	}
	return t.acknowledge(inc)
}

// read notes that a person who was called has read it. Reading is not acknowledging.
func (t *turn) read() error {
	inc, err := t.ofMessage()
	if inc == nil || err != nil || inc.Acked() {
		return err
	}
	called := slices.ContainsFunc(inc.Ack.Called, func(c incident.Called) bool { return c.Person == t.person && c.Read.IsZero() })
	if !called {
		return nil
	}
	return t.do(inc, incident.Act{Kind: incident.CallRead, Person: t.person})
}

// ofMessage is the incident the bot's message was about.
func (t *turn) ofMessage() (*incident.Incident, error) {
	row, err := t.Tx.PostByMessage(t.ev.Platform, t.ev.Message)
	if errors.Is(err, store.ErrNotFound) || (err == nil && row.Incident == "") {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t.inc, err = t.Tx.Incident(row.Incident)
	return t.inc, err
}
