package incident

import (
	"slices"
	"time"
)

// nextSlot is the first follow-up slot after a moment, on the rhythm of level l counted from anchor.
// A slot of the rhythm closer to a fixed hour than half its step merges into the fixed one; a fixed
// hour so close after the anchor that not even its reminder would fit is left out. The reason says how
// the moment came about.
func (r Rules) nextSlot(l Level, anchor, after time.Time) (time.Time, string) {
	anchor, after = r.local(minute(anchor)), r.local(after)
	fixed := r.nextFixed(l, anchor, after)
	beat := r.nextBeat(l, anchor, after)
	switch {
	case fixed.IsZero() && beat.IsZero():
		return time.Time{}, ""
	case beat.IsZero() || (!fixed.IsZero() && !beat.Before(fixed)):
		return fixed, "固定时点" + fixed.Format("15:04")
	}
	return beat, "按节奏每" + spanWords(r.stepAt(l, anchor, beat)) + "一次"
}

// nextFixed is the next fixed hour after a moment, within two weeks.
func (r Rules) nextFixed(l Level, anchor, after time.Time) time.Time {
	rh := r.Policy.Levels[l].FollowUp
	for day := range 30 {
		date := after.AddDate(0, 0, day)
		if rh.Workdays {
			if work, _ := r.Calendar.Ordinary().Workday(date); !work {
				continue
			}
		}
		for _, f := range rh.Fixed {
			if t := f.On(date); t.After(after) && r.leaves(l, anchor, t) {
				return t
			}
		}
	}
	return time.Time{}
}

// leaves reports whether the fixed time t leaves room for a reminder after the anchor.
func (r Rules) leaves(l Level, anchor, t time.Time) bool {
	lead := r.Policy.Levels[l].Remind
	if lead.Work || lead.Workdays > 0 {
		return t.After(anchor)
	}
	return t.Sub(anchor) >= lead.D
}

// nextBeat is the next moment of the rhythm proper after a moment that does not merge into a fixed hour.
func (r Rules) nextBeat(l Level, anchor, after time.Time) time.Time {
	if r.Policy.Levels[l].FollowUp.Every == 0 {
		return time.Time{}
	}
	for t := anchor; ; {
		step := r.stepAt(l, anchor, t)
		t = t.Add(step)
		if t.After(after) && !r.merges(l, anchor, t, step/2) {
			return t
		}
	}
}

// stepAt is the length of the rhythm's step that begins at t.
func (r Rules) stepAt(l Level, anchor, t time.Time) time.Duration {
	rh := r.Policy.Levels[l].FollowUp
	of := DayTime(0).Of(t)
	switch {
	case rh.Night > 0 && (of < rh.DayFrom || of >= rh.DayTo):
		return rh.Night
	case rh.For > 0 && rh.Then > 0 && t.Sub(anchor) >= rh.For:
		return rh.Then
	}
	return rh.Every
}

func (r Rules) merges(l Level, anchor, t time.Time, within time.Duration) bool {
	rh := r.Policy.Levels[l].FollowUp
	return slices.ContainsFunc(rh.Fixed, func(f DayTime) bool {
		fixed := f.On(t)
		return t.Sub(fixed).Abs() < within && r.leaves(l, anchor, fixed)
	})
}

// anchorAt counts the follow-up slots from a new moment: the acknowledgment, a change of level, or
// the third step of the ladder. A slot that is already due stays.
func (i *Incident) anchorAt(r Rules, at time.Time) {
	i.Anchor = at
	if i.Slot.N > 0 && i.Slot.DueSent {
		return
	}
	i.lapseExtension()
	n := max(i.Slot.N, i.nextN())
	i.Slot = Slot{N: n}
	i.planSlot(r, at)
}

// planSlot sets the open slot to the first one after a moment.
func (i *Incident) planSlot(r Rules, after time.Time) {
	due, reason := r.nextSlot(i.Level.Current, i.Anchor, after)
	i.Slot.Nominal, i.Slot.Due, i.Slot.Reason = due.UTC(), r.deferred(i.Level.Current, due).UTC(), reason
	if due.IsZero() {
		i.Slot = Slot{}
	}
}

func (i *Incident) nextN() int {
	if n := len(i.FollowUps); n > 0 {
		return i.FollowUps[n-1].N + 1
	}
	return 1
}
