package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"fenghuo/bot/webchat"
	"fenghuo/internal/score"
)

// look compares what the bot said since the last look with what the scenario expects.
func (r *replay) look(st *step) {
	lines := r.chat.History()
	fresh := []int{}
	for n := r.looked; n < len(lines); n++ {
		if lines[n].Sender == "" {
			fresh = append(fresh, n)
		}
	}
	r.looked = len(lines)
	for _, anywhere := range []bool{false, true} { // those that say where choose first
		for n, e := range st.Expect {
			if e.None || (e.In == "" && e.To == "") != anywhere {
				continue
			}
			if !r.consume(lines, fresh, e) {
				r.miss(st, "expectation %d not met: %s", n+1, e.words())
			}
		}
	}
	for n, e := range st.Expect {
		if !e.None {
			continue
		}
		for _, at := range fresh {
			if !r.used[at] && r.meets(lines[at], e) {
				r.used[at] = true
				r.miss(st, "expectation %d: nothing was to be said (%s), but: %s", n+1, e.words(), firstWords(lines[at].Text))
			}
		}
	}
}

func (r *replay) consume(lines []webchat.Line, fresh []int, e expectation) bool {
	for _, at := range fresh {
		if !r.used[at] && r.meets(lines[at], e) {
			r.used[at] = true
			return true
		}
	}
	return false
}

// meets reports whether a line is where the expectation says, contains its words and mentions its people.
func (r *replay) meets(l webchat.Line, e expectation) bool {
	if e.In != "" && !r.stands(l, e.In, e.To) {
		return false
	}
	if e.To != "" && (!l.Place.Direct() || l.Place.Person != e.To) {
		return false
	}
	for _, w := range e.Contains {
		if !strings.Contains(l.Text, string(w)) {
			return false
		}
	}
	for _, m := range e.Mentions {
		if !slices.Contains(l.Mentions, m) {
			return false
		}
	}
	return true
}

func (e expectation) words() string {
	where := e.In
	if e.To != "" {
		where = "to " + e.To
	}
	out := where
	if len(e.Contains) > 0 {
		out += " contains " + joinPhrases(e.Contains)
	}
	if len(e.Mentions) > 0 {
		out += " mentions " + strings.Join(e.Mentions, ", ")
	}
	return out
}

func (r *replay) miss(st *step, format string, args ...any) {
	r.unmet = append(r.unmet, fmt.Sprintf("%s: step %d: %s", st.spot, st.n, fmt.Sprintf(format, args...)))
}

func firstWords(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// compareEnd holds the result against what the scenario expects of the end.
func (r *replay) compareEnd(res replayResult) error {
	want := r.sc.Expect
	if want == nil {
		return nil
	}
	raw, err := json.Marshal(res)
	if err != nil {
		return err
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		return err
	}
	byNumber := map[string]any{}
	for _, inc := range got["incidents"].([]any) {
		byNumber[inc.(map[string]any)["number"].(string)] = inc
	}
	r.compare("incidents", asAny(want.Incidents), byNumber)
	for name, list := range map[string]*[]any{"risks": want.Risks, "findings": want.Findings, "signals": want.Signals} {
		if list != nil {
			r.compare(name, *list, got[name])
		}
	}
	r.points(want.Points, got["points"].([]any))
	r.compare("audit", asAny(want.Audit), got["audit"])
	if want.Quiet {
		r.quiet()
	}
	return nil
}

// points compares entries, or for each person named the sum of what was not revoked.
func (r *replay) points(want any, got []any) {
	switch w := want.(type) {
	case []any:
		r.compare("points", w, got)
	case map[string]any:
		sums := map[string]any{}
		for person := range w {
			sums[person] = 0.0
		}
		for _, e := range got {
			entry := e.(map[string]any)
			if sum, ok := sums[entry["person"].(string)].(float64); ok && entry["status"] != score.Revoked {
				sums[entry["person"].(string)] = sum + entry["points"].(float64)
			}
		}
		r.compare("points", w, sums)
	}
}

func asAny(m map[string]any) any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

// quiet: every message was expected by some step.
func (r *replay) quiet() {
	for n, l := range r.chat.History() {
		if l.Sender == "" && !r.used[n] {
			r.unmet = append(r.unmet, fmt.Sprintf("%s: nobody expected %s %s: %s", r.sc.file, l.At.In(r.zone).Format("01-02 15:04"), r.where(l), firstWords(l.Text)))
		}
	}
}

// compare holds only the fields the scenario names against what came out. Times are compared in
// whole minutes.
func (r *replay) compare(path string, want, got any) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			r.differ(path, want, got)
			return
		}
		keys := make([]string, 0, len(w))
		for k := range w {
			keys = append(keys, k)
		}
		sort.Strings(keys)
		for _, k := range keys {
			r.compare(path+"."+k, w[k], g[k])
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			r.differ(path, want, got)
			return
		}
		for n := range w {
			r.compare(fmt.Sprintf("%s[%d]", path, n), w[n], g[n])
		}
	default:
		if r.plain(want) != r.plain(got) {
			r.differ(path, want, got)
		}
	}
}

func (r *replay) differ(path string, want, got any) {
	raw, _ := json.Marshal(got)
	expected, _ := json.Marshal(want)
	r.unmet = append(r.unmet, fmt.Sprintf("%s: %s: expected %s, got %s", r.sc.file, path, expected, raw))
}

// plain is a scalar as text, times as minutes of the organisation's zone.
func (r *replay) plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.In(r.zone).Format("2006-01-02 15:04")
	case string:
		if t, err := time.Parse(time.RFC3339, v); err == nil {
			return t.In(r.zone).Format("2006-01-02 15:04")
		}
		if t, err := time.ParseInLocation("2006-01-02T15:04", v, r.zone); err == nil {
			return t.Format("2006-01-02 15:04")
		}
		return v
	}
	return fmt.Sprint(v)
}

func joinPhrases(list []phrase) string {
	out := make([]string, len(list))
	for n, p := range list {
		out[n] = string(p)
	}
	return strings.Join(out, " | ")
}
