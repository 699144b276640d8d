package incident

import (
	"cmp"
	"time"
)

// Kinds of a first report.
const (
	ByForm    = "form"
	ByForward = "draft_forward"
	BySignal  = "signal"
	ByPhone   = "phone"
)

// forward turns an unfinished form into an oral first report: the moment counts, the form goes on.
func (i *Incident) forward(r Rules, a Act) error {
	if i.State != "" {
		return i.refuse(AnsweredAlready)
	}
	i.take(a)
	i.State = Draft
	i.ReportedAt = a.At
	i.FirstReport = FirstReport{Kind: ByForward, At: a.At}
	i.judgeFirstReport(r)
	return nil
}

// register takes the submitted form. An incident that was forwarded keeps the moment of its oral first
// report; the verdict is taken anew because the form may state another time of discovery.
func (i *Incident) register(r Rules, a Act) error {
	if i.State != "" && i.State != Draft && i.State != Abandoned {
		return i.refuse(AnsweredAlready)
	}
	i.take(a)
	i.State = Submitted
	i.WrittenAt = a.At
	if i.ReportedAt.IsZero() {
		i.ReportedAt = a.At
		i.FirstReport = FirstReport{Kind: cmp.Or(a.Report.Kind, ByForm), At: a.At}
	}
	i.Level.History = append(i.Level.History, LevelChange{
		Level: i.Level.Current, At: a.At, By: a.By, Reason: a.Report.LevelReason,
	})
	i.PeakAt = a.At
	i.judgeFirstReport(r)
	if v := i.FirstReport.Verdict; v == Late || v == LateGrave {
		i.openRisk(a.At, "迟报", "首报", i.Reporter, "首报晚于时限"+r.local(i.FirstReport.Due).Format("01-02 15:04"))
	}
	i.armElements(r, a)
	i.reviewAfterCalm(r)
	i.Ack.Planned = r.firstCall(i.Level.Current, a.At)
	i.Ack.Due = r.due(i.Level.Current, i.Ack.Planned, r.Policy.Levels[i.Level.Current].Ack)
	return nil
}

func (i *Incident) take(a Act) {
	rep := a.Report
	i.Number, i.Drill, i.Drilled, i.Confidential = rep.Number, rep.Drill, rep.Drilled, rep.Confidential
	i.Level.Suggested, i.Level.Current, i.Level.Reasons = rep.Suggested, rep.Level, rep.Reasons
	i.Home, i.Reporter = rep.Home, a.By
	i.Answers, i.Counts, i.Evidence = a.Answers, a.Counts, numbered(nil, a.Evidence)
	i.setFacts(rep.Facts)
	i.assign(rep.Assign)
}

func (i *Incident) assign(as Assign) {
	i.Officer, i.OnDuty, i.Backup, i.Head = as.Officer, as.OnDuty, as.Backup, as.Head
	i.Deputy, i.Chief, i.Tracker = as.Deputy, as.Chief, as.Tracker
}

// setFacts overwrites what f says and leaves the rest.
func (i *Incident) setFacts(f Facts) {
	setText(&i.Title, f.Title)
	setText(&i.Nature, f.Nature)
	setText(&i.Truth, f.Truth)
	setText(&i.Summary, f.Summary)
	setText(&i.Unit, f.Unit)
	setText(&i.Subject, f.Subject)
	setList(&i.Impact, f.Impact)
	setList(&i.Platforms, f.Platforms)
	setList(&i.Links, f.Links)
	setTime(&i.OccurredAt, f.OccurredAt)
	setTime(&i.PublishedAt, f.PublishedAt)
	setTime(&i.FoundAt, f.FoundAt)
}

func (i *Incident) judgeFirstReport(r Rules) {
	lp := r.Policy.Levels[i.Level.Current]
	from := i.FoundAt
	if !i.KnownAt.IsZero() && i.KnownAt.Before(from) {
		from = i.KnownAt // proved
	}
	if lp.FirstReportFrom == FromOccurred && !i.OccurredAt.IsZero() {
		from = i.OccurredAt
	}
	due, err := r.Add(i.Level.Current, from, lp.FirstReport)
	if err != nil {
		i.FirstReport.Verdict = Pending // the calendar lacks the year: nobody is judged by a guess
		return
	}
	i.FirstReport.Due = due
	i.FirstReport.Verdict = verdictOf(i.FirstReport.At, due, r.due(i.Level.Current, due, lp.FirstReport))
}

func (i *Incident) armElements(r Rules, a Act) {
	i.Elements = Elements{Verdict: Pending, Missing: append([]string{}, a.Missing...)}
	i.Elements.Due = r.dueByDay(i.Level.Current, i.FoundAt, r.Policy.Levels[i.Level.Current].Elements)
	i.fillElements(r, a)
}

// verdictOf judges a moment against a due time, both in whole minutes. After grave, once more the limit
// on the level's own clock, it is grave.
func verdictOf(at, due, grave time.Time) Verdict {
	at = minute(at)
	switch {
	case !at.After(due):
		return OnTime
	case grave.IsZero() || !at.After(grave):
		return Late
	}
	return LateGrave
}

func (i *Incident) giveUp(_ Rules, a Act) error {
	if i.State != Draft {
		return i.refuse(AnsweredAlready)
	}
	i.State = Abandoned
	return nil
}

func (i *Incident) takeBack(_ Rules, a Act) error {
	if i.State != Draft {
		return i.refuse(AnsweredAlready)
	}
	i.State = Withdrawn
	i.Notes = append(i.Notes, Note{At: a.At, By: a.By, Text: a.Text})
	return nil
}

// house notes the conversation an incident lives in, once the platform has opened it.
func (i *Incident) house(_ Rules, a Act) error {
	i.Home = *a.Home
	return nil
}

func minute(t time.Time) time.Time { return t.Truncate(time.Minute) }

func setText(dst *string, v string) {
	if v != "" {
		*dst = v
	}
}

func setList(dst *[]string, v []string) {
	if len(v) > 0 {
		*dst = v
	}
}

func setTime(dst *time.Time, v time.Time) {
	if !v.IsZero() {
		*dst = v
	}
}
