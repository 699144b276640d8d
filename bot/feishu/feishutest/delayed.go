package feishutest

import (
	"encoding/json"
	"time"
)

// A click's update token is good for half an hour and two updates, after the click was answered
// (uMDO1YjLzgTN24yM4UjN).
const (
	updateFor  = 30 * time.Minute
	updateUses = 2
)

type updateToken struct {
	message  string
	ends     time.Time
	used     int
	answered bool
}

// locked reports whether a click on the card is still being answered. The caller holds the lock.
func (p *Platform) locked(messageID string) bool {
	for _, t := range p.updates {
		if t.message == messageID && !t.answered {
			return true
		}
	}
	return false
}

// delayed is POST interactive/v1/card/update.
func (p *Platform) delayed(c *call) (any, error) {
	var in struct {
		Token string          `json:"token"`
		Card  json.RawMessage `json:"card"`
	}
	if err := c.decode(&in); err != nil || len(in.Card) == 0 || in.Card[0] != '{' {
		return nil, no(10002, "")
	}
	t := p.updates[in.Token]
	switch {
	case t == nil:
		return nil, no(300020, "")
	case c.now.After(t.ends):
		return nil, no(300030, "")
	case t.used >= updateUses:
		return nil, no(300040, "")
	case !t.answered:
		return nil, no(11310, "")
	}
	m := p.messages[t.message]
	switch {
	case m.Recalled:
		return nil, no(200000, "")
	case len(c.body) > maxCard:
		return nil, no(230025, "")
	}
	if err := p.replace(m, p.chats[m.ChatID], string(in.Card), "delayed"); err != nil {
		return nil, err
	}
	t.used++
	return nil, nil
}
