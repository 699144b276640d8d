package wording

import (
	"cmp"
	"slices"
	"time"
)

// Kind is what is wrong with a sentence, or what two statements differ in.
type Kind string

// What Check finds.
const (
	Unverified Kind = "unverified" // not sure yet, and said as if it were
	Forbidden  Kind = "forbidden"  // must not be said
	Number     Kind = "number"     // another figure than the talking points have
	Time       Kind = "time"       // another time
	Promise    Kind = "promise"    // nobody has approved it
)

// Finding is one thing wrong with a sentence.
type Finding struct {
	Kind Kind
	Span
	Against string // the words of the talking points it goes against; "" when they have none
	Instead string // what may be said; "" when the talking points have nothing like it
}

// Check compares a sentence said at now with the talking points in force; now is in the zone people write
// in. No finding: nothing was found that speaks against it, which is less than leave to say it (recall is in
// docs/wording.md). Findings come in the order of the sentence.
func Check(sentence string, s Sheet, now time.Time) []Finding {
	c := &checker{text: fold(sentence), sheet: s, known: s.known()}
	c.clauses, c.scopes = c.text.clauses(), c.text.scopes()
	c.moments = c.text.moments(now)
	c.measures = c.text.measures(c.moments)
	c.forbidden()
	c.figures()
	c.unverified()
	c.promises()
	slices.SortStableFunc(c.found, func(a, b Finding) int { return cmp.Compare(a.From, b.From) })
	return c.found
}

type checker struct {
	text
	sheet    Sheet
	known    []known
	clauses  []part
	scopes   []part
	moments  []moment
	measures []measure
	settled  []part // deadlines the talking points have, the same or another
	found    []Finding
}

func (c *checker) find(k Kind, p part, against, instead string) {
	if p.to <= p.from {
		return
	}
	c.found = append(c.found, Finding{Kind: k, Span: c.span(p.from, p.to), Against: against, Instead: instead})
}

// has reports a finding of the kind within a part.
func (c *checker) has(k Kind, p part) bool {
	s := c.span(p.from, p.to)
	return slices.ContainsFunc(c.found, func(f Finding) bool { return f.Kind == k && f.From < s.To && s.From < f.To })
}

// nearest is the approved wording most like a part of the sentence, the stance when none is.
func (c *checker) nearest(p part) string {
	said := gistOf(p.in(c.text)).pairs()
	best, most := c.sheet.Stance, 0.15
	for _, k := range c.known {
		if k.fact {
			continue
		}
		if n := share(said, k.pairs); n > most {
			best, most = k.said, n
		}
	}
	return best
}
