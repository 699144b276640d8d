package handlers

import (
	"regexp"

	"fenghuo/internal/incident"
)

// accuseConcealed is 提请瞒报调查 马越 理由, with evidence: the committee decides by two signatures. Until
// then the bot says 疑似, in private, and to nobody but the committee.
func accuseConcealed(t *turn) error { return t.accuse(incident.FaultConcealed) }

// accuseFalse is 提请谎报调查.
func accuseFalse(t *turn) error { return t.accuse(incident.FaultFalse) }

// kept is evidence the incident has already, witness somebody who can tell.
var (
	keptEvidence = regexp.MustCompile(`E-\d+`)
	witness      = regexp.MustCompile(`证人[:：]\s*[^\s，,。；;]+`)
)

func (t *turn) accuse(fault string) error {
	t.match.Rest = fault + " " + t.match.Rest
	c := t.charge()
	inc, err := t.target(func(inc *incident.Incident) bool { return t.MayAccuse(inc, t.person) && t.involved(inc) })
	if inc == nil || err != nil {
		return err
	}
	switch {
	case !t.MaySee(inc, t.person):
		return t.reply(t.Voice.NotFound(inc.Number))
	case !t.MayAccuse(inc, t.person):
		return t.reply(t.Voice.NotAllowed("提请"+fault+"调查", inc.Head, inc.Deputy))
	case c.person == "" || c.text == "":
		return t.reply(t.Voice.AskAccusation(inc, fault))
	}
	act := incident.Act{Kind: incident.FindingMade, Fault: fault, Person: c.person, Text: c.text, Evidence: t.evidence()}
	for _, id := range keptEvidence.FindAllString(c.text, -1) {
		if inc.HasEvidence(id) {
			act.Grounds = append(act.Grounds, id)
		}
	}
	act.Grounds = append(act.Grounds, witness.FindAllString(c.text, -1)...)
	return t.propose(inc, act)
}
