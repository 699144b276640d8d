package feishutest

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"
)

// event is something the app is told.
type event struct {
	id, kind string
	at       time.Time
	body     any
}

// newEvent numbers an event. The caller holds the lock.
func (p *Platform) newEvent(kind string, body any) *event {
	e := &event{id: p.next("ev_"), kind: kind, at: p.now(), body: body}
	p.events[e.id] = e
	return e
}

// envelope is schema 2.0 (event-subscription-guide/overview). Card callbacks count microseconds.
func (p *Platform) envelope(e *event, token string) []byte {
	created := millis(e.at)
	if e.kind == "card.action.trigger" || p.opt.Quirks {
		created = strconv.FormatInt(e.at.UnixMicro(), 10)
	}
	return marshal(object{"schema": "2.0", "event": e.body, "header": object{"event_id": e.id, "event_type": e.kind, "create_time": created,
		"token": token, "app_id": p.opt.AppID, "tenant_key": p.opt.TenantKey}})
}

func marshal(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err) // only what was made here or came as JSON
	}
	return bytes.TrimSpace(b.Bytes())
}

// received is im.message.receive_v1 (im-v1/message/events/receive).
func (p *Platform) received(m *Message) *event {
	c := p.chats[m.ChatID]
	kind := "group"
	switch {
	case c.private != "":
		kind = "p2p"
	case c.Topic && p.opt.Quirks:
		kind = "topic_group"
	}
	msg := object{"message_id": m.ID, "create_time": millis(m.Sent), "update_time": millis(m.Updated), "chat_id": m.ChatID, "chat_type": kind,
		"message_type": m.Type, "content": m.Content, "user_agent": "Mozilla/5.0 Lark/7.40"}
	for k, v := range map[string]string{"root_id": m.RootID, "parent_id": m.ParentID, "thread_id": m.ThreadID} {
		if v != "" {
			msg[k] = v
		}
	}
	if at := p.mentions(m); len(at) > 0 {
		msg["mentions"] = at
	}
	return p.newEvent("im.message.receive_v1", object{"message": msg,
		"sender": object{"sender_id": p.ids(m.From), "sender_type": "user", "tenant_key": p.opt.TenantKey}})
}

func (p *Platform) mentions(m *Message) (out []any) {
	for _, at := range m.Mentions {
		id, kind := p.ids(at.OpenID), "user"
		if at.OpenID == p.opt.BotOpenID {
			kind = "bot"
		}
		out = append(out, object{"key": at.Key, "id": id, "mentioned_type": kind, "name": at.Name, "tenant_key": p.opt.TenantKey})
	}
	return out
}

// heard reports whether the app's scopes show it a message.
func (p *Platform) heard(m *Message) bool {
	if p.chats[m.ChatID].private != "" {
		return p.granted("im:message.p2p_msg:readonly") || p.granted("im:message.p2p_msg")
	}
	if p.granted("im:message.group_msg") || p.granted("im:message.group_msg:readonly") {
		return true
	}
	at := p.granted("im:message.group_at_msg:readonly") || p.granted("im:message.group_at_msg")
	for _, one := range m.Mentions {
		if one.OpenID == p.opt.BotOpenID {
			return at
		}
	}
	return false
}

// reactionEvent is im.message.reaction.created_v1 or deleted_v1.
func (p *Platform) reactionEvent(what string, m *Message, r Reaction) *event {
	body := object{"message_id": m.ID, "reaction_type": object{"emoji_type": r.Emoji}, "action_time": millis(p.now())}
	if r.FromBot {
		body["operator_type"], body["app_id"] = "app", p.opt.AppID
	} else {
		body["operator_type"], body["user_id"] = "user", p.ids(r.OpenID)
	}
	return p.newEvent("im.message.reaction."+what+"_v1", body)
}

// chatEvent is about a group: the bot or people came or went, or it was disbanded.
func (p *Platform) chatEvent(kind string, c *chat, by string, people ...string) *event {
	body := object{"chat_id": c.ChatID, "operator_id": p.ids(by), "external": false, "operator_tenant_key": p.opt.TenantKey, "name": c.Name, "i18n_names": object{"zh_cn": c.Name}}
	if len(people) > 0 {
		users := []any{}
		for _, id := range people {
			users = append(users, object{"name": p.people[id].Name, "tenant_key": p.opt.TenantKey, "user_id": p.ids(id)})
		}
		body["users"] = users
	}
	return p.newEvent(kind, body)
}
