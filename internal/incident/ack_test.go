package incident_test

import (
	"testing"
	"time"

	"fenghuo/internal/incident"
)

func ack(by string) incident.Act { return incident.Act{Kind: incident.Acknowledged, By: by} }

// TestSilentOfficer is scenario 5: who had a timer of their own, and whether they had read it.
func TestSilentOfficer(t *testing.T) {
	w := report(t, incident.LevelII, "03-19 23:38", "03-19 23:44")
	w.do("03-19 23:49", incident.Act{Kind: incident.CallRead, Person: "wanglei"})
	want(t, "read and silent", w.inc.ReadSilently("wanglei"), true)
	want(t, "reading is no acknowledgment", w.inc.Acked(), false)
	w.do("03-20 00:16", ack("chenfang"))
	a := w.inc.Ack
	want(t, "officer", w.inc.Officer, "chenfang")
	want(t, "verdict", a.Verdict, incident.LateGrave)
	want(t, "step", a.Step, 3)
	wantTime(t, "due", a.Due, "03-19 23:54")
	want(t, "silent", len(a.Silent), 2)
	for n, s := range []incident.Silence{
		{Person: "wanglei", From: at("03-19 23:44"), To: at("03-20 00:16"), Missed: 3, Read: true},
		{Person: "chenfang", From: at("03-20 00:04"), To: at("03-20 00:16"), Missed: 1},
	} {
		want(t, "silence of "+s.Person, text(t, a.Silent[n]), text(t, s))
	}
	want(t, "tracker keeps the duty", w.inc.Tracker, "wuyan")
	want(t, "the ladder is over", w.clock(incident.ClockLadder, "").Kind, "")
	e := w.refused("03-20 00:41", ack("wanglei"), incident.AlreadyAcked)
	want(t, "who has it", e.Who, "chenfang")
}

// TestAckVerdict: once the limit over is late, more is grave.
func TestAckVerdict(t *testing.T) {
	tests := []struct {
		name    string
		level   incident.Level
		at      string
		verdict incident.Verdict
	}{
		{"in the last minute", incident.LevelIII, "03-10 10:15:59", incident.OnTime},
		{"late", incident.LevelIII, "03-10 10:16", incident.Late},
		{"grave", incident.LevelIII, "03-10 10:31", incident.LateGrave},
		{"IV in working time", incident.LevelIV, "03-10 11:00", incident.OnTime},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, tc.level, "03-10 10:00", "03-10 10:00")
			w.do(tc.at, ack("wanglei"))
			want(t, "verdict", w.inc.Ack.Verdict, tc.verdict)
		})
	}
}

// TestLadderWaitsForDelivery is the variant of scenario 5: a late delivery moves what comes after it.
func TestLadderWaitsForDelivery(t *testing.T) {
	t.Run("first call", func(t *testing.T) {
		w := newWorld(t)
		w.deaf = true
		w.file(incident.LevelIII, "03-10 10:00", "03-10 10:00")
		w.until("03-10 10:59")
		want(t, "steps before delivery", w.ladder(), "")
		w.deaf = false
		w.do("03-10 10:59", incident.Act{Kind: incident.CallDelivered})
		wantTime(t, "due", w.inc.Ack.Due, "03-10 11:14")
		w.do("03-10 11:14", ack("wanglei"))
		want(t, "verdict", w.inc.Ack.Verdict, incident.OnTime)
	})
	t.Run("no channel reaches anybody", func(t *testing.T) {
		w := newWorld(t)
		w.deaf = true
		w.file(incident.LevelIII, "03-10 10:00", "03-10 10:00")
		w.until("03-10 12:30")
		want(t, "an hour for each", w.ladder(), "11:00/1 12:00/2")
		want(t, "nobody is late", w.inc.Ack.Verdict, incident.Pending)
		w.do("03-10 12:30", incident.Act{Kind: incident.CallDelivered, Step: 2, Person: "xuqing"})
		w.deaf = false
		w.until("03-10 14:00")
		want(t, "from then on as ever", w.ladder(), "11:00/1 12:00/2 13:30/3")
		w.do("03-10 14:00", ack("chenfang"))
		want(t, "nobody unreached was silent", len(w.inc.Ack.Silent), 0)
	})
	t.Run("an ordinary minute moves nothing", func(t *testing.T) {
		w := newWorld(t)
		w.deaf = true
		w.file(incident.LevelIII, "03-10 10:00", "03-10 10:00")
		w.do("03-10 10:01", incident.Act{Kind: incident.CallDelivered})
		wantTime(t, "due", w.inc.Ack.Due, "03-10 10:15")
	})
}

// TestLateStepsShiftTheLadder: step 1 delivered at 00:10 instead of 23:54 moves all later ones by 16 min.
func TestLateStepsShiftTheLadder(t *testing.T) {
	w := report(t, incident.LevelII, "03-19 23:38", "03-19 23:44")
	w.until("03-19 23:53")
	w.deaf = true
	w.until("03-19 23:54")
	w.deaf = false
	delivered := incident.Act{Kind: incident.CallDelivered, Step: 1, At: at("03-20 00:10")}
	for range 2 { // a platform may tell twice
		if err := w.apply(delivered); err != nil {
			t.Fatal(err)
		}
	}
	w.until("03-20 00:45")
	want(t, "ladder", w.ladder(), "23:54/1 00:20/2 00:30/3 00:45/4")
}

// TestStepSaidLateIsNotCaughtUpInABurst: after an hour away each rung and repeat still has its interval.
func TestStepSaidLateIsNotCaughtUpInABurst(t *testing.T) {
	w := report(t, incident.LevelI, "03-10 10:00", "03-10 10:00")
	w.until("03-10 10:19")
	w.now = at("03-10 11:20") // the machine's clock jumped
	w.until("03-10 11:50")
	want(t, "ladder", w.ladder(), "10:05/1 10:10/2 10:15/3 11:20/4 11:30/4 11:40/4 11:50/4")
}

// TestEarlierAckArrivingLaterWins, and nobody is blamed for steps after it.
func TestEarlierAckArrivingLaterWins(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.do("03-10 10:32", ack("chenfang"))
	early := ack("wanglei")
	early.At = at("03-10 10:12")
	if err := w.apply(early); err != nil {
		t.Fatal(err)
	}
	want(t, "by", w.inc.Ack.By, "wanglei")
	want(t, "officer", w.inc.Officer, "wanglei")
	want(t, "verdict", w.inc.Ack.Verdict, incident.OnTime)
	want(t, "silent", len(w.inc.Ack.Silent), 0)
	wantTime(t, "anchor", w.inc.Anchor, "03-10 10:12")
	want(t, "tenures", len(w.inc.Trackers), 1)
	same := w.inc.Apply(w.r, early)
	want(t, "the same once more", same != nil, true)
}

// TestEarlierAckComesTooLate once the work has gone on.
func TestEarlierAckComesTooLate(t *testing.T) {
	tests := []struct {
		name string
		acts []incident.Act
	}{
		{"a follow-up was filed", []incident.Act{{Kind: incident.FollowedUp, By: "wuyan", Text: "检测中"}}},
		{"the duty was handed over", []incident.Act{{Kind: incident.HandoverAsked, Person: "dingwei"}, {Kind: incident.HandoverAccepted, By: "dingwei"}}},
		{"the officer changed", []incident.Act{{Kind: incident.TakeoverAsked, By: "xuqing"}, {Kind: incident.TakeoverAgreed, By: "chenfang"}}},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
			w.do("03-10 10:10", ack("chenfang"))
			for _, a := range tc.acts {
				w.do("03-10 10:12", a)
			}
			early := ack("wanglei")
			early.At = at("03-10 10:05")
			if err := w.inc.Apply(w.r, early); err == nil {
				t.Error("the earlier acknowledgment was taken")
			}
		})
	}
}

// TestWhomNoCallReachedIsNotBlamed: the officer's calls are all lost, the backup's arrive and go unanswered.
func TestWhomNoCallReachedIsNotBlamed(t *testing.T) {
	w := newWorld(t)
	w.deaf = true
	w.file(incident.LevelII, "03-10 10:00", "03-10 10:00")
	for w.inc.Ack.Step == 0 {
		w.run(w.now.Add(time.Minute))
	}
	for n := 1; w.inc.Ack.Risk == ""; n++ {
		if n > 600 {
			t.Fatal("the ladder does not end")
		}
		if w.inc.Ack.Step == 2 && w.inc.Ack.Reached.IsZero() {
			if err := w.apply(incident.Act{Kind: incident.CallDelivered, Step: 2, Person: "chenfang", At: w.now}); err != nil {
				t.Fatal(err)
			}
		}
		w.run(w.now.Add(time.Minute))
	}
	want(t, "whose risk", w.inc.Risk(w.inc.Ack.Risk).Person, "chenfang")
	w.do(w.now.In(shanghai).Add(time.Minute).Format("2006-01-02 15:04"), ack("xuqing"))
	want(t, "silent", len(w.inc.Ack.Silent), 1)
	want(t, "who was silent", w.inc.Ack.Silent[0].Person, "chenfang")
}

// TestLadderEndWithoutAnswer raises the risk of 滞压 once.
func TestLadderEndWithoutAnswer(t *testing.T) {
	for level, until := range map[incident.Level]string{incident.LevelI: "03-10 12:00", incident.LevelII: "03-10 12:00", incident.LevelIII: "03-10 12:00", incident.LevelIV: "03-10 13:00"} {
		w := report(t, level, "03-10 10:00", "03-10 10:00")
		w.do("03-10 10:00", incident.Act{Kind: incident.Added, Whole: true})
		w.until(until)
		n := 0
		for _, r := range w.inc.Risks {
			if r.About == "签收" {
				n++
				want(t, "risk", r.Kind+r.Person+r.Status, "缓报wangleiopen")
			}
		}
		want(t, "risks at "+level.String(), n, 1)
	}
}

// TestReassign starts the ladder anew for somebody else; the first officer answers for their own time only.
func TestReassign(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 10:00", "03-10 10:00")
	w.refused("03-10 10:05", incident.Act{Kind: incident.Reassigned, Person: "wanglei"}, incident.SamePerson)
	w.do("03-10 10:10", incident.Act{Kind: incident.Reassigned, By: "xuqing", Person: "sunke"})
	want(t, "officer", w.inc.Officer, "sunke")
	wantTime(t, "due", w.inc.Ack.Due, "03-10 10:25")
	w.do("03-10 10:30", ack("sunke"))
	want(t, "verdict", w.inc.Ack.Verdict, incident.Late)
	want(t, "silent", len(w.inc.Ack.Silent), 1)
	want(t, "who was silent", w.inc.Ack.Silent[0].Person, "sunke")
	w.refused("03-10 10:31", incident.Act{Kind: incident.Reassigned, Person: "wanglei"}, incident.AlreadyAcked)
}
