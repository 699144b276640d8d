package incident_test

import (
	"slices"
	"testing"

	"fenghuo/internal/incident"
)

var merged = incident.Act{Kind: incident.MergedAct, By: "wanglei", Merge: &incident.Merge{Into: "YQ-20260310-000", New: true, Gap: 12}}

// TestAMergedReportHasNoLifeOfItsOwn: its clocks stop, what was judged stays; split off, it has its times back and is
// asked anew from then.
func TestAMergedReportHasNoLifeOfItsOwn(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:05")
	w.until("03-10 10:10")
	w.do("03-10 10:10", merged)
	want(t, "state", w.inc.State, incident.Merged)
	want(t, "clocks", len(w.inc.Clocks(w.r)), 0)
	want(t, "into", w.inc.MergedInto(), "YQ-20260310-000")
	w.refused("03-10 10:11", merged, incident.Over)
	w.refused("03-10 10:11", incident.Act{Kind: incident.Acknowledged, By: "wanglei"}, incident.Over)
	w.do("03-10 14:00", incident.Act{Kind: incident.SplitOff, By: "wanglei", Text: "别家的事"})
	want(t, "into", w.inc.MergedInto(), "")
	wantTime(t, "found", w.inc.FoundAt, "03-10 10:00")
	want(t, "first report", w.inc.FirstReport.Verdict, incident.OnTime)
	want(t, "called anew", w.inc.State, incident.AwaitingAck)
	wantTime(t, "acknowledgment due", w.inc.Ack.Due, "03-10 14:15")
	w.refused("03-10 14:01", incident.Act{Kind: incident.SplitOff, By: "wanglei", Text: "又"}, incident.NoSuchPart)

	acked := acked(t, incident.LevelIII, "03-10 10:00")
	acked.do("03-10 10:30", merged)
	acked.do("03-11 12:00", incident.Act{Kind: incident.SplitOff, By: "wanglei", Text: "别家的事"})
	want(t, "state", acked.inc.State, incident.Acked)
	wantTime(t, "next follow-up", acked.inc.Slot.Due, "03-11 17:00")
	want(t, "nobody is at fault for the time between", len(acked.inc.Risks), 0)
}

// TestTheHeadTakesInAndGivesBack just what a part brought.
func TestTheHeadTakesInAndGivesBack(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 10:10", incident.Act{Kind: incident.Added, By: "zhoumin", Facts: &incident.Facts{Links: []string{"a", "b"}}, Evidence: []incident.Evidence{{SHA256: "11"}}})
	want(t, "knows", w.inc.Knows([]string{"a"}, []incident.Evidence{{SHA256: "11"}}), true)
	want(t, "does not know", w.inc.Knows([]string{"c"}, nil), false)
	w.do("03-10 11:00", incident.Act{Kind: incident.Absorbed, By: "wanglei", Part: &incident.Part{Number: "YQ-2", Reporter: "linke", Links: []string{"b", "c"}, Platforms: []string{"微博"}},
		Evidence: []incident.Evidence{{SHA256: "11"}, {SHA256: "22"}}})
	want(t, "links", text(t, w.inc.Links), `["a","b","c"]`)
	want(t, "brought", text(t, w.inc.Parts[0].Links)+text(t, w.inc.Parts[0].Evidence), `["c"]["E-2"]`)
	w.refused("03-10 11:01", merged, incident.HasParts)
	w.refused("03-10 11:02", incident.Act{Kind: incident.Released, Text: "YQ-3"}, incident.NoSuchPart)
	w.do("03-10 12:00", incident.Act{Kind: incident.Released, By: "wanglei", Text: "YQ-2"})
	want(t, "links", text(t, w.inc.Links), `["a","b"]`)
	want(t, "its evidence", w.inc.HasEvidence("E-2"), false)
	want(t, "its own", w.inc.HasEvidence("E-1"), true)
	w.refused("03-10 12:01", incident.Act{Kind: incident.Released, Text: "YQ-2"}, incident.NoSuchPart)
	w.do("03-10 12:30", merged)
	want(t, "a head without parts may be merged", w.inc.State, incident.Merged)
}

func TestOneQuestionAboutAResemblance(t *testing.T) {
	ask := incident.Act{Kind: incident.Suspected, Likely: &incident.Likely{Number: "YQ-1", Score: 80, Why: []string{"同一单位"}}}
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:05")
	w.refused("03-10 10:05", incident.Act{Kind: incident.StoodAlone, By: "zhoumin"}, incident.NothingAsked)
	w.do("03-10 10:05", ask)
	w.refused("03-10 10:06", ask, incident.AnsweredAlready)
	want(t, "open", w.inc.Doubt().Number, "YQ-1")
	w.do("03-10 10:07", incident.Act{Kind: incident.StoodAlone, By: "zhoumin"})
	want(t, "decided", w.inc.Doubt() == nil, true)
	w.refused("03-10 10:08", incident.Act{Kind: incident.StoodAlone, By: "zhoumin"}, incident.NothingAsked)
}

func TestRelations(t *testing.T) {
	rel := func(kind string) incident.Act {
		return incident.Act{Kind: incident.Related, By: "wanglei", Text: "YQ-1", About: kind}
	}
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:05")
	w.do("03-10 10:10", rel("关联"))
	w.refused("03-10 10:11", rel("关联"), incident.AnsweredAlready)
	w.do("03-10 10:12", rel("同批"))
	if !slices.Equal([]string{w.inc.Relations[0].Kind, w.inc.Relations[0].To}, []string{"同批", "YQ-1"}) || len(w.inc.Relations) != 1 {
		t.Errorf("relations: %+v", w.inc.Relations)
	}
}
