package form

import (
	"fmt"
	"time"
)

// IdleKind is a clock of a form nobody is answering.
type IdleKind string

// The clocks.
const (
	Nudge   IdleKind = "nudge"   // a reminder where the form is filled
	Direct  IdleKind = "direct"  // one in private
	Forward IdleKind = "forward" // what is there goes to the duty officer as an oral first report
	Abandon IdleKind = "abandon" // it is given up
	Settle  IdleKind = "settle"  // after the last addition: what is said here is no answer any more
)

// Idle says after how much silence, counted from the person's last word, each of them goes off.
type Idle struct {
	Nudge   time.Duration `yaml:"nudge"`
	Direct  time.Duration `yaml:"direct"`
	Forward time.Duration `yaml:"forward"`
	Abandon time.Duration `yaml:"abandon"`
	Settle  time.Duration `yaml:"settle"`
}

// check finds a time that is missing or out of its order. key is empty for the whole.
func (i Idle) check() (key, why string) {
	if i == (Idle{}) {
		return "", "idle is missing: write nudge, direct, forward, abandon and settle, as in 3m, 10m, 30m, 24h and 30m"
	}
	before, name := time.Duration(0), ""
	for _, t := range []struct {
		key   IdleKind
		after time.Duration
	}{{Nudge, i.Nudge}, {Direct, i.Direct}, {Forward, i.Forward}, {Abandon, i.Abandon}} {
		switch {
		case t.after < time.Minute:
			return "." + string(t.key), fmt.Sprintf("%s is missing or below 1m", t.key)
		case t.after <= before:
			return "." + string(t.key), fmt.Sprintf("%s must come after %s: nudge, direct, forward, abandon", t.key, name)
		}
		before, name = t.after, string(t.key)
	}
	if i.Settle < time.Minute {
		return ".settle", "settle is missing or below 1m"
	}
	return "", ""
}

// Timer is when a clock goes off, in whole minutes.
type Timer struct {
	Kind IdleKind
	At   time.Time
}

// Clocks are those that run now.
func (s *Session) Clocks() []Timer {
	st := &s.state
	var timers []Timer
	switch {
	case st.phase == adding:
		return []Timer{{Settle, upMinute(st.last.Add(s.form.Idle.Settle))}}
	case st.phase == cancelled || st.submitted || st.phase == abandoned:
		return nil
	}
	idle := s.form.Idle
	for _, c := range []struct {
		kind  IdleKind
		after time.Duration
	}{{Nudge, idle.Nudge}, {Direct, idle.Direct}, {Forward, idle.Forward}, {Abandon, idle.Abandon}} {
		if st.fired[c.kind] || !s.runs(c.kind) {
			continue
		}
		timers = append(timers, Timer{c.kind, upMinute(st.last.Add(c.after))})
	}
	return timers
}

func (s *Session) runs(kind IdleKind) bool {
	switch kind {
	case Nudge:
		return s.state.phase != paused && s.state.forwarded.IsZero()
	case Direct:
		return s.state.forwarded.IsZero()
	case Forward:
		return s.state.forwarded.IsZero() && s.forwardable()
	}
	return true
}

// forwardable: with a title and where it was seen, somebody can pick up the phone.
func (s *Session) forwardable() bool {
	_, title := s.value(MeansTitle)
	_, seen := s.value(MeansPlatform)
	_, asked := s.form.Meaning(MeansPlatform)
	return title && (seen || !asked)
}

// ForwardAt is when what is there will be passed on, zero if it will not be.
func (s *Session) ForwardAt() time.Time {
	for _, t := range s.Clocks() {
		if t.Kind == Forward {
			return t.At
		}
	}
	return time.Time{}
}

func upMinute(t time.Time) time.Time {
	if m := t.Truncate(time.Minute); !m.Equal(t) {
		return m.Add(time.Minute)
	}
	return t
}
