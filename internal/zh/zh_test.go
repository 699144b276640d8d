package zh

import (
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

//go:embed testdata/phrases.tsv
var phraseTable string

var (
	shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)
	tuesday  = time.Date(2026, 3, 10, 14, 6, 0, 0, shanghai)
)

const minute = "2006-01-02 15:04"

type phrase struct {
	line             int
	kind, said, want string
}

func phrases(t testing.TB) []phrase {
	t.Helper()
	var out []phrase
	for i, line := range strings.Split(strings.TrimSpace(phraseTable), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			t.Fatalf("phrases.tsv:%d: %d columns, want 3", i+1, len(f))
		}
		out = append(out, phrase{i + 1, f[0], f[1], f[2]})
	}
	return out
}

// understood is how the table writes what each kind of parser made of a phrase.
var understood = map[string]func(string) string{
	"time":     func(s string) string { w, ok := ParseTime(s, tuesday); return writtenTime(w, ok) },
	"times":    writtenTimes,
	"deadline": writtenDeadline,
	"number":   writtenNumber,
	"counts":   writtenCounts,
	"platform": func(s string) string { return orNone(FindPlatforms(s)) },
	"host":     func(s string) string { return orNone(strings.Fields(PlatformOfLink(s))) },
	"links":    func(s string) string { return orNone(FindLinks(s)) },
	"choice":   writtenChoices,
	"now":      func(s string) string { return yesNo(IsNow(s)) },
	"unknown":  func(s string) string { return yesNo(Unknown(s)) },
	"yes":      func(s string) string { return yesNo(Yes(s)) },
	"no":       func(s string) string { return yesNo(No(s)) },
	"mask":     Mask,
}

func TestCutFuture(t *testing.T) {
	for said, want := range map[string]string{ // on Tuesday 2026-03-10
		"明天上午10点，检测报告未出":          "03-11 10:00|检测报告未出",
		"明天 上午10点，检测报告未出":         "03-11 10:00|检测报告未出",
		"明天 上午 10 点 ， 检测报告未出":     "03-11 10:00|检测报告未出",
		"明天　上午10点　检测报告未出":         "03-11 10:00|检测报告未出",
		" 明天 10:30 检测 报告 未出":      "03-11 10:30|检测 报告 未出",
		"明天 10 : 30，检测报告未出":       "03-11 10:30|检测报告未出",
		"明天 10： 30，检测报告未出":        "03-11 10:30|检测报告未出",
		"3月12日 下午 3点。 等公安通报":      "03-12 15:00|等公安通报",
		"周四 下午3点半之前 报告周四中午出":      "03-12 15:30|报告周四中午出",
		"20点 12日才能拿到检测报告":         "03-10 20:00|12日才能拿到检测报告",
		"20点，5个人还没联系上":            "03-10 20:00|5个人还没联系上",
		"20点因为检测报告未出":             "03-10 20:00|因为检测报告未出",
		"明天上午10点半等检测报告":           "03-11 10:30|等检测报告",
		"半小时后，在开会":                "03-10 10:33|在开会",
		"2小时 后，在开会":               "03-10 12:03|在开会",
		"明早9点":                    "03-11 09:00|",
		"检测报告未出":                  "no",
		"明天，检测报告未出":               "no",
		"":                        "no",
		strings.Repeat("明天 ", 50): "no",
	} {
		got := "no"
		if w, rest, ok := CutFuture(said, time.Date(2026, 3, 10, 10, 3, 0, 0, tuesday.Location())); ok {
			got = w.At.Format("01-02 15:04") + "|" + rest
		}
		if got != want {
			t.Errorf("%q: %s, want %s", said, got, want)
		}
	}
}

func TestRoughFigures(t *testing.T) {
	got, err := FindCounts("阅读10多万，转一百来万")
	if err != nil || got["reads"] != 100_000 || got["reposts"] != 1_000_000 {
		t.Errorf("%v %v", got, err)
	}
}

func TestFans(t *testing.T) {
	for said, want := range map[string]int64{
		"粉丝120万": 1_200_000, "小鹿爱吃，粉丝3.2万": 32_000, "粉丝数：98765": 98_765, "粉丝约1.2w": 12_000, "百万粉丝博主": 1_000_000,
		"120万粉": 1_200_000, "有50多万粉丝": 500_000, "300个粉丝": 300, "1,200,000粉丝": 1_200_000, "粉丝超过一千万": 10_000_000, "粉 丝": 0, "没有粉丝": 0, "粉色的杯子": 0, "千粉": 1000,
	} {
		n, ok := FindFans(said)
		if n != want || ok != (want > 0) {
			t.Errorf("%s: %d %v, want %d", said, n, ok, want)
		}
	}
}

func TestPhrases(t *testing.T) {
	table := phrases(t)
	if len(table) < 300 {
		t.Fatalf("%d phrases, want at least 300", len(table))
	}
	for _, p := range table {
		read, ok := understood[p.kind]
		if !ok {
			t.Fatalf("phrases.tsv:%d: unknown kind %q", p.line, p.kind)
		}
		if got := read(p.said); got != p.want {
			t.Errorf("phrases.tsv:%d: %s %q: got %q, want %q", p.line, p.kind, p.said, got, p.want)
		}
	}
}

func writtenTime(w When, ok bool) string {
	switch {
	case !ok:
		return "no"
	case w.Lunar:
		return "lunar"
	}
	var b strings.Builder
	if w.Approx {
		b.WriteString("~")
	}
	switch {
	case len(w.Options) > 0:
		b.WriteString("ask")
		for _, t := range w.Options {
			b.WriteString(" " + t.Format(minute))
		}
	case w.DateOnly:
		b.WriteString(w.At.Format(time.DateOnly))
	default:
		b.WriteString(w.At.Format(minute))
	}
	if !w.Upcoming.IsZero() {
		b.WriteString(" until " + w.Upcoming.Format(minute))
	}
	if w.Future {
		b.WriteString(" (future)")
	}
	return b.String()
}

func writtenTimes(s string) string {
	var out []string
	for _, w := range FindTimes(s, tuesday) {
		out = append(out, writtenTime(w, true))
	}
	if out == nil {
		return "none"
	}
	return strings.Join(out, "; ")
}

func writtenDeadline(s string) string {
	w, ok := ParseFuture(s, tuesday)
	if !ok {
		return "no"
	}
	return w.At.Format(minute)
}

func writtenNumber(s string) string {
	n, ok := ParseNumber(s)
	if !ok {
		return "no"
	}
	out := strconv.FormatFloat(n.Value, 'f', -1, 64)
	if n.Approx {
		out = "~" + out
	}
	if n.AtLeast {
		out += "+"
	}
	return out
}

func writtenCounts(s string) string {
	found, err := FindCounts(s)
	if bad := (*CountError)(nil); errors.As(err, &bad) {
		return "error"
	}
	var out []string
	for _, kind := range []string{"reads", "reposts", "comments", "likes"} {
		if n, ok := found[kind]; ok {
			out = append(out, fmt.Sprintf("%s=%d", kind, n))
		}
	}
	return orNone(out)
}

func writtenChoices(s string) string {
	picked, ok := ParseChoices(s, 14)
	if !ok {
		return "none"
	}
	return strings.Trim(fmt.Sprint(picked), "[]")
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, " ")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// TestAtNight reads what people say in the small hours, when the day that has begun is not yet the day
// they speak of.
func TestAtNight(t *testing.T) {
	night := time.Date(2026, 3, 10, 0, 30, 45, 0, shanghai)
	for said, want := range map[string]string{
		"刚刚":     "2026-03-10 00:30",
		"十分钟前":   "2026-03-10 00:20",
		"23点50":  "2026-03-09 23:50 until 2026-03-10 23:50",
		"今晚11点":  "2026-03-09 23:00",
		"今晚12点":  "2026-03-10 00:00",
		"昨晚11点":  "2026-03-09 23:00",
		"凌晨零点十分": "2026-03-10 00:10",
		"今早":     "~2026-03-10 08:00 (future)",
	} {
		t.Run(said, func(t *testing.T) {
			w, ok := ParseTime(said, night)
			if got := writtenTime(w, ok); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestMonthDayAcrossNewYear(t *testing.T) {
	for _, c := range []struct{ name, now, said, want string }{
		{"the old year in January", "2026-01-02 09:00", "12月30日", "2025-12-30"},
		{"the leap day of the year before", "2025-01-02 09:00", "2月29日", "2024-02-29"},
		{"the 30th said in March", "2026-03-10 09:00", "30号", "no"},
		{"the 31st said in January", "2026-01-05 09:00", "31号", "2025-12-31"},
		{"Sunday belongs to the week that ends", "2026-03-15 09:00", "上周日", "2026-03-08"},
		{"last month in January", "2026-01-05 09:00", "上个月15号", "2025-12-15"},
	} {
		t.Run(c.name, func(t *testing.T) {
			now, err := time.ParseInLocation(minute, c.now, shanghai)
			if err != nil {
				t.Fatal(err)
			}
			w, ok := ParseTime(c.said, now)
			if got := writtenTime(w, ok); got != c.want {
				t.Errorf("%s: got %q, want %q", c.said, got, c.want)
			}
		})
	}
}

func TestShow(t *testing.T) {
	for _, c := range []struct{ at, time, clock string }{
		{"2026-03-10 09:31", "今天09:31", "09:31"},
		{"2026-03-10 00:00", "今天00:00", "00:00"},
		{"2026-03-11 09:00", "明早9点", "明早9点"},
		{"2026-03-11 09:30", "明天09:30", "明天09:30"},
		{"2026-03-11 12:00", "明天12:00", "明天12:00"},
		{"2026-03-11 04:00", "明天04:00", "明天04:00"},
		{"2026-03-09 20:30", "昨天20:30", "昨天20:30"},
		{"2026-03-08 20:30", "03-08 20:30", "03-08 20:30"},
		{"2026-10-09 09:00", "10-09 09:00", "10-09 09:00"},
		{"2025-12-31 23:59", "2025-12-31 23:59", "2025-12-31 23:59"},
	} {
		t.Run(c.at, func(t *testing.T) {
			at, err := time.ParseInLocation(minute, c.at, shanghai)
			if err != nil {
				t.Fatal(err)
			}
			if got := ShowTime(at, tuesday); got != c.time {
				t.Errorf("ShowTime: got %q, want %q", got, c.time)
			}
			if got := ShowClock(at, tuesday); got != c.clock {
				t.Errorf("ShowClock: got %q, want %q", got, c.clock)
			}
		})
	}
}

// TestShownTimesAreRead checks that what the service says about the past, people may say back.
func TestShownTimesAreRead(t *testing.T) {
	for back := time.Duration(0); back < 400*24*time.Hour; back += 7*time.Hour + 13*time.Minute {
		want := tuesday.Add(-back)
		if w, ok := ParseTime(ShowTime(want, tuesday), tuesday); !ok || len(w.Options) == 0 && !w.At.Equal(want) {
			t.Fatalf("%s: got %s", ShowTime(want, tuesday), writtenTime(w, ok))
		}
	}
}

func TestShowSpan(t *testing.T) {
	for want, d := range map[string]time.Duration{
		"不到1分钟":   59 * time.Second,
		"1分钟":     time.Minute,
		"12分钟":    12*time.Minute + 59*time.Second,
		"1小时":     time.Hour,
		"1小时30分":  90 * time.Minute,
		"23小时59分": 24*time.Hour - time.Minute,
		"1天":      24 * time.Hour,
		"2天3小时":   51*time.Hour + 59*time.Minute,
	} {
		if got := ShowSpan(d); got != want {
			t.Errorf("%v: got %q, want %q", d, got, want)
		}
	}
}

func TestFormatCount(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 9999: "9999", 10000: "1万", 12000: "1.2万", 32999: "3.2万", 99_999_999: "9999.9万", 100_000_000: "1亿", 120_000_000: "1.2亿", 57000: "5.7万"} {
		if got := FormatCount(n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
}

func TestFoldAndClean(t *testing.T) {
	for _, c := range []struct{ name, text, fold, clean string }{
		{"full width", "ＡＢＣ１２：３０", "abc12:30", "ＡＢＣ１２：３０"},
		{"traditional", "週五補報", "周五补报", "週五補報"},
		{"spaces", "  a \t b　c ", "a   b c", "a b c"},
		{"lines", "一\n\n二\r\n", "一  二", "一\n\n二"},
		{"direction override", "abc\u202ecba\u202c", "abccba", "abccba"},
		{"zero width", "微\u200b博\ufeff", "微博", "微博"},
		{"control", "a\x00b\x1bc", "abc", "abc"},
		{"joined emoji", "👨\u200d👩\u200d👧", "👨👩👧", "👨\u200d👩\u200d👧"},
		{"combining", "e\u0301", "é", "é"},
		{"broken", "a\xffb", "ab", "ab"},
		{"Arabic", "مرحبا\u200f 12:30", "مرحبا 12:30", "مرحبا 12:30"},
		{"empty", "\u200b", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Fold(c.text); got != c.fold {
				t.Errorf("Fold: got %q, want %q", got, c.fold)
			}
			if got := Clean(c.text); got != c.clean {
				t.Errorf("Clean: got %q, want %q", got, c.clean)
			}
		})
	}
}

func TestLen(t *testing.T) {
	for text, want := range map[string]int{"": 0, "舆情": 2, "abc": 3, "é": 1, "e\u0301": 1, "👍🏽": 1, "👨\u200d👩\u200d👧": 1, "❤\ufe0f好": 2} {
		if got := Len(text); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

// TestThroughNoise: what keyboards and copied text add around a time does not change it.
func TestThroughNoise(t *testing.T) {
	for name, said := range map[string]string{
		"zero width":         "昨晚\u200b八点半",
		"byte order mark":    "\ufeff昨晚八点半",
		"direction override": "\u202e昨晚八点半\u202c",
		"control":            "昨晚\x07八点半",
		"spaces":             " 昨晚　八点半\n",
		"inner spaces":       "昨晚 8 点 30",
		"full stop":          "昨晚八点半。",
		"broken":             "昨晚\xff八点半",
	} {
		t.Run(name, func(t *testing.T) {
			w, ok := ParseTime(said, tuesday)
			if got := writtenTime(w, ok); got != "2026-03-09 20:30" {
				t.Errorf("%q: got %q", said, got)
			}
		})
	}
}

// TestLongText reads ten thousand characters of anything. Each parser takes about a tenth of a second for
// them; one that grew with the square of the length took fourteen.
func TestLongText(t *testing.T) {
	const (
		length = 10_000
		most   = 10 * time.Second
	)
	readers := maps.Clone(understood)
	readers["clean"] = Clean
	readers["length"] = func(s string) string { return strconv.Itoa(Len(s)) }
	for _, unit := range []string{"一", "有9点", "昨晚八点半，", "阅读3", "1,234", "http://a.cn/b ", "a.", "👨\u200d👩\u200d👧", "\u0301", "ا\u202e", "\x00", "\xff", "浙A", "1", "2 4 "} {
		text := strings.Repeat(unit, length/utf8.RuneCountInString(unit)+1)
		for kind, read := range readers {
			start := time.Now()
			read(text)
			if spent := time.Since(start); spent > most {
				t.Errorf("%q repeated: %s took %v", unit, kind, spent)
			}
		}
	}
}

func TestCountErrorSaysWhatToWrite(t *testing.T) {
	_, err := FindCounts("阅读-5")
	bad := (*CountError)(nil)
	if !errors.As(err, &bad) {
		t.Fatalf("got %v, want a *CountError", err)
	}
	example := bad.UserMessage()[strings.Index(bad.UserMessage(), "例："):]
	if got := writtenCounts(example); got != "reads=32000 reposts=300 comments=1200" {
		t.Errorf("the example %q is read as %q", example, got)
	}
}

func TestFindTimeIsTheFirst(t *testing.T) {
	const said = "昨晚7点40发生，昨晚9点10分首发"
	w, ok := FindTime(said, tuesday)
	if all := FindTimes(said, tuesday); !ok || len(all) != 2 || !w.At.Equal(all[0].At) || w.Text != "昨晚7点40" {
		t.Errorf("got %+v of %+v", w, all)
	}
	if w, ok := FindTime("没有时间", tuesday); ok {
		t.Errorf("found %+v in text without a time", w)
	}
}

func TestWithoutLinks(t *testing.T) {
	if got := WithoutLinks("看 https://weibo.com/1/2 这条\n快看"); got != "看 这条 快看" {
		t.Errorf("got %q", got)
	}
}

func TestParseChoicesWithin(t *testing.T) {
	for n := range 4 {
		got, ok := ParseChoices("3", n)
		if ok != (n >= 3) || ok && !slices.Equal(got, []int{3}) {
			t.Errorf("3 of %d: got %v, %v", n, got, ok)
		}
	}
}
