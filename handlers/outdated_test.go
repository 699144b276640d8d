package handlers_test

import (
	"strings"
	"testing"

	"fenghuo/bot"
)

// cards are, by key, the cards people see now: as they were said, or as they were last replaced.
func (w *world) cards() map[string]*bot.Card {
	w.t.Helper()
	cards := map[string]*bot.Card{}
	for _, p := range w.posts() {
		if p.Message.Card == nil || p.Status == "dropped" {
			continue
		}
		key := p.Key
		if p.Message.Updates != "" {
			key = p.Message.Updates
		}
		cards[key] = p.Message.Card
	}
	return cards
}

// offering are the keys of cards with a button that says this.
func offering(cards map[string]*bot.Card, say string) []string {
	var keys []string
	for key, c := range cards {
		for _, b := range c.Buttons {
			if b.Say == say {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// A card shows the present state: what was asked for and has been done says who and when, the card of the
// incident shows what comes next.
func TestCardsShowThePresentState(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	const call = "incident/" + number + "/call-2/0"
	steps := []struct {
		do    []string
		state string
		gone  []string // words no card offers any more
		next  string   // the word the incident's card offers first
	}{
		{[]string{"wanglei: 转办 陈放"}, "待签收", nil, "签收"},
		{[]string{"chenfang: 收到"}, "已签收", []string{"签收", "提交", "转办"}, "续报"},
		{[]string{"chenfang: 移交给 丁伟，休假", "chenfang: 移交给 林可，休假", "linke: 接收"}, "已签收", []string{"接收"}, "续报"},
		{[]string{"linke: 续报 样品已送检"}, "处置中", nil, "续报"},
	}
	for _, s := range steps {
		w.after("G1/T1", s.do...)
		w.deliver()
		cards := w.cards()
		card := cards[call]
		if !strings.HasSuffix(card.Head, s.state) || len(card.Buttons) == 0 || card.Buttons[0].Say != s.next {
			t.Fatalf("after %s the card says %q and offers %v", s.do, card.Head, card.Buttons)
		}
		for _, word := range s.gone {
			if keys := offering(cards, word); len(keys) > 0 {
				t.Errorf("after %s, %s is still offered by %v", s.do, word, keys)
			}
		}
	}
	leader := w.cards()["incident/"+number+"/at-once/xuqing"]
	if leader == nil || !strings.HasSuffix(leader.Head, "处置中") || len(leader.Buttons) != 1 {
		t.Errorf("the leader's card is %+v", leader)
	}
}

// Of several changes while nothing can be sent, people see the last one only.
func TestOnlyTheLastStateIsSent(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	w.after("G1/T1", "wanglei: 收到", "wanglei: 续报 样品已送检")
	waiting := 0
	for _, p := range w.posts() {
		if strings.HasPrefix(p.Key, "incident/"+number+"/call-2/0/state/") && p.Status == "queued" {
			waiting++
		}
	}
	if waiting != 1 {
		t.Errorf("%d updates of one card wait", waiting)
	}
}

// A press on 转办 asks to whom, with those near at hand as buttons; pressing one does it.
func TestAPressAsksToWhom(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	rows := w.says("wanglei", "G1/T1", "转办")
	card := rows[len(rows)-1].Message.Card
	if card == nil || len(card.Buttons) != 3 || card.Buttons[0].Say != "转办 陈放" {
		t.Fatalf("asked with %+v", card)
	}
	w.presses("wanglei", "G1/T1", card.Buttons[0], nil)
	if got := w.incident(number).Officer; got != "chenfang" {
		t.Errorf("%s is the officer", got)
	}
}

// presses a button, or the button of a card form with what was filled in.
func (w *world) presses(person, place string, b bot.Button, fields map[string]string) string {
	w.t.Helper()
	ev := w.event(person, place, "")
	ev.Kind, ev.Action = bot.Pressed, bot.Action{Name: b.Say, Target: b.Target, Fields: fields}
	toast, err := w.svc.Receive(w.t.Context(), ev)
	must(w.t, err)
	return toast
}
