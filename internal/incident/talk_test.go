package incident_test

import (
	"slices"
	"testing"

	"fenghuo/internal/incident"
)

// draft is a version of the talking points to which these people have to agree.
func draft(by string, chain ...string) incident.Act {
	a := incident.Act{Kind: incident.TalkWritten, By: by, Sheet: &incident.Sheet{Stance: "同批次已封存"}}
	for _, p := range chain {
		a.Called = append(a.Called, incident.Called{Person: p})
	}
	return a
}

func agrees(by string, chain ...string) incident.Act {
	a := draft(by, chain...)
	a.Kind, a.Sheet = incident.TalkAgreed, nil
	return a
}

func statuses(w *world) []string {
	var out []string
	for _, p := range w.inc.Talk.Versions {
		out = append(out, p.Status)
	}
	return out
}

func wantStatuses(t *testing.T, w *world, names ...string) {
	t.Helper()
	if got := statuses(w); !slices.Equal(got, names) {
		t.Errorf("versions are %q, want %q", got, names)
	}
}

func TestTalkingPointsAreInForceOnceAllHaveAgreed(t *testing.T) {
	for _, c := range []struct {
		name  string
		level incident.Level
		until string
	}{
		{"level I", incident.LevelI, "03-10 16:10"},
		{"level II", incident.LevelII, "03-10 22:10"},
		{"level III", incident.LevelIII, "03-11 10:10"},
		{"level IV", incident.LevelIV, "03-13 10:10"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := acked(t, c.level, "03-10 09:30")
			w.do("03-10 10:00", draft("wanglei", "xuqing", "hanlu"))
			w.do("03-10 10:05", agrees("xuqing", "xuqing", "hanlu"))
			wantStatuses(t, w, incident.TalkDraft)
			w.refused("03-10 10:06", agrees("xuqing", "xuqing", "hanlu"), incident.AnsweredAlready)
			w.refused("03-10 10:07", agrees("linke", "xuqing", "hanlu"), incident.NothingAsked)
			w.do("03-10 10:10", agrees("hanlu", "xuqing", "hanlu"))
			wantStatuses(t, w, incident.TalkInForce)
			wantTime(t, "until", w.inc.Talk.Versions[0].ValidTo, c.until)
			want(t, "at its end", w.inc.TalkInForce(w.inc.Talk.Versions[0].ValidTo) == nil, true)
		})
	}
}

func TestTheFirstDraftHasADueTime(t *testing.T) {
	for _, c := range []struct {
		level   incident.Level
		at      string
		verdict incident.Verdict
	}{
		{incident.LevelII, "03-10 10:30", incident.OnTime},
		{incident.LevelII, "03-10 10:31", incident.Late},
		{incident.LevelIII, "03-10 13:30", incident.OnTime},
		{incident.LevelIV, "03-12 13:30", ""},
	} {
		w := acked(t, c.level, "03-10 09:30")
		w.do(c.at, draft("wanglei", "xuqing"))
		want(t, c.at, w.inc.Talk.Verdict, c.verdict)
		w.do("03-12 18:00", draft("wanglei", "xuqing"))
		want(t, "after the second", w.inc.Talk.Verdict, c.verdict)
	}
}

func TestANewVersionReplacesWhatWasThere(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 09:30")
	w.do("03-10 10:00", draft("xuqing", "xuqing"))
	wantStatuses(t, w, incident.TalkInForce) // who has to agree wrote it
	w.do("03-10 11:00", draft("wanglei", "xuqing"))
	want(t, "while the second waits", w.inc.TalkInForce(w.inc.Talk.Versions[1].At).Version, 1)
	w.do("03-10 11:30", draft("wanglei", "xuqing"))
	wantStatuses(t, w, incident.TalkInForce, incident.TalkReplaced, incident.TalkDraft)
	w.do("03-10 12:00", agrees("xuqing", "xuqing"))
	wantStatuses(t, w, incident.TalkReplaced, incident.TalkReplaced, incident.TalkInForce)
	w.do("03-10 12:10", draft("wanglei", "xuqing"))
	w.do("03-10 12:20", incident.Act{Kind: incident.TalkSentBack, By: "xuqing", Text: "数字没核实"})
	want(t, "after a refusal", w.inc.TalkInForce(w.inc.Talk.Versions[3].At).Version, 3)
	w.refused("03-10 12:21", agrees("xuqing", "xuqing"), incident.NothingAsked)
}

func TestAGraverLevelAsksItsOwnPeople(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 09:30")
	w.do("03-10 10:00", draft("wanglei", "xuqing"))
	w.do("03-10 10:10", agrees("xuqing", "xuqing", "hanlu"))
	wantStatuses(t, w, incident.TalkDraft)
	want(t, "waits for", w.inc.TalkDrafted().Waits()[0], "hanlu")
}

func TestTalkingPointsLapseWhenTheirTimeIsOverAndNotBefore(t *testing.T) {
	w := acked(t, incident.LevelII, "03-10 09:30")
	w.do("03-10 10:00", draft("xuqing", "xuqing"))
	lapse := incident.Act{Kind: incident.TalkOver}
	w.refused("03-10 21:59", lapse, incident.NothingAsked)
	w.until("03-10 22:00")
	wantStatuses(t, w, incident.TalkLapsed)
	w.refused("03-10 22:01", lapse, incident.NothingAsked)
}

func TestTalkingPointsNeedAnAcknowledgedIncidentThatGoesOn(t *testing.T) {
	w := report(t, incident.LevelIII, "03-10 09:30", "03-10 09:30")
	w.refused("03-10 09:31", draft("wanglei", "xuqing"), incident.NotAcked)
}

func TestTalkAtIsWhatWasInForceThen(t *testing.T) {
	w := acked(t, incident.LevelII, "03-10 09:30")
	w.do("03-10 10:00", draft("xuqing", "xuqing"))
	w.do("03-10 11:00", draft("wanglei", "xuqing"))
	w.do("03-10 11:30", draft("xuqing", "xuqing"))
	w.until("03-11 10:00")
	for _, c := range []struct {
		at      string
		version int // 0: none
	}{{"03-10 09:59", 0}, {"03-10 10:00", 1}, {"03-10 11:29", 1}, {"03-10 11:30", 3}, {"03-10 23:29", 3}, {"03-10 23:30", 0}, {"03-11 09:00", 0}} {
		got := 0
		if p := w.inc.TalkAt(at(c.at)); p != nil {
			got = p.Version
		}
		want(t, c.at, got, c.version)
	}
}
