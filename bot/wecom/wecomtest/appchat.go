package wecomtest

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Groups that the app makes (D/90245, D/98913, D/90247, D/90248).
const maxChatters = 2000

var chatID = regexp.MustCompile(`^[0-9a-zA-Z]{1,32}$`)

// mayChat checks that the app sees everybody, which is the condition for all of this.
func (p *Platform) mayChat() error {
	if p.opt.NoRoot || p.opt.Visible != nil {
		return no(60011, "the root department is not in the app's range")
	}
	return nil
}

// chatters are the userids of a list, as they are written in the directory.
func (p *Platform) chatters(ids []string) (out []string, err error) {
	for _, id := range ids {
		person := p.member(id)
		if person == nil {
			return nil, no(40031, "%q", id)
		}
		out = appendNew(out, person.UserID)
	}
	return out, nil
}

// createChat is POST appchat/create. Nobody sees the group before something is said in it.
func (p *Platform) createChat(c *call) (object, error) {
	var in struct {
		Name  string   `json:"name"`
		Owner string   `json:"owner"`
		Users []string `json:"userlist"`
		ID    string   `json:"chatid"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if err := p.mayChat(); err != nil {
		return nil, err
	}
	members, err := p.chatters(in.Users)
	switch {
	case err != nil:
		return nil, err
	case len(members) < 2 || len(members) > maxChatters:
		return nil, no(86006, "%d members", len(members))
	case utf8.RuneCountInString(in.Name) > 50:
		return nil, no(40058, "name of more than 50 characters")
	case in.ID != "" && !chatID.MatchString(in.ID):
		return nil, no(86001, "%q", in.ID)
	case p.chats[in.ID] != nil:
		return nil, no(86215, "")
	case !p.within("new groups", perCreation):
		return nil, no(45009, "")
	}
	if in.ID == "" {
		in.ID = p.next("simchat")
	}
	owner := p.member(in.Owner)
	if in.Owner == "" {
		owner = p.member(members[0])
	}
	if owner == nil || !slices.Contains(members, owner.UserID) {
		return nil, no(40003, "owner %q", in.Owner)
	}
	p.chats[in.ID] = &chat{Group: Group{ChatID: in.ID, Name: in.Name, Members: members}, owner: owner.UserID, appMade: true}
	return object{"chatid": in.ID}, nil
}

// ownChat is a group this app made.
func (p *Platform) ownChat(id string) (*chat, error) {
	c := p.chats[id]
	if err := p.mayChat(); err != nil {
		return nil, err
	}
	switch {
	case id == "":
		return nil, no(40050, "")
	case c == nil || c.person != nil:
		return nil, no(86003, "%q", id)
	case !c.appMade:
		return nil, no(86008, "%q", id)
	}
	return c, nil
}

// updateChat is POST appchat/update.
func (p *Platform) updateChat(c *call) (object, error) {
	var in struct {
		ID    string   `json:"chatid"`
		Name  string   `json:"name"`
		Owner string   `json:"owner"`
		Add   []string `json:"add_user_list"`
		Del   []string `json:"del_user_list"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	to, err := p.ownChat(in.ID)
	if err != nil {
		return nil, err
	}
	add, err := p.chatters(in.Add)
	if err != nil {
		return nil, err
	}
	members := slices.DeleteFunc(slices.Clone(to.Members), func(id string) bool {
		return slices.ContainsFunc(in.Del, func(other string) bool { return strings.EqualFold(id, other) })
	})
	for _, id := range add {
		members = appendNew(members, id)
	}
	switch owner := p.member(in.Owner); {
	case len(members) < 2 || len(members) > maxChatters:
		return nil, no(86006, "%d members", len(members))
	case in.Owner != "" && (owner == nil || !slices.Contains(members, owner.UserID)):
		return nil, no(40003, "owner %q", in.Owner)
	case !p.within("changes of groups", perChange):
		return nil, no(45009, "")
	case in.Owner != "":
		to.owner = owner.UserID
	}
	if in.Name != "" {
		to.Name = in.Name
	}
	to.Members = members
	return nil, nil
}

// getChat is GET appchat/get.
func (p *Platform) getChat(c *call) (object, error) {
	to, err := p.ownChat(c.URL.Query().Get("chatid"))
	if err != nil {
		return nil, err
	}
	return object{"chat_info": object{"chatid": to.ChatID, "name": to.Name, "owner": to.owner, "userlist": to.Members}}, nil
}

// sendChat is POST appchat/send. Members above their caps do not see it, and nobody is told.
func (p *Platform) sendChat(c *call) (object, error) {
	var out outgoing
	if err := c.decode(&out); err != nil {
		return nil, err
	}
	to, err := p.ownChat(out.ChatID)
	if err != nil {
		return nil, err
	}
	if err := p.chatFault(to.ChatID); err != nil {
		return nil, err
	}
	m := &Message{Channel: AppChat, Chat: to.ChatID, From: p.opt.AppName, Type: out.Type}
	if err := p.fill(m, out, c.now); err != nil {
		return nil, err
	}
	if m.Type == "text" || m.Type == "markdown" {
		p.mention(m, to, out.Text.Users, nil)
	}
	if !p.withinAll("group messages", len(to.Members), perGroups) {
		return nil, no(45009, "")
	}
	for _, id := range to.Members {
		if !p.within("group messages to "+id, perChatter) {
			m.Missed = append(m.Missed, id)
		}
	}
	m.Dropped = len(m.Missed) == len(to.Members)
	p.spoken(m)
	return nil, nil
}

// withinAll counts several at once, or none. The caller holds the lock.
func (p *Platform) withinAll(what string, n int, limits []rate) bool {
	for range n {
		if !p.within(what, limits) {
			return false
		}
	}
	return true
}

// Chats are the groups there are, with those the app made, by chatid.
func (p *Platform) Chats() map[string]Group {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := map[string]Group{}
	for id, c := range p.chats {
		if c.person == nil {
			g := c.Group
			g.Members = slices.Clone(g.Members)
			out[id] = g
		}
	}
	return out
}
