package zh

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// When is a time read out of text, in whole minutes and in the zone of now.
type When struct {
	At       time.Time   // zero when it could be several, or cannot be told
	Options  []time.Time // two or more, today's first: ask which
	Upcoming time.Time   // with Options: another reading that is still to come
	Future   bool        // the only reading is later than now
	Approx   bool        // 左右, 大概, or only a part of the day
	DateOnly bool        // no time of day was given; At is midnight
	Lunar    bool        // a date of the lunar calendar: ask for the ordinary one
	Text     string      // the part of the text that was read
}

const (
	num      = `[0-9零〇一二两三四五六七八九十]`
	dayPat   = `大前天|前天|昨天|昨日|今天|今日|明天|明日|后天|昨|今|明|前(?:晚)|上{1,2}(?:个?星期|个?礼拜|周)[一二三四五六日天]|(?:这|本)?(?:个?星期|个?礼拜|周)[一二三四五六日天]|[0-9]{4}[-/年.][0-9]{1,2}[-/月.][0-9]{1,2}[日号]?|` + num + `{1,3}月` + num + `{1,3}[日号]?|[0-9]{1,2}[-/][0-9]{1,2}|` + num + `{1,3}[日号]`
	partPat  = `凌晨|清晨|清早|早上|早晨|早间|上午|中午|午间|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|深夜|半夜|大清早|早|晚`
	clockPat = `[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|` + num + `{1,3}(?:点钟|点|时)(?:半|整|[一三1-3]刻|过?` + num + `{1,3}分?)?|差` + num + `{1,3}分` + num + `{1,2}点|差一刻` + num + `{1,2}点`
	agoPat   = `(?:大概|大约|约|差不多)?(?:(?:[0-9.]+|` + num + `+|半)个?(?:多)?(?:半)?(?:小时|钟头)(?:多)?|一个半小时|半个?(?:小时|钟头)|(?:` + num + `+|几|十几|十来|二十来|几十)分钟|一刻钟|(?:` + num + `+)(?:天|周|个星期)|半天)(?:以前|之前|前)`
)

var (
	lunar   = regexp.MustCompile(`农历|阴历|腊月|正月|冬月|初[一二三四五六七八九十]|大年|除夕`)
	ago     = regexp.MustCompile(agoPat)
	moment  = regexp.MustCompile(`(` + dayPat + `)?\s*的?\s*(` + partPat + `)?\s*的?\s*(` + clockPat + `)?`)
	filler  = regexp.MustCompile(`^(?:是|在|大概|大约|约|应该|可能|我|就|差不多|于|从)*|(?:左右|前后|许|的时候|时候|发现的?|发现|看到的?|看见的?|发生的?|首发的?|发的|出的事|吧|的|啊|呢|。|，|,|\.|！|!|钟)*$`)
	approx  = regexp.MustCompile(`左右|前后|大概|大约|差不多|约|许|多|几|十来|应该|可能`)
	spaces  = strings.NewReplacer("　", " ", "：", ":", "——", "-", "—", "-")
	nowText = regexp.MustCompile(`^(?:刚刚|刚才|刚|现在|此刻)$`)
)

// ParseTime reads the whole of s as one moment, past unless it can only be future. ok is false when s is
// no time.
func ParseTime(s string, now time.Time) (When, bool) {
	text := spaces.Replace(Fold(s))
	if len([]rune(text)) > 40 || text == "" {
		return When{}, false
	}
	if IsNow(text) {
		return When{At: now.Truncate(time.Minute), Text: s}, true
	}
	if lunar.MatchString(text) {
		return When{Lunar: true, Text: s}, true
	}
	core := strings.TrimSpace(filler.ReplaceAllString(text, ""))
	w, n, ok := read(core, now)
	if !ok || n != len(core) {
		return When{}, false
	}
	w.Approx = w.Approx || approx.MatchString(text)
	w.Text = s
	return w, true
}

// FindTime finds the first moment a sentence speaks of.
func FindTime(s string, now time.Time) (When, bool) {
	all := FindTimes(s, now)
	if len(all) == 0 {
		return When{}, false
	}
	return all[0], true
}

// FindTimes finds all of them, in order.
func FindTimes(s string, now time.Time) []When {
	text := spaces.Replace(Fold(WithoutLinks(s)))
	var out []When
	for at := 0; at < len(text) && len(out) < 20; {
		from, to, ok := next(text[at:])
		if !ok {
			break
		}
		part := strings.TrimSpace(text[at+from : at+to])
		if w, n, good := read(part, now); good && n == len(part) && (!w.DateOnly || !strings.ContainsAny(part, "/-.") || len(part) > 5) {
			w.Text = part
			w.Approx = w.Approx || strings.HasPrefix(text[at+to:], "左右") || strings.HasPrefix(text[at+to:], "多")
			out = append(out, w)
		}
		at += max(to, from+1)
	}
	return out
}

// next is where the next thing that may be a moment stands.
func next(text string) (from, to int, ok bool) {
	loc := ago.FindStringIndex(text)
	for at := 0; at < len(text); {
		m := moment.FindStringSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		if m[1] > m[0] && (m[6] >= 0 || worthy(text[at+m[0]:at+m[1]])) {
			if loc != nil && loc[0] <= at+m[0] {
				break
			}
			return at + m[0], at + m[1], true
		}
		at += max(m[1], 1)
	}
	if loc == nil {
		return 0, 0, false
	}
	return loc[0], loc[1], true
}

// worthy: without a clock only a whole day or a day with its part is a moment, not a lone 早 or 今.
func worthy(s string) bool {
	s = strings.TrimSpace(s)
	return len([]rune(s)) >= 2 && !regexpPart.MatchString(s)
}

var regexpPart = regexp.MustCompile(`^(?:` + partPat + `)$|^[0-9]{1,2}[-/][0-9]{1,2}$|^` + num + `{1,3}[日号]$`)

// read reads a moment at the start of text and says how many bytes it took.
func read(text string, now time.Time) (w When, n int, ok bool) {
	if loc := ago.FindStringIndex(text); loc != nil && loc[0] == 0 {
		at, rough, good := before(text[:loc[1]], now)
		return When{At: at, Approx: rough}, loc[1], good
	}
	m := moment.FindStringSubmatchIndex(text)
	if m == nil || m[0] != 0 || m[1] == 0 {
		return When{}, 0, false
	}
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return text[m[2*i]:m[2*i+1]]
	}
	p := parts{day: group(1), part: group(2), clock: group(3), now: now}
	w, ok = p.when()
	return w, m[1], ok
}

// parts are the pieces of 昨晚八点半.
type parts struct {
	day, part, clock string
	now              time.Time
}

func (p parts) when() (When, bool) {
	date, fixed, ok := p.date()
	if !ok {
		return When{}, false
	}
	if p.clock == "" {
		return p.withoutClock(date, fixed)
	}
	hour, minute, exact, ok := readClock(p.clock)
	if !ok {
		return When{}, false
	}
	if p.part != "" {
		h, shift, ok := inPart(p.part, hour, fixed)
		if !ok {
			return When{}, false
		}
		return p.past(at(date.AddDate(0, 0, shift), h, minute)), true
	}
	if exact || hour > 12 || hour == 0 {
		if hour == 24 {
			return p.past(at(date.AddDate(0, 0, 1), 0, minute)), minute == 0
		}
		return p.past(at(date, hour, minute)), hour < 24
	}
	return p.ambiguous(date, fixed, hour, minute), true
}

func (p parts) past(t time.Time) When {
	return When{At: t, Future: t.After(p.now)}
}

// withoutClock: a day alone is a date; a part of the day is told by the hour in its middle.
func (p parts) withoutClock(date time.Time, fixed bool) (When, bool) {
	if p.part != "" {
		hour, shift := middle(p.part, fixed)
		w := p.past(at(date.AddDate(0, 0, shift), hour, 0))
		w.Approx = true
		return w, true
	}
	if !fixed {
		return When{}, false
	}
	w := When{At: date, DateOnly: true, Future: date.After(p.now)}
	return w, true
}

// ambiguous is an hour of 1–12 said without the part of the day: what is sensible stays, and is asked
// back when it is more than one.
func (p parts) ambiguous(date time.Time, fixed bool, hour, minute int) When {
	first, second := at(date, hour%12, minute), at(date, hour%12+12, minute)
	options := []time.Time{first, second}
	if !fixed {
		yesterday := date.AddDate(0, 0, -1)
		options = append(options, at(yesterday, hour%12+12, minute), at(yesterday, hour%12, minute))
	}
	var past []time.Time
	var upcoming time.Time
	for _, t := range options {
		switch {
		case t.After(p.now):
			if upcoming.IsZero() || t.Before(upcoming) {
				upcoming = t
			}
		case fixed || p.now.Sub(t) < 24*time.Hour:
			past = append(past, t)
		}
	}
	slices.SortStableFunc(past, func(a, b time.Time) int {
		if today := b.Day() - a.Day(); a.Day() != b.Day() && (a.Day() == date.Day() || b.Day() == date.Day()) {
			if a.Day() == date.Day() {
				return -1
			}
			return 1
		} else if today != 0 {
			return a.Compare(b)
		}
		return a.Compare(b)
	})
	switch len(past) {
	case 0:
		return When{At: upcoming, Future: true}
	case 1:
		return When{At: past[0]}
	}
	return When{Options: past, Upcoming: upcoming}
}

func at(day time.Time, hour, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, day.Location())
}
