package webchat

import (
	"maps"
	"slices"
	"time"

	"fenghuo/bot"
)

// Line is one message as it stands in the chat now.
type Line struct {
	ID        string               `json:"id"`  // m1, m2, … in the order of appearance
	Seq       int64                `json:"seq"` // grows with every change anywhere; a greater one is newer
	At        time.Time            `json:"at"`
	Place     bot.Place            `json:"place"`
	Root      bool                 `json:"root,omitempty"`   // opens the topic it stands in
	Sender    string               `json:"sender,omitempty"` // a person's id; empty: the bot
	Text      string               `json:"text,omitempty"`
	Card      *bot.Card            `json:"card,omitempty"`
	Dead      bool                 `json:"dead,omitempty"` // the card's buttons do not work here
	Mentions  []string             `json:"mentions,omitempty"`
	ToBot     bool                 `json:"to_bot,omitempty"`
	Urgent    []string             `json:"urgent,omitempty"`
	Files     []bot.File           `json:"files,omitempty"`
	Reactions map[string][]string  `json:"reactions,omitempty"` // emoji to people
	ReadBy    map[string]time.Time `json:"read_by,omitempty"`
	Key       string               `json:"key,omitempty"` // why the bot said it, or what the page of a person calls it
	ReplyTo   string               `json:"reply_to,omitempty"`
	Delivered bool                 `json:"delivered,omitempty"` // the bot heard it, or will when it is back
	Why       string               `json:"why,omitempty"`       // why the bot does not hear it
	Edited    time.Time            `json:"edited,omitzero"`     // the card was replaced
}

// FromBot reports whether the bot said it.
func (l *Line) FromBot() bool { return l.Sender == "" }

// Concerns reports whether it @-mentions the person.
func (l *Line) Concerns(person string) bool { return slices.Contains(l.Mentions, person) }

// Unread reports whether the person has yet to read it.
func (l *Line) Unread(person string) bool {
	_, read := l.ReadBy[person]
	return !read && l.Sender != person
}

// clone shares nothing that changes later.
func (l *Line) clone() Line {
	c := *l
	c.ReadBy = maps.Clone(l.ReadBy)
	c.Reactions = maps.Clone(l.Reactions)
	for emoji, people := range c.Reactions {
		c.Reactions[emoji] = slices.Clone(people)
	}
	return c
}

// inside reports whether the line belongs to the conversation: a topic, a group with all its topics, or
// a private chat.
func (l *Line) inside(p bot.Place) bool {
	if p.Direct() {
		return l.Place.Direct() && l.Place.Platform == p.Platform && l.Place.Person == p.Person
	}
	if l.Place.Chat != p.Chat {
		return false
	}
	return p.Thread == "" || l.Place.Thread == p.Thread || l.ID == p.Thread
}
