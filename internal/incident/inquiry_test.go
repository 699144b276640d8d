package incident_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
)

// asked is an inquiry with a deadline.
func asked(due string) incident.Act {
	q := &incident.Inquiry{Outlet: "南方某报", Person: "李某", Phone: "138****0000", Question: "查清了吗？", Answerer: "wanglei"}
	if due != "" {
		q.Due = at(due)
	}
	return incident.Act{Kind: incident.InquiryMade, By: "zhoumin", Inquiry: q}
}

func about(kind incident.Kind, by string, change ...func(*incident.Act)) incident.Act {
	a := incident.Act{Kind: kind, By: by, Inquiry: &incident.Inquiry{ID: "M-1"}}
	for _, c := range change {
		c(&a)
	}
	return a
}

// asks are the moments at which the first inquiry was asked for.
func (w *world) asks() []string {
	var out []string
	for _, f := range w.fired {
		if strings.Contains(f, " media M-1 ") {
			out = append(out, f)
		}
	}
	return out
}

func TestAnAnswerIsAskedFor(t *testing.T) {
	for _, c := range []struct {
		name      string
		level     incident.Level
		made, due string
		want      []string
	}{
		{"before, at and after", incident.LevelIII, "2026-03-10 10:00", "2026-03-10 17:00", []string{"03-10 16:30 media M-1 1", "03-10 17:00 media M-1 2", "03-10 17:30 media M-1 3"}},
		{"told less than half an hour before: no reminder", incident.LevelIII, "2026-03-10 10:00", "2026-03-10 10:25", []string{"03-10 10:25 media M-1 2", "03-10 10:55 media M-1 3"}},
		{"told exactly half an hour before: no reminder", incident.LevelIII, "2026-03-10 10:00", "2026-03-10 10:30", []string{"03-10 10:30 media M-1 2", "03-10 11:00 media M-1 3"}},
		{"at night the answerer hears of it, the head in the morning", incident.LevelIII, "2026-03-10 21:00", "2026-03-10 23:00", []string{"03-10 22:30 media M-1 1", "03-10 23:00 media M-1 2", "03-11 09:00 media M-1 3"}},
		{"orange has no quiet hours", incident.LevelII, "2026-03-10 21:00", "2026-03-10 23:00", []string{"03-10 22:30 media M-1 1", "03-10 23:00 media M-1 2", "03-10 23:30 media M-1 3"}},
		{"blue: the head on the next working day", incident.LevelIV, "2026-03-13 16:00", "2026-03-13 19:00", []string{"03-13 18:30 media M-1 1", "03-13 19:00 media M-1 2", "03-16 09:00 media M-1 3"}},
		{"no deadline, no clock", incident.LevelIII, "2026-03-10 10:00", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := acked(t, c.level, c.made)
			w.do(c.made, asked(c.due))
			w.until("2026-03-17 08:00")
			want(t, "asked for", strings.Join(w.asks(), "\n"), strings.Join(c.want, "\n"))
			for _, r := range w.inc.Risks {
				if strings.Contains(r.About, "M-1") {
					t.Errorf("a late answer is no risk: %+v", r)
				}
			}
			want(t, "late", w.inc.Inquiries[0].IsLate(), c.due != "")
		})
	}
}

func TestAnAnswerEndsIt(t *testing.T) {
	w := acked(t, incident.LevelIII, "2026-03-10 10:00")
	w.do("2026-03-10 10:00", asked("2026-03-10 17:00"))
	w.do("2026-03-10 16:40", about(incident.InquiryAnswered, "wanglei", func(a *incident.Act) { a.Text, a.Inquiry.TalkingPoints = "已邮件回复", 1 }))
	q := *w.inc.Inquiry("M-1")
	want(t, "version", q.TalkingPoints, 1)
	want(t, "by", q.AnsweredBy, "wanglei")
	want(t, "open", len(w.inc.OpenInquiries()), 0)
	for _, kind := range []incident.Kind{incident.InquiryAnswered, incident.InquiryAmended, incident.InquiryPassed, incident.InquiryReminded} {
		e := w.refused("2026-03-10 16:45", about(kind, "xuqing"), incident.InquiryClosed)
		want(t, "who answered", e.Who, "wanglei")
	}
	w.until("2026-03-11 10:00")
	want(t, "asked for", strings.Join(w.asks(), "\n"), "03-10 16:30 media M-1 1")
	w.refused("2026-03-11 10:00", about(incident.InquiryAnswered, "xuqing", func(a *incident.Act) { a.Inquiry.ID = "M-2" }), incident.NoInquiry)
}

func TestAnotherDeadlineIsAskedForAnew(t *testing.T) {
	w := acked(t, incident.LevelIII, "2026-03-10 10:00")
	w.do("2026-03-10 10:00", asked("2026-03-10 17:00"))
	w.do("2026-03-10 17:10", about(incident.InquiryAmended, "zhoumin", func(a *incident.Act) { a.Inquiry.Due, a.Inquiry.Outlet = at("2026-03-10 19:00"), "都市晚报" }))
	w.do("2026-03-10 17:11", about(incident.InquiryAmended, "zhoumin", func(a *incident.Act) { a.Inquiry.Due = at("2026-03-10 19:00") }))
	w.until("2026-03-10 20:00")
	want(t, "asked for", strings.Join(w.asks(), "\n"), "03-10 16:30 media M-1 1\n03-10 17:00 media M-1 2\n03-10 18:30 media M-1 1\n03-10 19:00 media M-1 2\n03-10 19:30 media M-1 3")
	want(t, "outlet", w.inc.Inquiries[0].Outlet, "都市晚报")
	want(t, "who asks stays", w.inc.Inquiries[0].Person, "李某")
}

func TestAnInquiryIsPassedOn(t *testing.T) {
	w := acked(t, incident.LevelIII, "2026-03-10 10:00")
	w.do("2026-03-10 10:00", asked("2026-03-10 17:00"))
	to := func(person string) incident.Act {
		return about(incident.InquiryPassed, "wanglei", func(a *incident.Act) { a.Person = person })
	}
	w.refused("2026-03-10 11:00", to("wanglei"), incident.SamePerson)
	w.do("2026-03-10 11:00", to("xuqing"))
	want(t, "who is asked", w.clock(incident.ClockInquiry, "M-1").Person, "xuqing")
}

// TestThePressStillWaitsWhenItIsOver: an open inquiry outlives its incident; a new one does not begin there.
func TestThePressStillWaitsWhenItIsOver(t *testing.T) {
	w := acked(t, incident.LevelIII, "2026-03-10 10:00")
	w.do("2026-03-10 10:01", asked("2026-03-10 17:00"))
	w.do("2026-03-10 10:02", incident.Act{Kind: incident.Verified, By: "wanglei", Conclusion: "误报", Text: "是别家门店"})
	w.until("2026-03-10 17:00")
	want(t, "asked for", strings.Join(w.asks(), "\n"), "03-10 16:30 media M-1 1\n03-10 17:00 media M-1 2")
	w.do("2026-03-10 17:05", about(incident.InquiryAnswered, "wanglei"))
	w.refused("2026-03-10 17:06", asked(""), incident.Over)
}

func TestWhatIsMissingOfAnInquiry(t *testing.T) {
	q := incident.Inquiry{}
	want(t, "of an empty one", strings.Join(q.Missing(), " "), "媒体 姓名 电话 问什么 几点前答复")
	full := *asked("2026-03-10 17:00").Inquiry
	if missing := full.Missing(); len(missing) > 0 {
		t.Errorf("of a whole one: %v", missing)
	}
}

// TestAPlacedInquiryKeepsItsPast: what belonged to no incident was registered, and asked for, before.
func TestAPlacedInquiryKeepsItsPast(t *testing.T) {
	alone := *asked("2026-03-10 17:00").Inquiry
	alone.ID, alone.At, alone.By, alone.ToldAt, alone.Step = "M-20260310-001", at("2026-03-10 09:00"), "linke", at("2026-03-10 09:00"), incident.InquiryBefore
	w := acked(t, incident.LevelIII, "2026-03-10 16:40")
	w.do("2026-03-10 16:45", incident.Act{Kind: incident.InquiryMade, By: "wanglei", Inquiry: &alone})
	q := w.inc.Inquiries[0]
	want(t, "id", q.ID, "M-1")
	want(t, "id before", q.Was, "M-20260310-001")
	want(t, "registered by", q.By, "linke")
	want(t, "registered", q.At.Equal(at("2026-03-10 09:00")), true)
	w.until("2026-03-10 17:00")
	want(t, "asked for", strings.Join(w.asks(), "\n"), "03-10 17:00 media M-1 2")
	if e := alone.Apply(incident.Act{Kind: incident.InquiryPlaced, Inquiry: &incident.Inquiry{Incident: w.inc.Number}}); e != nil || alone.Open() {
		t.Errorf("placed: %v, still open: %v", e, alone.Open())
	}
	if _, _, ok := alone.Next(w.r, incident.LevelIII); ok {
		t.Error("it is still asked for where it was")
	}
}

// TestNoReminderIfThePolicyHasNone: the deadline itself is always said.
func TestNoReminderIfThePolicyHasNone(t *testing.T) {
	w := acked(t, incident.LevelIII, "2026-03-10 10:00")
	policy := *w.r.Policy
	policy.Media = incident.MediaPolicy{Late: time.Hour}
	w.r.Policy = &policy
	w.do("2026-03-10 10:00", asked("2026-03-10 17:00"))
	w.until("2026-03-10 19:00")
	if got := w.asks(); !slices.Equal(got, []string{"03-10 17:00 media M-1 2", "03-10 18:00 media M-1 3"}) {
		t.Errorf("asked for: %v", got)
	}
}
