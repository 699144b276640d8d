package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAFormTheRegistryCannotReadIsRefusedAtStart: what is missing, where, and what to write.
func TestAFormTheRegistryCannotReadIsRefusedAtStart(t *testing.T) {
	t.Parallel()
	own, err := os.ReadFile("internal/form/testdata/second.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, from, to, where, says string }{
		{"no title", "means: title, ", "", "form.yaml:7:3", "pass 1 needs a field with means: title and type: text"},
		{"no time of discovery", "means: found_at, ", "", "form.yaml:7:3", "pass 1 needs a field with means: found_at and type: time"},
		{"pictures nobody files", "means: evidence, ", "", "form.yaml:36:36", "files need means: evidence"},
		{"a meaning that is none", "means: impact", "means: mood", "form.yaml:22:12", "use one of [title platform link"},
		{"a type it cannot read", "means: scale, label: 热度, type: counts", "means: scale, label: 热度, type: text", "form.yaml:39:49", "type must be counts"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			text := strings.Replace(string(own), c.from, c.to, 1)
			if text == string(own) {
				t.Fatalf("%q is not in the form", c.from)
			}
			write := func(name, text string) string {
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				return path
			}
			write("form.yaml", text)
			config := write("config.yaml", "org: "+orgFile(t)+"\nform: form.yaml\ndata_dir: data\n")
			code, _, errs := cli(t, "serve", "--config", config)
			if code != exitUsage || !strings.Contains(errs, c.where) || !strings.Contains(errs, c.says) || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
				t.Errorf("exit %d, says %q, want %s … %s", code, errs, c.where, c.says)
			}
		})
	}
}
