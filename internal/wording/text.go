package wording

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fenghuo/internal/zh"
)

// Span is a part of a text as it was written, in bytes from its start.
type Span struct{ From, To int }

// Of is that part.
func (s Span) Of(text string) string { return text[s.From:s.To] }

// text is a text as it is compared: folded, without spaces except between Latin letters or figures.
type text struct {
	string
	from, to []int // by byte of it: where the character it belongs to stood
}

const ends = ",。;!?()…"

func fold(s string) text {
	var t text
	var b strings.Builder
	space := false
	for at, r := range s {
		size := max(1, utf8.RuneLen(r))
		if r == utf8.RuneError {
			size = 1
			if strings.HasPrefix(s[at:], "\uFFFD") {
				size = len("\uFFFD")
			}
		}
		f := foldRune(r)
		switch {
		case r == '\n':
			f = ";"
		case f == "":
			space = true
			continue
		}
		if space && b.Len() > 0 && latin(b.String()[b.Len()-1]) && latin(f[0]) {
			f = " " + f
		}
		space = false
		b.WriteString(f)
		for range len(f) {
			t.from, t.to = append(t.from, at), append(t.to, at+size)
		}
	}
	t.string = b.String()
	return t
}

func foldRune(r rune) string {
	if r > ' ' && r < utf8.RuneSelf && (r < 'A' || r > 'Z') {
		return string(r)
	}
	return zh.Fold(string(r))
}

func latin(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' }

func digit(b byte) bool { return b >= '0' && b <= '9' }

// span is where a part of the folded text stands in what was written.
func (t text) span(from, to int) Span { return Span{t.from[from], t.to[to-1]} }

// part is a stretch of a folded text.
type part struct{ from, to int }

func (p part) in(t text) string { return t.string[p.from:p.to] }

func (p part) holds(at int) bool { return p.from <= at && at < p.to }

// clauses are what stands between commas and stops; a comma within a number is none.
func (t text) clauses() []part {
	var out []part
	from := 0
	for at, r := range t.string {
		if !strings.ContainsRune(ends, r) || r == ',' && t.inNumber(at) {
			continue
		}
		if at > from {
			out = append(out, part{from, at})
		}
		from = at + utf8.RuneLen(r)
	}
	if from < len(t.string) {
		out = append(out, part{from, len(t.string)})
	}
	return out
}

func (t text) inNumber(at int) bool {
	return at > 0 && at+1 < len(t.string) && digit(t.string[at-1]) && digit(t.string[at+1])
}

// scopes are the stretches a hedge covers: a whole sentence, not past a 但.
func (t text) scopes() []part {
	var out []part
	from := 0
	for _, m := range turn.FindAllStringIndex(t.string, -1) {
		if m[0] > from {
			out = append(out, part{from, m[0]})
		}
		from = m[0]
	}
	return append(out, part{from, len(t.string)})
}

// around is the one of parts that holds a place.
func around(parts []part, at int) part {
	for _, p := range parts {
		if p.holds(at) {
			return p
		}
	}
	return part{at, at}
}

var turn = regexp.MustCompile(`[。;!?]|但|不过|然而|可以肯定|可以确定|其实`)
