package zh

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

var (
	later    = regexp.MustCompile(`^再?(.+?)(?:以后|之后|后)$`)
	leadIn   = regexp.MustCompile(`^(?:延期|延)?(?:到|至|在)?`)
	deadline = regexp.MustCompile(`(?:之前|以前|前)$`)
)

// ParseFuture reads a deadline: 延期到10点, 10点, 明早9点, 今晚8点半, 半小时后. It is the next such moment
// after now.
func ParseFuture(s string, now time.Time) (When, bool) {
	text := leadIn.ReplaceAllString(written(s), "")
	text = strings.TrimSpace(deadline.ReplaceAllString(text, ""))
	if utf8.RuneCountInString(text) > 24 || text == "" {
		return When{}, false
	}
	if m := later.FindStringSubmatch(text); m != nil {
		if d, _, ok := length(m[1]); ok {
			return When{At: now.Truncate(time.Minute).Add(d), Future: true, Text: s}, true
		}
	}
	p, n := split(text, now)
	w, ok := p.when()
	if !ok || n == 0 || n != len(text) || p.ago != "" || w.DateOnly {
		return When{}, false
	}
	if !w.Future {
		w.At, ok = p.next()
	}
	return When{At: w.At, Future: true, Approx: w.Approx, Text: s}, ok
}

// next is the reading that comes first after now.
func (p parts) next() (time.Time, bool) {
	hour, minute, exact, ok := readClock(p.clock)
	day, fixed, known := p.date()
	if !ok || !known {
		return time.Time{}, false
	}
	hours := []int{hour}
	if p.part != "" {
		h, shift, good := inPart(p.part, hour, fixed)
		if !good {
			return time.Time{}, false
		}
		hours = []int{h + 24*shift}
	} else if !exact && hour <= 12 {
		hours = []int{hour % 12, hour%12 + 12}
	}
	for _, d := range p.nextDays(day, fixed) {
		for _, h := range hours {
			if t := at(d, h, minute); t.After(p.now) {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// nextDays are the days the words may mean, from now on.
func (p parts) nextDays(day time.Time, fixed bool) []time.Time {
	if m := weekday.FindStringSubmatch(p.day); m != nil && m[1] == "" {
		return []time.Time{day, day.AddDate(0, 0, 7)}
	}
	if m := dayOnly.FindStringSubmatch(p.day); m != nil && m[1] == "" {
		return p.sameDays(day, 1)
	}
	if monthDay.MatchString(p.day) && p.now.Sub(day) > 183*24*time.Hour { // 1月5日 said in December
		return p.sameDays(day, 12)
	}
	if fixed {
		return []time.Time{day}
	}
	return []time.Time{day, day.AddDate(0, 0, 1)}
}

// sameDays are day and the day of the same number some months later, twice.
func (p parts) sameDays(day time.Time, months int) []time.Time {
	days := []time.Time{day}
	for n := 1; n <= 2; n++ {
		if d := day.AddDate(0, n*months, 0); d.Day() == day.Day() {
			days = append(days, d)
		}
	}
	return days
}
