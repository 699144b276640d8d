package wecom

import (
	"strings"
	"unicode/utf8"

	"fenghuo/bot"
)

// room is what a template_card shows, in characters, and how many parts it has: of the app's
// (https://developer.work.weixin.qq.com/document/path/90236) and of the AI bot's
// (https://developer.work.weixin.qq.com/document/path/101032).
type room struct{ title, desc, sub, source int }

var (
	appRoom = room{title: 36, desc: 44, sub: 160, source: 20}
	botRoom = room{title: 26, desc: 30, sub: 112, source: 13}
)

const (
	mostButtons = 6
	mostRows    = 6
	buttonRoom  = 10
	keyRoom     = 5
	valueRoom   = 30
	mostKey     = 1024 // bytes of what a button says back
)

// drawCard is a message as a card with buttons, or with questions. ok is false when it has none, or says more than a card shows:
// then its words are sent, with what can be typed.
func drawCard(out bot.Outgoing, task string, r room) (card obj, ok bool) {
	c := out.Message.Card
	if c != nil && c.Stale == "" && c.Form != nil {
		card, ok := drawForm(out, task, r)
		if ok || len(c.Buttons) == 0 {
			return card, ok
		}
	}
	if c == nil || c.Stale != "" || len(c.Buttons) == 0 || len(c.Buttons) > mostButtons {
		return nil, false
	}
	title, desc := c.Title, c.Head
	if title == "" {
		title, desc = c.Head, ""
	}
	sub := strings.Join(c.Lines, "\n")
	rows, fit := cardRows(c)
	if title == "" || !fit || utf8.RuneCountInString(sub) > r.sub || utf8.RuneCountInString(desc) > r.desc {
		return nil, false
	}
	buttons, fit := cardButtons(c.Buttons, out.Place)
	if !fit {
		return nil, false
	}
	main := obj{"title": clip(title, r.title)}
	if desc != "" {
		main["desc"] = desc
	}
	card = obj{"card_type": "button_interaction", "task_id": task, "main_title": main, "button_list": buttons}
	if sub != "" {
		card["sub_title_text"] = sub
	}
	if len(rows) > 0 {
		card["horizontal_content_list"] = rows
	}
	return card, true
}

// cardRows are the facts, who and the clock.
func cardRows(c *bot.Card) (rows []obj, fit bool) {
	facts := append([]bot.Fact{}, c.Facts...)
	if label, who, ok := strings.Cut(c.Who, "："); ok {
		facts = append(facts, bot.Fact{Label: label, Value: who})
	}
	if c.Clock != "" {
		facts = append(facts, bot.Fact{Label: "时限", Value: c.Clock})
	}
	for _, f := range facts {
		if f.Value == "" {
			continue
		}
		if utf8.RuneCountInString(f.Label) > keyRoom || utf8.RuneCountInString(f.Value) > valueRoom {
			return nil, false
		}
		rows = append(rows, obj{"keyname": f.Label, "value": f.Value})
	}
	return rows, len(rows) <= mostRows
}

// The looks of a button.
const (
	primaryButton = 1
	plainButton   = 4
)

func cardButtons(bs []bot.Button, place bot.Place) (out []obj, fit bool) {
	for _, b := range bs {
		v := value{Say: b.Say, Target: b.Target, Chat: place.Chat}
		if place.Direct() {
			v.To = place.Person
		}
		key, style := string(encode(v)), plainButton
		if b.Primary {
			style = primaryButton
		}
		if len(key) > mostKey || utf8.RuneCountInString(b.Label) > buttonRoom {
			return nil, false
		}
		out = append(out, obj{"text": b.Label, "style": style, "key": key})
	}
	return out, true
}
