package wecomtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Attachment is what somebody sends besides words.
type Attachment struct {
	Kind string // image (default), file, voice, video
	Name string
	Data []byte
}

// Said is something a person says.
type Said struct {
	By, Chat, Text string
	With           []Attachment
	Quote          string // a message that is quoted
	Silent         bool   // nobody is told: what the bot missed while it was away
}

// Say lets somebody write in a group, or in private with the AIBot (or "") or with the App. It returns when
// the bot was told, if it is to be told at all: of a group the AI bot hears what begins with or holds its
// name after an @, pictures beside such words, and nothing else. A voice message is Kind voice, and text is
// what was understood.
func (p *Platform) Say(ctx context.Context, userID, chatID, text string, with ...Attachment) (messageID string, err error) {
	return p.Tell(ctx, Said{By: userID, Chat: chatID, Text: text, With: with})
}

// Tell is Say with a quotation.
func (p *Platform) Tell(ctx context.Context, s Said) (messageID string, err error) {
	m, told, err := p.said(s)
	if err != nil {
		return "", err
	}
	for _, one := range told {
		p.deliver(ctx, one)
	}
	return m.ID, nil
}

func (p *Platform) said(s Said) (*Message, []*parcel, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	person := p.member(s.By)
	if person == nil {
		return nil, nil, fmt.Errorf("nobody has the userid %q", s.By)
	}
	c := p.place(person, s.Chat)
	if c == nil || !c.has(s.By) {
		return nil, nil, fmt.Errorf("%s is not in the chat %q", s.By, s.Chat)
	}
	m := &Message{Channel: People, Chat: c.ChatID, From: person.UserID, Type: "text", Text: s.Text, Answers: s.Quote}
	if quoted := p.messages[s.Quote]; s.Quote != "" && (quoted == nil || quoted.Chat != c.ChatID) {
		return nil, nil, fmt.Errorf("no message %q in the chat %q", s.Quote, c.ChatID)
	}
	for i, a := range s.With {
		if a.Kind == "" {
			a.Kind = "image"
		}
		if a.Name == "" {
			a.Name = fmt.Sprintf("%s%d", a.Kind, i+1)
		}
		m.Files = append(m.Files, File{Name: a.Name, Kind: a.Kind, Data: a.Data})
		m.Type = a.Kind
	}
	if len(m.Files) > 1 || len(m.Files) == 1 && s.Text != "" && m.Type != "voice" {
		m.Type = "mixed"
	}
	p.named(m, c)
	p.add(m)
	if s.Silent {
		return m, nil, nil
	}
	return m, p.tellings(m, c, person), nil
}

// place is the chat somebody names: a group, or a private one by what it is with. The caller holds the lock.
func (p *Platform) place(person *Person, chatID string) *chat {
	switch chatID {
	case "", AIBot:
		return p.chats[privateID(AIBot, person.UserID)]
	case App:
		return p.chats[privateID(App, person.UserID)]
	}
	return p.chats[chatID]
}

// named finds the members a person @-mentions in a group.
func (p *Platform) named(m *Message, c *chat) {
	if c.person != nil {
		return
	}
	for _, id := range c.Members {
		if person := p.member(id); person != nil && strings.Contains(m.Text, "@"+person.Name) {
			m.At = appendNew(m.At, person.UserID)
		}
	}
	if strings.Contains(m.Text, "@所有人") {
		m.At = appendNew(m.At, "@all")
	}
}

// tellings is who is told of a message, and how.
func (p *Platform) tellings(m *Message, c *chat, by *Person) []*parcel {
	if c.with == App {
		return p.appMessages(m, by)
	}
	if !p.heard(m, c) {
		return nil
	}
	c.talked, c.dead = true, false
	a := p.told(toldMessage, c, by)
	a.source, m.MsgID = m.ID, a.msgid
	return []*parcel{{channel: AIBot, kind: m.Type, ask: a, body: marshal(p.messageBody(a, m)), most: 3}}
}

// heard reports whether the AI bot is told (D/100719): in groups only of words that @ it, with pictures
// beside them, and of no groups the app made, where it cannot be.
func (p *Platform) heard(m *Message, c *chat) bool {
	if c.person != nil {
		return !c.botOut
	}
	return !c.botOut && !c.appMade && strings.Contains(m.Text, "@"+p.opt.BotName) &&
		!slices.ContainsFunc(m.Files, func(f File) bool { return f.Kind != "image" })
}
