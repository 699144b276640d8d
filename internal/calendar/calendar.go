// Package calendar knows working days and working time: weekends, statutory holidays and the make-up
// working days (调休) of mainland China, from a dated table. It never guesses: a year without a table is
// an error.
package calendar

import (
	_ "embed"
	"fmt"
	"maps"
	"strconv"
	"time"
)

// holidays lists, for every year it covers, each statutory day off and each make-up working day as the
// General Office of the State Council announced them. 2027 is as 6tail/lunar-go v1.4.7 has it, with which a
// test compares every day.
//
//go:embed holidays.tsv
var holidays string

// Working hours are 09:00–18:00 without a break.
const (
	startHour = 9
	endHour   = 18
)

type day struct {
	work bool
	name string
	n    int // nth day of the holiday
}

// Calendar answers for one zone. It does not change and may be shared.
type Calendar struct {
	zone  *time.Location
	days  map[string]day
	years map[int]bool

	ordinary bool // a missing year has ordinary weeks
}

// MissingYearError is a question about a year the table does not have.
type MissingYearError struct{ Year int }

func (e *MissingYearError) Error() string {
	return fmt.Sprintf("calendar: no table of holidays for %d; update to a version that has it, or give one with the key calendar (see config.example.yaml)", e.Year)
}

// UserMessage is what people are told.
func (e *MissingYearError) UserMessage() string {
	return fmt.Sprintf("日历缺%d年的节假日安排，请管理员更新。", e.Year)
}

// New reads the table the program carries, for a zone.
func New(zone *time.Location) (*Calendar, error) { return With(zone, nil, "") }

// With reads that table and one of an enterprise's own, whose years count instead of the program's.
func With(zone *time.Location, more []byte, file string) (*Calendar, error) {
	carried, err := parse([]byte(holidays), "holidays.tsv")
	if err != nil {
		return nil, fmt.Errorf("calendar: %w", err)
	}
	own, err := parse(more, file)
	if err != nil {
		return nil, err
	}
	c := &Calendar{zone: zone, days: map[string]day{}, years: map[int]bool{}}
	for _, t := range []table{carried, own} {
		c.take(t)
	}
	return c, nil
}

// take puts the years of a table in place of those there are.
func (c *Calendar) take(t table) {
	for date := range c.days {
		if year, _ := strconv.Atoi(date[:4]); t.years[year] {
			delete(c.days, date)
		}
	}
	for year := range t.years {
		c.years[year] = true
	}
	maps.Copy(c.days, t.days)
}

// End is the first moment, from the year of now on, of which the calendar knows nothing.
func (c *Calendar) End(now time.Time) time.Time {
	year := now.In(c.zone).Year()
	for c.years[year] {
		year++
	}
	return time.Date(year, 1, 1, 0, 0, 0, 0, c.zone)
}

// Zone is where days begin and end.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Covers reports whether the table has the year.
func (c *Calendar) Covers(year int) bool { return c.years[year] }

// Workday reports whether the day of t is a working day.
func (c *Calendar) Workday(t time.Time) (bool, error) {
	t = t.In(c.zone)
	if !c.years[t.Year()] && !c.ordinary {
		return false, &MissingYearError{t.Year()}
	}
	if d, ok := c.days[t.Format(time.DateOnly)]; ok {
		return d.work, nil
	}
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday, nil
}

// Holiday names the statutory holiday t falls in and which of its days it is, from 1; "" on other days.
func (c *Calendar) Holiday(t time.Time) (name string, n int) {
	d := c.days[t.In(c.zone).Format(time.DateOnly)]
	if d.work {
		return "", 0
	}
	return d.name, d.n
}

// Ordinary is the same calendar with ordinary weeks, Monday to Friday, in the years it has no table for: for
// reminders, which must not stop where the tables do. It says nothing about anybody having been late.
func (c *Calendar) Ordinary() *Calendar {
	ordinary := *c
	ordinary.ordinary = true
	return &ordinary
}

// NextWork is t when it is working time, else the start of the next working day.
func (c *Calendar) NextWork(t time.Time) (time.Time, error) {
	local := t.In(c.zone)
	for {
		work, err := c.Workday(local)
		if err != nil {
			return time.Time{}, err
		}
		start, end := at(local, startHour), at(local, endHour)
		switch {
		case work && local.Before(start):
			return start.In(t.Location()), nil
		case work && local.Before(end):
			return local.In(t.Location()), nil
		}
		local = at(local.AddDate(0, 0, 1), 0)
	}
}

// AddWork is t plus d of working time. Outside working time it counts from the next 09:00; what exactly
// fills a day ends at its 18:00.
func (c *Calendar) AddWork(t time.Time, d time.Duration) (time.Time, error) {
	for {
		start, err := c.NextWork(t)
		if err != nil {
			return time.Time{}, err
		}
		left := at(start.In(c.zone), endHour).Sub(start)
		if d <= left {
			return start.Add(d), nil
		}
		d -= left
		t = start.Add(left)
	}
}

// WorkBetween is the working time from a to b, zero when b is not after a.
func (c *Calendar) WorkBetween(a, b time.Time) (time.Duration, error) {
	var sum time.Duration
	for a.Before(b) {
		start, err := c.NextWork(a)
		if err != nil {
			return 0, err
		}
		end := at(start.In(c.zone), endHour)
		if b.Before(end) {
			end = b
		}
		if end.After(start) {
			sum += end.Sub(start)
		}
		a = at(start.In(c.zone), endHour)
	}
	return sum, nil
}

// AddWorkdays is 18:00 of the nth working day after the day of t.
func (c *Calendar) AddWorkdays(t time.Time, n int) (time.Time, error) {
	local := t.In(c.zone)
	for n > 0 {
		local = at(local.AddDate(0, 0, 1), endHour)
		work, err := c.Workday(local)
		if err != nil {
			return time.Time{}, err
		}
		if work {
			n--
		}
	}
	return local.In(t.Location()), nil
}

func at(t time.Time, hour int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location())
}
