package form

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

// moreText names a question by its number, and may answer it: 14, 14 已下架, ⑭已下架. 14 个人 is a count.
var (
	moreText = regexp.MustCompile(`^\s*(?:([0-9０-９]{1,2})(?:[\s、)）．]+|[.:：]\s+|$)|([①-⑳])\s*)([\s\S]*)$`)
	measures = regexp.MustCompile(`^(?:个|点|人|日|号|岁|名|位|分|条|家|天|月|时|万|件|次|多)`)
)

// offeredIn is the question offered that a text names, and the answer that came along.
func (s *Session) offeredIn(text string) (f *Field, answer string, ok bool) {
	m := moreText.FindStringSubmatch(text)
	if m == nil || m[1] != "" && measures.MatchString(m[3]) {
		return nil, "", false
	}
	f, ok = s.byNumber(number(m[1] + m[2]))
	return f, m[3], ok && slices.Contains(s.optional(), f)
}

// optional are the questions of pass 2 that need no answer, have none and were not put off.
func (s *Session) optional() []*Field {
	var out []*Field
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		_, have := s.state.values[f.Key]
		if !have && f.Pass == 2 && !f.Required && !s.state.later[f.Key] && f.Means != MeansLevel && f.Means != MeansConfidential {
			out = append(out, f)
		}
	}
	return out
}

// offerMore ends the second pass: once, it is asked whether there is more to add, and an answer to that is
// heard until the form settles.
func (s *Session) offerMore(at time.Time) Reply {
	st := &s.state
	more := s.optional()
	if len(more) == 0 || st.offered && !st.offering {
		return s.rest(at)
	}
	r := Reply{Then: Complete, Offer: more, At: at}
	if st.offered {
		r.Then = More
	}
	st.shut()
	st.offered, st.offering = true, true
	return r
}

// more takes the answer to whether there is more: a number, with or without its answer, or that there is
// nothing.
func (s *Session) more(in Input) Reply {
	c, _, isCommand := command(in.Text)
	if nothingMore(c, in.Text) {
		r := s.rest(in.At)
		r.Then = Rest
		return r
	}
	if isCommand {
		return s.text(in)
	}
	if f, answer, ok := s.offeredIn(in.Text); ok && answer == "" {
		return s.ask(f, in.At)
	} else if ok && s.several(in.Text) == nil {
		in.Text = string(rune('①'+f.N-1)) + answer
	}
	many, _ := s.numbered(in)
	return many
}

func nothingMore(c cmd, text string) bool {
	switch c {
	case cmdDone, cmdKeep, cmdSkip, cmdLater, cmdPause:
		return true
	}
	return zh.No(text) || strings.TrimRight(zh.Fold(text), "。.了") == "没有"
}

// Passes reports words that are not for the form: said while it only offers to take more, and no answer to
// that.
func (s *Session) Passes(in Input) bool {
	if !s.state.offering || s.state.field != nil || s.state.why != nil || len(in.Files) > 0 || len(in.Fields) > 0 || zh.Fold(in.Text) == "" {
		return false
	}
	c, _, isCommand := command(in.Text)
	_, _, named := s.offeredIn(in.Text)
	return !isCommand && !nothingMore(c, in.Text) && !named && s.several(in.Text) == nil
}
