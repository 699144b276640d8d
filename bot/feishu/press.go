package feishu

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
)

// pressed is card.action.trigger:
// https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-callback-communication
type pressed struct {
	Operator account `json:"operator"`
	Token    string  `json:"token"` // lets its holder update the card for 30 minutes: a secret
	Action   struct {
		Value   json.RawMessage            `json:"value"`
		Tag     string                     `json:"tag"`
		Option  string                     `json:"option"`
		Options []string                   `json:"options"`
		Form    map[string]json.RawMessage `json:"form_value"`
	} `json:"action"`
	Context struct {
		Message string `json:"open_message_id"`
		Chat    string `json:"open_chat_id"`
	} `json:"context"`
}

// value is what a button says back. The platform returns it unchanged, but from a forwarded card, too, and
// names no topic: so it says where the card belongs.
type value struct {
	Say    string `json:"say"`
	Target string `json:"target,omitempty"`
	Chat   string `json:"chat,omitempty"`   // the group, as the organisation's id
	Thread string `json:"thread,omitempty"` // the topic; here: the one this card opened
	To     string `json:"to,omitempty"`     // in a private chat: whose
}

// here is the topic a card opens itself; its id is not known yet when the card is written.
const here = "."

// response is the answer to a press.
type response struct{ kind, words string }

func (r response) encode() []byte {
	if r.words == "" {
		return nothing
	}
	return encode(obj{"toast": obj{"type": r.kind, "content": r.words}})
}

const (
	// patience is what is left of the platform's 3 s: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/handle-card-callbacks
	patience = 2200 * time.Millisecond
	longest  = 200 // characters of a notice
)

// What a person is told when it is the adapter that answers.
const (
	toastWorking   = "收到，正在办，稍后在会话里答复您。"
	toastFailed    = "没有办成，请再点一次，或直接打字说。"
	toastElsewhere = "这张卡片是从别处转来的，请到原来的会话里操作。"
)

// handleCard stores a press and answers within the platform's 3 s. There is no second delivery: what takes
// longer goes on and is answered in the chat.
func (a *Adapter) handleCard(ctx context.Context, sink bot.Sink, env *envelope) (response, error) {
	ev, elsewhere, err := a.press(ctx, env)
	if err != nil {
		a.log.Warn("press not understood", "event", env.id(), "err", err)
		return response{"error", toastFailed}, nil
	}
	if elsewhere {
		a.log.Warn("press on a card outside its chat", "event", env.id(), "chat", ev.Place.Chat, "sender", ev.Sender)
		return response{"warning", toastElsewhere}, nil
	}
	if ev.Action.Name == "" {
		return response{}, nil
	}
	type result struct {
		toast string
		err   error
	}
	done := make(chan result, 1)
	own, cancel := context.WithTimeout(context.WithoutCancel(ctx), takingIn)
	go func() {
		defer cancel()
		toast, err := sink.Receive(own, ev)
		if err != nil {
			a.log.Error("press not stored", "event", env.id(), "err", err)
		}
		done <- result{toast, err}
	}()
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case r := <-done:
		if r.err != nil {
			return response{"error", toastFailed}, nil
		}
		return response{"info", clip(r.toast, longest)}, nil
	case <-timer.C:
		return response{"info", toastWorking}, nil
	}
}

// press brings a press into common words. elsewhere: the card was pressed outside the chat it was sent to.
func (a *Adapter) press(ctx context.Context, env *envelope) (ev bot.Event, elsewhere bool, err error) {
	var in pressed
	if err := json.Unmarshal(env.Event, &in); err != nil || in.Operator.OpenID == "" || in.Context.Message == "" {
		return ev, false, errMalformed
	}
	var keys []string
	if in.Token != "" {
		sum := sha256.Sum256([]byte(in.Token))
		keys = []string{"card/" + hex.EncodeToString(sum[:16])}
	}
	ev = env.event(bot.Pressed, keys...)
	ev.Message, ev.Sender, ev.ToBot = in.Context.Message, in.Operator.OpenID, true
	v := in.value()
	ev.Action = bot.Action{Name: v.Say, Target: v.Target, Fields: a.fields(in.Action.Form)}
	ev.Mentions = pickedPeople(ev.Action.Fields)
	ev.Place, elsewhere = a.placeOfCard(ctx, in, v)
	return ev, elsewhere, nil
}

// value is an object; some clients send it as a string. Of an overflow menu it is the option.
func (p pressed) value() value {
	var v value
	raw := p.Action.Value
	var text string
	if json.Unmarshal(raw, &text) == nil && text != "" {
		raw = []byte(text)
	}
	if p.Action.Option != "" && p.Action.Tag == "overflow" {
		raw = []byte(p.Action.Option)
	}
	if json.Unmarshal(raw, &v) != nil {
		return value{}
	}
	return v
}

// placeOfCard is where the card stands, by the chat the platform names and the place the card names.
func (a *Adapter) placeOfCard(ctx context.Context, in pressed, v value) (p bot.Place, elsewhere bool) {
	private := a.private(in.Operator.OpenID)
	if v.To != "" {
		_, _, isGroup := a.cfg.Directory.Group(in.Context.Chat)
		return private, isGroup || v.To != private.Person
	}
	if v.Chat == "" { // not one of ours, or without a button of ours
		if s, ok, err := a.placeOf(ctx, in.Context.Message); ok && err == nil && !s.place.Direct() {
			return s.place, false
		}
		return private, false
	}
	p = bot.Place{Platform: Name, Chat: a.group(in.Context.Chat), Thread: v.Thread}
	switch known, ok := a.places.get(in.Context.Message); {
	case v.Thread == here:
		p.Thread = in.Context.Message
	case v.Thread == "" && ok && known.place.Chat == p.Chat:
		p.Thread = known.place.Thread // it opened a topic where nobody expected one
	}
	return p, v.Chat != p.Chat
}

// fields are what was filled in. Several choices are joined by 、; times come without their offset, in the
// organisation's zone.
func (a *Adapter) fields(form map[string]json.RawMessage) map[string]string {
	if len(form) == 0 {
		return nil
	}
	out := make(map[string]string, len(form))
	for key, raw := range form {
		var text string
		var several []string
		var other any
		switch {
		case json.Unmarshal(raw, &text) == nil:
			out[key] = a.picked(text)
		case json.Unmarshal(raw, &several) == nil:
			out[key] = strings.Join(several, "、")
		case json.Unmarshal(raw, &other) == nil && other != nil:
			out[key] = fmt.Sprint(other)
		}
	}
	for key, picked := range out {
		if written, ok := strings.CutSuffix(key, pickSuffix); ok {
			out[written] = first(out[written], picked) // what was written says more
			delete(out, key)
		}
	}
	return out
}

// pickedPeople takes those who were picked from a list out of the fields: they come as accounts, as those do who are
// mentioned.
func pickedPeople(fields map[string]string) (accounts []string) {
	for key, text := range fields {
		if strings.HasPrefix(text, "ou_") && !strings.ContainsAny(text, " ,，、") {
			accounts, fields[key] = append(accounts, text), ""
		}
	}
	return accounts
}

// picked is a time somebody picked, 2026-01-05 09:30 +0800, as the organisation sees it; any other text is
// left alone. The offset is that of the person's device.
func (a *Adapter) picked(text string) string {
	t, err := time.Parse("2006-01-02 15:04 -0700", text)
	if err != nil {
		return text
	}
	return t.In(a.cfg.Zone).Format("2006-01-02 15:04")
}
