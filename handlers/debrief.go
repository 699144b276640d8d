package handlers

import (
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/wording"
)

// debrief is 复盘: what the registry knows for it.
func debrief(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	return t.reply(t.Voice.Debrief(inc, t.breaches(inc), t.Now))
}

// breaches are where an answer to the press, a follow-up or the final report did not fit the talking points of
// its time. Follow-ups and final reports are for colleagues: only their figures and times are compared.
func (t *turn) breaches(inc *incident.Incident) []notice.Breach {
	var out []notice.Breach
	compare := func(source, text string, at time.Time, public bool) {
		p := inc.TalkAt(at)
		if p == nil || text == "" {
			return
		}
		for _, f := range wording.Check(text, t.sheetOf(inc, *p), at.In(t.Rules.Calendar.Zone())) {
			if public || f.Kind == wording.Number || f.Kind == wording.Time {
				out = append(out, notice.Breach{Source: source, Version: p.Version, Finding: f, Words: f.Of(text)})
			}
		}
	}
	for _, q := range inc.Inquiries {
		compare("答复"+q.ID, q.Answer, q.AnsweredAt, true)
	}
	for _, f := range inc.FollowUps {
		compare(incident.SlotName(f.N), f.Text, f.At, false)
	}
	compare("终报", inc.Final.Text, inc.Final.At, false)
	return out
}
