package wording

import "time"

// Sheet is the talking points in force.
type Sheet struct {
	Version   int
	At        time.Time // when it was written: what 昨晚 in it means
	Stance    string    // in one sentence
	Facts     []Fact
	May       []string // may be said
	Forbidden []Phrase // may not
	Answers   []Answer
	Inside    string // for colleagues
	Service   string // for customer service
}

// Fact is what is known, or not yet known for sure.
type Fact struct {
	Text     string
	Verified bool
}

// Phrase is what must not be said, and what is said instead, if anybody thought of that.
type Phrase struct{ Text, Instead string }

// Answer is what is said when asked Q.
type Answer struct{ Q, A string }

// wordings are what was approved to be said, besides facts.
func (s Sheet) wordings() []string {
	out := append([]string{}, s.May...)
	for _, a := range s.Answers {
		out = append(out, a.A)
	}
	return append(out, s.Stance, s.Service, s.Inside)
}

// known is a text of the sheet, prepared for comparing.
type known struct {
	said     string
	text     text
	gist     gist
	pairs    map[pair]bool
	fact     bool
	verified bool
	moments  []moment
	measures []measure
}

func (s Sheet) known() []known {
	var out []known
	add := func(said string, fact, verified bool) {
		if said == "" {
			return
		}
		k := known{said: said, text: fold(said), fact: fact, verified: verified}
		k.gist = gistOf(k.text.string)
		k.pairs = k.gist.pairs()
		k.moments = k.text.moments(s.At)
		k.measures = k.text.measures(k.moments)
		out = append(out, k)
	}
	for _, f := range s.Facts {
		add(f.Text, true, f.Verified)
	}
	for _, w := range s.wordings() {
		add(w, false, true)
	}
	return out
}
