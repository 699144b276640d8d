package handlers

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// submit registers what was filled and calls the officer, at once or, where the level waits for working
// time, then.
func (t *turn) submit(row *store.FormRow, s *form.Session, r form.Reply) error {
	rep, err := t.s.reportOf(t.Work, row, s, r.Suggest, r.Level, r.Reasons, r.Reason)
	if err != nil {
		return err
	}
	inc := &incident.Incident{}
	if row.Incident != "" {
		if inc, err = t.Tx.Incident(row.Incident); err != nil {
			return err
		}
		rep.Home = inc.Home
	}
	asked := row.Place
	if rep.Confidential && !row.Place.Direct() { // nothing more of it in a place where others read along
		if err := t.reply(t.Voice.FormPrivately(t.person)); err != nil {
			return err
		}
		row.Place = bot.Place{Platform: row.Place.Platform, Person: row.Person}
		rep.Home = desk.Home(row.Place)
	}
	if s.Origin != "" && desk.Place(rep.Home).Direct() && !rep.Confidential {
		rep.Home = incident.Place{Platform: row.Place.Platform, Chat: s.Origin}
	}
	act := incident.Act{Kind: incident.Registered, Report: &rep, Answers: answers(s, t.Rules.Calendar.Zone()), Counts: t.counted(s.Said()[form.MeansScale]),
		Evidence: t.newEvidence(s, &incident.Incident{}), Missing: s.Missing()}
	if err := t.do(inc, act); err != nil {
		return err
	}
	if late, err := t.afterDrill(inc, row, s); late || err != nil {
		return err
	}
	seen, err := t.fromSignal(s, inc.Number)
	if err != nil {
		return err
	}
	if seen != nil {
		if err := t.do(inc, incident.Act{Kind: incident.Sighted, Sighting: seen}); err != nil {
			return err
		}
	}
	row.Incident, row.Active = inc.Number, s.Asking()
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	if err := t.retireReviews(row, asked); err != nil {
		return err
	}
	other, err := t.suspect(inc)
	if err != nil {
		return err
	}
	if err := t.registered(inc, row); err != nil {
		return err
	}
	if err := t.pressInForm(inc, s, nil); err != nil {
		return err
	}
	if err := t.askWhether(inc, other); err != nil {
		return err
	}
	if t.ev.Kind == bot.Pressed && t.toast == "" {
		t.toast = firstSentence(t.Voice.Pointer(inc).Text)
	}
	return nil
}

// retireReviews makes the cards grey that asked to check and submit.
func (t *turn) retireReviews(row *store.FormRow, asked bot.Place) error {
	rows, err := t.Tx.Posts(store.PostFilter{PlaceKey: asked.Key(), Since: row.StartedAt})
	if err != nil {
		return err
	}
	return t.Retire(desk.Offering(rows, "提交"), t.Voice.Done(t.person, "已提交", t.Now))
}

// registered tells of it: the officer and those who hear at once, or only the reporter when the officer
// is not to be disturbed now.
func (t *turn) registered(inc *incident.Incident, row *store.FormRow) error {
	if inc.Ack.Planned.After(t.Now) {
		holiday, _ := t.Rules.Calendar.Holiday(t.Now)
		due, err := t.Rules.Add(inc.Level.Current, inc.Ack.Planned, t.Rules.Policy.Levels[inc.Level.Current].Ack)
		if err != nil {
			return err
		}
		return t.sayIn(row.Place, "registered", t.Voice.RegisteredQuiet(inc, due, t.Now, holiday))
	}
	err := t.Announce(inc, nil, func(inc *incident.Incident) bot.Message { return t.Voice.Registered(inc, t.Now) })
	if err != nil {
		return err
	}
	if desk.Place(inc.Home).Key() == row.Place.Key() && !inc.Confidential {
		return nil
	}
	return t.sayIn(row.Place, "registered", t.Voice.RegisteredFor(inc, t.Now))
}

// reportOf is a form as the registry takes it. A new one gets its number.
func (s *Service) reportOf(w *desk.Work, row *store.FormRow, f *form.Session, suggest, level incident.Level, reasons []string, why string) (incident.Report, error) {
	rep := incident.Report{Number: row.Incident, Suggested: suggest, Level: level, Reasons: reasons, LevelReason: why,
		Confidential: restricted(f), Facts: s.facts(w, f), Home: desk.Home(row.Place)}
	if f.Signal != "" {
		rep.Kind = incident.BySignal
	}
	number := w.Tx.NextNumber
	if rep.Drilled, rep.Drill = f.Drill, f.Drill != 0; rep.Drill {
		number = w.Tx.NextDrillNumber
	}
	var err error
	if rep.Number == "" {
		if rep.Number, err = number(w.Now.In(w.Rules.Calendar.Zone())); err != nil {
			return rep, err
		}
	}
	rep.Assign, err = w.Desk.Assign(rep.Facts.Unit, rep.Facts.Nature, level, w.Now)
	return rep, err
}

// restricted reports whether only those named may know.
func restricted(s *form.Session) bool { return s.Said()[form.MeansConfidential].Text == "是" }

// facts are the answers the registry knows by what they mean. What is shown to many has personal data
// masked.
func (s *Service) facts(w *desk.Work, f *form.Session) incident.Facts {
	said := f.Said()
	unit, subject := said[form.MeansUnit].Unit, said[form.MeansUnit].Text
	if said[form.MeansUnit].Unknown {
		subject = ""
	}
	if named := units(w.Org, subject); unit == "" && subject != "" && len(named) == 1 { // chosen from a list, or written
		unit = named[0].ID
	}
	truth := said[form.MeansTruth].Text
	if q, ok := f.Form().Meaning(form.MeansTruth); ok && truth == "" {
		truth = q.Clear
	}
	return incident.Facts{
		Title: zh.Mask(said[form.MeansTitle].Text), Nature: first(said[form.MeansNature].Choices), Truth: truth, Impact: said[form.MeansImpact].Choices,
		Summary: zh.Mask(said[form.MeansSummary].Text), Platforms: said[form.MeansPlatform].Choices, Links: said[form.MeansLink].Links,
		Unit: unit, Subject: zh.Mask(subject), OccurredAt: said[form.MeansOccurred].At,
		PublishedAt: said[form.MeansOccurred].Published, FoundAt: f.FoundAt().UTC(),
	}
}

// answers are all of them as the registry files them.
func answers(s *form.Session, zone *time.Location) []incident.Answer {
	var out []incident.Answer
	for _, l := range s.Lines() {
		out = append(out, answer(s, l, zone))
	}
	return out
}

func (t *turn) answer(s *form.Session, l form.Line) incident.Answer {
	return answer(s, l, t.Rules.Calendar.Zone())
}

// answer is one of them. Pictures come with the moment each was received.
func answer(s *form.Session, l form.Line, zone *time.Location) incident.Answer {
	text := l.Text
	if files := s.Values()[l.Key].Files; len(files) > 0 {
		var names []string
		for _, f := range files {
			names = append(names, fmt.Sprintf("%s（%s收到）", f.Name, f.At.In(zone).Format("01-02 15:04")))
		}
		text = strings.Join(names, "、")
	}
	return incident.Answer{Key: l.Field.RegistryKey(), N: l.N, Label: l.Label, Text: zh.Mask(text)}
}

// counted are figures of reach as of when they were said.
func (t *turn) counted(v form.Value) []incident.Count {
	var out []incident.Count
	for _, kind := range []string{"reads", "reposts", "comments", "likes"} {
		if n, ok := v.Counts[kind]; ok {
			out = append(out, incident.Count{Kind: kind, Value: n, At: v.Said.UTC(), By: t.person})
		}
	}
	return out
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
