package wecom

import (
	"context"
	"encoding/json"
	"time"
)

// What a card of the AI bot has room for, in characters: https://developer.work.weixin.qq.com/document/path/101032
const (
	subTitleRoom = 112
	descRoom     = 30
)

// pressAnswer is the update of a card somebody pressed, for the eyes of that person: the notice above, and
// without the button. Others see the card as it was, with all they may press. Nil: nothing is changed, because
// there is nothing to say or the card is not known any more; what there is to say comes as a message anyway.
// https://developer.work.weixin.qq.com/document/path/101031
func (a *Adapter) pressAnswer(m arrival, toast string) obj {
	press := m.Event.Press
	ctx, cancel := context.WithTimeout(context.Background(), cardLookup)
	defer cancel()
	card, ok := a.cardOf(ctx, press.Task)
	if !ok || toast == "" {
		return nil
	}
	return obj{"response_type": "update_template_card", "userids": []string{m.From.User}, "template_card": pressedCard(card, press.Key, toast)}
}

// pressedCard is a card with a notice, and without the button that brought it, unless it was the only one.
func pressedCard(card obj, key, toast string) obj {
	if card["card_type"] == "button_interaction" {
		before, _ := card["sub_title_text"].(string)
		if before != "" {
			toast += "\n" + before
		}
		card["sub_title_text"] = clip(toast, subTitleRoom)
	} else if title, ok := card["main_title"].(map[string]any); ok {
		title["desc"] = clip(toast, descRoom)
	}
	buttons, _ := card["button_list"].([]any)
	var left []any
	for _, b := range buttons {
		if one, ok := b.(map[string]any); !ok || one["key"] != key {
			left = append(left, b)
		}
	}
	if len(left) > 0 {
		card["button_list"] = left
	}
	return card
}

const (
	cardLookup = 500 * time.Millisecond
	cardLife   = 72 * time.Hour
)

// keepCard remembers a card of the AI bot as it was sent, so that a press on it can be answered: the platform
// changes a card in answer to a press only, and wants all of it again.
func (a *Adapter) keepCard(ctx context.Context, task string, card any) {
	text := string(encode(card))
	a.cards.put(task, text)
	if err := a.cfg.Shared.SetToken(ctx, "wecom/card/"+task, text, cardLife); err != nil {
		a.log.Warn("card not kept", "err", err)
	}
}

// cardOf is a card as it was sent.
func (a *Adapter) cardOf(ctx context.Context, task string) (card obj, ok bool) {
	text, ok := a.cards.get(task)
	if !ok {
		var err error
		if text, ok, err = a.cfg.Shared.Token(ctx, "wecom/card/"+task); err != nil {
			a.log.Warn("card not known", "err", err)
		}
	}
	return card, ok && json.Unmarshal([]byte(text), &card) == nil && card != nil
}
