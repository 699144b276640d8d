package handlers

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/handlers/desk"
	"fenghuo/internal/drill"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

const (
	confirmDrill = "确认"
	hotDebrief   = 25 * time.Minute // after the end, when it is asked for
)

// beginDrill is 演练开始: a list; 演练开始 1: what would happen; 演练开始 1 确认: it begins, in this group.
func beginDrill(t *turn) error {
	if !t.may("演练", nil) {
		return t.reply(t.Voice.NotAllowed("演练开始", append(t.Org.Holding("info_officer"), t.Org.Holding("admin")...)...))
	}
	var scripts []drill.Script
	if t.Drills != nil {
		scripts = t.Drills.Drills
	}
	words := strings.Fields(zh.Fold(t.match.Number + " " + t.match.Rest))
	if len(words) == 0 || len(scripts) == 0 {
		return t.reply(t.Voice.DrillList(scripts))
	}
	n, err := strconv.Atoi(words[0])
	switch {
	case err != nil || n < 1 || n > len(scripts):
		return t.reply(t.Voice.DrillUnknown(len(scripts)))
	case t.ev.Place.Direct():
		return t.reply(t.Voice.DrillOnlyGroup())
	}
	running, err := t.Tx.RunningDrill(t.ev.Platform, t.ev.Place.Chat)
	switch {
	case err == nil:
		return t.reply(t.Voice.DrillRuns(running.Title, running.BegunBy))
	case !isNotFound(err):
		return err
	case len(words) < 2 || words[1] != confirmDrill:
		return t.reply(t.Voice.DrillAsk(n, scripts[n-1]))
	}
	return t.runDrill(scripts[n-1])
}

// runDrill queues all that is to come in, each for its moment.
func (t *turn) runDrill(s drill.Script) error {
	ends := t.Now.Add(s.Last() + drill.Grace)
	row := &store.DrillRow{Platform: t.ev.Platform, Chat: t.ev.Place.Chat, Title: s.Title, BegunBy: t.person, BegunAt: t.Now, EndsAt: ends}
	for n, in := range s.Steps {
		row.Injects = append(row.Injects, drill.Came{N: n + 1, Text: in.Inject, At: t.Now.Add(time.Duration(in.At))})
	}
	if err := t.Tx.BeginDrill(row); err != nil {
		return err
	}
	if err := t.Note(t.person, "drill_begun", drillSubject(row.ID), map[string]any{"title": s.Title, "group": row.Chat}); err != nil {
		return err
	}
	if err := t.sayDrill(t.Work, row, "begun", t.Now, t.Voice.DrillBegun(s.Title, t.person, ends, t.Now)); err != nil {
		return err
	}
	for n, in := range s.Steps {
		if err := t.sayDrill(t.Work, row, fmt.Sprintf("inject/%d", n+1), row.Injects[n].At, t.Voice.DrillInject(n+1, len(s.Steps), in)); err != nil {
			return err
		}
	}
	return t.Tx.SetClocks(drillSubject(row.ID), []store.Clock{{Kind: "end", At: ends, Due: ends, Person: t.person, Reason: "演练到时"}})
}

func drillSubject(id int64) string { return fmt.Sprintf("drill/%d", id) }

// sayDrill says something in the group's main stream, not before at.
func (t *turn) sayDrill(w *desk.Work, row *store.DrillRow, key string, at time.Time, m bot.Message) error {
	_, err := w.Tx.Post(store.Post{Key: drillSubject(row.ID) + "/" + key, Place: bot.Place{Platform: row.Platform, Chat: row.Chat}, Message: m, Reason: "演练", After: at})
	return err
}

// endDrill is 演练结束.
func endDrill(t *turn) error {
	row, err := t.Tx.RunningDrill(t.ev.Platform, t.ev.Place.Chat)
	switch {
	case isNotFound(err):
		return t.reply(t.Voice.NoDrill())
	case err != nil:
		return err
	case t.person != row.BegunBy && !t.may("演练", nil):
		return t.reply(t.Voice.NotAllowed("演练结束", row.BegunBy))
	}
	return t.overDrill(row)
}

// EndDrill ends a rehearsal whose time is over.
func (s *Service) EndDrill(tx *store.Tx, id int64, cause string) error {
	row, err := tx.Drill(id)
	if err != nil {
		return err
	}
	t := &turn{Work: s.desk.On(tx, cause), s: s, at: tx.Now}
	if !row.EndedAt.IsZero() {
		return tx.SetClocks(drillSubject(id), nil)
	}
	if row.EndsAt.After(tx.Now) {
		return tx.SetClocks(drillSubject(id), []store.Clock{{Kind: "end", At: row.EndsAt, Due: row.EndsAt, Person: row.BegunBy, Reason: "演练到时"}})
	}
	return t.overDrill(row)
}

// overDrill takes back what has not come in yet, closes what was reported and says how it went.
func (t *turn) overDrill(row *store.DrillRow) error {
	came := []drill.Came{}
	for _, in := range row.Injects {
		dropped, err := t.Tx.Drop(fmt.Sprintf("%s/inject/%d", drillSubject(row.ID), in.N), "演练已结束")
		if err != nil {
			return err
		}
		if !dropped && !in.At.After(t.Now) {
			came = append(came, in)
		}
	}
	incidents, err := t.drilled(row)
	if err != nil {
		return err
	}
	r := drill.Result{}
	var acts []time.Time
	for _, inc := range incidents {
		entries, err := t.Tx.EntriesOf(desk.Subject(inc.Number))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Actor != "" {
				acts = append(acts, e.At)
			}
		}
		r.Incidents = append(r.Incidents, handled(inc, came, len(t.breaches(inc))))
		if inc.State.Over() {
			continue
		}
		if err := t.Do(inc, incident.Act{Kind: incident.DrillEnded}); err != nil {
			return err
		}
	}
	r.Injects = drill.Judge(came, acts, t.Now)
	if err := t.Tx.EndDrill(row); err != nil {
		return err
	}
	if err := t.Tx.SetClocks(drillSubject(row.ID), nil); err != nil {
		return err
	}
	if err := t.Note(t.person, "drill_ended", drillSubject(row.ID), r); err != nil {
		return err
	}
	if err := t.sayDrill(t.Work, row, "score", t.Now, t.Voice.DrillScore(row.Title, r, t.Now.Sub(row.BegunAt))); err != nil {
		return err
	}
	return t.sayDrill(t.Work, row, "debrief", t.Now.Add(hotDebrief), t.Voice.DrillDebrief(row.Title, row.BegunBy))
}

// drilled are the incidents reported in a rehearsal, the first one first.
func (t *turn) drilled(row *store.DrillRow) ([]*incident.Incident, error) {
	all, err := t.Tx.Incidents(store.IncidentFilter{From: row.BegunAt, Drill: store.Only})
	if err != nil {
		return nil, err
	}
	var out []*incident.Incident
	for _, inc := range all {
		if inc.Drilled == row.ID {
			out = append([]*incident.Incident{inc}, out...)
		}
	}
	return out, nil
}

func handled(inc *incident.Incident, came []drill.Came, breaches int) drill.Handled {
	h := drill.Handled{Number: inc.Number, Title: inc.Title, Report: drill.Before(came, inc.ReportedAt), Acked: drill.NotReached, Verified: drill.NotReached,
		FollowUps: len(inc.FollowUps), Breaches: breaches}
	if inc.Acked() {
		h.Acked = inc.Ack.At.Sub(inc.ReportedAt)
	}
	if at := inc.Verification.FirstAt; !at.IsZero() {
		h.Verified = at.Sub(inc.ReportedAt)
	}
	return h
}

// rehearse makes a form part of the rehearsal held in the group it begins in, unless it is said to be real.
func (t *turn) rehearse(f *form.Session, place bot.Place) error {
	if t.ev.Place.Direct() || t.real {
		return nil
	}
	row, err := t.Tx.RunningDrill(t.ev.Platform, t.ev.Place.Chat)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	f.Drill = row.ID
	return t.sayIn(place, "drill", t.Voice.DrillReport())
}

// afterDrill closes what was submitted when its rehearsal was over; nobody is called.
func (t *turn) afterDrill(inc *incident.Incident, row *store.FormRow, s *form.Session) (late bool, err error) {
	if !inc.Drill {
		return false, nil
	}
	held, err := t.Tx.Drill(inc.Drilled)
	if err != nil || held.EndedAt.IsZero() {
		return false, err
	}
	if err := t.do(inc, incident.Act{Kind: incident.DrillEnded}); err != nil {
		return false, err
	}
	row.Incident, row.Active = inc.Number, false
	if err := t.keepForm(row, s); err != nil {
		return false, err
	}
	return true, t.sayIn(row.Place, "drill-over", t.Voice.DrillOver())
}

// reportReal is 真报: what is filled in here, or begins here, is no part of a rehearsal.
func reportReal(t *turn) error {
	t.real = true
	if err := t.reply(t.Voice.DrillNot()); err != nil {
		return err
	}
	return t.report(false)
}
