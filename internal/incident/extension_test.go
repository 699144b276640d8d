package incident_test

import (
	"testing"

	"fenghuo/internal/incident"
)

func extend(to string) incident.Act {
	return incident.Act{Kind: incident.ExtensionAsked, By: "wuyan", Due: at(to), Text: "检测报告未出"}
}

var agreed = incident.Act{Kind: incident.ExtensionApproved, By: "wanglei"}

// TestExtensionLimits: asked before due, later than due, at most one interval.
func TestExtensionLimits(t *testing.T) {
	tests := []struct {
		name      string
		level     incident.Level
		asked, to string
		code      incident.RefusalCode // empty: taken
		says      string               // the moment the refusal names
	}{
		{"I at most an hour", incident.LevelI, "03-10 10:30", "03-10 12:00", "", ""},
		{"I more", incident.LevelI, "03-10 10:30", "03-10 12:01", incident.ExtensionTooLong, "03-10 12:00"},
		{"II at most two hours", incident.LevelII, "03-10 10:30", "03-10 14:00", "", ""},
		{"II more", incident.LevelII, "03-10 10:30", "03-10 14:01", incident.ExtensionTooLong, "03-10 14:00"},
		{"III at most four hours", incident.LevelIII, "03-10 10:30", "03-10 21:00", "", ""},
		{"III more", incident.LevelIII, "03-10 10:30", "03-10 21:01", incident.ExtensionTooLong, "03-10 21:00"},
		{"IV at most one working day", incident.LevelIV, "03-10 10:30", "03-11 18:00", "", ""},
		{"IV more", incident.LevelIV, "03-10 10:30", "03-11 18:01", incident.ExtensionTooLong, "03-11 18:00"},
		{"in the minute it is due", incident.LevelIII, "03-10 17:00:30", "03-10 18:00", "", ""},
		{"after it was due", incident.LevelIII, "03-10 17:01", "03-10 18:00", incident.ExtensionLate, "03-10 17:00"},
		{"not later", incident.LevelIII, "03-10 10:30", "03-10 17:00", incident.ExtensionNotLater, "03-10 17:00"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, tc.level, "03-10 10:00")
			if tc.code != "" {
				e := w.refused(tc.asked, extend(tc.to), tc.code)
				wantTime(t, "the refusal names", e.At, tc.says)
				return
			}
			due := show(w.inc.Slot.Due)
			w.do(tc.asked, extend(tc.to))
			wantTime(t, "due while it waits", w.inc.Slot.Due, due)
			w.do(tc.asked, agreed)
			wantTime(t, "due", w.inc.Slot.Due, tc.to)
			want(t, "reason", w.inc.Slot.Reason, "经批准延期")
		})
	}
}

// TestExtensionOnceInARow is scenario 6: the slot after an extended one cannot be extended, the next can.
func TestExtensionOnceInARow(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-23 10:00")
	w.slots("03-23 17:00")
	w.do("03-24 08:20", extend("03-24 10:00"))
	w.do("03-24 08:25", agreed)
	w.refused("03-24 08:26", extend("03-24 11:00"), incident.ExtensionTwice)
	w.refused("03-24 08:27", agreed, incident.NothingAsked)
	want(t, "due anew", w.clock(incident.ClockRemind, incident.AboutSlot).Kind, incident.ClockRemind)
	w.do("03-24 09:50", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "报告已出"})
	f := w.inc.FollowUps[1]
	want(t, "verdict", f.Verdict, incident.OnTime)
	want(t, "note", f.Note, "延期")
	wantTime(t, "due", f.Due, "03-24 10:00")
	wantTime(t, "next", w.inc.Slot.Due, "03-24 17:00")
	w.refused("03-24 12:00", extend("03-24 18:00"), incident.ExtensionTwice)
	w.slots("03-24 17:00")
	w.do("03-24 18:00", extend("03-25 10:00"))
	e := w.inc.Extended[0]
	want(t, "recorded", e.State+" "+e.By+" "+e.Judge+" "+e.Reason, "approved wuyan wanglei 检测报告未出")
	wantTime(t, "old", e.Old, "03-24 09:00")
	wantTime(t, "new", e.New, "03-24 10:00")
}

func TestRefusedExtensionMovesNothing(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 11:00", extend("03-10 18:00"))
	w.do("03-10 11:05", incident.Act{Kind: incident.ExtensionRefused, By: "wanglei"})
	wantTime(t, "due", w.inc.Slot.Due, "03-10 17:00")
	w.do("03-10 11:10", extend("03-10 17:30"))
	want(t, "asked again", w.inc.Extension.State, "asked")
}

// TestExtensionOfAnotherDueTime: agreeing late must not move what is due meanwhile.
func TestExtensionOfAnotherDueTime(t *testing.T) {
	tests := []struct {
		name string
		act  incident.Act
		due  string
	}{
		{"the slot was filed", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "报告已出"}, "03-11 09:00"},
		{"a material change came", changed("linke"), "03-10 12:10"},
		{"the level was raised", raise(incident.LevelII), "03-10 13:10"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := acked(t, incident.LevelIII, "03-10 10:00")
			w.do("03-10 11:00", extend("03-10 18:00"))
			w.do("03-10 11:10", tc.act)
			wantTime(t, "due", w.inc.Slot.Due, tc.due)
			w.refused("03-10 11:20", agreed, incident.NothingAsked)
			want(t, "recorded", w.inc.Extended[0].State, "lapsed")
		})
	}
}
