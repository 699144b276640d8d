package roster

import (
	"slices"
	"strings"
)

// MatchUnits finds the units a text names, best first: a name, full name or alias said exactly, else
// names that begin with or contain what was said, else the longest names a sentence contains.
func (o *Org) MatchUnits(text string) []Unit {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if exact := o.unitsWhere(func(name string) bool { return name == text }); len(exact) > 0 {
		return exact
	}
	if len([]rune(text)) >= 2 {
		if part := o.unitsWhere(func(name string) bool { return strings.Contains(name, text) }); len(part) > 0 {
			begins := func(u Unit) bool {
				return slices.ContainsFunc(u.names(), func(name string) bool { return strings.HasPrefix(name, text) })
			}
			slices.SortStableFunc(part, func(a, b Unit) int { return rank(begins(a)) - rank(begins(b)) })
			return part
		}
	}
	return o.inSentence(text)
}

// rank sorts what is so before what is not.
func rank(is bool) int {
	if is {
		return 0
	}
	return 1
}

// inSentence takes the longest name found in a sentence.
func (o *Org) inSentence(text string) []Unit {
	longest := 0
	for _, u := range o.Units {
		for _, n := range u.names() {
			if len([]rune(n)) >= 2 && strings.Contains(text, n) {
				longest = max(longest, len(n))
			}
		}
	}
	if longest == 0 {
		return nil
	}
	return o.unitsWhere(func(name string) bool { return len(name) == longest && strings.Contains(text, name) })
}

func (o *Org) unitsWhere(fits func(string) bool) []Unit {
	var out []Unit
	for _, u := range o.Units {
		if slices.ContainsFunc(u.names(), fits) {
			out = append(out, u)
		}
	}
	return out
}

func (u Unit) names() []string {
	names := append([]string{u.Name}, u.Aliases...)
	if u.Full != "" {
		names = append(names, u.Full)
	}
	return names
}
