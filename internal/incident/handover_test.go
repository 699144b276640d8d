package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// TestHandover is scenario 6: the duty stays until the new tracker accepts.
func TestHandover(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-24 09:30")
	ask := incident.Act{Kind: incident.HandoverAsked, By: "wuyan", Person: "dingwei", Text: "休假到周五"}
	accept := incident.Act{Kind: incident.HandoverAccepted, By: "dingwei"}
	w.refused("03-24 10:00", accept, incident.NothingAsked)
	w.do("03-24 11:00", ask)
	want(t, "tracker until accepted", w.inc.Tracker, "wuyan")
	e := w.refused("03-24 11:03", incident.Act{Kind: incident.HandoverAccepted, By: "linke"}, incident.NotYours)
	want(t, "whose it is", e.Who, "dingwei")
	w.do("03-24 11:06", accept)
	want(t, "tracker", w.inc.Tracker, "dingwei")
	want(t, "tenures", len(w.inc.Trackers), 2)
	wantTime(t, "old tenure ends", w.inc.Trackers[0].To, "03-24 11:06")
	wantTime(t, "new tenure begins", w.inc.Trackers[1].From, "03-24 11:06")
	want(t, "who is asked next", w.clock(incident.ClockRemind, incident.AboutSlot).Person, "dingwei")
	w.refused("03-24 11:07", accept, incident.NothingAsked)
	w.refused("03-24 11:08", ask, incident.SamePerson)
	w.until("03-24 17:30")
	want(t, "the risk is the new tracker's", w.inc.Risks[0].Person, "dingwei")
}

func TestNoHandoverBeforeTheAcknowledgment(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	e := w.refused("03-10 10:05", incident.Act{Kind: incident.HandoverAsked, By: "wuyan", Person: "dingwei"}, incident.NotAcked)
	want(t, "who has to", e.Who, "wanglei")
}

// TestTakeover: the present officer agrees, or, when it was offered, the one it was offered to.
func TestTakeover(t *testing.T) {
	tests := []struct {
		name  string
		ask   incident.Act
		other string // who cannot agree
		agree string
		now   string
	}{
		{"asked", incident.Act{Kind: incident.TakeoverAsked, By: "chenfang"}, "", "wanglei", "chenfang"},
		{"offered", incident.Act{Kind: incident.TakeoverAsked, By: "wanglei", Person: "chenfang"}, "linke", "chenfang", "chenfang"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 10:00")
			agree := incident.Act{Kind: incident.TakeoverAgreed, By: tc.agree}
			w.refused("03-10 10:10", agree, incident.NothingAsked)
			w.do("03-10 10:20", tc.ask)
			want(t, "officer while it waits", w.inc.Officer, "wanglei")
			if tc.other != "" {
				w.refused("03-10 10:21", incident.Act{Kind: incident.TakeoverAgreed, By: tc.other}, incident.NotYours)
			}
			w.do("03-10 10:22", incident.Act{Kind: incident.TakeoverRefused, By: tc.agree})
			want(t, "officer after a no", w.inc.Officer, "wanglei")
			w.refused("03-10 10:23", incident.Act{Kind: incident.TakeoverRefused, By: tc.agree}, incident.NothingAsked)
			w.do("03-10 10:24", tc.ask)
			w.do("03-10 10:25", agree)
			want(t, "officer", w.inc.Officer, tc.now)
			want(t, "who acknowledged stays", w.inc.Ack.By, "wanglei")
			w.refused("03-10 10:26", incident.Act{Kind: incident.TakeoverAsked, By: tc.now}, incident.SamePerson)
		})
	}
}
