package incident

import "time"

// due is Add, with ordinary weeks in a year the calendar lacks: administrators hear of it long before, and a
// reminder that never comes would be worse than one on a day off.
func (r Rules) due(l Level, from time.Time, s Span) time.Time {
	if s.IsZero() || from.IsZero() {
		return time.Time{}
	}
	t, err := r.Add(l, from, s)
	if err != nil {
		t, _ = Rules{Policy: r.Policy, Calendar: r.Calendar.Ordinary()}.Add(l, from, s)
	}
	return t
}

// dueByDay is due, moved out of the quiet hours of the level.
func (r Rules) dueByDay(l Level, from time.Time, s Span) time.Time {
	return r.deferred(l, r.due(l, from, s)).UTC()
}

// firstCall is when the officer may first be @-mentioned: at once, except that level IV waits for the
// next working time.
func (r Rules) firstCall(l Level, at time.Time) time.Time {
	if r.Policy.Levels[l].Quiet != QuietAll {
		return at
	}
	return r.nextWork(at)
}

// deferred moves a due time out of the quiet hours of its level.
func (r Rules) deferred(l Level, t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	switch r.Policy.Levels[l].Quiet {
	case QuietDefer:
		return r.afterQuiet(t)
	case QuietAll:
		if local := r.local(t); DayTime(0).Of(local) == 18*60 {
			return t // the end of working time is still working time
		}
		return r.nextWork(t)
	}
	return t
}

// afterQuiet is t, or the end of the quiet hours t falls in.
func (r Rules) afterQuiet(t time.Time) time.Time {
	if !r.InQuiet(t) {
		return t
	}
	local := r.local(t)
	if DayTime(0).Of(local) >= r.Policy.QuietFrom {
		local = local.AddDate(0, 0, 1)
	}
	return r.Policy.QuietResume.On(local)
}

// InQuiet reports whether t falls in the quiet hours.
func (r Rules) InQuiet(t time.Time) bool {
	of := DayTime(0).Of(r.local(t))
	p := r.Policy
	if p.QuietFrom <= p.QuietTo {
		return of >= p.QuietFrom && of < p.QuietTo
	}
	return of >= p.QuietFrom || of < p.QuietTo
}

func (r Rules) nextWork(t time.Time) time.Time {
	next, _ := r.Calendar.Ordinary().NextWork(t)
	return next
}

func (r Rules) local(t time.Time) time.Time { return t.In(r.Calendar.Zone()) }
