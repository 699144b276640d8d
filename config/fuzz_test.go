package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/calendar"
)

// seeds are the files of a folder.
func seeds(f *testing.F, pattern string) {
	f.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		f.Fatalf("no files %s: %v", pattern, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
}

// FuzzOrg: an organisation is taken, and then knows its officers and who is on duty, or refused with a place.
func FuzzOrg(f *testing.F) {
	seeds(f, "../testdata/org/*.yaml")
	f.Add("name: 江澜\nzone: Asia/Shanghai\nbot: 舆报助手\npeople: [{id: a, name: 甲}]\n")
	at := time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)
	cal, err := calendar.New(time.UTC)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		org, err := ParseOrg([]byte(text), "org.yaml")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "org.yaml") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		for _, p := range org.People {
			if p.ID == "" || p.Name == "" {
				t.Errorf("a person without id or name was taken: %+v", p)
			}
		}
		_ = org.OnDuty(at, cal)
	})
}

// FuzzPolicy: a policy is taken, with all its times in bounds, or refused with a place.
func FuzzPolicy(f *testing.F) {
	seeds(f, "shipped/policies/*.yaml")
	f.Add("name: ours\nbase: default-v1\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParsePolicy([]byte(text), "policy.yaml")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "policy.yaml") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		if p.Name == "" {
			t.Error("a policy without a name was taken")
		}
	})
}
