package form_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/form"
	"fenghuo/internal/notice"
)

// wrong are answers that some question does not take.
var wrong = []string{"。", "一", "99", "0", "随便", "没有", "腊月初八", "昨天", "明天下午3点", "1970年1月1日9点", "三点左右发生", "忘了",
	"https://a.example.test/1", "阅读-5", "今天9点首发，今天10点发生", "🙂", "！！！", "<b>", "1 2", strings.Repeat("长", 600)}

var (
	examplesIn = regexp.MustCompile(`例：(.*)`)
	quoted     = regexp.MustCompile(`“([^”]+)”`)
)

// TestEveryRefusalShowsWhatWorks is invariant 9: the example of a refusal, and the one in the words people
// read, are taken for the same question in the same form. All reasons are met but that of too many files,
// which nothing but fewer files would help.
func TestEveryRefusalShowsWhatWorks(t *testing.T) {
	voice := notice.Voice{Name: func(string) string { return "林可" }, Zone: shanghai}
	met := map[form.Why]bool{}
	eachForm(t, func(t *testing.T, f *form.Form) {
		for n := range f.Fields {
			q := &f.Fields[n]
			for _, said := range wrong {
				c, _ := begin(t, f, "")
				r := c.says("改" + number(q) + " " + said)
				for _, note := range r.Notes {
					if note.Kind != form.Refused {
						continue
					}
					met[note.Why] = true
					if note.Field != q {
						t.Fatalf("%v, said %q: refused for %v", q, said, note.Field)
					}
					examples := []string{note.Example}
					text := voice.Form(c.s, form.Reply{Notes: []form.Note{note}}, c.now).Text
					for _, m := range quoted.FindAllStringSubmatch(strings.Join(examplesIn.FindAllString(text, -1), ""), -1) {
						examples = append(examples, m[1])
					}
					for _, example := range examples {
						taken(t, c, q, example)
					}
				}
			}
		}
	})
	for _, why := range []form.Why{form.TooShort, form.TooLong, form.OnlyLink, form.NoWords, form.NoChoice, form.NoLink, form.NeedReason,
		form.Future, form.Ancient, form.NoTime, form.NoClock, form.Lunar, form.Ambiguous, form.Disorder, form.NoCounts, form.BadCount,
		form.NoFiles, form.NoYesNo, form.NoLevel} {
		if !met[why] {
			t.Errorf("no answer was refused for %s", why)
		}
	}
}

// taken says an example to the form as it is and forgets it again.
func taken(t *testing.T, c *chat, q *form.Field, example string) {
	t.Helper()
	s := reopened(t, c.s)
	s.Say(form.Input{ID: "example", At: c.now, Text: "改" + number(q) + " " + example})
	if _, ok := s.Values()[q.Key]; !ok {
		t.Errorf("%v does not take its example %q", q, example)
	}
}

// TestExamplesOfTimesWorkAroundTheClock: the moment shown as an example is taken whenever it is shown.
func TestExamplesOfTimesWorkAroundTheClock(t *testing.T) {
	voice := notice.Voice{Name: func(string) string { return "林可" }, Zone: shanghai}
	f := load(t, shipped)
	q, _ := f.Meaning(form.MeansFound)
	for step := range 24 * 60 / 5 {
		at := time.Date(2026, 1, 1, 0, 5*step, 30, 0, shanghai)
		s, _ := form.Start(f, world(), "linke", form.Input{ID: "1", At: at})
		r := s.Say(form.Input{ID: "2", At: at, Text: "改④ 后天"})
		found := quoted.FindAllStringSubmatch(voice.Form(s, r, at).Text, -1)
		if len(found) < 2 {
			t.Fatalf("%v: examples %v", at, found)
		}
		for _, m := range found {
			taken(t, &chat{t: t, s: s, now: at}, q, m[1])
		}
	}
}

// TestRefusalKeepsWhatWasThere: nothing answered is lost by an answer that is not taken.
func TestRefusalKeepsWhatWasThere(t *testing.T) {
	eachForm(t, func(t *testing.T, f *form.Form) {
		for n := range f.Fields {
			q := &f.Fields[n]
			for _, said := range wrong {
				c, _ := begin(t, f, "")
				c.says("改" + number(q) + " " + q.Example)
				before := c.text(q.Key)
				r := c.says("改" + number(q) + " " + said)
				if len(r.Notes) > 0 && r.Notes[0].Kind == form.Refused && (before == "" || c.text(q.Key) != before) {
					t.Errorf("%v: %q became %q by %q", q, before, c.text(q.Key), said)
				}
			}
		}
	})
}
