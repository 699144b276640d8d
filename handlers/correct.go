package handlers

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// knownLabel is what people call the moment the unit knew.
const knownLabel = "知悉时间"

// because is where the reason of a correction begins.
var because = regexp.MustCompile(`[\s，,。；;]*(?:原因|理由|因为)\s*[:：是]?\s*`)

// correct is 更正4 今天8点50，原因：看错了: nothing registered is written over; a second person has to agree.
func correct(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("更正", inc) {
		return t.mayNot("更正", inc)
	}
	what, reason := t.match.Rest, ""
	if m := because.FindStringIndex(what); m != nil {
		what, reason = what[:m[0]], limit(zh.Clean(what[m[1]:]))
	}
	row, s, err := t.formOf(inc)
	if err != nil {
		return err
	}
	field, value, known := t.corrected(what)
	if value == "" || reason == "" || (field == nil && !known) || s == nil && !known {
		return t.reply(t.Voice.AskCorrection(inc, t.Now))
	}
	var c *incident.Correction
	if known {
		c, err = t.knownAt(inc, value)
	} else {
		c, err = t.otherAnswer(row, s, field, value)
	}
	if c == nil || err != nil {
		return err
	}
	c.Reason = reason
	for _, id := range keptEvidence.FindAllString(t.match.Rest, -1) {
		if inc.HasEvidence(id) {
			c.Grounds = append(c.Grounds, id)
		}
	}
	c.Grounds = append(c.Grounds, witness.FindAllString(t.match.Rest, -1)...)
	if err := t.do(inc, incident.Act{Kind: incident.CorrectionAsked, Correction: c, Evidence: t.evidence()}); err != nil {
		return err
	}
	return t.tellHome("correction", "申请更正", t.Voice.CorrectionAsked(inc, t.correctionJudges(inc)))
}

// formOf is the form an incident was filed with, nil without one.
func (t *turn) formOf(inc *incident.Incident) (*store.FormRow, *form.Session, error) {
	row, err := t.Tx.FormOf(inc.Number)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	s, err := t.session(row)
	return row, s, err
}

// corrected reads 4 今天8点50, 发现时间 今天8点50, 知悉时间 今天8点.
func (t *turn) corrected(text string) (f *form.Field, value string, known bool) {
	text = strings.TrimLeft(strings.TrimSpace(text), "第 ")
	cut := func(word string) (string, bool) {
		rest, ok := strings.CutPrefix(text, word)
		return strings.Trim(rest, " 　:：为成，,"), ok
	}
	for _, word := range []string{knownLabel, "知悉"} {
		if rest, ok := cut(word); ok {
			return nil, rest, true
		}
	}
	for n := range t.s.form.Fields {
		f := &t.s.form.Fields[n]
		if rest, ok := cut(f.Label); ok {
			return f, rest, false
		}
	}
	if m := correctedNumber.FindStringSubmatch(zh.Fold(text)); m != nil {
		n, err := strconv.Atoi(m[1])
		at := slices.IndexFunc(t.s.form.Fields, func(f form.Field) bool { return f.N == n })
		if err == nil && at >= 0 {
			return &t.s.form.Fields[at], strings.Trim(m[2], " :：为成，,"), false
		}
	}
	return nil, "", false
}

var correctedNumber = regexp.MustCompile(`^(\d{1,2})(?:题|项|条|问)?\s*(\D[\s\S]*|[\s:：,，]\s*[\s\S]+)$`)

// knownAt reads the moment the unit knew. It is before now.
func (t *turn) knownAt(inc *incident.Incident, value string) (*incident.Correction, error) {
	when, ok := zh.FindTime(value, t.local())
	if !ok || when.At.IsZero() || when.Future || when.At.After(t.Now) {
		return nil, t.reply(t.Voice.AskCorrection(inc, t.Now))
	}
	c := &incident.Correction{Key: incident.KnownKey, Label: knownLabel, Text: value, New: t.moment(when.At), Known: when.At.UTC()}
	if !inc.KnownAt.IsZero() {
		c.Old = t.moment(inc.KnownAt)
	}
	return c, nil
}

func (t *turn) moment(at time.Time) string {
	return at.In(t.Rules.Calendar.Zone()).Format("2006-01-02 15:04")
}

// otherAnswer reads another answer to a question of the form. What does not fit is told, and nothing asked.
func (t *turn) otherAnswer(row *store.FormRow, s *form.Session, f *form.Field, value string) (*incident.Correction, error) {
	new, note := s.Corrected(f, form.Input{ID: "correct/" + t.Cause, At: t.at, Text: value})
	if note != nil {
		return nil, t.reply(t.Voice.NotCorrected(s, *note, t.Now))
	}
	before := answered(s)
	c := &incident.Correction{Key: f.RegistryKey(), Label: f.Label, Text: value, Old: zh.Mask(before[f.Key])}
	for _, l := range new.Lines() {
		if l.Key == f.Key {
			a := t.answer(new, l)
			c.Answer, c.New = &a, a.Text
		}
	}
	facts := t.s.facts(t.Work, new)
	c.Facts = &facts
	return c, nil
}

// correctionJudges are those who may agree: whoever works on it, but not who asks.
func (t *turn) correctionJudges(inc *incident.Incident) []string {
	var out []string
	for _, p := range []string{inc.Tracker, inc.Officer, inc.Head, inc.Deputy} {
		if c := inc.CorrectionWaiting(); p != "" && c != nil && p != c.By && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// decideCorrection is a yes or no of a second person.
func (t *turn) decideCorrection(inc *incident.Incident, yes bool) error {
	n, kind := inc.CorrectionWaiting().N, incident.CorrectionRefused
	if yes {
		kind = incident.CorrectionAgreed
	}
	act := incident.Act{Kind: kind, Text: zh.Clean(t.match.Rest), Person: inc.Reporter}
	if inc.CorrectionWaiting().Key == incident.KnownKey { // others knew before whoever reported it
		if unit, ok := t.Org.Unit(inc.Unit); ok && unit.Head != "" {
			act.Person = unit.Head
		}
	}
	risks := len(inc.Risks)
	if err := t.do(inc, act); err != nil {
		return err
	}
	c := inc.Corrections[n-1]
	if yes && c.Key != incident.KnownKey {
		if err := t.keepCorrected(inc, c); err != nil {
			return err
		}
	}
	if err := t.outdated(verdictOn(yes), "同意", "不同意"); err != nil {
		return err
	}
	if err := t.tellHome(fmt.Sprintf("corrected/%d", n), "更正答复", t.Voice.CorrectionDecided(inc, c)); err != nil {
		return err
	}
	if len(inc.Risks) > risks {
		return t.tellHome(fmt.Sprintf("corrected-risk/%d", n), "迟报风险", t.Voice.LateByCorrection(inc, inc.Risks[risks]))
	}
	return nil
}

// keepCorrected lets the form know as well, so that what is added later does not bring the old answer back.
func (t *turn) keepCorrected(inc *incident.Incident, c incident.Correction) error {
	row, s, err := t.formOf(inc)
	if s == nil || err != nil {
		return err
	}
	at := slices.IndexFunc(t.s.form.Fields, func(f form.Field) bool { return f.RegistryKey() == c.Key })
	if at < 0 {
		return nil
	}
	new, note := s.Corrected(&t.s.form.Fields[at], form.Input{ID: fmt.Sprintf("corrected/%d", c.N), At: c.At, Text: c.Text})
	if note != nil {
		return nil // the form itself was changed meanwhile
	}
	return t.keepForm(row, new)
}
