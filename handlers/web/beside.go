package web

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// Beside is the registry as it stands beside a conversation of the built-in chat. A viewer gets only
// what they may see.
type Beside struct {
	Store *store.Store
	Desk  *desk.Desk
}

const mostRecent = 20

// At is the entry of the incident that lives in place.
func (b *Beside) At(ctx context.Context, place bot.Place, viewer string) (e webchat.Entry, found bool, err error) {
	err = b.Store.View(ctx, func(tx *store.Tx) error {
		inc, err := tx.IncidentAt(desk.Home(place))
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil || !b.Desk.MaySee(inc, viewer) {
			return err
		}
		e, found = b.entry(inc, tx.Now), true
		return nil
	})
	return e, found, err
}

// Recent are the latest entries the viewer may see.
func (b *Beside) Recent(ctx context.Context, viewer string) ([]webchat.Entry, error) {
	out := []webchat.Entry{}
	err := b.Store.View(ctx, func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(100)
		if err != nil {
			return err
		}
		for _, inc := range incs {
			if len(out) < mostRecent && b.Desk.MaySee(inc, viewer) {
				out = append(out, b.entry(inc, tx.Now))
			}
		}
		return nil
	})
	return out, err
}

func (b *Beside) entry(inc *incident.Incident, now time.Time) webchat.Entry {
	e := webchat.Entry{Number: inc.Number, Title: inc.Title, Level: inc.Level.Current.String(), State: notice.StateWord(inc.State), Place: desk.Place(inc.Home)}
	e.Clock, e.Due = b.clock(inc, now)
	row := func(label, value string, tone webchat.Tone) {
		if value != "" {
			e.Rows = append(e.Rows, webchat.Row{Label: label, Value: value, Tone: tone})
		}
	}
	name := b.Desk.Voice.Name
	row("报告人", name(inc.Reporter), "")
	row("责任人", name(inc.Officer), "")
	if inc.Acked() {
		row("跟踪人", name(inc.Tracker), "")
	}
	row("级别理由", strings.Join(inc.Level.Reasons, "、"), webchat.Quiet)
	row("发现", b.stamp(inc.FoundAt), "")
	row("首报", b.stamp(inc.ReportedAt), "")
	for _, a := range inc.Answers {
		if a.Key != "title" && a.Key != "found_at" {
			row(a.Label, a.Text, "")
		}
	}
	for _, f := range b.Desk.Voice.Standing(inc, now) {
		row(f.Label, f.Value, "")
	}
	for _, n := range inc.Notes {
		row(b.clockOf(n.At)+" 补充", n.Text, "")
	}
	for _, f := range inc.FollowUps {
		row(incident.SlotName(f.N), f.Text, "")
	}
	for _, r := range inc.Risks {
		tone := webchat.Bad
		if r.Status != incident.RiskOpen {
			tone = webchat.Warn
		}
		row(r.Kind+"风险"+r.ID, fmt.Sprintf("%s，%s，%s", r.About, name(r.Person), notice.RiskWord(r.Status)), tone)
	}
	e.Verdicts = b.verdicts(inc, now)
	return e
}

// clock is what falls due next, and when.
func (b *Beside) clock(inc *incident.Incident, now time.Time) (words string, due time.Time) {
	label := ""
	switch {
	case inc.State == incident.AwaitingAck:
		label, due = "签收", inc.Ack.Due
	case inc.State == incident.Submitted:
		label, due = "通知责任人", inc.Ack.Planned
	case inc.Slot.N > 0:
		label, due = incident.SlotName(inc.Slot.N), inc.Slot.Due
	case inc.State == incident.FinalDue:
		label, due = "终报", inc.Final.Due
	}
	if due.IsZero() {
		return "", due
	}
	return label + " " + b.show(due, now), due
}

func (b *Beside) verdicts(inc *incident.Incident, now time.Time) []webchat.Verdict {
	var out []webchat.Verdict
	add := func(label string, v incident.Verdict, due time.Time, note string) {
		if v == "" || (due.IsZero() && v == incident.Pending) {
			return
		}
		detail := note
		result, colour := notice.VerdictWord(v), tone(v)
		if v == incident.Pending {
			detail = b.stamp(due) + "前"
			if now.Truncate(time.Minute).After(due) {
				result, colour = "已过时限", webchat.Bad
			}
		}
		out = append(out, webchat.Verdict{Label: label, Result: result, Detail: detail, Tone: colour})
	}
	add("首报", inc.FirstReport.Verdict, inc.FirstReport.Due, "")
	add("签收", inc.Ack.Verdict, inc.Ack.Due, "")
	add("要素", inc.Elements.Verdict, inc.Elements.Due, "")
	for _, f := range inc.FollowUps {
		add(incident.SlotName(f.N), f.Verdict, f.Due, f.Note)
	}
	add("终报", inc.Final.Verdict, inc.Final.Due, inc.Final.Note)
	return out
}

func tone(v incident.Verdict) webchat.Tone {
	switch v {
	case incident.OnTime, incident.Excused:
		return webchat.Good
	case incident.Pending:
		return webchat.Quiet
	}
	return webchat.Bad
}

func (b *Beside) show(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone := b.Desk.Voice.Zone
	return zh.ShowTime(t.In(zone), now.In(zone))
}

// stamp does not change with the day, so that it does not light up as news.
func (b *Beside) stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(b.Desk.Voice.Zone).Format("01-02 15:04")
}

func (b *Beside) clockOf(t time.Time) string { return t.In(b.Desk.Voice.Zone).Format("15:04") }
