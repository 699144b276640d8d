package incident_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fenghuo/internal/incident"
)

// TestClockJumps is invariant 11: the machine's clock goes back 5 min or forward 1 h, and a tracker who files
// before the grace he was told of is over has nothing held against him; nothing is said twice.
func TestClockJumps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := newHistory(rt)
		a := ack("wanglei")
		a.At = h.now
		h.must(incident.Act{Kind: incident.Added, Whole: true, At: h.now})
		h.must(a)
		j := &jumper{history: h, said: map[string]bool{}, seen: h.now, risks: len(h.inc.Risks)}
		for range 40 {
			switch rapid.IntRange(0, 5).Draw(rt, "what happens") {
			case 0:
				h.now = h.now.Add(-5 * time.Minute)
			case 1:
				h.now = h.now.Add(time.Hour)
			case 2:
				j.file()
			default:
				j.work(time.Duration(rapid.IntRange(1, 600).Draw(rt, "minutes")) * time.Minute)
			}
			j.tick()
		}
		for _, f := range h.inc.FollowUps {
			if f.Verdict != incident.OnTime && f.Verdict != incident.Excused {
				rt.Errorf("%s is %s", incident.SlotName(f.N), f.Verdict)
			}
		}
		want(rt, "risks", len(h.inc.Risks), j.risks)
	})
}

type jumper struct {
	*history
	said  map[string]bool
	seen  time.Time // the latest moment the service was there
	risks int
}

// tick is the scheduler's: an outage first, then what is due.
func (j *jumper) tick() {
	if j.now.Sub(j.seen) > j.r.Policy.OutageAfter {
		j.must(incident.Act{Kind: incident.OutageNoted, From: j.seen, At: j.now})
	}
	j.seen = latest(j.seen, j.now)
	for range 100 {
		c, ok := next(j.inc.Clocks(j.r), j.now)
		if !ok {
			return
		}
		key := fmt.Sprint(c.Kind, c.About, c.N, c.Due)
		if j.said[key] {
			j.rt.Fatalf("%s was said twice", key)
		}
		j.said[key] = true
		for _, a := range j.answer(c) {
			a.At = j.now
			j.must(a)
		}
	}
	j.rt.Fatal("clocks go off without end")
}

// work lets minutes pass one by one, as far as anything can happen; the tracker files in the last minute.
func (j *jumper) work(d time.Duration) {
	for to := j.now.Add(d); j.now.Before(to); {
		at := to
		if c, ok := next(j.inc.Clocks(j.r), to); ok {
			at = latest(j.now, c.At)
			if c.Kind == incident.ClockRisk || c.Kind == incident.ClockMissed {
				j.now = latest(j.now, at.Add(-time.Minute))
				j.seen = latest(j.seen, j.now)
				j.file()
				continue
			}
		}
		j.now, j.seen = at, latest(j.seen, at)
		j.tick()
		if at.Equal(to) {
			return
		}
	}
}

func (j *jumper) file() {
	err := j.take(incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: fmt.Sprintf("第%d次", len(j.acts)), At: j.now})
	if err != nil && j.inc.Slot.DueSent {
		j.rt.Fatalf("a follow-up that is due was refused: %v", err)
	}
}
