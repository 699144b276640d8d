package signal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fenghuo/internal/zh"
)

// Bounds of what is taken.
const (
	MaxBody     = 64 << 10 // bytes of one signal
	longestText = 4000     // characters
	longestName = 200
	mostReach   = 1e12
	mostCarried = 50
)

var (
	hotLists = []string{"", "national", "local"}
	carriers = []string{"central", "national_regulator", "provincial", "city", "account"}
)

// Parse reads one signal as JSON. Unknown keys are errors, so that a misspelt one is not lost in silence;
// every error says what to write.
func Parse(data []byte) (Signal, error) {
	var s Signal
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return Signal{}, explain(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return Signal{}, errors.New("send one JSON object and nothing after it")
	}
	return s, s.check()
}

// explain leaves out what encoding/json says of Go.
func explain(err error) error {
	var kind *json.UnmarshalTypeError
	var when *time.ParseError
	switch {
	case errors.As(err, &when):
		return errors.New("write times as 2026-03-10T11:30:00+08:00")
	case errors.As(err, &kind):
		return fmt.Errorf("%s: a %s does not belong here", kind.Field, kind.Value)
	}
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fmt.Errorf("%s is no key of a signal", name)
	}
	return errors.New("the body is not a JSON object")
}

// check makes text plain and holds every field to its bounds.
func (s *Signal) check() error {
	for _, p := range []*string{&s.ID, &s.Source, &s.Platform, &s.URL, &s.Author, &s.Unit, &s.Place} {
		*p = strings.TrimSpace(strings.ReplaceAll(*p, "\x00", ""))
	}
	s.Text = zh.Clean(strings.ReplaceAll(s.Text, "\x00", ""))
	if r := []rune(s.Text); len(r) > longestText {
		s.Text = string(r[:longestText])
	}
	switch {
	case s.ID == "":
		return errors.New("id: missing; give each finding one of its own, so that it counts once")
	case s.Source == "":
		return errors.New("source: missing; name the monitoring system")
	case s.Text == "":
		return errors.New("text: missing; write what was found")
	case !slices.Contains(hotLists, s.HotList):
		return fmt.Errorf("hot_list: %q; write national or local", s.HotList)
	case s.HotRank < 0:
		return errors.New("hot_rank: write the place in the list, from 1")
	case len(s.Carriers) > mostCarried:
		return fmt.Errorf("carriers: at most %d", mostCarried)
	}
	for name, v := range map[string]string{"id": s.ID, "source": s.Source, "platform": s.Platform, "author": s.Author, "unit": s.Unit, "place": s.Place} {
		if utf8.RuneCountInString(v) > longestName {
			return fmt.Errorf("%s: at most %d characters", name, longestName)
		}
	}
	for name, n := range map[string]int64{"followers": s.Followers, "reads": s.Reads, "reposts": s.Reposts, "comments": s.Comments, "likes": s.Likes} {
		if n < 0 || n > mostReach {
			return fmt.Errorf("%s: write a figure from 0 to %d", name, int64(mostReach))
		}
	}
	for _, c := range s.Carriers {
		if !slices.Contains(carriers, c) {
			return fmt.Errorf("carriers: %q; use %s", c, strings.Join(carriers, ", "))
		}
	}
	if s.URL != "" && (s.Link() == "" || len(s.URL) > 2000) {
		return errors.New("url: write a web address of at most 2000 characters")
	}
	return nil
}
