package webchat

import (
	"net/url"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// where is what a page's address says: who one is, which conversation and topic are open, which entry of
// the registry.
type where struct {
	Me     roster.Person
	Place  bot.Place // the conversation, without topic
	Topic  string
	Number string
	View   string // the one pane a phone shows: list, conv, topic, entry
}

const directly = "direct-" // before the platform's name, in place of a group's id

// locate reads an address. What does not exist, or is not for this person, falls back to what does.
func (p *page) locate(q url.Values) where {
	org := p.chat.cfg.Org
	w := where{View: "list", Number: q.Get("no")}
	me, ok := org.Person(q.Get("me"))
	if !ok {
		me = p.starter()
	}
	w.Me = me
	in := q.Get("in")
	if g, ok := org.Group(in); ok && member(g, me.ID) {
		w.Place, w.View = bot.Place{Platform: g.Platform, Chat: g.ID}, "conv"
	} else if name, ok := strings.CutPrefix(in, directly); ok {
		w.Place, w.View = bot.Place{Platform: p.chat.privatePlatform(me, name), Person: me.ID}, "conv"
	} else {
		w.Place = p.home(me)
	}
	if root, ok := p.chat.Line(q.Get("topic")); ok && !w.Place.Direct() && root.Place.Chat == w.Place.Chat && w.Place.Platform == Feishu {
		w.Topic, w.View = root.ID, "topic"
	}
	if q.Get("show") == "entry" {
		w.View = "entry"
	}
	return w
}

// home is where a person starts: the first group they are in, else the private chat.
func (p *page) home(me roster.Person) bot.Place {
	if g, ok := p.start(); ok && member(g, me.ID) {
		return bot.Place{Platform: g.Platform, Chat: g.ID}
	}
	for _, g := range p.chat.cfg.Org.Groups {
		if member(g, me.ID) {
			return bot.Place{Platform: g.Platform, Chat: g.ID}
		}
	}
	return bot.Place{Platform: p.chat.privatePlatform(me, ""), Person: me.ID}
}

// start is the group a newcomer's story begins in.
func (p *page) start() (roster.Group, bool) {
	groups := p.chat.cfg.Org.Groups
	for _, g := range groups {
		if g.Platform == Feishu && g.Topics {
			return g, true
		}
	}
	if len(groups) > 0 {
		return groups[0], true
	}
	return roster.Group{}, false
}

// starter is who a newcomer is at first.
func (p *page) starter() roster.Person {
	g, _ := p.start()
	for _, person := range p.chat.cfg.Org.People {
		if member(g, person.ID) {
			return person
		}
	}
	return roster.Person{}
}

// topic is the conversation people look at: the topic if one is open.
func (w where) topic() bot.Place {
	place := w.Place
	place.Thread = w.Topic
	return place
}

func (w where) in() string {
	if w.Place.Direct() {
		return directly + w.Place.Platform
	}
	return w.Place.Chat
}

// key is what makes two addresses the same screen: live updates leave what one is typing alone.
func (w where) key() string { return w.Me.ID + " " + w.in() + " " + w.Topic + " " + w.View }

func (w where) query() url.Values {
	q := url.Values{"me": {w.Me.ID}, "in": {w.in()}}
	if w.Topic != "" {
		q.Set("topic", w.Topic)
	}
	if w.Number != "" {
		q.Set("no", w.Number)
	}
	return q
}

// The ways from here.

func (w where) url() string { return "/chat?" + w.query().Encode() }

func (w where) list() string { return "/chat?me=" + url.QueryEscape(w.Me.ID) }

func (w where) conv(p bot.Place) string {
	w.Place, w.Topic, w.Number = p, "", ""
	return w.url()
}

func (w where) open(topic string) string {
	w.Topic, w.Number = topic, ""
	return w.url()
}

func (w where) as(person string) string {
	w.Me.ID, w.Number = person, ""
	return w.url()
}

func (w where) entry(number string) string {
	w.Number = number
	return w.url() + "&show=entry"
}
