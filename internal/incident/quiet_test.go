package incident_test

import (
	"slices"
	"testing"

	"fenghuo/internal/incident"
)

// TestQuietHours: what each level lets through between 22:00 and 08:00.
func TestQuietHours(t *testing.T) {
	tests := []struct {
		name     string
		level    incident.Level
		reported string
		called   string // the first @
		ladder   string // until 12:00
	}{
		{"I ignores them", incident.LevelI, "03-10 23:00", "03-10 23:00", "23:05/1 23:10/2 23:15/3 23:20/4 23:30/4"},
		{"II ignores them", incident.LevelII, "03-10 23:00", "03-10 23:00", "23:10/1 23:20/2 23:30/3"},
		{"III lets the first @ and two steps through", incident.LevelIII, "03-10 23:00", "03-10 23:00", "23:15/1 23:30/2"},
		{"IV waits for the working morning", incident.LevelIV, "03-10 23:00", "", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, tc.level, tc.reported, tc.reported)
			w.until("03-10 23:30")
			wantTime(t, "first call", w.inc.Ack.From, tc.called)
			want(t, "ladder", w.ladder(), tc.ladder)
		})
	}
}

// TestNothingGoesOffInTheQuietHours of III but the call and two steps, of IV outside working time.
func TestNothingGoesOffInTheQuietHours(t *testing.T) {
	for _, level := range []incident.Level{incident.LevelIII, incident.LevelIV} {
		for _, reported := range []string{"03-13 17:30", "03-13 21:55", "03-14 02:00", "03-14 11:00"} {
			w := report(t, level, reported, reported)
			w.run(at("03-20 12:00"))
			if len(w.fired) < 5 {
				t.Fatalf("only %v went off", w.fired)
			}
			for _, f := range w.fired {
				when, rest := at(f[:len("03-10 10:00")]), f[len("03-10 10:00 "):]
				if level == incident.LevelIII && !slices.Contains([]string{"call  0", "ladder  1", "ladder  2"}, rest) && w.r.InQuiet(when) {
					t.Errorf("III at night: %s", f)
				}
				work, err := w.r.Calendar.NextWork(when)
				evening := when.In(shanghai).Format("15:04") == "18:00" // still working time
				if level == incident.LevelIV && (err != nil || (!work.Equal(when) && !evening)) {
					t.Errorf("IV outside working time: %s", f)
				}
			}
		}
	}
}

// TestWithoutACalendarNobodyIsJudgedAndNothingFallsSilent: in a year without a table a first report gets no
// verdict, and reminders take every week as an ordinary one.
func TestWithoutACalendarNobodyIsJudgedAndNothingFallsSilent(t *testing.T) {
	w := newWorld(t)
	w.file(incident.LevelIV, "2040-03-12 10:00", "2040-03-12 10:10")
	want(t, "first report", w.inc.FirstReport.Verdict, incident.Pending)
	wantTime(t, "elements", w.inc.Elements.Due, "2040-03-12 16:00")
	want(t, "called all the same", w.inc.State, incident.AwaitingAck)
	w.do("2040-03-12 10:20", ack("wanglei"))
	wantTime(t, "slot", w.inc.Slot.Due, "2040-03-12 17:00")
	saturday := newWorld(t)
	saturday.file(incident.LevelIV, "2040-03-10 10:00", "2040-03-10 10:10")
	want(t, "not on a Saturday", saturday.inc.State, incident.Submitted)
	wantTime(t, "called on Monday", saturday.inc.Ack.Planned, "2040-03-12 09:00")
}
