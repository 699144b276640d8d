package form

import (
	"slices"
	"time"
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
	last      time.Time
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
	notes := st.files(in)
	notes = append(notes, s.opening(in)...)
	r := s.next(in.At)
	r.Start, r.Notes = true, notes
	return r
}

// apply is any other input.
func (st *state) apply(s *Session, in Input) Reply {
	if in.Idle != "" {
		return st.idle(in)
	}
	st.last = in.At
	st.resumed = len(st.fired) > 0 || st.phase == paused
	st.fired = map[IdleKind]bool{}
	if st.phase == cancelled || st.phase == abandoned {
		return Reply{Then: Nothing, At: in.At}
	}
	notes := st.files(in)
	var r Reply
	switch {
	case in.Text == "" && len(in.Files) > 0:
		r = s.onlyFiles(in)
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
		st.phase = abandoned
	case Settle:
		st.phase = resting
	}
	return Reply{At: in.At}
}

// set keeps an answer and forgets what was open about it.
func (st *state) set(f *Field, v Value) {
	before, had := st.values[f.Key]
	st.changes = append(st.changes, change{f.Key, before, had})
	st.values[f.Key] = v
	delete(st.later, f.Key)
}

// undo takes back the last answer.
func (st *state) undo() (key string, ok bool) {
	if len(st.changes) == 0 {
		return "", false
	}
	c := st.changes[len(st.changes)-1]
	st.changes = st.changes[:len(st.changes)-1]
	if c.had {
		st.values[c.key] = c.before
	} else {
		delete(st.values, c.key)
	}
	return c.key, true
}

// old is what an answer was before, oldest first.
func (st *state) old(key string) []string {
	var out []string
	for _, c := range st.changes {
		if c.key == key && c.had {
			out = append(out, c.before.Text)
		}
	}
	return out
}

// files keeps pictures and files whatever the question is.
func (st *state) files(in Input) []Note {
	if len(in.Files) == 0 {
		return nil
	}
	v := st.values[KeyEvidence]
	files := slices.Clone(v.Files)
	var notes []Note
	took := 0
	for _, f := range in.Files {
		switch {
		case f.Trouble != "":
			notes = append(notes, Note{Kind: FileRefused, Text: f.Name, Old: f.Trouble})
		case slices.ContainsFunc(files, func(have File) bool { return have.SHA256 == f.SHA256 }):
			notes = append(notes, Note{Kind: SameFile, Text: f.Name})
		case len(files) >= mostFiles:
			notes = append(notes, Note{Kind: Refused, Why: ManyFiles, Count: mostFiles})
		default:
			f.At = in.At
			files = append(files, f)
			took++
		}
	}
	if took > 0 {
		st.changes = append(st.changes, change{KeyEvidence, v, len(v.Files) > 0})
		st.values[KeyEvidence] = Value{Text: fileNames(files), Files: files, Said: in.At}
		notes = append(notes, Note{Kind: TookFiles, Count: took, Text: countText(len(files))})
	}
	return notes
}

const mostFiles = 9
