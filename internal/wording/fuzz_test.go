package wording

import (
	"slices"
	"testing"
	"time"
	"unicode/utf8"
)

// inside reports whether a span is a part of the text that begins and ends between characters.
func inside(s Span, text string) bool {
	return 0 <= s.From && s.From < s.To && s.To <= len(text) && utf8.RuneStart(text[s.From]) && (s.To == len(text) || utf8.RuneStart(text[s.To]))
}

// FuzzCheck: whatever is said and forbidden, findings are parts of the sentence, in order, and the same
// each time.
func FuzzCheck(f *testing.F) {
	for _, r := range rows(f, "testdata/say.tsv") {
		f.Add(r.cells[2], "个别现象", "3名顾客受伤送医")
	}
	f.Add("\xff个别\u200b现象", "个别现象", "9999999999999亿人")
	f.Fuzz(func(t *testing.T, sentence, forbidden, fact string) {
		s := sheets["milk"]
		s.Forbidden = append(slices.Clone(s.Forbidden), Phrase{Text: forbidden})
		s.Facts = append(slices.Clone(s.Facts), Fact{Text: fact, Verified: len(fact)%2 == 0})
		got := Check(sentence, s, now)
		for n, found := range got {
			if utf8.ValidString(sentence) && !inside(found.Span, sentence) {
				t.Errorf("%+v is no part of %q", found, sentence)
			}
			if n > 0 && found.From < got[n-1].From {
				t.Errorf("%+v comes after %+v", found, got[n-1])
			}
		}
		if !slices.Equal(got, Check(sentence, s, now)) {
			t.Error("another answer the second time")
		}
	})
}

// FuzzContradictions: nothing contradicts itself, and both spans are parts of what was written.
func FuzzContradictions(f *testing.F) {
	for _, r := range rows(f, "testdata/contradict.tsv") {
		f.Add(r.cells[2], r.cells[4], 60)
	}
	f.Fuzz(func(t *testing.T, first, second string, minutes int) {
		at := now.Add(time.Duration(minutes%10000) * time.Minute)
		all := []Statement{{At: now, Text: first}, {At: at, Text: second}, {At: now, Text: first}}
		for _, c := range Contradictions(all) {
			if c.A >= c.B || c.B >= len(all) || c.A == 0 && c.B == 2 {
				t.Errorf("%+v of %q", c, first)
				continue
			}
			if utf8.ValidString(first) && utf8.ValidString(second) && (!inside(c.InA, all[c.A].Text) || !inside(c.InB, all[c.B].Text)) {
				t.Errorf("%+v is no part of %q and %q", c, first, second)
			}
		}
	})
}
