package handlers

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// find is 认定 R1 理由, 认定 迟报 001 理由, 认定 未签收 王蕾 理由: a head or an administrator makes a
// finding; it counts only when another confirms it and nobody appeals.
func find(t *turn) error {
	c := t.charge()
	inc, err := t.target(func(inc *incident.Incident) bool { return t.MayFind(inc, t.person) && judgeable(inc) })
	if inc == nil || err != nil {
		return err
	}
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case !t.MayFind(inc, t.person):
		return t.reply(t.Voice.NotAllowed("认定", inc.Head, inc.Deputy))
	case incident.Grave(c.fault):
		return t.reply(t.Voice.AskAccusation(inc, c.fault))
	case c.text == "" || (c.risk == "" && c.fault == "") || (needsPerson[c.fault] && c.person == ""):
		return t.reply(t.Voice.AskFinding(inc))
	}
	act := incident.Act{Kind: incident.FindingMade, Risk: c.risk, Fault: c.fault, Person: c.person, Text: c.text, Evidence: t.evidence()}
	if c.fault == incident.MeritAverted && c.person == "" {
		act.Person = inc.Reporter
	}
	return t.propose(inc, act)
}

// judgeable fits incidents with something to find or dismiss.
func judgeable(inc *incident.Incident) bool {
	return len(inc.Unjudged()) > 0 || slices.ContainsFunc(inc.Risks, func(r incident.Risk) bool {
		return r.Status == incident.RiskOpen || r.Status == incident.RiskIsExplained
	})
}

// propose makes the finding and asks those who have to confirm it.
func (t *turn) propose(inc *incident.Incident, act incident.Act) error {
	if err := t.do(inc, act); err != nil {
		return err
	}
	f := inc.Findings[len(inc.Findings)-1]
	judges := t.Confirmers(inc, f)
	if !incident.Grave(f.Kind) && len(judges) > 1 {
		judges = judges[:1]
	}
	if err := t.TellFinding(inc, f, "asked", t.Voice.ConfirmFinding(inc, f), judges...); err != nil {
		return err
	}
	return t.aside(f, "made", t.Voice.FindingMade(inc, f, judges))
}

// aside answers in private what is nobody else's business; where others read along, that it was done.
func (t *turn) aside(f incident.Finding, stage string, m bot.Message) error {
	if t.ev.Place.Direct() {
		return t.reply(m)
	}
	if err := t.TellFinding(t.inc, f, stage, m, t.person); err != nil {
		return err
	}
	return t.reply(t.Voice.ToldInPrivate())
}

// dismiss is 驳回 R1 理由: no fault; or the second person does not go along with a proposed finding.
func dismiss(t *turn) error {
	c := t.charge()
	inc, err := t.target(func(inc *incident.Incident) bool {
		return t.toConfirm(inc) != nil || t.MayFind(inc, t.person) && judgeable(inc)
	})
	if inc == nil || err != nil {
		return err
	}
	if !t.MaySee(inc, t.person) {
		return t.reply(t.Voice.NotFound(inc.Number))
	}
	if f := t.toConfirm(inc); f != nil && c.risk == "" && c.fault == "" {
		return t.letGo(inc, f, c.text)
	}
	if !t.MayFind(inc, t.person) {
		return t.reply(t.Voice.NotAllowed("驳回", inc.Head, inc.Deputy))
	}
	act := incident.Act{Kind: incident.RiskDismissed, Risk: c.risk, Text: c.text}
	if c.fault == incident.FaultSilent {
		act.About, act.Person = incident.AboutAck, c.person
	} else if act.Risk == "" {
		act.Risk = onlyRisk(inc)
	}
	if c.text == "" || (act.Risk == "" && act.Person == "") {
		return t.reply(t.Voice.AskDismissal(inc))
	}
	if err := t.do(inc, act); err != nil {
		return err
	}
	if err := t.outdated("已驳回", "说明"); err != nil {
		return err
	}
	return t.tellHome("dismissed", "不计", t.Voice.Dismissed(inc, t.dismissed(inc, act), t.person))
}

// dismissed is what was dismissed, a silence in the shape of a risk.
func (t *turn) dismissed(inc *incident.Incident, act incident.Act) incident.Risk {
	if risk := inc.Risk(act.Risk); risk != nil {
		return *risk
	}
	return incident.Risk{Kind: incident.FaultSilent, About: incident.AboutAck, Person: act.Person, Judgment: act.Text}
}

// onlyRisk is the one risk that waits for a judgment; empty if there are several or none.
func onlyRisk(inc *incident.Incident) string {
	id := ""
	for _, r := range inc.Risks {
		if r.Status == incident.RiskOpen || r.Status == incident.RiskIsExplained {
			if id != "" {
				return ""
			}
			id = r.ID
		}
	}
	return id
}

// explainSilence is 说明 by somebody who did not acknowledge in time.
func (t *turn) explainSilence(inc *incident.Incident) error {
	silence := incident.Risk{ID: incident.AboutAck, Kind: incident.FaultSilent, About: incident.AboutAck, Person: t.person}
	text := limit(zh.Clean(t.match.Rest))
	if text == "" {
		return t.reply(t.Voice.AskExplanation(inc, silence))
	}
	if err := t.do(inc, incident.Act{Kind: incident.RiskExplained, About: incident.AboutAck, Text: text}); err != nil {
		return err
	}
	silence.Explanation = text
	return t.tellHome("explained", "说明已收", t.Voice.Explained(silence))
}

// charge is what a judgment is about, as far as its words say.
type charge struct{ risk, fault, finding, person, text string }

var needsPerson = map[string]bool{incident.FaultSlow: false, incident.FaultSilent: true, incident.FaultMissed: true, incident.FaultOffMessage: true,
	incident.FaultUnasked: true, incident.FaultLeak: true, incident.FaultFalse: true, incident.FaultConcealed: true}

var (
	riskID    = regexp.MustCompile(`^[Rr](\d{1,3})(?:$|[\s,，。:：])`)
	findingID = regexp.MustCompile(`^[Ii]-?(\d{1,3})(?:$|[\s,，。:：])`)
)

// faultWords are the faults with what else they are called.
var faultWords = map[string]string{"口径": incident.FaultOffMessage, "避损": incident.MeritAverted, "未按时签收": incident.FaultSilent}

// charge reads 迟报 001 理由 or 未签收 王蕾 理由, in whatever order the first words come.
func (t *turn) charge() charge {
	var c charge
	text := strings.TrimSpace(zh.Clean(t.match.Rest))
	for range 5 {
		before := text
		if m := riskID.FindStringSubmatch(text); m != nil && c.risk == "" {
			c.risk, text = "R"+m[1], after(text, m[0])
		} else if m := findingID.FindStringSubmatch(text); m != nil && c.finding == "" {
			c.finding, text = "I-"+m[1], after(text, m[0])
		} else if fault, rest := faultIn(text); fault != "" && c.fault == "" {
			c.fault, text = fault, rest
		} else if t.match.Number == "" {
			if number, rest := bot.CutNumber(text); number != "" && !strings.HasSuffix(text, number) {
				t.match.Number, text = number, rest
			} else if number == text {
				t.match.Number, text = number, ""
			}
		}
		if p, rest, ok := t.findPerson(text); ok && c.person == "" && c.fault != "" {
			c.person, text = p.ID, rest
		}
		if text == before {
			break
		}
	}
	c.text = limit(text)
	return c
}

func after(text, head string) string {
	return strings.TrimLeft(strings.TrimPrefix(text, head), " ，,。：:")
}

func faultIn(text string) (fault, rest string) {
	for _, f := range incident.Faults {
		if strings.HasPrefix(text, f) {
			return f, after(text, f)
		}
	}
	for word, f := range faultWords {
		if strings.HasPrefix(text, word) {
			return f, after(text, word)
		}
	}
	return "", text
}
