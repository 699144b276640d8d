package incident_test

import (
	"os"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"fenghuo/internal/calendar"
	"fenghuo/internal/incident"
)

var shanghai = time.FixedZone("CST", 8*60*60)

var calendarOnce = sync.OnceValues(func() (*calendar.Calendar, error) { return calendar.New(shanghai) })

// rules are the shipped limits; each caller gets a policy of its own to change.
func rules(t testing.TB) incident.Rules {
	t.Helper()
	text, err := os.ReadFile("../../config/shipped/policies/default-v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var p incident.Policy
	if err := yaml.UnmarshalWithOptions(text, &p, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	cal, err := calendarOnce()
	if err != nil {
		t.Fatal(err)
	}
	return incident.Rules{Policy: &p, Calendar: cal}
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

func wantTime(t testing.TB, what string, got time.Time, want string) {
	t.Helper()
	if show(got) != want {
		t.Errorf("%s is %q, want %q", what, show(got), want)
	}
}

func want[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}
