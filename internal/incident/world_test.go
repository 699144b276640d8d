package incident_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fenghuo/internal/incident"
)

// world is one incident with a service around it: its clocks go off in order, each once, and what they
// say is delivered in the same minute unless deaf.
type world struct {
	t     fataler
	r     incident.Rules
	inc   *incident.Incident
	now   time.Time
	acts  []incident.Act
	fired []string // what went off: 03-10 16:30 remind slot 1
	deaf  bool     // the platform delivers nothing
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, r: rules(t), inc: &incident.Incident{}}
	t.Cleanup(func() { w.refold() })
	return w
}

// refold holds every test to replay equals live.
func (w *world) refold() {
	if len(w.acts) == 0 {
		return
	}
	folded, err := incident.Fold(w.r, w.acts)
	if err != nil {
		w.t.Fatal(err)
	}
	want(w.t, "the folded incident", text(w.t, folded), text(w.t, w.inc))
	want(w.t, "its clocks", text(w.t, folded.Clocks(w.r)), text(w.t, w.inc.Clocks(w.r)))
}

func text(t fataler, v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// report files an incident: found and reported at these moments, all elements missing.
func report(t testing.TB, l incident.Level, found, reported string) *world {
	t.Helper()
	w := newWorld(t)
	w.file(l, found, reported)
	return w
}

func (w *world) file(l incident.Level, found, reported string) {
	w.t.Helper()
	w.do(reported, registration(l, at(found)))
}

func registration(l incident.Level, found time.Time) incident.Act {
	return incident.Act{Kind: incident.Registered, By: "zhoumin", Whole: true, Missing: []string{"经过", "截图"},
		Report: &incident.Report{Number: "YQ-20260310-001", Suggested: l, Level: l,
			Facts:  incident.Facts{Title: "酸奶杯里有虫", Unit: "binjiang", FoundAt: found},
			Assign: incident.Assign{Officer: "wanglei", Backup: "chenfang", Head: "xuqing", Deputy: "heyun", Chief: "gubo", Tracker: "wuyan"}}}
}

// acked is an incident somebody answers for since that moment, its elements complete.
func acked(t testing.TB, l incident.Level, when string) *world {
	t.Helper()
	w := report(t, l, when, when)
	w.do(when, incident.Act{Kind: incident.Acknowledged, By: "wanglei"})
	w.do(when, incident.Act{Kind: incident.Added, By: "zhoumin", Whole: true})
	return w
}

// do lets the clocks go off up to that moment and then carries out the act.
func (w *world) do(when string, a incident.Act) {
	w.t.Helper()
	w.until(when)
	a.At = at(when)
	if err := w.apply(a); err != nil {
		w.t.Fatalf("%s %s: %v", when, a.Kind, err)
	}
	w.until(when)
}

// refused is do for what must not be possible.
func (w *world) refused(when string, a incident.Act, code incident.RefusalCode) *incident.Refusal {
	w.t.Helper()
	w.until(when)
	a.At = at(when)
	before := text(w.t, w.inc)
	var refusal *incident.Refusal
	if err := w.apply(a); !errors.As(err, &refusal) {
		w.t.Fatalf("%s %s: got %v, want a refusal", when, a.Kind, err)
	}
	want(w.t, "the refusal of "+string(a.Kind), refusal.Code, code)
	want(w.t, "the incident after a refusal", text(w.t, w.inc), before)
	return refusal
}

func (w *world) apply(a incident.Act) error {
	if err := w.inc.Apply(w.r, a); err != nil {
		return err
	}
	w.acts = append(w.acts, a)
	return nil
}

// until lets everything go off whose time comes up to that moment.
func (w *world) until(when string) { w.t.Helper(); w.run(at(when)) }

func (w *world) run(to time.Time) {
	w.t.Helper()
	for range 10000 {
		c, ok := next(w.inc.Clocks(w.r), to)
		if !ok {
			w.now = latest(w.now, to)
			return
		}
		w.now = latest(w.now, c.At)
		w.fired = append(w.fired, fmt.Sprintf("%s %s %s %d", show(w.now), c.Kind, c.About, c.N))
		if err := w.fire(c); err != nil {
			w.t.Fatalf("%s clock %s %s: %v", show(w.now), c.Kind, c.About, err)
		}
	}
	w.t.Fatal("clocks go off without end")
}

func next(clocks []incident.Clock, to time.Time) (incident.Clock, bool) {
	clocks = slices.DeleteFunc(clocks, func(c incident.Clock) bool { return c.At.IsZero() || c.At.After(to) })
	slices.SortStableFunc(clocks, func(a, b incident.Clock) int { return a.At.Compare(b.At) })
	if len(clocks) == 0 {
		return incident.Clock{}, false
	}
	return clocks[0], true
}

// fire does what the scheduler does when a clock goes off.
func (w *world) fire(c incident.Clock) error {
	for _, a := range w.answer(c) {
		a.At = w.now
		if err := w.apply(a); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) answer(c incident.Clock) []incident.Act {
	about := incident.Act{About: c.About, Slot: c.N}
	with := func(k incident.Kind) incident.Act { about.Kind = k; return about }
	switch c.Kind {
	case incident.ClockCall:
		return w.called(incident.Act{Kind: incident.CalledOn, Called: []incident.Called{{Person: w.inc.Officer, Role: incident.RoleOfficer}}})
	case incident.ClockLadder:
		return w.called(incident.Act{Kind: incident.CalledOn, Step: c.N, Due: c.At, Called: w.rung(c.N)})
	case incident.ClockRemind:
		return []incident.Act{with(incident.Reminded)}
	case incident.ClockDue:
		if about.Due = c.Due; w.deaf {
			return []incident.Act{with(incident.DueSaid)}
		}
		delivered := with(incident.DueDelivered)
		delivered.Due = w.now.Truncate(time.Minute)
		return []incident.Act{with(incident.DueSaid), delivered}
	case incident.ClockRisk:
		return []incident.Act{with(incident.RiskOpened)}
	case incident.ClockSecond:
		return []incident.Act{with(incident.RiskSecond)}
	case incident.ClockAppeal:
		return []incident.Act{{Kind: incident.FindingSettled, Finding: fmt.Sprintf("I-%d", c.N)}}
	case incident.ClockInquiry:
		return []incident.Act{{Kind: incident.InquiryReminded, Step: c.N, Inquiry: &incident.Inquiry{ID: c.About}}}
	case incident.ClockLapse:
		return []incident.Act{with(incident.LevelLapsed)}
	case incident.ClockTalk:
		return []incident.Act{with(incident.TalkOver)}
	case incident.ClockMissed:
		if c.About == incident.AboutElements {
			about.Nag = "missed"
			return []incident.Act{with(incident.RiskOpened)}
		}
		if c.About == incident.AboutFinal {
			return []incident.Act{with(incident.HardStopped)}
		}
		return []incident.Act{with(incident.SlotMissed)}
	}
	w.t.Fatalf("clock %q is not known", c.Kind)
	return nil
}

func (w *world) called(a incident.Act) []incident.Act {
	if w.deaf {
		return []incident.Act{a}
	}
	return []incident.Act{a, {Kind: incident.CallDelivered, Step: a.Step, Of: w.inc.Acts + 1}}
}

func (w *world) rung(n int) []incident.Called {
	rung, err := w.r.Rung(w.inc.Level.Current, n)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []incident.Called
	for _, role := range rung.Tell {
		person := map[incident.Role]string{incident.RoleOfficer: w.inc.Officer, incident.RoleBackup: w.inc.Backup, incident.RoleHead: w.inc.Head,
			incident.RoleDeputy: w.inc.Deputy, incident.RoleChief: w.inc.Chief, incident.RoleDuty: "dingwei"}[role]
		out = append(out, incident.Called{Person: person, Role: role})
	}
	return out
}

// clock is the one of that kind and about that runs now.
func (w *world) clock(kind incident.ClockKind, about string) incident.Clock {
	w.t.Helper()
	for _, c := range w.inc.Clocks(w.r) {
		if c.Kind == kind && c.About == about {
			return c
		}
	}
	return incident.Clock{}
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// slots files every follow-up on time until that moment and lists when they were due.
func (w *world) slots(to string) []string {
	w.t.Helper()
	var out []string
	for w.inc.Slot.N > 0 && !w.inc.Slot.Due.After(at(to)) {
		due := show(w.inc.Slot.Due)
		out = append(out, due)
		w.do(due, incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: "续报 " + due})
	}
	return out
}
