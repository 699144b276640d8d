package feishutest

import (
	"slices"
	"strconv"
	"time"
)

// Ages of the platform: a card may be patched for 14 days (im-v1/message/patch), recalled for one day here
// (the administrator's choice), its readers asked for 7 days (im-v1/message/read_users).
const (
	patchFor  = 14 * 24 * time.Hour
	recallFor = 24 * time.Hour
	readersOf = 7 * 24 * time.Hour
)

// patch is PATCH im/v1/messages/:message_id: another content for a card.
func (p *Platform) patch(c *call) (any, error) {
	var in struct {
		Content string `json:"content"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	m, to, err := p.reachable(c.PathValue("id"))
	switch {
	case err != nil:
		return nil, err
	case !m.FromBot:
		return nil, no(230012, "")
	case m.Type != "interactive":
		return nil, no(230001, "This message is NOT a card.")
	case c.now.Sub(m.Sent) > patchFor:
		return nil, no(230031, "")
	case len(c.body) > maxCard:
		return nil, no(230025, "")
	}
	if err := p.pace("patch "+m.ID, "message", c.now); err != nil {
		return nil, err
	}
	if p.locked(m.ID) {
		return nil, badCard(11310, "card action is lock")
	}
	return nil, p.replace(m, to, in.Content, "patch")
}

// replace checks a new content for a card and shows it.
func (p *Platform) replace(m *Message, to *chat, content, how string) error {
	fresh := &Message{Content: content}
	if err := p.card(fresh, to); err != nil {
		return err
	}
	if isV2(m.Content) && !isV2(content) {
		return badCard(200830, "a card of schema 2.0 can only be replaced by one of schema 2.0")
	}
	p.restate(m, content, how)
	return nil
}

// recall is DELETE im/v1/messages/:message_id.
func (p *Platform) recall(c *call) (any, error) {
	m, _, err := p.reachable(c.PathValue("id"))
	switch {
	case err != nil:
		return nil, err
	case !m.FromBot:
		return nil, no(230026, "")
	case c.now.Sub(m.Sent) > recallFor:
		return nil, no(230009, "")
	}
	m.Recalled = true
	return nil, nil
}

// get is GET im/v1/messages/:message_id.
func (p *Platform) get(c *call) (any, error) {
	m := p.messages[c.PathValue("id")]
	if m == nil {
		return nil, no(230001, "message_id %q does not exist", c.PathValue("id"))
	}
	if p.chats[m.ChatID].botOut {
		return nil, no(230002, "")
	}
	return map[string]any{"items": []any{p.shown(m, c)}}, nil
}

// list is GET im/v1/messages: the history of a chat or topic. Times in the query are seconds.
func (p *Platform) list(c *call) (any, error) {
	kind, id := c.FormValue("container_id_type"), c.FormValue("container_id")
	if kind != "chat" && kind != "thread" {
		return nil, no(230001, "container_id_type: chat or thread")
	}
	if to := p.chats[id]; kind == "chat" {
		switch {
		case to == nil:
			return nil, no(230001, "container_id")
		case to.botOut:
			return nil, no(230002, "")
		case to.private == "" && !p.granted("im:message.group_msg"):
			return nil, no(230027, "need scope: im:message.group_msg")
		}
	}
	from, to := seconds(c.FormValue("start_time"), time.Time{}), seconds(c.FormValue("end_time"), c.now.Add(time.Hour))
	var items []any
	for _, mid := range p.order {
		m := p.messages[mid]
		if kind == "chat" && m.ChatID != id || kind == "thread" && m.ThreadID != id || m.Sent.Before(from) || m.Sent.After(to) {
			continue
		}
		items = append(items, p.shown(m, c))
	}
	if c.FormValue("sort_type") == "ByCreateTimeDesc" {
		slices.Reverse(items)
	}
	part, next, err := page(c, items, 50)
	return map[string]any{"items": part, "has_more": next != "", "page_token": next}, err
}

func seconds(s string, otherwise time.Time) time.Time {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return otherwise
	}
	return time.Unix(n, 0)
}

// urgent is PATCH im/v1/messages/:message_id/urgent_app, urgent_sms or urgent_phone.
func (p *Platform) urgent(c *call, kind string) (any, error) {
	var in struct {
		Users []string `json:"user_id_list"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	m, to, err := p.reachable(c.PathValue("id"))
	switch {
	case err != nil:
		return nil, err
	case !m.FromBot:
		return nil, no(230012, "")
	case len(in.Users) == 0 || len(in.Users) > 200:
		return nil, no(230001, "user_id_list: 1 to 200 ids")
	case to.NoUrgent:
		return nil, no(230052, "")
	case kind == "sms" && p.broken(NoSMS, nil) != nil, kind == "phone" && p.broken(NoPhone, nil) != nil, !p.affords(kind, len(in.Users)):
		return nil, no(230024, "")
	}
	var valid, invalid []string
	for _, id := range in.Users {
		if person := p.find(c.FormValue("user_id_type"), id); person != nil && to.has(person.OpenID) {
			valid = append(valid, person.OpenID)
		} else {
			invalid = append(invalid, id)
		}
	}
	if len(valid) == 0 {
		return nil, no(230001, "all user ids are invalid")
	}
	for _, id := range valid {
		if p.unreadPushes(id) >= maxPushes {
			return nil, no(230023, "")
		}
	}
	if left, counted := p.opt.Quota[kind]; counted {
		p.opt.Quota[kind] = left - len(valid)
	}
	m.Urgent = append(m.Urgent, Urgent{Kind: kind, To: valid, At: c.now})
	return map[string]any{"invalid_user_id_list": invalid}, nil
}

// maxPushes is how many unread ones a person may have.
const maxPushes = 200

// affords reports whether the tenant's quota of a kind is enough for so many people.
func (p *Platform) affords(kind string, people int) bool {
	left, counted := p.opt.Quota[kind]
	return !counted || left >= people
}

// unreadPushes counts the urgent messages a person has not read.
func (p *Platform) unreadPushes(openID string) (n int) {
	for _, m := range p.messages {
		pushed := slices.ContainsFunc(m.Urgent, func(u Urgent) bool { return slices.Contains(u.To, openID) })
		if pushed && !slices.ContainsFunc(m.Reads, func(r Read) bool { return r.OpenID == openID }) {
			n++
		}
	}
	return n
}

// readUsers is GET im/v1/messages/:message_id/read_users.
func (p *Platform) readUsers(c *call) (any, error) {
	m, _, err := p.reachable(c.PathValue("id"))
	switch {
	case err != nil:
		return nil, err
	case !m.FromBot:
		return nil, no(230012, "")
	case c.now.Sub(m.Sent) > readersOf:
		return nil, no(230033, "")
	}
	kind := c.FormValue("user_id_type")
	if kind == "" {
		return nil, no(99992402, ": user_id_type is required")
	}
	items := make([]any, 0, len(m.Reads))
	for _, r := range m.Reads {
		items = append(items, map[string]any{"user_id_type": kind, "user_id": p.people[r.OpenID].id(kind), "timestamp": millis(r.At), "tenant_key": p.opt.TenantKey})
	}
	part, next, err := page(c, items, 100)
	return map[string]any{"items": part, "has_more": next != "", "page_token": next}, err
}
