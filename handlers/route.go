package handlers

import (
	"errors"
	"slices"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/notice"
	"fenghuo/store"
)

// route picks what answers the event: button, command, form in progress here, and at last one short
// "did you mean". In that order; a form being filled keeps words of its own from being taken as commands.
func (t *turn) route() error {
	switch t.ev.Kind {
	case bot.Reacted:
		return t.reacted()
	case bot.Read:
		return t.read()
	case bot.Recalled:
		return t.recalled()
	case bot.Edited:
		return t.edited()
	case bot.Joined:
		return t.joined()
	case bot.Parted:
		return t.Parted(t.ev.Place, t.person)
	case bot.Left:
		return t.Gone(t.ev.Place)
	case bot.Pressed:
		return t.pressed()
	}
	row, err := t.Tx.ActiveForm(t.person, t.ev.Place.Key())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	match, ok := t.s.router.Find(t.ev.Text)
	if ok {
		first, err := t.commandFirst(row, match)
		if err != nil {
			return err
		}
		if first {
			t.match = match
			return match.Command.Do(t)
		}
	}
	if row != nil {
		if ok && match.Command.Name == "收到" && match.Rest == "" { // said out of politeness, not as a name of a place
			return t.heardElsewhere(row)
		}
		return t.answerForm(row)
	}
	return t.talk()
}

func (t *turn) pressed() error {
	a := t.ev.Action
	text := a.Name
	if a.Target != "" {
		text = strings.TrimSpace(a.Target + " " + text + " " + written(a.Fields))
	}
	t.ev.Text, t.ev.ToBot = text, true
	match, ok := t.s.router.Find(text)
	row, err := t.Tx.ActiveForm(t.person, t.ev.Place.Key())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if row == nil && ok && match.Command.Name == onCard { // the button stands on somebody else's question
		t.toast = t.Voice.NotYourForm().Text
		return nil
	}
	if ok {
		first, err := t.commandFirst(row, match)
		if err != nil {
			return err
		}
		if a.Target != "" || first {
			t.match = match
			return match.Command.Do(t)
		}
	}
	if row != nil {
		t.ev.Text = a.Name
		return t.answerForm(row)
	}
	if len(a.Fields) > 0 || form.IsCommand(a.Name) || form.Corrects(a.Name) {
		t.toast = t.Voice.NotYourForm().Text
		return nil
	}
	t.toast = t.Voice.DidYouMean("").Text
	return nil
}

// written is what was filled in on a card that goes with a command.
func written(fields map[string]string) string {
	text := strings.TrimSpace(fields[notice.FieldChoice] + " " + fields[notice.FieldText])
	for _, label := range slices.Concat(notice.VerificationFields, notice.TalkFields) {
		if value := strings.TrimSpace(fields[label]); value != "" {
			text += "；" + label + "：" + strings.ReplaceAll(value, "；", "，")
		}
	}
	text = strings.TrimPrefix(text, "；")
	when, err := time.Parse("2006-01-02 15:04", fields[notice.FieldWhen])
	if err != nil {
		return text
	}
	return when.Format("1月2日15:04") + "，" + text
}

// talk answers what is neither command nor answer. People talking to one another in an incident's
// topic are left alone, unless their words tell of a material change.
func (t *turn) talk() error {
	if resumed, err := t.formElsewhere(); resumed || err != nil {
		return err
	}
	inc, err := t.incidentHere()
	if err != nil {
		return err
	}
	if inc == nil && t.ev.ToBot {
		if done, err := t.addByReference(); done || err != nil {
			return err
		}
	}
	if inc != nil && !inc.State.Over() {
		if done, err := t.overhear(inc); done || err != nil {
			return err
		}
	}
	for _, f := range t.ev.Files {
		if f.Error != "" {
			return t.reply(t.Voice.FileTrouble(f.Name, f.Error))
		}
	}
	if !t.ev.ToBot {
		return nil
	}
	near, _ := t.s.router.Nearest(t.ev.Text)
	return t.reply(t.Voice.DidYouMean(near.Name))
}
