package handlers

import (
	"encoding/json"
	"errors"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// report is 上报: a form begins, in the topic of this message, or in private where a group has no topics.
// One that lies unfinished here goes on instead.
func report(t *turn) error { return t.report(false) }

// onCard is the word for all questions on one card.
const onCard = "填表"

// reportOnCard is 填表: the same with all questions on one card.
func reportOnCard(t *turn) error { return t.report(true) }

func (t *turn) report(card bool) error {
	place, err := t.formPlace()
	if err != nil {
		return err
	}
	row, err := t.Tx.ActiveForm(t.person, place.Key())
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err == nil {
		s, err := t.session(row)
		if err != nil {
			return err
		}
		if !s.Submitted() {
			if t.real {
				s.Drill = 0
			}
			if card {
				return t.heard(row, s, "一次填完")
			}
			return t.heard(row, s, "继续")
		}
		row.Active = false
		if err := t.Tx.SaveForm(row); err != nil {
			return err
		}
	}
	return t.startForm(place, card)
}

// formPlace is where a form is filled. A conversation in which an incident lives already is left to it.
func (t *turn) formPlace() (bot.Place, error) {
	here := t.ev.Place
	if here.Direct() {
		return here, nil
	}
	g, _ := t.Org.Group(here.Chat)
	inc, err := t.Tx.IncidentAt(desk.Home(here))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return here, err
	}
	taken := err == nil && !(inc.State == incident.Draft && inc.Reporter == t.person)
	if g.Topics && here.Thread != "" && !taken {
		return here, nil
	}
	return bot.Place{Platform: here.Platform, Person: t.person}, t.reply(t.Voice.FormPrivately(t.person))
}

func (t *turn) startForm(place bot.Place, card bool) error {
	s, r := form.Start(t.s.form, t.s.formEnv(t.Work), t.person, t.input(t.match.Rest))
	if place.Direct() {
		s.Origin = t.ev.Place.Chat
	}
	if err := t.rehearse(s, place); err != nil {
		return err
	}
	if card {
		r = s.Say(form.Input{ID: t.Cause + "/card", At: t.at, Text: "一次填完"})
	}
	row := &store.FormRow{Person: t.person, Place: place, Form: t.s.form.Name, Active: true, StartedAt: t.at, LastAt: t.at}
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	if err := t.Note(t.person, "form_started", formSubject(row), map[string]string{"form": t.s.form.Name, "place": place.Key()}); err != nil {
		return err
	}
	if heard, err := t.overtaken(row, s); heard || err != nil {
		return err
	}
	m := t.Voice.Form(s, r, t.Now)
	if !place.Direct() && t.NeedsMention != nil && t.NeedsMention(place.Platform) {
		m = t.Voice.MentionMe(m)
	}
	return t.sayIn(place, "form", m)
}

// overtaken hears answers that were said after the word that begins the form and arrived before it.
func (t *turn) overtaken(row *store.FormRow, s *form.Session) (bool, error) {
	early, err := t.Tx.SaidAfter(t.ev, t.s.router.IsCommand)
	if err != nil || len(early) == 0 {
		return false, err
	}
	var r form.Reply
	for _, ev := range early {
		before := answered(s)
		in := files(ev)
		in.ID, in.At, in.Text = "event/"+ev.Keys[0], ev.At.UTC(), ev.Text
		if r = s.Say(in); r.Then == form.Submit || r.Then == form.Cancel {
			return true, t.follow(row, s, r, before)
		}
	}
	if err := t.keepForm(row, s); err != nil {
		return true, err
	}
	return true, t.formSays(row, s, r)
}

// input is the event as a form hears it.
func (t *turn) input(text string) form.Input {
	in := files(t.ev)
	in.ID, in.At, in.Text, in.Fields = t.Cause, t.at, text, t.ev.Action.Fields
	return in
}

// files are what came with an event, as a form takes them.
func files(ev bot.Event) (in form.Input) {
	for _, f := range ev.Files {
		in.Files = append(in.Files, form.File{Name: zh.Clean(f.Name), Kind: f.Kind, SHA256: f.SHA256, Trouble: f.Error})
	}
	return in
}

func (t *turn) session(row *store.FormRow) (*form.Session, error) {
	return form.Open(t.s.form, t.s.formEnv(t.Work), row.State)
}

// keepForm saves a form and sets its clocks.
func (s *Service) keepForm(w *desk.Work, row *store.FormRow, f *form.Session) error {
	state, err := json.Marshal(f)
	if err != nil {
		return err
	}
	row.State = state
	if err := w.Tx.SaveForm(row); err != nil {
		return err
	}
	var clocks []store.Clock
	if row.Active {
		for _, c := range f.Clocks() {
			clocks = append(clocks, store.Clock{Kind: string(c.Kind), At: c.At.UTC(), Due: c.At.UTC(), Person: row.Person, Reason: "快报未填完"})
		}
	}
	return w.Tx.SetClocks(formSubject(row), clocks)
}

func (t *turn) keepForm(row *store.FormRow, f *form.Session) error {
	return t.s.keepForm(t.Work, row, f)
}

// formEnv is the world as a form sees it.
func (s *Service) formEnv(w *desk.Work) form.Env {
	return form.Env{
		Zone:  w.Rules.Calendar.Zone(),
		Units: func(text string) []form.UnitRef { return units(w.Org, text) },
		Offer: w.Org.Offer,
		Suggest: func(said form.Said) (incident.Level, []string) {
			return w.Rules.Policy.Suggest(signals(said))
		},
		Limit: func(l incident.Level) time.Duration { return w.Rules.Policy.Levels[l].FirstReport.D },
	}
}

func units(org *roster.Org, text string) []form.UnitRef {
	var out []form.UnitRef
	for _, u := range org.MatchUnits(text) {
		out = append(out, form.UnitRef{ID: u.ID, Name: u.Name, Full: u.Full})
	}
	return out
}

// signals are what a level is suggested from: the answers by what they mean, in the policy's words.
func signals(said form.Said) incident.Signals {
	return incident.Signals{
		Nature: first(said[form.MeansNature].Meant), Impact: said[form.MeansImpact].Meant, Platforms: said[form.MeansPlatform].Meant,
		Text: said[form.MeansTitle].Text + "。" + said[form.MeansSummary].Text, Picture: len(said[form.MeansEvidence].Files) > 0,
		Reads: said[form.MeansScale].Counts["reads"], Fans: said[form.MeansAccount].Counts["fans"],
	}
}
