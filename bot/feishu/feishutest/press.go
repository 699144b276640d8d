package feishutest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"
)

// Press is one use of a card: of a button, an entry of a menu, a selection.
type Press struct {
	By      string // open_id
	Message string
	Label   string         // a button's text or name, the text of a menu's entry, or the name of a selection outside of forms
	Form    map[string]any // what was filled in, by name or label; people and options by name or id
	Option  any            // what was chosen, for a selection
	State   int            // which State of the card was on the screen, 1 the first; 0: the present one
	Value   map[string]any // instead of what the card holds: a forged or forwarded one
}

// Answer is what the person sees after it.
type Answer struct {
	Toast, ToastType string
	Card             string // the card's new content, empty if it stayed
	Failed           int    // the client's error number, such as 200341; 0 is none
	Why              error  // what is behind Failed
	Token            string // the update token the app was given
}

// clickFor is how long a card of schema 2.0 can be used.
const clickFor = 14 * 24 * time.Hour

// Presses lets somebody press a button, with a form filled in or not.
func (p *Platform) Presses(ctx context.Context, openID, messageID, label string, form ...map[string]any) (Answer, error) {
	press := Press{By: openID, Message: messageID, Label: label}
	if len(form) > 0 {
		press.Form = form[0]
	}
	return p.Press(ctx, press)
}

// Press uses a card. An error means the client would not have let the person do it; what goes wrong at the
// app is in the answer.
func (p *Platform) Press(ctx context.Context, in Press) (Answer, error) {
	p.mu.Lock()
	ev, token, err := p.pressed(in)
	p.mu.Unlock()
	if err != nil {
		return Answer{}, err
	}
	body, err := p.carry(ctx, ev)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.updates[token].answered = true
	d := Delivery{EventID: ev.id, Type: ev.kind, Try: 1, At: ev.at, Took: p.now().Sub(ev.at), Err: err, Lost: err != nil}
	p.journal = append(p.journal, d)
	a := Answer{Token: token}
	if err != nil {
		a.Failed, a.Why = clientCode(err), err
		return a, nil
	}
	return p.answered(a, p.messages[in.Message], body), nil
}

// clientCode is the number the client shows (feishu-cards/handle-card-callbacks).
func clientCode(err error) int {
	var status statusError
	var op *net.OpError
	switch {
	case errors.Is(err, errNoApp):
		return 200340
	case errors.Is(err, errTooOld):
		return 200341
	case errors.As(err, &status):
		return 200671
	case errors.As(err, &op):
		return 200342
	}
	return 200341
}

// answered shows the toast and the card of an answer. The caller holds the lock.
func (p *Platform) answered(a Answer, m *Message, body []byte) Answer {
	var in struct {
		Toast *struct{ Type, Content string }
		Card  *struct {
			Type string
			Data json.RawMessage
		}
	}
	fail := func(code int, err error) Answer {
		a.Failed, a.Why = code, err
		return a
	}
	if len(body) == 0 { // an acknowledgment without data leaves the card as it is
		return a
	}
	if err := json.Unmarshal(body, &in); err != nil {
		return fail(200672, err)
	}
	if in.Toast != nil {
		if !among(in.Toast.Type, "info success error warning") && in.Toast.Type != "" {
			return fail(200672, fmt.Errorf("toast.type %q", in.Toast.Type))
		}
		a.Toast, a.ToastType = in.Toast.Content, in.Toast.Type
	}
	if in.Card == nil {
		return a
	}
	content := string(in.Card.Data)
	if in.Card.Type != "raw" {
		return fail(200672, fmt.Errorf("card.type %q", in.Card.Type))
	}
	if isV2(m.Content) && !isV2(content) {
		return fail(200830, errors.New("2.0 can only be replaced by 2.0"))
	}
	if err := p.replace(m, p.chats[m.ChatID], content, "callback"); err != nil {
		return fail(200673, err)
	}
	a.Card = content
	return a
}

// pressed makes the callback of a press (feishu-cards/card-callback-communication).
func (p *Platform) pressed(in Press) (ev *event, token string, err error) {
	m, err := p.messageFor(in.By, in.Message)
	switch {
	case err != nil:
		return nil, "", err
	case m.Type != "interactive":
		return nil, "", fmt.Errorf("%s is no card", m.ID)
	case p.now().Sub(m.Sent) > clickFor:
		return nil, "", fmt.Errorf("%s is a card of more than 14 days", m.ID)
	}
	action, err := p.action(m, in)
	if err != nil {
		return nil, "", err
	}
	token = p.next("c-")
	p.updates[token] = &updateToken{message: m.ID, ends: p.now().Add(updateFor)}
	who := p.ids(in.By)
	who["tenant_key"] = p.opt.TenantKey
	return p.newEvent("card.action.trigger", object{"operator": who, "token": token, "action": action, "host": "im_message", "delivery_type": "",
		"context": object{"url": "", "preview_token": "", "open_message_id": m.ID, "open_chat_id": m.ChatID}}), token, nil
}

func (p *Platform) action(m *Message, in Press) (object, error) {
	if in.Value != nil {
		return object{"tag": "button", "value": in.Value, "timezone": "Asia/Shanghai", "name": in.Label}, nil
	}
	content := m.Content
	if in.State > 0 && in.State <= len(m.States) {
		content = m.States[in.State-1].Content
	}
	part, form := control(content, in.Label)
	if part == nil {
		return nil, fmt.Errorf("%s shows nothing to press named %q; there are %q", m.ID, in.Label, Buttons(content))
	}
	if part["disabled"] == true {
		return nil, fmt.Errorf("%q is disabled", in.Label)
	}
	value, called := callback(part)
	if !called && form == nil {
		return nil, fmt.Errorf("%q has no callback", in.Label)
	}
	action := object{"tag": part["tag"], "timezone": "Asia/Shanghai"}
	if value != nil {
		action["value"] = value
	}
	if name, ok := part["name"].(string); ok {
		action["name"] = name
	}
	if form != nil && part["tag"] == "button" {
		if part["form_action_type"] != "submit" {
			return nil, fmt.Errorf("%q does not submit the form", in.Label)
		}
		filled, err := p.filled(form, in.Form)
		action["form_value"] = filled
		return action, err
	}
	return action, p.chosen(action, part, in.Option, in.Label)
}

// chosen puts the choice where its kind has it.
func (p *Platform) chosen(action, part object, option any, label string) error {
	if part["tag"] == "button" || part["tag"] == "interactive_container" {
		return nil
	}
	if part["tag"] == "overflow" && option == nil {
		option = label
	}
	v, err := p.fill(part, option)
	switch tag, _ := part["tag"].(string); tag {
	case "input":
		action["input_value"] = v
	case "checker":
		action["checked"] = v
	case "multi_select_static", "multi_select_person":
		action["options"] = v
	default:
		action["option"] = v
	}
	return err
}

// callback is the value of a component's callback behavior.
func callback(part object) (value any, ok bool) {
	list, _ := part["behaviors"].([]any)
	for _, v := range list {
		if b, _ := v.(object); b["type"] == "callback" {
			return b["value"], true
		}
	}
	return nil, false
}
