package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// amend asks for another time of discovery.
func amend(by, old, found string) incident.Act {
	return incident.Act{Kind: incident.CorrectionAsked, By: by, Correction: &incident.Correction{Key: "found_at", Label: "发现时间", Old: old, New: found,
		Text: found, Reason: "看错了", Facts: &incident.Facts{FoundAt: at(found)}}}
}

func judged(by string, kind incident.Kind) incident.Act {
	return incident.Act{Kind: kind, By: by, Person: "zhoumin"}
}

// TestCorrectionNeedsASecondPerson: until then nothing changes; what stood before stays.
func TestCorrectionNeedsASecondPerson(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:30")
	w.refused("03-10 10:31", judged("wuyan", incident.CorrectionAgreed), incident.NothingAsked)
	w.refused("03-10 10:31", amend("zhoumin", "03-10 10:00", "03-10 10:00"), incident.NothingToCorrect)
	w.do("03-10 10:35", amend("zhoumin", "03-10 10:00", "03-10 09:15"))
	wantTime(t, "found, while it waits", w.inc.FoundAt, "03-10 10:00")
	w.refused("03-10 10:36", amend("wuyan", "03-10 10:00", "03-10 09:00"), incident.CorrectionWaits)
	w.refused("03-10 10:37", judged("zhoumin", incident.CorrectionAgreed), incident.SecondPerson)
	w.do("03-10 10:40", judged("wuyan", incident.CorrectionAgreed))
	wantTime(t, "found", w.inc.FoundAt, "03-10 09:15")
	want(t, "the verdict is taken anew", w.inc.FirstReport.Verdict, incident.Late)
	c := w.inc.Corrections[0]
	want(t, "what stood before", c.Old+" "+string(c.Verdict), "03-10 10:00 on_time")
	want(t, "risk", w.inc.Risks[0].Kind+w.inc.Risks[0].Person, "迟报zhoumin")

	w.do("03-10 10:50", amend("zhoumin", "03-10 09:15", "03-10 09:50"))
	w.do("03-10 10:55", judged("wuyan", incident.CorrectionAgreed))
	want(t, "back in time", w.inc.FirstReport.Verdict, incident.OnTime)
	want(t, "the risk", w.inc.Risks[0].Status+" "+w.inc.Risks[0].JudgedBy, "dismissed wuyan")

	w.do("03-10 11:00", amend("zhoumin", "03-10 09:50", "03-10 08:00"))
	w.do("03-10 11:05", judged("wanglei", incident.CorrectionRefused))
	wantTime(t, "refused", w.inc.FoundAt, "03-10 09:50")
}

// TestKnownAtNeedsProof and is shown beside the stated discovery; the earlier of the two counts.
func TestKnownAtNeedsProof(t *testing.T) {
	known := func(when string, grounds ...string) incident.Act {
		return incident.Act{Kind: incident.CorrectionAsked, By: "linke", Correction: &incident.Correction{Key: incident.KnownKey, Label: "知悉时间",
			New: when, Text: when, Reason: "店长群里说过", Grounds: grounds, Known: at(when)}}
	}
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:30")
	w.refused("03-10 10:31", known("03-10 07:00"), incident.KnownNeedsProof)
	proof := known("03-10 07:00")
	proof.Evidence = []incident.Evidence{{Name: "chat.png", SHA256: "ab"}}
	w.do("03-10 10:35", proof)
	want(t, "kept as evidence", w.inc.Corrections[0].Grounds[0], "E-1")
	agree := judged("wuyan", incident.CorrectionAgreed)
	agree.Person = "mayue"
	w.do("03-10 10:40", agree)
	wantTime(t, "known", w.inc.KnownAt, "03-10 07:00")
	wantTime(t, "found, as stated", w.inc.FoundAt, "03-10 10:00")
	wantTime(t, "due", w.inc.FirstReport.Due, "03-10 08:00")
	want(t, "verdict", w.inc.FirstReport.Verdict, incident.LateGrave)
	want(t, "who answers", w.inc.Risks[0].Person, "mayue")

	later := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:30")
	later.do("03-10 10:35", known("03-10 10:20", "证人：林可"))
	later.do("03-10 10:40", agree)
	want(t, "a later one changes no verdict", later.inc.FirstReport.Verdict, incident.OnTime)
}
