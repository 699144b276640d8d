package handlers

import (
	"slices"
	"strings"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// extend is 延期到10点 理由: the tracker asks for a later due time, the officer decides.
func extend(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("延期", inc) {
		return t.mayNot("延期", inc)
	}
	if t.match.Rest == "" && inc.Slot.N > 0 {
		return t.reply(t.Voice.AskExtension(inc, t.Now))
	}
	when, reason, ok := zh.CutFuture(strings.TrimPrefix(t.match.Rest, "到"), t.local())
	if !ok || when.At.IsZero() {
		return t.reply(t.Voice.BadTime(t.Now))
	}
	reason = zh.Clean(strings.TrimLeft(reason, ":： "))
	if reason == "" {
		return t.reply(t.Voice.NeedWords("延期到" + when.At.Format("15:04") + "，检测报告未出"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.ExtensionAsked, Due: when.At.UTC(), Text: reason}); err != nil {
		return err
	}
	if err := t.outdated("已申请延期", "延期"); err != nil {
		return err
	}
	return t.tellHome("extension", "延期申请", t.Voice.ExtensionAsked(inc, t.Judge(inc, t.person), t.Now))
}

// agree is 同意: whatever waits for this person's decision.
func agree(t *turn) error { return t.decide(true) }

// disagree is 不同意 理由.
func disagree(t *turn) error { return t.decide(false) }

func (t *turn) decide(yes bool) error {
	inc, err := t.target(func(inc *incident.Incident) bool { return t.waitsForMe(inc) })
	if inc == nil || err != nil {
		return err
	}
	switch {
	case inc.Extension != nil && t.person == t.Judge(inc, inc.Extension.By):
		return t.decideExtension(inc, yes)
	case inc.Takeover != nil && !inc.Takeover.Offered && t.person == inc.Officer:
		return t.decideTakeover(inc, yes)
	case t.judgesLevel(inc):
		return t.decideLevel(inc, yes)
	case t.asksMeTalk(inc):
		return t.decideTalk(inc, yes)
	case slices.Contains(t.correctionJudges(inc), t.person):
		return t.decideCorrection(inc, yes)
	case t.toConfirm(inc) != nil:
		return t.decideFinding(inc, yes)
	case inc.Extension != nil:
		return t.reply(t.Voice.NotAllowed("同意", t.Judge(inc, inc.Extension.By)))
	}
	return &incident.Refusal{Code: incident.NothingAsked, Number: inc.Number}
}

func (t *turn) waitsForMe(inc *incident.Incident) bool {
	return (inc.Extension != nil && t.person == t.Judge(inc, inc.Extension.By)) ||
		(inc.Takeover != nil && t.person == inc.Officer) || t.judgesLevel(inc) || t.asksMeTalk(inc) || t.toConfirm(inc) != nil ||
		slices.Contains(t.correctionJudges(inc), t.person)
}

func (t *turn) decideExtension(inc *incident.Incident, yes bool) error {
	kind := incident.ExtensionRefused
	if yes {
		kind = incident.ExtensionApproved
	}
	if err := t.do(inc, incident.Act{Kind: kind, Text: zh.Clean(t.match.Rest)}); err != nil {
		return err
	}
	if err := t.outdated(verdictOn(yes), "同意", "不同意"); err != nil {
		return err
	}
	decided := inc.Extended[len(inc.Extended)-1]
	return t.tellHome("extension", "延期答复", t.Voice.ExtensionDecided(inc, decided, zh.Clean(t.match.Rest), t.Now))
}

func (t *turn) decideTakeover(inc *incident.Incident, yes bool) error {
	if yes {
		return t.agreeTakeover(inc)
	}
	asker := inc.Takeover.By
	if err := t.do(inc, incident.Act{Kind: incident.TakeoverRefused}); err != nil {
		return err
	}
	if err := t.outdated(verdictOn(yes), "同意", "不同意"); err != nil {
		return err
	}
	return t.tellHome("takeover", "接手答复", t.Voice.TakeoverRefused(inc, asker))
}

func verdictOn(yes bool) string {
	if yes {
		return "已同意"
	}
	return "未同意"
}
