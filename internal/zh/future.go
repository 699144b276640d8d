package zh

import (
	"regexp"
	"strings"
	"time"
)

var later = regexp.MustCompile(`^(?:再)?(.+?)(?:以后|之后|后)$`)

// ParseFuture reads a deadline: 延期到10点, 10点, 明早9点, 今晚8点半, 半小时后. It is the next such moment
// after now.
func ParseFuture(s string, now time.Time) (When, bool) {
	text := spaces.Replace(Fold(s))
	for _, lead := range []string{"延期", "延", "到", "至", "在"} {
		text = strings.TrimPrefix(text, lead)
	}
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "前"), "之"))
	if len([]rune(text)) > 24 || text == "" {
		return When{}, false
	}
	if m := later.FindStringSubmatch(text); m != nil {
		if t, _, ok := before(m[1]+"前", now); ok {
			return When{At: now.Truncate(time.Minute).Add(now.Truncate(time.Minute).Sub(t.Truncate(time.Minute))), Future: true, Text: s}, true
		}
	}
	w, n, ok := read(text, now)
	if !ok || n != len(text) || w.Lunar || w.DateOnly {
		return When{}, false
	}
	if len(w.Options) == 0 && w.At.After(now) {
		return When{At: w.At, Future: true, Text: s}, true
	}
	return nextAfter(text, s, now)
}

// nextAfter looks for the reading of a clock time that comes next.
func nextAfter(text, said string, now time.Time) (When, bool) {
	m := moment.FindStringSubmatch(text)
	hour, minute, exact, ok := readClock(m[3])
	if m[3] == "" || !ok {
		return When{}, false
	}
	hours := []int{hour}
	if !exact && m[2] == "" && hour <= 12 {
		hours = []int{hour % 12, hour%12 + 12}
		if hour >= 6 && hour < 12 {
			hours = []int{hour, hour + 12}
		}
	}
	if m[2] != "" {
		h, shift, good := inPart(m[2], hour, m[1] != "")
		if !good {
			return When{}, false
		}
		hours = []int{h + 24*shift}
	}
	p := parts{day: m[1], part: m[2], clock: m[3], now: now}
	day, fixed, ok := p.date()
	if !ok {
		return When{}, false
	}
	days := []int{0, 1}
	switch {
	case weekday.MatchString(m[1]) && !strings.HasPrefix(m[1], "上"):
		days = []int{0, 7}
	case fixed:
		days = []int{0}
	}
	for _, d := range days {
		for _, h := range hours {
			if t := at(day.AddDate(0, 0, d), h, minute); t.After(now) {
				return When{At: t, Future: true, Text: said}, true
			}
		}
	}
	return When{}, false
}
