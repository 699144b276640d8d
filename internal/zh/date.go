package zh

import (
	"regexp"
	"strings"
	"time"
)

var (
	dayWords = map[string]int{"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨儿": -1, "昨": -1, "今天": 0, "今日": 0, "今儿": 0, "今": 0,
		"明天": 1, "明日": 1, "明儿": 1, "明": 1, "后天": 2, "大后天": 3}
	daysAgo  = regexp.MustCompile(`^(` + num + `+)(天|周|个?星期)(?:以前|之前|前)$`)
	fullDate = regexp.MustCompile(`^([0-9]{4}|` + year + `|今年|去年|前年)[-/.]?(` + num + `{1,3})[-/月.](` + num + `{1,3})[日号]?$`)
	monthDay = regexp.MustCompile(`^(` + num + `{1,3})(?:月|[-/])(` + num + `{1,3})[日号]?$`)
	dayOnly  = regexp.MustCompile(`^(上个?月|这个月|本月)?(` + num + `{1,3})[日号]$`)
	weekday  = regexp.MustCompile(`^(上{1,2}|下{1,2}|这|本)?(?:个?星期|个?礼拜|周)([一二三四五六日天])$`)
)

// date is the day spoken of; fixed is false when none was and today is meant.
func (p parts) date() (day time.Time, fixed, ok bool) {
	today := at(p.now, 0, 0)
	if p.day == "" {
		return today, false, p.clock != "" || len([]rune(p.part)) > 1
	}
	if shift, known := dayWords[p.day]; known {
		alone := len([]rune(p.day)) == 1 && p.part == "" && p.clock == ""
		return today.AddDate(0, 0, shift), true, !alone
	}
	if m := daysAgo.FindStringSubmatch(p.day); m != nil {
		n, ok := integer(m[1])
		if m[2] != "天" {
			n *= 7
		}
		return today.AddDate(0, 0, -n), true, ok && n > 0 && n <= 366
	}
	if m := weekday.FindStringSubmatch(p.day); m != nil {
		return weekDay(today, m[1], m[2]), true, true
	}
	return p.calendarDay(today)
}

func weekDay(today time.Time, which, day string) time.Time {
	want := strings.Index("一二三四五六日天", day) / len("一")
	want = min(want, 6)
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	switch which {
	case "上":
		return monday.AddDate(0, 0, want-7)
	case "上上":
		return monday.AddDate(0, 0, want-14)
	case "下":
		return monday.AddDate(0, 0, want+7)
	case "下下":
		return monday.AddDate(0, 0, want+14)
	case "这", "本":
		return monday.AddDate(0, 0, want)
	}
	t := monday.AddDate(0, 0, want)
	if t.After(today) {
		t = t.AddDate(0, 0, -7)
	}
	return t
}

func (p parts) calendarDay(today time.Time) (day time.Time, fixed, ok bool) {
	if m := fullDate.FindStringSubmatch(p.day); m != nil {
		y, known := yearOf(m[1], today)
		day, ok = realDay(y, m[2], m[3], today.Location())
		return day, true, known && ok
	}
	if m := monthDay.FindStringSubmatch(p.day); m != nil {
		day, ok = realDay(today.Year(), m[1], m[2], today.Location())
		if !ok || day.Sub(today) > 183*24*time.Hour { // 2月29日 of the year before, or 12月30日 said in January
			day, ok = realDay(today.Year()-1, m[1], m[2], today.Location())
		}
		return day, true, ok
	}
	m := dayOnly.FindStringSubmatch(p.day)
	if m == nil {
		return time.Time{}, false, false
	}
	d, ok := integer(m[2])
	first := today.AddDate(0, 0, 1-today.Day())
	if strings.HasPrefix(m[1], "上") || m[1] == "" && d > today.Day() {
		first = first.AddDate(0, -1, 0)
	}
	day = first.AddDate(0, 0, d-1)
	return day, true, ok && d >= 1 && day.Month() == first.Month()
}

// yearOf reads 2026, 26, 二〇二六, 去年.
func yearOf(s string, today time.Time) (int, bool) {
	if back, ok := map[string]int{"今年": 0, "去年": 1, "前年": 2}[s]; ok {
		return today.Year() - back, true
	}
	y := 0
	for _, r := range strings.TrimSuffix(s, "年") {
		if r >= '0' && r <= '9' {
			y = 10*y + int(r-'0')
			continue
		}
		y = 10*y + int(numerals[r])
	}
	if y < 100 {
		y += 2000
	}
	return y, y >= 1900 && y < 2100
}

func realDay(year int, month, day string, zone *time.Location) (time.Time, bool) {
	m, ok1 := integer(month)
	d, ok2 := integer(day)
	t := time.Date(year, time.Month(m), d, 0, 0, 0, 0, zone)
	return t, ok1 && ok2 && m >= 1 && m <= 12 && t.Day() == d && t.Month() == time.Month(m)
}
