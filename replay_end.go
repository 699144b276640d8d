package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/store"
)

// replayFiles keeps the pictures of a replay in the service's own store, whichever instance runs.
type replayFiles replay

func (f *replayFiles) PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error) {
	return f.apps[0].store.PutFile(ctx, name, by, r)
}

func (f *replayFiles) OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	return f.apps[0].store.OpenFile(ctx, sha)
}

// result is everything that came of a replay.
func (r *replay) result(ctx context.Context) (replayResult, error) {
	res := replayResult{Messages: []replayMessage{}, Undelivered: full(r.lost), Incidents: []replayIncident{}, Risks: []replayRisk{},
		Findings: []replayFinding{}, Points: []replayPoints{}, Signals: []replaySignal{}}
	err := r.apps[0].store.View(ctx, func(tx *store.Tx) error {
		posts, err := tx.Posts(store.PostFilter{})
		if err != nil {
			return err
		}
		names := map[string]string{}
		for name, p := range r.threads {
			names[p.Thread] = name
		}
		for _, row := range posts {
			if row.Message.Updates == "" { // a card made stale is no new message
				res.Messages = append(res.Messages, shownMessage(len(res.Messages)+1, row, names, r.zone))
			}
		}
		signals, err := tx.Signals()
		if err != nil {
			return err
		}
		for _, row := range signals {
			res.Signals = append(res.Signals, replaySignal{ID: row.Number, State: string(row.State), Incident: row.Incident})
		}
		incs, err := tx.RecentIncidents(1000)
		if err != nil {
			return err
		}
		for n := len(incs) - 1; n >= 0; n-- {
			r.addIncident(&res, incs[n])
		}
		entries, err := r.apps[0].desk.On(tx, "replay").Entries(time.Time{}, tx.Now.AddDate(1, 0, 0))
		for _, e := range entries {
			res.Points = append(res.Points, replayPoints{e.Person, r.unitName(e.Unit, e.Unit), e.Incident, e.Name, e.Points, e.Status})
		}
		if err != nil {
			return err
		}
		return nil
	})
	if err != nil {
		return res, err
	}
	report, err := r.apps[0].store.Verify(ctx)
	if err != nil {
		return res, err
	}
	res.Audit = replayAudit{Entries: int(report.Entries), Chain: "ok"}
	if report.Why != "" {
		res.Audit.Chain = report.Why
	}
	inZone(&res, r.zone)
	return res, nil
}

// unitName is how people call a unit, fallback where the organisation does not know it.
func (r *replay) unitName(id, fallback string) string {
	if u, ok := r.org.Unit(id); ok {
		return u.Name
	}
	return fallback
}

func (r *replay) addIncident(res *replayResult, inc *incident.Incident) {
	res.Incidents = append(res.Incidents, shownIncident(inc, r.unitName(inc.Unit, inc.Subject)))
	for _, k := range inc.Risks {
		res.Risks = append(res.Risks, replayRisk{ID: k.ID, Incident: inc.Number, Kind: k.Kind, About: k.About, Person: k.Person,
			OpenedAt: k.OpenedAt, Status: k.Status, Explanation: k.Explanation})
	}
	for _, f := range inc.Findings {
		res.Findings = append(res.Findings, replayFinding{ID: f.ID, Incident: inc.Number, Kind: f.Kind, Person: f.Person, Status: f.Status,
			By: full(f.By()), EffectiveAt: f.EffectiveAt})
	}
}

// finish compares the end with what was expected.
func (r *replay) finish(ctx context.Context) error {
	res, err := r.result(ctx)
	if err != nil {
		return err
	}
	r.end = res
	return r.compareEnd(res)
}

// transcribe adds to the transcript what was said since.
func (r *replay) transcribe() {
	lines := r.chat.History()
	for _, l := range lines[r.told:] {
		who := "»"
		if l.Sender != "" {
			who = r.org.DisplayName(l.Sender)
		}
		text := strings.ReplaceAll(l.Text, "\n", "\n"+strings.Repeat(" ", 13))
		for _, f := range l.Files {
			text = strings.TrimSpace(text + " 〔" + f.Name + "〕")
		}
		undelivered := ""
		if l.Sender != "" && !l.Delivered {
			undelivered = "（机器人听不到：" + l.Why + "）"
		}
		r.lines = append(r.lines, fmt.Sprintf("%s %s %s：%s%s", l.At.In(r.zone).Format("01-02 15:04"), r.where(l), who, text, undelivered))
	}
	r.told = len(lines)
}

func (r *replay) note(format string, args ...any) {
	r.transcribe()
	r.lines = append(r.lines, r.clock.Now().In(r.zone).Format("01-02 15:04")+" "+fmt.Sprintf(format, args...))
}

// where names a line's place as the scenario does.
func (r *replay) where(l webchat.Line) string {
	if l.Place.Direct() {
		return "私聊" + r.org.DisplayName(l.Place.Person)
	}
	for name, p := range r.threads {
		if p.Thread == l.Place.Thread && p.Thread != "" {
			return name
		}
	}
	if l.Place.Thread != "" {
		return l.Place.Chat + "/" + l.Place.Thread
	}
	return l.Place.Chat
}

// print writes transcript, registry and what was not met.
func (r *replay) print(w io.Writer) {
	for _, l := range r.lines {
		fmt.Fprintln(w, l)
	}
	fmt.Fprintln(w, "\n台账")
	for _, inc := range r.end.Incidents {
		fmt.Fprintf(w, "%s %s %s %s 首报%s 要素%s 签收%s 续报%d\n", inc.Number, inc.Level.Current.Badge(), notice.StateWord(inc.State), inc.Title,
			notice.VerdictWord(inc.FirstReport.Verdict), notice.VerdictWord(inc.Elements.Verdict), r.org.DisplayName(inc.Ack.By), len(inc.FollowUps))
	}
	for _, k := range r.end.Risks {
		fmt.Fprintf(w, "%s %s %s %s %s %s\n", k.ID, k.Incident, k.Kind, k.About, r.org.DisplayName(k.Person), notice.RiskWord(k.Status))
	}
	fmt.Fprintf(w, "登记链 %d 条，%s\n", r.end.Audit.Entries, r.end.Audit.Chain)
	if len(r.unmet) == 0 {
		fmt.Fprintln(w, "\n符合预期")
		return
	}
	fmt.Fprintf(w, "\n%d 处与预期不符：\n", len(r.unmet))
	for _, u := range r.unmet {
		fmt.Fprintln(w, u)
	}
}
