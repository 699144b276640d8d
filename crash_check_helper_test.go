package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fenghuo/store"
)

// aftermath is what was promised before a crash, and what is there after it.
type aftermath struct {
	t     *testing.T
	past  []record
	rows  map[string]store.IncidentRow // by number
	begun map[string]string            // title: who said it and was heard
	told  map[string]string            // number: who was told of it
}

var confirmation = regexp.MustCompile(`^已登记 (YQ-\d{8}-\d{3,})`)

// inspect opens the data as the crash left them and compares.
func inspect(t *testing.T, dir string, run int, whole bool) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Config{URL: "sqlite:" + filepath.Join(dir, "fenghuo.db"), DataDir: dir, Now: func() time.Time { return crashDay(run) }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if errors.Is(s.CheckSchema(t.Context()), store.ErrSchemaOld) {
		return // killed while the tables were made
	}
	m := aftermath{t: t, rows: map[string]store.IncidentRow{}, begun: map[string]string{}, told: map[string]string{}}
	if m.past, err = readDiary(filepath.Join(dir, "diary")); err != nil {
		t.Fatal(err)
	}
	err = s.View(t.Context(), func(tx *store.Tx) error {
		rows, err := tx.IncidentRows(store.IncidentFilter{})
		if err != nil {
			return err
		}
		m.numbers(rows)
		m.messages()
		m.confirmed()
		return m.reports(tx, whole)
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Verify(t.Context())
	if err != nil || !report.OK() {
		t.Errorf("ledger: %+v %v", report, err)
	}
	if whole {
		m.allTold()
		again := 0
		for _, r := range m.past {
			if r.Kind == "again" {
				again++
			}
		}
		t.Logf("%d reports, %d ledger entries, %d messages offered twice", len(m.rows), report.Entries, again)
	}
}

// numbers are unique and without gaps.
func (m *aftermath) numbers(rows []store.IncidentRow) {
	titles := map[string]string{}
	for _, r := range rows {
		if _, twice := m.rows[r.Number]; twice {
			m.t.Errorf("%s is in the registry twice", r.Number)
		}
		if other := titles[r.Title]; other != "" {
			m.t.Errorf("%q is in the registry as %s and %s", r.Title, other, r.Number)
		}
		m.rows[r.Number], titles[r.Title] = r, r.Number
	}
	for n := range rows {
		if number := fmt.Sprintf("YQ-20260310-%03d", n+1); m.rows[number].Number == "" {
			m.t.Errorf("%s is missing: there are %d", number, len(rows))
		}
	}
}

// messages: nothing is offered to the platform twice by one process, and what a later one repeats is the same.
func (m *aftermath) messages() {
	first := map[string]record{}
	inRun := map[string]bool{}
	for _, r := range m.past {
		if r.Kind != "send" && r.Kind != "again" {
			continue
		}
		offered := fmt.Sprint(r.Run, " ", r.Key)
		if inRun[offered] {
			m.t.Errorf("run %d offered %s twice", r.Run, r.Key)
		}
		inRun[offered] = true
		before, known := first[r.Key]
		switch {
		case known && r.Kind == "send":
			m.t.Errorf("the platform took %s twice", r.Key)
		case known && (before.Text != r.Text || before.Person != r.Person):
			m.t.Errorf("%s was repeated with other words:\n%+v\n%+v", r.Key, before, r)
		case !known:
			first[r.Key] = r
		}
	}
}

// confirmed: whoever was told of a registration finds it there, and was told once.
func (m *aftermath) confirmed() {
	for _, r := range m.past {
		found := confirmation.FindStringSubmatch(r.Text)
		if r.Kind != "send" || r.Person == "" || found == nil {
			continue
		}
		number := found[1]
		if m.told[number] != "" {
			m.t.Errorf("%s was confirmed to %s and %s", number, m.told[number], r.Person)
		}
		m.told[number] = r.Person
		if row := m.rows[number]; row.Reporter != r.Person {
			m.t.Errorf("%s was confirmed to %s, the registry has %+v", number, r.Person, row)
		}
	}
}

// reports: what was begun and heard is in the registry, or can be gone on with. whole: it is in the registry.
func (m *aftermath) reports(tx *store.Tx, whole bool) error {
	registered := map[string]bool{}
	for _, row := range m.rows {
		registered[row.Title] = true
	}
	said := map[string]record{}
	for _, r := range m.past {
		if r.Kind == "event" {
			said[r.Key] = r
		}
		if title := said[r.Key].Text; r.Kind == "taken" && strings.HasPrefix(title, "顾客在") {
			m.begun[title] = r.Person
		}
	}
	for title, person := range m.begun {
		if registered[title] {
			continue
		}
		row, err := tx.ActiveForm(person, "feishu/direct/"+person)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if whole || err != nil || !strings.Contains(string(row.State), title) {
			m.t.Errorf("%q by %s is neither registered nor in a form", title, person)
		}
	}
	for title := range registered {
		if _, known := m.begun[title]; whole && !known {
			m.t.Errorf("%q is in the registry and nobody said it", title)
		}
	}
	return nil
}

// allTold: in the end everybody was told of all they reported.
func (m *aftermath) allTold() {
	for number, row := range m.rows {
		if m.told[number] != row.Reporter {
			m.t.Errorf("%s: %s was never told", number, row.Reporter)
		}
	}
	if len(m.rows) < reporters {
		m.t.Errorf("only %d reports in all rounds", len(m.rows))
	}
}
