package bottest

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
)

// Says is a person saying something; the bot is spoken to where its name is mentioned, in topics and in
// private. It returns the place: in a group with topics, the one that was opened.
func (c *Chat) Says(person, place, text string) string {
	c.t.Helper()
	ev := c.event(bot.Said, person, place)
	for {
		rest, ok := strings.CutPrefix(strings.TrimSpace(text), "@"+c.cfg.Bot)
		if !ok {
			break
		}
		text, ev.ToBot = strings.TrimSpace(rest), true
	}
	ev.Text = text
	ev.ToBot = ev.ToBot || ev.Place.Direct()
	if !ev.ToBot && ev.Place.Thread == "" {
		c.t.Fatalf("%s says in %s without mentioning %s: the bot hears nothing of it", person, place, c.cfg.Bot)
	}
	if c.cfg.Topics[ev.Place.Chat] && ev.Place.Thread == "" {
		c.mu.Lock()
		ev.Place.Thread = c.newTopic()
		c.mu.Unlock()
	}
	c.deliver(ev)
	return placeName(ev.Place)
}

// Presses is a person pressing a button of the newest card there that has it. It returns the short notice.
func (c *Chat) Presses(person, place, label string) string {
	c.t.Helper()
	c.settle()
	line, b := c.button(place, label)
	if line == nil {
		c.t.Fatalf("no card in %s has the button %s", place, label)
	}
	ev := c.event(bot.Pressed, person, place)
	ev.Message, ev.ToBot = line.ID, true
	ev.Action = bot.Action{Name: b.Say, Target: b.Target}
	return c.deliver(ev)
}

func (c *Chat) button(place, label string) (*Line, bot.Button) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for n := len(c.lines) - 1; n >= 0; n-- {
		l := c.lines[n]
		if l.Place != place || l.Message.Card == nil {
			continue
		}
		for _, b := range l.Message.Card.Buttons {
			if b.Label == label {
				return l, b
			}
		}
	}
	return nil, bot.Button{}
}

// Reacts is a reaction to the bot's newest message there.
func (c *Chat) Reacts(person, place, emoji string) {
	c.t.Helper()
	ev := c.onNewest(bot.Reacted, person, place)
	ev.Emoji = emoji
	c.deliver(ev)
}

// Reads is the platform's word that a person has read the bot's newest message there.
func (c *Chat) Reads(person, place string) {
	c.t.Helper()
	c.deliver(c.onNewest(bot.Read, person, place))
}

func (c *Chat) onNewest(kind bot.EventKind, person, place string) bot.Event {
	c.t.Helper()
	c.settle()
	c.mu.Lock()
	id := ""
	for _, l := range c.lines {
		if l.Place == place {
			id = l.ID
		}
	}
	c.mu.Unlock()
	if id == "" {
		c.t.Fatalf("the bot has said nothing in %s", place)
	}
	ev := c.event(kind, person, place)
	ev.Message = id
	return ev
}

func (c *Chat) event(kind bot.EventKind, person, place string) bot.Event {
	c.t.Helper()
	account, ok := c.cfg.Accounts[person]
	if !ok {
		account = person // a stranger
	}
	p := c.place(place)
	if p.Direct() {
		p.Person = "" // the platform knows accounts only
	} else if _, ok := c.cfg.Topics[p.Chat]; !ok {
		c.t.Fatalf("%s has no group %s", c.cfg.Platform, p.Chat)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events++
	id := fmt.Sprintf("%s-%d", kind, c.events)
	return bot.Event{Platform: c.cfg.Platform, Keys: []string{id, "m/" + id}, Kind: kind, At: time.Now(), Place: p, Message: "um_" + id, Sender: account}
}

// deliver posts an event and lets everything that follows happen.
func (c *Chat) deliver(ev bot.Event) string {
	c.t.Helper()
	c.mu.Lock()
	sink := c.sink
	c.mu.Unlock()
	if sink == nil {
		c.t.Fatalf("%s: nobody listens to %+v", c.cfg.Platform, ev)
	}
	toast, err := sink.Receive(c.t.Context(), ev)
	if err != nil {
		c.t.Errorf("event %v not taken: %v", ev.Keys, err)
	}
	c.settle()
	return toast
}
