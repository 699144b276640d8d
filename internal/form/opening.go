package form

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/internal/zh"
)

// opening fills every question the first sentence answers, and says what it understood.
func (s *Session) opening(in Input) (notes []Note, stored []*Field) {
	text := strings.TrimSpace(in.Text)
	if text == "" {
		return nil, nil
	}
	for n := range s.form.Fields {
		f := &s.form.Fields[n]
		if v, ok := s.guess(f, in, text); ok {
			v.Said, v.Raw = in.At, text
			s.state.set(f, v)
			notes = append(notes, Note{Kind: Understood, Field: f, Text: v.Text})
			stored = append(stored, f)
		} else if why := s.tooLong(f, text); why != nil {
			notes = append(notes, *why)
		}
	}
	return append(notes, s.openingPlatform(in)...), stored
}

// tooLong: a sentence that would do for a title but for its length is not passed over in silence.
func (s *Session) tooLong(f *Field, text string) *Note {
	if f.Means != MeansTitle {
		return nil
	}
	if _, _, refused := s.readText(f, text); refused != nil && refused.Why == TooLong {
		return refused
	}
	return nil
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
	words := Input{At: in.At, Text: zh.WithoutLinks(text)}
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
		return s.guessFound(f, words)
	case MeansOccurred:
		return s.guessOccurred(f, words)
	case MeansUnit:
		if words.Text = zh.Affirmed(words.Text); s.oneUnit(words.Text) {
			return s.sure(f, words)
		}
	case MeansNature, MeansImpact:
		if names := f.named(words.Text); len(names) > 0 {
			return s.sure(f, Input{At: in.At, Text: joined(names)})
		}
	case MeansScale:
		if counts, err := zh.FindCounts(text); err == nil && len(counts) > 0 {
			return s.sure(f, in)
		}
	case MeansAccount:
		if account := accountIn(words.Text); account != "" {
			return s.sure(f, Input{At: in.At, Text: account})
		}
	case MeansConfidential:
		if secret.MatchString(words.Text) {
			return s.sure(f, Input{At: in.At, Text: "是"})
		}
	}
	return Value{}, false
}

func (s *Session) sure(f *Field, in Input) (Value, bool) {
	v, ask, refused := s.read(f, in)
	return v, ask == nil && refused == nil && !v.Unknown
}

// oneUnit reports a sentence that names one unit and no other.
func (s *Session) oneUnit(text string) bool {
	hits := s.env.Units(text)
	if len(hits) != 1 {
		return false
	}
	rest := strings.ReplaceAll(text, hits[0].Name, "，")
	return !slices.ContainsFunc(s.env.Units(rest), func(u UnitRef) bool { return u.ID != hits[0].ID })
}

// kind is what introduces one of the options: 属于产品质量, 类别：投诉.
var kind = regexp.MustCompile(`^(?:这|应该|应)?(?:属于|类别|类型|算是|算|影响|现状)[是为：:]?`)

// named are the options a sentence tells of, or has as a part between two marks by any of their names.
func (f *Field) named(text string) []string {
	names := f.told(text, 3)
	for _, part := range clauses(text) {
		part = zh.Fold(kind.ReplaceAllString(strings.TrimSpace(part), ""))
		for _, o := range f.Options {
			called := part != "" && o.Name != "其他" && o.Name != f.None && slices.ContainsFunc(append([]string{o.Name}, o.Aliases...), func(a string) bool { return zh.Fold(a) == part })
			if called && !slices.Contains(names, o.Name) {
				names = append(slices.DeleteFunc(names, func(n string) bool { return n == f.None }), o.Name)
			}
		}
	}
	return names
}

var (
	secret  = regexp.MustCompile(`(?:^|[\s，,。；;：:])(?:请|需要|需|务必|注意)*(?:保密|限制知悉|不要外传|别外传)(?:$|[\s，,。；;！!])`)
	account = regexp.MustCompile(`(?:账号|帐号|博主|大[vV]|up主)(?:叫|是|为|名|[:：])*[“"「『《【]([^”"」』》】]{1,30})[”"」』》】]|(?:账号|帐号)(?:叫做?|名[是为]?|[:：])\s*([^\s，,。；;（(的]{2,20})`)
)

// accountIn is who published it first, as the question wants it: the name, how many follow it, or both.
func accountIn(text string) string {
	var said []string
	if m := account.FindStringSubmatch(text); m != nil {
		said = append(said, m[1]+m[2])
	}
	if n, ok := zh.FindFans(text); ok && n > 0 {
		said = append(said, "粉丝"+zh.FormatCount(n))
	}
	return strings.Join(said, "，")
}

// clauses are the parts of a sentence between its pauses.
func clauses(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,；;。！!？?\n", r) })
}
