package zh

import (
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// seed gives a fuzz target every phrase of the table.
func seed(f *testing.F) {
	f.Helper()
	for _, p := range phrases(f) {
		f.Add(p.said)
	}
	for _, s := range []string{"", "\x00", "\xff", "👨\u200d👩\u200d👧", "e\u0301", "\u202e12:30", "00000:00", "9999年9月9日", "0000-00-00"} {
		f.Add(s)
	}
}

// nows are the moments the time parsers are asked at: the fixed one, a leap day, the last minute of a
// year, an hour before dawn.
var nows = []time.Time{
	tuesday,
	time.Date(2024, 2, 29, 8, 0, 59, 0, shanghai),
	time.Date(2025, 12, 31, 23, 59, 1, 0, shanghai),
	time.Date(2026, 1, 1, 3, 30, 0, 0, shanghai),
}

// checkTime holds for every moment read out of anything.
func checkTime(t *testing.T, w When, now time.Time) {
	t.Helper()
	for _, at := range append([]time.Time{w.At, w.Upcoming}, w.Options...) {
		switch {
		case at.IsZero():
		case at.Year() < 1900 || at.Year() > 2100:
			t.Errorf("year %d", at.Year())
		case at.Second() != 0 || at.Nanosecond() != 0:
			t.Errorf("%v is no whole minute", at)
		case at.Location() != now.Location():
			t.Errorf("%v is not in the zone of now", at)
		}
	}
	if len(w.Options) == 1 || len(w.Options) > 4 || len(w.Options) > 0 && !w.At.IsZero() {
		t.Errorf("options %v with %v", w.Options, w.At)
	}
	if len(w.Options) == 0 && w.At.IsZero() && !w.Lunar {
		t.Error("no reading at all")
	}
	if w.Future != (len(w.Options) == 0 && w.At.After(now)) {
		t.Errorf("Future %v for %v", w.Future, w.At)
	}
	if !w.Upcoming.IsZero() && !w.Upcoming.After(now) {
		t.Errorf("upcoming %v is over", w.Upcoming)
	}
	if slices.ContainsFunc(w.Options, func(at time.Time) bool { return at.After(now) }) {
		t.Errorf("options %v are still to come", w.Options)
	}
	if h, m, _ := w.At.Clock(); w.DateOnly && h+m != 0 {
		t.Errorf("a date at %v", w.At)
	}
}

func FuzzParseTime(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, now := range nows {
			w, ok := ParseTime(s, now)
			if !ok {
				continue
			}
			checkTime(t, w, now)
			if again, ok := ParseTime(Fold(s), now); !ok || !again.At.Equal(w.At) || !slices.EqualFunc(again.Options, w.Options, time.Time.Equal) {
				t.Errorf("folded: got %+v, want %+v", again, w)
			}
		}
	})
}

func FuzzFindTimes(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, now := range nows {
			all := FindTimes(s, now)
			if len(all) > 20 {
				t.Errorf("%d moments", len(all))
			}
			for _, w := range all {
				checkTime(t, w, now)
				if w.Text == "" || !strings.Contains(written(WithoutLinks(s)), w.Text) {
					t.Errorf("%q is not in the text", w.Text)
				}
			}
			if first, ok := FindTime(s, now); ok != (len(all) > 0) || ok && !first.At.Equal(all[0].At) {
				t.Errorf("FindTime %+v of %+v", first, all)
			}
		}
	})
}

func FuzzParseFuture(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, now := range nows {
			w, ok := ParseFuture(s, now)
			if !ok {
				continue
			}
			checkTime(t, w, now)
			if !w.Future || w.DateOnly || w.Lunar {
				t.Errorf("deadline %+v", w)
			}
		}
	})
}

// FuzzCutFuture: what a deadline leaves over stands at the end of what was said.
func FuzzCutFuture(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, now := range nows {
			w, rest, ok := CutFuture(s, now)
			if !strings.Contains(s, rest) {
				t.Errorf("%q is not in %q", rest, s)
			}
			if !ok {
				continue
			}
			checkTime(t, w, now)
			if again, ok := ParseFuture(strings.TrimRightFunc(strings.TrimSuffix(strings.TrimRightFunc(s, pause), rest), pause), now); rest != "" && (!ok || !again.At.Equal(w.At)) {
				t.Errorf("the deadline alone reads %+v, want %+v", again, w)
			}
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := ParseNumber(s)
		if !ok {
			return
		}
		if math.IsNaN(n.Value) || n.Value < 0 || n.Value > mostCount {
			t.Errorf("%v", n.Value)
		}
		if n.Text != s {
			t.Errorf("text %q", n.Text)
		}
	})
}

// FuzzFormatCount: a figure as it is shown is read as the same figure, cut to what is shown.
func FuzzFormatCount(f *testing.F) {
	for _, n := range []int64{0, 9999, 12000, 99_999_999, 100_000_000, mostCount} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		if n < 0 || n > mostCount {
			return
		}
		shown := FormatCount(n)
		back, ok := ParseNumber(shown)
		if !ok || back.Value > float64(n) || FormatCount(int64(math.Round(back.Value))) != shown {
			t.Errorf("%d is shown as %s and read as %v, %v", n, shown, back.Value, ok)
		}
	})
}

func FuzzFindCounts(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		found, err := FindCounts(s)
		if err != nil && found != nil {
			t.Errorf("both %v and %v", found, err)
		}
		for kind, n := range found {
			if !slices.Contains([]string{"reads", "reposts", "comments", "likes"}, kind) || n < 0 || n > mostCount {
				t.Errorf("%s=%d", kind, n)
			}
		}
	})
}

func FuzzFindPlatforms(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		names := FindPlatforms(s)
		for i, name := range names {
			if slices.Contains(names[:i], name) {
				t.Errorf("%s twice", name)
			}
			if !slices.Contains(FindPlatforms(name), name) {
				t.Errorf("%s is not its own name", name)
			}
		}
	})
}

func FuzzPlatformOfLink(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		if name := PlatformOfLink(s); name != "" && !slices.Contains(FindPlatforms(name), name) {
			t.Errorf("unknown platform %q", name)
		}
	})
}

func FuzzFindLinks(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, link := range FindLinks(s) {
			u, err := url.Parse(link)
			if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
				t.Errorf("no link: %q (%v)", link, err)
			}
			if again := FindLinks(link); !slices.Equal(again, []string{link}) {
				t.Errorf("%q is read again as %q", link, again)
			}
		}
	})
}

func FuzzWithoutLinks(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		if rest := WithoutLinks(s); len(rest) > len(s) {
			t.Errorf("%q grew", rest)
		}
	})
}

func FuzzParseChoices(f *testing.F) {
	for _, p := range phrases(f) {
		f.Add(p.said, 14)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		picked, ok := ParseChoices(s, n)
		if ok == (len(picked) == 0) {
			t.Errorf("%v, %v", picked, ok)
		}
		for i, v := range picked {
			if v < 1 || v > n || slices.Contains(picked[:i], v) {
				t.Errorf("%v of %d", picked, n)
			}
		}
	})
}

func FuzzFold(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := Fold(s)
		if again := Fold(once); again != once {
			t.Errorf("%q folds further to %q", once, again)
		}
	})
}

func FuzzClean(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := Clean(s)
		if again := Clean(once); again != once {
			t.Errorf("%q cleans further to %q", once, again)
		}
		if !utf8.ValidString(once) || strings.ContainsFunc(once, func(r rune) bool { return r != '\n' && unsafe(r) }) {
			t.Errorf("%q is not clean", once)
		}
		if n := Len(once); n < 0 || n > utf8.RuneCountInString(once) {
			t.Errorf("length %d", n)
		}
	})
}

func FuzzMask(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		once := Mask(s)
		if again := Mask(once); again != once {
			t.Errorf("%q masks further to %q", once, again)
		}
	})
}

func FuzzAnswers(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		if Yes(s) && No(s) || Unknown(s) && (Yes(s) || No(s)) {
			t.Errorf("%q is yes %v, no %v, unknown %v", s, Yes(s), No(s), Unknown(s))
		}
		if IsNow(s) != IsNow(Fold(s)) {
			t.Errorf("%q is now only before or after folding", s)
		}
	})
}
