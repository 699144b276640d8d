package form

import (
	"fmt"
	"strings"
	"time"
)

// next opens the next question, or the review when all of pass 1 is answered.
func (s *Session) next(at time.Time) Reply {
	st := &s.state
	st.which, st.why, st.reason = nil, nil, false
	if st.phase == adding {
		return s.nextAddition(at)
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
	s.state.field = f
	r := Reply{Then: Ask, Field: f, At: at}
	if v, ok := s.state.values[f.Key]; ok {
		r.Current = v.Text
	}
	return r
}

// nextAddition asks for the next element until none that is required is missing. What is optional is
// asked in passing only.
func (s *Session) nextAddition(at time.Time) Reply {
	if len(s.Missing()) == 0 {
		s.state.phase, s.state.field = resting, nil
		return Reply{Then: Complete, At: at}
	}
	f := s.open(2)
	if f == nil || f.N > s.form.Last() {
		s.state.phase, s.state.field = resting, nil
		return Reply{Then: Rest, At: at}
	}
	return s.ask(f, at)
}

func (s *Session) review(at time.Time) Reply {
	level, reasons := s.env.Suggest(s.state.values)
	r := Reply{Then: Review, Suggest: level, Level: level, Reasons: reasons, At: at}
	if v, ok := s.state.values[KeyLevel]; ok && v.Level.Valid() {
		r.Level = v.Level
	}
	return r
}

// AskMissing begins, or goes on with, the second pass.
func (s *Session) AskMissing(in Input) Reply {
	s.state.phase = adding
	in.Text = askMissing
	return s.Say(in)
}

// askMissing stands among the inputs for the wish to add what is missing.
const askMissing = "补充"

// offered marks an input that is an addition and answers only what it surely answers.
const offered = "\x00"

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
	return f.Key == KeySummary
}

func (s *Session) tooMuch() Reply { return Reply{Then: TooMuch, At: s.state.last} }

// essential words are heard however much was said before.
func (s *Session) essential(text string) bool {
	c, _, ok := command(text)
	return ok && (c == cmdSubmit || c == cmdCancel || c == cmdShow)
}

func fileNames(files []File) string {
	names := make([]string, 0, len(files))
	for _, f := range files {
		names = append(names, f.Name)
	}
	return strings.Join(names, "、")
}

func countText(n int) string { return fmt.Sprintf("%d份", n) }
