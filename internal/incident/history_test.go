package incident_test

import (
	"errors"
	"fmt"
	"time"

	"pgregory.net/rapid"

	"fenghuo/internal/incident"
)

// history is a random life: people act, clocks go off, messages come late or never.
type history struct {
	*world
	rt    *rapid.T
	after func(before *incident.Incident, a incident.Act) // called after every act
}

func newHistory(rt *rapid.T) *history {
	h := &history{world: &world{t: rt, r: rules(rt), inc: &incident.Incident{}}, rt: rt}
	start := at("2026-09-25 00:00").Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(rt, "start")) * time.Minute)
	h.now = start
	level := rapid.SampledFrom(incident.Levels()).Draw(rt, "level")
	a := registration(level, start.Add(-time.Duration(rapid.IntRange(0, 200).Draw(rt, "found"))*time.Minute))
	a.At = start
	h.must(a)
	return h
}

func (h *history) must(a incident.Act) {
	if err := h.take(a); err != nil {
		h.rt.Fatal(err)
	}
}

// take applies an act; a refusal must leave everything as it was.
func (h *history) take(a incident.Act) error {
	before := text(h.rt, h.inc)
	err := h.apply(a)
	var refusal *incident.Refusal
	if err != nil {
		if !errors.As(err, &refusal) {
			h.rt.Fatal(err)
		}
		want(h.rt, "the incident after "+string(refusal.Code), text(h.rt, h.inc), before)
		return err
	}
	if h.after != nil {
		var was incident.Incident
		decode(h.rt, before, &was)
		h.after(&was, a)
	}
	return nil
}

// clone is the incident as the database gives it back.
func clone(t fataler, inc *incident.Incident) *incident.Incident {
	var out incident.Incident
	decode(t, text(t, inc), &out)
	return &out
}

// live lets time pass and people act until so many acts were taken.
func (h *history) live(acts int) {
	for len(h.acts) < acts {
		h.deaf = rapid.IntRange(0, 9).Draw(h.rt, "deaf") == 0
		h.pass(time.Duration(rapid.IntRange(0, 5*60*60).Draw(h.rt, "seconds")) * time.Second)
		a := h.person()
		a.At = h.now
		if a.Kind == incident.Acknowledged && rapid.Bool().Draw(h.rt, "given earlier") {
			a.At = a.At.Add(-time.Duration(rapid.IntRange(0, 60).Draw(h.rt, "by")) * time.Minute)
		}
		_ = h.take(a)
	}
}

// pass lets the clocks go off; now and then the service is away meanwhile.
func (h *history) pass(d time.Duration) {
	to := h.now.Add(d)
	if d > time.Hour && rapid.IntRange(0, 5).Draw(h.rt, "away") == 0 {
		from := h.now
		h.now = to
		_ = h.take(incident.Act{Kind: incident.OutageNoted, From: from, At: to})
	}
	for range 1000 {
		c, ok := next(h.inc.Clocks(h.r), to)
		if !ok {
			h.now = latest(h.now, to)
			return
		}
		h.now = latest(h.now, c.At)
		for _, a := range h.answer(c) {
			a.At = h.now
			h.must(a)
		}
	}
	h.rt.Fatal("clocks go off without end")
}

var people = []string{"wanglei", "chenfang", "xuqing", "wuyan", "dingwei"}

// person is something a person says, sensible or not.
func (h *history) person() incident.Act {
	rt, n := h.rt, len(h.acts)
	who, other := rapid.SampledFrom(people).Draw(rt, "who"), rapid.SampledFrom(people).Draw(rt, "other")
	kind := rapid.SampledFrom([]incident.Kind{
		incident.Acknowledged, incident.Acknowledged, incident.FollowedUp, incident.FollowedUp, incident.FollowedUp, incident.Added, incident.Added,
		incident.CallRead, incident.TakeoverAsked, incident.TakeoverAgreed, incident.TakeoverRefused, incident.Reassigned, incident.RiskExplained,
		incident.RiskDismissed, incident.FindingMade, incident.FindingSigned, incident.FindingContested, incident.FindingKept, incident.FindingTakenBack,
		incident.ExtensionAsked, incident.ExtensionApproved, incident.ExtensionRefused, incident.HandoverAsked,
		incident.HandoverAccepted, incident.LevelRaised, incident.LevelConfirmed, incident.LowerAsked, incident.LowerApproved, incident.LowerRefused,
		incident.Verified, incident.TalkWritten, incident.InterimFiled, incident.DebriefFiled, incident.DebriefReturned, incident.DebriefAccepted,
		incident.Calmed, incident.FinalFiled, incident.FinalReturned, incident.FinalApproved, incident.ReopenedAct, incident.DueDelivered, incident.CallDelivered,
	}).Draw(rt, "kind")
	a := incident.Act{Kind: kind, By: who, Text: fmt.Sprintf("第%d句", n)}
	switch kind {
	case incident.Added:
		a.Material = rapid.IntRange(0, 4).Draw(rt, "material") == 0
		a.Whole = rapid.IntRange(0, 3).Draw(rt, "whole") == 0
		a.Counts = []incident.Count{{Kind: "reads", Value: int64(rapid.IntRange(0, 100000).Draw(rt, "reads")), At: h.now}}
	case incident.CallRead, incident.Reassigned, incident.HandoverAsked:
		a.Person = other
	case incident.TakeoverAsked:
		a.Person = rapid.SampledFrom([]string{"", other}).Draw(rt, "offered")
	case incident.RiskExplained, incident.RiskDismissed:
		a.Risk = fmt.Sprintf("R%d", rapid.IntRange(1, 4).Draw(rt, "risk"))
	case incident.FindingMade:
		a.Person, a.Grounds = other, []string{"证人：林可"}
		a.Fault = rapid.SampledFrom(append([]string{""}, incident.Faults...)).Draw(rt, "fault")
		if a.Fault == "" {
			a.Risk = fmt.Sprintf("R%d", rapid.IntRange(1, 4).Draw(rt, "risk"))
		}
	case incident.FindingSigned, incident.FindingContested, incident.FindingKept, incident.FindingTakenBack:
		a.Finding = fmt.Sprintf("I-%d", rapid.IntRange(1, 3).Draw(rt, "finding"))
	case incident.ExtensionAsked:
		a.Due = h.inc.Slot.Due.Add(time.Duration(rapid.IntRange(-10, 300).Draw(rt, "later")) * time.Minute)
	case incident.LevelRaised, incident.LowerAsked:
		a.Level = rapid.SampledFrom(incident.Levels()).Draw(rt, "to")
	case incident.DueDelivered:
		a.About, a.Slot, a.Due = incident.AboutSlot, h.inc.Slot.N, h.now.Truncate(time.Minute).Add(-10*time.Minute)
	case incident.Verified:
		a.Found, a.Conclusion = verifiedAll.Found, rapid.SampledFrom([]string{"", incident.ConclusionTrue}).Draw(rt, "conclusion")
	case incident.TalkWritten:
		a.Sheet = &incident.Sheet{Stance: "同批次已封存"}
	case incident.CallDelivered:
		a.Step, a.Of = h.inc.Ack.Step, h.inc.LastCall()
	}
	return a
}
