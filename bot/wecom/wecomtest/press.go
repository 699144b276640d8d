package wecomtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// Press lets somebody press a button of a card, by its words or its key, or choose an entry of its menu, with
// what was selected: questions and options by key or by words. It returns when the bot was told. What the
// card shows after that is in Message and its Shown: the answer of the app and of an AI bot that takes
// callbacks is there already, that of an AI bot on the socket when it has come.
func (p *Platform) Press(ctx context.Context, userID, messageID, button string, selected ...map[string][]string) error {
	p.mu.Lock()
	one, err := p.pressed(userID, messageID, button, selected)
	p.mu.Unlock()
	if err != nil {
		return err
	}
	p.deliver(ctx, one)
	return nil
}

func (p *Platform) pressed(userID, messageID, button string, selected []map[string][]string) (*parcel, error) {
	m, by := p.messages[messageID], p.member(userID)
	if m == nil || by == nil || m.Card == "" || m.Recalled || m.Dropped || !p.chats[m.Chat].has(userID) {
		return nil, fmt.Errorf("%s sees no card %q", userID, messageID)
	}
	shown := m.Shown(by.UserID)
	k := parseCard([]byte(shown.Card))
	key, menu, err := k.key(button, shown.Button)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", messageID, err)
	}
	chosen, err := k.chosen(selected)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", messageID, err)
	}
	if m.Channel == AIBot {
		return p.botPress(m, by, k, key, chosen), nil
	}
	return p.appPress(m, by, k, key, chosen, menu), nil
}

// key is the key behind a button that can be pressed.
func (k *card) key(button, replaced string) (key string, menu bool, err error) {
	var there []string
	if k.Menu != nil {
		for _, a := range k.Menu.List {
			if a.Text == button || a.Key == button {
				return a.Key, true, nil
			}
			there = append(there, a.Text)
		}
	}
	if replaced == "" && k.ReplaceText == "" {
		keys := slices.Clone(k.Buttons)
		if k.Submit != nil {
			keys = append(keys, *k.Submit)
		}
		for _, b := range keys {
			if (b.Text == button || b.Key == button) && b.Type == 0 {
				return b.Key, false, nil
			}
			there = append(there, b.Text)
		}
	}
	return "", false, fmt.Errorf("nothing to press named %q; there are %q", button, there)
}

// answer is what was chosen of one question.
type answer struct {
	question string
	options  []string
}

// chosen is what was selected, or what was so from the beginning.
func (k *card) chosen(selected []map[string][]string) (out []answer, err error) {
	for _, s := range k.choices() {
		one := answer{question: s.Key}
		given, ok := selectedFor(s, selected)
		for _, o := range s.Options {
			if ok && slices.ContainsFunc(given, func(v string) bool { return v == o.ID || v == o.Text }) || !ok && (o.Checked || o.ID == s.Selected && o.ID != "") {
				one.options = append(one.options, o.ID)
			}
		}
		if ok && len(one.options) != len(given) {
			return nil, fmt.Errorf("%q has no options %q", s.Key, given)
		}
		if s.Mode == 0 && len(one.options) > 1 {
			return nil, fmt.Errorf("%q takes one option", s.Key)
		}
		out = append(out, one)
	}
	return out, nil
}

func selectedFor(s cardSelect, selected []map[string][]string) ([]string, bool) {
	for _, all := range selected {
		for _, name := range []string{s.Key, s.Title} {
			if v, ok := all[name]; ok {
				return v, true
			}
		}
	}
	return nil, false
}

// botPress tells the AI bot, once (D/101027).
func (p *Platform) botPress(m *Message, by *Person, k *card, key string, chosen []answer) *parcel {
	a := p.told(toldPress, p.chats[m.Chat], by)
	a.card = m
	detail := object{"card_type": k.Type, "event_key": key, "task_id": k.TaskID}
	if len(chosen) > 0 {
		items := []object{}
		for _, one := range chosen {
			items = append(items, object{"question_key": one.question, "option_ids": object{"option_id": one.options}})
		}
		detail["selected_items"] = object{"selected_item": items}
	}
	return &parcel{channel: AIBot, kind: toldPress, ask: a, by: by, card: m, body: marshal(p.eventBody(a, detail)), most: 1}
}

// appPress tells the app, with a new response_code (D/90240).
func (p *Platform) appPress(m *Message, by *Person, k *card, key string, chosen []answer, menu bool) *parcel {
	event := toldPress
	if menu {
		event = "template_card_menu_event"
	}
	more := []field{{"EventKey", key}, {"TaskId", k.TaskID}, {"CardType", k.Type}, {"ResponseCode", p.cardCode(m.MsgID)}}
	var items []field
	for _, one := range chosen {
		var ids []field
		for _, id := range one.options {
			ids = append(ids, field{"OptionId", id})
		}
		items = append(items, field{"SelectedItem", []field{{"QuestionKey", one.question}, {"OptionIds", ids}}})
	}
	if len(items) > 0 {
		more = append(more, field{"SelectedItems", items})
	}
	one := p.appEvent(by, event, more...)
	one.card = m
	return one
}

// Buttons are the words of what a person can press on a card now.
func (p *Platform) Buttons(userID, messageID string) []string {
	m, ok := p.Message(messageID)
	if !ok {
		return nil
	}
	shown := m.Shown(userID)
	k := parseCard([]byte(shown.Card))
	return strings.FieldsFunc(k.keys(shown.Button), func(r rune) bool { return strings.ContainsRune("[] 〈〉⋯", r) })
}
