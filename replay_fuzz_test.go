package main

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"fenghuo/config"
)

// FuzzScenario: a conversation is taken and every step has its moment, in order, or it is refused with a place.
func FuzzScenario(f *testing.F) {
	for _, file := range scenarios(f) {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	org, err := config.LoadOrg("testdata/org/jianglan.yaml")
	if err != nil {
		f.Fatal(err)
	}
	zone, err := time.LoadLocation(org.Zone)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sc, err := parseScenario([]byte(text), "s.yaml")
		var start time.Time
		if err == nil {
			start, _, err = sc.resolve(org, zone)
		}
		if err != nil {
			var wrong *fileError
			if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), "s.yaml") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		for n := range sc.Steps {
			if sc.Steps[n].at.Before(start) {
				t.Errorf("step %d is before the start", n+1)
			}
			start = sc.Steps[n].at
		}
	})
}
