package form

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fenghuo/internal/zh"
)

// mark is the number of a question before its answer: ④刚刚, or 4. 刚刚 at the start of a line or after a
// pause.
var mark = regexp.MustCompile(`([①-⑳])|(?:^|[\s，,；;。])([0-9０-９]{1,2})(?:[.．、:：)）])[ \t　]*`)

// part is one of several answers.
type part struct {
	n       int // the number of its question
	text    string
	circled bool
}

// parts cuts text that begins with a mark at its marks; nil if it does not, or if a mark has no answer.
func parts(text string) []part {
	var marks [][]int
	for _, m := range mark.FindAllStringSubmatchIndex(text, -1) {
		digitNext := m[1] < len(text) && strings.ContainsRune("0123456789", rune(text[m[1]]))
		inLine := m[4] >= 0 && strings.Count(text[:m[4]], "\n") == 0 && m[4] > 0
		switch sep := strings.TrimRight(text[m[0]:m[1]], " \t　"); {
		case m[2] >= 0, !digitNext, m[1] > m[0]+len(sep), strings.HasSuffix(sep, ")"), strings.HasSuffix(sep, "）"), strings.HasSuffix(sep, "．"):
		case strings.HasSuffix(sep, "、") && !inLine && strings.Contains(text, "\n"):
		default:
			continue // 13:50, 3.2, 2、4
		}
		marks = append(marks, m)
	}
	if len(marks) == 0 || strings.TrimSpace(text[:marks[0][0]]) != "" {
		return nil
	}
	var out []part
	for n, m := range marks {
		end := len(text)
		if n+1 < len(marks) {
			end = marks[n+1][0]
		}
		p := part{n: number(group(text, m, 1) + group(text, m, 2)), text: strings.Trim(text[m[1]:end], " \t　\r\n，,；;"), circled: m[2] >= 0}
		if p.text == "" {
			return nil
		}
		out = append(out, p)
	}
	return out
}

func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

// number reads 4, ４ or ④; 0 is none of them.
func number(text string) int {
	n, err := strconv.Atoi(zh.Fold(text)) // which makes 4 of ④
	if err != nil {
		return 0
	}
	return n
}

// byNumber finds a question by its number.
func (s *Session) byNumber(n int) (*Field, bool) {
	if n < 1 || n > len(s.form.Fields) {
		return nil, false
	}
	return &s.form.Fields[n-1], true
}

// several are the answers in a text to the questions it numbers; nil if it is one answer after all.
func (s *Session) several(text string) []part {
	list := parts(text)
	for _, p := range list {
		if _, ok := s.byNumber(p.n); !ok {
			return nil
		}
	}
	switch open := s.state.field; {
	case len(list) == 0:
		return nil
	case len(list) == 1:
		f, _ := s.byNumber(list[0].n)
		if _, have := s.state.values[f.Key]; !list[0].circled || (have && f != open) {
			return nil
		}
		return list
	case open != nil && (open.Pass == 2 || open.Type == Text) && points(list) && len(list) < open.N:
		return nil
	}
	_, choices := zh.ParseChoices(text, 99)
	if choices && !list[0].circled && !strings.Contains(text, "\n") {
		return nil
	}
	return list
}

// points reports a list numbered 1, 2, 3: the points of one account rather than questions.
func points(list []part) bool {
	for n, p := range list {
		if p.n != n+1 {
			return false
		}
	}
	return true
}

// numbered takes several answers given with the numbers of their questions: ④刚刚 ⑤滨江店 ⑥1. Of those
// that could be several things the first is asked about; the others are asked when their turn comes.
func (s *Session) numbered(in Input) (Reply, bool) {
	list := s.several(in.Text)
	if list == nil {
		return Reply{}, false
	}
	var notes []Note
	var stored []*Field
	var unsure *which
	for _, p := range list {
		f, _ := s.byNumber(p.n)
		said := Input{ID: in.ID, At: in.At, Text: p.text}
		v, ask, refused := s.read(f, said)
		switch {
		case ask != nil && unsure == nil:
			unsure = ask
		case ask != nil:
		case refused != nil:
			notes = append(notes, *refused)
		default:
			more, changed := s.named(f, v, said)
			notes = append(notes, more...)
			if changed {
				stored = append(stored, f)
			}
		}
	}
	if unsure != nil {
		r := s.askWhich(unsure, in)
		r.Notes = append(notes, r.Notes...)
		return r, true
	}
	slices.SortStableFunc(stored, func(a, b *Field) int { return a.N - b.N })
	return s.onward(notes, in, stored...), true
}
