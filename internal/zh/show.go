package zh

import (
	"fmt"
	"time"
)

// ShowTime says t as people say it near now: 今天17:00, 明早9点, 昨天20:30, 10-09 09:00.
func ShowTime(t, now time.Time) string {
	if dayDiff(t, now) == 0 {
		return "今天" + t.Format("15:04")
	}
	return ShowClock(t, now)
}

// ShowClock is ShowTime without 今天: 09:31.
func ShowClock(t, now time.Time) string {
	switch dayDiff(t, now) {
	case 0:
		return t.Format("15:04")
	case 1:
		if t.Hour() >= 5 && t.Hour() < 12 && t.Minute() == 0 {
			return fmt.Sprintf("明早%d点", t.Hour())
		}
		return "明天" + t.Format("15:04")
	case -1:
		return "昨天" + t.Format("15:04")
	}
	if t.Year() == now.Year() {
		return t.Format("01-02 15:04")
	}
	return t.Format("2006-01-02 15:04")
}

// dayDiff is how many days t is after now, by the calendar.
func dayDiff(t, now time.Time) int {
	a := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	b := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	return int(a.Sub(b).Hours() / 24)
}

// ShowSpan says a length of time, rounded down to minutes: 12分钟, 1小时30分, 2天3小时.
func ShowSpan(d time.Duration) string {
	m := int(d.Minutes())
	switch {
	case m < 1:
		return "不到1分钟"
	case m < 60:
		return fmt.Sprintf("%d分钟", m)
	case m%60 == 0 && m < 24*60:
		return fmt.Sprintf("%d小时", m/60)
	case m < 24*60:
		return fmt.Sprintf("%d小时%d分", m/60, m%60)
	case m/60%24 == 0:
		return fmt.Sprintf("%d天", m/60/24)
	}
	return fmt.Sprintf("%d天%d小时", m/60/24, m/60%24)
}
