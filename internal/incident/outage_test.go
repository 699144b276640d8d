package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

// away lets the service be gone between two moments and then notice it.
func (w *world) away(from, to string) {
	w.t.Helper()
	w.until(from)
	w.now = latest(w.now, at(to))
	if err := w.apply(incident.Act{Kind: incident.OutageNoted, From: at(from), At: at(to)}); err != nil {
		w.t.Fatal(err)
	}
	w.until(to)
}

// TestOutageRestartsTheGrace: no reminder, no fault; scenario 10 for the first rows.
func TestOutageRestartsTheGrace(t *testing.T) {
	tests := []struct {
		name     string
		from, to string
		grace    string
		filed    string
		verdict  incident.Verdict
		note     string
	}{
		{"due while away", "03-11 08:20", "03-11 09:10", "03-11 09:40", "03-11 09:25", incident.OnTime, "停机顺延"},
		{"filed in the last minute of the new grace", "03-11 08:20", "03-11 09:10", "03-11 09:40", "03-11 09:40:30", incident.OnTime, "停机顺延"},
		{"late after it", "03-11 08:20", "03-11 09:10", "03-11 09:40", "03-11 09:41", incident.Late, ""},
		{"the end of the grace while away", "03-11 09:20", "03-11 09:50", "03-11 10:20", "03-11 10:10", incident.OnTime, "停机顺延"},
		{"only the reminder while away", "03-11 08:20", "03-11 08:50", "03-11 09:30", "03-11 09:30", incident.OnTime, "宽限内"},
		{"over before it was due", "03-11 07:00", "03-11 08:00", "03-11 09:30", "03-11 09:31", incident.Late, ""},
		{"after the grace", "03-11 09:40", "03-11 10:40", "03-11 09:30", "03-11 10:50", incident.Late, ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 18:00")
			w.away(tc.from, tc.to)
			w.until(latestOf(tc.to, "03-11 09:00"))
			wantTime(t, "grace", w.inc.Slot.GraceTo, tc.grace)
			w.do(tc.filed, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
			want(t, "verdict", w.inc.FollowUps[0].Verdict, tc.verdict)
			want(t, "note", w.inc.FollowUps[0].Note, tc.note)
			wantTime(t, "outage from", w.inc.Outages[0].From, tc.from)
		})
	}
}

func latestOf(a, b string) string {
	if at(b).After(at(a)) {
		return b
	}
	return a
}

// TestOutageLongerThanASlot: slots overtaken while away close without blame, the open one restarts.
func TestOutageLongerThanASlot(t *testing.T) {
	w := acked(t, incident.LevelI, "03-10 10:00")
	w.away("03-10 10:45", "03-10 13:10")
	want(t, "closed", len(w.inc.FollowUps), 2)
	for _, f := range w.inc.FollowUps {
		want(t, incident.SlotName(f.N), string(f.Verdict)+f.Note, "excused停机期间")
	}
	want(t, "open", w.inc.Slot.N, 3)
	wantTime(t, "due", w.inc.Slot.Due, "03-10 13:00")
	wantTime(t, "grace", w.inc.Slot.GraceTo, "03-10 13:15")
	want(t, "risks", len(w.inc.Risks), 0)
}

// TestOutageDoesNotExcuseWhatWasLateBefore: reminded at 17:00, silent all night, the service away at 08:30.
func TestOutageDoesNotExcuseWhatWasLateBefore(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.away("03-11 08:20", "03-11 08:40")
	want(t, "closed", len(w.inc.FollowUps), 1)
	want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.Missed)
	want(t, "risks", len(w.inc.Risks), 1)
	want(t, "risk", w.inc.Risks[0].ID+w.inc.Risks[0].Kind, "R1漏报")
}

// TestGraceIsNotCutShort by the reminder for the next slot: a slot inserted shortly before it.
func TestGraceIsNotCutShort(t *testing.T) {
	w := acked(t, incident.LevelII, "03-10 09:15")
	w.do("03-10 10:25", changed("linke"))
	wantTime(t, "inserted", w.inc.Slot.Due, "03-10 10:55")
	w.until("03-10 11:04")
	want(t, "still open", w.inc.Slot.N, 1)
	w.until("03-10 11:05")
	want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.Missed)
	want(t, "risk", w.inc.Risks[0].Kind, "漏报")
}

// TestOutageOfElementsAndFinal restarts their graces, too.
func TestOutageOfElementsAndFinal(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.do("03-10 10:00", ack("wanglei"))
	w.away("03-10 11:50", "03-10 13:00")
	wantTime(t, "grace of the elements", w.inc.Elements.GraceTo, "03-10 13:30")
	w.do("03-10 13:29", incident.Act{Kind: incident.Added, Whole: true})
	want(t, "elements", w.inc.Elements.Verdict, incident.OnTime)
	w.slots("03-11 09:00")
	w.do("03-11 10:00", calmed)
	w.away("03-16 17:50", "03-16 19:00")
	w.do("03-16 19:29", final("完"))
	want(t, "final", string(w.inc.Final.Verdict)+w.inc.Final.Note, "on_time停机顺延")
	want(t, "risks", len(w.inc.Risks), 0)
}
