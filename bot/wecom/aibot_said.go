package wecom

import (
	"context"
	"time"

	"fenghuo/bot"
)

// The events of the AI bot: https://developer.work.weixin.qq.com/document/path/101027
const (
	eventEnter        = "enter_chat"
	eventPress        = "template_card_event"
	eventTaste        = "feedback_event"
	eventDisconnected = "disconnected_event"
)

// arrival is a message of the AI bot with how it came.
type arrival struct {
	*botMessage
	came    time.Time
	reqID   string   // over the long connection
	session *session // nil: over the callback
}

// botBase is what all events of the AI bot have in common.
func (a *Adapter) botBase(m arrival, kind bot.EventKind) bot.Event {
	ev := bot.Event{Platform: Name, Keys: []string{m.key()}, Kind: kind, At: m.at(), Place: a.botPlace(m), Message: m.message(),
		Sender: m.From.User, ToBot: true}
	if ev.At.IsZero() { // messages do not say when they were written
		ev.At = m.came
	}
	return ev
}

// botPlace is where a message stands.
func (a *Adapter) botPlace(m arrival) bot.Place {
	if m.group() {
		return a.inGroup(m.Chat)
	}
	return a.private(m.From.User, ChannelAIBot)
}

// botEvent brings a message or event into common words. ok is false for what says nothing to the service.
func (a *Adapter) botEvent(ctx context.Context, m arrival) (ev bot.Event, ok bool, err error) {
	if m.From.User == "" {
		a.log.Warn("event of nobody", "event", m.key(), "kind", m.Type)
		return ev, false, nil
	}
	switch {
	case m.Type != botEvent:
		return a.botSaid(ctx, m)
	case m.Event.Type == eventEnter:
		return a.botBase(m, bot.Joined), true, nil
	case m.Event.Type == eventTaste:
		return a.tasted(m)
	}
	a.log.Debug("event of no interest", "event", m.key(), "kind", m.Event.Type)
	return ev, false, nil
}

func (a *Adapter) botSaid(ctx context.Context, m arrival) (ev bot.Event, ok bool, err error) {
	ev = a.botBase(m, bot.Said)
	ev.Text = m.words(a.cfg.AIBot.Name)
	if !knownKinds[m.Type] {
		ev.Files = append(ev.Files, bot.File{Name: "这条消息", Kind: "file", Error: "wrong_type"})
	}
	files, err := a.fetchAll(ctx, errand{message: m.key(), by: a.person(m.From.User), since: m.came}, m.parts())
	ev.Files = append(ev.Files, files...)
	return ev, true, err
}

// knownKinds are those of which something is taken.
var knownKinds = map[string]bool{"text": true, "mixed": true, "image": true, "voice": true, "file": true, "video": true}

// tasted is what somebody thinks of an answer; one that was given an id names it.
func (a *Adapter) tasted(m arrival) (ev bot.Event, ok bool, err error) {
	t := m.Event.Taste
	emoji, ok := map[int]string{1: "👍", 2: "👎"}[t.Type]
	if !ok || t.ID == "" {
		return ev, false, nil
	}
	ev = a.botBase(m, bot.Reacted)
	ev.Message, ev.Emoji, ev.Text = t.ID, emoji, tidy(t.Content)
	return ev, true, nil
}

// botClick is a press on a card of the AI bot.
func (a *Adapter) botClick(m arrival) click {
	p := m.Event.Press
	c := click{message: m.message(), keys: []string{m.key()}, at: m.at(), channel: ChannelAIBot, sender: m.From.User, task: p.Task, key: p.Key, came: m.came}
	if m.group() {
		c.chat = m.Chat
	}
	for _, s := range p.Selected.Items {
		c.fields = choices(s.Question, s.Options.IDs, c.fields)
	}
	return c
}
