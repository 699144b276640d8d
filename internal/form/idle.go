package form

import "time"

// IdleKind is a clock of a form nobody is answering.
type IdleKind string

// The clocks, counted from the person's last word.
const (
	Nudge   IdleKind = "nudge"   // 3 minutes: a reminder where the form is filled
	Direct  IdleKind = "direct"  // 10 minutes: one in private
	Forward IdleKind = "forward" // 30 minutes: what is there goes to the duty officer as an oral first report
	Abandon IdleKind = "abandon" // 24 hours
	Settle  IdleKind = "settle"  // 30 minutes after the last addition: what is said here is no answer any more
)

var idleAfter = []struct {
	kind  IdleKind
	after time.Duration
}{{Nudge, 3 * time.Minute}, {Direct, 10 * time.Minute}, {Forward, 30 * time.Minute}, {Abandon, 24 * time.Hour}}

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
		return []Timer{{Settle, upMinute(st.last.Add(30 * time.Minute))}}
	case st.phase == cancelled || st.submitted || st.phase == abandoned:
		return nil
	}
	for _, c := range idleAfter {
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
	_, title := s.state.values[KeyTitle]
	_, seen := s.state.values[KeyPlatform]
	_, asked := s.form.Field(KeyPlatform)
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
