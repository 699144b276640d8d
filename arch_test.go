package main

import (
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// mayImport says what each package may import of ours. Arrows point toward the words, internal and bot,
// and never back. "x/..." is x and all beneath it; the longest row that fits a package counts.
var mayImport = map[string]string{
	"internal/zh":       "",
	"internal/calendar": "",
	"internal/roster":   "internal/calendar",
	"internal/incident": "internal/calendar internal/zh",
	"internal/signal":   "internal/incident internal/zh",
	"internal/wording":  "internal/zh",
	"internal/media":    "internal/zh",
	"internal/plan":     "internal/incident",
	"internal/score":    "internal/incident",
	"internal/drill":    "internal/incident",
	"internal/album":    "",
	"internal/likeness": "internal/zh",
	"internal/rights":   "internal/yamlfile",
	"internal/yamlfile": "",
	"internal/form":     "internal/incident internal/yamlfile internal/zh",
	"internal/notice":   "bot internal/...",

	"bot":                   "",
	"bot/bottest":           "bot",
	"bot/feishu":            "bot",
	"bot/feishu/feishutest": "bot/feishu/...",
	"bot/wecom":             "bot",
	"bot/wecom/wecomtest":   "bot/wecom/...",
	"bot/webchat":           "bot internal/incident internal/roster",

	"config":          "internal/...",
	"store":           "bot internal/album internal/drill internal/incident",
	"store/storetest": "bot internal/... store",
	"handlers/desk":   "bot internal/... store",
	"handlers/feed":   "internal/signal internal/zh store",
	"handlers/web":    "bot bot/webchat handlers/desk internal/... store", // the registry beside the built-in chat
	"handlers":        "bot handlers/... internal/... store",
	"scheduler":       "bot handlers/desk internal/... store",

	"scripts/...": "",
	"":            "...", // main knows everybody
}

// testsMayImport is what tests outside internal may have besides.
const testsMayImport = "bot/bottest bot/feishu/feishutest bot/wecom/wecomtest bot/webchat config store/storetest"

const module = "fenghuo"

func TestImportsPointTowardTheWords(t *testing.T) {
	eachFile(t, func(path string) {
		if !strings.HasSuffix(path, ".go") {
			return
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(path)), ".")
		allowed, ok := rowOf(pkg)
		if !ok {
			t.Errorf("%s: package %s has no row in the table of arch_test.go", path, pkg)
			return
		}
		if strings.HasSuffix(path, "_test.go") {
			allowed += " " + pkg // an external test
			if strings.HasPrefix(pkg, "internal/") {
				allowed += " internal/..." // one may check that another has words for all it says
			} else {
				allowed += " " + testsMayImport
			}
		}
		for _, imported := range importsOf(t, path) {
			if !fits(imported, allowed) {
				t.Errorf("%s imports %q, which %s may not", path, module+"/"+imported, pkg)
			}
		}
	})
}

func TestNothingMentionsWhatIsNotShipped(t *testing.T) {
	outside := []byte(".." + "/shared")
	eachFile(t, func(path string) {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Index(b, outside); n >= 0 {
			t.Errorf("%s:%d mentions %s, which readers do not have", path, 1+bytes.Count(b[:n], []byte("\n")), outside)
		}
	})
}

func TestFilesStayShort(t *testing.T) {
	const longest = 400
	eachFile(t, func(path string) {
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(b, []byte("\n")); n > longest {
			t.Errorf("%s has %d lines, more than %d: it holds more than one idea", path, n, longest)
		}
	})
}

// eachFile calls fn for every file of the project, not for what git ignores.
func eachFile(t *testing.T, fn func(path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (path == ".git" || path == "tmp"):
			return filepath.SkipDir
		case d.Type().IsRegular() && path != module && !strings.HasSuffix(path, ".test") && !strings.HasSuffix(path, ".prof"):
			fn(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// importsOf lists what a file imports of ours, as folders.
func importsOf(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var ours []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if imported == module || strings.HasPrefix(imported, module+"/") {
			ours = append(ours, strings.TrimPrefix(strings.TrimPrefix(imported, module), "/"))
		}
	}
	return ours
}

// rowOf is the row for pkg: its own, or the nearest above it that has dots.
func rowOf(pkg string) (allowed string, ok bool) {
	if allowed, ok = mayImport[pkg]; ok {
		return allowed, true
	}
	for above := pkg; above != "."; above = filepath.ToSlash(filepath.Dir(above)) {
		if allowed, ok = mayImport[above+"/..."]; ok {
			return allowed, true
		}
	}
	return "", false
}

// fits reports whether pkg is among the names in allowed. Nobody imports main.
func fits(pkg, allowed string) bool {
	for name := range strings.FieldsSeq(allowed) {
		above, below := strings.CutSuffix(name, "...")
		if pkg != "" && (pkg == name || below && strings.HasPrefix(pkg+"/", above)) {
			return true
		}
	}
	return false
}

func TestTheTableIsRead(t *testing.T) {
	for _, c := range []struct {
		pkg, imported string
		want          bool
	}{
		{"internal/incident", "internal/calendar", true},
		{"internal/incident", "bot", false},
		{"internal/notice", "bot", true},
		{"store", "handlers", false},
		{"scheduler", "handlers/desk", true},
		{"scheduler", "handlers", false},
		{"handlers", "handlers/desk", true},
		{"handlers/desk", "handlers", false},
		{"scripts/count", "store", false},
		{"", "scheduler", true},
		{"handlers", "", false},
	} {
		allowed, ok := rowOf(c.pkg)
		if got := ok && fits(c.imported, allowed); got != c.want {
			t.Errorf("%q imports %q: %v", c.pkg, c.imported, got)
		}
	}
}
