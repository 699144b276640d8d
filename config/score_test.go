package config_test

import (
	"strings"
	"testing"

	"fenghuo/config"
)

func TestShippedScoresLoad(t *testing.T) {
	for _, name := range config.ScoreNames() {
		s, err := config.LoadScore(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Name != name || s.Source == "" {
			t.Errorf("%s is called %q, from %q", name, s.Name, s.Source)
		}
	}
	if len(config.ScoreNames()) != 5 {
		t.Errorf("shipped: %v", config.ScoreNames())
	}
}

func TestMalformedScores(t *testing.T) {
	head := "name: ours\nreport: {I: 5, II: 4, III: 2, IV: 1}\n"
	tail := "year: {grades: [{from: 0, name: 合格}]}\n"
	for _, tc := range []struct{ name, text, says string }{
		{"no name", "report: {I: 5}\n" + tail, "name: missing"},
		{"no report", "name: ours\n" + tail, "report: missing"},
		{"unknown key", head + tail + "repor: {I: 5}\n", `s.yaml:4:1: unknown key "repor"`},
		{"unknown fault", head + "faults: {晚报: {points: -1}}\n" + tail, "faults.晚报: is none; write one of 迟报"},
		{"a reward for a fault", head + "faults: {迟报: {points: 1}}\n" + tail, "is a deduction"},
		{"three decimals", "name: ours\nreport: {I: 0.125}\n" + tail, "points"},
		{"grades upside down", head + "year: {grades: [{from: 0, name: 差}, {from: 90, name: 优}]}\n", "year.grades[1]: write the best grade first"},
		{"no grades", head, "year.grades: missing"},
		{"percentage", head + "late: 150\n" + tail, "late: a percentage"},
	} {
		if _, err := config.ParseScore([]byte(tc.text), "s.yaml"); err == nil || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.says)
		}
	}
}
