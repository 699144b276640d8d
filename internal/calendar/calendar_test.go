package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	"pgregory.net/rapid"
)

const (
	minute    = "2006-01-02 15:04"
	firstYear = 2024
	lastYear  = 2027
)

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func newCalendar(t testing.TB) *Calendar {
	t.Helper()
	c, err := New(shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation(minute, s, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestTableAgreesWithLunar compares every day of every year in the table with an independent one.
func TestTableAgreesWithLunar(t *testing.T) {
	c := newCalendar(t)
	for date := time.Date(firstYear, 1, 1, 12, 0, 0, 0, shanghai); date.Year() <= lastYear; date = date.AddDate(0, 0, 1) {
		work, err := c.Workday(date)
		if err != nil {
			t.Fatal(err)
		}
		name, n := c.Holiday(date)
		want := date.Weekday() != time.Saturday && date.Weekday() != time.Sunday
		other := HolidayUtil.GetHolidayByYmd(date.Year(), int(date.Month()), date.Day())
		if other != nil {
			want = other.IsWork()
		}
		if work != want {
			t.Errorf("%s: working day %v, want %v", date.Format(time.DateOnly), work, want)
		}
		off := other != nil && !other.IsWork()
		if off != (name != "") || off != (n > 0) || off && !strings.Contains(other.GetName(), name) {
			t.Errorf("%s: holiday %q day %d, want %v", date.Format(time.DateOnly), name, n, other)
		}
	}
}

func TestTableCoversItsYears(t *testing.T) {
	c := newCalendar(t)
	for year := firstYear - 1; year <= lastYear+1; year++ {
		if want := year >= firstYear && year <= lastYear; c.Covers(year) != want {
			t.Errorf("%d: covered %v, want %v", year, c.Covers(year), want)
		}
	}
	if c.Zone() != shanghai {
		t.Errorf("zone %v", c.Zone())
	}
}

func TestHolidayNumbersItsDays(t *testing.T) {
	c := newCalendar(t)
	for _, h := range []struct {
		at, name string
		n        int
	}{
		{"2026-02-15 00:00", "春节", 1},
		{"2026-02-17 12:00", "春节", 3},
		{"2026-02-23 23:59", "春节", 9},
		{"2026-02-24 00:00", "", 0},
		{"2026-02-28 10:00", "", 0},
		{"2026-10-01 00:00", "国庆", 1},
		{"2026-10-07 08:00", "国庆", 7},
		{"2026-10-10 08:00", "", 0},
		{"2026-09-25 08:00", "中秋", 1},
		{"2026-03-14 08:00", "", 0},
		{"2031-10-01 08:00", "", 0},
	} {
		t.Run(h.at, func(t *testing.T) {
			if name, n := c.Holiday(moment(t, h.at)); name != h.name || n != h.n {
				t.Errorf("got %q day %d, want %q day %d", name, n, h.name, h.n)
			}
		})
	}
}

func TestMissingYear(t *testing.T) {
	c := newCalendar(t)
	before, after, last := moment(t, "2023-12-31 10:00"), moment(t, "2028-01-01 10:00"), moment(t, "2027-12-31 17:00")
	for name, ask := range map[string]func() error{
		"day before the table":        func() error { _, err := c.Workday(before); return err },
		"day after the table":         func() error { _, err := c.Workday(after); return err },
		"next working time":           func() error { _, err := c.NextWork(last.Add(time.Hour)); return err },
		"adding over the end":         func() error { _, err := c.AddWork(last, 2*time.Hour); return err },
		"adding nothing outside":      func() error { _, err := c.AddWork(after, 0); return err },
		"between over the end":        func() error { _, err := c.WorkBetween(last, after); return err },
		"working days over the end":   func() error { _, err := c.AddWorkdays(last, 1); return err },
		"working days from before it": func() error { _, err := c.AddWorkdays(before.AddDate(0, 0, -1), 1); return err },
	} {
		t.Run(name, func(t *testing.T) {
			missing := (*MissingYearError)(nil)
			if err := ask(); !errors.As(err, &missing) {
				t.Fatalf("got %v, want a *MissingYearError", err)
			}
			if missing.Year != 2023 && missing.Year != 2028 || !strings.ContainsRune(missing.UserMessage(), '年') {
				t.Errorf("%v: %s", missing, missing.UserMessage())
			}
		})
	}
}

func TestNextWork(t *testing.T) {
	c := newCalendar(t)
	for _, w := range []struct{ name, at, want string }{
		{"working time stays", "2026-03-10 14:06", "2026-03-10 14:06"},
		{"the first minute", "2026-03-10 09:00", "2026-03-10 09:00"},
		{"before work", "2026-03-10 08:59", "2026-03-10 09:00"},
		{"the last minute", "2026-03-10 17:59", "2026-03-10 17:59"},
		{"the end of work", "2026-03-10 18:00", "2026-03-11 09:00"},
		{"Friday night", "2026-03-13 22:00", "2026-03-16 09:00"},
		{"Sunday", "2026-03-15 12:00", "2026-03-16 09:00"},
		{"the eve of the National Day holiday", "2026-09-30 18:00", "2026-10-08 09:00"},
		{"make-up Saturday", "2026-10-10 10:00", "2026-10-10 10:00"},
		{"Friday night before a make-up Saturday", "2026-10-09 19:00", "2026-10-10 09:00"},
		{"make-up Sunday", "2026-09-20 08:00", "2026-09-20 09:00"},
		{"the eve of the Spring Festival", "2026-02-14 20:00", "2026-02-24 09:00"},
	} {
		t.Run(w.name, func(t *testing.T) {
			got, err := c.NextWork(moment(t, w.at))
			if err != nil || !got.Equal(moment(t, w.want)) {
				t.Errorf("got %v, %v, want %s", got, err, w.want)
			}
		})
	}
}

// workTable lists working time from one moment to another.
var workTable = []struct {
	name, from string
	work       time.Duration
	to         string
}{
	{"nothing", "2026-03-10 14:06", 0, "2026-03-10 14:06"},
	{"within a day", "2026-03-10 09:16", 4 * time.Hour, "2026-03-10 13:16"},
	{"through noon without a break", "2026-03-10 11:00", 3 * time.Hour, "2026-03-10 14:00"},
	{"filling a day ends at 18:00", "2026-03-10 09:00", 9 * time.Hour, "2026-03-10 18:00"},
	{"a minute more is the next morning", "2026-03-10 09:00", 9*time.Hour + time.Minute, "2026-03-11 09:01"},
	{"over a night", "2026-03-10 17:00", 4 * time.Hour, "2026-03-11 12:00"},
	{"from before work", "2026-03-10 03:00", time.Hour, "2026-03-10 10:00"},
	{"from after work", "2026-03-10 21:00", time.Hour, "2026-03-11 10:00"},
	{"over a weekend", "2026-03-13 17:00", 2 * time.Hour, "2026-03-16 10:00"},
	{"from a Saturday", "2026-03-14 10:00", 30 * time.Minute, "2026-03-16 09:30"},
	{"a whole week", "2026-03-09 09:00", 45 * time.Hour, "2026-03-13 18:00"},
	{"over the National Day holiday", "2026-09-30 17:00", 2 * time.Hour, "2026-10-08 10:00"},
	{"from within the holiday", "2026-10-02 13:10", time.Hour, "2026-10-08 10:00"},
	{"into the make-up Saturday", "2026-10-09 17:00", 2 * time.Hour, "2026-10-10 10:00"},
	{"over the Sunday after the make-up Saturday", "2026-10-10 17:00", 2 * time.Hour, "2026-10-12 10:00"},
	{"the three days between holiday and Sunday", "2026-10-08 09:00", 27 * time.Hour, "2026-10-10 18:00"},
	{"on the make-up Sunday", "2026-09-18 17:00", 2 * time.Hour, "2026-09-20 10:00"},
	{"over the Spring Festival", "2026-02-14 17:00", 2 * time.Hour, "2026-02-24 10:00"},
	{"over the New Year into the make-up Sunday", "2025-12-31 17:30", time.Hour, "2026-01-04 09:30"},
}

func TestAddWork(t *testing.T) {
	c := newCalendar(t)
	for _, w := range workTable {
		t.Run(w.name, func(t *testing.T) {
			got, err := c.AddWork(moment(t, w.from), w.work)
			if err != nil || !got.Equal(moment(t, w.to)) {
				t.Errorf("got %v, %v, want %s", got, err, w.to)
			}
		})
	}
}

func TestWorkBetween(t *testing.T) {
	c := newCalendar(t)
	for _, w := range workTable {
		t.Run(w.name, func(t *testing.T) {
			from, to := moment(t, w.from), moment(t, w.to)
			if got, err := c.WorkBetween(from, to); err != nil || got != w.work {
				t.Errorf("got %v, %v, want %v", got, err, w.work)
			}
			if got, err := c.WorkBetween(to, from); err != nil || got != 0 {
				t.Errorf("backwards: got %v, %v, want none", got, err)
			}
		})
	}
	t.Run("only a holiday", func(t *testing.T) {
		got, err := c.WorkBetween(moment(t, "2026-09-30 18:00"), moment(t, "2026-10-08 09:00"))
		if err != nil || got != 0 {
			t.Errorf("got %v, %v, want none", got, err)
		}
	})
}

func TestAddWorkdays(t *testing.T) {
	c := newCalendar(t)
	for _, w := range []struct {
		name, from string
		n          int
		want       string
	}{
		{"the next day", "2026-03-10 14:06", 1, "2026-03-11 18:00"},
		{"from before dawn", "2026-03-10 00:00", 1, "2026-03-11 18:00"},
		{"from before midnight", "2026-03-10 23:59", 1, "2026-03-11 18:00"},
		{"five days over a weekend", "2026-03-10 14:06", 5, "2026-03-17 18:00"},
		{"from a Saturday", "2026-03-14 14:06", 1, "2026-03-16 18:00"},
		{"over the National Day holiday", "2026-09-30 10:00", 1, "2026-10-08 18:00"},
		{"the make-up Saturday counts", "2026-09-30 10:00", 3, "2026-10-10 18:00"},
		{"and the Sunday after it does not", "2026-09-30 10:00", 4, "2026-10-12 18:00"},
		{"over the Spring Festival", "2026-02-13 10:00", 2, "2026-02-24 18:00"},
	} {
		t.Run(w.name, func(t *testing.T) {
			got, err := c.AddWorkdays(moment(t, w.from), w.n)
			if err != nil || !got.Equal(moment(t, w.want)) {
				t.Errorf("got %v, %v, want %s", got, err, w.want)
			}
		})
	}
}

// TestOtherZones: answers count in the calendar's zone and come back in that of the question.
func TestOtherZones(t *testing.T) {
	c := newCalendar(t)
	from := time.Date(2026, 3, 9, 16, 30, 0, 0, time.UTC) // Tuesday 00:30 in Shanghai
	for name, ask := range map[string]func() (time.Time, error){
		"2026-03-10T01:00:00Z": func() (time.Time, error) { return c.NextWork(from) },
		"2026-03-10T03:00:00Z": func() (time.Time, error) { return c.AddWork(from, 2*time.Hour) },
		"2026-03-11T10:00:00Z": func() (time.Time, error) { return c.AddWorkdays(from, 1) },
	} {
		if got, err := ask(); err != nil || got.Format(time.RFC3339) != name {
			t.Errorf("got %v, %v, want %s", got, err, name)
		}
	}
}

// anyTime is a moment far enough from the end of the table to add to.
func anyTime(rt *rapid.T, label string) time.Time {
	minutes := rapid.IntRange(0, 2*365*24*60).Draw(rt, label)
	return time.Date(firstYear, 1, 1, 0, minutes, 0, 0, shanghai)
}

func anyWork(rt *rapid.T, label string) time.Duration {
	return time.Duration(rapid.IntRange(0, 200*60).Draw(rt, label)) * time.Minute
}

func TestAddWorkIsMonotone(t *testing.T) {
	c := newCalendar(t)
	add := adder(t, c)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := anyTime(rt, "a"), anyTime(rt, "b")
		d, more := anyWork(rt, "d"), anyWork(rt, "more")
		if b.Before(a) {
			a, b = b, a
		}
		if add(b, d).Before(add(a, d)) {
			rt.Errorf("from %v %v, later from %v %v", a, add(a, d), b, add(b, d))
		}
		if add(a, d+more).Before(add(a, d)) || add(a, d).Before(a) {
			rt.Errorf("%v and then %v more go back", d, more)
		}
	})
}

func TestAddWorkIsAdditive(t *testing.T) {
	c := newCalendar(t)
	add := adder(t, c)
	rapid.Check(t, func(rt *rapid.T) {
		from, d, e := anyTime(rt, "from"), anyWork(rt, "d"), anyWork(rt, "e")
		together, inTwo := add(from, d+e), add(add(from, d), e)
		if e == 0 { // 18:00 and the next 09:00 are the same working moment
			together, inTwo = add(together, 0), add(inTwo, 0)
		}
		if !together.Equal(inTwo) {
			rt.Errorf("%v + %v from %v: %v at once, %v in two", d, e, from, together, inTwo)
		}
	})
}

func TestWorkBetweenUndoesAddWork(t *testing.T) {
	c := newCalendar(t)
	add := adder(t, c)
	rapid.Check(t, func(rt *rapid.T) {
		from, d := anyTime(rt, "from"), anyWork(rt, "d")
		to := add(from, d)
		if got, err := c.WorkBetween(from, to); err != nil || got != d {
			rt.Errorf("%v from %v to %v: got %v, %v", d, from, to, got, err)
		}
		if h := to.Hour()*60 + to.Minute(); h < startHour*60 || h > endHour*60 {
			rt.Errorf("%v is no working time", to)
		}
	})
}

func TestAddWorkdaysCountsWorkdays(t *testing.T) {
	c := newCalendar(t)
	rapid.Check(t, func(rt *rapid.T) {
		from, n := anyTime(rt, "from"), rapid.IntRange(1, 60).Draw(rt, "n")
		got, err := c.AddWorkdays(from, n)
		if err != nil {
			rt.Fatal(err)
		}
		if got.Hour() != endHour || got.Minute() != 0 {
			rt.Errorf("%v is not 18:00", got)
		}
		count := 0
		for day := from.AddDate(0, 0, 1); !at(day, 0).After(got); day = day.AddDate(0, 0, 1) {
			work, err := c.Workday(day)
			if err != nil {
				rt.Fatal(err)
			}
			if work {
				count++
			}
		}
		if work, err := c.Workday(got); err != nil || !work || count != n {
			rt.Errorf("%d working days after %v, want %d; %v, %v", count, got, n, work, err)
		}
	})
}

// adder is AddWork of a calendar that has all the years asked for.
func adder(t *testing.T, c *Calendar) func(time.Time, time.Duration) time.Time {
	return func(from time.Time, d time.Duration) time.Time {
		t.Helper()
		got, err := c.AddWork(from, d)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
}
