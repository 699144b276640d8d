package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Most that a session keeps of what is said. Beyond it only submitting, looking and cancelling are heard.
const (
	mostInputs = 200
	mostText   = 4000 // characters of one input
	mostSent   = 50   // files of one input
	mostName   = 200  // characters of the name of a file
)

// Input is one thing that happened to a session: a person said something, or a clock went off.
type Input struct {
	ID    string    `json:"id"`
	At    time.Time `json:"at"`
	Text  string    `json:"text,omitempty"`
	Files []File    `json:"files,omitempty"`
	Idle  IdleKind  `json:"idle,omitempty"`
	// Fields are answers by key, sent together from a card.
	Fields map[string]string `json:"fields,omitempty"`
	// Offered: it was said as an addition, and answers only what it surely answers.
	Offered bool `json:"offered,omitempty"`
	// Corrects is the key of the registered answer that Text replaces, as two people agreed.
	Corrects string `json:"corrects,omitempty"`
}

// Session is one person filling a form. Its state is the fold of its inputs in order of time, so that
// inputs that come twice or out of order lead to the same answers.
type Session struct {
	Person    string    `json:"person"`
	StartedAt time.Time `json:"started_at"`
	Origin    string    `json:"origin,omitempty"` // the group it was begun in, when it is filled in private
	Drill     int64     `json:"drill,omitempty"`  // the rehearsal it is part of
	Signal    string    `json:"signal,omitempty"` // the monitoring signal it was filled from
	Inputs    []Input   `json:"inputs"`

	form  *Form
	env   Env
	state state
}

// Start begins a form. sentence is what was said together with the command, if anything: every question
// it answers is answered.
func Start(f *Form, env Env, person string, in Input) (*Session, Reply) {
	s := &Session{Person: person, StartedAt: in.At, Inputs: []Input{clip(in)}, form: f, env: env}
	return s, s.fold()
}

// Open continues a session from what MarshalJSON wrote.
func Open(f *Form, env Env, data []byte) (*Session, error) {
	s := &Session{}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	if len(s.Inputs) == 0 {
		return nil, fmt.Errorf("read form: it was never started")
	}
	s.form, s.env = f, env
	s.fold()
	return s, nil
}

// Say takes what the person said. Something heard before is not heard again.
func (s *Session) Say(in Input) Reply {
	if s.heard(in.ID) {
		return Reply{Then: Nothing}
	}
	in = clip(in)
	if len(s.Inputs) >= mostInputs {
		if r, full := s.full(in); full {
			return r
		}
	}
	return s.take(in)
}

func (s *Session) heard(id string) bool {
	return slices.ContainsFunc(s.Inputs, func(have Input) bool { return have.ID == id })
}

// full answers what is said when no more is kept. Only what ends the form passes.
func (s *Session) full(in Input) (Reply, bool) {
	st := &s.state
	c, rest, _ := command(in.Text)
	switch {
	case st.phase == cancelled || st.phase == abandoned:
		return Reply{At: in.At}, true
	case c == cmdShow:
		return Reply{Then: Show, Field: st.field, At: in.At}, true
	case st.submitted:
	case c == cmdSubmit && s.open(1) == nil, c == cmdCancel && rest != "":
		return Reply{}, false
	}
	return Reply{Then: TooMuch, At: in.At}, true
}

// Fire takes a clock going off.
func (s *Session) Fire(kind IdleKind, at time.Time) {
	if in := (Input{ID: fmt.Sprintf("%s/%d", kind, at.Unix()), At: at, Idle: kind}); !s.heard(in.ID) {
		s.take(in)
	}
}

// take puts the input in its place by time. One that comes late changes what followed: all is folded
// anew, and the reply is what stands now, or that the form has come to its end after all.
func (s *Session) take(in Input) Reply {
	at := len(s.Inputs)
	for at > 1 && s.Inputs[at-1].At.After(in.At) {
		at--
	}
	s.Inputs = slices.Insert(s.Inputs, at, in)
	if at == len(s.Inputs)-1 {
		return s.state.apply(s, in)
	}
	before := s.state.end.Then
	r := s.fold()
	if end := s.state.end; end.Then != before {
		return end
	}
	return r
}

func (s *Session) fold() Reply {
	s.state = newState()
	var r Reply
	for n, in := range s.Inputs {
		if n == 0 {
			r = s.state.begin(s, in)
			continue
		}
		r = s.state.apply(s, in)
	}
	return r
}

// clip bounds an input and leaves out what cannot be written and read back.
func clip(in Input) Input {
	in.Text = trim(writable(in.Text), mostText)
	in.Fields = clipFields(in.Fields)
	in.Files = slices.Clone(in.Files[:min(len(in.Files), mostSent)])
	for n := range in.Files {
		in.Files[n].Name = trim(writable(in.Files[n].Name), mostName)
	}
	return in
}

func writable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// Values are the answers so far, by key.
func (s *Session) Values() map[string]Value { return s.state.values }

// Form is what is being filled.
func (s *Session) Form() *Form { return s.form }

// Submitted reports whether pass 1 was submitted.
func (s *Session) Submitted() bool { return s.state.submitted }

// Asking reports whether an answer is waited for.
func (s *Session) Asking() bool {
	return s.state.phase == filling || s.state.phase == reviewing || s.state.phase == adding
}

// Forwarded is when the unfinished form was passed on, zero if it was not.
func (s *Session) Forwarded() time.Time { return s.state.forwarded }

// FoundAt is the time of discovery; until it is answered, the moment the form was started.
func (s *Session) FoundAt() time.Time {
	if v, ok := s.value(MeansFound); ok && !v.At.IsZero() {
		return v.At
	}
	return s.StartedAt.Truncate(time.Minute)
}

// Missing are the labels of the required answers of pass 2 that are not there yet.
func (s *Session) Missing() []string {
	missing := []string{}
	for _, f := range s.form.Fields {
		if _, ok := s.state.values[f.Key]; !ok && f.Pass == 2 && f.Required {
			missing = append(missing, f.Label)
		}
	}
	return missing
}

// Line is one answer as people read it.
type Line struct {
	N     int
	Key   string
	Field *Field
	Label string
	Text  string
	Old   []string // what it was before, oldest first
}

// Lines are the answers so far in the order of the form.
func (s *Session) Lines() []Line {
	var lines []Line
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		v, ok := s.state.values[f.Key]
		if !ok {
			continue
		}
		lines = append(lines, Line{N: f.N, Key: f.Key, Field: f, Label: f.Label, Text: v.Text, Old: s.state.old(f.Key)})
	}
	return lines
}

// Open is the question that waits for an answer, nil when none does.
func (s *Session) Open() *Field { return s.state.field }

// Offer lets a submitted form have the answers in words that were said as an addition: figures, times,
// an account long enough. Nothing is asked.
func (s *Session) Offer(in Input) {
	in.Offered = true
	s.Say(in)
}
