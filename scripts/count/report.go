package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// event is a line of go test -json.
type event struct {
	Action      string
	Package     string
	ImportPath  string // of build-output: what was being built
	FailedBuild string // of a package's fail: what could not be built
	Test        string
	Output      string
	Elapsed     float64
}

// report counts as events pass.
type report struct {
	w                       io.Writer
	passed, failed, skipped int
	packages                map[string]*pkg
	builds                  map[string][]string // what the compiler said
	skips                   []string
}

func newReport(w io.Writer) *report {
	return &report{w: w, packages: map[string]*pkg{}, builds: map[string][]string{}}
}

// read takes all events; lines that are none are shown as they are.
func (r *report) read(in io.Reader) {
	lines := bufio.NewReader(in)
	for {
		line, err := lines.ReadBytes('\n')
		var e event
		if json.Unmarshal(line, &e) == nil && e.Action != "" {
			r.add(e)
		} else if len(line) > 0 {
			fmt.Fprintln(r.w, strings.TrimRight(string(line), "\n"))
		}
		if err != nil {
			return
		}
	}
}

func (r *report) add(e event) {
	switch {
	case e.Action == "build-output":
		r.builds[e.ImportPath] = append(r.builds[e.ImportPath], e.Output)
	case e.Package == "":
	case e.Test == "" && (e.Action == "pass" || e.Action == "fail" || e.Action == "skip"):
		r.close(e)
	default:
		p := r.packages[e.Package]
		if p == nil {
			p = &pkg{}
			r.packages[e.Package] = p
		}
		p.add(e)
	}
}

// close counts a package that has ended.
func (r *report) close(e event) {
	p := r.packages[e.Package]
	if p == nil {
		p = &pkg{}
	}
	delete(r.packages, e.Package)
	failed := r.failed
	for _, t := range p.tests {
		switch {
		case t.result == "fail" && !p.any(t, "fail"):
			r.fail(e.Package, fmt.Sprintf("%s (%.2fs)", t.name, t.elapsed), p.story(t))
		case p.any(t, ""):
		case t.result == "pass":
			r.passed++
		case t.result == "skip":
			r.skipped++
			r.skips = append(r.skips, e.Package+" "+t.name+" "+strings.Join(strings.Fields(strings.Join(t.output, " ")), " "))
		}
	}
	switch {
	case e.Action != "fail":
		if len(p.tests) > 0 {
			fmt.Fprintf(r.w, "ok   %s %.1fs\n", e.Package, e.Elapsed)
		}
	case r.failed == failed: // no test did: it did not build, or it ended before its time
		r.fail(e.Package, p.unfinished(), slices.Concat(r.builds[e.FailedBuild], p.lastWords(), p.output))
	default:
		show(r.w, p.output)
	}
}

func (r *report) fail(where, what string, output []string) {
	r.failed++
	fmt.Fprintf(r.w, "FAIL %s\n", strings.TrimSpace(where+" "+what))
	show(r.w, output)
}

func show(w io.Writer, output []string) {
	for line := range strings.Lines(strings.Join(output, "")) {
		fmt.Fprintf(w, "     %s\n", strings.TrimRight(line, "\n"))
	}
}

// end has the last word. A package that never ended has failed.
func (r *report) end() {
	for _, name := range slices.Sorted(maps.Keys(r.packages)) {
		r.close(event{Action: "fail", Package: name})
	}
	slices.Sort(r.skips)
	for _, s := range r.skips {
		fmt.Fprintf(r.w, "skip %s\n", s)
	}
	fmt.Fprintf(r.w, "%d passed, %d failed, %d skipped\n", r.passed, r.failed, r.skipped)
}
