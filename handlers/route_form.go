package handlers

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// formWords mean something to a form first.
var formWords = map[string]bool{"同意": true, "帮助": true, "不同意": true, "媒体": true}

// commandFirst reports whether a command goes before the form in progress here. While the first questions
// are open it does when it is unmistakable: 延期到10点，检测报告未出 is a command, 延期交房业主拉横幅 a title.
func (t *turn) commandFirst(row *store.FormRow, match bot.Match[handler]) (bool, error) {
	switch {
	case row == nil:
		return true, nil
	case row.Incident != "" && t.formDone(row): // only additions are asked for
		return !formWords[match.Command.Name], nil
	case match.Number != "":
		return t.isNumber(match)
	case formWords[match.Command.Name], match.Command.Name == "补充", match.Command.Name == onCard, form.IsCommand(t.ev.Text), form.Corrects(t.ev.Text):
		return false, nil
	case match.Command.Name == "收到":
		return t.called(match.Rest)
	case match.Rest == "":
		return true, nil
	}
	return t.onlyCommand(match)
}

// isNumber reports a number that names a signal, or an incident, whole or one the person sees.
func (t *turn) isNumber(match bot.Match[handler]) (bool, error) {
	if len(match.Number) > 4 || strings.HasPrefix(match.Number, "S-") {
		return true, nil
	}
	numbers, err := t.Tx.FindNumbers(match.Number)
	if err != nil {
		return false, err
	}
	for _, n := range numbers {
		inc, err := t.Tx.Incident(n)
		if err != nil {
			return false, err
		}
		if t.MaySee(inc, t.person) {
			return true, nil
		}
	}
	return false, nil
}

// onMyWay is what people say along with 收到 when they acknowledge; 收到顾客投诉 is a report.
var onMyWay = regexp.MustCompile(`^(?:我|马上|这就|立即|现在|好)\S{0,7}$`)

// called reports an incident that waits for this person's acknowledgment.
func (t *turn) called(along string) (bool, error) {
	if along != "" && !onMyWay.MatchString(along) {
		return false, nil
	}
	open, err := t.Tx.OpenIncidents()
	return slices.ContainsFunc(open, func(inc *incident.Incident) bool { return !inc.Acked() && t.MayAck(inc, t.person) }), err
}

// onlyCommand reports words after a command that make no sense as an answer, said by somebody who has an
// incident in hand.
func (t *turn) onlyCommand(match bot.Match[handler]) (bool, error) {
	switch match.Command.Name {
	case "延期":
		if when, _, ok := zh.CutFuture(strings.TrimPrefix(match.Rest, "到"), t.local()); !ok || when.At.IsZero() {
			return false, nil
		}
	case "移交", "转办":
		if _, _, ok := t.findPerson(match.Rest); !ok {
			return false, nil
		}
	default:
		if !apart(t.ev.Text, match.Rest) {
			return false, nil
		}
	}
	open, err := t.Tx.OpenIncidents()
	return slices.ContainsFunc(open, func(inc *incident.Incident) bool {
		return slices.Contains([]string{inc.Officer, inc.Tracker, inc.Backup, inc.Head, inc.Deputy}, t.person)
	}), err
}

// apart reports a space or a mark between a command and what came with it.
func apart(text, rest string) bool {
	before, _, ok := strings.Cut(text, rest)
	r, _ := utf8.DecodeLastRuneInString(before)
	return ok && (unicode.IsSpace(r) || unicode.IsPunct(r) || strings.ContainsRune("＋+～~", r))
}
