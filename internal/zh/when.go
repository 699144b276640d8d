package zh

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// When is a time read out of text, in whole minutes and in the zone of now.
type When struct {
	At       time.Time   // zero when it could be several, or cannot be told
	Options  []time.Time // two or more, today's first: ask which
	Upcoming time.Time   // another reading that is still to come
	Future   bool        // the only reading is later than now
	Approx   bool        // 左右, 大概, or only a part of the day
	DateOnly bool        // no time of day was given; At is midnight
	Lunar    bool        // a date of the lunar calendar: ask for the ordinary one
	Text     string      // the part of the text that was read
}

const (
	num     = `[0-9零〇一二两三四五六七八九十]`
	year    = `(?:[0-9]{4}|[0-9]{2}|[零〇一二三四五六七八九]{4})年`
	weekPat = `(?:个?星期|个?礼拜|周)[一二三四五六日天]`
	// The numbers are bounded so that reading a long text stays linear.
	dayPat = `[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}[日号]?|(?:` + year + `|今年|去年|前年)` + num + `{1,3}月` + num + `{1,3}[日号]?|` + num + `{1,6}(?:天|周|个?星期)(?:以前|之前|前)|` +
		`大前天|前天|昨天|昨日|昨儿|今天|今日|今儿|明天|明日|明儿|大后天|后天|前晚|昨|今|明|(?:上{1,2}|下{1,2}|这|本)?` + weekPat + `|` +
		num + `{1,3}月` + num + `{1,3}[日号]?|[0-9]{1,2}[-/][0-9]{1,2}|(?:上个?月|这个月|本月)?` + num + `{1,3}[日号]`
	partPat  = `凌晨|清晨|清早|早上|早晨|早间|上午|中午|午间|正午|午夜|下午|午后|傍晚|晚上|晚间|夜里|夜间|夜晚|深夜|半夜|一大早|大清早|大早上|早|晨|晚|夜`
	clockPat = `[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|` + num + `{1,3}(?:点钟|点|时)(?:半|整|[一三1-3]刻|过?` + num + `{1,3}分?|差(?:` + num + `{1,3}分|一刻))?|差(?:` + num + `{1,3}分|一刻)` + num + `{1,2}点`
	partIn   = `\s*的?\s*(` + partPat + `)`
	clockIn  = `\s*的?\s*(?:` + aboutPat + `)?\s*(` + clockPat + `)`
	aboutPat = `大概|大约|约|差不多|将近|快到|快`
)

var (
	lunar   = regexp.MustCompile(`农历|阴历|腊月|正月|冬月|初[一二三四五六七八九十]|大年|除夕`)
	moment  = regexp.MustCompile(`(` + agoPat + `)|(` + dayPat + `)(?:` + partIn + `)?(?:` + clockIn + `)?|(` + partPat + `)(?:` + clockIn + `)?|(` + clockPat + `)`)
	filler  = regexp.MustCompile(`^(?:是|在|应该|可能|我|就|于|从|` + aboutPat + `)*|(?:左右|前后|上下|许|多钟|来钟|多|不到|的时候|时候|发现的?|发现|看到的?|看见的?|发生的?|首发的?|发的|出的事|吧|的|啊|呢|。|，|,|\.|！|!|钟)*$`)
	approx  = regexp.MustCompile(`左右|前后|上下|许|多|几|十来|来钟|不到|应该|可能|` + aboutPat)
	vague   = regexp.MustCompile(`^(?:左右|前后|上下|多|来钟|许)`)
	spaces  = strings.NewReplacer("　", " ", "：", ":", "——", "-", "—", "-")
	inClock = regexp.MustCompile(`([0-9])(?: +: *|: +)([0-9])`)
	spaceTo = regexp.MustCompile(`\s+(\p{Han})`)
	spaceOf = regexp.MustCompile(`(\p{Han})\s+`)
)

// written is text as times are looked for in it: folded, without spaces next to Chinese characters or
// around the colon of a clock.
func written(s string) string {
	s = inClock.ReplaceAllString(spaces.Replace(Fold(s)), "$1:$2")
	return spaceOf.ReplaceAllString(spaceTo.ReplaceAllString(s, "$1"), "$1")
}

// ParseTime reads the whole of s as one moment, past unless it can only be future. ok is false when s is
// no time.
func ParseTime(s string, now time.Time) (When, bool) {
	text := written(s)
	if utf8.RuneCountInString(text) > 40 || text == "" {
		return When{}, false
	}
	core := strings.TrimSpace(filler.ReplaceAllString(text, ""))
	if IsNow(text) || IsNow(core) {
		return When{At: now.Truncate(time.Minute), Text: s}, true
	}
	if lunar.MatchString(text) {
		return When{Lunar: true, Text: s}, true
	}
	p, n := split(core, now)
	if n == 0 || n != len(core) {
		return When{}, false
	}
	w, ok := p.when()
	if !ok {
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

// FindTimes finds all of them, in order, twenty at most.
func FindTimes(s string, now time.Time) []When {
	text := written(WithoutLinks(s))
	var out []When
	for _, m := range moment.FindAllStringIndex(text, -1) {
		part := text[m[0]:m[1]]
		p, n := split(part, now)
		if n != len(part) || p.ago == "" && p.clock == "" && !worthy(part) ||
			loneHour.MatchString(part) && (points.MatchString(text[m[1]:]) || counted(text[:m[0]])) ||
			strings.HasSuffix(part, "时") && strings.HasPrefix(text[m[1]:], "间") { // 第一时间
			continue
		}
		w, ok := p.when()
		if !ok {
			continue
		}
		w.Text = part
		w.Approx = w.Approx || approx.MatchString(part) || vague.MatchString(text[m[1]:])
		if out = append(out, w); len(out) == 20 {
			break
		}
	}
	return out
}

// worthy: without a clock only a whole day or a day with its part is a moment, not a lone 早 or 今, nor
// 1/2, nor 3号, which may be a gate.
func worthy(s string) bool { return utf8.RuneCountInString(s) >= 2 && !unworthy.MatchString(s) }

// 三点 is no hour in 三点要求, 第三点, 有一点, nor in 播放3点赞2.
var (
	loneHour = regexp.MustCompile(`^` + num + `{1,3}点$`)
	points   = regexp.MustCompile(`^(?:赞|击|评|都|也|不满|没|儿|要求|建议|意见|原因|问题|诉求|说明|疑问)`)
)

func counted(before string) bool {
	return strings.HasSuffix(before, "第") || strings.HasSuffix(before, "有")
}

var unworthy = regexp.MustCompile(`^(?:` + partPat + `|[0-9]{1,2}[-/][0-9]{1,2}|` + num + `{1,3}[日号])$`)

// split takes a moment at the start of text to pieces and says how many bytes they are.
func split(text string, now time.Time) (p parts, n int) {
	m := moment.FindStringSubmatch(text)
	if m == nil || !strings.HasPrefix(text, m[0]) {
		return parts{}, 0
	}
	p = parts{ago: m[1], day: m[2], part: m[3] + m[5], clock: m[4] + m[6] + m[7], now: now}
	if p.day == "前晚" {
		p.day, p.part = "前天", "晚"+p.part
	}
	return p, len(m[0])
}

// parts are the pieces of 昨晚八点半, or 十分钟前 in one.
type parts struct {
	ago, day, part, clock string
	now                   time.Time
}

func (p parts) when() (When, bool) {
	if p.ago != "" {
		d, rough, ok := length(direction.ReplaceAllString(p.ago, ""))
		return When{At: p.now.Add(-d).Truncate(time.Minute), Approx: rough}, ok
	}
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
		if !ok || h == 0 && hour == 24 && minute > 0 {
			return When{}, false
		}
		t := at(date.AddDate(0, 0, shift), h, minute)
		if fixed && dead.MatchString(p.part) && hour >= 1 && hour <= 4 { // 昨天半夜1点: before or after midnight
			return p.oneOf(date, true, t, t.AddDate(0, 0, 1)), true
		}
		return p.past(t), true
	}
	switch {
	case hour == 24:
		return p.past(at(date.AddDate(0, 0, 1), 0, minute)), minute == 0
	case exact, hour > 12, hour == 0, fixed && hour == 12:
		return p.past(at(date, hour, minute)), true
	}
	return p.ambiguous(date, fixed, hour, minute), true
}

var (
	dead  = regexp.MustCompile(`^(?:半夜|深夜|午夜)$`)
	night = regexp.MustCompile(`[晚夜]`)
)

// past takes a time without a day back to its last occurrence, and 今晚 said after midnight to the night
// that still lasts.
func (p parts) past(t time.Time) When {
	if !t.After(p.now) {
		return When{At: t}
	}
	earlier := t.AddDate(0, 0, -1)
	switch {
	case p.day == "":
		for earlier.After(p.now) {
			t, earlier = earlier, earlier.AddDate(0, 0, -1)
		}
		return When{At: earlier, Upcoming: t}
	case strings.HasPrefix(p.day, "今") && night.MatchString(p.part) && p.now.Hour() < 5 && !earlier.After(p.now):
		return When{At: earlier}
	}
	return When{At: t, Future: true}
}

// withoutClock: a day alone is a date; a part of the day is told by the hour in its middle, or by now
// while it lasts.
func (p parts) withoutClock(date time.Time, fixed bool) (When, bool) {
	if p.part == "" {
		return When{At: date, DateOnly: true, Future: date.After(p.now)}, fixed
	}
	from, hour := middle(p.part)
	t := at(date, hour, 0)
	if t.After(p.now) && !at(date, from, 0).After(p.now) {
		t = p.now.Truncate(time.Minute)
	}
	w := p.past(t)
	w.Approx = true
	return w, true
}

// ambiguous is an hour of 1–12 said without the part of the day: what is sensible stays, and is asked
// back when it is more than one.
func (p parts) ambiguous(date time.Time, fixed bool, hour, minute int) When {
	first, second := at(date, hour%12, minute), at(date, hour%12+12, minute)
	if fixed {
		return p.oneOf(date, true, first, second)
	}
	return p.oneOf(date, false, first, second, second.AddDate(0, 0, -1), first.AddDate(0, 0, -1))
}

// oneOf keeps of several readings those that are over, without a day those of the last 24 hours, today's
// first.
func (p parts) oneOf(date time.Time, fixed bool, readings ...time.Time) When {
	var w When
	for _, t := range readings {
		switch {
		case t.After(p.now):
			if w.Upcoming.IsZero() || t.Before(w.Upcoming) {
				w.Upcoming = t
			}
		case fixed || p.now.Sub(t) < 24*time.Hour:
			w.Options = append(w.Options, t)
		}
	}
	slices.SortFunc(w.Options, func(a, b time.Time) int {
		if a.Before(date) != b.Before(date) {
			return b.Compare(a)
		}
		return a.Compare(b)
	})
	switch len(w.Options) {
	case 0:
		return When{At: w.Upcoming, Future: true}
	case 1:
		return When{At: w.Options[0]}
	}
	return w
}

func at(day time.Time, hour, minute int) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, day.Location())
}
