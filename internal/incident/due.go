package incident

import (
	"time"

	"fenghuo/internal/calendar"
)

// Rules are what limits are computed by: the enterprise's policy and the calendar of its working days.
type Rules struct {
	Policy   *Policy
	Calendar *calendar.Calendar
}

// Add is t plus s on the clock of level l, in whole minutes: wall time, working time, or 18:00 of the
// nth working day after. It fails when the calendar has no table for a year it needs.
func (r Rules) Add(l Level, t time.Time, s Span) (time.Time, error) {
	t = t.Truncate(time.Minute)
	switch {
	case s.Workdays > 0:
		return r.Calendar.AddWorkdays(t, s.Workdays)
	case s.Work || r.Policy.Levels[l].Time == Work:
		return r.Calendar.AddWork(t, s.D)
	}
	return t.Add(s.D), nil
}
