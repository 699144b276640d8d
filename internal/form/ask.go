package form

import (
	"strings"
	"time"
)

// next opens the next question, or the review when all of pass 1 is answered.
func (s *Session) next(at time.Time) Reply {
	st := &s.state
	st.which, st.why, st.reason = nil, nil, false
	switch {
	case st.phase == adding:
		return s.nextAddition(at)
	case st.submitted:
		return s.rest(at)
	}
	if f := s.open(1); f != nil {
		st.phase = filling
		return s.ask(f, at)
	}
	st.phase, st.field = reviewing, nil
	return s.review(at)
}

// open is the first question of a pass without an answer; those put off come last.
func (s *Session) open(pass int) *Field {
	var putOff *Field
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if _, ok := s.state.values[f.Key]; ok || f.Pass != pass {
			continue
		}
		if !s.state.later[f.Key] {
			return f
		}
		if putOff == nil {
			putOff = f
		}
	}
	if pass == 2 {
		return nil
	}
	return putOff
}

func (s *Session) ask(f *Field, at time.Time) Reply {
	s.state.opens(f)
	r := Reply{Then: Ask, Field: f, At: at}
	if v, ok := s.state.values[f.Key]; ok {
		r.Current = v.Text
	}
	return r
}

// nextAddition asks for the next element until none that is required is missing. What is optional is
// asked in passing only, and what is left of it offered at the end.
func (s *Session) nextAddition(at time.Time) Reply {
	if f := s.open(2); len(s.Missing()) > 0 && f != nil && f.N <= s.form.Last() {
		return s.ask(f, at)
	}
	if len(s.Missing()) == 0 {
		return s.offerMore(at)
	}
	return s.rest(at)
}

// rest asks nothing more of what was submitted.
func (s *Session) rest(at time.Time) Reply {
	s.state.phase = resting
	s.state.shut()
	if len(s.Missing()) == 0 {
		return Reply{Then: Complete, At: at}
	}
	return Reply{Then: Rest, At: at}
}

func (s *Session) review(at time.Time) Reply {
	level, reasons := s.env.Suggest(s.Said())
	r := Reply{Then: Review, Suggest: level, Level: level, Reasons: reasons, At: at}
	if v, ok := s.value(MeansLevel); ok && v.Level.Valid() {
		r.Level = v.Level
	}
	return r
}

// AskMissing begins, or goes on with, the second pass.
func (s *Session) AskMissing(in Input) Reply {
	in.Text = askMissing
	return s.Say(in)
}

// askMissing stands among the inputs for the wish to add what is missing.
const askMissing = "补充"

// offer fills the elements still missing that the words surely answer.
func (s *Session) offer(in Input) Reply {
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if _, have := s.state.values[f.Key]; have || f.Pass != 2 || !f.Required || !s.tells(f, in) {
			continue
		}
		if v, ok := s.sure(f, in); ok {
			v.Said = in.At
			s.state.set(f, v)
		}
	}
	return Reply{At: in.At}
}

func (s *Session) tells(f *Field, in Input) bool {
	switch f.Type {
	case Counts:
		return surely(f, in.Text)
	case Times:
		return strings.Contains(in.Text, "发生") || strings.Contains(in.Text, "首发")
	}
	return f.Means == MeansSummary
}
