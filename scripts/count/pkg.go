package main

import (
	"fmt"
	"strings"
)

// pkg is what is known of a package's tests so far.
type pkg struct {
	tests  []*test
	output []string // what belongs to no test
}

type test struct {
	name    string
	result  string // pass, fail, skip; empty while it runs
	elapsed float64
	output  []string
}

func (p *pkg) add(e event) {
	if e.Test == "" {
		if e.Action == "output" && !closing(e.Output) {
			p.output = append(p.output, e.Output)
		}
		return
	}
	t := p.test(e.Test)
	switch e.Action {
	case "output":
		if !framing(e.Output) {
			t.output = append(t.output, e.Output)
		}
	case "pass", "fail", "skip":
		t.result, t.elapsed = e.Action, e.Elapsed
	}
}

func (p *pkg) test(name string) *test {
	for _, t := range p.tests {
		if t.name == name {
			return t
		}
	}
	t := &test{name: name}
	p.tests = append(p.tests, t)
	return t
}

// any reports whether t has a subtest that ended so; empty: whether it has any.
func (p *pkg) any(t *test, result string) bool {
	for _, sub := range p.tests {
		if strings.HasPrefix(sub.name, t.name+"/") && (result == "" || sub.result == result) {
			return true
		}
	}
	return false
}

// story is what t said, after what the tests it stands in said.
func (p *pkg) story(t *test) []string {
	var out []string
	for _, above := range p.tests {
		if strings.HasPrefix(t.name, above.name+"/") {
			out = append(out, above.output...)
		}
	}
	return append(out, t.output...)
}

// unfinished names a test that was running when the package ended.
func (p *pkg) unfinished() string {
	n, last := 0, ""
	for _, t := range p.tests {
		if t.result == "" {
			n, last = n+1, t.name
		}
	}
	switch n {
	case 0:
		return ""
	case 1:
		return "ended during " + last
	}
	return fmt.Sprintf("ended during %s and %d more", last, n-1)
}

// lastWords is what the tests said that were running when the package ended: a panic is printed among them.
func (p *pkg) lastWords() []string {
	var out []string
	for _, t := range p.tests {
		if t.result == "" {
			out = append(out, t.output...)
		}
	}
	return out
}

// framing is a line go test writes around a test.
func framing(line string) bool {
	line = strings.TrimLeft(line, " ")
	for _, frame := range []string{"=== RUN ", "=== PAUSE ", "=== CONT ", "=== NAME ", "--- PASS:", "--- FAIL:", "--- SKIP:"} {
		if strings.HasPrefix(line, frame) {
			return true
		}
	}
	return false
}

// closing is a line go test writes at the end of a package.
func closing(line string) bool {
	for _, end := range []string{"PASS\n", "FAIL\n", "FAIL\t", "ok  \t", "exit status ", "coverage:", "testing: warning: no tests to run"} {
		if strings.HasPrefix(line, end) {
			return true
		}
	}
	return false
}
