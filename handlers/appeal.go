package handlers

import (
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// confirmFinding is 确认认定, and 签字 of the committee.
func confirmFinding(t *turn) error {
	inc, f, _, err := t.findingHere(func(inc *incident.Incident, f incident.Finding) bool {
		return f.Status == incident.FindingProposed && slices.Contains(t.Confirmers(inc, f), t.person)
	})
	if inc == nil || err != nil {
		return err
	}
	signed := f.SignedBy(t.person) || !incident.Grave(f.Kind) && f.ProposedBy == t.person // refused, with the reason
	if judges := t.Confirmers(inc, *f); f.Status == incident.FindingProposed && !signed && !slices.Contains(judges, t.person) {
		return t.reply(t.Voice.NotAllowed(t.match.Command.Name, judges...))
	}
	return t.confirm(inc, f.ID)
}

func (t *turn) confirm(inc *incident.Incident, id string) error {
	if err := t.do(inc, incident.Act{Kind: incident.FindingSigned, Finding: id}); err != nil {
		return err
	}
	f := *inc.Finding(id)
	if f.Needs() > 0 {
		return t.aside(f, "signed-"+t.person, t.Voice.FindingSigned(inc, f))
	}
	if err := t.outdated("已确认", "确认认定 "+id, "签字 "+id, "驳回 "+id); err != nil {
		return err
	}
	if f.Kind == incident.MeritAverted {
		return t.tellHome("merit", "避免损失", t.Voice.MeritFound(inc, f))
	}
	if err := t.TellFinding(inc, f, "told", t.Voice.FindingTold(inc, f, t.Now), f.Person); err != nil {
		return err
	}
	return t.aside(f, "confirmed-"+t.person, t.Voice.FindingConfirmed(inc, f, t.Now))
}

// toConfirm is the finding that waits for this person's word, nil if none does.
func (t *turn) toConfirm(inc *incident.Incident) *incident.Finding {
	for n, f := range inc.Findings {
		if f.Status == incident.FindingProposed && slices.Contains(t.Confirmers(inc, f), t.person) {
			return &inc.Findings[n]
		}
	}
	return nil
}

// decideFinding is 同意 or 不同意 to a proposed finding.
func (t *turn) decideFinding(inc *incident.Incident, yes bool) error {
	f := t.toConfirm(inc)
	if yes {
		return t.confirm(inc, f.ID)
	}
	return t.letGo(inc, f, limit(zh.Clean(t.match.Rest)))
}

// letGo ends a proposal that nobody else goes along with; the person concerned never hears of it.
func (t *turn) letGo(inc *incident.Incident, f *incident.Finding, why string) error {
	if why == "" {
		return t.reply(t.Voice.AskReason(inc, *f, "驳回"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.FindingTakenBack, Finding: f.ID, Text: why}); err != nil {
		return err
	}
	if err := t.outdated("未确认", "确认认定 "+f.ID, "签字 "+f.ID, "驳回 "+f.ID); err != nil {
		return err
	}
	gone := *inc.Finding(f.ID)
	if err := t.TellFinding(inc, gone, "let-go", t.Voice.FindingLetGo(inc, gone), gone.ProposedBy); err != nil {
		return err
	}
	return t.aside(gone, "let-go-"+t.person, t.Voice.FindingLetGo(inc, gone))
}

// appeal is 申诉 理由 by the person a finding concerns.
func appeal(t *turn) error {
	inc, f, text, err := t.findingHere(func(_ *incident.Incident, f incident.Finding) bool {
		return f.Person == t.person && f.Status == incident.FindingConfirmed
	})
	if inc == nil || err != nil {
		return err
	}
	if text == "" && f.Person == t.person && f.Status == incident.FindingConfirmed && f.EffectiveAt.IsZero() {
		return t.reply(t.Voice.AskReason(inc, *f, "申诉"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.FindingContested, Finding: f.ID, Text: text, Evidence: t.evidence()}); err != nil {
		return err
	}
	if err := t.outdated("已申诉", "申诉 "+f.ID); err != nil {
		return err
	}
	now := *inc.Finding(f.ID)
	judges := t.Appellate(inc, now)
	if err := t.TellFinding(inc, now, "appeal", t.Voice.AppealToHear(inc, now), judges...); err != nil {
		return err
	}
	return t.aside(now, "appealed", t.Voice.AppealFiled(inc, now, judges))
}

// uphold is 维持 理由, revoke 撤销 理由: the answer to an appeal. Revoking is also possible later.
func uphold(t *turn) error { return t.hear("维持", incident.FindingKept) }

func revoke(t *turn) error { return t.hear("撤销", incident.FindingTakenBack) }

func (t *turn) hear(word string, kind incident.Kind) error {
	inc, f, text, err := t.findingHere(func(inc *incident.Incident, f incident.Finding) bool {
		open := f.Status == incident.FindingAppealed || kind == incident.FindingTakenBack && (f.Status == incident.FindingConfirmed || f.Status == incident.FindingUpheld)
		return open && slices.Contains(t.Appellate(inc, f), t.person)
	})
	if inc == nil || err != nil {
		return err
	}
	hadPart := f.Person == t.person || f.ProposedBy == t.person || f.SignedBy(t.person)
	if judges := t.Appellate(inc, *f); !hadPart && !slices.Contains(judges, t.person) {
		return t.reply(t.Voice.NotAllowed(word, judges...))
	}
	if text == "" && !hadPart {
		return t.reply(t.Voice.AskReason(inc, *f, word))
	}
	if err := t.do(inc, incident.Act{Kind: kind, Finding: f.ID, Text: text}); err != nil {
		return err
	}
	if err := t.outdated("已"+word, "维持 "+f.ID, "撤销 "+f.ID, "申诉 "+f.ID); err != nil {
		return err
	}
	now := *inc.Finding(f.ID)
	m := t.Voice.AppealDecided(inc, now)
	if err := t.TellFinding(inc, now, "decided", m, append(now.By(), now.Person)...); err != nil {
		return err
	}
	return t.aside(now, "decided", m)
}

// hides reports a finding this person must not learn of yet: one about themselves before it was confirmed,
// and a grave one before the committee has signed.
func (t *turn) hides(f incident.Finding) bool {
	if f.Status != incident.FindingProposed {
		return false
	}
	return f.Person == t.person || incident.Grave(f.Kind) && f.ProposedBy != t.person && !t.Org.Has(t.person, "committee")
}

// findingHere is the finding a command is about: the one named by its id, or the newest that fits, or else
// the newest of all. The rest of the words comes with it. nil: the person was answered.
func (t *turn) findingHere(fits func(*incident.Incident, incident.Finding) bool) (*incident.Incident, *incident.Finding, string, error) {
	text, id := strings.TrimSpace(t.match.Rest), ""
	for range 2 {
		if m := findingID.FindStringSubmatch(text); m != nil && id == "" {
			id, text = "I-"+m[1], after(text, m[0])
		}
		if number, rest := bot.CutNumber(text); t.match.Number == "" && number != "" && (number == text || strings.HasSuffix(text, rest)) {
			t.match.Number, text = number, rest
		}
	}
	inc, err := t.target(func(inc *incident.Incident) bool {
		return slices.ContainsFunc(inc.Findings, func(f incident.Finding) bool { return fits(inc, f) })
	})
	if inc == nil || err != nil {
		return nil, nil, "", err
	}
	if !t.MaySee(inc, t.person) {
		return nil, nil, "", t.reply(t.Voice.NotFound(inc.Number))
	}
	var found *incident.Finding
	for n, f := range inc.Findings {
		if !t.hides(f) && (id == f.ID || id == "" && (found == nil || fits(inc, f))) {
			found = &inc.Findings[n]
		}
	}
	if found == nil {
		return nil, nil, "", &incident.Refusal{Code: incident.NoFinding, Number: inc.Number}
	}
	return inc, found, limit(zh.Clean(text)), nil
}
