package incident_test

import (
	"testing"
	"time"

	"fenghuo/internal/incident"
)

var calmed = incident.Act{Kind: incident.Calmed, By: "wanglei"}

func final(s string) incident.Act {
	return incident.Act{Kind: incident.FinalFiled, By: "wuyan", Text: s}
}

// reads is an addition with a figure.
func reads(n int64, when string) incident.Act {
	return incident.Act{Kind: incident.Added, By: "linke", Counts: []incident.Count{{Kind: "reads", Value: n, At: at(when)}}}
}

// TestCalm is refused with what is left; the final report is due at 18:00 of the nth working day.
func TestCalm(t *testing.T) {
	tests := []struct {
		name       string
		level      incident.Level
		ack        string
		early      string
		left       time.Duration
		calm, done string
	}{
		{"I", incident.LevelI, "03-10 16:00", "03-12 15:30", 30 * time.Minute, "03-12 16:00", "03-19 18:00"},
		{"II", incident.LevelII, "03-10 16:00", "03-11 16:00", 24 * time.Hour, "03-12 16:05", "03-19 18:00"},
		{"III, scenario 1", incident.LevelIII, "03-11 16:00", "03-12 15:30", 30 * time.Minute, "03-12 16:05", "03-17 18:00"},
		{"III on a holiday, scenario 10", incident.LevelIII, "2025-10-03 15:00", "2025-10-04 14:59", time.Minute, "2025-10-05 15:00", "2025-10-11 18:00"},
		{"IV", incident.LevelIV, "03-12 10:00", "03-13 09:59", time.Minute, "03-13 10:00", "03-16 18:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, tc.level, tc.ack)
			w.refused(tc.early, final("结束"), incident.CalmFirst)
			e := w.refused(tc.early, calmed, incident.NotCalmYet)
			want(t, "left", e.Left, tc.left)
			wantTime(t, "last peak", e.At, tc.ack)
			w.do(tc.calm, calmed)
			wantTime(t, "final due", w.inc.Final.Due, tc.done)
			want(t, "slot", w.inc.Slot.N, 0)
			want(t, "state", w.inc.State, incident.FinalDue)
			w.refused(tc.calm, calmed, incident.AlreadyCalm)
			w.refused(tc.calm, incident.Act{Kind: incident.FollowedUp, Text: "完"}, incident.NoSlot)
		})
	}
}

// TestNewPeakResetsCalm: a figure that grew, or a material change; the same figure again does not.
func TestNewPeakResetsCalm(t *testing.T) {
	tests := []struct {
		name string
		act  incident.Act
		peak string
	}{
		{"the first figure", incident.Act{Kind: incident.Added, Counts: []incident.Count{{Kind: "likes", Value: 9, At: at("03-10 15:00")}}}, "03-10 10:00"},
		{"the same figure", reads(10000, "03-10 15:00"), "03-10 10:00"},
		{"a smaller figure", reads(9000, "03-10 15:00"), "03-10 10:00"},
		{"one reader more", reads(10001, "03-10 15:00"), "03-10 15:00"},
		{"a material change", changed("linke"), "03-10 15:00"},
		{"a follow-up with growth", incident.Act{Kind: incident.FollowedUp, Counts: []incident.Count{{Kind: "reads", Value: 20000, At: at("03-10 15:00")}}}, "03-10 15:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 10:00")
			w.do("03-10 11:00", reads(10000, "03-10 11:00"))
			w.do("03-10 15:00", tc.act)
			wantTime(t, "peak", w.inc.PeakAt, tc.peak)
			want(t, "left", w.inc.CalmLeft(w.r, at("03-10 16:00")), at(tc.peak).Add(24*time.Hour).Sub(at("03-10 16:00")))
		})
	}
}

func TestNoCalmBeforeTheAcknowledgment(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.refused("03-12 10:00", calmed, incident.NotAcked)
}

// TestHardStop: never later than so many calendar days after calm, whatever the working days say.
func TestHardStop(t *testing.T) {
	for level, want := range map[incident.Level]string{incident.LevelIII: "04-11 10:00", incident.LevelIV: "03-27 10:00"} {
		w := acked(t, level, "03-10 10:00")
		lp := w.r.Policy.Levels[level]
		lp.Final = incident.Span{Workdays: 40}
		w.r.Policy.Levels[level] = lp
		w.do("03-12 10:00", calmed)
		wantTime(t, "final of "+level.String(), w.inc.Final.Due, want)
	}
}

// TestFinalVerdict judges the first filing; being sent back changes nothing.
func TestFinalVerdict(t *testing.T) {
	tests := []struct {
		name, filed string
		deaf        bool
		verdict     incident.Verdict
		note        string
		risks       int
	}{
		{"on time", "03-16 18:00:59", false, incident.OnTime, "", 0},
		{"within the grace", "03-16 18:30", false, incident.OnTime, "宽限内", 1},
		{"late", "03-16 18:31", false, incident.Late, "", 1},
		{"never reminded", "03-16 20:00", true, incident.Excused, "催办未送达，不计", 0},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 10:00")
			w.slots("03-11 09:00")
			w.do("03-11 10:00", calmed)
			wantTime(t, "due", w.inc.Final.Due, "03-16 18:00")
			w.deaf = tc.deaf
			w.do(tc.filed, final("起因经过结果"))
			want(t, "verdict", w.inc.Final.Verdict, tc.verdict)
			want(t, "note", w.inc.Final.Note, tc.note)
			want(t, "risks", len(w.inc.Risks), tc.risks)
			w.refused(tc.filed, final("再来"), incident.AnsweredAlready)
			w.do("03-17 09:00", incident.Act{Kind: incident.FinalReturned, By: "xuqing", Text: "补防范措施"})
			want(t, "state", w.inc.State, incident.FinalDue)
			w.refused("03-17 09:01", incident.Act{Kind: incident.FinalApproved, By: "xuqing"}, incident.NoFinal)
			w.do("03-17 10:00", final("起因经过结果措施"))
			want(t, "verdict after sending back", w.inc.Final.Verdict, tc.verdict)
			w.do("03-17 17:10", incident.Act{Kind: incident.FinalApproved, By: "xuqing"})
			want(t, "state", w.inc.State, incident.Closed)
			want(t, "clocks", len(w.inc.Clocks(w.r)), 0)
			w.refused("03-17 18:00", incident.Act{Kind: incident.FinalReturned}, incident.NoFinal)
		})
	}
}

// TestReopen starts the rhythm again; what was filed stays.
func TestReopen(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	reopened := incident.Act{Kind: incident.ReopenedAct, By: "xuqing", Text: "又出现"}
	w.slots("03-11 09:00")
	w.refused("03-11 09:30", reopened, incident.NotOver)
	w.do("03-11 10:00", calmed)
	w.do("03-11 11:00", final("完"))
	w.do("03-11 12:00", incident.Act{Kind: incident.FinalApproved, By: "xuqing"})
	w.do("03-12 10:00", reopened)
	want(t, "state", w.inc.State, incident.Reopened)
	want(t, "next slot", w.inc.Slot.N, 3)
	wantTime(t, "due", w.inc.Slot.Due, "03-12 17:00")
	want(t, "filed", len(w.inc.FollowUps), 2)
	w.refused("03-12 11:00", calmed, incident.NotCalmYet)
	w.slots("03-12 17:00")
	want(t, "state", w.inc.State, incident.Handling)
}
