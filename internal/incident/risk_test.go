package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// TestRiskLife is scenario 6: raised after the grace, explained by the person concerned, dismissed or
// turned into 漏报 by the slot passing entirely.
func TestRiskLife(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-23 10:00")
	w.until("03-23 17:29")
	want(t, "risks before the grace is over", len(w.inc.Risks), 0)
	w.until("03-23 17:30")
	want(t, "risk", w.inc.Risks[0].ID+w.inc.Risks[0].Kind+w.inc.Risks[0].About+w.inc.Risks[0].Status, "R1缓报续报一open")
	w.do("03-23 17:42", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
	want(t, "status after filing", w.inc.Risks[0].Status, incident.RiskOpen)
	e := w.refused("03-23 17:45", incident.Act{Kind: incident.RiskExplained, By: "linke", Risk: "R1", Text: "我"}, incident.NotYours)
	want(t, "whose it is", e.Who, "wuyan")
	w.refused("03-23 17:46", incident.Act{Kind: incident.RiskExplained, By: "wuyan", Risk: "R2"}, incident.NoRisk)
	found, ok := w.inc.RiskToExplain("wuyan", "")
	want(t, "to explain", found.ID, "R1")
	want(t, "found", ok, true)
	w.do("03-23 17:50", incident.Act{Kind: incident.RiskExplained, By: "wuyan", Risk: "R1", Text: "等检测室电话"})
	want(t, "explained", w.inc.Risks[0].Status+w.inc.Risks[0].Explanation, "explained等检测室电话")
	_, ok = w.inc.RiskToExplain("wuyan", "")
	want(t, "anything left", ok, false)

	w.until("03-24 10:30")
	want(t, "second risk", w.inc.Risks[1].ID+w.inc.Risks[1].Kind+w.inc.Risks[1].About, "R2缓报续报二")
	want(t, "second notice", w.inc.Slot.Second, true)
	w.until("03-24 16:30")
	want(t, "becomes", w.inc.Risks[1].Kind+w.inc.Risks[1].Status, "漏报open")
	want(t, "slot", w.inc.FollowUps[1].Verdict, incident.Missed)
	w.do("03-24 16:55", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "补两段"})
	want(t, "numbers stay", w.inc.FollowUps[2].N, 3)

	w.do("03-25 10:00", incident.Act{Kind: incident.RiskDismissed, By: "xuqing", Risk: "R1"})
	want(t, "dismissed", w.inc.Risks[0].Status+w.inc.Risks[0].JudgedBy, "dismissedxuqing")
	want(t, "its explanation stays", w.inc.Risks[0].Explanation, "等检测室电话")
	w.refused("03-25 10:01", incident.Act{Kind: incident.RiskDismissed, By: "xuqing", Risk: "R1"}, incident.NoRisk)
	w.refused("03-25 10:02", incident.Act{Kind: incident.RiskExplained, By: "wuyan", Risk: "R1"}, incident.NoRisk)
}

// TestDismissedRiskIsNotRewritten: the slot passing entirely is a new one.
func TestDismissedRiskIsNotRewritten(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-23 10:00")
	w.do("03-23 17:40", incident.Act{Kind: incident.RiskDismissed, By: "xuqing", Risk: "R1"})
	w.until("03-24 08:30")
	want(t, "risks", len(w.inc.Risks), 2)
	want(t, "judged", w.inc.Risks[0].Kind+w.inc.Risks[0].Status, "缓报dismissed")
	want(t, "new", w.inc.Risks[1].Kind+w.inc.Risks[1].Status, "漏报open")
}

// TestEmptyElements: reminder, due, risk, and 漏报 a day after they were due.
func TestEmptyElements(t *testing.T) {
	tests := []struct {
		name    string
		level   incident.Level
		filled  string
		verdict incident.Verdict
		risks   string
	}{
		{"on time", incident.LevelIII, "03-10 12:00:59", incident.OnTime, ""},
		{"within the grace", incident.LevelIII, "03-10 12:29", incident.OnTime, ""},
		{"late", incident.LevelIII, "03-10 12:31", incident.Late, "R1缓报要素补全zhoumin"},
		{"grave", incident.LevelIII, "03-10 14:01", incident.LateGrave, "R1缓报要素补全zhoumin"},
		{"an hour before the day is over", incident.LevelIII, "03-11 11:00", incident.LateGrave, "R1缓报要素补全zhoumin"},
		{"after a day", incident.LevelIII, "03-11 12:00", incident.Missed, "R1漏报要素补全zhoumin"},
		{"IV over a weekend", incident.LevelIV, "03-10 18:00", incident.OnTime, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, tc.level, "03-10 10:00", "03-10 10:00")
			w.do("03-10 10:00", ack("wanglei"))
			w.do("03-10 10:10", incident.Act{Kind: incident.Added, Whole: true, Missing: []string{"截图"}})
			want(t, "still open", w.inc.Elements.Verdict, incident.Pending)
			w.do(tc.filled, incident.Act{Kind: incident.Added, By: "zhoumin", Whole: true})
			want(t, "verdict", w.inc.Elements.Verdict, tc.verdict)
			got := ""
			for _, r := range w.inc.Risks {
				if r.About == "要素补全" {
					got += r.ID + r.Kind + r.About + r.Person
				}
			}
			want(t, "risks", got, tc.risks)
		})
	}
}

// TestElementsNobodyAskedFor: no reminder delivered, no fault.
func TestElementsNobodyAskedFor(t *testing.T) {
	w := newWorld(t)
	w.deaf = true
	w.file(incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.do("03-10 20:00", incident.Act{Kind: incident.Added, Whole: true})
	want(t, "verdict", w.inc.Elements.Verdict, incident.Excused)
	want(t, "risks", len(w.inc.Risks), 0)
}

// TestMissedElementsStayMissed: filling them later is welcome and undoes nothing.
func TestMissedElementsStayMissed(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.until("03-11 12:00")
	want(t, "verdict", w.inc.Elements.Verdict, incident.Missed)
	w.do("03-11 15:00", incident.Act{Kind: incident.Added, Whole: true})
	want(t, "verdict after filling", w.inc.Elements.Verdict, incident.Missed)
	wantTime(t, "filled", w.inc.Elements.At, "03-11 15:00")
}

// TestNoRiskBeforeItsTime, twice, or for what is not due.
func TestNoRiskBeforeItsTime(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	slot := incident.Act{Kind: incident.RiskOpened, About: incident.AboutSlot, Slot: 1}
	w.refused("03-10 16:00", slot, incident.NoRisk)
	w.refused("03-10 17:29", slot, incident.NoRisk)
	w.until("03-10 17:30")
	w.refused("03-10 17:31", slot, incident.NoRisk)
	w.refused("03-10 17:31", incident.Act{Kind: incident.RiskOpened, About: incident.AboutFinal}, incident.NoRisk)
	want(t, "risks", len(w.inc.Risks), 1)
}
