package incident_test

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fenghuo/internal/incident"
)

const longLife = 200 // acts

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "12"); err != nil { // long lives; -rapid.checks asks for more
		panic(err)
	}
	os.Exit(m.Run())
}

func decode(t fataler, s string, into any) {
	if err := json.Unmarshal([]byte(s), into); err != nil {
		t.Fatal(err)
	}
}

// TestReplayEqualsLive is invariant 1: the incident the database keeps, written and read back after every
// act, and the fold of the acts as the ledger keeps them, are the same, due times and verdicts included.
func TestReplayEqualsLive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(rt)
		stored := clone(rt, h.inc)
		h.after = func(_ *incident.Incident, a incident.Act) {
			if err := stored.Apply(h.r, a); err != nil {
				rt.Fatalf("act %d: %v", len(h.acts), err)
			}
			stored = clone(rt, stored)
		}
		h.live(longLife)
		var ledger []incident.Act
		decode(rt, text(rt, h.acts), &ledger)
		folded, err := incident.Fold(h.r, ledger)
		if err != nil {
			rt.Fatal(err)
		}
		for what, inc := range map[string]*incident.Incident{"folded": folded, "stored": stored} {
			want(rt, what, text(rt, inc), text(rt, h.inc))
			want(rt, "clocks "+what, clockText(rt, inc, h.r), clockText(rt, h.inc, h.r))
		}
	})
}

// clockText is all clocks with their times in UTC; each has one.
func clockText(t fataler, inc *incident.Incident, r incident.Rules) string {
	clocks := inc.Clocks(r)
	for n, c := range clocks {
		if c.At.IsZero() || c.Kind == "" {
			t.Errorf("a clock without a time: %+v", c)
		}
		clocks[n].At, clocks[n].Due = c.At.UTC(), c.Due.UTC()
	}
	return text(t, clocks)
}

var rank = map[incident.Verdict]int{"": 0, incident.Pending: 0, incident.OnTime: 1, incident.Excused: 2, incident.Late: 3, incident.LateGrave: 4, incident.Missed: 5}

// TestVerdictsOnlyGetWorse is invariant 5. An acknowledgment, another officer and reopening are the acts
// that may better one; what a slot was closed with never changes, and no risk disappears.
func TestVerdictsOnlyGetWorse(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(rt)
		h.after = func(before *incident.Incident, a incident.Act) {
			worse := func(what string, was, is incident.Verdict, except ...incident.Kind) {
				if rank[is] < rank[was] && !slices.Contains(except, a.Kind) {
					rt.Errorf("%s went from %s to %s by %s", what, was, is, a.Kind)
				}
			}
			worse("first report", before.FirstReport.Verdict, h.inc.FirstReport.Verdict)
			worse("elements", before.Elements.Verdict, h.inc.Elements.Verdict)
			worse("acknowledgment", before.Ack.Verdict, h.inc.Ack.Verdict, incident.Acknowledged, incident.CalledOn)
			worse("final", before.Final.Verdict, h.inc.Final.Verdict, incident.ReopenedAct)
			if a.Kind == incident.CalledOn && a.Step > 0 {
				worse("acknowledgment", before.Ack.Verdict, h.inc.Ack.Verdict)
			}
			for n, was := range before.FollowUps {
				want(rt, "a closed slot", text(rt, h.inc.FollowUps[n]), text(rt, was))
			}
			for n, was := range before.Risks {
				is := h.inc.Risks[n]
				if judged := slices.Contains([]incident.Kind{incident.RiskExplained, incident.RiskDismissed, incident.FindingMade}, a.Kind); is.Status != was.Status && !judged {
					rt.Errorf("risk %s went from %s to %s by %s", is.ID, was.Status, is.Status, a.Kind)
				}
				if is.Kind != was.Kind && (is.Kind != "漏报" || was.Status == incident.RiskIsDismissed) {
					rt.Errorf("risk %s went from %s to %s", is.ID, was.Kind, is.Kind)
				}
			}
		}
		h.live(longLife)
		for n, f := range h.inc.FollowUps {
			want(rt, "number of a slot", f.N, n+1)
		}
	})
}

// TestDuplicatesChangeNothing is invariant 2: every act but an addition, a call, a draft and an outage may come twice, what a
// platform confirms also much later.
func TestDuplicatesChangeNothing(t *testing.T) {
	once := []incident.Kind{incident.Added, incident.CalledOn, incident.TalkWritten, incident.OutageNoted}
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(rt)
		h.live(longLife)
		twice := &incident.Incident{}
		var confirmed []incident.Act
		for n, a := range h.acts {
			if err := twice.Apply(h.r, a); err != nil {
				rt.Fatalf("act %d (%s): %v", n+1, a.Kind, err)
			}
			switch a.Kind {
			case incident.CallRead, incident.CallDelivered, incident.Acknowledged:
				confirmed = append(confirmed, a)
			}
			if !slices.Contains(once, a.Kind) {
				_ = twice.Apply(h.r, a)
			}
			if len(confirmed) > 0 && n%7 == 0 {
				_ = twice.Apply(h.r, confirmed[0])
				confirmed = confirmed[1:]
			}
			twice.Acts = n + 1
		}
		want(rt, "the registry", text(rt, twice), text(rt, h.inc))
	})
}

// TestAcksInAnyOrder is invariant 2 for two people who acknowledge while the network is slow.
func TestAcksInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(rt)
		h.pass(time.Duration(rapid.IntRange(0, 40).Draw(rt, "minutes")) * time.Minute)
		if h.inc.State != incident.AwaitingAck {
			rt.Skip("waits for the morning")
		}
		a, b := ack("wanglei"), ack("chenfang")
		a.At = h.now.Add(-time.Duration(rapid.IntRange(0, 1800).Draw(rt, "seconds before")) * time.Second)
		b.At = a.At.Add(time.Duration(rapid.IntRange(1, 1200).Draw(rt, "seconds after")) * time.Second)
		other := clone(rt, h.inc)
		for _, step := range []struct {
			inc  *incident.Incident
			acts []incident.Act
		}{{h.inc, []incident.Act{a, b}}, {other, []incident.Act{b, a}}} {
			for _, act := range step.acts {
				_ = step.inc.Apply(h.r, act)
			}
			step.inc.Acts = 0
		}
		want(rt, "who answers", other.Ack.By, "wanglei")
		want(rt, "the registry", text(rt, other), text(rt, h.inc))
	})
}
