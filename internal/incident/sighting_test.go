package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

func sighted(link string, reads int64, suggested incident.Level) incident.Act {
	return incident.Act{Kind: incident.Sighted, Sighting: &incident.Sighting{Signal: "S-1", Link: link, Suggested: suggested},
		Counts: []incident.Count{{Kind: "reads", Value: reads}}}
}

// TestASignalMovesThePeakAndNotTheLevel: people decide about levels.
func TestASignalMovesThePeakAndNotTheLevel(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	first := sighted("https://v.example.test/1", 1000, incident.LevelIV)
	first.Counts[0].At = w.inc.Ack.At
	w.do("03-10 10:30", first)
	grown := sighted("https://v.example.test/2", 50_000_000, incident.LevelII)
	grown.Counts[0].At = w.inc.Ack.At.Add(1)
	w.do("03-10 11:00", grown)
	want(t, "level", w.inc.Level.Current, incident.LevelIII)
	want(t, "gravest suggestion", w.inc.Gravest(), incident.LevelII)
	wantTime(t, "peak", w.inc.PeakAt, "03-10 11:00")
	want(t, "known by the link of a signal", w.inc.SeenAt("https://v.example.test/2"), true)
	want(t, "no link is no link", w.inc.SeenAt(""), false)
}

func TestAMaterialSignalMakesAFollowUpDue(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	a := sighted("", 1, 0)
	a.Material = true
	w.do("03-10 10:30", a)
	wantTime(t, "slot", w.inc.Slot.Due, "03-10 11:30")
	want(t, "inserted", w.inc.Slot.Inserted, true)
}

func TestNoSignalForWhatIsOver(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 10:30", incident.Act{Kind: incident.Verified, By: "sunke", Conclusion: incident.ConclusionMistaken, Text: "别家的店"})
	w.refused("03-10 11:00", sighted("", 1, 0), incident.Over)
}
