package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"fenghuo/internal/roster"
)

// scenario is a conversation as a file.
type scenario struct {
	Start  string       `yaml:"start"`
	Org    string       `yaml:"org"`
	Policy string       `yaml:"policy"`
	Form   string       `yaml:"form"`
	Score  string       `yaml:"score"`
	Plans  string       `yaml:"plans"`
	Steps  []step       `yaml:"steps"`
	Until  string       `yaml:"until"`
	Expect *finalExpect `yaml:"expect"`

	file  string
	lines []int // of each step
}

// step is one thing that happens, or one look at what happened.
type step struct {
	At        string         `yaml:"at"`
	By        string         `yaml:"by"`
	In        string         `yaml:"in"`
	On        string         `yaml:"on"`
	Say       string         `yaml:"say"`
	Thread    string         `yaml:"thread"`
	Send      []string       `yaml:"send"`
	Press     string         `yaml:"press"`
	React     string         `yaml:"react"`
	Read      bool           `yaml:"read"`
	Redeliver int            `yaml:"redeliver"`
	Signal    map[string]any `yaml:"signal"`
	Platform  string         `yaml:"platform"`
	Fault     string         `yaml:"fault"`
	For       string         `yaml:"for"`
	Outage    string         `yaml:"outage"`
	Expect    []expectation  `yaml:"expect"`

	line int
	at   time.Time
}

// expectation is about one message since the last look, or about the absence of any.
type expectation struct {
	In       string   `yaml:"in"`
	To       string   `yaml:"to"`
	Contains []phrase `yaml:"contains"`
	Mentions []string `yaml:"mentions"`
	None     bool     `yaml:"none"`
}

// finalExpect is about the end; only the named fields are compared.
type finalExpect struct {
	Incidents map[string]any `yaml:"incidents"`
	Risks     *[]any         `yaml:"risks"`
	Findings  *[]any         `yaml:"findings"`
	Points    *[]any         `yaml:"points"`
	Signals   *[]any         `yaml:"signals"`
	Audit     map[string]any `yaml:"audit"`
	Quiet     bool           `yaml:"quiet"`
}

// fileError is a scenario that is wrong, with where and what is allowed.
type fileError struct {
	file string
	line int
	what string
}

func (e *fileError) Error() string {
	if e.line == 0 {
		return e.file + ": " + e.what // the parser's own words name line and column
	}
	return fmt.Sprintf("%s:%d: %s", e.file, e.line, e.what)
}

// readScenario parses a file. Every error names line and column, and what is allowed there.
func readScenario(file string) (*scenario, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	sc := &scenario{file: file}
	if err := yaml.UnmarshalWithOptions(data, sc, yaml.Strict()); err != nil {
		return nil, &fileError{file: file, what: strings.TrimSpace(yaml.FormatError(err, false, true))}
	}
	if err := sc.findLines(data); err != nil {
		return nil, err
	}
	if sc.Start == "" || sc.Org == "" {
		return nil, &fileError{file, 1, "start and org are required: start: 2026-03-10 09:00, org: org/jianglan.yaml"}
	}
	return sc, nil
}

// findLines notes the line each step begins at.
func (sc *scenario) findLines(data []byte) error {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil {
		return err
	}
	for n := range sc.Steps {
		path, err := yaml.PathString(fmt.Sprintf("$.steps[%d]", n))
		if err != nil {
			return err
		}
		node, err := path.FilterFile(tree)
		if err != nil {
			return err
		}
		sc.Steps[n].line = firstToken(node)
	}
	return nil
}

func firstToken(node ast.Node) int {
	if m, ok := node.(*ast.MappingNode); ok && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken().Position.Line
	}
	return node.GetToken().Position.Line
}

// relative is a path of the scenario: relative to its file.
func (sc *scenario) relative(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(sc.file), path)
}

// resolve gives every step its moment and checks names against the organisation.
func (sc *scenario) resolve(org *roster.Org, zone *time.Location) (start, until time.Time, err error) {
	start, err = time.ParseInLocation("2006-01-02 15:04", sc.Start, zone)
	if err != nil {
		return start, until, &fileError{sc.file, 1, fmt.Sprintf("start %q: write 2026-03-10 09:00", sc.Start)}
	}
	now, same := start, 0
	threads := map[string]bool{}
	for n := range sc.Steps {
		st := &sc.Steps[n]
		at, err := stepTime(st.At, now.Truncate(time.Minute))
		if err != nil {
			return start, until, &fileError{sc.file, st.line, err.Error()}
		}
		if at.Before(now.Truncate(time.Minute)) {
			return start, until, &fileError{sc.file, st.line, fmt.Sprintf("at %s is before the step above (%s)", st.At, now.Format("2006-01-02 15:04"))}
		}
		if same++; at.After(now) || n == 0 {
			same = 0
		}
		now = at
		st.at = at.Add(time.Duration(same) * time.Second) // steps of one minute follow one another
		if err := sc.check(st, org, threads); err != nil {
			return start, until, err
		}
	}
	until = now
	if sc.Until != "" {
		if until, err = time.ParseInLocation("2006-01-02 15:04", sc.Until, zone); err != nil {
			return start, until, &fileError{sc.file, 1, fmt.Sprintf("until %q: write 2026-03-16 18:00", sc.Until)}
		}
	}
	return start, until, nil
}

// stepTime reads an absolute time, a time of the same day, or +5m after the step before.
func stepTime(s string, before time.Time) (time.Time, error) {
	if s == "" {
		return before, nil
	}
	if strings.HasPrefix(s, "+") {
		d, err := time.ParseDuration(s[1:])
		if err != nil {
			return before, fmt.Errorf("at %q: write +5m, 09:12 or 2026-03-10 09:12", s)
		}
		return before.Add(d), nil
	}
	if t, err := time.ParseInLocation("2006-01-02 15:04", s, before.Location()); err == nil {
		return t, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return before, fmt.Errorf("at %q: write +5m, 09:12 or 2026-03-10 09:12", s)
	}
	return time.Date(before.Year(), before.Month(), before.Day(), t.Hour(), t.Minute(), 0, 0, before.Location()), nil
}

var faults = []string{"down", "slow", "drop", "limited", "quota"}

func (sc *scenario) check(st *step, org *roster.Org, threads map[string]bool) error {
	wrong := func(format string, args ...any) error {
		return &fileError{sc.file, st.line, fmt.Sprintf(format, args...)}
	}
	acts := 0
	for _, is := range []bool{st.Say != "" || len(st.Send) > 0, st.Press != "", st.React != "", st.Read, st.Signal != nil, st.Fault != "", st.Outage != "", st.Expect != nil} {
		if is {
			acts++
		}
	}
	person := st.Say != "" || len(st.Send) > 0 || st.Press != "" || st.React != "" || st.Read
	switch {
	case acts != 1:
		return wrong("a step does one thing: say or send, press, react, read, fault, outage, or expect")
	case st.Signal != nil:
		return wrong("signal: monitoring signals are not supported by this version")
	case st.Fault != "" && (!slices.Contains(faults, st.Fault) || !slices.Contains([]string{"feishu", "wecom"}, st.Platform)):
		return wrong("fault %q on %q: a fault is one of %s, on platform feishu or wecom", st.Fault, st.Platform, strings.Join(faults, ", "))
	}
	if _, ok := org.Person(st.By); person && !ok {
		return wrong("by %q: nobody in %s has this id", st.By, sc.Org)
	}
	if st.Thread != "" {
		threads[st.Thread] = true
	}
	places := []string{}
	if person {
		places = append(places, st.In)
	}
	for _, e := range st.Expect {
		if e.In != "" {
			places = append(places, e.In)
		}
		if _, ok := org.Person(e.To); e.To != "" && !ok {
			return wrong("to %q: nobody in %s has this id", e.To, sc.Org)
		}
	}
	for _, in := range places {
		if _, ok := org.Group(in); !ok && in != "direct" && !threads[in] {
			return wrong("in %q: not a group of %s, nor a thread opened above, nor direct", in, sc.Org)
		}
	}
	return checkSpans(st, wrong)
}

func checkSpans(st *step, wrong func(string, ...any) error) error {
	for name, v := range map[string]string{"for": st.For, "outage": st.Outage} {
		if v == "" {
			continue
		}
		if _, err := time.ParseDuration(v); err != nil {
			return wrong("%s %q: write 20m or 2h", name, v)
		}
	}
	return nil
}
