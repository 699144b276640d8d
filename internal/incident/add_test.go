package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// TestAdditions: an answer replaces the one of its field, the rest is appended, evidence gets its number.
func TestAdditions(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 09:05", "03-10 09:16")
	w.do("03-10 09:20", incident.Act{Kind: incident.Added, By: "zhoumin", Text: "店员已致歉",
		Answers:  []incident.Answer{{Key: "course", Text: "顾客发视频"}, {Key: "place", Text: "滨江店"}},
		Evidence: []incident.Evidence{{Name: "a.png"}, {Name: "b.png"}}})
	w.do("03-10 09:30", incident.Act{Kind: incident.Added, By: "zhoumin",
		Answers:  []incident.Answer{{Key: "course", Text: "顾客发视频，已删"}},
		Facts:    &incident.Facts{Impact: []string{"媒体来问"}, OccurredAt: at("03-09 19:40")},
		Evidence: []incident.Evidence{{Name: "c.png"}}})
	inc := w.inc
	want(t, "answers", len(inc.Answers), 2)
	want(t, "the corrected answer", inc.Answers[0].Text, "顾客发视频，已删")
	want(t, "evidence", inc.Evidence[0].ID+inc.Evidence[1].ID+inc.Evidence[2].ID, "E-1E-2E-3")
	want(t, "notes", len(inc.Notes), 1)
	want(t, "title stays", inc.Title, "酸奶杯里有虫")
	want(t, "impact", inc.Impact[0], "媒体来问")
	wantTime(t, "occurred", inc.OccurredAt, "03-09 19:40")
	wantTime(t, "found stays", inc.FoundAt, "03-10 09:05")
	want(t, "still missing", len(inc.Elements.Missing), 2)
}

func TestHoused(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 09:05", "03-10 09:16")
	w.do("03-10 09:17", incident.Act{Kind: incident.Housed, Home: &incident.Place{Platform: "feishu", Chat: "G1", Thread: "T1"}})
	want(t, "home", w.inc.Home, incident.Place{Platform: "feishu", Chat: "G1", Thread: "T1"})
}
