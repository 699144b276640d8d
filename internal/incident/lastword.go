package incident

import (
	"slices"
	"strings"
	"time"
)

// LastWord is the newest thing a person said for the registry.
type LastWord struct {
	Person string
	At     time.Time
	Text   string
}

// LastWords are everybody's, the newest first: follow-ups, additions, and what was said on doing a task.
func (i *Incident) LastWords() []LastWord {
	last := map[string]LastWord{}
	say := func(person string, at time.Time, text string) {
		if person != "" && text != "" && !at.Before(last[person].At) {
			last[person] = LastWord{Person: person, At: at, Text: text}
		}
	}
	for _, n := range i.Notes {
		say(n.By, n.At, n.Text)
	}
	for _, f := range i.FollowUps {
		say(f.By, f.At, f.Text)
	}
	for _, t := range i.Tasks {
		say(t.DoneBy, t.DoneAt, t.Title+done(t.Word))
	}
	var out []LastWord
	for _, w := range last {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b LastWord) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		return strings.Compare(a.Person, b.Person)
	})
	return out
}

func done(word string) string {
	if word == "" {
		return "，已办"
	}
	return "，" + word
}
