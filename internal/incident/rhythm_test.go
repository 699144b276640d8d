package incident_test

import (
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

// TestRhythm lists, by hand, when follow-ups are due if each is filed on time. The grid counts from the
// acknowledgment; fixed hours do not move it; a slot nearer to one than half the rhythm merges into it.
func TestRhythm(t *testing.T) {
	tests := []struct {
		name    string
		level   incident.Level
		ack, to string
		due     string
	}{
		{"I hourly for 24 h, then every 2 h", incident.LevelI, "03-10 10:20", "03-12 11:00", `
			03-10 11:20, 03-10 12:20, 03-10 13:20, 03-10 14:20, 03-10 15:20, 03-10 16:20, 03-10 17:00, 03-10 18:20, 03-10 19:20, 03-10 20:20,
			03-10 21:20, 03-10 22:20, 03-10 23:20, 03-11 00:20, 03-11 01:20, 03-11 02:20, 03-11 03:20, 03-11 04:20, 03-11 05:20, 03-11 06:20,
			03-11 07:20, 03-11 08:20, 03-11 09:00, 03-11 10:20, 03-11 12:20, 03-11 14:20, 03-11 17:00, 03-11 18:20, 03-11 20:20, 03-11 22:20,
			03-12 00:20, 03-12 02:20, 03-12 04:20, 03-12 06:20, 03-12 09:00, 03-12 10:20`},
		{"I on the full hour meets the fixed hours", incident.LevelI, "03-10 15:00", "03-10 18:00", "03-10 16:00, 03-10 17:00, 03-10 18:00"},
		{"I exactly half a rhythm away stays", incident.LevelI, "03-10 15:30", "03-10 17:30", "03-10 16:30, 03-10 17:00, 03-10 17:30"},
		{"I a minute nearer merges", incident.LevelI, "03-10 15:31", "03-10 18:00", "03-10 17:00, 03-10 17:31"},
		{"II every 2 h by day, 4 h at night, scenario 5", incident.LevelII, "03-20 00:16", "03-21 09:00", `
			03-20 04:16, 03-20 09:00, 03-20 10:16, 03-20 12:16, 03-20 14:16, 03-20 17:00, 03-20 18:16, 03-20 20:16, 03-20 22:16,
			03-21 02:16, 03-21 06:16, 03-21 09:00`},
		{"II a step begun before 22:00 is a step of the day", incident.LevelII, "03-10 19:59", "03-11 02:00", "03-10 21:59, 03-10 23:59"},
		{"II a step begun at 22:00 is a step of the night", incident.LevelII, "03-10 20:00", "03-11 02:00", "03-10 22:00, 03-11 02:00"},
		{"III at 09:00 and 17:00, weekends too", incident.LevelIII, "03-13 09:21", "03-15 09:00", "03-13 17:00, 03-14 09:00, 03-14 17:00, 03-15 09:00"},
		{"III acknowledged with just room for a reminder", incident.LevelIII, "03-10 16:30", "03-10 20:00", "03-10 17:00"},
		{"III acknowledged too late for a reminder", incident.LevelIII, "03-10 16:31", "03-11 09:00", "03-11 09:00"},
		{"IV at 17:00 on working days", incident.LevelIV, "03-13 10:00", "03-17 17:00", "03-13 17:00, 03-16 17:00, 03-17 17:00"},
		{"IV not in the holiday but on the make-up Saturday", incident.LevelIV, "09-30 10:00", "10-12 18:00", "09-30 17:00, 10-08 17:00, 10-09 17:00, 10-10 17:00, 10-12 17:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, tc.level, tc.ack)
			want(t, "due times", strings.Join(w.slots(tc.to), ", "), strings.Join(strings.Fields(tc.due), " "))
			want(t, "risks", len(w.inc.Risks), 0)
			for n, f := range w.inc.FollowUps {
				want(t, "number", f.N, n+1)
				want(t, incident.SlotName(f.N), f.Verdict, incident.OnTime)
			}
		})
	}
}

// TestRhythmWithoutAck counts from the third step of the ladder.
func TestRhythmWithoutAck(t *testing.T) {
	w := report(t, incident.LevelII, "03-10 10:00", "03-10 10:00")
	w.until("03-10 10:29")
	want(t, "slot before step 3", w.inc.Slot.N, 0)
	w.until("03-10 10:30")
	wantTime(t, "anchor", w.inc.Anchor, "03-10 10:30")
	wantTime(t, "first slot", w.inc.Slot.Due, "03-10 12:30")
	w.do("03-10 10:40", incident.Act{Kind: incident.Acknowledged, By: "chenfang"})
	wantTime(t, "first slot after the acknowledgment", w.inc.Slot.Due, "03-10 12:40")
	want(t, "number", w.inc.Slot.N, 1)
}

// TestReasonsSayWhy a due time is what it is.
func TestReasonsSayWhy(t *testing.T) {
	tests := []struct {
		level  incident.Level
		ack    string
		reason string
	}{
		{incident.LevelI, "03-10 10:20", "按节奏每1小时一次"},
		{incident.LevelII, "03-10 22:10", "按节奏每4小时一次"},
		{incident.LevelIII, "03-10 10:20", "固定时点17:00"},
		{incident.LevelIV, "03-10 10:20", "固定时点17:00"},
	}
	for _, tc := range tests {
		want(t, "reason at "+tc.level.String(), acked(t, tc.level, tc.ack).inc.Slot.Reason, tc.reason)
	}
}

func TestSlotNames(t *testing.T) {
	names := map[int]string{1: "续报一", 9: "续报九", 10: "续报十", 12: "续报十二", 20: "续报二十", 21: "续报二十一", 99: "续报九十九",
		100: "续报一百", 105: "续报一百零五", 110: "续报一百一十", 111: "续报一百一十一", 120: "续报一百二十"}
	for n, name := range names {
		want(t, "name", incident.SlotName(n), name)
	}
}

// TestRemindersGoOnWhereTheCalendarEnds: level IV lives on working days, and the last year of the table ends.
func TestRemindersGoOnWhereTheCalendarEnds(t *testing.T) {
	w := acked(t, incident.LevelIV, "2027-12-30 10:00")
	w.until("2028-01-05 17:00")
	var due []string
	for _, f := range w.fired {
		if strings.Contains(f, "due slot") {
			due = append(due, f)
		}
	}
	want(t, "what went off", strings.Join(due, ", "), "2027-12-30 17:00 due slot 1, 2027-12-31 17:00 due slot 2, 2028-01-03 17:00 due slot 3, 2028-01-04 17:00 due slot 4, 2028-01-05 17:00 due slot 5")
}
