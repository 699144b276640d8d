package incident_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/goccy/go-yaml"

	"fenghuo/internal/calendar"
	"fenghuo/internal/incident"
)

var shanghai = time.FixedZone("CST", 8*60*60)

var calendarOnce = sync.OnceValues(func() (*calendar.Calendar, error) { return calendar.New(shanghai) })

var policyOnce = sync.OnceValues(func() (*incident.Policy, error) {
	text, err := os.ReadFile("../../config/shipped/policies/default-v1.yaml")
	if err != nil {
		return nil, err
	}
	var p incident.Policy
	return &p, yaml.UnmarshalWithOptions(text, &p, yaml.Strict())
})

// rules are the shipped limits; each caller gets a policy of its own to change.
func rules(t fataler) incident.Rules {
	t.Helper()
	shipped, err := policyOnce()
	if err != nil {
		t.Fatal(err)
	}
	p := *shipped
	p.Levels, p.Suggestions = maps.Clone(p.Levels), slices.Clone(p.Suggestions)
	cal, err := calendarOnce()
	if err != nil {
		t.Fatal(err)
	}
	return incident.Rules{Policy: &p, Calendar: cal}
}

// fataler is a test, a benchmark or a property.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

// at reads 03-10 09:05 of 2026, or a moment with its year; "" is the zero time.
func at(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	layout := "2006-01-02 15:04:05"
	if len(s) < len("2006-01-02 15:04") {
		s = "2026-" + s
	}
	t, err := time.ParseInLocation(layout[:len(s)], s, shanghai)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// show is a moment as the tables write it.
func show(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(shanghai)
	layout := "01-02 15:04"
	if t.Year() != 2026 {
		layout = "2006-01-02 15:04"
	}
	if t.Second() != 0 {
		layout += ":05"
	}
	return t.Format(layout)
}

func wantTime(t fataler, what string, got time.Time, want string) {
	t.Helper()
	if show(got) != want {
		t.Errorf("%s is %q, want %q", what, show(got), want)
	}
}

func want[T comparable](t fataler, what string, got, want T) {
	t.Helper()
	if got == want {
		return
	}
	g, w := fmt.Sprint(got), fmt.Sprint(want)
	if from := differ(g, w) - 60; from > 0 { // long: around the first difference
		g, w = g[from:min(from+200, len(g))], w[from:min(from+200, len(w))]
	}
	t.Errorf("%s is %s, want %s", what, g, w)
}

// differ is where two texts begin to differ.
func differ(a, b string) int {
	for n := range min(len(a), len(b)) {
		if a[n] != b[n] {
			return n
		}
	}
	return min(len(a), len(b))
}
