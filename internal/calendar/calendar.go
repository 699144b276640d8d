// Package calendar knows working days and working time: weekends, statutory holidays and the make-up
// working days (调休) of mainland China, from a dated table. It never guesses: a year without a table is
// an error.
package calendar

import (
	_ "embed"
	"fmt"
	"strings"
	"time"
)

// holidays lists, for every year it covers, each statutory day off and each make-up working day as the
// General Office of the State Council announced them.
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
}

// MissingYearError is a question about a year the table does not have.
type MissingYearError struct{ Year int }

func (e *MissingYearError) Error() string {
	return fmt.Sprintf("calendar: no table of holidays for %d; update to a version that has it", e.Year)
}

// UserMessage is what people are told.
func (e *MissingYearError) UserMessage() string {
	return fmt.Sprintf("日历缺%d年的节假日安排，请管理员更新。", e.Year)
}

// New reads the table for a zone.
func New(zone *time.Location) (*Calendar, error) {
	c := &Calendar{zone: zone, days: map[string]day{}, years: map[int]bool{}}
	var last time.Time
	n := 0
	for i, line := range strings.Split(strings.TrimSpace(holidays), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("calendar: line %d: want date, off or work, name", i+1)
		}
		date, err := time.Parse(time.DateOnly, f[0])
		if err != nil {
			return nil, fmt.Errorf("calendar: line %d: %w", i+1, err)
		}
		c.years[date.Year()] = true
		if f[1] == "work" {
			c.days[f[0]] = day{work: true, name: f[2]}
			continue
		}
		if n++; !date.Equal(last.AddDate(0, 0, 1)) || c.days[last.Format(time.DateOnly)].name != f[2] {
			n = 1
		}
		last = date
		c.days[f[0]] = day{name: f[2], n: n}
	}
	return c, nil
}

// Zone is where days begin and end.
func (c *Calendar) Zone() *time.Location { return c.zone }

// Covers reports whether the table has the year.
func (c *Calendar) Covers(year int) bool { return c.years[year] }

// Workday reports whether the day of t is a working day.
func (c *Calendar) Workday(t time.Time) (bool, error) {
	t = t.In(c.zone)
	if !c.years[t.Year()] {
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
