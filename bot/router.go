package bot

import (
	"regexp"
	"strings"
	"unicode"
)

// Command is something people may say. Do is whatever carries it out.
type Command[H any] struct {
	Name  string   // the word shown in help
	Words []string // all words that mean it, Name included
	Glued bool     // what follows may follow without a space: 延期到10点
	Do    H
}

// Match is a command found in what somebody said.
type Match[H any] struct {
	Command Command[H]
	Number  string // the incident named: YQ-20260310-001 or 001, a signal: S-1, or a question of the press that belongs to no incident: M-20260310-001; empty if none
	Rest    string // what came with it
}

// Router finds the command in what people type. Matching goes by folded text: full-width and
// traditional characters, spaces and capitals make no difference.
type Router[H any] struct {
	commands []Command[H]
	fold     func(string) string
}

// NewRouter knows commands; fold brings two spellings of a word to the same one.
func NewRouter[H any](fold func(string) string, commands ...Command[H]) *Router[H] {
	return &Router[H]{commands: commands, fold: fold}
}

var (
	leadingNumber = regexp.MustCompile(`^#?\s*((?i:Y[QL]|M)-\d{8}-\d{3,}|(?i:S)-\d+|\d{3})[\s,，。:：]+`)
	anyNumber     = regexp.MustCompile(`#?((?i:Y[QL]|M)-\d{8}-\d{3,})|(?:^|[\s#])(\d{3}|(?i:S)-\d+)(?:$|[\s,，。])`)
)

// Find returns the command text begins with; the longest word wins. An incident may be named before or
// after it.
func (r *Router[H]) Find(text string) (Match[H], bool) {
	text = strings.TrimSpace(text)
	var m Match[H]
	if loc := leadingNumber.FindStringSubmatch(text); loc != nil {
		m.Number, text = strings.ToUpper(loc[1]), strings.TrimSpace(text[len(loc[0]):])
	}
	longest := 0
	for _, c := range r.commands {
		for _, w := range c.Words {
			if rest, ok := r.cut(text, w, c.Glued); ok && len(w) > longest {
				longest, m.Command, m.Rest = len(w), c, rest
			}
		}
	}
	if longest == 0 {
		return Match[H]{}, false
	}
	if m.Number == "" {
		m.Number, m.Rest = CutNumber(m.Rest)
	}
	return m, true
}

// IsCommand reports words that begin with a command.
func (r *Router[H]) IsCommand(text string) bool {
	_, ok := r.Find(text)
	return ok
}

// CutNumber takes the incident named at either end of text out of it.
func CutNumber(text string) (number, rest string) {
	loc := anyNumber.FindStringSubmatchIndex(text)
	if loc == nil {
		return "", text
	}
	from, to := loc[2], loc[3]
	if from < 0 {
		from, to = loc[4], loc[5]
	}
	before := strings.TrimRight(strings.TrimSpace(text[:from]), "#")
	after := strings.TrimLeft(strings.TrimSpace(text[to:]), ",，。:： ")
	if before != "" && after != "" {
		return "", text // in the middle of a sentence it is part of it
	}
	return strings.ToUpper(text[from:to]), strings.TrimSpace(before + after)
}

// cut takes word off the front of text, comparing folded runes. Unless glued, the word must end there.
func (r *Router[H]) cut(text, word string, glued bool) (rest string, ok bool) {
	runes, want := []rune(text), len([]rune(word))
	for n := want; n <= min(len(runes), want+1); n++ {
		if r.fold(string(runes[:n])) != r.fold(word) {
			continue
		}
		if n < len(runes) && !glued && !ends(runes[n]) {
			continue
		}
		return strings.TrimLeftFunc(string(runes[n:]), separates), true
	}
	return "", false
}

func ends(r rune) bool { return separates(r) || r == '了' || r == '吧' || r == '啦' }

func separates(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsPunct(r) || r == '＋' || r == '+' || r == '～' || r == '~'
}

// Nearest is the command whose word looks most like the beginning of text, for "did you mean". ok is
// false when nothing is near.
func (r *Router[H]) Nearest(text string) (Command[H], bool) {
	said := []rune(r.fold(text))
	best, found := 2, false
	var nearest Command[H]
	for _, c := range r.commands {
		for _, w := range c.Words {
			word := []rune(r.fold(w))
			head := said[:min(len(said), len(word))]
			if d := distance(head, word); len(word) > 1 && d < best && d < len(word) {
				best, nearest, found = d, c, true
			}
		}
	}
	return nearest, found
}

// distance counts the runes to insert, delete or replace to make b of a.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
