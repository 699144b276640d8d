package zh

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	colonClock = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?$`)
	pointClock = regexp.MustCompile(`^(` + num + `{1,3})(?:点钟|点|时)(?:(半)|(整)|([一三1-3])刻|过?(` + num + `{1,3})分?)?$`)
	shortClock = regexp.MustCompile(`^差(?:(` + num + `{1,3})分|(一刻))(` + num + `{1,2})点$`)
	isoDate    = regexp.MustCompile(`^([0-9]{4})[-/年.]([0-9]{1,2})[-/月.]([0-9]{1,2})[日号]?$`)
	monthDay   = regexp.MustCompile(`^(` + num + `{1,3})(?:月|[-/])(` + num + `{1,3})[日号]?$`)
	dayOnly    = regexp.MustCompile(`^(` + num + `{1,3})[日号]$`)
	weekday    = regexp.MustCompile(`^(上{1,2}|这|本)?(?:个?星期|个?礼拜|周)([一二三四五六日天])$`)
	agoParts   = regexp.MustCompile(`^(?:大概|大约|约|差不多)?(.+?)(?:以前|之前|前)$`)
)

// readClock reads 13:50, 9点05, 三点一刻, 差5分8点. exact: written so that 24 hours are meant.
func readClock(s string) (hour, minute int, exact, ok bool) {
	if m := colonClock.FindStringSubmatch(s); m != nil {
		hour, _ = strconv.Atoi(m[1])
		minute, _ = strconv.Atoi(m[2])
		return hour, minute, len(m[1]) == 2, hour <= 24 && minute < 60
	}
	if m := shortClock.FindStringSubmatch(s); m != nil {
		hour, ok = integer(m[3])
		minus := 15
		if m[1] != "" {
			minus, _ = integer(m[1])
		}
		if !ok || hour < 1 || hour > 24 || minus < 1 || minus > 59 {
			return 0, 0, false, false
		}
		return hour - 1, 60 - minus, false, true
	}
	m := pointClock.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false, false
	}
	hour, ok = integer(m[1])
	switch {
	case m[2] != "":
		minute = 30
	case m[4] != "":
		quarters := map[string]int{"一": 1, "1": 1, "2": 2, "三": 3, "3": 3}[m[4]]
		minute = 15 * quarters
	case m[5] != "":
		var good bool
		minute, good = integer(strings.TrimLeft(m[5], "零〇"))
		if strings.Trim(m[5], "零〇0") == "" {
			minute, good = 0, true
		}
		ok = ok && good
	}
	zero := strings.HasPrefix(m[1], "0") && len(m[1]) == 2
	return hour, minute, zero, ok && hour <= 24 && minute < 60
}

// inPart puts an hour of twelve into a part of the day. shift is how many days later it falls: 昨晚12点
// is the midnight after yesterday.
func inPart(part string, hour int, fixed bool) (h, shift int, ok bool) {
	if hour > 12 {
		return hour % 24, hour / 24, hour <= 24
	}
	switch part {
	case "凌晨":
		return hour % 12, 0, hour <= 12
	case "清晨", "清早", "早上", "早晨", "早间", "上午", "早", "大清早":
		return hour, 0, hour >= 1 && hour <= 12 || hour == 0
	case "中午", "午间", "正午":
		if hour >= 1 && hour <= 3 {
			return hour + 12, 0, true
		}
		return hour, 0, hour >= 10 && hour <= 12
	case "下午", "午后", "傍晚":
		return hour%12 + 12, 0, hour >= 1
	}
	switch { // evening and night
	case hour == 12 || hour == 0:
		return 0, 1, true
	case hour <= 4:
		if fixed && part != "半夜" && part != "深夜" {
			return hour, 1, true
		}
		return hour, 0, true
	}
	return hour + 12, 0, true
}

// middle is the hour that stands for a part of the day said without one.
func middle(part string, fixed bool) (hour, shift int) {
	switch part {
	case "凌晨":
		return 3, 0
	case "清晨", "清早", "大清早":
		return 6, 0
	case "早上", "早晨", "早间", "早":
		return 8, 0
	case "上午":
		return 10, 0
	case "中午", "午间", "正午":
		return 12, 0
	case "下午", "午后":
		return 15, 0
	case "傍晚":
		return 18, 0
	case "半夜", "深夜":
		return 23, 0
	}
	_ = fixed
	return 20, 0
}

// date is the day spoken of; fixed is false when none was and today is meant.
func (p parts) date() (day time.Time, fixed, ok bool) {
	today := at(p.now, 0, 0)
	if p.day == "" {
		return today, false, p.part != "" || p.clock != ""
	}
	shifts := map[string]int{"大前天": -3, "前天": -2, "前晚": -2, "前": -2, "昨天": -1, "昨日": -1, "昨": -1, "今天": 0, "今日": 0, "今": 0, "明天": 1, "明日": 1, "明": 1, "后天": 2}
	if shift, known := shifts[p.day]; known {
		alone := len([]rune(p.day)) == 1 && p.part == "" && p.clock == ""
		return today.AddDate(0, 0, shift), true, !alone
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
	case "这", "本":
		return monday.AddDate(0, 0, want)
	}
	t := monday.AddDate(0, 0, want)
	if t.After(today) {
		t = t.AddDate(0, 0, -7)
	}
	return t
}

func (p parts) calendarDay(today time.Time) (time.Time, bool, bool) {
	if m := isoDate.FindStringSubmatch(p.day); m != nil {
		y, _ := strconv.Atoi(m[1])
		return realDay(y, m[2], m[3], today.Location())
	}
	if m := monthDay.FindStringSubmatch(p.day); m != nil {
		day, fixed, ok := realDay(today.Year(), m[1], m[2], today.Location())
		if ok && day.Sub(today) > 183*24*time.Hour { // 12月30日 said in January
			return realDay(today.Year()-1, m[1], m[2], today.Location())
		}
		if !ok { // 2月29日 of the year before
			return realDay(today.Year()-1, m[1], m[2], today.Location())
		}
		return day, fixed, ok
	}
	m := dayOnly.FindStringSubmatch(p.day)
	if m == nil {
		return time.Time{}, false, false
	}
	d, ok := integer(m[1])
	if !ok || d < 1 || d > 31 {
		return time.Time{}, false, false
	}
	t := time.Date(today.Year(), today.Month(), d, 0, 0, 0, 0, today.Location())
	if t.After(today) {
		t = time.Date(today.Year(), today.Month()-1, d, 0, 0, 0, 0, today.Location())
	}
	return t, true, t.Day() == d
}

func realDay(year int, month, day string, zone *time.Location) (time.Time, bool, bool) {
	m, ok1 := integer(month)
	d, ok2 := integer(day)
	t := time.Date(year, time.Month(m), d, 0, 0, 0, 0, zone)
	return t, true, ok1 && ok2 && m >= 1 && m <= 12 && t.Day() == d && t.Month() == time.Month(m)
}

// before reads 十分钟前, 半小时前, 一个半小时前, 两天前.
func before(s string, now time.Time) (t time.Time, rough, ok bool) {
	m := agoParts.FindStringSubmatch(s)
	if m == nil {
		return t, false, false
	}
	body := m[1]
	rough = strings.ContainsAny(body, "几多来") || body == "半天"
	body = strings.NewReplacer("钟头", "小时", "个小时", "小时", "多", "").Replace(body)
	switch {
	case body == "一刻钟":
		return now.Add(-15 * time.Minute).Truncate(time.Minute), rough, true
	case body == "半天":
		return now.Add(-6 * time.Hour).Truncate(time.Minute), true, true
	case body == "半小时" || body == "半个小时":
		return now.Add(-30 * time.Minute).Truncate(time.Minute), rough, true
	}
	for unit, d := range map[string]time.Duration{"小时": time.Hour, "分钟": time.Minute, "天": 24 * time.Hour, "周": 7 * 24 * time.Hour, "个星期": 7 * 24 * time.Hour} {
		count, cut := strings.CutSuffix(body, unit)
		if !cut {
			continue
		}
		n, good := span(count)
		if !good || n*d.Hours() > 24*366 {
			return t, false, false
		}
		return now.Add(-time.Duration(n * float64(d))).Truncate(time.Minute), rough, true
	}
	return t, false, false
}

// span reads how many: 十, 1.5, 一个半, 几.
func span(s string) (float64, bool) {
	half := 0.0
	if c, ok := strings.CutSuffix(s, "半"); ok && c != "" {
		s, half = c, 0.5
	}
	s = strings.TrimSuffix(s, "个")
	switch s {
	case "几", "好几":
		return 5, true
	case "十几", "十来":
		return 15, true
	case "二十来":
		return 25, true
	case "几十":
		return 40, true
	}
	v, ok := quantity(s)
	return v + half, ok
}
