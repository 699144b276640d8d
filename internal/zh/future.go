package zh

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
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

// mostDeadline is how many characters a deadline may take, spaces included.
const mostDeadline = 40

// CutFuture reads the deadline a text begins with and gives back what follows: 明天 上午10点，检测报告未出.
// The deadline ends where the text pauses, as late as it can; without a pause, after its last word.
func CutFuture(s string, now time.Time) (w When, rest string, ok bool) {
	text := strings.TrimLeftFunc(s, pause)
	var ends []int // where each of its characters ends
	for at := 0; at < len(text) && len(ends) < mostDeadline; {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
		ends = append(ends, at)
	}
	for _, paused := range []bool{true, false} {
		for _, end := range slices.Backward(ends) {
			last, _ := utf8.DecodeLastRuneInString(text[:end])
			next, _ := utf8.DecodeRuneInString(text[end:])
			if (end == len(text) || pause(next)) != paused || pause(last) || (!paused && isDigit(last)) {
				continue
			}
			if w, ok = ParseFuture(text[:end], now); ok {
				return w, strings.TrimFunc(text[end:], pause), true
			}
		}
	}
	return When{}, text, false
}

// pause is a space or a mark between clauses. A colon is none: it is part of a clock.
func pause(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("，,。、;；！!~～—", r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

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
