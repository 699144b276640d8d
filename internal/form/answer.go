package form

import (
	"maps"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

// answer takes words as the answer to the open question; failing that, to another one they fit.
func (s *Session) answer(in Input) Reply {
	st := &s.state
	if st.phase == reviewing {
		return s.answerReview(in)
	}
	if st.field == nil {
		return Reply{Then: Nothing, Notes: []Note{{Kind: NotHeard}}}
	}
	if many, ok := s.numbered(in); ok {
		return many
	}
	f := st.field
	v, ask, refused := s.read(f, in)
	if ask != nil {
		return s.askWhich(ask, in)
	}
	if refused != nil || s.loose(f, v) {
		if other, v, ok := s.fitsElsewhere(f, in, refused == nil); ok {
			notes, _ := s.named(other, v, in)
			return s.onward(notes, in, other)
		}
	}
	switch {
	case refused == nil:
		return s.keep(f, v, in)
	case len(in.Files) > 0 && (f.Type == Link || f.Type == Files) && len(s.sent()) > 0:
		return s.onlyFiles(in) // the words are but what is seen in the picture
	}
	r := s.ask(f, in.At)
	r.Then, r.Current = Nothing, ""
	r.Notes = []Note{*refused}
	return r
}

// keep stores an answer, says what should be said about it and goes on.
func (s *Session) keep(f *Field, v Value, in Input) Reply {
	notes, changed := s.store(f, v, in)
	if !changed {
		return s.onward(notes, in)
	}
	return s.onward(notes, in, f)
}

// onward goes to what is next after new answers: why one of them is unusual, or the next question.
func (s *Session) onward(notes []Note, in Input, stored ...*Field) Reply {
	for _, f := range stored {
		if r, ask := s.askWhy(f, in); ask {
			r.Notes = append(notes, r.Notes...)
			return r
		}
	}
	r := s.next(in.At)
	r.Notes = append(notes, r.Notes...)
	return r
}

// store keeps an answer, with what follows from it, and tells what should be said. What was there before
// is no change, and words take no pictures away.
func (s *Session) store(f *Field, v Value, in Input) (notes []Note, changed bool) {
	st := &s.state
	before, had := st.values[f.Key]
	switch {
	case f.Type == Files && len(before.Files) > 0:
		return nil, false
	case had && before.same(v):
		return []Note{{Kind: Same, Field: f, Text: v.Text}}, false
	}
	v.Said = in.At
	st.set(f, v)
	switch {
	case had && before.Text != v.Text:
		notes = append(notes, Note{Kind: Changed, Field: f, Text: v.Text, Old: before.Text})
	case had, v.Text != strings.TrimSpace(in.Text) && f.Type != Text:
		notes = append(notes, Note{Kind: Understood, Field: f, Text: v.Text})
	}
	notes = append(notes, s.platformOfLink(f, in)...)
	notes = append(notes, s.linkBeside(f, in)...)
	if hint := s.linkHint(f, had); hint != nil {
		notes = append(notes, *hint)
	}
	if f.Means == MeansSummary && thin(v.Text) {
		notes = append(notes, Note{Kind: Thin})
	}
	return notes, true
}

// named is store for an answer to a question that is not open: it is always said which.
func (s *Session) named(f *Field, v Value, in Input) (notes []Note, changed bool) {
	notes, changed = s.store(f, v, in)
	if len(notes) == 0 || notes[0].Field != f {
		notes = slices.Insert(notes, 0, Note{Kind: Understood, Field: f, Text: s.state.values[f.Key].Text})
	}
	return notes, changed
}

// same reports the same answer, however and whenever it was said.
func (v Value) same(o Value) bool {
	return v.Text == o.Text && v.Unit == o.Unit && v.At.Equal(o.At) && v.Published.Equal(o.Published) &&
		v.Level == o.Level && maps.Equal(v.Counts, o.Counts) && slices.Equal(v.Links, o.Links)
}

// stay repeats what is open.
func (s *Session) stay(in Input) Reply {
	if s.state.field != nil {
		return s.ask(s.state.field, in.At)
	}
	return s.next(in.At)
}

// again repeats what is waited for to somebody who said nothing.
func (s *Session) again(in Input) Reply {
	st := &s.state
	switch {
	case st.reason:
		return Reply{Then: AskReason}
	case st.why != nil:
		return s.whyReply()
	case st.which != nil:
		return s.whichReply(in.At)
	}
	return s.stay(in)
}

// answerReview: before submitting, agreement submits, a level in words sets it, several numbered answers
// change them; all else is not understood.
func (s *Session) answerReview(in Input) Reply {
	if zh.Yes(in.Text) {
		return s.submit(in)
	}
	if many, ok := s.numbered(in); ok {
		return many
	}
	if f, ok := s.form.Meaning(MeansLevel); ok {
		_, number := zh.ParseChoices(in.Text, 99)
		if v, _, refused := s.read(f, in); refused == nil && !number {
			return s.keep(f, v, in)
		}
	}
	r := s.review(in.At)
	r.Notes = []Note{{Kind: NotHeard}}
	return r
}

// loose: an answer in words of one's own may be a time, which belongs elsewhere.
func (s *Session) loose(f *Field, v Value) bool {
	switch f.Type {
	case Platform:
		_, known := f.option(v.Choices[0])
		return !known
	case Unit:
		return v.Unit == "" && !v.Unknown
	}
	return f.Type == Text
}

// fitsElsewhere finds another open question of this pass that what was said surely answers.
func (s *Session) fitsElsewhere(not *Field, in Input, onlyTime bool) (*Field, Value, bool) {
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if _, have := s.state.values[f.Key]; have || f.Key == not.Key || f.Pass != not.Pass || (onlyTime && f.Type != Time) || !surely(f, in.Text) {
			continue
		}
		v, ask, refused := s.read(f, in)
		if ask == nil && refused == nil && !v.Unknown {
			return f, v, true
		}
	}
	return nil, Value{}, false
}

var epoch = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

// surely: only types whose answers cannot be mistaken for another's are taken out of turn.
func surely(f *Field, text string) bool {
	switch f.Type {
	case Link:
		return len(zh.FindLinks(text)) > 0
	case Time:
		_, ok := zh.ParseTime(text, epoch)
		return ok || justNow.MatchString(zh.Fold(text))
	case Platform:
		_, digits := zh.ParseChoices(text, 99)
		return !digits && len(zh.FindPlatforms(text)) > 0 && zh.Len(text) <= 10
	case Counts:
		counts, err := zh.FindCounts(text)
		return err == nil && len(counts) > 0
	}
	return false
}

func trim(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
