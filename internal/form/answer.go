package form

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

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
	switch {
	case ask != nil:
		return s.askWhich(ask, in)
	case refused == nil:
		return s.keep(f, v, in)
	}
	if other, v, ok := s.fitsElsewhere(f, in); ok {
		s.state.set(other, v)
		r := s.ask(f, in.At)
		r.Notes = []Note{{Kind: Understood, Field: other, Text: v.Text}}
		return r
	}
	r := s.ask(f, in.At)
	r.Then, r.Current = Nothing, ""
	r.Notes = []Note{*refused}
	return r
}

// keep stores an answer, says what should be said about it and goes on.
func (s *Session) keep(f *Field, v Value, in Input) Reply {
	st := &s.state
	before, had := st.values[f.Key]
	v.Said = in.At
	st.set(f, v)
	var notes []Note
	switch {
	case had && before.Text == v.Text:
		notes = append(notes, Note{Kind: Same, Field: f, Text: v.Text})
	case had:
		notes = append(notes, Note{Kind: Changed, Field: f, Text: v.Text, Old: before.Text})
	case v.Text != strings.TrimSpace(in.Text) && f.Type != Text:
		notes = append(notes, Note{Kind: Understood, Field: f, Text: v.Text})
	}
	notes = append(notes, s.platformOfLink(f, in)...)
	if hint := s.linkHint(f, had); hint != nil {
		notes = append(notes, *hint)
	}
	if f.Key == KeySummary && thin(v.Text) {
		notes = append(notes, Note{Kind: Thin})
	}
	if r, ask := s.askWhy(f, v, in); ask {
		r.Notes = append(notes, r.Notes...)
		return r
	}
	r := s.next(in.At)
	r.Notes = append(notes, r.Notes...)
	return r
}

// platformOfLink fills where it was seen from the link when nobody has said so yet.
func (s *Session) platformOfLink(f *Field, in Input) []Note {
	p, ok := s.form.Field(KeyPlatform)
	if _, have := s.state.values[KeyPlatform]; !ok || have || f.Type != Link {
		return nil
	}
	name := linkPlatform(s.state.values[f.Key].Links)
	if _, known := p.option(name); !known {
		return nil
	}
	s.state.set(p, Value{Text: name, Choices: []string{name}, Raw: in.Text, Said: in.At})
	return []Note{{Kind: Understood, Field: p, Text: name}}
}

func linkPlatform(links []string) string {
	for _, l := range links {
		if name := zh.PlatformOfLink(l); name != "" {
			return name
		}
	}
	return ""
}

// linkHint asks whether the link should change after the platform was changed away from it.
func (s *Session) linkHint(f *Field, had bool) *Note {
	st := &s.state
	if f.Key != KeyPlatform && f.Key != KeyLink {
		return nil
	}
	st.hint = false
	link, ok := s.form.Field(KeyLink)
	if !ok || f.Key != KeyPlatform || !had {
		return nil
	}
	name := linkPlatform(st.values[KeyLink].Links)
	if name == "" || slices.Contains(st.values[KeyPlatform].Choices, name) {
		return nil
	}
	st.hint = true
	return &Note{Kind: LinkHint, Field: link, Text: name}
}

var mark = regexp.MustCompile(`(?m)(?:^|[\s，,；;。])(?:([①-⑳])|([0-9]{1,2})[\.、:：)）])\s*`)

// numbered takes several answers given with the numbers of their questions: ④刚刚 ⑤滨江店 ⑥1.
func (s *Session) numbered(in Input) (Reply, bool) {
	marks := mark.FindAllStringSubmatchIndex(in.Text, -1)
	if len(marks) < 2 || strings.TrimSpace(in.Text[:marks[0][0]]) != "" {
		return Reply{}, false
	}
	type part struct {
		field *Field
		text  string
	}
	var parts []part
	for n, m := range marks {
		end := len(in.Text)
		if n+1 < len(marks) {
			end = marks[n+1][0]
		}
		f, ok := s.byNumber(group(in.Text, m, 1) + group(in.Text, m, 2))
		if !ok {
			return Reply{}, false
		}
		parts = append(parts, part{f, strings.Trim(in.Text[m[1]:end], " ，,；;")})
	}
	var notes []Note
	for _, p := range parts {
		v, ask, refused := s.read(p.field, Input{ID: in.ID, At: in.At, Text: p.text})
		switch {
		case ask != nil:
			r := s.askWhich(ask, in)
			r.Notes = append(notes, r.Notes...)
			return r, true
		case refused != nil:
			notes = append(notes, *refused)
			continue
		}
		v.Said = in.At
		s.state.set(p.field, v)
		notes = append(notes, Note{Kind: Understood, Field: p.field, Text: v.Text})
	}
	r := s.next(in.At)
	r.Notes = append(notes, r.Notes...)
	return r, true
}

func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

// byNumber finds a question by 4 or ④.
func (s *Session) byNumber(text string) (*Field, bool) {
	n, err := strconv.Atoi(text)
	if err != nil {
		for _, r := range text {
			n = int(r-'①') + 1
		}
	}
	if n < 1 || n > len(s.form.Fields) {
		return nil, false
	}
	return &s.form.Fields[n-1], true
}

// edit changes an answer by its number; without a new one the question is asked again.
func (s *Session) edit(text string, in Input) Reply {
	st := &s.state
	m := editText.FindStringSubmatch(text)
	f, ok := s.byNumber(m[1])
	if !ok {
		r := s.stay(in)
		r.Notes = append([]Note{{Kind: NoSuch, Text: m[1], Count: len(s.form.Fields)}}, r.Notes...)
		return r
	}
	st.which, st.why, st.reason = nil, nil, false
	if strings.TrimSpace(m[2]) == "" {
		if st.phase == reviewing {
			st.phase = filling
		}
		st.hint = false
		return s.ask(f, in.At)
	}
	v, ask, refused := s.read(f, Input{ID: in.ID, At: in.At, Text: m[2]})
	switch {
	case ask != nil:
		return s.askWhich(ask, in)
	case refused != nil:
		r := s.stay(in)
		r.Notes = append([]Note{*refused}, r.Notes...)
		return r
	}
	return s.keep(f, v, Input{ID: in.ID, At: in.At, Text: m[2]})
}

// stay repeats what is open.
func (s *Session) stay(in Input) Reply {
	if s.state.field != nil {
		return s.ask(s.state.field, in.At)
	}
	if s.state.phase == reviewing {
		return s.review(in.At)
	}
	return Reply{At: in.At}
}

// answerReview: before submitting, agreement submits, a level sets it, several numbered answers change
// them; all else is not understood.
func (s *Session) answerReview(in Input) Reply {
	if zh.Yes(in.Text) {
		return s.submit(in)
	}
	if many, ok := s.numbered(in); ok {
		return many
	}
	r := s.review(in.At)
	r.Notes = []Note{{Kind: NotHeard}}
	return r
}

// onlyFiles: pictures answer the question for them, and stand in for a link.
func (s *Session) onlyFiles(in Input) Reply {
	st := &s.state
	f := st.field
	took := len(st.values[KeyEvidence].Files) > 0
	if f != nil && took && f.Type == Link && st.phase == filling {
		st.set(f, Value{Text: "见截图", Unknown: true, Said: in.At})
		return s.next(in.At)
	}
	if f != nil && took && (f.Type == Files || (st.phase == adding && len(s.Missing()) == 0)) {
		return s.next(in.At)
	}
	if st.which != nil || st.why != nil || st.reason || st.phase == paused || st.phase == resting {
		return Reply{At: in.At}
	}
	return s.stay(in)
}

// fitsElsewhere finds another open question of this pass that what was said surely answers.
func (s *Session) fitsElsewhere(not *Field, in Input) (*Field, Value, bool) {
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if _, have := s.state.values[f.Key]; have || f.Key == not.Key || f.Pass != not.Pass || !surely(f, in.Text) {
			continue
		}
		v, ask, refused := s.read(f, in)
		if ask == nil && refused == nil && !v.Unknown {
			v.Said = in.At
			return f, v, true
		}
	}
	return nil, Value{}, false
}

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
