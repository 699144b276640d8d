package feishutest

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Groups the app makes (im-v1/chat/create, im-v1/chat-members/create).
const (
	maxInvited  = 50
	maxChatName = 60
	sameChatFor = 10 * time.Hour
)

// createChat is POST im/v1/chats: a group with the bot in it. The same uuid is the same group for ten hours.
func (p *Platform) createChat(c *call) (any, error) {
	var in struct {
		Name  string   `json:"name"`
		Owner string   `json:"owner_id"`
		Users []string `json:"user_id_list"`
		Mode  string   `json:"chat_mode"`
		Type  string   `json:"chat_type"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	query := c.URL.Query()
	uuid := "chat " + query.Get("uuid")
	if done, ok := p.sent[uuid]; ok && query.Has("uuid") && c.now.Sub(done.at) < sameChatFor {
		return object{"chat_id": done.id, "name": p.chats[done.id].Name}, nil
	}
	switch {
	case query.Get("user_id_type") != "open_id" || len(in.Users) > maxInvited || utf8.RuneCountInString(in.Name) > maxChatName || in.Mode != "group" || in.Type != "private":
		return nil, no(232001, "")
	case in.Owner != "" && p.people[in.Owner] == nil:
		return nil, no(232001, "")
	}
	made := &chat{Group: Group{ChatID: p.next("oc_made_"), Name: in.Name}}
	if in.Owner != "" {
		made.Members = append(made.Members, in.Owner)
	}
	if err := p.invite(made, in.Users); err != nil {
		return nil, err
	}
	p.chats[made.ChatID] = made
	p.sent[uuid] = sentOnce{made.ChatID, c.now}
	return object{"chat_id": made.ChatID, "name": made.Name, "chat_mode": "group", "chat_type": "private", "owner_id": made.owner(), "owner_id_type": "open_id"}, nil
}

// addMembers is POST im/v1/chats/:chat_id/members.
func (p *Platform) addMembers(c *call) (any, error) {
	var in struct {
		IDs []string `json:"id_list"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	to, err := p.chatOf(c)
	if err != nil {
		return nil, err
	}
	if c.URL.Query().Get("member_id_type") != "open_id" || len(in.IDs) == 0 || len(in.IDs) > maxInvited {
		return nil, no(232001, "")
	}
	return object{"invalid_id_list": []string{}, "not_existed_id_list": []string{}, "pending_approval_id_list": []string{}}, p.invite(to, in.IDs)
}

// invite adds people. The caller holds the lock.
func (p *Platform) invite(to *chat, ids []string) error {
	for _, id := range ids {
		if p.people[id] == nil {
			return no(232001, "")
		}
		if !slices.Contains(to.Members, id) {
			to.Members = append(to.Members, id)
		}
	}
	return nil
}

// Groups are the groups there are now, with those the app made, by chat_id.
func (p *Platform) Groups() map[string]Group {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[string]Group{}
	for id, c := range p.chats {
		if c.private == "" && !c.disbanded {
			g := c.Group
			g.Members = slices.Clone(g.Members)
			out[id] = g
		}
	}
	return out
}
