package form

import (
	"regexp"
	"slices"
	"strings"
)

var editText = regexp.MustCompile(`^(?:修改|改|更正|改一下)\s*(?:第\s*)?([0-9０-９]{1,2}|[①-⑳])\s*(?:题|项|条|问)?\s*(?:为|成|[:：，,])?\s*([\s\S]*)$`)

// edit changes an answer by its number; without a new one the question is asked again.
func (s *Session) edit(text string, in Input) Reply {
	st := &s.state
	m := editText.FindStringSubmatch(text)
	f, ok := s.byNumber(number(m[1]))
	if !ok {
		r := s.stay(in)
		r.Notes = append([]Note{{Kind: NoSuch, Text: m[1], Count: len(s.form.Fields)}}, r.Notes...)
		return r
	}
	if st.submitted && s.registered(f) {
		r := s.stay(in)
		r.Notes = append([]Note{{Kind: Sealed, Field: f, Example: f.Example}}, r.Notes...)
		return r
	}
	st.which, st.why, st.reason = nil, nil, false
	if strings.TrimSpace(m[2]) == "" {
		st.hint = false
		return s.ask(f, in.At)
	}
	said := Input{ID: in.ID, At: in.At, Text: m[2]}
	v, ask, refused := s.read(f, said)
	switch {
	case ask != nil:
		return s.askWhich(ask, in)
	case refused != nil:
		r := s.stay(in)
		r.Notes = append([]Note{*refused}, r.Notes...)
		return r
	}
	return s.keep(f, v, said)
}

// registered reports an answer of the quick report itself: it is not written over, but corrected with a reason and a second
// person's agreement. What is added later keeps its versions in the form.
func (s *Session) registered(f *Field) bool {
	v, answered := s.state.values[f.Key]
	return answered && f.Pass == 1 && !v.Unknown && (f.Type != Link || len(v.Links) > 0)
}

// Corrected is a copy of a submitted form in which text is the answer to f, with note nil; or why it is none. An answer
// that could be several things is none.
func (s *Session) Corrected(f *Field, in Input) (*Session, *Note) {
	if _, ask, refused := s.read(f, in); refused != nil {
		return nil, refused
	} else if ask != nil {
		note := refuse(f, Several, 0)
		return nil, &note
	}
	c := *s
	c.Inputs = slices.Clone(s.Inputs)
	c.fold()
	in.Corrects = f.Key
	c.take(clip(in))
	return &c, nil
}

// correct takes what two people agreed on. Nothing is asked.
func (s *Session) correct(in Input) Reply {
	if f, ok := s.form.Field(in.Corrects); ok {
		if v, ask, refused := s.read(f, in); ask == nil && refused == nil {
			s.store(f, v, in)
		}
	}
	return Reply{Then: Nothing, At: in.At}
}
