package feishutest

import (
	"context"
	"fmt"
	"slices"
)

// act changes something under the lock and tells the app what came of it.
func (p *Platform) act(ctx context.Context, change func() (*event, error)) error {
	p.mu.Lock()
	ev, err := change()
	p.mu.Unlock()
	if err == nil && ev != nil {
		p.emit(ctx, ev)
	}
	return err
}

// messageFor is a message that a person can see. The caller holds the lock.
func (p *Platform) messageFor(openID, messageID string) (*Message, error) {
	m := p.messages[messageID]
	if m == nil || !p.chats[m.ChatID].has(openID) || m.Recalled {
		return nil, fmt.Errorf("%s sees no message %q", openID, messageID)
	}
	return m, nil
}

// Reacts lets somebody put an emoji under a message.
func (p *Platform) Reacts(ctx context.Context, openID, messageID, emoji string) error {
	return p.act(ctx, func() (*event, error) {
		m, err := p.messageFor(openID, messageID)
		if err != nil {
			return nil, err
		}
		r := Reaction{ID: p.next("reaction_"), OpenID: openID, Emoji: emoji}
		m.Reacts = append(m.Reacts, r)
		return p.reactionEvent("created", m, r), nil
	})
}

// Unreacts takes it away.
func (p *Platform) Unreacts(ctx context.Context, openID, messageID, emoji string) error {
	return p.act(ctx, func() (*event, error) {
		m, err := p.messageFor(openID, messageID)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(m.Reacts, func(r Reaction) bool { return r.OpenID == openID && r.Emoji == emoji })
		if i < 0 {
			return nil, fmt.Errorf("%s has no %s under %s", openID, emoji, messageID)
		}
		r := m.Reacts[i]
		m.Reacts = slices.Delete(m.Reacts, i, i+1)
		return p.reactionEvent("deleted", m, r), nil
	})
}

// Reads lets somebody read a message. The app is told of it only in private; in groups it must ask.
func (p *Platform) Reads(ctx context.Context, openID, messageID string) error {
	return p.act(ctx, func() (*event, error) {
		m, err := p.messageFor(openID, messageID)
		if err != nil || slices.ContainsFunc(m.Reads, func(r Read) bool { return r.OpenID == openID }) {
			return nil, err
		}
		m.Reads = append(m.Reads, Read{OpenID: openID, At: p.now()})
		if p.chats[m.ChatID].private == "" || !m.FromBot {
			return nil, nil
		}
		return p.newEvent("im.message.message_read_v1", object{"message_id_list": []string{messageID},
			"reader": object{"reader_id": p.ids(openID), "read_time": millis(p.now()), "tenant_key": p.opt.TenantKey}}), nil
	})
}

// Recalls lets somebody take back his or her message.
func (p *Platform) Recalls(ctx context.Context, openID, messageID string) error {
	return p.act(ctx, func() (*event, error) {
		m, err := p.messageFor(openID, messageID)
		if err != nil {
			return nil, err
		}
		if m.From != openID {
			return nil, fmt.Errorf("%s is not the sender of %s", openID, messageID)
		}
		m.Recalled = true
		if p.chats[m.ChatID].botOut {
			return nil, nil
		}
		return p.newEvent("im.message.recalled_v1", object{"message_id": m.ID, "chat_id": m.ChatID, "recall_time": millis(p.now()), "recall_type": "message_owner"}), nil
	})
}

// Enters lets somebody open the private chat with the bot.
func (p *Platform) Enters(ctx context.Context, openID string) error {
	return p.act(ctx, func() (*event, error) {
		if p.people[openID] == nil {
			return nil, fmt.Errorf("nobody has the open_id %q", openID)
		}
		body := object{"chat_id": privateID(openID), "operator_id": p.ids(openID)}
		for _, id := range p.order {
			if m := p.messages[id]; m.ChatID == privateID(openID) {
				body["last_message_id"], body["last_message_create_time"] = m.ID, millis(m.Sent)
			}
		}
		return p.newEvent("im.chat.access_event.bot_p2p_chat_entered_v1", body), nil
	})
}

// Picks lets somebody choose an entry of the bot's menu.
func (p *Platform) Picks(ctx context.Context, openID, eventKey string) error {
	return p.act(ctx, func() (*event, error) {
		person := p.people[openID]
		if person == nil {
			return nil, fmt.Errorf("nobody has the open_id %q", openID)
		}
		return p.newEvent("application.bot.menu_v6", object{"event_key": eventKey, "timestamp": p.now().Unix(),
			"operator": object{"operator_name": person.Name, "operator_id": p.ids(openID)}}), nil
	})
}

// group is a group to change. The caller holds the lock.
func (p *Platform) group(chatID string) (*chat, error) {
	c := p.chats[chatID]
	if c == nil || c.private != "" || c.disbanded {
		return nil, fmt.Errorf("no group %q", chatID)
	}
	return c, nil
}

// Joins lets somebody come into a group.
func (p *Platform) Joins(ctx context.Context, openID, chatID string) error {
	return p.act(ctx, func() (*event, error) {
		c, err := p.group(chatID)
		if err != nil || c.has(openID) || p.people[openID] == nil {
			return nil, err
		}
		c.Members = append(c.Members, openID)
		return p.chatEvent("im.chat.member.user.added_v1", c, c.owner(), openID), nil
	})
}

// Leaves lets somebody go from a group.
func (p *Platform) Leaves(ctx context.Context, openID, chatID string) error {
	return p.act(ctx, func() (*event, error) {
		c, err := p.group(chatID)
		if err != nil || !c.has(openID) {
			return nil, err
		}
		c.Members = slices.DeleteFunc(c.Members, func(id string) bool { return id == openID })
		return p.chatEvent("im.chat.member.user.deleted_v1", c, openID, openID), nil
	})
}

func (p *Platform) removeBot(chatID string) error {
	return p.act(context.Background(), func() (*event, error) {
		c, err := p.group(chatID)
		if err != nil {
			return nil, err
		}
		c.botOut = true
		return p.chatEvent("im.chat.member.bot.deleted_v1", c, c.owner()), nil
	})
}

func (p *Platform) addBot(chatID string) error {
	return p.act(context.Background(), func() (*event, error) {
		c, err := p.group(chatID)
		if err != nil {
			return nil, err
		}
		c.botOut = false
		return p.chatEvent("im.chat.member.bot.added_v1", c, c.owner()), nil
	})
}

func (p *Platform) disband(chatID string) error {
	return p.act(context.Background(), func() (*event, error) {
		c, err := p.group(chatID)
		if err != nil {
			return nil, err
		}
		c.disbanded = true
		return p.chatEvent("im.chat.disbanded_v1", c, c.owner()), nil
	})
}
