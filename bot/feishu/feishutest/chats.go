package feishutest

import (
	"maps"
	"slices"
)

// chatOf is a chat the bot may look at.
func (p *Platform) chatOf(c *call) (*chat, error) {
	to := p.chats[c.PathValue("id")]
	switch {
	case to == nil:
		return nil, no(232006, "")
	case to.disbanded:
		return nil, no(232009, "")
	case to.botOut:
		return nil, no(232011, "")
	}
	return to, nil
}

// listChats is GET im/v1/chats: the bot's groups, without private chats.
func (p *Platform) listChats(c *call) (any, error) {
	var items []any
	for _, id := range slices.Sorted(maps.Keys(p.chats)) {
		g := p.chats[id]
		if g.private == "" && !g.botOut && !g.disbanded {
			items = append(items, object{"chat_id": id, "name": g.Name, "avatar": "", "description": "", "owner_id": g.owner(), "owner_id_type": "open_id", "external": false, "tenant_key": p.opt.TenantKey, "chat_status": "normal"})
		}
	}
	part, next, err := page(c, items, 100)
	return object{"items": part, "has_more": next != "", "page_token": next}, err
}

func (c *chat) owner() string {
	if len(c.Members) == 0 {
		return ""
	}
	return c.Members[0]
}

// getChat is GET im/v1/chats/:chat_id.
func (p *Platform) getChat(c *call) (any, error) {
	g, err := p.chatOf(c)
	if err != nil {
		return nil, err
	}
	atAll, groupType, urgent := "all_members", "chat", "all_members"
	if g.NoAtAll {
		atAll = "only_owner"
	}
	if g.NoUrgent {
		urgent = "only_owner"
	}
	if g.Topic {
		groupType = "thread"
	}
	users := len(g.Members)
	if g.private != "" {
		users = 1
	}
	return object{"chat_id": g.ChatID, "name": g.Name, "avatar": "", "description": "", "chat_mode": g.mode(), "group_message_type": groupType, "chat_type": "private", "external": false,
		"owner_id": g.owner(), "owner_id_type": "open_id", "user_count": itoa(users), "bot_count": "1", "tenant_key": p.opt.TenantKey,
		"moderation_permission": "all_members", "at_all_permission": atAll, "urgent_setting": urgent, "chat_status": "normal"}, nil
}

// members is GET im/v1/chats/:chat_id/members: people only.
func (p *Platform) members(c *call) (any, error) {
	g, err := p.chatOf(c)
	if err != nil {
		return nil, err
	}
	kind := c.FormValue("member_id_type")
	if kind == "" {
		kind = "open_id"
	}
	items := make([]any, 0, len(g.Members))
	for _, id := range g.Members {
		person := p.people[id]
		items = append(items, object{"member_id_type": kind, "member_id": person.id(kind), "name": person.Name, "tenant_key": p.opt.TenantKey})
	}
	part, next, err := page(c, items, 100)
	return object{"items": part, "has_more": next != "", "page_token": next, "member_total": len(g.Members)}, err
}

// isInChat is GET im/v1/chats/:chat_id/members/is_in_chat, asked for the bot itself.
func (p *Platform) isInChat(c *call) (any, error) {
	g := p.chats[c.PathValue("id")]
	if g == nil {
		return nil, no(232006, "")
	}
	return object{"is_in_chat": !g.botOut && !g.disbanded}, nil
}

// react is POST im/v1/messages/:message_id/reactions. The bot's own reaction comes back as an event.
func (p *Platform) react(c *call) (any, error) {
	var in struct {
		Type struct {
			Emoji string `json:"emoji_type"`
		} `json:"reaction_type"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	m, _, err := p.reachable(c.PathValue("id"))
	switch {
	case err != nil:
		return nil, err
	case in.Type.Emoji == "":
		return nil, &Refusal{Status: 400, Code: 231001, Msg: "reaction type is invalid."}
	}
	r := Reaction{ID: p.next("reaction_"), OpenID: p.opt.BotOpenID, Emoji: in.Type.Emoji, FromBot: true}
	m.Reacts = append(m.Reacts, r)
	p.later(p.reactionEvent("created", m, r))
	return p.shownReaction(r), nil
}

// unreact is DELETE im/v1/messages/:message_id/reactions/:reaction_id.
func (p *Platform) unreact(c *call) (any, error) {
	m, _, err := p.reachable(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	for i, r := range m.Reacts {
		if r.ID == c.PathValue("rid") && r.FromBot {
			m.Reacts = slices.Delete(m.Reacts, i, i+1)
			p.later(p.reactionEvent("deleted", m, r))
			return p.shownReaction(r), nil
		}
	}
	return nil, &Refusal{Status: 400, Code: 231003, Msg: "The reaction does not exist or is not yours."}
}

func (p *Platform) shownReaction(r Reaction) object {
	return object{"reaction_id": r.ID, "operator": object{"operator_id": p.opt.AppID, "operator_type": "app"}, "action_time": millis(p.now()), "reaction_type": object{"emoji_type": r.Emoji}}
}
