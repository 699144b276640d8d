package wecomtest

import (
	"encoding/json"
	"slices"
	"time"
)

// A response_code is good once, for 72 hours (D/94888); a message is recalled within 24 (D/94867).
const (
	codeFor   = 72 * time.Hour
	recallFor = 24 * time.Hour
)

type cardCode struct {
	msgid string
	ends  time.Time
	used  bool
}

// cardCode makes a response_code for the copies of a card. The caller holds the lock.
func (p *Platform) cardCode(msgid string) string {
	code := p.next("sim-response-code-")
	p.codes[code] = &cardCode{msgid: msgid, ends: p.now().Add(codeFor)}
	return code
}

// updateCard is POST message/update_template_card (D/94888).
func (p *Platform) updateCard(c *call) (object, error) {
	var in struct {
		Users   []string `json:"userids"`
		Parties []int    `json:"partyids"`
		Tags    []int    `json:"tagids"`
		All     int      `json:"atall"`
		AgentID any      `json:"agentid"`
		Code    string   `json:"response_code"`
		Button  *struct {
			Name string `json:"replace_name"`
		} `json:"button"`
		Card json.RawMessage `json:"template_card"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	if err := p.agent(in.AgentID); err != nil {
		return nil, err
	}
	code := p.codes[in.Code]
	switch {
	case code == nil:
		return nil, no(40058, "invalid response_code") // own figure, as the two below
	case code.used:
		return nil, no(40058, "response_code was used")
	case c.now.After(code.ends):
		return nil, no(42016, "response_code expired")
	}
	copies, kind := p.copies(code.msgid)
	if len(copies) == 0 {
		return nil, no(42016, "")
	}
	state := State{How: "api"}
	switch {
	case in.Button != nil && in.Button.Name != "" && (kind == textNotice || kind == newsNotice):
		return nil, no(42015, "button.replace_name on a %s", kind)
	case in.Button != nil && in.Button.Name != "":
		state.Button = in.Button.Name
	default:
		k, err := p.checked(in.Card, appCard)
		if err != nil {
			return nil, err
		}
		p.tasks[App+k.TaskID] = true
		state.Card = string(marshal(in.Card))
	}
	code.used = true
	invalid := p.updated(copies, state, in.Users, in.Parties, in.All == 1)
	return object{"invaliduser": invalid}, nil
}

// copies are the messages message/send made of one card, and the card's present kind.
func (p *Platform) copies(msgid string) (out []*Message, kind string) {
	for _, id := range p.order {
		if m := p.messages[id]; m.Channel == App && m.MsgID == msgid && m.Card != "" && !m.Recalled {
			out, kind = append(out, m), parseCard([]byte(m.Card)).Type
		}
	}
	return out, kind
}

// updated changes the copies of some members, or of all, and names those that have none.
func (p *Platform) updated(copies []*Message, s State, users []string, parties []int, all bool) []string {
	for _, n := range parties {
		for _, person := range p.inDept(n) {
			users = append(users, person.UserID)
		}
	}
	invalid := []string{}
	for _, id := range users {
		if !slices.ContainsFunc(copies, func(m *Message) bool { return p.chats[m.Chat].has(id) }) {
			invalid = append(invalid, id)
		}
	}
	for _, m := range copies {
		if all || slices.ContainsFunc(users, p.chats[m.Chat].has) {
			p.restate(m, s.over(m))
		}
	}
	return invalid
}

// over is the state on top of what a message shows now.
func (s State) over(m *Message) State {
	if s.Card == "" {
		s.Card = m.Card
	}
	return s
}

// recall is POST message/recall (D/94867).
func (p *Platform) recall(c *call) (object, error) {
	var in struct {
		MsgID string `json:"msgid"`
	}
	if err := c.decode(&in); err != nil {
		return nil, err
	}
	found := false
	for _, id := range p.order {
		m := p.messages[id]
		if m.MsgID != in.MsgID || m.Channel != App || in.MsgID == "" {
			continue
		}
		if c.now.Sub(m.Sent) > recallFor {
			return nil, no(40058, "msgid is of more than 24 hours ago") // own figure, as the one below
		}
		m.Recalled, found = true, true
	}
	if !found {
		return nil, no(40058, "invalid msgid")
	}
	return nil, nil
}
