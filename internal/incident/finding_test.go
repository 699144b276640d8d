package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// slowOnce is an incident whose first follow-up became the risk R1 of 吴妍, Monday 03-23 17:30.
func slowOnce(t testing.TB) *world {
	t.Helper()
	w := acked(t, incident.LevelIII, "03-23 10:00")
	w.do("03-23 17:42", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
	return w
}

func made(by, risk string) incident.Act {
	return incident.Act{Kind: incident.FindingMade, By: by, Risk: risk, Text: "没有报备"}
}

func on(kind incident.Kind, by string) incident.Act {
	return incident.Act{Kind: kind, By: by, Finding: "I-1", Text: "因为"}
}

// TestAFindingTakesTwoPeopleAndTime: proposed, confirmed by another, final five working days later.
func TestAFindingTakesTwoPeopleAndTime(t *testing.T) {
	w := slowOnce(t)
	w.refused("03-23 17:50", made("wuyan", "R1"), incident.OwnCase)
	w.do("03-23 18:00", made("xuqing", "R1"))
	f := w.inc.Findings[0]
	want(t, "finding", f.ID+f.Kind+f.About+f.Person+f.Status, "I-1缓报续报一wuyanproposed")
	want(t, "risk", w.inc.Risks[0].Status, incident.RiskBecameFinding)
	w.refused("03-23 18:01", made("heyun", "R1"), incident.AnsweredAlready)
	w.refused("03-23 18:02", on(incident.FindingSigned, "xuqing"), incident.SecondPerson)
	w.refused("03-23 18:03", on(incident.FindingSigned, "wuyan"), incident.OwnCase)
	w.refused("03-23 18:04", on(incident.FindingContested, "wuyan"), incident.NoFinding)
	w.do("03-23 18:05", on(incident.FindingSigned, "heyun"))
	f = w.inc.Findings[0]
	want(t, "status", f.Status, incident.FindingConfirmed)
	want(t, "appeal by", show(f.AppealBy), "03-30 18:00")
	want(t, "counts from", f.EffectiveAt.IsZero(), true)
	w.refused("03-23 18:06", on(incident.FindingSigned, "gubo"), incident.NoFinding)
	w.until("03-30 17:59")
	want(t, "still open to appeal", w.inc.Findings[0].EffectiveAt.IsZero(), true)
	w.until("03-30 18:00")
	want(t, "final", show(w.inc.Findings[0].EffectiveAt), "03-30 18:00")
	w.refused("03-30 18:01", on(incident.FindingContested, "wuyan"), incident.AppealLate)
	w.refused("03-30 18:02", on(incident.FindingTakenBack, "heyun"), incident.SecondPerson)
	w.do("03-30 18:03", on(incident.FindingTakenBack, "gubo"))
	want(t, "revoked later", w.inc.Findings[0].Status, incident.FindingRevoked)
	want(t, "counts no more", w.inc.Findings[0].EffectiveAt.IsZero(), true)
}

// TestAnAppealIsHeardBySomebodyElse, and is answered either way; meanwhile nothing becomes final.
func TestAnAppealIsHeardBySomebodyElse(t *testing.T) {
	for _, tc := range []struct {
		answer incident.Kind
		status string
		counts bool
	}{{incident.FindingKept, incident.FindingUpheld, true}, {incident.FindingTakenBack, incident.FindingRevoked, false}} {
		w := slowOnce(t)
		w.do("03-23 18:00", made("xuqing", "R1"))
		w.do("03-23 18:05", on(incident.FindingSigned, "heyun"))
		w.refused("03-24 09:00", on(incident.FindingContested, "zhoumin"), incident.NotYours)
		w.do("03-30 17:30", on(incident.FindingContested, "wuyan"))
		w.until("04-10 18:00")
		want(t, "waits for the answer", w.inc.Findings[0].Status, incident.FindingAppealed)
		w.refused("04-10 18:01", on(tc.answer, "xuqing"), incident.SecondPerson)
		w.refused("04-10 18:02", on(tc.answer, "heyun"), incident.SecondPerson)
		w.refused("04-10 18:03", on(tc.answer, "wuyan"), incident.OwnCase)
		w.do("04-10 18:04", on(tc.answer, "gubo"))
		f := w.inc.Findings[0]
		want(t, "answered", f.Status+f.DecidedBy, tc.status+"gubo")
		want(t, "counts", !f.EffectiveAt.IsZero(), tc.counts)
	}
}

// TestNoReminderNoFault: what no delivered reminder stands behind cannot be found, nor what was on time.
func TestNoReminderNoFault(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-23 10:00")
	w.deaf = true
	w.until("03-23 19:00")
	find := func(fault, person string) incident.Act {
		return incident.Act{Kind: incident.FindingMade, By: "xuqing", Fault: fault, Person: person, Text: "晚了"}
	}
	want(t, "risks", len(w.inc.Risks), 0)
	w.refused("03-23 19:01", find(incident.FaultSlow, "wuyan"), incident.NotReminded)
	w.refused("03-23 19:02", find(incident.FaultSilent, "chenfang"), incident.NotReminded)
	w.refused("03-23 19:03", find(incident.FaultLate, ""), incident.NotLate)
	w.refused("03-23 19:04", find(incident.FaultLight, ""), incident.NotLight)
	w.refused("03-23 19:05", made("xuqing", "R9"), incident.NoSuchRisk)
}

// TestSilenceIsExplainedAndJudged like a risk.
func TestSilenceIsExplainedAndJudged(t *testing.T) {
	w := report(t, incident.LevelIII, "03-23 10:00", "03-23 10:00")
	w.do("03-23 11:10", incident.Act{Kind: incident.Acknowledged, By: "xuqing"})
	want(t, "silent", len(w.inc.Unjudged()), 2)
	w.do("03-23 11:15", incident.Act{Kind: incident.RiskExplained, By: "chenfang", About: incident.AboutAck, Text: "在开会"})
	w.refused("03-23 11:16", incident.Act{Kind: incident.RiskExplained, By: "linke", About: incident.AboutAck, Text: "我"}, incident.NoRisk)
	dismiss := func(by, person string) incident.Act {
		return incident.Act{Kind: incident.RiskDismissed, By: by, Person: person, About: incident.AboutAck, Text: "在途中"}
	}
	w.refused("03-23 11:17", dismiss("wanglei", "wanglei"), incident.OwnCase)
	w.do("03-23 11:18", dismiss("xuqing", "chenfang"))
	w.refused("03-23 11:19", dismiss("xuqing", "chenfang"), incident.NoRisk)
	find := incident.Act{Kind: incident.FindingMade, By: "xuqing", Fault: incident.FaultSilent, Person: "wanglei", Text: "已读未签收"}
	w.do("03-23 11:20", find)
	w.refused("03-23 11:21", find, incident.AnsweredAlready)
	w.refused("03-23 11:22", dismiss("xuqing", "wanglei"), incident.AnsweredAlready)
	want(t, "waits for nobody", len(w.inc.Unjudged()), 0)
}

// TestConcealmentTakesEvidenceAndTheCommittee: two signatures of two people, neither the person concerned.
func TestConcealmentTakesEvidenceAndTheCommittee(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-23 10:00")
	asked := incident.Act{Kind: incident.FindingMade, By: "xuqing", Fault: incident.FaultConcealed, Person: "mayue", Text: "店长群里说先别报"}
	w.refused("03-23 11:00", asked, incident.NoEvidence)
	asked.Evidence = []incident.Evidence{{Name: "群聊.png", SHA256: "ab"}}
	asked.Grounds = []string{"证人：林可"}
	w.do("03-23 11:01", asked)
	want(t, "evidence", text(t, w.inc.Findings[0].Evidence), `["证人：林可","E-1"]`)
	want(t, "filed with the incident", w.inc.Evidence[0].ID, "E-1")
	w.do("03-23 11:02", on(incident.FindingSigned, "heyun"))
	want(t, "one is not enough", w.inc.Findings[0].Status, incident.FindingProposed)
	w.refused("03-23 11:03", on(incident.FindingSigned, "heyun"), incident.SecondPerson)
	w.refused("03-23 11:04", on(incident.FindingSigned, "mayue"), incident.OwnCase)
	w.do("03-23 11:05", on(incident.FindingSigned, "hanlu"))
	want(t, "two are", w.inc.Findings[0].Status, incident.FindingConfirmed)
	want(t, "who answers for it", text(t, w.inc.Findings[0].By()), `["heyun","hanlu"]`)
	w.do("03-24 09:00", on(incident.FindingContested, "mayue"))
	w.refused("03-24 09:01", on(incident.FindingKept, "hanlu"), incident.SecondPerson)
	w.do("03-24 09:02", on(incident.FindingKept, "gubo"))
	want(t, "final", show(w.inc.Findings[0].EffectiveAt), "03-24 09:02")
}

// TestAProposalMayBeLetGo by the second person; the same fault can then be found anew.
func TestAProposalMayBeLetGo(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-23 10:00")
	leak := incident.Act{Kind: incident.FindingMade, By: "xuqing", Fault: incident.FaultLeak, Person: "linke", Text: "把截图发到外面"}
	w.do("03-23 11:00", leak)
	w.refused("03-23 11:01", on(incident.FindingTakenBack, "linke"), incident.OwnCase)
	w.do("03-23 11:02", on(incident.FindingTakenBack, "heyun"))
	w.refused("03-23 11:03", on(incident.FindingTakenBack, "heyun"), incident.NoFinding)
	w.do("03-23 11:04", leak)
	want(t, "a new one", w.inc.Findings[1].ID+w.inc.Findings[1].Status, "I-2proposed")
	good := incident.Act{Kind: incident.FindingMade, By: "xuqing", Fault: incident.MeritAverted, Person: "zhoumin", Text: "早发现"}
	w.do("03-23 11:05", good)
	w.do("03-23 11:06", incident.Act{Kind: incident.FindingSigned, By: "heyun", Finding: "I-3"})
	want(t, "a merit counts at once", show(w.inc.Findings[2].EffectiveAt), "03-23 11:06")
}
