package incident_test

import (
	"strings"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// TestEveryRefusalHasWords of its own, naming the person it speaks of.
func TestEveryRefusalHasWords(t *testing.T) {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	voice := notice.Voice{Name: func(string) string { return "王蕾" }, Zone: shanghai}
	say := func(e *incident.Refusal) string { return voice.Refused(w.inc, e, at("03-10 11:00")).Text }
	unknown := say(&incident.Refusal{Code: "no such code"})
	codes := map[incident.RefusalCode]string{
		incident.Over: "结束", incident.NotSubmitted: "没填完", incident.AlreadyAcked: "王蕾", incident.NotYours: "王蕾", incident.NotAcked: "王蕾",
		incident.NothingAsked: "没有等您答复", incident.NoSlot: "签收后", incident.ExtensionLate: "已到期", incident.ExtensionTwice: "连续",
		incident.ExtensionTooLong: "最多", incident.ExtensionNotLater: "更晚", incident.SamePerson: "王蕾", incident.NotCalmYet: "还差",
		incident.CalmFirst: "先回“平息”", incident.AlreadyCalm: "平息", incident.NoFinal: "没有等批准", incident.NotOver: "还在办",
		incident.SameLevel: "黄/三级", incident.NoRisk: "没有待说明", incident.AnsweredAlready: "已经办过",
	}
	for code, part := range codes {
		got := say(&incident.Refusal{Code: code, Number: w.inc.Number, Who: "wanglei", At: at("03-10 10:00"), Left: time.Hour, Level: incident.LevelIII})
		if got == unknown || !strings.Contains(got, part) {
			t.Errorf("%s: %q lacks %q", code, got, part)
		}
	}
}

// closed is an incident whose whole life is over.
func closed(t testing.TB) *world {
	w := acked(t, incident.LevelIII, "03-10 10:00")
	w.do("03-10 10:20", raise(incident.LevelII))
	w.do("03-10 10:25", incident.Act{Kind: incident.LevelConfirmed})
	w.do("03-10 10:30", incident.Act{Kind: incident.LowerAsked, Level: incident.LevelIII})
	w.slots("03-12 12:00")
	w.do("03-12 12:00", calmed)
	w.do("03-12 12:10", final("完"))
	w.do("03-12 12:20", incident.Act{Kind: incident.FinalApproved, By: "xuqing"})
	return w
}

// TestNothingHappensToAClosedIncident: each act is refused and changes nothing.
func TestNothingHappensToAClosedIncident(t *testing.T) {
	w := closed(t)
	tests := map[incident.RefusalCode][]incident.Act{
		incident.Over: {{Kind: incident.CalledOn}, ack("chenfang"), {Kind: incident.TakeoverAsked, By: "chenfang"}, {Kind: incident.TakeoverAgreed},
			{Kind: incident.Reassigned, Person: "sunke"}, {Kind: incident.Added, Text: "补充"}, {Kind: incident.FollowedUp, Text: "续报"}, {Kind: incident.SlotMissed},
			{Kind: incident.RiskOpened, About: incident.AboutSlot}, extend("03-12 18:00"), agreed, {Kind: incident.ExtensionRefused},
			{Kind: incident.HandoverAsked, Person: "dingwei"}, {Kind: incident.HandoverAccepted}, raise(incident.LevelI), {Kind: incident.LevelConfirmed},
			{Kind: incident.LowerAsked, Level: incident.LevelIV}, {Kind: incident.LowerApproved}, calmed, final("完"), {Kind: incident.OutageNoted}},
		incident.NoFinal:         {{Kind: incident.FinalReturned}, {Kind: incident.FinalApproved}},
		incident.AnsweredAlready: {{Kind: incident.GivenUp}, {Kind: incident.TakenBack}, registration(incident.LevelIII, at("03-10 10:00"))},
		incident.NoRisk:          {{Kind: incident.RiskSecond}, {Kind: incident.RiskExplained}, {Kind: incident.RiskDismissed}},
		incident.NothingAsked: {{Kind: incident.TakeoverRefused}, {Kind: incident.LevelLapsed}, {Kind: incident.Reminded, About: incident.AboutSlot},
			{Kind: incident.DueSaid, About: incident.AboutFinal}},
	}
	for code, acts := range tests {
		for _, a := range acts {
			w.refused("03-12 13:00", a, code)
		}
	}
}

// TestActsThatAreMistakesOfTheProgram are errors, not refusals.
func TestActsThatAreMistakesOfTheProgram(t *testing.T) {
	for _, a := range []incident.Act{{Kind: "no such act"}, {Kind: incident.Acknowledged}} {
		inc := &incident.Incident{}
		if err := inc.Apply(rules(t), a); err == nil || strings.Contains(err.Error(), string(incident.Over)) {
			t.Errorf("%s: %v", a.Kind, err)
		}
		want(t, "acts", inc.Acts, 0)
	}
	if _, err := incident.Fold(rules(t), []incident.Act{registration(incident.LevelIII, at("03-10 10:00")), {Kind: "no such act"}}); err == nil || !strings.Contains(err.Error(), "act 2") {
		t.Errorf("fold: %v", err)
	}
}

// TestDraftsEnd abandoned or taken back; an abandoned one may still be finished.
func TestDraftsEnd(t *testing.T) {
	draft := registration(incident.LevelIII, at("03-10 10:00"))
	draft.Kind = incident.Forwarded
	for kind, state := range map[incident.Kind]incident.State{incident.GivenUp: incident.Abandoned, incident.TakenBack: incident.Withdrawn} {
		w := newWorld(t)
		w.do("03-10 10:30", draft)
		w.refused("03-10 10:31", draft, incident.AnsweredAlready)
		w.do("03-10 11:00", incident.Act{Kind: kind, By: "zhoumin"})
		want(t, "state", w.inc.State, state)
		want(t, "clocks", len(w.inc.Clocks(w.r)), 0)
		if state == incident.Abandoned {
			w.file(incident.LevelIII, "03-10 10:00", "03-11 10:00")
			want(t, "the oral report counts", w.inc.FirstReport.Verdict, incident.OnTime)
			continue
		}
		w.refused("03-11 10:00", registration(incident.LevelIII, at("03-10 10:00")), incident.AnsweredAlready)
	}
}
