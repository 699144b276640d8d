package zh

import (
	"regexp"
	"strings"
	"time"
)

const (
	hourPat   = `(?:半|[0-9]{1,6}(?:\.[0-9]{1,3})?|` + num + `{1,6})个?多?半?(?:小时|钟头)多?`
	minutePat = `(?:好?几|` + num + `{1,6})(?:来|多|几)?分钟|[一三]刻钟`
	agoPat    = `(?:` + aboutPat + `)?(?:` + hourPat + `(?:[零又]?(?:` + minutePat + `))?|` + minutePat + `|半天)(?:以前|之前|前)`
	mostSpan  = 366 * 24 * time.Hour
)

var (
	span = regexp.MustCompile(`^(?:` + aboutPat + `)?(?:(半|[0-9]+(?:\.[0-9]+)?|` + num + `+)个?多?(半)?(?:小时|钟头)多?[零又]?)?` +
		`(?:(好?几|` + num + `+)(来|多|几)?分钟)?(?:([一三])刻钟)?(半天)?(?:(` + num + `+)(天|周|个?星期))?$`)
	direction = regexp.MustCompile(`(?:以|之)?[前后]$`)
	dayUnits  = map[string]time.Duration{"天": 24 * time.Hour, "周": 7 * 24 * time.Hour, "星期": 7 * 24 * time.Hour, "个星期": 7 * 24 * time.Hour}
)

// length reads how long: 十分钟, 半小时, 一个半小时, 1小时20分钟, 两天.
func length(s string) (d time.Duration, rough, ok bool) {
	m := span.FindStringSubmatch(s)
	if m == nil {
		return 0, false, false
	}
	hours, ok1 := figureOf(m[1])
	if m[2] != "" {
		hours += 0.5
	}
	minutes, ok2 := figureOf(m[3])
	if m[4] == "几" {
		minutes += 5
	}
	quarters, ok3 := figureOf(m[5])
	if m[6] != "" {
		hours = 6
	}
	days, ok4 := figureOf(m[7])
	sum := hours*float64(time.Hour) + (minutes+15*quarters)*float64(time.Minute) + days*float64(dayUnits[m[8]])
	ok = ok1 && ok2 && ok3 && ok4 && sum >= float64(time.Minute) && sum <= float64(mostSpan)
	return time.Duration(sum), strings.ContainsAny(s, "几多来") || m[6] != "", ok
}

// figureOf reads one figure of a length, none as nought.
func figureOf(s string) (float64, bool) {
	switch s {
	case "":
		return 0, true
	case "几", "好几":
		return 5, true
	}
	return quantity(s)
}
