package form

import (
	"maps"
	"slices"
	"strings"

	"fenghuo/internal/zh"
)

// Sheet is pass 1 as fields of one card: what is there already, and why what was sent was not taken.
type Sheet struct {
	Field   *Field
	Value   []string
	Offer   []string // what is usual; anything else may be written
	Refused *Note
}

// Sheet lays pass 1 out. notes are of the reply it goes with.
func (s *Session) Sheet(notes []Note) []Sheet {
	var out []Sheet
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if f.Pass != 1 {
			continue
		}
		row := Sheet{Field: f}
		if v, ok := s.state.values[f.Key]; ok {
			row.Value = s.fieldValue(f, v)
		}
		if f.Type == Unit && s.env.Offer != nil {
			row.Offer = s.env.Offer(s.Person)
		}
		for i := range notes {
			if notes[i].Kind == Refused && notes[i].Field == f {
				row.Refused = &notes[i]
			}
		}
		out = append(out, row)
	}
	return out
}

// fieldValue is an answer as a field of a card holds it.
func (s *Session) fieldValue(f *Field, v Value) []string {
	switch {
	case len(v.Choices) > 0:
		return slices.Clone(v.Choices)
	case f.Type == Time && !v.At.IsZero():
		return []string{v.At.In(s.env.Zone).Format("2006-01-02 15:04")}
	}
	return []string{v.Text}
}

// sheet takes the fields of a card at once. What is not taken is noted, the rest stands; an answer that
// could be several things is asked back in words.
func (s *Session) sheet(in Input) Reply {
	st := &s.state
	if st.submitted {
		return Reply{Notes: []Note{{Kind: NotHeard}}}
	}
	var notes []Note
	var asked *which
	var stored []*Field
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		text := strings.TrimSpace(in.Fields[f.Key])
		have, answered := st.values[f.Key]
		shown := strings.Join(s.fieldValue(f, have), "、")
		if text == "" || f.Pass != 1 || (answered && (text == shown || text == zh.Mask(shown))) {
			continue
		}
		one := Input{ID: in.ID, At: in.At, Text: text}
		v, ask, refused := s.read(f, one)
		switch {
		case ask != nil && asked == nil:
			asked = ask
		case ask != nil: // one at a time
		case refused != nil:
			notes = append(notes, *refused)
		default:
			more, changed := s.store(f, v, one)
			notes = append(notes, more...)
			if changed {
				stored = append(stored, f)
			}
		}
	}
	if asked != nil {
		r := s.askWhich(asked, in)
		r.Notes = notes
		return r
	}
	r := s.onward(notes, in, stored...)
	if len(in.Fields) == 1 && len(stored)+len(notes) > 0 {
		return r // one question on a card of its own
	}
	if r.Then != Ask && !slices.ContainsFunc(notes, func(n Note) bool { return n.Kind == Refused }) {
		return r // all is there, or a reason is asked for
	}
	r.Then = Fill
	return r
}

// clipFields keeps what a card may send within bounds.
func clipFields(fields map[string]string) map[string]string {
	if len(fields) == 0 {
		return nil
	}
	out := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		if len(out) < 20 {
			out[key] = trim(writable(fields[key]), mostText)
		}
	}
	return out
}
