package wording

import (
	"slices"
	"time"
)

// Statement is what was written about the incident in one place.
type Statement struct {
	Source string    // where: 首报, 续报2, 核实, 口径v1
	At     time.Time // when; times of day in it are read from here
	Text   string
	Key    string // the element it is filed under, if any: 时间, 地点, 规模
}

// Two more kinds of what statements differ in, beside Time; Count is a figure.
const (
	Place Kind = "place"
	Count Kind = "count"
	Who   Kind = "who"
)

// Contradiction is where two statements cannot both be right. A comes before B in the list; their words
// are the spans of their texts.
type Contradiction struct {
	Kind   Kind
	A, B   int // places in the list
	InA    Span
	InB    Span
	Fallen bool // a count that only grows has become less
}

// Contradictions finds the pairs that contradict each other, one of a kind for two statements at most.
// What is known to be untrue must be left out by the caller. A count that grew since is none, nor what is
// said more or less exactly.
func Contradictions(all []Statement) []Contradiction {
	read := make([]reading, len(all))
	for n, s := range all {
		read[n] = readingOf(s)
	}
	var out []Contradiction
	for b := range read {
		for a := range b {
			for _, c := range differ(&read[a], &read[b]) {
				c.A, c.B = a, b
				out = append(out, c)
			}
		}
	}
	return out
}

// reading is what a statement says of times, places, figures and people.
type reading struct {
	Statement
	text
	asOf     time.Time
	moments  []moment
	measures []measure
	places   []place
	people   []person
}

func readingOf(s Statement) reading {
	r := reading{Statement: s, text: fold(s.Text), asOf: s.At}
	r.moments = r.text.moments(s.At)
	r.measures = append(r.text.measures(r.moments), r.text.nobody()...)
	r.places = r.text.places(r.moments)
	r.people = r.text.people()
	for n := range r.moments {
		if m := &r.moments[n]; upTo(r.string[:m.from]) && len(m.earliest) > 0 {
			r.asOf = m.earliest[0]
			m.topics = nil
		} else if len(m.topics) == 0 && s.Key == "时间" {
			m.topics = []topic{"发生"}
		}
	}
	return r
}

func differ(a, b *reading) []Contradiction {
	var out []Contradiction
	for _, f := range []func(a, b *reading) (Contradiction, bool){differInTime, differInPlace, differInCount, differInWho} {
		if c, ok := f(a, b); ok {
			out = append(out, c)
		}
	}
	return out
}

func (r *reading) pairWith(o *reading, k Kind, a, b part) Contradiction {
	return Contradiction{Kind: k, InA: r.span(a.from, a.to), InB: o.span(b.from, b.to)}
}

// differInTime: two times of one happening. That each is said twice, or roughly, helps them to agree.
func differInTime(a, b *reading) (Contradiction, bool) {
	for _, x := range a.moments {
		var other *moment
		for n := range b.moments {
			if y := &b.moments[n]; meet(x.topics, y.topics) {
				if x.agrees(*y) {
					other = nil
					break
				}
				other = y
			}
		}
		if other != nil {
			return a.pairWith(b, Time, x.part, other.part), true
		}
	}
	return Contradiction{}, false
}

func differInCount(a, b *reading) (Contradiction, bool) {
	for _, x := range a.measures {
		var c Contradiction
		found := false
		for _, y := range b.measures {
			if !a.sameCount(b, x, y) {
				continue
			}
			fallen := y.hi < x.lo
			if b.asOf.Before(a.asOf) {
				fallen = x.hi < y.lo
			}
			if x.agrees(y) || a.mayChange(b, x, y) && !(fallen && !meet(x.topics, current)) {
				found = false
				break
			}
			c, found = a.pairWith(b, Count, x.part, y.part), true
			c.Fallen = fallen
		}
		if found {
			return c, true
		}
	}
	return Contradiction{}, false
}

// sameCount: figures of one matter, or of none, filed under one element.
func (r *reading) sameCount(o *reading, x, y measure) bool {
	if placeUnits[x.unit] {
		return false // places say that
	}
	plain := len(x.topics) == 0 && len(y.topics) == 0 && x.unit == y.unit && r.Key != "" && r.Key == o.Key
	return plain || sameMatter(x, y)
}

// mayChange: a count as of two moments may grow; what names a thing, or never changes, may not. That
// nobody was hurt was no count.
func (r *reading) mayChange(o *reading, x, y measure) bool {
	unchanging := slices.ContainsFunc(x.topics, func(t topic) bool { return fixed[t] && meet(y.topics, []topic{t}) })
	return !r.asOf.Equal(o.asOf) && !idUnits[x.unit] && x.unit != "度" && x.unit != "岁" && !unchanging && x.hi != 0 && y.hi != 0
}
