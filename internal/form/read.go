package form

import (
	"regexp"
	"strings"
	"unicode"

	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// read understands text as the answer to f. Exactly one of the three comes back: the value, what to ask
// back, or why not.
func (s *Session) read(f *Field, in Input) (Value, *which, *Note) {
	switch f.Type {
	case Platform:
		return s.readPlatform(f, in.Text)
	case Choice, Multi:
		return s.readChoice(f, in.Text)
	case Link:
		return s.readLink(f, in.Text)
	case Time:
		return s.readTime(f, in)
	case Times:
		return s.readTimes(f, in)
	case Unit:
		return s.readUnit(f, in.Text)
	case Counts:
		return s.readCounts(f, in.Text)
	case Files:
		return s.readNoFiles(f, in.Text)
	case YesNo:
		return s.readYesNo(f, in.Text)
	case Level:
		return s.readLevel(f, in.Text)
	}
	return s.readText(f, in.Text)
}

func refuse(f *Field, why Why, count int) Note {
	return Note{Kind: Refused, Field: f, Why: why, Count: count, Example: f.Example}
}

func refused(f *Field, why Why, count int) (Value, *which, *Note) {
	n := refuse(f, why, count)
	return Value{}, nil, &n
}

func understood(v Value) (Value, *which, *Note) { return v, nil, nil }

var mention = regexp.MustCompile(`@\S{1,20}`)

func (s *Session) readText(f *Field, text string) (Value, *which, *Note) {
	clean := strings.TrimSpace(zh.Clean(mention.ReplaceAllString(text, "")))
	bare := clean
	if f.Means == MeansTitle {
		bare = strings.TrimSpace(zh.WithoutLinks(clean))
		if bare == "" && clean != "" {
			return refused(f, OnlyLink, 0)
		}
		clean = strings.Join(strings.Fields(bare), " ")
	}
	length := zh.Len(clean)
	switch {
	case !strings.ContainsFunc(bare, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return refused(f, NoWords, 0)
	case length < f.Min && !(f.Pass == 2 && !f.Required && zh.No(clean)):
		return refused(f, TooShort, f.Min)
	case length > f.Max:
		return refused(f, TooLong, f.Max)
	}
	v := Value{Text: clean, Raw: text}
	if n, ok := zh.FindFans(clean); ok && f.Means == MeansAccount {
		v.Counts = map[string]int64{"fans": n}
	}
	return understood(v)
}

// A refusal is 没有 alone or before its reason; 没拍到 and 无法复制 are reasons themselves.
var (
	noThing   = regexp.MustCompile(`^(?:没有|木有|没|无)(?:链接|网址|截图|照片|图片|图)*(?:了|的)?(?:[\s，,。.:：;；＋+、（(]+([\s\S]*))?$`)
	noBecause = regexp.MustCompile(`^(?:没|木有|无法|无图|无链接)`)
)

// refusal reads 没有 with its reason.
func refusal(text string) (reason string, ok bool) {
	text = strings.TrimSpace(zh.Clean(text))
	if m := noThing.FindStringSubmatch(text); m != nil {
		reason = trim(strings.TrimRight(strings.TrimSpace(m[1]), "）)。"), 100)
		if reason == "原因" || !hasLetter(reason) { // as the question has it
			reason = ""
		}
		return reason, true
	}
	return trim(text, 100), noBecause.MatchString(text)
}

func (s *Session) readLink(f *Field, text string) (Value, *which, *Note) {
	if links := zh.FindLinks(text); len(links) > 0 {
		links = links[:min(len(links), f.Max)]
		return understood(Value{Text: strings.Join(links, " "), Links: links, Raw: text})
	}
	reason, ok := refusal(text)
	if !ok {
		return refused(f, NoLink, 0)
	}
	if reason == "" && !s.offline() && len(s.sent()) == 0 {
		return refused(f, NeedReason, 0)
	}
	shown := "没有"
	if reason != "" {
		shown += "（" + reason + "）"
	}
	return understood(Value{Text: shown, Unknown: true, Reason: reason, Raw: text})
}

// offline reports that where it was seen has no links.
func (s *Session) offline() bool {
	p, ok := s.form.Meaning(MeansPlatform)
	if !ok {
		return false
	}
	names := s.state.values[p.Key].Choices
	for _, n := range names {
		if o, known := p.option(n); !known || !o.Offline {
			return false
		}
	}
	return len(names) > 0
}

func (s *Session) readUnit(f *Field, text string) (Value, *which, *Note) {
	if zh.Unknown(text) {
		return understood(Value{Text: "不清楚", Unknown: true, Raw: text})
	}
	clean := strings.TrimSpace(zh.Clean(mention.ReplaceAllString(text, "")))
	if !hasLetter(clean) || len(zh.FindLinks(clean)) > 0 || zh.Yes(clean) || zh.No(clean) {
		return refused(f, NoWords, 0)
	}
	hits := s.env.Units(clean)
	switch {
	case len(hits) > 1:
		return Value{}, &which{field: f, units: hits[:min(len(hits), 9)]}, nil
	case len(hits) == 1:
		return understood(Value{Text: hits[0].Name, Unit: hits[0].ID, Raw: text})
	case zh.Len(clean) < f.Min:
		return refused(f, TooShort, f.Min)
	case zh.Len(clean) > f.Max:
		return refused(f, TooLong, f.Max)
	}
	return understood(Value{Text: clean, Raw: text})
}

func (s *Session) readCounts(f *Field, text string) (Value, *which, *Note) {
	counts, err := zh.FindCounts(text)
	switch {
	case err != nil:
		return refused(f, BadCount, 0)
	case len(counts) > 0:
		return understood(Value{Text: showCounts(counts), Counts: counts, Raw: text})
	case zh.Unknown(text) || zh.No(text) || strings.TrimRight(zh.Fold(text), "。") == "没有":
		return understood(Value{Text: "不清楚", Unknown: true, Raw: text})
	}
	return refused(f, NoCounts, 0)
}

var countLabels = [][2]string{{"reads", "阅读"}, {"reposts", "转"}, {"comments", "评"}, {"likes", "赞"}}

func showCounts(counts map[string]int64) string {
	var parts []string
	for _, l := range countLabels {
		if n, ok := counts[l[0]]; ok {
			parts = append(parts, l[1]+zh.FormatCount(n))
		}
	}
	return strings.Join(parts, " ")
}

func (s *Session) readNoFiles(f *Field, text string) (Value, *which, *Note) {
	reason, ok := refusal(text)
	switch {
	case !ok:
		return refused(f, NoFiles, 0)
	case reason == "":
		return refused(f, NeedReason, 0)
	}
	return understood(Value{Text: "没有（" + reason + "）", Unknown: true, Reason: reason, Raw: text})
}

func (s *Session) readYesNo(f *Field, text string) (Value, *which, *Note) {
	switch {
	case zh.Yes(text):
		return understood(Value{Text: "是", Raw: text})
	case zh.No(text):
		return understood(Value{Text: "否", Raw: text})
	}
	return refused(f, NoYesNo, 0)
}

func (s *Session) readLevel(f *Field, text string) (Value, *which, *Note) {
	level, err := incident.ParseLevel(strings.ToUpper(strings.TrimRight(zh.Fold(text), "级色。")))
	if err != nil {
		level, err = incident.ParseLevel(zh.Fold(text))
	}
	switch {
	case zh.Yes(text):
		level, _ = s.env.Suggest(s.Said())
	case err != nil:
		return refused(f, NoLevel, 0)
	}
	return understood(Value{Text: level.Badge(), Level: level, Raw: text})
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
