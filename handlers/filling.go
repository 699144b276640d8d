package handlers

import (
	"errors"
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

func formSubject(row *store.FormRow) string { return fmt.Sprintf("form/%d", row.ID) }

// formDone reports a form whose first pass was submitted: what is asked now is additions.
func (t *turn) formDone(row *store.FormRow) bool {
	s, err := t.session(row)
	return err == nil && s.Submitted()
}

// answerForm takes what was said as an answer in the form that is filled here.
func (t *turn) answerForm(row *store.FormRow) error {
	s, err := t.session(row)
	if err != nil {
		return err
	}
	if s.Passes(t.input(t.ev.Text)) {
		return t.besides(row, s)
	}
	return t.heard(row, s, t.ev.Text)
}

// besides takes words said while a form only offers to take more: to the bot they are an addition, among
// people they are talk.
func (t *turn) besides(row *store.FormRow, s *form.Session) error {
	if !t.ev.ToBot && !t.ev.Place.Direct() {
		return t.talk()
	}
	t.match.Rest = t.ev.Text
	return t.supplementWords(row, s)
}

// heard lets a form hear something and does what follows from it.
func (t *turn) heard(row *store.FormRow, s *form.Session, text string) error {
	before := answered(s)
	r := s.Say(t.input(text))
	if r.Then == form.Nothing && len(r.Notes) == 0 && s.Asking() { // heard after a reminder that was said later: it answers nobody
		r = s.Say(form.Input{ID: t.Cause + "/go-on", At: s.Inputs[len(s.Inputs)-1].At, Text: "继续"})
	}
	row.LastAt = t.at
	return t.follow(row, s, r, before)
}

// follow carries out what a form's reply leads up to and says it where the form is filled.
func (t *turn) follow(row *store.FormRow, s *form.Session, r form.Reply, before map[string]string) error {
	switch r.Then {
	case form.Submit:
		return t.submit(row, s, r)
	case form.Cancel:
		return t.cancelForm(row, s, r)
	}
	if s.Submitted() {
		return t.addAnswers(row, s, r, before)
	}
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	return t.formSays(row, s, r)
}

// formSays answers where the form is filled; whoever spoke elsewhere is told where it goes on.
func (t *turn) formSays(row *store.FormRow, s *form.Session, r form.Reply) error {
	m := t.Voice.Form(s, r, t.Now)
	if m.Text == "" {
		return nil
	}
	if row.Place.Key() == t.ev.Place.Key() {
		if done, err := t.onTheSameCard(m); done || err != nil {
			return err
		}
		return t.reply(m)
	}
	if err := t.sayIn(row.Place, "form", m); err != nil {
		return err
	}
	if row.Place.Direct() {
		return nil
	}
	return t.reply(t.Voice.FormGoesOn())
}

// onTheSameCard shows what was not taken of a card on that card.
func (t *turn) onTheSameCard(m bot.Message) (bool, error) {
	if t.ev.Kind != bot.Pressed || m.Card == nil || m.Card.Form == nil {
		return false, nil
	}
	row, err := t.Tx.PostByMessage(t.ev.Platform, t.ev.Message)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil || row.Message.Card == nil || row.Message.Card.Form == nil || row.Message.Card.Form.Name != m.Card.Form.Name || m.Card.Form.Name != notice.SheetForm {
		return false, err
	}
	if len(m.Card.Lines) > 0 {
		t.toast = firstSentence(m.Card.Lines[0])
	}
	m.Updates = row.Key
	return true, t.say("form", m)
}

// cancelForm ends a form before it was submitted. One that was passed on as an oral report is withdrawn
// in the open; the ledger keeps all of it.
func (t *turn) cancelForm(row *store.FormRow, s *form.Session, r form.Reply) error {
	row.Active = false
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	if err := t.Note(t.person, "form_cancelled", formSubject(row), map[string]any{"reason": r.Reason, "answers": s.Lines()}); err != nil {
		return err
	}
	if row.Incident == "" {
		return t.formSays(row, s, r)
	}
	inc, err := t.Tx.Incident(row.Incident)
	if err != nil {
		return err
	}
	if err := t.do(inc, incident.Act{Kind: incident.TakenBack, Text: r.Reason}); err != nil {
		return err
	}
	m := t.Voice.FormWithdrawn(inc.Number)
	if duty := t.Org.OnDuty(t.Now, t.Rules.Calendar); duty != "" {
		if err := t.tellDuty(inc, duty, "withdrawn", m); err != nil {
			return err
		}
	}
	return t.reply(m)
}

// addAnswers keeps what the second pass added. What was no answer is an addition in words.
func (t *turn) addAnswers(row *store.FormRow, s *form.Session, r form.Reply, before map[string]string) error {
	row.Active = s.Asking()
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	inc, err := t.Tx.Incident(row.Incident)
	if err != nil {
		return err
	}
	act, changed := t.additions(s, inc, before)
	if changed {
		_, act.Material = inc.IsMaterial(t.Rules.Policy, "", act.Counts)
		if err := t.do(inc, act); err != nil {
			return err
		}
		if act.Material {
			if err := t.material(inc); err != nil {
				return err
			}
		}
		if err := t.pressInForm(inc, s, before); err != nil {
			return err
		}
	}
	return t.formSays(row, s, r)
}

// additions are the answers that are new since before.
func (t *turn) additions(s *form.Session, inc *incident.Incident, before map[string]string) (incident.Act, bool) {
	act := incident.Act{Kind: incident.Added, Missing: s.Missing(), Whole: true}
	changed := false
	for _, l := range s.Lines() {
		if before[l.Key] == l.Text {
			continue
		}
		changed = true
		act.Answers = append(act.Answers, t.answer(s, l))
		switch l.Field.Means {
		case form.MeansScale:
			act.Counts = t.counted(s.Said()[form.MeansScale])
		case form.MeansEvidence:
			act.Evidence = t.newEvidence(s, inc)
		}
	}
	if changed {
		f := t.s.facts(t.Work, s)
		act.Facts, act.Restrict = &f, restricted(s)
	}
	return act, changed
}

// newEvidence are the files of the form the incident does not have yet.
func (t *turn) newEvidence(s *form.Session, inc *incident.Incident) []incident.Evidence {
	have := map[string]bool{}
	for _, e := range inc.Evidence {
		have[e.SHA256] = true
	}
	var out []incident.Evidence
	for _, f := range s.Said()[form.MeansEvidence].Files {
		if !have[f.SHA256] {
			out = append(out, incident.Evidence{Name: f.Name, Kind: f.Kind, SHA256: f.SHA256, At: f.At.UTC(), By: t.person})
		}
	}
	return out
}

// answered is how each answer reads.
func answered(s *form.Session) map[string]string {
	out := map[string]string{}
	for _, l := range s.Lines() {
		out[l.Key] = l.Text
	}
	return out
}

// supplementForm is 补充 by the reporter: the form goes on here and asks for what is missing. Words that
// came along are an addition, and answers where they fit.
func (t *turn) supplementForm(row *store.FormRow) error {
	s, err := t.session(row)
	if err != nil {
		return err
	}
	if t.match.Rest != "" || len(t.ev.Files) > 0 {
		return t.supplementWords(row, s)
	}
	other, err := t.Tx.ActiveForm(t.person, t.ev.Place.Key())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil && other.ID != row.ID {
		return t.heardElsewhere(other)
	}
	row.Place, row.Active, row.LastAt = t.ev.Place, true, t.at
	before := answered(s)
	return t.follow(row, s, s.AskMissing(t.input("")), before)
}

// heardElsewhere: another form is being filled here; it goes on first.
func (t *turn) heardElsewhere(row *store.FormRow) error {
	s, err := t.session(row)
	if err != nil {
		return err
	}
	return t.heard(row, s, "继续")
}

// supplementWords keeps words said with 补充, and lets the form have the answers in them.
func (t *turn) supplementWords(row *store.FormRow, s *form.Session) error {
	before := answered(s)
	s.Offer(t.input(t.match.Rest))
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	inc, err := t.Tx.Incident(row.Incident)
	if err != nil {
		return err
	}
	act, changed := t.additions(s, inc, before)
	if !changed {
		return t.addWords(inc, t.match.Rest)
	}
	act.Text = limit(zh.Clean(t.match.Rest))
	if len(act.Counts) == 0 {
		act.Counts = t.counts(act.Text)
	}
	_, act.Material = inc.IsMaterial(t.Rules.Policy, act.Text, act.Counts)
	if err := t.do(inc, act); err != nil {
		return err
	}
	if err := t.pressInForm(inc, s, before); err != nil {
		return err
	}
	if act.Material {
		return t.material(inc)
	}
	return t.reply(t.Voice.Added(inc, t.what(act.Text)))
}

// formElsewhere: 继续, 取消, 看看 said in private mean the form that lies unfinished somewhere else.
func (t *turn) formElsewhere() (bool, error) {
	if !t.ev.Place.Direct() || !form.IsCommand(t.ev.Text) {
		return false, nil
	}
	rows, err := t.Tx.ActiveForms(t.person)
	if err != nil {
		return false, err
	}
	for n := range rows {
		s, err := t.session(&rows[n])
		if err != nil {
			return false, err
		}
		if !s.Submitted() {
			return true, t.heard(&rows[n], s, t.ev.Text)
		}
	}
	return false, nil
}

func (t *turn) tellDuty(inc *incident.Incident, duty, purpose string, m bot.Message) error {
	return t.s.tellDuty(t.Work, inc, duty, purpose, m)
}
