package incident

import (
	"fmt"
	"time"
)

// HardStop is the last moment for the final report, however its due time was moved: so many calendar days after
// calm. Zero while the incident has not calmed, and where the policy has none.
func (i *Incident) HardStop(r Rules) time.Time {
	days := r.Policy.Levels[i.Level.Current].HardStopDays
	if i.CalmAt.IsZero() || days == 0 {
		return time.Time{}
	}
	return minute(i.CalmAt).AddDate(0, 0, days)
}

// hardStopClock runs while the final report is overdue. As everywhere, no fault without a delivered reminder.
func (i *Incident) hardStopClock(r Rules) []Clock {
	d, stop := i.Duty(AboutFinal), i.HardStop(r)
	if d == nil || stop.IsZero() || d.GraceTo.IsZero() || i.Final.Verdict == Missed {
		return nil
	}
	at := r.deferred(i.Level.Current, stop)
	return []Clock{{Kind: ClockMissed, About: AboutFinal, At: latest(at, d.GraceTo), Due: stop, Person: d.Person, Reason: "终报最后期限"}}
}

// hardStop: the last day has passed and there is no final report. What was a risk of 缓报 is one of 漏报.
func (i *Incident) hardStop(r Rules, a Act) error {
	if err := i.live(); err != nil {
		return err
	}
	d := i.Duty(AboutFinal)
	if d == nil || i.Final.Verdict == Missed || a.At.Before(i.HardStop(r)) {
		return i.refuse(NoRisk)
	}
	i.Final.Verdict = Missed
	d.Risk = i.missedRisk(i.Risk(d.Risk), a.At, d.Name, d.Person, fmt.Sprintf("平息后%d天仍未报终报", r.Policy.Levels[i.Level.Current].HardStopDays))
	return nil
}
