package incident_test

import (
	"slices"
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

// TestLimitsOfAReport: first report, elements, acknowledgment and ladder of every level, counted by hand
// from the table A5. 2026-03-10 is a Tuesday, 03-13 a Friday, 03-18 a Wednesday.
func TestLimitsOfAReport(t *testing.T) {
	tests := []struct {
		name                string
		level               incident.Level
		found, reported     string
		first, elements     string
		called, ackDue      string
		ladder              string // steps that go off while nobody answers
		until               string
		verdict, ackVerdict incident.Verdict
	}{
		{"I by day", incident.LevelI, "03-10 10:00", "03-10 10:05", "03-10 10:15", "03-10 10:30", "03-10 10:05", "03-10 10:10",
			"10:10/1 10:15/2 10:20/3 10:25/4 10:35/4 10:45/4", "03-10 10:50", incident.OnTime, incident.Late},
		{"I at night is the same", incident.LevelI, "03-10 23:50", "03-10 23:55", "03-11 00:05", "03-11 00:20", "03-10 23:55", "03-11 00:00",
			"00:00/1 00:05/2 00:10/3 00:15/4 00:25/4", "03-11 00:30", incident.OnTime, incident.Late},
		{"II at night, scenario 5", incident.LevelII, "03-19 23:38", "03-19 23:44", "03-20 00:08", "03-20 00:38", "03-19 23:44", "03-19 23:54",
			"23:54/1 00:04/2 00:14/3 00:29/4 00:59/4 01:29/4", "03-20 01:30", incident.OnTime, incident.Late},
		{"III by day, scenario 1", incident.LevelIII, "03-10 09:05", "03-10 09:16", "03-10 10:05", "03-10 11:05", "03-10 09:16", "03-10 09:31",
			"09:31/1 09:46/2 10:16/3", "03-10 20:00", incident.OnTime, incident.Late},
		{"III late evening: third step waits for the morning", incident.LevelIII, "03-10 21:30", "03-10 21:30", "03-10 22:30", "03-11 09:00", "03-10 21:30", "03-10 21:45",
			"21:45/1 22:00/2 09:00/3", "03-11 10:00", incident.OnTime, incident.Late},
		{"IV on a working day", incident.LevelIV, "03-10 09:30", "03-10 10:00", "03-10 11:30", "03-10 15:30", "03-10 10:00", "03-10 11:00",
			"11:00/1 12:00/2", "03-12 18:00", incident.OnTime, incident.Late},
		{"IV over a weekend", incident.LevelIV, "03-13 17:30", "03-13 17:40", "03-16 10:30", "03-16 14:30", "03-13 17:40", "03-16 09:40",
			"09:40/1 10:40/2", "03-17 18:00", incident.OnTime, incident.Late},
		{"IV reported on a Saturday is first called on Monday", incident.LevelIV, "03-14 11:00", "03-14 11:10", "03-16 11:00", "03-16 15:00", "03-16 09:00", "03-16 10:00",
			"10:00/1 11:00/2", "03-17 18:00", incident.OnTime, incident.Late},
		{"IV on National Day eve's night, scenario 10", incident.LevelIV, "2025-10-01 22:30", "2025-10-01 22:40", "2025-10-09 11:00", "2025-10-09 15:00", "2025-10-09 09:00", "2025-10-09 10:00",
			"10:00/1 11:00/2", "2025-10-09 18:00", incident.OnTime, incident.Late},
		{"IV before the holiday of 2026 goes on after it", incident.LevelIV, "09-30 17:00", "09-30 17:10", "10-08 10:00", "10-08 14:00", "09-30 17:10", "10-08 09:10",
			"09:10/1 10:10/2", "10-09 18:00", incident.OnTime, incident.Late},
		{"IV on a make-up Saturday", incident.LevelIV, "10-10 10:00", "10-10 10:00", "10-10 12:00", "10-10 16:00", "10-10 10:00", "10-10 11:00",
			"11:00/1 12:00/2", "10-10 18:00", incident.OnTime, incident.Late},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, tc.level, tc.found, tc.reported)
			wantTime(t, "first report due", w.inc.FirstReport.Due, tc.first)
			wantTime(t, "elements due", w.inc.Elements.Due, tc.elements)
			want(t, "first report", w.inc.FirstReport.Verdict, tc.verdict)
			w.until(tc.called)
			wantTime(t, "clock of the acknowledgment", w.inc.Ack.From, tc.called)
			wantTime(t, "acknowledgment due", w.inc.Ack.Due, tc.ackDue)
			w.until(tc.until)
			want(t, "ladder", w.ladder(), tc.ladder)
			want(t, "unanswered", w.inc.Ack.Verdict, tc.ackVerdict)
		})
	}
}

// ladder is the steps that went off: 09:31/1.
func (w *world) ladder() string {
	var out []string
	for _, f := range w.fired {
		p := strings.Split(f, " ")
		if n := len(p); p[n-3] == string(incident.ClockLadder) {
			out = append(out, p[n-4]+"/"+p[n-1])
		}
	}
	return strings.Join(out, " ")
}

// TestFirstReportVerdict: whole minutes; once the limit over is late, more is grave, on the level's own clock.
func TestFirstReportVerdict(t *testing.T) {
	tests := []struct {
		name     string
		level    incident.Level
		found    string
		reported string
		verdict  incident.Verdict
	}{
		{"in the last minute", incident.LevelI, "03-10 10:00", "03-10 10:15:59", incident.OnTime},
		{"a minute over", incident.LevelI, "03-10 10:00", "03-10 10:16", incident.Late},
		{"once the limit over", incident.LevelI, "03-10 10:00", "03-10 10:30:30", incident.Late},
		{"more than the limit over", incident.LevelI, "03-10 10:00", "03-10 10:31", incident.LateGrave},
		{"III grave", incident.LevelIII, "03-10 10:00", "03-10 12:01", incident.LateGrave},
		{"IV over a weekend in time", incident.LevelIV, "03-13 17:30", "03-16 10:30", incident.OnTime},
		{"IV over a weekend late", incident.LevelIV, "03-13 17:30", "03-16 12:30", incident.Late},
		{"IV over a weekend grave: the limit is two working hours", incident.LevelIV, "03-13 17:30", "03-16 12:31", incident.LateGrave},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, tc.level, tc.found, tc.reported)
			want(t, "verdict", w.inc.FirstReport.Verdict, tc.verdict)
			late := tc.verdict != incident.OnTime
			want(t, "risk of 迟报", len(w.inc.Risks) == 1 && w.inc.Risks[0].Kind == "迟报" && w.inc.Risks[0].Person == "zhoumin", late)
		})
	}
}

// TestOralFirstReport: the moment of the forward counts; the form may correct the time of discovery.
func TestOralFirstReport(t *testing.T) {
	w := newWorld(t)
	draft := registration(incident.LevelIII, at("03-12 14:03"))
	draft.Kind = incident.Forwarded
	w.do("03-12 14:35", draft)
	want(t, "state", w.inc.State, incident.Draft)
	want(t, "clocks of a draft", len(w.inc.Clocks(w.r)), 0)
	w.refused("03-12 14:40", incident.Act{Kind: incident.Acknowledged, By: "wanglei"}, incident.NotSubmitted)
	w.file(incident.LevelIII, "03-12 14:00", "03-12 15:14")
	want(t, "kind", w.inc.FirstReport.Kind, incident.ByForward)
	wantTime(t, "first report", w.inc.FirstReport.At, "03-12 14:35")
	wantTime(t, "first report due", w.inc.FirstReport.Due, "03-12 15:00")
	wantTime(t, "elements due", w.inc.Elements.Due, "03-12 16:00")
	want(t, "verdict", w.inc.FirstReport.Verdict, incident.OnTime)
	want(t, "risks", len(w.inc.Risks), 0)
}

// TestVerificationLimits count from the acknowledgment, not from the call.
func TestVerificationLimits(t *testing.T) {
	tests := []struct {
		name               string
		level              incident.Level
		ack                string
		first, full, draft string
	}{
		{"I", incident.LevelI, "03-10 10:00", "03-10 11:00", "03-10 14:00", "03-10 10:30"},
		{"II", incident.LevelII, "03-10 23:00", "03-11 01:00", "03-11 07:00", "03-11 00:00"},
		{"III, scenario 1", incident.LevelIII, "03-10 09:21", "03-10 13:21", "03-11 09:21", "03-10 13:21"},
		{"III, due at night moves to 09:00", incident.LevelIII, "03-10 20:30", "03-11 09:00", "03-11 20:30", "03-11 09:00"},
		{"IV", incident.LevelIV, "03-10 10:00", "03-11 18:00", "03-13 18:00", ""},
		{"IV over a weekend", incident.LevelIV, "03-13 17:00", "03-16 18:00", "03-18 18:00", ""},
		{"IV over the holiday and the make-up Saturday", incident.LevelIV, "09-30 10:00", "10-08 18:00", "10-10 18:00", ""},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			v := acked(t, tc.level, tc.ack).inc
			wantTime(t, "first pass", v.Verification.FirstDue, tc.first)
			wantTime(t, "full", v.Verification.FullDue, tc.full)
			wantTime(t, "talking points", v.Talk.Due, tc.draft)
		})
	}
}

// TestToldAtOnceAndByTheLadder is the table of who hears of it.
func TestToldAtOnceAndByTheLadder(t *testing.T) {
	tests := []struct {
		level  incident.Level
		atOnce string
		steps  string
	}{
		{incident.LevelI, "chief deputy 公关 法务 质量 安全", "officer | backup head | deputy | chief duty"},
		{incident.LevelII, "deputy departments", "officer | backup head | deputy | chief duty"},
		{incident.LevelIII, "head", "officer | backup head | deputy"},
		{incident.LevelIV, "info_officer", "officer | backup head | deputy(digest)"},
	}
	p := rules(t).Policy
	for _, tc := range tests {
		t.Run(tc.level.String(), func(t *testing.T) {
			lp := p.Levels[tc.level]
			want(t, "at once", roles(lp.AtOnce), tc.atOnce)
			var steps []string
			for _, s := range lp.Ladder {
				told := roles(s.Tell)
				if s.Digest {
					told += "(digest)"
				}
				steps = append(steps, told)
			}
			want(t, "ladder", strings.Join(steps, " | "), tc.steps)
			want(t, "step 1 speaks in private", lp.Ladder[0].Direct, true)
			want(t, "step 3 is urgent for officer and backup", slices.Equal(lp.Ladder[2].Urgent, []incident.Role{"officer", "backup"}), tc.level != incident.LevelIV)
		})
	}
}

func roles(list []incident.Role) string {
	var out []string
	for _, r := range list {
		out = append(out, string(r))
	}
	return strings.Join(out, " ")
}
