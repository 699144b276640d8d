package form

import (
	"slices"
	"time"

	"fenghuo/internal/zh"
)

type phase string

const (
	filling   phase = "filling"
	reviewing phase = "reviewing"
	paused    phase = "paused"
	adding    phase = "adding" // pass 2, after submitting
	resting   phase = "resting"
	cancelled phase = "cancelled"
	abandoned phase = "abandoned"
)

// state is what the inputs so far come to.
type state struct {
	values    map[string]Value
	changes   []change
	phase     phase
	field     *Field // the question that is open, nil if none
	later     map[string]bool
	which     *which // an answer that could be several things
	why       *Field // a reason is waited for
	reason    bool   // of cancelling
	whyAsked  bool   // why it was found so long ago, once
	hint      bool   // whether the link should change with the platform
	offered   bool   // whether there is more to add, once
	offering  bool
	last      time.Time
	turn      int   // which input this is
	sealed    int   // changes that were submitted: they are not taken back
	end       Reply // of submitting or cancelling
	fired     map[IdleKind]bool
	forwarded time.Time
	submitted bool
	resumed   bool // the person is back after a pause
}

// change is one answer given or replaced.
type change struct {
	key    string
	before Value
	had    bool
	turn   int
}

// which holds an answer until the person says which they meant.
type which struct {
	field  *Field
	units  []UnitRef
	times  []time.Time
	coming time.Time // a reading of the time that is still to come
}

func newState() state {
	return state{values: map[string]Value{}, phase: filling, later: map[string]bool{}, fired: map[IdleKind]bool{}}
}

// begin is the first input: the command, with what was said along.
func (st *state) begin(s *Session, in Input) Reply {
	st.last = in.At
	notes := s.files(in)
	more, stored := s.opening(in)
	r := s.onward(append(notes, more...), in, stored...)
	r.Start = true
	return r
}

// apply is any other input.
func (st *state) apply(s *Session, in Input) Reply {
	if in.Idle != "" {
		return st.idle(in)
	}
	if in.Corrects != "" {
		return s.correct(in)
	}
	st.last = in.At
	st.turn++
	st.resumed = len(st.fired) > 0 || st.phase == paused
	st.fired = map[IdleKind]bool{}
	if st.phase == cancelled || st.phase == abandoned {
		return Reply{Then: Nothing, At: in.At}
	}
	notes := s.files(in)
	var r Reply
	switch {
	case in.Offered:
		r = s.offer(in)
	case len(in.Fields) > 0:
		r = s.sheet(in)
	case zh.Fold(in.Text) == "" && len(in.Files) > 0:
		r = s.onlyFiles(in)
	case st.offering && st.field == nil && st.why == nil:
		r = s.more(in)
	default:
		r = s.text(in)
	}
	r.Notes = append(notes, r.Notes...)
	r.At = in.At
	return r
}

func (st *state) idle(in Input) Reply {
	st.fired[in.Idle] = true
	switch in.Idle {
	case Forward:
		st.forwarded = in.At
	case Abandon:
		if !st.submitted && st.phase != cancelled {
			st.phase = abandoned
			st.shut()
		}
	case Settle:
		if st.phase == adding {
			st.phase = resting
			st.shut()
		}
	}
	return Reply{At: in.At}
}

// opens makes f the question that waits for an answer, wherever the form was.
func (st *state) opens(f *Field) {
	st.field = f
	switch st.phase {
	case reviewing, paused:
		st.phase = filling
	case resting:
		st.phase = adding
	}
}

// shut waits for nothing any more.
func (st *state) shut() {
	st.field, st.which, st.why, st.reason, st.hint, st.offering = nil, nil, nil, false, false, false
}

// set keeps an answer and forgets what was open about it.
func (st *state) set(f *Field, v Value) {
	before, had := st.values[f.Key]
	st.changes = append(st.changes, change{f.Key, before, had, st.turn})
	st.values[f.Key] = v
	delete(st.later, f.Key)
}

// undo takes back what the last input that answered anything answered, and says which questions that
// were, the last first. What was submitted stays.
func (st *state) undo() []string {
	var keys []string
	turn := -1
	for len(st.changes) > st.sealed {
		c := st.changes[len(st.changes)-1]
		if turn >= 0 && c.turn != turn {
			break
		}
		turn = c.turn
		st.changes = st.changes[:len(st.changes)-1]
		if c.had {
			st.values[c.key] = c.before
		} else {
			delete(st.values, c.key)
		}
		if !slices.Contains(keys, c.key) {
			keys = append(keys, c.key)
		}
	}
	return keys
}

// old is what an answer was before, oldest first. A reason given afterwards makes no other answer of it.
func (st *state) old(key string) []string {
	var out []string
	for _, c := range st.changes {
		if c.key == key && c.had {
			out = append(out, c.before.Text)
		}
	}
	out = slices.Compact(append(out, st.values[key].Text))
	return out[:len(out)-1]
}
