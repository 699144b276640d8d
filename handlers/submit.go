package handlers

import (
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
	act := incident.Act{Kind: incident.Registered, Report: &rep, Answers: answers(s), Counts: t.counted(s.Values()[form.KeyScale]),
		Evidence: t.newEvidence(s, &incident.Incident{}), Missing: s.Missing()}
	if err := t.do(inc, act); err != nil {
		return err
	}
	row.Incident, row.Active = inc.Number, s.Asking()
	if err := t.keepForm(row, s); err != nil {
		return err
	}
	if err := t.retireReviews(row, asked); err != nil {
		return err
	}
	return t.registered(inc, row)
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
		Confidential: restricted(f), Facts: facts(f), Home: desk.Home(row.Place)}
	var err error
	if rep.Number == "" {
		if rep.Number, err = w.Tx.NextNumber(w.Now.In(w.Rules.Calendar.Zone())); err != nil {
			return rep, err
		}
	}
	rep.Assign, err = w.Desk.Assign(rep.Facts.Unit, rep.Facts.Nature, level, w.Now)
	return rep, err
}

// restricted reports whether only those named may know.
func restricted(s *form.Session) bool { return s.Values()[form.KeyRestricted].Text == "是" }

// facts are the answers the registry knows by name. What is shown to many has personal data masked.
func facts(s *form.Session) incident.Facts {
	v := s.Values()
	nature := v[form.KeyNature].Text
	if c := v[form.KeyNature].Choices; len(c) > 0 {
		nature = c[0]
	}
	truth := v[form.KeyTruth].Text
	if f, ok := s.Form().Field(form.KeyTruth); ok && truth == "" {
		truth = f.Clear
	}
	subject := v[form.KeyUnit].Text
	if v[form.KeyUnit].Unknown {
		subject = ""
	}
	return incident.Facts{
		Title: zh.Mask(v[form.KeyTitle].Text), Nature: nature, Truth: truth, Impact: v[form.KeyImpact].Choices,
		Summary: zh.Mask(v[form.KeySummary].Text), Platforms: v[form.KeyPlatform].Choices, Links: v[form.KeyLink].Links,
		Unit: v[form.KeyUnit].Unit, Subject: zh.Mask(subject), OccurredAt: v[form.KeyOccurred].At,
		PublishedAt: v[form.KeyOccurred].Published, FoundAt: s.FoundAt().UTC(),
	}
}

func answers(s *form.Session) []incident.Answer {
	var out []incident.Answer
	for _, l := range s.Lines() {
		out = append(out, incident.Answer{Key: l.Key, N: l.N, Label: l.Label, Text: zh.Mask(l.Text)})
	}
	return out
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
