package webchat

import (
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/roster"
)

// conversation is one row of a person's list.
type conversation struct {
	ID       string   `json:"id"` // a group's id; direct, or direct-wecom, for the private chats with the bot
	Name     string   `json:"name"`
	Platform string   `json:"platform"`
	Direct   bool     `json:"direct,omitempty"`
	Topics   bool     `json:"topics,omitempty"`  // every message in the main stream opens a topic
	Threads  bool     `json:"threads,omitempty"` // a message can be answered in a thread of its own
	Reacts   bool     `json:"reacts,omitempty"`
	Members  []string `json:"members,omitempty"`
}

const direct = "direct"

// conversations are those a person has: their groups, then the private chats.
func (p *page) conversations(me roster.Person) []conversation {
	var out []conversation
	for _, g := range p.chat.cfg.Org.Groups {
		if member(g, me.ID) {
			out = append(out, p.group(g))
		}
	}
	for _, platform := range p.chat.platforms {
		place := bot.Place{Platform: platform, Person: me.ID}
		id := p.conversationID(me, place)
		if id != direct && len(p.chat.Lines(place)) == 0 {
			continue
		}
		name := p.chat.cfg.Org.Bot
		if id != direct {
			name += " · " + platformName(platform)
		}
		out = append(out, conversation{ID: id, Name: name, Platform: platform, Direct: true, Reacts: platform == Feishu})
	}
	return out
}

func (p *page) group(g roster.Group) conversation {
	feishu := g.Platform == Feishu
	c := conversation{ID: g.ID, Name: g.Name, Platform: g.Platform, Topics: feishu && g.Topics, Threads: feishu, Reacts: feishu}
	for _, person := range p.chat.cfg.Org.People {
		if member(g, person.ID) {
			c.Members = append(c.Members, person.ID)
		}
	}
	return c
}

func (p *page) conversationID(me roster.Person, place bot.Place) string {
	switch {
	case !place.Direct():
		return place.Chat
	case place.Platform == p.chat.privatePlatform(me, ""):
		return direct
	}
	return direct + "-" + place.Platform
}

// place is the conversation a person calls id, if it is theirs.
func (p *page) place(me roster.Person, id string) (bot.Place, bool) {
	if name, ok := strings.CutPrefix(id, direct); ok {
		return bot.Place{Platform: p.chat.privatePlatform(me, strings.TrimPrefix(name, "-")), Person: me.ID}, true
	}
	g, ok := p.chat.cfg.Org.Group(id)
	if !ok || !member(g, me.ID) {
		return bot.Place{}, false
	}
	return bot.Place{Platform: g.Platform, Chat: g.ID}, true
}

func platformName(platform string) string {
	switch platform {
	case Feishu:
		return "飞书"
	case WeCom:
		return "企业微信"
	}
	return platform
}
