package form

import (
	"regexp"
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
