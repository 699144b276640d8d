package wording

import (
	"regexp"
	"strings"
	"time"

	"fenghuo/internal/zh"
)

// moment is a time in a text. earliest and latest are the ends of what it may mean, for each reading.
type moment struct {
	part
	earliest, latest []time.Time
	dayless          bool
	exact            int // 2: by the clock, 1: a day, 0: roughly
	deadline         bool
	topics           []topic
}

var (
	dayWord  = regexp.MustCompile(`[天日号月周昨今明年]|星期|礼拜|前晚|-|/|小时|分钟|刻钟`)
	clockIn  = regexp.MustCompile(`[点时:]|分钟|小时|刻`)
	deadline = regexp.MustCompile(`^(?:之前|以前|前)`)
	dayParts = []struct {
		words          *regexp.Regexp
		earlier, later time.Duration // around the hour that stands for the part
	}{
		{regexp.MustCompile(`凌晨`), 3 * time.Hour, 3 * time.Hour},
		{regexp.MustCompile(`上午`), 4 * time.Hour, 2 * time.Hour},
		{regexp.MustCompile(`[中正]午|午间`), 2 * time.Hour, 2 * time.Hour},
		{regexp.MustCompile(`下午|午后`), 3 * time.Hour, 3 * time.Hour},
		{regexp.MustCompile(`傍晚`), 2 * time.Hour, 2 * time.Hour},
		{regexp.MustCompile(`半夜|深夜|午夜`), 2 * time.Hour, 6 * time.Hour},
		{regexp.MustCompile(`[晚夜]`), 3 * time.Hour, 5 * time.Hour},
		{regexp.MustCompile(`[早晨]`), 3 * time.Hour, 3 * time.Hour},
	}
)

// moments are the times of a text, as they were meant when it was said.
func (t text) moments(said time.Time) []moment {
	var out []moment
	at := 0
	for _, w := range zh.FindTimes(t.string, said) {
		n := strings.Index(t.string[at:], w.Text)
		if n < 0 {
			continue
		}
		m := moment{part: part{at + n, at + n + len(w.Text)}}
		at = m.to
		m.read(w)
		m.deadline = deadline.MatchString(t.string[m.to:])
		m.topics = t.doneAt(m.part)
		out = append(out, m)
	}
	return out
}

func (m *moment) read(w zh.When) {
	m.dayless = !dayWord.MatchString(w.Text)
	readings := append([]time.Time{w.At, w.Upcoming}, w.Options...)
	earlier, later := time.Duration(0), time.Duration(0)
	switch {
	case w.DateOnly:
		later = 24*time.Hour - time.Minute
	case !clockIn.MatchString(w.Text):
		for _, p := range dayParts {
			if p.words.MatchString(w.Text) {
				earlier, later = p.earlier, p.later
				break
			}
		}
	case w.Approx:
		earlier, later = 30*time.Minute, 30*time.Minute
	}
	switch {
	case w.DateOnly:
		m.exact = 1
	case earlier+later == 0:
		m.exact = 2
	}
	for _, r := range readings {
		if !r.IsZero() {
			m.earliest, m.latest = append(m.earliest, r.Add(-earlier)), append(m.latest, r.Add(later))
		}
	}
}

// doneAt is what is said to happen at a time: in its clause, else in the next.
func (t text) doneAt(p part) []topic {
	var out []topic
	clauses := t.clauses()
	for n, c := range clauses {
		if !c.holds(p.from) {
			continue
		}
		for _, c := range clauses[n:min(n+2, len(clauses))] {
			for _, n := range topicsIn(t, c) {
				if !aboutOnly[n.topic] {
					out = append(out, n.topic)
				}
			}
			if len(out) > 0 {
				break
			}
		}
	}
	return out
}

// agrees reports whether both may be the same time. A clock without a day is compared as a clock.
func (m moment) agrees(o moment) bool {
	for n := range m.earliest {
		for k := range o.earliest {
			shift := time.Duration(0)
			if m.dayless || o.dayless {
				shift = o.earliest[k].Sub(m.earliest[n]).Round(24 * time.Hour)
			}
			if !m.earliest[n].Add(shift).After(o.latest[k]) && !o.earliest[k].After(m.latest[n].Add(shift)) {
				return true
			}
		}
	}
	return false
}
