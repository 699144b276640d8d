package handlers

import (
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/wording"
	"fenghuo/internal/zh"
)

// debrief is 复盘: without words, what the registry knows for it; with words it is filed.
func debrief(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	text := limit(zh.Clean(t.match.Rest))
	if text == "" {
		return t.reply(t.Voice.Debrief(inc, t.breaches(inc), t.Now))
	}
	if !t.may("复盘", inc) {
		return t.mayNot("复盘", inc)
	}
	if err := t.do(inc, incident.Act{Kind: incident.DebriefFiled, Text: text}); err != nil {
		return err
	}
	if err := t.outdated("已交复盘", "复盘"); err != nil {
		return err
	}
	return t.tellHome("debrief", "复盘待批", t.Voice.DebriefFiled(inc, t.Approver(inc)))
}

// acceptDebrief is 通过复盘.
func acceptDebrief(t *turn) error {
	inc, err := t.debriefToJudge("通过复盘")
	if inc == nil || err != nil {
		return err
	}
	if err := t.do(inc, incident.Act{Kind: incident.DebriefAccepted}); err != nil {
		return err
	}
	if err := t.outdated("已通过", "通过复盘", "退回复盘"); err != nil {
		return err
	}
	return t.tellHome("debrief-accepted", "复盘通过", t.Voice.DebriefAccepted(inc))
}

// returnDebrief is 退回复盘 原因.
func returnDebrief(t *turn) error {
	inc, err := t.debriefToJudge("退回复盘")
	if inc == nil || err != nil {
		return err
	}
	reason := limit(zh.Clean(t.match.Rest))
	if reason == "" {
		return t.reply(t.Voice.NeedWords("退回复盘 教训没有写明责任人"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.DebriefReturned, Text: reason}); err != nil {
		return err
	}
	if err := t.outdated("已退回", "通过复盘", "退回复盘"); err != nil {
		return err
	}
	return t.tellHome("debrief-returned", "复盘退回", t.Voice.DebriefReturned(inc))
}

func (t *turn) debriefToJudge(word string) (*incident.Incident, error) {
	inc, err := t.target(func(inc *incident.Incident) bool { return inc.DebriefWaits() && t.person == t.Approver(inc) })
	if inc == nil || err != nil {
		return nil, err
	}
	if judge := t.Approver(inc); t.person != judge && t.person != inc.Deputy && t.person != inc.Chief {
		return nil, t.reply(t.Voice.NotAllowed(word, judge))
	}
	return inc, nil
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
