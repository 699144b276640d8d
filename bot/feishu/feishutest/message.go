package feishutest

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// Message is a message as people see it, whoever sent it.
type Message struct {
	ID       string     `json:"id"`
	ChatID   string     `json:"chat_id,omitempty"`
	ThreadID string     `json:"thread_id,omitempty"` // the topic
	RootID   string     `json:"root_id,omitempty"`
	ParentID string     `json:"parent_id,omitempty"`
	From     string     `json:"from"` // an open_id; the bot's own for what the app sent
	FromBot  bool       `json:"from_bot,omitempty"`
	Type     string     `json:"type"`    // text, post, image, file, interactive …
	Content  string     `json:"content"` // JSON; of a card: as it is now
	States   []State    `json:"states,omitempty"`
	Mentions []Mention  `json:"mentions,omitempty"`
	Urgent   []Urgent   `json:"urgent,omitempty"`
	Reads    []Read     `json:"reads,omitempty"`
	Reacts   []Reaction `json:"reacts,omitempty"`
	UUID     string     `json:"uuid,omitempty"`
	Sent     time.Time  `json:"sent"`
	Updated  time.Time  `json:"updated,omitzero"`
	Recalled bool       `json:"recalled,omitempty"`
}

// State is what a card looked like from a time on.
type State struct {
	Content string    `json:"content"`
	At      time.Time `json:"at,omitzero"`
	How     string    `json:"how,omitempty"` // sent, patch, callback, delayed
}

// Mention is somebody who was @-mentioned. All is everybody; the bot's open_id is an app's.
type Mention struct {
	Key      string `json:"key,omitempty"`
	OpenID   string `json:"open_id,omitempty"`
	Name     string `json:"name,omitempty"`
	All      bool   `json:"all,omitempty"`
	Notified bool   `json:"notified,omitempty"` // a person who is in the chat
}

// Urgent is one 加急.
type Urgent struct {
	Kind string    `json:"kind,omitempty"` // app, sms, phone
	To   []string  `json:"to,omitempty"`
	At   time.Time `json:"at,omitzero"`
}

// Read is a read receipt.
type Read struct {
	OpenID string    `json:"open_id,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

// Reaction is an emoji under a message.
type Reaction struct {
	ID      string `json:"id"`
	OpenID  string `json:"open_id,omitempty"`
	Emoji   string `json:"emoji,omitempty"`
	FromBot bool   `json:"from_bot,omitempty"`
}

// add stores a new message. The caller holds the lock.
func (p *Platform) add(m *Message) {
	m.ID = p.next("om_")
	m.Sent = p.now()
	m.Updated = m.Sent
	p.messages[m.ID] = m
	p.order = append(p.order, m.ID)
	if m.Type == "interactive" {
		m.States = []State{{Content: m.Content, At: m.Sent, How: "sent"}}
	}
}

// restate changes what a card shows. The caller holds the lock.
func (p *Platform) restate(m *Message, content, how string) {
	m.Content, m.Updated = content, p.now()
	m.States = append(m.States, State{Content: content, At: m.Updated, How: how})
}

// place puts a message into the chat's topics: below parent if it is a reply, in a topic of its own if
// the group has nothing else. The caller holds the lock.
func (p *Platform) place(m, parent *Message, c *chat, inThread bool) {
	if parent == nil {
		if c.Topic {
			m.ThreadID = p.next("omt_")
		}
		return
	}
	m.ParentID, m.RootID = parent.ID, parent.RootID
	if m.RootID == "" {
		m.RootID = parent.ID
	}
	if parent.ThreadID == "" && inThread {
		parent.ThreadID = p.next("omt_")
	}
	m.ThreadID = parent.ThreadID
}

// shown is a message in answers of the API: ids of mentions are flat, unlike in events.
func (p *Platform) shown(m *Message, c *call) map[string]any {
	sender := map[string]any{"id": m.From, "id_type": "open_id", "sender_type": "user", "tenant_key": p.opt.TenantKey}
	if m.FromBot {
		sender["id"], sender["id_type"], sender["sender_type"] = p.opt.AppID, "app_id", "app"
	}
	content := m.Content
	if m.Type == "interactive" && c.FormValue("card_msg_content_type") != "user_card_content" {
		content = flat(content)
	}
	out := map[string]any{"message_id": m.ID, "msg_type": m.Type, "chat_id": m.ChatID, "create_time": millis(m.Sent), "update_time": millis(m.Updated),
		"deleted": m.Recalled, "updated": len(m.States) > 1 || m.Updated.After(m.Sent), "sender": sender, "body": map[string]any{"content": content}}
	if m.Recalled {
		out["body"] = map[string]any{"content": "This message was recalled"}
	}
	for k, v := range map[string]string{"root_id": m.RootID, "parent_id": m.ParentID, "thread_id": m.ThreadID} {
		if v != "" {
			out[k] = v
		}
	}
	if len(m.Mentions) > 0 {
		var list []any
		for _, at := range m.Mentions {
			list = append(list, map[string]any{"key": at.Key, "id": at.OpenID, "id_type": "open_id", "name": at.Name, "tenant_key": p.opt.TenantKey})
		}
		out["mentions"] = list
	}
	return out
}

// clone is a copy that nobody else changes.
func (m *Message) clone() Message {
	out := *m
	out.States, out.Mentions, out.Urgent = slices.Clone(m.States), slices.Clone(m.Mentions), slices.Clone(m.Urgent)
	out.Reads, out.Reacts = slices.Clone(m.Reads), slices.Clone(m.Reacts)
	return out
}

// Messages are those the app sent, as they are now, oldest first.
func (p *Platform) Messages() []Message {
	return slices.DeleteFunc(p.All(), func(m Message) bool { return !m.FromBot })
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

// ids are a person's three ids.
func (p *Platform) ids(openID string) map[string]any {
	out := map[string]any{"open_id": openID, "union_id": "", "user_id": ""}
	if person := p.people[openID]; person != nil {
		out["union_id"] = person.UnionID
		if p.granted("contact:user.employee_id:readonly") {
			out["user_id"] = person.UserID
		}
	}
	return out
}

// find is the person an id of that type belongs to; nil if nobody. The caller holds the lock.
func (p *Platform) find(idType, id string) *Person {
	switch idType {
	case "", "open_id":
		return p.people[id]
	case "union_id", "user_id":
		for _, key := range slices.Sorted(maps.Keys(p.people)) {
			if person := p.people[key]; id != "" && person.id(idType) == id {
				return person
			}
		}
	}
	return nil
}

func (p *Person) id(idType string) string {
	switch idType {
	case "union_id":
		return p.UnionID
	case "user_id":
		return p.UserID
	}
	return p.OpenID
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }
func itoa(n int) string         { return strconv.Itoa(n) }

// number is -1 for what is none.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
