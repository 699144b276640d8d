package handlers

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"fenghuo/handlers/desk"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/signal"
	"fenghuo/internal/zh"
)

// fillFrom fills the form from a lead: what its text tells, then what the signal states, then the least
// that can be said of what nobody knows yet; and submits it.
func (t *turn) fillFrom(l notice.Lead, found time.Time) (*form.Session, form.Reply) {
	sig := l.Signal
	text := sig.Text
	for _, c := range sig.Counts(t.at) {
		text += fmt.Sprintf("。%s%d", map[string]string{"reads": "阅读", "reposts": "转发", "comments": "评论", "likes": "点赞"}[c.Kind], c.Value)
	}
	if sig.Followers > 0 {
		text += fmt.Sprintf("。粉丝%d", sig.Followers)
	}
	said := func(suffix string) form.Input { return form.Input{ID: t.Cause + "/" + suffix, At: t.at} }
	begin := said("signal")
	begin.Text = text
	s, _ := form.Start(t.s.form, t.s.formEnv(t.Work), t.person, begin)
	fields := said("fields")
	fields.Fields = t.statedBy(l, found, s)
	s.Say(fields)
	submit := said("submit")
	submit.Text = "提交"
	r := s.Say(submit)
	if r.Then == form.AskWhyOld {
		why := said("why")
		why.Text = fmt.Sprintf("监测线索%s于%s送达", l.Number, found.In(t.Rules.Calendar.Zone()).Format("01-02 15:04"))
		s.Say(why)
		submit.ID += "/again"
		r = s.Say(submit)
	}
	if level, reasons := l.Level, l.Reasons; r.Then == form.Submit && level.Graver(r.Suggest) {
		r.Suggest, r.Level, r.Reasons = level, level, reasons
	}
	return s, r
}

// statedBy are answers to the first questions, by their keys.
func (t *turn) statedBy(l notice.Lead, found time.Time, s *form.Session) map[string]string {
	sig, f, known := l.Signal, s.Form(), s.Said()
	fields := map[string]string{}
	state := func(m form.Means, text string) {
		if fd, ok := f.Meaning(m); ok && fd.Pass == 1 && text != "" {
			fields[fd.Key] = text
		}
	}
	unlessKnown := func(m form.Means, text string) {
		if _, have := known[m]; !have {
			state(m, text)
		}
	}
	title := sig.Title()
	if fd, ok := f.Meaning(form.MeansTitle); ok {
		if utf8.RuneCountInString(title) < fd.Min {
			title = "监测发现：" + title
		}
		if r := []rune(title); len(r) > fd.Max {
			title = string(r[:fd.Max])
		}
	}
	state(form.MeansTitle, title)
	state(form.MeansPlatform, cmp.Or(sig.Platform, zh.PlatformOfLink(sig.Link()), "其他"))
	state(form.MeansLink, cmp.Or(sig.Link(), "没有，监测线索未带链接"))
	state(form.MeansFound, found.In(t.Rules.Calendar.Zone()).Format("2006-01-02 15:04"))
	state(form.MeansUnit, cmp.Or(l.Where, "不清楚"))
	unlessKnown(form.MeansNature, "其他")
	impact := ""
	if fd, ok := f.Meaning(form.MeansImpact); ok {
		impact = cmp.Or(fd.None, "其他")
		hot := slices.IndexFunc(fd.Options, func(o form.Option) bool { return cmp.Or(o.Means, o.Name) == "上热搜" })
		if sig.HotRank > 0 && hot >= 0 {
			impact = fd.Options[hot].Name
		}
	}
	unlessKnown(form.MeansImpact, impact)
	return fields
}

// fromSignal is what the registry keeps of the lead an incident began with; nil if it began otherwise.
func (t *turn) fromSignal(s *form.Session, number string) (*incident.Sighting, error) {
	if s.Signal == "" {
		return nil, nil
	}
	row, err := t.Tx.Signal(s.Signal)
	if err != nil {
		return nil, err
	}
	if row.Incident != "" { // the form was passed on before, and is now submitted
		return nil, nil
	}
	row.Incident = number
	if err := t.Tx.SaveSignal(row); err != nil {
		return nil, err
	}
	var sig signal.Signal
	if err := json.Unmarshal(row.Body, &sig); err != nil {
		return nil, fmt.Errorf("decode signal %s: %w", row.Number, err)
	}
	return t.Sighting(row.Number, sig), nil
}

// weigh is what words tell of nature and present effect, by the form's own words for them.
func (s *Service) weigh(text string, at time.Time) (nature string, impact []string) {
	f, _ := form.Start(s.form, s.formEnv(&desk.Work{Desk: s.desk}), "", form.Input{At: at, Text: text})
	said := f.Said()
	return first(said[form.MeansNature].Meant), said[form.MeansImpact].Meant
}
