package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

func changed(by string) incident.Act {
	return incident.Act{Kind: incident.Added, By: by, Text: "有新视频", Material: true}
}

// TestMaterialChange inserts a slot, or the next one covers it when it is due within a reminder's length.
func TestMaterialChange(t *testing.T) {
	tests := []struct {
		name        string
		level       incident.Level
		ack, change string
		due         string // of the change
		merged      bool
		slot        string // due next
	}{
		{"I inserts", incident.LevelI, "03-10 10:00", "03-10 10:34", "03-10 10:49", false, "03-10 10:49"},
		{"I merges", incident.LevelI, "03-10 10:00", "03-10 10:35", "03-10 10:50", true, "03-10 11:00"},
		{"I at night does not wait", incident.LevelI, "03-10 23:00", "03-10 23:10", "03-10 23:25", false, "03-10 23:25"},
		{"II inserts", incident.LevelII, "03-10 10:00", "03-10 11:14", "03-10 11:44", false, "03-10 11:44"},
		{"II merges", incident.LevelII, "03-10 10:00", "03-10 11:15", "03-10 11:45", true, "03-10 12:00"},
		{"III inserts", incident.LevelIII, "03-10 10:00", "03-10 15:29", "03-10 16:29", false, "03-10 16:29"},
		{"III merges", incident.LevelIII, "03-10 10:00", "03-10 15:30", "03-10 16:30", true, "03-10 17:00"},
		{"III in the evening waits for 09:00 and merges there", incident.LevelIII, "03-10 19:00", "03-10 22:30", "03-11 09:00", true, "03-11 09:00"},
		{"III due in the quiet hours only", incident.LevelIII, "03-10 19:00", "03-10 21:30", "03-11 09:00", true, "03-11 09:00"},
		{"IV inserts", incident.LevelIV, "03-10 10:00", "03-10 13:59", "03-10 15:59", false, "03-10 15:59"},
		{"IV merges", incident.LevelIV, "03-10 10:00", "03-10 14:00", "03-10 16:00", true, "03-10 17:00"},
		{"IV on a Saturday waits for Monday", incident.LevelIV, "03-13 17:10", "03-14 12:00", "03-16 11:00", false, "03-16 11:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, tc.level, tc.ack)
			w.do(tc.change, changed("linke"))
			wantTime(t, "change due", w.inc.Material.Due, tc.due)
			want(t, "merged", w.inc.Material.Merged, tc.merged)
			wantTime(t, "slot", w.inc.Slot.Due, tc.slot)
			want(t, "number", w.inc.Slot.N, 1)
			wantTime(t, "peak", w.inc.PeakAt, tc.change)
		})
	}
}

// TestInsertedSlotThenTheRhythmGoesOn: slot one is the inserted one, two the fixed hour.
func TestInsertedSlotThenTheRhythmGoesOn(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 11:00", changed("linke"))
	want(t, "reason", w.inc.Slot.Reason, "情况有变")
	w.do("03-10 11:50", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "已联系平台"})
	want(t, "verdict", w.inc.FollowUps[0].Verdict, incident.OnTime)
	wantTime(t, "next", w.inc.Slot.Due, "03-10 17:00")
	want(t, "number", w.inc.Slot.N, 2)
}

// TestFollowUpOnAChangeIsNoDuplicate, however shortly before it the last slot was filed.
func TestFollowUpOnAChangeIsNoDuplicate(t *testing.T) {
	tests := []struct {
		name                        string
		level                       incident.Level
		filed, change, again, after string
	}{
		{"III", incident.LevelIII, "03-10 16:50", "03-10 16:55", "03-10 17:20", "03-11 09:00"},
		{"IV, whose grace reaches into the next day", incident.LevelIV, "03-10 17:00", "03-10 17:10", "03-11 10:00", "03-11 17:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, tc.level, "03-10 10:00")
			w.do(tc.filed, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
			w.do(tc.change, changed("linke"))
			w.refused(tc.again, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"}, incident.FollowUpDuplicate)
			w.do(tc.again, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "新视频已请平台核实"})
			want(t, "verdict", w.inc.FollowUps[1].Verdict, incident.OnTime)
			wantTime(t, "next", w.inc.Slot.Due, tc.after)
		})
	}
}

// TestSecondChangeInTheSameNightIsQuiet: one notice goes through.
func TestSecondChangeInTheSameNightIsQuiet(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 19:00")
	for _, step := range []struct {
		when  string
		quiet bool
	}{{"03-10 21:50", false}, {"03-10 22:30", false}, {"03-11 01:00", true}, {"03-11 07:59", true}, {"03-11 08:00", false}, {"03-11 22:10", false}} {
		w.do(step.when, changed("linke"))
		want(t, "quiet at "+step.when, w.inc.Material.Quiet, step.quiet)
	}
}

// TestChangeBeforeTheAcknowledgment is told but sets no clock.
func TestChangeBeforeTheAcknowledgment(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.do("03-10 10:05", changed("linke"))
	wantTime(t, "change", w.inc.Material.At, "03-10 10:05")
	want(t, "slot", w.inc.Slot.N, 0)
}

func TestIsMaterial(t *testing.T) {
	tests := []struct {
		text string
		why  string
	}{
		{"有新视频", "新视频"},
		{"上了热搜第三", "热搜"},
		{"现场没有记者", ""},
		{"目前无人员受伤", ""},
		{"未上热搜", ""},
		{"上午没有记者，下午来了三名记者", "记者"},
		{"经抢救无效死亡", "死亡"},
		{"不幸受伤", "受伤"},
		{"一名未成年人受伤", "受伤"},
		{"不少人聚集", "聚集"},
		{"联系未果，受伤两人", "受伤"},
		{"检测中", ""},
	}
	w := acked(t, incident.LevelIII, "03-10 10:00")
	for _, tc := range tests {
		why, material := w.inc.IsMaterial(w.r.Policy, tc.text, nil)
		want(t, tc.text, why, tc.why)
		want(t, tc.text+" is material", material, tc.why != "")
	}
	reads := func(n int64, when string) []incident.Count {
		return []incident.Count{{Kind: "reads", Value: n, At: at(when)}}
	}
	w.do("03-10 11:00", incident.Act{Kind: incident.Added, Counts: reads(10000, "03-10 11:00")})
	for n, material := range map[int64]bool{19999: false, 20000: true} {
		_, got := w.inc.IsMaterial(w.r.Policy, "", reads(n, "03-10 12:00"))
		want(t, "growth is material", got, material)
	}
}
