package form_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fenghuo/internal/form"
)

// nasty is what nobody should say and somebody will.
var nasty = map[string]string{
	"10 000 characters": strings.Repeat("滨江店酸奶里有虫", 1250),
	"one long word":     strings.Repeat("a", 10_000),
	"emoji":             "👨‍👩‍👧‍👦🇨🇳👍🏽滨江店顾客说酸奶有虫",
	"combining marks":   "滨江店酸奶" + strings.Repeat("\u0301", 500),
	"right to left":     "\u202e虫有里奶酸\u202c שלום滨江店",
	"control":           "滨江\x00店\x07顾客\x1b[31m说酸奶\r\n有虫\x7f",
	"not UTF-8":         "滨江店\xff\xfe顾客说酸奶有虫\xc3",
	"SQL":               "'; DROP TABLE incidents; -- 滨江店",
	"HTML":              `<script>alert("滨江店")</script><img src=x onerror=1>`,
	"JSON":              `{"text":"滨江店","id":null}]`,
	"template":          "{{.Person}} ${jndi:ldap://a} %s%n 滨江店",
	"only spaces":       " \t\n　\u200b\ufeff",
	"1970":              "1970年1月1日 8点",
	"far future":        "9999年12月31日 23点59",
	"many times":        strings.Repeat("3点 ", 100),
	"many numbers":      strings.Repeat("④刚刚 ⑤滨江 ", 40),
	"many links":        strings.Repeat("https://a.example.test/1 ", 30),
	"many figures":      strings.Repeat("阅读3万 ", 60),
	"number of nothing": "改99999999999999999999 一",
	"no question":       "改0 一",
	"nothing":           "",
}

// TestNastyAnswers: whatever is said to whichever kind of question leaves the other answers alone, is kept within
// bounds, and reads the same when it is written and read back.
func TestNastyAnswers(t *testing.T) {
	eachForm(t, func(t *testing.T, f *form.Form) {
		for name, said := range nasty {
			t.Run(name, func(t *testing.T) {
				seen := map[form.Type]bool{}
				for n := range f.Fields {
					q := &f.Fields[n]
					if seen[q.Type] {
						continue
					}
					seen[q.Type] = true
					c, _ := begin(t, f, "")
					c.says("改" + number(q))
					r := c.says(said)
					if r.Then == form.Submit || r.Then == form.Cancel {
						t.Errorf("%v: leads to %s", q, r.Then)
					}
					bounded(t, c.s)
				}
				c, _ := begin(t, f, said)
				c.says(said)
				bounded(t, c.s)
				checkSame(t, name, c.s, reopened(t, c.s))
			})
		}
	})
}

// bounded holds for what is kept of anything.
func bounded(t interface{ Errorf(string, ...any) }, s *form.Session) {
	if len(s.Inputs) > 201 {
		t.Errorf("%d inputs are kept", len(s.Inputs))
	}
	for _, in := range s.Inputs {
		if n := utf8.RuneCountInString(in.Text); n > 4000 || !utf8.ValidString(in.Text) || strings.Contains(in.Text, "\x00") {
			t.Errorf("%d characters are kept, or some that cannot be written: %.40q", n, in.Text)
		}
	}
	for key, v := range s.Values() {
		q, ok := s.Form().Field(key)
		if ok && q.Type == form.Text && utf8.RuneCountInString(v.Text) > 4000 || strings.ContainsFunc(v.Text, hidden) {
			t.Errorf("%s reads %.40q", key, v.Text)
		}
		if v.At.After(s.Inputs[len(s.Inputs)-1].At) || !v.At.IsZero() && v.At.Year() < 2000 {
			t.Errorf("%s at %v", key, v.At)
		}
	}
}

// hidden are characters that show nothing, or turn the others round.
func hidden(r rune) bool {
	return r < ' ' && r != '\n' || r == 0x7f || r >= 0x202a && r <= 0x202e || r == utf8.RuneError
}

// standing is all that the world sees of a session.
func standing(s *form.Session) string {
	values, err := json.Marshal(utc(s.Values()))
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%s\n%v open %v asking %v submitted %v forwarded %v missing %v clocks %v found %v", values, s.Lines(), s.Open(), s.Asking(),
		s.Submitted(), s.Forwarded().UnixNano(), s.Missing(), clocks(s), s.FoundAt().UnixNano())
}

// utc is values with their times in one zone.
func utc(values map[string]form.Value) map[string]form.Value {
	out := map[string]form.Value{}
	for key, v := range values {
		v.Said = v.Said.UTC()
		files := make([]form.File, 0, len(v.Files))
		for _, f := range v.Files {
			f.At = f.At.UTC()
			files = append(files, f)
		}
		v.Files = files
		out[key] = v
	}
	return out
}

func clocks(s *form.Session) string {
	var b strings.Builder
	for _, k := range s.Clocks() {
		fmt.Fprintf(&b, "%s %s ", k.Kind, k.At.UTC().Format(time.RFC3339))
	}
	return b.String()
}

func checkSame(t interface{ Errorf(string, ...any) }, what string, live, other *form.Session) {
	if a, b := standing(live), standing(other); a != b {
		t.Errorf("%s:\n live %s\nother %s", what, a, b)
	}
}

// TestWordsAreKeptAsTyped: nothing of SQL or HTML is taken away; showing it safely is for whoever shows it.
func TestWordsAreKeptAsTyped(t *testing.T) {
	for _, name := range []string{"SQL", "HTML", "template"} {
		c, _ := begin(t, load(t, shipped), "")
		c.says(nasty[name])
		want(t, name, c.text("title"), trimmed(nasty[name], 40))
	}
}

// trimmed is empty where the text is too long to be an answer.
func trimmed(s string, most int) string {
	if utf8.RuneCountInString(s) > most {
		return ""
	}
	return s
}
