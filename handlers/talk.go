package handlers

import (
	"fmt"
	"slices"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// talkNow is 口径: what may be said of the incident.
func talkNow(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	return t.reply(t.Voice.Talk(inc, t.Now))
}

// draftTalk is 口径初稿 内容.
func draftTalk(t *turn) error {
	inc, err := t.talkTarget("口径初稿")
	if inc == nil || err != nil {
		return err
	}
	sheet := readSheet(zh.Clean(t.match.Rest))
	if sheet.Stance == "" {
		if inc.State.Over() || !inc.Acked() {
			return t.do(inc, incident.Act{Kind: incident.TalkWritten, Sheet: &sheet}) // refused, with the reason
		}
		return t.reply(t.Voice.AskTalk(inc, t.Now))
	}
	return t.writeTalk(inc, sheet)
}

// keepTalk is 口径续用: the last version that was in force is asked about again as it stands.
func keepTalk(t *turn) error {
	inc, err := t.talkTarget("口径续用")
	if inc == nil || err != nil {
		return err
	}
	for _, p := range slices.Backward(inc.Talk.Versions) {
		if p.Status == incident.TalkLapsed || p.Status == incident.TalkInForce {
			return t.writeTalk(inc, p.Sheet)
		}
	}
	return t.reply(t.Voice.NoTalk(inc))
}

// talkTarget is the incident somebody may write talking points for.
func (t *turn) talkTarget(word string) (*incident.Incident, error) {
	inc, err := t.target(func(inc *incident.Incident) bool { return inc.Acked() && t.mayDraftTalk(inc) })
	if inc == nil || err != nil {
		return nil, err
	}
	if !t.mayDraftTalk(inc) {
		return nil, t.reply(t.Voice.NotAllowed(word, t.First("口径初稿", inc)...))
	}
	return inc, nil
}

// mayDraftTalk: those who work on the incident, and whoever has to agree in the end.
func (t *turn) mayDraftTalk(inc *incident.Incident) bool {
	return t.may("口径初稿", inc) ||
		slices.ContainsFunc(t.TalkChain(inc), func(c incident.Called) bool { return c.Person == t.person })
}

func (t *turn) writeTalk(inc *incident.Incident, sheet incident.Sheet) error {
	if err := t.do(inc, incident.Act{Kind: incident.TalkWritten, Sheet: &sheet, Called: t.TalkChain(inc)}); err != nil {
		return err
	}
	if err := t.outdated("已有新版口径", "口径续用", "口径初稿"); err != nil {
		return err
	}
	if err := t.retireTalk("已有新版口径"); err != nil {
		return err
	}
	p := inc.Talk.Versions[len(inc.Talk.Versions)-1]
	if p.Status == incident.TalkInForce {
		if err := t.tellHome("talk", "口径生效", t.Voice.TalkDecided(inc, p, t.person, "", t.Now)); err != nil {
			return err
		}
		return t.askWhich(inc)
	}
	if err := t.tellHome("talk", "口径待批", t.Voice.TalkDrafted(inc, p)); err != nil {
		return err
	}
	if err := t.askApart(inc, p); err != nil {
		return err
	}
	return t.askWhich(inc)
}

// askApart asks in private those who have to agree and do not work on the incident otherwise.
func (t *turn) askApart(inc *incident.Incident, p incident.TalkingPoint) error {
	for _, person := range p.Waits() {
		if slices.Contains([]string{inc.Officer, inc.Backup, inc.Tracker, inc.Head}, person) {
			continue
		}
		told := desk.Told{Purpose: fmt.Sprintf("talk-asked/%d", p.Version), Reason: "口径待批", Message: t.Voice.TalkAsked(inc, p)}
		if err := t.Direct(inc, person, told); err != nil {
			return err
		}
	}
	return nil
}

// asksMeTalk reports a draft that waits for this person's word.
func (t *turn) asksMeTalk(inc *incident.Incident) bool {
	p := inc.TalkDrafted()
	return p != nil && !slices.Contains(p.AgreedBy(), t.person) &&
		slices.ContainsFunc(t.TalkChain(inc), func(c incident.Called) bool { return c.Person == t.person })
}

// decideTalk is a yes or no to a draft.
func (t *turn) decideTalk(inc *incident.Incident, yes bool) error {
	words, version := limit(zh.Clean(t.match.Rest)), inc.TalkDrafted().Version
	act := incident.Act{Kind: incident.TalkSentBack, Text: words}
	if yes {
		act = incident.Act{Kind: incident.TalkAgreed, Text: words, Called: t.TalkChain(inc)}
	} else if words == "" {
		return t.reply(t.Voice.NeedWords("不同意 批次数字还没核实"))
	}
	if err := t.do(inc, act); err != nil {
		return err
	}
	p := inc.Talk.Versions[version-1]
	if p.Status != incident.TalkDraft {
		if err := t.retireTalk(verdictOn(yes)); err != nil {
			return err
		}
	}
	return t.tellHome("talk", "口径答复", t.Voice.TalkDecided(inc, p, t.person, words, t.Now))
}

// retireTalk makes the cards grey that ask about a draft.
func (t *turn) retireTalk(what string) error { return t.outdated(what, "同意", "不同意") }
