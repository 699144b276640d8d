package wecom

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"fenghuo/bot"
)

// value is what a button says back, as the key of the button. It says where the card belongs: a forwarded
// card is pressed elsewhere.
type value struct {
	Say    string `json:"say"`
	Target string `json:"target,omitempty"`
	Chat   string `json:"chat,omitempty"` // the group, as the organisation's id
	To     string `json:"to,omitempty"`   // in a private chat: whose
}

// readValue is the button's key; what is no key of ours says nothing.
func readValue(key string) value {
	var v value
	if json.Unmarshal([]byte(key), &v) != nil {
		return value{}
	}
	return v
}

const (
	// patience is what is left of the platform's 5 s: https://developer.work.weixin.qq.com/document/path/101027
	patience = 4 * time.Second
	longest  = 100 // characters of a notice; a card shows them
)

// What a person is told when it is the adapter that answers.
const (
	toastWorking   = "收到，正在办，稍后在会话里答复您。"
	toastFailed    = "没有办成，请再点一次，或直接打字说。"
	toastElsewhere = "这张卡片是从别处转来的，请到原来的会话里操作。"
)

// click is a press of a button of either kind of card.
type click struct {
	message string // id of the event
	keys    []string
	at      time.Time
	sender  string
	channel string
	chat    string // the platform's id; empty: a private chat
	task    string
	key     string // the button's
	fields  map[string]string
	came    time.Time
}

// once is the key under which a press is taken once: one person's press of one button of one card in one
// second. The same button pressed again later is another press.
func (c click) once() string {
	return "card/" + fingerprint([]any{c.task, strings.ToLower(c.sender), c.key, c.at.Unix()})
}

// pressed brings a press into common words. ok is false for a button that says nothing; elsewhere: the card
// was pressed outside the chat it was sent to.
func (a *Adapter) pressed(c click) (ev bot.Event, ok, elsewhere bool) {
	v := readValue(c.key)
	ev = bot.Event{Platform: Name, Keys: c.keys, Kind: bot.Pressed, At: c.at, Message: c.message, Sender: c.sender, ToBot: true,
		Action: bot.Action{Name: v.Say, Target: v.Target, Fields: c.fields}}
	if !c.at.IsZero() {
		ev.Keys = append(ev.Keys, c.once())
	} else {
		ev.At = c.came
	}
	ev.Place = a.private(c.sender, c.channel)
	if c.chat != "" {
		ev.Place = a.inGroup(c.chat)
	}
	return ev, v.Say != "" && c.sender != "", v.Chat != ev.Place.Chat || v.To != ev.Place.Person
}

// press stores a press and gives the short notice for who pressed. There is no second delivery: what takes
// longer than the platform waits goes on, and is answered in the chat. done is closed when it is over.
func (a *Adapter) press(ctx context.Context, sink bot.Sink, c click) (toast string, done <-chan struct{}) {
	over := make(chan struct{})
	ev, ok, elsewhere := a.pressed(c)
	if !ok || elsewhere {
		defer close(over)
		if !ok {
			a.log.Warn("press not understood", "event", c.message)
			return "", over
		}
		a.log.Warn("press on a card outside its chat", "event", c.message, "chat", ev.Place.Chat, "sender", c.sender)
		return toastElsewhere, over
	}
	said := make(chan string, 1)
	go func() {
		defer close(over)
		toast, err := a.store(context.WithoutCancel(ctx), sink, ev)
		if err != nil {
			toast = toastFailed
		}
		said <- toast
	}()
	timer := time.NewTimer(patience - a.now().Sub(c.came))
	defer timer.Stop()
	select {
	case toast := <-said:
		return clip(strings.TrimSpace(toast), longest), over
	case <-timer.C:
		return toastWorking, over
	}
}

// choices are what was selected on a card, by question. Several are joined by 、.
func choices(question string, options []string, into map[string]string) map[string]string {
	if question == "" {
		return into
	}
	if into == nil {
		into = map[string]string{}
	}
	into[question] = strings.Join(options, "、")
	return into
}
