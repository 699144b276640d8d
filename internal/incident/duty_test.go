package incident_test

import (
	"maps"
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

// verifiedAll is a verification nothing is left open in.
var verifiedAll = func() incident.Act {
	a := incident.Act{Kind: incident.Verified, By: "sunke", Conclusion: incident.ConclusionTrue}
	for _, e := range incident.FactElements {
		a.Found = append(a.Found, incident.Fact{Element: e, Value: "查清", Status: incident.FactVerified})
	}
	return a
}()

// chasing is an incident acknowledged at that moment under a policy which asks for verification and talking points.
func chasing(t testing.TB, l incident.Level, when string) *world {
	t.Helper()
	w := newWorld(t)
	policy := *w.r.Policy
	policy.Levels = maps.Clone(policy.Levels)
	for _, l := range []incident.Level{incident.LevelI, incident.LevelII} {
		lp := policy.Levels[l]
		lp.Chase = incident.Chaseable
		policy.Levels[l] = lp
	}
	w.r.Policy = &policy
	w.file(l, when, when)
	w.do(when, incident.Act{Kind: incident.Acknowledged, By: "wanglei"})
	w.do(when, incident.Act{Kind: incident.Added, By: "zhoumin", Whole: true})
	return w
}

// asked is what went off about one duty.
func (w *world) asked(about string) string {
	var out []string
	for _, f := range w.fired {
		if p := strings.Split(f, " "); p[3] == about {
			out = append(out, strings.Join(p[:3], " "))
		}
	}
	return strings.Join(out, ", ")
}

// TestVerificationIsAskedFor: at the levels whose policy says so it is reminded of, called when due, and a risk
// after the grace; nobody files anything here.
func TestVerificationIsAskedFor(t *testing.T) {
	tests := []struct {
		level              incident.Level
		first, full, draft string
		risks              int
	}{
		{incident.LevelI, "03-10 10:50 remind, 03-10 11:00 due, 03-10 11:05 risk", "", "03-10 10:20 remind, 03-10 10:30 due, 03-10 10:35 risk", 2},
		{incident.LevelII, "03-10 11:45 remind, 03-10 12:00 due, 03-10 12:10 risk", "", "03-10 10:45 remind, 03-10 11:00 due, 03-10 11:10 risk", 2},
		{incident.LevelIII, "", "", "", 0},
		{incident.LevelIV, "", "", "", 0},
	}
	for _, tc := range tests {
		t.Run(tc.level.String(), func(t *testing.T) {
			w := chasing(t, tc.level, "03-10 10:00")
			for range 40 { // follow-ups are filed
				if w.inc.Slot.Due.After(at("03-11 20:00")) {
					break
				}
				w.do(show(w.inc.Slot.Due), incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "续报 " + show(w.inc.Slot.Due)})
			}
			w.until("03-11 20:00")
			want(t, "first pass", w.asked(incident.AboutVerifyFirst), tc.first)
			want(t, "full pass, while there is no first", w.asked(incident.AboutVerifyFull), tc.full)
			want(t, "talking points", w.asked(incident.AboutTalk), tc.draft)
			want(t, "risks", len(w.inc.Risks), tc.risks)
			for _, r := range w.inc.Risks {
				want(t, "whose", r.Kind+r.Person, "缓报wanglei")
			}
		})
	}
}

// TestVerificationAsItIsDone: what is filed in time is not asked for; within the grace it is on time; after a
// reminder nobody received it is excused.
func TestVerificationAsItIsDone(t *testing.T) {
	first := incident.Act{Kind: incident.Verified, By: "sunke"}
	for _, f := range verifiedAll.Found {
		f.Status = incident.FactUnverified
		first.Found = append(first.Found, f)
	}
	w := chasing(t, incident.LevelII, "03-10 10:00")
	w.do("03-10 11:00", draft("wanglei", "xuqing"))
	w.do("03-10 12:08", first)
	want(t, "within the grace", w.inc.Verification.FirstVerdict, incident.OnTime)
	w.do("03-10 18:30", incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "在查"})
	want(t, "the full pass", w.asked(incident.AboutVerifyFull), "03-10 17:45 remind, 03-10 18:00 due, 03-10 18:10 risk")
	w.do("03-10 18:40", verifiedAll)
	want(t, "after the risk", w.inc.Verification.FullVerdict, incident.Late)
	want(t, "nothing is owed", len(w.inc.Owed(w.r)), 1) // but the next follow-up

	deaf := chasing(t, incident.LevelII, "03-10 10:00")
	deaf.deaf = true
	deaf.do("03-10 15:00", verifiedAll)
	want(t, "nobody was reached", deaf.inc.Verification.FirstVerdict, incident.Excused)
	want(t, "no risk", len(deaf.inc.Risks), 0)

	unasked := chasing(t, incident.LevelIII, "03-10 10:00")
	unasked.do("03-10 14:01", verifiedAll)
	want(t, "where nobody asks, late is late", unasked.inc.Verification.FirstVerdict, incident.Late)
}

// TestANewLevelAsksAnew: the time runs from the upgrade; what was done stays done.
func TestANewLevelAsksAnew(t *testing.T) {
	w := chasing(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 13:00", incident.Act{Kind: incident.LevelRaised, By: "wanglei", Level: incident.LevelII, Text: "上热搜"})
	wantTime(t, "first pass", w.inc.Verification.FirstDue, "03-10 15:00")
	want(t, "asked for", w.clock(incident.ClockRemind, incident.AboutVerifyFirst).Person, "wanglei")

	done := chasing(t, incident.LevelIII, "03-10 10:00")
	done.do("03-10 12:00", verifiedAll)
	done.do("03-10 13:00", incident.Act{Kind: incident.LevelRaised, By: "wanglei", Level: incident.LevelII, Text: "上热搜"})
	wantTime(t, "as it was", done.inc.Verification.FirstDue, "03-10 14:00")
	want(t, "not asked for", done.asked(incident.AboutVerifyFirst), "")
}

// closing is a level's incident calm since that moment.
func closing(t testing.TB, l incident.Level, from, calm string) *world {
	w := acked(t, l, from)
	for !w.inc.Slot.Due.After(at(calm)) {
		w.do(show(w.inc.Slot.Due), incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "续报 " + show(w.inc.Slot.Due)})
	}
	w.do(calm, incident.Act{Kind: incident.Calmed, By: "wanglei"})
	return w
}

// TestInterimPage: level I gives one within a day of calm, long before the final report.
func TestInterimPage(t *testing.T) {
	w := closing(t, incident.LevelI, "03-10 10:00", "03-12 10:30")
	wantTime(t, "due", w.inc.Interim.Due, "03-13 10:30")
	w.until("03-13 10:36")
	want(t, "asked for", w.asked(incident.AboutInterim), "03-13 10:20 remind, 03-13 10:30 due, 03-13 10:35 risk")
	w.do("03-13 10:40", incident.Act{Kind: incident.InterimFiled, By: "wuyan", Text: "事态已平"})
	want(t, "verdict", w.inc.Interim.Verdict, incident.Late)
	w.refused("03-13 10:41", incident.Act{Kind: incident.InterimFiled, By: "wuyan", Text: "又一页"}, incident.AnsweredAlready)

	other := closing(t, incident.LevelII, "03-10 10:00", "03-12 10:30")
	want(t, "II has none", other.inc.Interim.Due.IsZero(), true)
	other.refused("03-12 11:00", incident.Act{Kind: incident.InterimFiled, By: "wuyan", Text: "事态已平"}, incident.NoInterim)
}

// TestHardStop: thirty days after calm a missing final report is 漏报; filing it then does not undo that.
func TestTheLastDayForAFinalReport(t *testing.T) {
	w := closing(t, incident.LevelII, "03-10 10:00", "03-12 10:30")
	w.until("04-11 10:29")
	want(t, "risk until then", w.inc.Risks[0].Kind+w.inc.Risks[0].About, "缓报终报")
	w.until("04-11 10:30")
	want(t, "risks", len(w.inc.Risks), 1)
	want(t, "risk", w.inc.Risks[0].Kind+" "+w.inc.Risks[0].Reason, "漏报 平息后30天仍未报终报")
	w.do("04-11 11:00", incident.Act{Kind: incident.FinalFiled, By: "wuyan", Text: "起因…"})
	want(t, "verdict", w.inc.Final.Verdict, incident.Missed)

	deaf := closing(t, incident.LevelII, "03-10 10:00", "03-12 10:30")
	deaf.deaf = true
	deaf.until("05-11 11:00")
	want(t, "no reminder, no fault", len(deaf.inc.Risks), 0)
}

// TestDebrief: due after the final report was approved, asked for by a closed incident, returned and accepted;
// nobody is at fault for it.
func TestDebrief(t *testing.T) {
	file := incident.Act{Kind: incident.DebriefFiled, By: "wuyan", Text: "经验…"}
	w := closing(t, incident.LevelII, "03-10 10:00", "03-12 10:30")
	w.refused("03-13 09:00", file, incident.CloseFirst)
	w.do("03-13 10:00", incident.Act{Kind: incident.FinalFiled, By: "wuyan", Text: "起因…"})
	w.do("03-13 11:00", incident.Act{Kind: incident.FinalApproved, By: "xuqing"})
	wantTime(t, "due", w.inc.Debrief.Due, "03-27 18:00")
	w.until("03-30 10:00")
	want(t, "asked for", w.asked(incident.AboutDebrief), "03-27 09:00 remind, 03-27 18:00 due")
	want(t, "risks", len(w.inc.Risks), 0)
	w.refused("03-30 10:00", incident.Act{Kind: incident.DebriefAccepted, By: "xuqing"}, incident.NoDebrief)
	w.do("03-30 10:00", file)
	want(t, "verdict", w.inc.Debrief.Verdict, incident.Late)
	w.refused("03-30 10:01", file, incident.AnsweredAlready)
	w.do("03-30 11:00", incident.Act{Kind: incident.DebriefReturned, By: "xuqing", Text: "缺措施"})
	w.do("03-30 12:00", file)
	w.do("03-30 13:00", incident.Act{Kind: incident.DebriefAccepted, By: "xuqing"})
	want(t, "accepted by", w.inc.Debrief.ApprovedBy, "xuqing")
	w.refused("03-30 13:01", file, incident.AnsweredAlready)
	w.do("03-31 09:00", incident.Act{Kind: incident.ReopenedAct, By: "wanglei", Text: "又来"})
	want(t, "one that was written stays", w.inc.Debrief.ApprovedBy, "xuqing")

	free := closing(t, incident.LevelIII, "03-10 10:00", "03-12 10:30")
	free.do("03-13 10:00", incident.Act{Kind: incident.FinalFiled, By: "wuyan", Text: "起因…"})
	free.do("03-13 11:00", incident.Act{Kind: incident.FinalApproved, By: "xuqing"})
	want(t, "III may", free.inc.Debrief.Due.IsZero(), true)
	free.do("03-16 11:00", file)
	want(t, "and is on time", free.inc.Debrief.Verdict, incident.OnTime)
}
