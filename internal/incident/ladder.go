package incident

import (
	"fmt"
	"time"
)

// nextStep is the rung of the ladder to climb next and when. ok is false when nobody has to be
// reminded: acknowledged, not yet called, or the ladder is over.
func (i *Incident) nextStep(r Rules) (step int, at time.Time, ok bool) {
	if i.State != AwaitingAck || i.Acked() {
		return 0, time.Time{}, false
	}
	ladder := r.Policy.Levels[i.Level.Current].Ladder
	step = i.Ack.Step + 1
	if step <= len(ladder) && !ladder[step-1].Digest {
		at = r.due(i.Level.Current, i.Ack.From, ladder[step-1].After)
		if i.Ack.From.IsZero() { // nobody has been reached yet
			at = i.lastCallAt()
		}
		if at.IsZero() {
			return 0, at, false
		}
		return step, r.ladderQuiet(i.Level.Current, step, i.onceReached(r, at.Add(i.Ack.Shift))), true
	}
	if i.Ack.Step == 0 || i.Ack.Step > len(ladder) {
		return 0, time.Time{}, false
	}
	if repeat := ladder[i.Ack.Step-1].Repeat; !repeat.IsZero() {
		at = r.due(i.Level.Current, i.Ack.StepAt, repeat)
		return i.Ack.Step, at, !at.IsZero()
	}
	return 0, time.Time{}, false
}

// onceReached holds a step back while the one before it has not reached anybody, for as long as the policy
// lets the channels try. After that somebody else has to be called.
func (i *Incident) onceReached(r Rules, at time.Time) time.Time {
	if !i.Ack.Reached.IsZero() {
		return at
	}
	return latest(at, i.lastCallAt().Add(r.Policy.ReachWithin))
}

// ladderQuiet: in the quiet hours of a deferring level steps 1 and 2 go through, later ones wait.
func (r Rules) ladderQuiet(l Level, step int, at time.Time) time.Time {
	if step <= 2 && r.Policy.Levels[l].Quiet == QuietDefer {
		return at
	}
	return r.deferred(l, at)
}

// ladderEnds reports whether step is the last one that says anything.
func (i *Incident) ladderEnds(r Rules, step int) bool {
	ladder := r.Policy.Levels[i.Level.Current].Ladder
	return step >= len(ladder) || ladder[step].Digest
}

// Rung is the rung of the ladder with that number, 1 being the first reminder.
func (r Rules) Rung(l Level, step int) (Step, error) {
	ladder := r.Policy.Levels[l].Ladder
	if step < 1 || step > len(ladder) {
		return Step{}, fmt.Errorf("level %s has no ladder step %d", l, step)
	}
	return ladder[step-1], nil
}
