package main

import (
	"path/filepath"
	"testing"
)

// TestScenariosOnFeishuEndAsExpected plays scenarios end to end against the platform, with events over HTTP
// and over the long connection. What the golden files of TestScenariosInFeishu do not show: the registry is
// what the scenario says, and everybody expected what they were told.
func TestScenariosOnFeishuEndAsExpected(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"02-corrections", "05-silent-officer"} {
		for _, mode := range larkModes {
			t.Run(name+"/"+mode, func(t *testing.T) {
				t.Parallel()
				playOnLark(t, filepath.Join("testdata", "scenarios", name+".yaml"), mode)
			})
		}
	}
}
