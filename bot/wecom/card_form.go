package wecom

import (
	"strings"
	"unicode/utf8"

	"fenghuo/bot"
)

// What questions on a card have room for: https://developer.work.weixin.qq.com/document/path/90236,
// https://developer.work.weixin.qq.com/document/path/101032
const (
	mostSelects  = 3   // questions that take one answer
	mostOptions  = 10  // of each
	mostChecks   = 20  // options of the one question that takes several
	optionRoom   = 10  // characters of an option
	mostOptionID = 128 // bytes
)

// drawForm is a question as a card: one that takes several answers as boxes to tick (vote_interaction), up to
// three that take one each as lists to choose from (multiple_interaction). ok is false for anything else: then
// its words are sent, which say how to answer in words.
func drawForm(out bot.Outgoing, task string, r room) (card obj, ok bool) {
	c := out.Message.Card
	title, sub := c.Title, strings.Join(c.Lines, "\n")
	if title == "" {
		title = c.Head
	}
	submit, fit := cardButtons([]bot.Button{c.Form.Submit}, out.Place)
	if len(c.Buttons) > 0 || title == "" || !fit || utf8.RuneCountInString(sub) > r.sub {
		return nil, false
	}
	card = obj{"task_id": task, "main_title": obj{"title": clip(title, r.title)}, "submit_button": obj{"text": submit[0]["text"], "key": submit[0]["key"]}}
	if sub != "" {
		card["sub_title_text"] = sub
	}
	inputs := c.Form.Inputs
	if len(inputs) == 1 && inputs[0].Kind == bot.InputChoices {
		card["card_type"], card["checkbox"], fit = boxes(inputs[0])
		return card, fit
	}
	card["card_type"], card["select_list"], fit = selects(inputs)
	return card, fit
}

// boxes are the options of a question that takes several.
func boxes(in bot.Input) (kind string, box obj, fit bool) {
	options, fit := cardOptions(in, mostChecks)
	for n := range options {
		options[n]["is_checked"] = false
		for _, v := range in.Value {
			if v == options[n]["id"] {
				options[n]["is_checked"] = true
			}
		}
	}
	return "vote_interaction", obj{"question_key": in.Key, "mode": 1, "option_list": options}, fit
}

// selects are questions that take one answer each.
func selects(inputs []bot.Input) (kind string, list []obj, fit bool) {
	for _, in := range inputs {
		options, fits := cardOptions(in, mostOptions)
		if in.Kind != bot.InputChoice || !fits || len(in.Value) > 1 {
			return "", nil, false
		}
		one := obj{"question_key": in.Key, "title": clip(in.Label, optionRoom), "option_list": options}
		if len(in.Value) == 1 {
			one["selected_id"] = in.Value[0]
		}
		list = append(list, one)
	}
	return "multiple_interaction", list, len(list) > 0 && len(list) <= mostSelects
}

// cardOptions are what can be chosen, each known by its words.
func cardOptions(in bot.Input, most int) (options []obj, fit bool) {
	for _, o := range in.Options {
		if utf8.RuneCountInString(o) > optionRoom || len(o) > mostOptionID {
			return nil, false
		}
		options = append(options, obj{"id": o, "text": o})
	}
	return options, len(options) > 0 && len(options) <= most
}
