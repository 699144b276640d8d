package notice

import (
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/zh"
)

// sheet is all of pass 1 on one card. Where a card cannot be filled in, its text says how to do the same
// in one message.
func (v Voice) sheet(s *form.Session, r form.Reply, now time.Time) bot.Message {
	rows := s.Sheet(r.Notes)
	var lines []string
	f := &bot.Form{Name: "report", Submit: bot.Button{Label: "填好了", Say: "填好了", Primary: true}}
	for _, row := range rows {
		f.Inputs = append(f.Inputs, v.input(s, row, now))
	}
	for _, n := range r.Notes {
		if text := v.formNote(s, n, now); text != "" && n.Kind == form.Refused {
			lines = append(lines, text)
		}
	}
	return carded(bot.Card{Head: s.Form().Title, Lines: lines, Form: f, Foot: "也可以一问一答：回“继续”。"})
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
	if row.Refused != nil {
		in.Error = v.notTaken(s, *row.Refused, now)
	}
	return in
}
