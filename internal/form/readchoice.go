package form

import (
	"slices"
	"strings"
	"unicode"

	"fenghuo/internal/zh"
)

func (s *Session) readPlatform(f *Field, text string) (Value, *which, *Note) {
	names, ok := f.choices(text)
	if !ok {
		for _, name := range zh.FindPlatforms(text) {
			if _, offered := f.option(name); offered {
				names = append(names, name)
			}
		}
	}
	clean := zh.Clean(text)
	if len(names) == 0 && f.Free && zh.Len(clean) >= 2 && zh.Len(clean) <= 20 && len(zh.FindLinks(clean)) == 0 && ownWords(clean) {
		names = []string{clean}
	}
	if len(names) == 0 {
		return refused(f, NoChoice, len(f.Options))
	}
	return understood(Value{Text: joined(names), Choices: names, Raw: text})
}

func (s *Session) readChoice(f *Field, text string) (Value, *which, *Note) {
	names, ok := f.choices(text)
	if !ok || (f.Type == Choice && len(names) != 1) {
		return refused(f, NoChoice, len(f.Options))
	}
	if f.None != "" && len(names) > 1 {
		names = slices.DeleteFunc(names, func(n string) bool { return n == f.None })
	}
	shown := slices.Clone(names)
	if _, rest, ok := strings.Cut(strings.NewReplacer("：", ":", "，", ":", ",", ":").Replace(text), ":"); ok && slices.Contains(names, "其他") {
		if rest = trim(zh.Clean(rest), 40); hasLetter(rest) {
			shown[slices.Index(shown, "其他")] = "其他（" + rest + "）"
		}
	}
	return understood(Value{Text: joined(shown), Choices: names, Raw: text})
}

// choices reads numbers, names and what the options are also called.
func (f *Field) choices(text string) ([]string, bool) {
	if picks, ok := zh.ParseChoices(text, len(f.Options)); ok {
		var names []string
		for _, p := range picks {
			names = append(names, f.Options[p-1].Name)
		}
		return names, true
	}
	var names []string
	for _, part := range strings.FieldsFunc(zh.Fold(text), func(r rune) bool { return strings.ContainsRune(" ,，、;；/+和:。.", r) }) {
		for _, o := range f.Options {
			if part == zh.Fold(o.Name) || slices.ContainsFunc(o.Aliases, func(a string) bool { return part == zh.Fold(a) }) {
				if !slices.Contains(names, o.Name) {
					names = append(names, o.Name)
				}
			}
		}
	}
	if len(names) == 0 {
		names = f.told(text, 1)
	}
	return names, len(names) > 0
}

// ownWords: a number that is no option's, or the number of a question, is not a name.
func ownWords(text string) bool {
	return strings.ContainsFunc(text, unicode.IsLetter) && parts(text) == nil
}
