package incident_test

import (
	"testing"
	"time"

	"fenghuo/internal/incident"
)

func raise(l incident.Level) incident.Act {
	return incident.Act{Kind: incident.LevelRaised, By: "wanglei", Level: l, Text: "已有人受伤"}
}

// TestUpgradeFirstApproveLater: at once and provisional, new limits from that moment, back after 2 h.
func TestUpgradeFirstApproveLater(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 11:00", raise(incident.LevelII))
	want(t, "level", w.inc.Level.Current, incident.LevelII)
	want(t, "provisional", w.inc.Level.Provisional, true)
	wantTime(t, "lapses", w.clock(incident.ClockLapse, "").At, "03-10 13:00")
	wantTime(t, "slot", w.inc.Slot.Due, "03-10 13:00")
	wantTime(t, "verification", w.inc.Verification.FirstDue, "03-10 13:00")
	wantTime(t, "talking points", w.inc.Talk.Due, "03-10 12:00")
	w.refused("03-10 12:59", incident.Act{Kind: incident.LevelLapsed}, incident.NothingAsked)
	w.do("03-10 12:59", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "两人送医"})
	w.until("03-10 13:00")
	want(t, "level after the lapse", w.inc.Level.Current, incident.LevelIII)
	want(t, "provisional after the lapse", w.inc.Level.Provisional, false)
	wantTime(t, "slot after the lapse", w.inc.Slot.Due, "03-10 17:00")
	want(t, "history", len(w.inc.Level.History), 3)
	want(t, "reason", w.inc.Level.History[2].Reason, "2小时未确认，临时升级失效")
}

func TestALapseSaysThePolicysTime(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	policy := *w.r.Policy
	policy.ProvisionalFor = 90 * time.Minute
	w.r.Policy = &policy
	w.do("03-10 11:00", raise(incident.LevelII))
	w.until("03-10 12:30")
	want(t, "reason", w.inc.Level.History[2].Reason, "1小时30分钟未确认，临时升级失效")
}

func TestConfirmedUpgradeStays(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 11:00", raise(incident.LevelII))
	w.do("03-10 12:00", incident.Act{Kind: incident.LevelConfirmed, By: "xuqing"})
	w.do("03-10 12:50", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "两人送医"})
	w.until("03-10 14:00")
	want(t, "level", w.inc.Level.Current, incident.LevelII)
	wantTime(t, "the grid still counts from the upgrade", w.inc.Slot.Due, "03-10 15:00")
	w.refused("03-10 14:00", incident.Act{Kind: incident.LevelConfirmed, By: "xuqing"}, incident.NothingAsked)
}

// TestTwoUpgradesLapseTogether, to what was confirmed last.
func TestTwoUpgradesLapseTogether(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 11:00", raise(incident.LevelII))
	w.do("03-10 11:30", raise(incident.LevelI))
	wantTime(t, "lapses", w.inc.Level.Lapses, "03-10 13:30")
	w.until("03-10 13:30")
	want(t, "level", w.inc.Level.Current, incident.LevelIII)
}

// TestDowngradeNeedsApproval first.
func TestDowngradeNeedsApproval(t *testing.T) {
	w := acked(t, incident.LevelII, "03-10 10:00")
	lower := incident.Act{Kind: incident.LowerAsked, By: "wanglei", Level: incident.LevelIII, Text: "已平稳"}
	w.do("03-10 10:30", lower)
	want(t, "level while it waits", w.inc.Level.Current, incident.LevelII)
	wantTime(t, "slot while it waits", w.inc.Slot.Due, "03-10 12:00")
	w.do("03-10 10:40", incident.Act{Kind: incident.LowerRefused, By: "xuqing"})
	w.refused("03-10 10:41", incident.Act{Kind: incident.LowerApproved, By: "xuqing"}, incident.NothingAsked)
	w.do("03-10 10:50", lower)
	w.do("03-10 11:00", incident.Act{Kind: incident.LowerApproved, By: "xuqing"})
	want(t, "level", w.inc.Level.Current, incident.LevelIII)
	wantTime(t, "slot", w.inc.Slot.Due, "03-10 17:00")
	w.refused("03-10 11:01", incident.Act{Kind: incident.LowerRefused, By: "xuqing"}, incident.NothingAsked)
}

// TestDowngradeEndsTheProvisionalUpgrade: what was agreed does not lapse.
func TestDowngradeEndsTheProvisionalUpgrade(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 11:00", raise(incident.LevelI))
	w.do("03-10 11:10", incident.Act{Kind: incident.LowerAsked, By: "wanglei", Level: incident.LevelII})
	w.do("03-10 11:20", incident.Act{Kind: incident.LowerApproved, By: "xuqing"})
	w.do("03-10 13:00", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"})
	w.until("03-10 13:30")
	want(t, "level", w.inc.Level.Current, incident.LevelII)
	want(t, "provisional", w.inc.Level.Provisional, false)
}

// TestUpgradeForgetsTheDowngradeAskedBefore it.
func TestUpgradeForgetsTheDowngradeAskedBefore(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 10:30", incident.Act{Kind: incident.LowerAsked, By: "wanglei", Level: incident.LevelIV})
	w.do("03-10 11:00", raise(incident.LevelII))
	w.refused("03-10 11:10", incident.Act{Kind: incident.LowerApproved, By: "xuqing"}, incident.NothingAsked)
}

// TestUpgradeFreezesVerdicts: neither an early report becomes late nor a late one early.
func TestUpgradeFreezesVerdicts(t *testing.T) {
	tests := []struct {
		name     string
		reported string
		verdict  incident.Verdict
	}{
		{"on time for III, late for I", "03-10 09:50", incident.OnTime},
		{"late for III", "03-10 10:10", incident.Late},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, incident.LevelIII, "03-10 09:00", tc.reported)
			w.do(tc.reported, incident.Act{Kind: incident.Acknowledged, By: "wanglei"})
			w.do("03-10 10:30", raise(incident.LevelI))
			want(t, "first report", w.inc.FirstReport.Verdict, tc.verdict)
			wantTime(t, "its due time", w.inc.FirstReport.Due, "03-10 10:00")
			want(t, "acknowledgment", w.inc.Ack.Verdict, incident.OnTime)
			wantTime(t, "elements", w.inc.Elements.Due, "03-10 11:00")
		})
	}
}

// TestUpgradeBeforeTheAcknowledgment starts the ladder anew; a limit that had passed has passed.
func TestUpgradeBeforeTheAcknowledgment(t *testing.T) {
	tests := []struct {
		name             string
		raised, due, ack string
		verdict          incident.Verdict
	}{
		{"in time", "03-10 10:10", "03-10 10:20", "03-10 10:20", incident.OnTime},
		{"late by the new limit", "03-10 10:10", "03-10 10:20", "03-10 10:21", incident.Late},
		{"late before the upgrade", "03-10 10:20", "03-10 10:30", "03-10 10:25", incident.Late},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
			w.do(tc.raised, raise(incident.LevelII))
			wantTime(t, "due", w.inc.Ack.Due, tc.due)
			want(t, "step", w.clock(incident.ClockLadder, "").N, 1)
			w.do(tc.ack, incident.Act{Kind: incident.Acknowledged, By: "wanglei"})
			want(t, "verdict", w.inc.Ack.Verdict, tc.verdict)
		})
	}
}

// TestUpgradeBeforeTheCallArrived: no clock of an acknowledgment starts before delivery.
func TestUpgradeBeforeTheCallArrived(t *testing.T) {
	w := newWorld(t)
	w.deaf = true
	w.file(incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.do("03-10 10:10", raise(incident.LevelII))
	wantTime(t, "the channels have their time", w.clock(incident.ClockLadder, "").At, "03-10 11:00")
	w.do("03-10 10:20", incident.Act{Kind: incident.CallDelivered})
	wantTime(t, "first step", w.clock(incident.ClockLadder, "").At, "03-10 10:30")
}

func TestUpgradeOfAWaitingIVCallsAtOnce(t *testing.T) {
	w := report(t, incident.LevelIV, "03-14 11:00", "03-14 11:10")
	wantTime(t, "call", w.clock(incident.ClockCall, "").At, "03-16 09:00")
	w.do("03-14 12:00", raise(incident.LevelIII))
	wantTime(t, "called", w.inc.Ack.From, "03-14 12:00")
}

func TestLevelMustChange(t *testing.T) {
	w := acked(t, incident.LevelII, "03-10 10:00")
	for _, l := range []incident.Level{incident.LevelII, incident.LevelIII, 0} {
		e := w.refused("03-10 10:10", raise(l), incident.SameLevel)
		want(t, "the level named", e.Level, incident.LevelII)
	}
	for _, l := range []incident.Level{incident.LevelII, incident.LevelI, 0} {
		w.refused("03-10 10:10", incident.Act{Kind: incident.LowerAsked, Level: l}, incident.SameLevel)
	}
}

func TestParseLevel(t *testing.T) {
	for _, l := range incident.Levels() {
		for _, s := range []string{l.String(), l.Color(), l.Grade(), l.Name(), l.Badge(), l.Color() + "色"} {
			got, err := incident.ParseLevel(s)
			if err != nil || got != l {
				t.Errorf("%q is %v, %v", s, got, err)
			}
		}
	}
	for _, s := range []string{"", "V", "0", "5", "紫"} {
		if got, err := incident.ParseLevel(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
}
