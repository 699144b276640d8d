package form

import (
	"fmt"
	"slices"
)

// Means says what the answer to a question is to the registry, the suggestion of a level and the clocks.
// Keys are the enterprise's own; these are not.
type Means string

// The meanings. A form has at most one field of each.
const (
	MeansTitle        Means = "title"
	MeansPlatform     Means = "platform"
	MeansLink         Means = "link"
	MeansFound        Means = "found_at"
	MeansUnit         Means = "unit"
	MeansNature       Means = "nature"
	MeansImpact       Means = "impact"
	MeansSummary      Means = "summary"
	MeansOccurred     Means = "occurred_at"
	MeansScale        Means = "scale"
	MeansAccount      Means = "account"
	MeansEvidence     Means = "evidence"
	MeansMedia        Means = "media"
	MeansActions      Means = "actions"
	MeansSupport      Means = "support"
	MeansLevel        Means = "level"
	MeansTruth        Means = "truth"
	MeansConfidential Means = "confidential"
)

// meaning is one of them with the types the registry can read there, the usual one first.
type meaning struct {
	means Means
	types []Type
}

var meanings = []meaning{
	{MeansTitle, []Type{Text}}, {MeansPlatform, []Type{Platform}}, {MeansLink, []Type{Link}}, {MeansFound, []Type{Time}},
	{MeansUnit, []Type{Unit, Choice, Text}}, {MeansNature, []Type{Choice}}, {MeansImpact, []Type{Multi, Choice}},
	{MeansSummary, []Type{Text}}, {MeansOccurred, []Type{Times, Time}}, {MeansScale, []Type{Counts}}, {MeansAccount, []Type{Text}},
	{MeansEvidence, []Type{Files}}, {MeansMedia, []Type{Text}}, {MeansActions, []Type{Text}}, {MeansSupport, []Type{Text}},
	{MeansLevel, []Type{Level}}, {MeansTruth, []Type{Choice}}, {MeansConfidential, []Type{YesNo}},
}

// starting are the meanings pass 1 must have: the first report is what happened and since when it is known.
var starting = []struct {
	meaning
	why string
}{
	{meaning{MeansTitle, []Type{Text}}, "without it there is nothing to report"},
	{meaning{MeansFound, []Type{Time}}, "without it no clock can start"},
}

func (m Means) known() bool {
	return slices.ContainsFunc(meanings, func(k meaning) bool { return k.means == m })
}

// checkMeans finds a meaning that is none, one the registry could not read, and a key that would be taken
// for another field's meaning.
func (f *Field) checkMeans() (key, why string) {
	if f.Means == "" {
		if Means(f.Key).known() {
			return "key", fmt.Sprintf("add means: %s so that the registry knows it, or take another key", f.Key)
		}
		if f.Type == Files {
			return "type", fmt.Sprintf("files need means: %s, since pictures are taken whatever is asked", MeansEvidence)
		}
		return "", ""
	}
	names := make([]string, 0, len(meanings))
	for _, m := range meanings {
		if m.means == f.Means {
			if !slices.Contains(m.types, f.Type) {
				return "type", fmt.Sprintf("means %s, so type must be %s: the registry reads it", f.Means, m.types[0])
			}
			if Means(f.Key) != f.Means && Means(f.Key).known() {
				return "key", fmt.Sprintf("key %s is the registry's word for something else than %s; take another key", f.Key, f.Means)
			}
			return "", ""
		}
		names = append(names, string(m.means))
	}
	return "means", fmt.Sprintf("means %q is unknown; use one of %v, or none for a question of your own", f.Means, names)
}

// Meaning finds the field that means m.
func (f *Form) Meaning(m Means) (*Field, bool) {
	n := slices.IndexFunc(f.Fields, func(have Field) bool { return have.Means == m })
	if n < 0 {
		return nil, false
	}
	return &f.Fields[n], true
}

// RegistryKey is what the registry files an answer under: its meaning, else the enterprise's own key.
func (f *Field) RegistryKey() string {
	if f.Means != "" {
		return string(f.Means)
	}
	return f.Key
}

// Said are the answers that mean something to the registry. What was chosen comes with what the policy
// calls it.
type Said map[Means]Value

// Said are the answers so far, by what they mean.
func (s *Session) Said() Said {
	said := Said{}
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		v, ok := s.state.values[f.Key]
		if !ok || f.Means == "" {
			continue
		}
		v.Meant = f.meant(v.Choices)
		said[f.Means] = v
	}
	if v, ok := s.state.values[unasked]; ok {
		said[MeansEvidence] = v
	}
	return said
}

func (f *Field) meant(choices []string) []string {
	var out []string
	for _, name := range choices {
		if o, ok := f.option(name); ok && o.Means != "" {
			name = o.Means
		}
		out = append(out, name)
	}
	return out
}

// unasked is where pictures are kept when the form does not ask for them. No key of a field can be it.
const unasked = ""

// value is the answer that means m, if there is one.
func (s *Session) value(m Means) (Value, bool) {
	f, ok := s.form.Meaning(m)
	if !ok {
		if m == MeansEvidence {
			v, have := s.state.values[unasked]
			return v, have
		}
		return Value{}, false
	}
	v, have := s.state.values[f.Key]
	return v, have
}

// sent are the pictures and files so far.
func (s *Session) sent() []File {
	v, _ := s.value(MeansEvidence)
	return v.Files
}
