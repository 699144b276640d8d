package incident_test

import (
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

// about lists what went off about one slot: 16:30 remind, 17:00 due …
func (w *world) about(n string) string {
	var out []string
	for _, f := range w.fired {
		if p := strings.Split(f, " "); len(p) == 5 && p[3] == incident.AboutSlot && p[4] == n {
			out = append(out, strings.Join(p[:3], " "))
		}
	}
	return strings.Join(out, ", ")
}

// TestUnfiledSlot: reminder, due, risk after the grace, the head again after an hour, given up when the
// reminder for the next slot goes out.
func TestUnfiledSlot(t *testing.T) {
	tests := []struct {
		name  string
		level incident.Level
		until string
		fired string
	}{
		{"I", incident.LevelI, "03-10 11:50", "03-10 10:50 remind, 03-10 11:00 due, 03-10 11:05 risk, 03-10 11:50 missed"},
		{"II", incident.LevelII, "03-10 13:45", "03-10 11:45 remind, 03-10 12:00 due, 03-10 12:10 risk, 03-10 13:10 second, 03-10 13:45 missed"},
		{"III", incident.LevelIII, "03-11 08:30", "03-10 16:30 remind, 03-10 17:00 due, 03-10 17:30 risk, 03-10 18:30 second, 03-11 08:30 missed"},
		{"IV", incident.LevelIV, "03-11 16:00", "03-10 16:00 remind, 03-10 17:00 due, 03-11 12:00 risk, 03-11 13:00 second, 03-11 16:00 missed"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, tc.level, "03-10 10:00")
			w.until(tc.until)
			want(t, "what went off", w.about("1"), tc.fired)
			want(t, "slots closed", len(w.inc.FollowUps), 1)
			want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.Missed)
			want(t, "the next slot", w.inc.Slot.N, 2)
			want(t, "risks", len(w.inc.Risks), 1)
			want(t, "risk", w.inc.Risks[0].ID+w.inc.Risks[0].Kind+w.inc.Risks[0].About+w.inc.Risks[0].Person, "R1漏报续报一wuyan")
		})
	}
}

// TestFollowUpVerdict: whole minutes, the grace counts as on time and is said.
func TestFollowUpVerdict(t *testing.T) {
	tests := []struct {
		name    string
		filed   string
		verdict incident.Verdict
		note    string
		risks   int
	}{
		{"early", "03-10 10:05", incident.OnTime, "", 0},
		{"in the last minute", "03-10 17:00:59", incident.OnTime, "", 0},
		{"a minute over", "03-10 17:01", incident.OnTime, "宽限内", 0},
		{"at the end of the grace", "03-10 17:30", incident.OnTime, "宽限内", 1},
		{"after the grace", "03-10 17:31", incident.Late, "", 1},
		{"next morning", "03-11 08:29", incident.Late, "", 1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 10:00")
			w.do(tc.filed, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
			f := w.inc.FollowUps[0]
			want(t, "verdict", f.Verdict, tc.verdict)
			want(t, "note", f.Note, tc.note)
			want(t, "risks", len(w.inc.Risks), tc.risks)
			want(t, "next slot", w.inc.Slot.N, 2)
			wantTime(t, "next due", w.inc.Slot.Due, "03-11 09:00")
		})
	}
}

// TestOneFilingFillsOneSlot: a second one before the grace is over, or in the same words, is a duplicate.
func TestOneFilingFillsOneSlot(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 16:50", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "批次已封存。"})
	e := w.refused("03-10 17:02", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "批次已经封存了"}, incident.FollowUpDuplicate)
	want(t, "slot named", e.Slot, 1)
	want(t, "who filed it", e.Who, "wuyan")
	wantTime(t, "when", e.At, "03-10 16:50")
	w.refused("03-10 20:00", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "批次已封存"}, incident.FollowUpDuplicate)
	w.do("03-10 17:30", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测结果合格"})
	want(t, "filled", len(w.inc.FollowUps), 2)
	want(t, "next", w.inc.Slot.N, 3)
	wantTime(t, "next due", w.inc.Slot.Due, "03-11 17:00")
}

// TestNoFollowUpWithoutASlot: nobody tracks before the acknowledgment.
func TestNoFollowUpWithoutASlot(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.refused("03-10 10:05", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "有新情况"}, incident.NoSlot)
}

// TestUndeliveredReminderExcuses: no reminder, no fault.
func TestUndeliveredReminderExcuses(t *testing.T) {
	t.Run("filed", func(t *testing.T) {
		w := acked(t, incident.LevelIII, "03-10 10:00")
		w.deaf = true
		w.do("03-10 18:00", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
		want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.Excused)
		want(t, "note", w.inc.FollowUps[0].Note, "催办未送达，不计")
		want(t, "risks", len(w.inc.Risks), 0)
	})
	t.Run("within the grace it is simply on time", func(t *testing.T) {
		w := acked(t, incident.LevelIII, "03-10 10:00")
		w.deaf = true
		w.do("03-10 17:20", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
		want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.OnTime)
	})
	t.Run("never filed", func(t *testing.T) {
		w := acked(t, incident.LevelIII, "03-10 10:00")
		w.deaf = true
		w.until("03-11 08:30")
		want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.Excused)
		want(t, "risks", len(w.inc.Risks), 0)
	})
}

// TestLateDeliveryMovesTheGrace: it runs from the delivery; a minute of slack is ordinary.
func TestLateDeliveryMovesTheGrace(t *testing.T) {
	tests := []struct {
		name              string
		queued, delivered string
		grace             string
		filed             string
		verdict           incident.Verdict
		note              string
	}{
		{"ordinary", "03-10 17:00", "03-10 17:01", "03-10 17:30", "03-10 17:30", incident.OnTime, "宽限内"},
		{"twenty minutes late", "03-10 17:00", "03-10 17:20", "03-10 17:50", "03-10 17:50", incident.OnTime, "停机顺延"},
		{"late after that", "03-10 17:00", "03-10 17:20", "03-10 17:50", "03-10 17:51", incident.Late, ""},
		{"said late, delivered at once", "03-10 17:02", "03-10 17:02", "03-10 17:32", "03-10 17:32", incident.OnTime, "宽限内"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 10:00")
			w.until("03-10 16:59")
			for _, a := range []incident.Act{
				{Kind: incident.DueSaid, About: incident.AboutSlot, Slot: 1, At: at(tc.queued)},
				{Kind: incident.DueDelivered, About: incident.AboutSlot, Slot: 1, Due: at(tc.queued), At: at(tc.delivered)},
			} {
				if err := w.apply(a); err != nil {
					t.Fatal(err)
				}
			}
			wantTime(t, "grace", w.inc.Slot.GraceTo, tc.grace)
			w.do(tc.filed, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
			want(t, "verdict", w.inc.FollowUps[0].Verdict, tc.verdict)
			want(t, "note", w.inc.FollowUps[0].Note, tc.note)
		})
	}
}

// TestStaleMessagesTouchOnlyTheirSlot: a reminder, or its delivery, that comes after the slot was filed.
func TestStaleMessagesTouchOnlyTheirSlot(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 16:50", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
	for _, k := range []incident.Kind{incident.Reminded, incident.DueSaid, incident.RiskOpened} {
		want(t, string(k)+" is refused", w.inc.Apply(w.r, incident.Act{Kind: k, About: incident.AboutSlot, Slot: 1, At: at("03-10 17:31")}) != nil, true)
	}
	w.do("03-10 17:00", incident.Act{Kind: incident.DueDelivered, About: incident.AboutSlot, Slot: 1, Due: at("03-10 17:00")})
	want(t, "the next slot", w.inc.Slot.Nag, incident.Nag{})
}
