package form

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/internal/zh"
)

var foundWord = regexp.MustCompile(`看到|发现|刷到|看见|收到|接到|刚刚|刚才`)

// opening fills every question the first sentence answers, and says what it understood.
func (s *Session) opening(in Input) (notes []Note, stored []*Field) {
	text := strings.TrimSpace(in.Text)
	if text == "" {
		return nil, nil
	}
	took := func(f *Field, v Value) {
		v.Said, v.Raw = in.At, text
		s.state.set(f, v)
		notes = append(notes, Note{Kind: Understood, Field: f, Text: v.Text})
		stored = append(stored, f)
	}
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if v, ok := s.guess(f, in, text); ok {
			took(f, v)
		}
	}
	return append(notes, s.openingPlatform(in)...), stored
}

func (s *Session) openingPlatform(in Input) []Note {
	f, ok := s.form.Meaning(MeansLink)
	if !ok || len(s.state.values[f.Key].Links) == 0 {
		return nil
	}
	return s.platformOfLink(f, in)
}

// guess is the answer a sentence gives to f beyond doubt.
func (s *Session) guess(f *Field, in Input, text string) (Value, bool) {
	switch f.Means {
	case MeansTitle:
		return s.sure(f, Input{At: in.At, Text: text})
	case MeansPlatform:
		names := slices.DeleteFunc(zh.FindPlatforms(text), func(name string) bool { return name == "其他" })
		if len(names) > 0 {
			return s.sure(f, Input{At: in.At, Text: joined(names)})
		}
	case MeansLink:
		if len(zh.FindLinks(text)) > 0 {
			return s.sure(f, in)
		}
	case MeansFound:
		return s.guessFound(f, in, text)
	case MeansUnit:
		if words := zh.WithoutLinks(text); len(s.env.Units(words)) == 1 {
			return s.sure(f, Input{At: in.At, Text: words})
		}
	case MeansNature, MeansImpact:
		return s.guessNamed(f, in, text)
	case MeansScale:
		if counts, err := zh.FindCounts(text); err == nil && len(counts) > 0 {
			return s.sure(f, in)
		}
	}
	return Value{}, false
}

func (s *Session) sure(f *Field, in Input) (Value, bool) {
	v, ask, refused := s.read(f, in)
	return v, ask == nil && refused == nil && !v.Unknown
}

// guessFound: a time said together with 看到 or 发现 is when it was found; 刚刚 is now.
func (s *Session) guessFound(f *Field, in Input, text string) (Value, bool) {
	if !foundWord.MatchString(text) {
		return Value{}, false
	}
	all := zh.FindTimes(text, in.At.In(s.env.Zone))
	if len(all) == 0 && (strings.Contains(text, "刚刚") || strings.Contains(text, "刚才")) {
		return s.sure(f, Input{At: in.At, Text: "刚刚"})
	}
	if len(all) != 1 {
		return Value{}, false
	}
	v, ask, refused := s.readWhen(f, all[0], in)
	return v, ask == nil && refused == nil
}

// guessNamed: an option only when the sentence has its very name.
func (s *Session) guessNamed(f *Field, in Input, text string) (Value, bool) {
	for _, o := range f.Options {
		if zh.Len(o.Name) >= 3 && strings.Contains(text, o.Name) {
			return s.sure(f, Input{At: in.At, Text: o.Name})
		}
	}
	return Value{}, false
}
