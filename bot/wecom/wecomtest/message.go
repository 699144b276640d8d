package wecomtest

import (
	"slices"
	"strings"
	"time"
)

// Message is something said in a chat, as it is now. What an app sends to several members is one for each.
type Message struct {
	ID       string    `json:"id"`
	Chat     string    `json:"chat"`              // a group's chatid, or app:USERID, aibot:USERID
	Channel  string    `json:"channel"`           // app, aibot, robot, appchat, people
	From     string    `json:"from"`              // the sender's name; a person's userid
	Type     string    `json:"type"`              // text, markdown, markdown_v2, template_card, stream, image, file, mixed …
	Text     string    `json:"text,omitempty"`    // of a card: what it says, as text
	Card     string    `json:"card,omitempty"`    // JSON, as it is now for everybody
	States   []State   `json:"states,omitempty"`  // of a card or a stream
	At       []string  `json:"at,omitempty"`      // userids really @-mentioned; @all
	Unheard  []string  `json:"unheard,omitempty"` // named as mentioned, and told nothing
	Files    []File    `json:"files,omitempty"`
	Answers  string    `json:"answers,omitempty"` // the message it answers, or quotes
	Push     bool      `json:"push,omitempty"`    // by the AI bot of its own accord
	Ended    bool      `json:"ended,omitempty"`   // a stream's last frame came
	Dropped  bool      `json:"dropped,omitempty"` // accepted, and shown to nobody
	Missed   []string  `json:"missed,omitempty"`  // userids it was not shown to, in an appchat
	Recalled bool      `json:"recalled,omitempty"`
	MsgID    string    `json:"msgid,omitempty"` // what message/send answered; of a person's: what the bot was told
	TaskID   string    `json:"task_id,omitempty"`
	Sent     time.Time `json:"sent"`
	Updated  time.Time `json:"updated,omitzero"`
}

// State is what a card looked like from a time on.
type State struct {
	Card   string    `json:"card,omitempty"`
	Button string    `json:"button,omitempty"` // the words that took the buttons' place
	For    []string  `json:"for,omitempty"`    // the userids that see it so; none: everybody
	At     time.Time `json:"at,omitzero"`
	How    string    `json:"how,omitempty"` // sent, api, callback, reply
}

// File is a picture or a file in a message.
type File struct {
	Name string `json:"name"`
	Kind string `json:"kind"` // image, file, voice, video
	Data []byte `json:"data,omitempty"`
}

// Shown is the state of a card on one person's screen.
func (m *Message) Shown(userID string) State {
	for _, s := range slices.Backward(m.States) {
		if len(s.For) == 0 || slices.ContainsFunc(s.For, func(id string) bool { return strings.EqualFold(id, userID) }) {
			return s
		}
	}
	return State{}
}

// FromBot reports whether it is not a person's.
func (m *Message) FromBot() bool { return m.Channel != People }

// add stores a new message. The caller holds the lock.
func (p *Platform) add(m *Message) *Message {
	m.ID, m.Sent = p.next("wm_"), p.now()
	m.Updated = m.Sent
	p.messages[m.ID] = m
	p.order = append(p.order, m.ID)
	if m.Card != "" {
		m.States = []State{{Card: m.Card, At: m.Sent, How: "sent"}}
		m.Text = CardText(m.Card)
	}
	if m.FromBot() {
		p.searched(m.ID, m.Text+m.Card)
	}
	return m
}

// restate changes what a card shows. The caller holds the lock.
func (p *Platform) restate(m *Message, s State) {
	s.At = p.now()
	m.Updated = s.At
	m.States = append(m.States, s)
	if s.Card != "" && len(s.For) == 0 {
		m.Card, m.Text = s.Card, CardText(s.Card)
	}
	p.searched(m.ID, s.Card+s.Button)
}

// searched complains of secrets in what people can read. The caller holds the lock.
func (p *Platform) searched(id, text string) {
	o := p.opt
	secrets := []string{o.AppSecret, o.AppToken, o.AppAESKey, o.BotSecret, o.BotToken, o.BotAESKey, "response_code="}
	for key := range p.robots {
		secrets = append(secrets, key)
	}
	for _, t := range p.tokens {
		secrets = append(secrets, t.text)
	}
	for code := range p.codes {
		secrets = append(secrets, code)
	}
	for _, s := range secrets {
		if strings.Contains(text, s) {
			p.complain("%s holds a secret", id)
			return
		}
	}
}

// clone is a copy that nobody else changes.
func (m *Message) clone() Message {
	out := *m
	out.States, out.At, out.Unheard = slices.Clone(m.States), slices.Clone(m.At), slices.Clone(m.Unheard)
	out.Files, out.Missed = slices.Clone(m.Files), slices.Clone(m.Missed)
	return out
}

// Messages are those that bots sent, as they are now, oldest first, dropped ones included.
func (p *Platform) Messages() []Message {
	return slices.DeleteFunc(p.All(), func(m Message) bool { return !m.FromBot() })
}

// All are the messages of everybody, oldest first.
func (p *Platform) All() []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := make([]Message, 0, len(p.order))
	for _, id := range p.order {
		out = append(out, p.messages[id].clone())
	}
	return out
}

// In are the messages of one chat, of everybody: of a group by its chatid, or of Private.
func (p *Platform) In(chatID string) []Message {
	return slices.DeleteFunc(p.All(), func(m Message) bool { return m.Chat != chatID })
}

// SeenBy are the messages of bots that a person has on the screen, in whatever chat.
func (p *Platform) SeenBy(userID string) []Message {
	out := p.Messages()
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.DeleteFunc(out, func(m Message) bool {
		c := p.chats[m.Chat]
		return m.Dropped || m.Recalled || c == nil || !c.has(userID) || slices.ContainsFunc(m.Missed, func(id string) bool { return strings.EqualFold(id, userID) })
	})
}

// Message is one of them.
func (p *Platform) Message(id string) (Message, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.messages[id]
	if m == nil {
		return Message{}, false
	}
	return m.clone(), true
}
