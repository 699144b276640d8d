package score

import (
	"slices"
)

// Total is how the entries of a unit, or of a person, add up.
type Total struct {
	Accepted int    // first reports that count
	Credits  Points // all that was credited
	Deducted Points // all that was charged, negative
	Workload Points
	Bonus    Points
	Sum      Points
	Grade    string
	Veto     bool
}

// Total adds entries up by the scheme's year.
func (s *Scheme) Total(entries []Entry) Total {
	var t Total
	for _, e := range entries {
		p := e.Counts()
		switch {
		case e.Status == Counted && e.Name == "首报":
			t.Accepted++
			t.Credits += p
		case p > 0:
			t.Credits += p
		default:
			t.Deducted += p
		}
		t.Veto = t.Veto || e.Veto
	}
	y := s.Year
	if y.Average {
		if t.Accepted > 0 {
			t.Sum = max((t.Credits+t.Deducted)/Points(t.Accepted), y.Floor)
		}
		t.Grade = y.grade(t.Sum)
		return t
	}
	if y.Expected > 0 {
		t.Workload = y.Workload * Points(min(t.Accepted, y.Expected)) / Points(y.Expected)
	}
	t.Bonus = min(t.Credits, y.Bonus)
	t.Sum = max(y.Base+t.Workload+t.Bonus+t.Deducted, y.Floor)
	if y.Cap > 0 {
		t.Sum = min(t.Sum, y.Cap)
	}
	t.Grade = y.grade(t.Sum)
	return t
}

func (y Year) grade(p Points) string {
	best := ""
	for _, g := range slices.Backward(y.Grades) {
		if p >= g.From {
			best = g.Name
		}
	}
	return best
}
