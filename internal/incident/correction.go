package incident

import (
	"slices"
	"time"
)

// KnownKey is the key of 知悉时间, the earliest moment the unit can be shown to have known. It is no field of the form
// and needs evidence.
const KnownKey = "known_at"

// What became of a correction.
const (
	CorrectionOpen  = "asked"
	CorrectionMade  = "agreed"
	CorrectionNot   = "refused"
	mostCorrections = 50
)

// Correction replaces something registered. What stood before stays here and in the ledger.
type Correction struct {
	N       int       `json:"n"` // from 1
	Key     string    `json:"key"`
	Label   string    `json:"label"`
	Old     string    `json:"old"`
	New     string    `json:"new"`
	Text    string    `json:"text"` // as it was said, for the form
	Reason  string    `json:"reason"`
	Grounds []string  `json:"grounds,omitempty"` // evidence already kept, or a witness
	By      string    `json:"by"`
	At      time.Time `json:"at"`
	Status  string    `json:"status"`
	Judge   string    `json:"judge,omitempty"`
	Judged  time.Time `json:"judged,omitzero"`
	Words   string    `json:"words,omitempty"` // of the judge
	// First report by what stood before; empty where the correction does not touch it.
	Due     time.Time `json:"due,omitzero"`
	Verdict Verdict   `json:"verdict,omitempty"`

	Answer *Answer   `json:"answer,omitempty"`
	Facts  *Facts    `json:"facts,omitempty"`
	Known  time.Time `json:"known,omitzero"`
}

// CorrectionWaiting is the one that waits for a second person, nil if none does.
func (i *Incident) CorrectionWaiting() *Correction {
	n := slices.IndexFunc(i.Corrections, func(c Correction) bool { return c.Status == CorrectionOpen })
	if n < 0 {
		return nil
	}
	return &i.Corrections[n]
}

// askCorrection takes what is to be put right; it changes nothing until a second person agrees. One waits at a time.
func (i *Incident) askCorrection(_ Rules, a Act) error {
	if i.State == Draft || i.State == Merged || i.State == Withdrawn || i.State == Abandoned {
		return i.refuse(NotSubmitted)
	}
	c := *a.Correction
	switch waiting := i.CorrectionWaiting(); {
	case waiting != nil:
		return i.refuseWho(CorrectionWaits, waiting.By, waiting.At)
	case c.Old == c.New:
		return i.refuse(NothingToCorrect)
	case c.Key == KnownKey && len(c.Grounds) == 0 && len(a.Evidence) == 0:
		return i.refuse(KnownNeedsProof)
	case len(i.Corrections) >= mostCorrections:
		return i.refuse(NothingToCorrect)
	}
	for _, e := range numbered(i.Evidence, a.Evidence) {
		i.Evidence = append(i.Evidence, e)
		c.Grounds = append(c.Grounds, e.ID)
	}
	c.N, c.By, c.At, c.Status = len(i.Corrections)+1, a.By, a.At, CorrectionOpen
	i.Corrections = append(i.Corrections, c)
	return nil
}

// agreeCorrection puts it right. A time from which the first report counts has it judged anew: a later one only by
// this act, an earlier one as a risk of 迟报.
func (i *Incident) agreeCorrection(r Rules, a Act) error {
	c, err := i.judgeCorrection(a, CorrectionMade)
	if err != nil {
		return err
	}
	if c.Facts != nil {
		i.setFacts(*c.Facts)
	}
	if c.Answer != nil {
		i.setAnswer(*c.Answer)
	}
	setTime(&i.KnownAt, c.Known)
	if !c.Known.IsZero() || c.Facts != nil && (!c.Facts.FoundAt.IsZero() || !c.Facts.OccurredAt.IsZero()) {
		i.judgeAnew(r, a, c)
	}
	return nil
}

func (i *Incident) refuseCorrection(_ Rules, a Act) error {
	_, err := i.judgeCorrection(a, CorrectionNot)
	return err
}

func (i *Incident) judgeCorrection(a Act, status string) (*Correction, error) {
	c := i.CorrectionWaiting()
	if c == nil {
		return nil, i.refuse(NothingAsked)
	}
	if c.By == a.By {
		return nil, i.refuse(SecondPerson)
	}
	c.Status, c.Judge, c.Judged, c.Words = status, a.By, a.At, a.Text
	return c, nil
}

// judgeAnew takes the verdict on the first report again, at the level it was filed with.
func (i *Incident) judgeAnew(r Rules, a Act, c *Correction) {
	c.Due, c.Verdict = i.FirstReport.Due, i.FirstReport.Verdict
	now := i.Level.Current
	if len(i.Level.History) > 0 {
		i.Level.Current = i.Level.History[0].Level
	}
	i.judgeFirstReport(r)
	i.Level.Current = now
	late := i.FirstReport.Verdict == Late || i.FirstReport.Verdict == LateGrave
	open := slices.IndexFunc(i.Risks, func(k Risk) bool {
		return k.Kind == "迟报" && k.About == AboutFirst && (k.Status == RiskOpen || k.Status == RiskIsExplained)
	})
	switch {
	case late && open < 0 && a.Person != "":
		i.openRisk(a.At, "迟报", AboutFirst, a.Person, c.Label+"更正后，首报晚于时限"+r.local(i.FirstReport.Due).Format("01-02 15:04"))
	case !late && open >= 0:
		k := &i.Risks[open]
		k.Status, k.JudgedBy, k.JudgedAt, k.Judgment = RiskIsDismissed, a.By, a.At, c.Label+"更正后，首报准时"
	}
}
