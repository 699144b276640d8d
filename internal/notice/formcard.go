package notice

import (
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/zh"
)

// sheet is all of pass 1 on one card. Where a card cannot be filled in, its text says how to do the same
// in one message.
func (v Voice) sheet(s *form.Session, r form.Reply, now time.Time) bot.Message {
	rows := s.Sheet(r.Notes)
	lines := []string{"可以一条消息答完，序号照写："}
	f := &bot.Form{Name: "report", Submit: bot.Button{Label: "填好了", Say: "填好了", Primary: true}}
	for _, row := range rows {
		lines = append(lines, circled(row.Field.N)+row.Field.Label+"（如“"+row.Field.Example+"”）")
		f.Inputs = append(f.Inputs, v.input(s, row, now))
	}
	for _, n := range r.Notes {
		if text := v.formNote(s, n, now); text != "" && n.Kind == form.Refused {
			lines = append([]string{text}, lines...)
		}
	}
	m := said(strings.Join(lines, "\n"))
	m.Card = &bot.Card{Head: s.Form().Title, Lines: lines, Form: f, Foot: "也可以一问一答：回“继续”。"}
	m.Text = Flatten(*m.Card)
	return m
}

func (v Voice) input(s *form.Session, row form.Sheet, now time.Time) bot.Input {
	f := row.Field
	in := bot.Input{Key: f.Key, Label: circled(f.N) + " " + f.Label, Hint: f.Short, Required: true, Kind: bot.InputText}
	for _, value := range row.Value {
		in.Value = append(in.Value, zh.Mask(value))
	}
	switch f.Type {
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
	if row.Refused != nil {
		in.Error = v.notTaken(s, *row.Refused, now)
	}
	return in
}
