package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// check holds a town to the invariants.
func (w *town) check() {
	w.t.Helper()
	if len(w.faulty.lines) > 0 {
		w.t.Errorf("errors in the log:\n%s", strings.Join(w.faulty.lines, "\n"))
	}
	for _, s := range w.spies {
		if len(s.twice) > 0 {
			w.t.Errorf("%s took twice: %v", s.Name(), s.twice)
		}
	}
	if report, err := w.app.store.Verify(w.ctx); err != nil || !report.OK() {
		w.t.Errorf("ledger: %+v %v", report, err)
	}
	err := w.app.store.View(w.ctx, func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(1000)
		if err != nil {
			return err
		}
		parked, err := w.app.store.ParkedDue(w.ctx, w.now().Add(1000*time.Hour), 10)
		if err != nil || len(parked) > 0 {
			w.t.Errorf("events parked: %+v %v", parked, err)
		}
		concerned := map[string][]string{}
		for _, inc := range incs {
			concerned[inc.Number] = w.checkOne(tx, inc)
		}
		w.checkMentions(tx, concerned)
		w.checkTies(incs)
		w.checkWords(tx)
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// checkOne is invariants 1 and 5 for an incident: the fold of its ledger is what is stored, its clocks are
// those that run, and verdicts only got worse on the way. It returns everybody the ledger names.
func (w *town) checkOne(tx *store.Tx, stored *incident.Incident) []string {
	w.t.Helper()
	entries, err := tx.EntriesOf(desk.Subject(stored.Number))
	if err != nil {
		w.t.Fatal(err)
	}
	rules := w.app.desk.Rules
	inc := &incident.Incident{}
	people := w.app.desk.Org.OnDuty
	named := []string{people(w.now(), rules.Calendar)}
	for _, e := range entries {
		var a incident.Act
		if err := json.Unmarshal(e.Body, &a); err != nil || string(a.Kind) != e.Kind {
			continue // a remark
		}
		if a.Part != nil {
			named = append(named, a.Part.Reporter)
		}
		before := snapshot(w.t, inc)
		if err := inc.Apply(rules, a); err != nil {
			w.t.Fatalf("%s, entry %d (%s): %v", stored.Number, e.Seq, e.Kind, err)
		}
		w.worse(&before, inc, a)
		named = append(named, a.By, a.Person, inc.Officer, inc.Backup, inc.Head, inc.Deputy, inc.Chief, inc.Tracker, inc.Reporter, people(e.At, rules.Calendar))
		for _, c := range a.Called {
			named = append(named, c.Person)
		}
		for _, task := range a.Prepared {
			named = append(named, task.Owner)
		}
	}
	if diff := cmp.Diff(text(w.t, inc), text(w.t, stored)); diff != "" {
		w.t.Errorf("%s folded differs from stored:\n%s", stored.Number, diff)
	}
	w.checkClocks(tx, inc)
	return named
}

func (w *town) checkClocks(tx *store.Tx, inc *incident.Incident) {
	w.t.Helper()
	have, err := tx.ClocksOf(desk.Subject(inc.Number))
	if err != nil {
		w.t.Fatal(err)
	}
	key := func(kind string, slot int, at, due time.Time, person string) string {
		return text(w.t, []any{kind, slot, at.UTC(), due.UTC(), person})
	}
	var want, got []string
	for _, c := range inc.Clocks(w.app.desk.Rules) {
		want = append(want, key(desk.ClockKey(c), c.N, c.At, c.Due, c.Person))
	}
	for _, c := range have {
		got = append(got, key(c.Kind, c.Slot, c.At, c.Due, c.Person))
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("clocks of %s: %s", inc.Number, diff)
	}
}

// checkTies: what was put into another one stands there as a part and nowhere else, and its clocks are still; a tie is
// noted at both ends.
func (w *town) checkTies(incs []*incident.Incident) {
	w.t.Helper()
	parts, ties := map[string][]string{}, map[string]bool{}
	for _, inc := range incs {
		for _, p := range inc.Parts {
			if p.Until.IsZero() {
				parts[p.Number] = append(parts[p.Number], inc.Number)
			}
		}
		for _, r := range inc.Relations {
			ties[inc.Number+r.Kind+r.To] = true
		}
	}
	for _, inc := range incs {
		var want []string
		if head := inc.MergedInto(); head != "" {
			want = []string{head}
		}
		if !slices.Equal(parts[inc.Number], want) {
			w.t.Errorf("%s is merged into %q and a part of %v", inc.Number, want, parts[inc.Number])
		}
		for _, r := range inc.Relations {
			if !ties[r.To+r.Kind+inc.Number] {
				w.t.Errorf("%s is %s to %s, and not the other way round", inc.Number, r.Kind, r.To)
			}
		}
	}
}

var gravity = map[incident.Verdict]int{"": 0, incident.Pending: 0, incident.OnTime: 1, incident.Excused: 2, incident.Late: 3, incident.LateGrave: 4, incident.Missed: 5}

// worse is invariant 5.
func (w *town) worse(before, after *incident.Incident, a incident.Act) {
	w.t.Helper()
	hold := func(what string, was, is incident.Verdict, except ...incident.Kind) {
		if gravity[is] < gravity[was] && !slices.Contains(except, a.Kind) {
			w.t.Errorf("%s: %s went from %s to %s by %s", after.Number, what, was, is, a.Kind)
		}
	}
	hold("first report", before.FirstReport.Verdict, after.FirstReport.Verdict, incident.Registered)
	hold("elements", before.Elements.Verdict, after.Elements.Verdict)
	hold("acknowledgment", before.Ack.Verdict, after.Ack.Verdict, incident.Acknowledged, incident.CalledOn, incident.SplitOff)
	hold("final", before.Final.Verdict, after.Final.Verdict, incident.ReopenedAct)
	for n, was := range before.FollowUps {
		if text(w.t, after.FollowUps[n]) != text(w.t, was) {
			w.t.Errorf("%s: slot %d was changed by %s", after.Number, n+1, a.Kind)
		}
	}
	if len(after.Risks) < len(before.Risks) {
		w.t.Errorf("%s: a risk disappeared by %s", after.Number, a.Kind)
	}
}

// checkMentions is invariant 4: whoever is @-mentioned, or pushed to, has to do with the incident.
func (w *town) checkMentions(tx *store.Tx, concerned map[string][]string) {
	w.t.Helper()
	posts, err := tx.Posts(store.PostFilter{})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range posts {
		for _, person := range append(slices.Clone(p.Message.Mentions), p.Message.Urgent...) {
			if p.Incident == "" && strings.HasPrefix(p.Key, "reply/") {
				continue // to whoever spoke
			}
			if !slices.Contains(concerned[p.Incident], person) {
				w.t.Errorf("%s mentions %s, who has nothing to do with %q: %s", p.Key, person, p.Incident, p.Message.Text)
			}
		}
	}
}

var chasing = regexp.MustCompile(`^incident/[^/]+/(ack|due|remind|risk|second|missed|call|at-once)`)

// checkWords is invariant 3 by what people see: a reminder is not said twice in a place in the same words.
func (w *town) checkWords(tx *store.Tx) {
	w.t.Helper()
	posts, err := tx.Posts(store.PostFilter{})
	if err != nil {
		w.t.Fatal(err)
	}
	said := map[string]string{}
	for _, p := range posts {
		if !chasing.MatchString(p.Key) || p.Message.Updates != "" || strings.Contains(p.Key, "/alt/") {
			continue
		}
		words := p.Incident + "\n" + p.PlaceKey + "\n" + p.Message.Text
		if other, twice := said[words]; twice && other != p.Key && p.Status != store.Rerouted {
			w.t.Errorf("%s and %s say the same in %s: %s", other, p.Key, p.PlaceKey, p.Message.Text)
		}
		said[words] = p.Key
	}
}

// registry is everything registered, as text that can be compared.
func (w *town) registry() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	err := w.app.store.View(w.ctx, func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(1000)
		for _, inc := range incs {
			clocks, err := tx.ClocksOf(desk.Subject(inc.Number))
			if err != nil {
				return err
			}
			out[inc.Number] = text(w.t, inc) + text(w.t, clocks)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func snapshot(t fataler, inc *incident.Incident) incident.Incident {
	t.Helper()
	var out incident.Incident
	if err := json.Unmarshal([]byte(text(t, inc)), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func text(t fataler, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
