package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fenghuo/internal/roster"
	"fenghuo/internal/yamlfile"
)

// scenario is a conversation as a file.
type scenario struct {
	Start  string       `yaml:"start"`
	Org    string       `yaml:"org"`
	Policy string       `yaml:"policy"`
	Form   string       `yaml:"form"`
	Score  string       `yaml:"score"`
	Plans  string       `yaml:"plans"`
	Drills string       `yaml:"drills"`
	Steps  []step       `yaml:"steps"`
	Until  string       `yaml:"until"`
	Expect *finalExpect `yaml:"expect"`

	file  string
	where *yamlfile.Places
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

	n    int    // from 1
	path string // $.steps[3]
	spot string // file:line:column
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
	Points    any            `yaml:"points"` // entries, or for each person what they add up to
	Signals   *[]any         `yaml:"signals"`
	Audit     map[string]any `yaml:"audit"`
	Quiet     bool           `yaml:"quiet"`
}

// fileError is a scenario that is wrong: where, and what is allowed there.
type fileError struct{ error }

func (e *fileError) Unwrap() error { return e.error }

// readScenario parses a file. Every error names line and column, and what is allowed there.
func readScenario(file string) (*scenario, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parseScenario(data, file)
}

// parseScenario checks a scenario file's content.
func parseScenario(data []byte, file string) (sc *scenario, err error) {
	sc = &scenario{file: file}
	if sc.where, err = yamlfile.Decode(data, file, sc); err != nil {
		return nil, &fileError{err}
	}
	for n := range sc.Steps {
		sc.Steps[n].n = n + 1
		sc.Steps[n].path = fmt.Sprintf("$.steps[%d]", n)
		sc.Steps[n].spot = sc.where.Of(sc.Steps[n].path)
	}
	if sc.Start == "" || sc.Org == "" {
		return nil, sc.wrong("$", "start and org are required: start: 2026-03-10 09:00, org: org/jianglan.yaml")
	}
	return sc, nil
}

// wrong is an error at the value path leads to.
func (sc *scenario) wrong(path, format string, args ...any) error {
	return &fileError{fmt.Errorf("%s: %s", sc.where.Of(path), fmt.Sprintf(format, args...))}
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
		return start, until, sc.wrong("$.start", "start %q: write 2026-03-10 09:00", sc.Start)
	}
	now, same := start, 0
	threads := map[string]bool{}
	for n := range sc.Steps {
		st := &sc.Steps[n]
		at, err := stepTime(st.At, now.Truncate(time.Minute))
		if err != nil {
			return start, until, sc.wrong(st.path+".at", "%v", err)
		}
		if at.Before(now.Truncate(time.Minute)) {
			return start, until, sc.wrong(st.path+".at", "at %s is before the step above (%s)", st.At, now.Format("2006-01-02 15:04"))
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
			return start, until, sc.wrong("$.until", "until %q: write 2026-03-16 18:00", sc.Until)
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
	wrong := func(key, format string, args ...any) error { return sc.wrong(st.path+key, format, args...) }
	acts := 0
	for _, is := range []bool{st.Say != "" || len(st.Send) > 0, st.Press != "", st.React != "", st.Read, st.Signal != nil, st.Fault != "", st.Outage != "", st.Expect != nil} {
		if is {
			acts++
		}
	}
	person := st.Say != "" || len(st.Send) > 0 || st.Press != "" || st.React != "" || st.Read
	switch {
	case acts != 1:
		return wrong("", "a step does one thing: say or send, press, react, read, signal, fault, outage, or expect")
	case st.Fault != "" && (!slices.Contains(faults, st.Fault) || !slices.Contains([]string{"feishu", "wecom"}, st.Platform)):
		return wrong(".fault", "fault %q on %q: a fault is one of %s, on platform feishu or wecom", st.Fault, st.Platform, strings.Join(faults, ", "))
	}
	if st.Signal != nil {
		if _, err := st.signal(); err != nil {
			return wrong(".signal", "signal: %v", err)
		}
	}
	if _, ok := org.Person(st.By); person && !ok {
		return wrong(".by", "by %q: nobody in %s has this id", st.By, sc.Org)
	}
	if st.Thread != "" {
		threads[st.Thread] = true
	}
	type named struct{ in, key string }
	var places []named
	if person {
		places = append(places, named{st.In, ".in"})
	}
	for n, e := range st.Expect {
		if e.In != "" {
			places = append(places, named{e.In, fmt.Sprintf(".expect[%d].in", n)})
		}
		if _, ok := org.Person(e.To); e.To != "" && !ok {
			return wrong(fmt.Sprintf(".expect[%d].to", n), "to %q: nobody in %s has this id", e.To, sc.Org)
		}
	}
	for _, p := range places {
		in := p.in
		if _, ok := org.Group(in); !ok && in != "direct" && !threads[in] {
			return wrong(p.key, "in %q: not a group of %s, nor a thread opened above, nor direct", in, sc.Org)
		}
	}
	return checkSpans(st, wrong)
}

func checkSpans(st *step, wrong func(key, format string, args ...any) error) error {
	for name, v := range map[string]string{"for": st.For, "outage": st.Outage} {
		if v == "" {
			continue
		}
		if _, err := time.ParseDuration(v); err != nil {
			return wrong("."+name, "%s %q: write 20m or 2h", name, v)
		}
	}
	return nil
}
