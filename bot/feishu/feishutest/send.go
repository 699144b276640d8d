package feishutest

import (
	"slices"
	"time"
)

// Sizes of im-v1/message/create: a text's request 150 KB, a post's or card's 30 KB; uuid counts for an hour.
const (
	maxText = 150 << 10
	maxCard = 30 << 10
	uuidFor = time.Hour
)

var msgTypes = []string{"text", "post", "image", "file", "audio", "media", "sticker", "interactive", "share_chat", "share_user", "system"}

type outgoing struct {
	ReceiveID     string `json:"receive_id"`
	MsgType       string `json:"msg_type"`
	Content       string `json:"content"`
	UUID          string `json:"uuid"`
	ReplyInThread bool   `json:"reply_in_thread"`
}

// create is POST im/v1/messages.
func (p *Platform) create(c *call) (any, error) {
	var out outgoing
	if err := c.decode(&out); err != nil {
		return nil, err
	}
	to, err := p.receiver(c.URL.Query().Get("receive_id_type"), out.ReceiveID)
	if err != nil {
		return nil, err
	}
	return p.send(c, out, to, nil)
}

// reply is POST im/v1/messages/:message_id/reply.
func (p *Platform) reply(c *call) (any, error) {
	var out outgoing
	if err := c.decode(&out); err != nil {
		return nil, err
	}
	parent, to, err := p.reachable(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if out.ReplyInThread && parent.ThreadID == "" && to.NoThreads {
		return nil, no(230071, "")
	}
	return p.send(c, out, to, parent)
}

// receiver is the chat an id stands for.
func (p *Platform) receiver(idType, id string) (*chat, error) {
	switch idType {
	case "chat_id":
		c := p.chats[id]
		if c == nil {
			return nil, no(230034, "")
		}
		return c, nil
	case "open_id", "union_id", "user_id":
		person := p.find(idType, id)
		switch {
		case person == nil && idType == "open_id":
			return nil, no(99992351, ": %s", id)
		case person == nil:
			return nil, no(230034, "")
		case !p.visible(person.OpenID):
			return nil, no(230013, "")
		}
		return p.chats[privateID(person.OpenID)], nil
	case "email":
		return nil, no(230034, "nobody has a mail address here")
	}
	return nil, no(99992402, ": receive_id_type is required, optional value: [open_id,union_id,user_id,email,chat_id]")
}

// reachable is a message the bot may act on, and its chat.
func (p *Platform) reachable(id string) (*Message, *chat, error) {
	m := p.messages[id]
	if m == nil {
		return nil, nil, no(230001, "message_id %q does not exist", id)
	}
	c := p.chats[m.ChatID]
	switch {
	case c.disbanded:
		return nil, nil, no(232009, "")
	case c.botOut:
		return nil, nil, no(230002, "")
	case m.Recalled:
		return nil, nil, no(230011, "")
	}
	return m, c, nil
}

func (p *Platform) send(c *call, out outgoing, to *chat, parent *Message) (any, error) {
	if err := p.sendable(c, out, to); err != nil {
		return nil, err
	}
	if once, ok := p.sent[out.UUID]; ok && out.UUID != "" && c.now.Sub(once.at) < uuidFor {
		c.repeat = true
		return p.shown(p.messages[once.id], c), nil
	}
	m := &Message{ChatID: to.ChatID, From: p.opt.BotOpenID, FromBot: true, Type: out.MsgType, Content: out.Content, UUID: out.UUID}
	if err := p.content(m, to); err != nil {
		return nil, err
	}
	if err := p.pace(to.ChatID, "chat", c.now); err != nil {
		return nil, err
	}
	p.place(m, parent, to, out.ReplyInThread)
	p.add(m)
	if out.UUID != "" {
		p.sent[out.UUID] = sentOnce{m.ID, c.now}
	}
	return p.shown(m, c), nil
}

// sendable checks everything but the content itself.
func (p *Platform) sendable(c *call, out outgoing, to *chat) error {
	switch {
	case !slices.Contains(msgTypes, out.MsgType):
		return no(230001, "msg_type %q is invalid", out.MsgType)
	case out.MsgType == "system" && to.private == "":
		return no(230001, "msg_type system: only in private chats")
	case len(out.UUID) > 50:
		return no(99992402, ": uuid max len is 50")
	case to.disbanded:
		return no(232009, "")
	case to.botOut:
		return no(230002, "")
	case to.private != "" && !p.visible(to.private):
		return no(230013, "")
	}
	if f := p.broken(Code, func(f Fault) bool { return f.Chat == to.ChatID }); f != nil {
		return no(f.Code, "")
	}
	most := maxText
	if out.MsgType == "post" || out.MsgType == "interactive" {
		most = maxCard
	}
	if len(c.body) > most {
		return no(230025, "%d bytes, the limit is %d", len(c.body), most)
	}
	return nil
}

// visible reports whether a person is in the app's contact range.
func (p *Platform) visible(openID string) bool {
	return p.opt.Visible == nil || slices.Contains(p.opt.Visible, openID)
}
