package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// cli runs the program as a person would.
func cli(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs, time.Now)
	return code, out.String(), errs.String()
}

func scenarios(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/scenarios/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	return files
}

func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, file := range scenarios(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			r, err := playScenario(t.Context(), file, time.Now, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			for _, u := range r.unmet {
				t.Error(u)
			}
		})
	}
}

var (
	instant  = regexp.MustCompile(`"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]*"`)
	ourZone  = regexp.MustCompile(`\+08:00"$`)
	delivery = map[string]bool{"queued": true, "sent": true, "failed": true, "dropped": true, "unconfirmed": true}
)

func TestReplayPrintsTheDocumentedJSON(t *testing.T) {
	t.Parallel()
	for _, file := range scenarios(t) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			t.Parallel()
			code, out, errs := cli(t, "replay", "--json", file)
			if code != exitOK {
				t.Fatalf("exit %d: %s", code, errs)
			}
			dec := json.NewDecoder(strings.NewReader(out))
			dec.DisallowUnknownFields()
			var got shape
			if err := dec.Decode(&got); err != nil {
				t.Fatal(err)
			}
			if dec.More() {
				t.Error("there is more than one JSON object on standard output")
			}
			for _, s := range instant.FindAllString(out, -1) {
				if !ourZone.MatchString(s) {
					t.Errorf("time %s is not in the organisation's zone", s)
				}
			}
			for _, m := range got.Messages {
				if !delivery[m.Delivery] {
					t.Errorf("message %d: delivery %q is not documented", m.N, m.Delivery)
				}
			}
			if len(got.Incidents) == 0 || got.Audit.Chain != "ok" || got.Audit.Entries == 0 {
				t.Errorf("incidents %d, audit %+v", len(got.Incidents), got.Audit)
			}
		})
	}
}
