package scheduler

import (
	"context"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

// CalendarAhead is how long before the table of holidays ends administrators are warned: the State Council
// announces a year in the autumn before it.
const CalendarAhead = 60 * 24 * time.Hour

const (
	lastCalendar = "calendar"
	calendarWeek = 7 * 24 * time.Hour
	askFrom      = incident.DayTime(9 * 60) // administrators are not woken for what has weeks
	askTo        = incident.DayTime(18 * 60)
)

// calendar warns the administrators while the table of holidays ends within CalendarAhead: once a week,
// in the last week and after it every day.
func (s *Scheduler) calendar(ctx context.Context) error {
	cal := s.Desk.Rules.Calendar
	now := s.Store.Now()
	local := now.In(cal.Zone())
	if of := incident.DayTime(0).Of(local); of < askFrom || of >= askTo {
		return nil
	}
	end := cal.End(now) // when the present year is missing, its beginning
	left := end.Sub(now)
	if left > CalendarAhead {
		return nil
	}
	pause := calendarWeek
	if left <= calendarWeek {
		pause = 24 * time.Hour
	}
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.Lock(lastCalendar); err != nil {
			return err
		}
		last, err := tx.Mark(lastCalendar)
		if err != nil || tx.Now.Sub(last) < pause {
			return err
		}
		if err := tx.SetMark(lastCalendar, askFrom.On(local)); err != nil {
			return err
		}
		s.Log.Warn("calendar ends soon", "at", end.Format(time.DateOnly))
		return s.Desk.On(tx, lastCalendar).TellAdmins("calendar/"+local.Format(time.DateOnly), "日历将尽", s.Desk.Voice.CalendarEnds(end, tx.Now))
	})
}
