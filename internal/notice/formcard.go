package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/zh"
)

// SheetForm names the card with all questions of pass 1.
const SheetForm = "report"

// sheet is all of pass 1 on one card. Where a card cannot be filled in, its text says how to do the same
// in one message.
func (v Voice) sheet(s *form.Session, r form.Reply, now time.Time) bot.Message {
	rows := s.Sheet(r.Notes)
	var lines []string
	f := &bot.Form{Name: SheetForm, Submit: bot.Button{Label: "填好了", Say: "填好了", Primary: true}}
	for _, row := range rows {
		f.Inputs = append(f.Inputs, v.input(s, row, now))
	}
	for _, n := range r.Notes {
		if text := v.formNote(s, n, now); text != "" && n.Kind == form.Refused {
			lines = append(lines, text)
		}
	}
	m := carded(bot.Card{Head: s.Form().Title, Lines: lines, Form: f, Foot: "也可以一问一答：回“继续”。"})
	lines = append(lines, "可以一条消息答完，序号照写：")
	for _, in := range f.Inputs {
		lines = append(lines, in.Label+"（"+in.Hint+"）")
	}
	m.Text = zh.Mask(Flatten(bot.Card{Head: m.Card.Head, Lines: lines, Foot: m.Card.Foot}))
	return m
}

// pick is a question one can answer by choosing: a few options are buttons, many are a list. A button says
// which question it answers, so that pressed late it is no answer to another.
func (v Voice) pick(s *form.Session, f *form.Field, lines []string) bot.Message {
	place := counter(s, f)
	last := len(lines) - 1
	lines[last] = strings.TrimPrefix(lines[last], place+" ")
	m := carded(bot.Card{Head: place + " " + f.Label, Lines: lines})
	if len(f.Options) <= 4 && f.Type == form.Choice {
		for _, o := range f.Options {
			m.Card.Buttons = append(m.Card.Buttons, bot.Button{Label: o.Name, Say: fmt.Sprintf("改%d %s", f.N, o.Name)})
		}
		return m
	}
	in := bot.Input{Key: f.Key, Label: f.Label, Kind: bot.InputChoice, Required: true}
	if f.Type != form.Choice {
		in.Kind = bot.InputChoices
	}
	for _, o := range f.Options {
		in.Options = append(in.Options, o.Name)
	}
	m.Card.Form = &bot.Form{Name: "question", Inputs: []bot.Input{in}, Submit: bot.Button{Label: "选好了", Say: "填好了", Primary: true}}
	return m
}

func (v Voice) input(s *form.Session, row form.Sheet, now time.Time) bot.Input {
	f := row.Field
	in := bot.Input{Key: f.Key, Label: circled(f.N) + " " + f.Label, Hint: f.Short, Required: true, Kind: bot.InputText}
	for _, value := range row.Value {
		in.Value = append(in.Value, zh.Mask(value))
	}
	switch f.Type {
	case form.Text:
		in.Hint = "如“" + f.Example + "”"
	case form.Choice:
		in.Kind = bot.InputChoice
	case form.Multi, form.Platform:
		in.Kind = bot.InputChoices
	case form.Time:
		in.Kind = bot.InputTime
	}
	for _, o := range f.Options {
		in.Options = append(in.Options, o.Name)
	}
	if f.Type == form.Unit {
		in.Options = row.Offer
	}
	if row.Refused != nil {
		in.Error = v.notTaken(s, *row.Refused, now)
	}
	return in
}
