package feishu

import (
	"context"
	"encoding/json"
	"sort"
	"strings"

	"fenghuo/bot"
)

// received is im.message.receive_v1:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/events/receive
type received struct {
	Sender struct {
		ID   account `json:"sender_id"`
		Type string  `json:"sender_type"`
	} `json:"sender"`
	Message struct {
		ID       string    `json:"message_id"`
		Root     string    `json:"root_id"`
		Parent   string    `json:"parent_id"`
		Thread   string    `json:"thread_id"`
		Created  digits    `json:"create_time"`
		Updated  digits    `json:"update_time"`
		Chat     string    `json:"chat_id"`
		ChatType string    `json:"chat_type"` // p2p; whatever else there may be is a group
		Type     string    `json:"message_type"`
		Content  string    `json:"content"`
		Mentions []mention `json:"mentions"`
	} `json:"message"`
}

// mention is what a placeholder in the text stands for.
type mention struct {
	Key  string  `json:"key"`
	ID   account `json:"id"`
	Type string  `json:"mentioned_type"` // user, bot
	Name string  `json:"name"`
}

// everybody is not a call of the bot.
const everybody = "@_all"

func (a *Adapter) said(ctx context.Context, env *envelope) ([]bot.Event, error) {
	var in received
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Message.ID == "" || in.Sender.ID.OpenID == "" {
		return nil, errMalformed
	}
	m := in.Message
	if in.Sender.Type != "" && in.Sender.Type != "user" {
		a.log.Debug("message of another bot", "event", env.id(), "chat", a.group(m.Chat))
		return nil, nil
	}
	ev := env.event(bot.Said, m.ID) // duplicates of one message may carry different event ids
	ev.Message, ev.Sender = m.ID, in.Sender.ID.OpenID
	ev.Name = a.strangerName(ctx, ev.Sender)
	if at := m.Created.time(); !at.IsZero() {
		ev.At = at
	}
	if m.ChatType == "p2p" {
		ev.Place, ev.ToBot = a.private(ev.Sender), true
	} else {
		ev.Place = a.inGroup(m.Chat, m.ID, m.Root, m.Thread)
	}
	if ev.Place.Thread == "" {
		ev.Quotes = first(m.Parent, m.Root)
	}
	before, known := a.places.get(m.ID)
	a.places.put(m.ID, stood{ev.Place, ev.Sender})

	c, ok := readContent(m.Type, m.Content)
	if ok && known && before.sender == ev.Sender && m.Updated.time().After(m.Created.time()) {
		a.resolve(ctx, &ev, &c, m.Mentions)
		return []bot.Event{edited(m.ID, ev.Text, m.Updated, before)}, nil
	}
	if !ok {
		a.log.Debug("message without content", "event", env.id(), "kind", m.Type)
		return nil, nil // recalled meanwhile
	}
	called := a.resolve(ctx, &ev, &c, m.Mentions)
	ev.ToBot = ev.ToBot || called
	if c.refused != "" {
		if !ev.ToBot && decoration[m.Type] {
			return nil, nil
		}
		ev.Files = append(ev.Files, bot.File{Name: c.refused, Kind: "file", Error: "wrong_type"})
	}
	if ev.Text != "" {
		a.heard.remember(m.ID, ev.Text, a.now(), stood{ev.Place, ev.Sender})
	}
	files, err := a.fetchAll(ctx, m.ID, ev.Sender, c.parts)
	ev.Files = append(ev.Files, files...)
	return []bot.Event{ev}, err
}

// resolve puts names for placeholders, takes the bot's own out and reports whether it was mentioned.
func (a *Adapter) resolve(ctx context.Context, ev *bot.Event, c *content, mentions []mention) (called bool) {
	// @_user_10 before @_user_1
	sort.Slice(mentions, func(i, j int) bool { return len(mentions[i].Key) > len(mentions[j].Key) })
	for _, m := range mentions {
		switch {
		case m.Key == "" || m.Key == everybody:
		case a.isMe(ctx, m):
			called = true
			c.text = strings.ReplaceAll(c.text, m.Key, " ")
		default:
			c.text = strings.ReplaceAll(c.text, m.Key, "@"+a.called(m))
			if m.ID.OpenID != "" {
				ev.Mentions = append([]string{m.ID.OpenID}, ev.Mentions...)
			}
		}
	}
	c.text = strings.ReplaceAll(c.text, everybody, "@所有人")
	ev.Text = tidy(c.text)
	return called
}

// isMe compares open_ids. While the platform does not say who the bot is, any bot mentioned may be it:
// better to answer once too often than to miss a report.
func (a *Adapter) isMe(ctx context.Context, m mention) bool {
	me, err := a.me(ctx)
	if err != nil {
		a.log.Warn("own account not known", "err", err)
		return m.Type == "bot" || (m.Type == "" && m.ID.OpenID != "" && !a.known(m.ID.OpenID))
	}
	return m.ID.OpenID == me.openID
}

func (a *Adapter) known(openID string) bool {
	_, ok := a.cfg.Directory.Person(openID)
	return ok
}

// called is the name of who was mentioned: the organisation's, else the platform's.
func (a *Adapter) called(m mention) string {
	if id, ok := a.cfg.Directory.Person(m.ID.OpenID); ok {
		if name := a.cfg.Directory.Name(id); name != "" {
			return name
		}
	}
	return m.Name
}

// tidy takes away the spaces a removed mention leaves, keeping the lines.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for n, l := range lines {
		for strings.Contains(l, "  ") {
			l = strings.ReplaceAll(l, "  ", " ")
		}
		lines[n] = strings.TrimSpace(l)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
