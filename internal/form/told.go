package form

import (
	"regexp"
	"slices"
	"strings"

	"fenghuo/internal/zh"
)

const (
	reach = 8 // characters before a word within which it is denied or doubted
	gap   = 6 // characters … stands for
)

// doubts: an effect that is feared, threatened or asked about is not there yet.
var doubts = regexp.MustCompile(`差点|险些|担心|害怕|怕|万一|如果|要是|可能|疑似|扬言|威胁|准备|打算|想要?|要求|要来|要去|将要|将会|即将|明天|后天|避免|防止|小心|是否|会不会`)

// cue is a word that tells of an option, folded; with a tail that follows within the gap, if it has one.
type cue struct{ head, tail string }

func (c cue) within(other cue) bool { return c != other && strings.Contains(other.head, c.head) }

// learn folds the words once, not for every sentence.
func (o *Option) learn() {
	o.cues = nil
	for _, w := range append([]string{o.Name}, o.Tells...) {
		head, tail, _ := strings.Cut(w, "…")
		o.cues = append(o.cues, cue{zh.Fold(head), zh.Fold(tail)})
	}
}

// told finds the options a sentence tells of: by a name of least characters or more, or by words that tell
// of them. Of 属实 within 部分属实 only the longer counts, and what excludes all others yields to them.
func (f *Field) told(text string, least int) []string {
	text = zh.Fold(text)
	var names []string
	var by []cue
	for _, o := range f.Options {
		cues := o.cues
		if zh.Len(o.Name) < least {
			cues = cues[1:]
		}
		if n := slices.IndexFunc(cues, func(c cue) bool { return f.tells(text, c) }); n >= 0 {
			names, by = append(names, o.Name), append(by, cues[n])
		}
	}
	var told []string
	for n, name := range names {
		if (name != f.None || len(names) == 1) && !slices.ContainsFunc(by, by[n].within) {
			told = append(told, name)
		}
	}
	return told
}

// tells reports a word that is neither denied nor, of an effect, doubted.
func (f *Field) tells(text string, c cue) bool {
	for at := range zh.Says(text, c.head, reach) {
		if f.Means == MeansImpact && doubts.MatchString(zh.Before(text, at, reach)) {
			continue
		}
		if c.tail == "" || follows(text[at+len(c.head):], c.tail) {
			return true
		}
	}
	return false
}

// follows reports a word that comes within the gap, in the same clause.
func follows(text, word string) bool {
	between, _, ok := strings.Cut(text, word)
	return ok && zh.Len(between) <= gap && zh.Before(text, len(between), gap+1) == between
}
