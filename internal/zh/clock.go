package zh

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	colonClock  = regexp.MustCompile(`^([0-9]{1,2}):([0-9]{2})(?::[0-5][0-9])?$`)
	pointClock  = regexp.MustCompile(`^(` + num + `{1,3})(?:点钟|点|时)(?:(半)|(整)|([一三1-3])刻|过?(` + num + `{1,3})分?)?$`)
	toHourClock = regexp.MustCompile(`^差(?:(` + num + `{1,3})分|一刻)(` + num + `{1,2})点$`)
	hourToClock = regexp.MustCompile(`^(` + num + `{1,3})(点钟|点|时)(差.+)$`)
)

// readClock reads 13:50, 9点05, 三点一刻, 差5分8点. exact: written so that 24 hours are meant.
func readClock(s string) (hour, minute int, exact, ok bool) {
	if m := colonClock.FindStringSubmatch(s); m != nil {
		hour, _ = strconv.Atoi(m[1])
		minute, _ = strconv.Atoi(m[2])
		return hour, minute, len(m[1]) == 2, hour <= 24 && minute < 60
	}
	if m := hourToClock.FindStringSubmatch(s); m != nil {
		s = m[3] + m[1] + "点"
	}
	if m := toHourClock.FindStringSubmatch(s); m != nil {
		hour, ok = integer(m[2])
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
	switch part {
	case "凌晨":
		return hour % 12, 0, hour <= 12
	case "清晨", "清早", "早上", "早晨", "早间", "上午", "早", "晨", "大清早", "一大早", "大早上":
		return hour, 0, hour <= 12
	case "中午", "午间", "正午":
		if hour >= 1 && hour <= 3 {
			return hour + 12, 0, true
		}
		return hour, 0, hour >= 10 && hour <= 15
	case "下午", "午后", "傍晚":
		return hour%12 + 12, 0, hour >= 1 && hour < 24
	}
	switch { // evening and night
	case hour > 12:
		return hour % 24, hour / 24, true
	case hour == 12 || hour == 0:
		return 0, 1, true
	case hour <= 4:
		if fixed && !dead.MatchString(part) {
			return hour, 1, true
		}
		return hour, 0, true
	}
	return hour + 12, 0, true
}

// middle is the hour a part of the day begins and the one that stands for it when none is said.
func middle(part string) (from, hour int) {
	switch part {
	case "凌晨":
		return 0, 3
	case "清晨", "清早", "大清早", "一大早", "大早上", "晨":
		return 5, 6
	case "早上", "早晨", "早间", "早":
		return 5, 8
	case "上午":
		return 8, 10
	case "中午", "午间", "正午":
		return 11, 12
	case "下午", "午后":
		return 12, 15
	case "傍晚":
		return 17, 18
	case "半夜", "深夜", "午夜":
		return 22, 23
	}
	return 18, 20
}
