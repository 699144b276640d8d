package main

import (
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	for _, c := range []struct {
		name, events, last string
		says               []string
	}{
		{"a parent is not counted beside its subtests", `
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"run","Package":"p","Test":"TestA/two"}
{"Action":"output","Package":"p","Test":"TestA/two","Output":"    a_test.go:7: needs a server\n"}
{"Action":"skip","Package":"p","Test":"TestA/two"}
{"Action":"pass","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Test":"TestAlone"}
{"Action":"pass","Package":"p","Elapsed":1.25}`,
			"2 passed, 0 failed, 1 skipped", []string{"ok   p 1.2s", "skip p TestA/two a_test.go:7: needs a server"}},
		{"a subtest's failure is one failure", `
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestA/one"}
{"Action":"output","Package":"p","Test":"TestA/one","Output":"=== RUN   TestA/one\n"}
{"Action":"output","Package":"p","Test":"TestA/one","Output":"    a_test.go:9: got 1\n"}
{"Action":"fail","Package":"p","Test":"TestA/one","Elapsed":0.5}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"-test.shuffle 42\n"}
{"Action":"output","Package":"p","Output":"FAIL\n"}
{"Action":"fail","Package":"p"}`,
			"0 passed, 1 failed, 0 skipped", []string{"FAIL p TestA/one (0.50s)\n         a_test.go:9: got 1\n     -test.shuffle 42\n"}},
		{"a parent that fails by itself is counted", `
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Test":"TestA/one"}
{"Action":"fail","Package":"p","Test":"TestA"}
{"Action":"fail","Package":"p"}`,
			"1 passed, 1 failed, 0 skipped", []string{"FAIL p TestA (0.00s)"}},
		{"a package that does not build", `
{"ImportPath":"p [p.test]","Action":"build-output","Output":"a.go:3: undefined: x\n"}
{"ImportPath":"p [p.test]","Action":"build-fail"}
{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`,
			"0 passed, 1 failed, 0 skipped", []string{"FAIL p\n     a.go:3: undefined: x\n"}},
		{"a panic outside any test", `
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"output","Package":"p","Output":"panic: boom\n"}
{"Action":"fail","Package":"p"}`,
			"0 passed, 1 failed, 0 skipped", []string{"FAIL p ended during TestA\n     panic: boom\n"}},
		{"a panic while tests run beside each other", `
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"run","Package":"p","Test":"TestB"}
{"Action":"output","Package":"p","Test":"TestA","Output":"=== NAME  TestA\n"}
{"Action":"output","Package":"p","Test":"TestA","Output":"panic: boom\n"}
{"Action":"fail","Package":"p"}`,
			"0 passed, 1 failed, 0 skipped", []string{"FAIL p ended during TestB and 1 more\n     panic: boom\n"}},
		{"a package that never ended", `
{"Action":"run","Package":"p","Test":"TestA"}
{"Action":"pass","Package":"p","Test":"TestA"}`,
			"1 passed, 1 failed, 0 skipped", []string{"FAIL p\n"}},
		{"no test files", `{"Action":"skip","Package":"p"}`, "0 passed, 0 failed, 0 skipped", nil},
		{"what is no event is shown", `go: downloading x`, "0 passed, 0 failed, 0 skipped", []string{"go: downloading x\n"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			r := newReport(&out)
			r.read(strings.NewReader(strings.TrimSpace(c.events)))
			r.end()
			for _, want := range append(c.says, c.last+"\n") {
				if !strings.Contains(out.String(), want) {
					t.Errorf("no %q in:\n%s", want, out.String())
				}
			}
			if !strings.HasSuffix("\n"+out.String(), "\n"+c.last+"\n") {
				t.Errorf("last line is not %q:\n%s", c.last, out.String())
			}
		})
	}
}

func TestRunCountsWhatDidNotEvenStart(t *testing.T) {
	for _, c := range []struct {
		also    string
		command []string
		well    bool
		last    string
	}{
		{"", []string{"true"}, true, "0 passed, 0 failed, 0 skipped"},
		{"", []string{"false"}, false, "0 passed, 1 failed, 0 skipped"},
		{"", []string{"/no/such/command"}, false, "0 passed, 1 failed, 0 skipped"},
		{"go vet ./...", []string{"true"}, false, "0 passed, 1 failed, 0 skipped"},
	} {
		var out strings.Builder
		if well := run(&out, c.also, c.command); well != c.well || !strings.HasSuffix(out.String(), c.last+"\n") {
			t.Errorf("%q %q: %v\n%s", c.also, c.command, well, out.String())
		}
	}
}
