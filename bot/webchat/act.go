package webchat

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fenghuo/bot"
)

// What the platform does not let a person do, or does not tell the bot.
var (
	ErrNoMessage = errors.New("no such message here")
	ErrNoButton  = errors.New("no such button on this message")
	ErrUnheard   = errors.New("the platform does not report it")
)

// Press presses a button of a card; toast is the service's short answer.
func (c *Chat) Press(ctx context.Context, person, messageID, label string) (toast string, err error) {
	return c.Fill(ctx, person, messageID, label, nil)
}

// Fill presses the button that sends the fields of a card.
func (c *Chat) Fill(ctx context.Context, person, messageID, label string, fields map[string]string) (toast string, err error) {
	c.mu.Lock()
	l, err := c.visible(person, messageID)
	if err != nil {
		c.mu.Unlock()
		return "", err
	}
	b, ok := button(l, label)
	if !ok {
		c.mu.Unlock()
		return "", fmt.Errorf("%s %q: %w", messageID, label, ErrNoButton)
	}
	ev := c.event(l, bot.Pressed, person)
	ev.ToBot, ev.Action = true, bot.Action{Name: b.Say, Target: b.Target, Fields: fields}
	events, err := c.queue(ev, 1)
	c.mu.Unlock()
	if err != nil {
		return "", err
	}
	return c.deliver(ctx, events)
}

// button is the one with the label, if it works where the card is.
func button(l *Line, label string) (bot.Button, bool) {
	if l.Card == nil || l.Dead || l.Card.Stale != "" {
		return bot.Button{}, false
	}
	if f := l.Card.Form; f != nil && f.Submit.Label == label {
		return f.Submit, true
	}
	n := slices.IndexFunc(l.Card.Buttons, func(b bot.Button) bool { return b.Label == label })
	if n < 0 {
		return bot.Button{}, false
	}
	return l.Card.Buttons[n], true
}

// React puts a reaction under a message, or takes it back. WeCom has none.
func (c *Chat) React(ctx context.Context, person, messageID, emoji string) error {
	c.mu.Lock()
	l, err := c.visible(person, messageID)
	switch {
	case err != nil:
	case emoji == "":
		err = errors.New("no reaction named")
	case l.Place.Platform != Feishu:
		err = fmt.Errorf("reaction on %s: %w", l.Place.Platform, ErrUnheard)
	}
	if err != nil {
		c.mu.Unlock()
		return err
	}
	added := l.react(person, emoji)
	tell, err := c.changed(l)
	var events []*waiting
	if err == nil && added {
		ev := c.event(l, bot.Reacted, person)
		ev.Emoji = emoji
		events, err = c.queue(ev, 1)
	}
	c.mu.Unlock()
	tell()
	if err != nil || !added {
		return err
	}
	_, err = c.deliver(ctx, events)
	return err
}

func (l *Line) react(person, emoji string) (added bool) {
	if l.Reactions == nil {
		l.Reactions = map[string][]string{}
	}
	people := l.Reactions[emoji]
	if n := slices.Index(people, person); n >= 0 {
		if people = slices.Delete(slices.Clone(people), n, n+1); len(people) == 0 {
			delete(l.Reactions, emoji)
			return false
		}
		l.Reactions[emoji] = people
		return false
	}
	l.Reactions[emoji] = append(slices.Clone(people), person)
	return true
}

// Read marks a message as read by the person. Feishu reports that of the bot's own messages.
func (c *Chat) Read(ctx context.Context, person, messageID string) error {
	c.mu.Lock()
	l, err := c.visible(person, messageID)
	if err != nil || !l.Unread(person) {
		c.mu.Unlock()
		return err
	}
	if l.ReadBy == nil {
		l.ReadBy = map[string]time.Time{}
	}
	l.ReadBy[person] = c.cfg.Now()
	tell, err := c.changed(l)
	reported := l.FromBot() && l.Place.Platform == Feishu
	var events []*waiting
	if reported && err == nil {
		events, err = c.queue(c.event(l, bot.Read, person), 1)
	}
	c.mu.Unlock()
	tell()
	if err != nil || !reported {
		return err
	}
	_, err = c.deliver(ctx, events)
	return err
}

// visible is the message if the person sees it. The caller holds the lock.
func (c *Chat) visible(person, id string) (*Line, error) {
	l, ok := c.byID[id]
	if !ok || !c.sees(person, l.Place) {
		return nil, fmt.Errorf("%s: %w", id, ErrNoMessage)
	}
	return l, nil
}

func (c *Chat) sees(person string, p bot.Place) bool {
	if _, known := c.cfg.Org.Person(person); !known {
		return false
	}
	if p.Direct() {
		return p.Person == person
	}
	g, ok := c.cfg.Org.Group(p.Chat)
	return ok && member(g, person)
}
