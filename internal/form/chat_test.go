package form_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
)

var shanghai = time.FixedZone("UTC+8", 8*3600)

// start is when the forms of these tests begin: the second scenario's Thursday.
var start = time.Date(2026, 3, 12, 14, 2, 20, 0, shanghai)

const (
	shipped = "../../config/shipped/forms/kuaibao-v1.yaml"
	second  = "testdata/second.yaml"
)

// load reads the form of a file.
func load(t testing.TB, path string) *form.Form {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := form.Parse(data, filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// eachForm runs a test over the shipped form and over an enterprise's own.
func eachForm(t *testing.T, test func(t *testing.T, f *form.Form)) {
	t.Helper()
	for _, path := range []string{shipped, second} {
		f := load(t, path)
		t.Run(f.Name, func(t *testing.T) { test(t, f) })
	}
}

var org = &roster.Org{Units: []roster.Unit{
	{ID: "binjiang", Name: "滨江店", Full: "江澜滨江店（杭州）"},
	{ID: "depot", Name: "滨江配送站"},
	{ID: "beimen", Name: "北门仓库", Aliases: []string{"北门仓"}},
	{ID: "quality", Name: "质量部"},
}}

// world is the environment of the tests: units, a plain rule for the level, the shipped limits.
func world() form.Env {
	return form.Env{
		Zone: shanghai,
		Units: func(text string) []form.UnitRef {
			var out []form.UnitRef
			for _, u := range org.MatchUnits(text) {
				out = append(out, form.UnitRef{ID: u.ID, Name: u.Name, Full: u.Full})
			}
			return out
		},
		Suggest: suggest,
		Limit: func(l incident.Level) time.Duration {
			return map[incident.Level]time.Duration{1: 15 * time.Minute, 2: 30 * time.Minute, 3: time.Hour, 4: 2 * time.Hour}[l]
		},
	}
}

func suggest(said form.Said) (incident.Level, []string) {
	switch nature := said[form.MeansNature].Meant; {
	case slices.Contains(said[form.MeansImpact].Meant, "监管来问"):
		return incident.LevelII, []string{"监管来问"}
	case slices.Contains(nature, "产品质量"), slices.Contains(nature, "环境"):
		return incident.LevelIII, nature
	}
	return incident.LevelIV, []string{"目前没有更重的情形"}
}

// chat is one person filling a form.
type chat struct {
	t   testing.TB
	s   *form.Session
	now time.Time
	n   int
}

// begin starts a form with what was said along.
func begin(t testing.TB, f *form.Form, sentence string) (*chat, form.Reply) {
	t.Helper()
	c := &chat{t: t, now: start}
	s, r := form.Start(f, world(), "linke", c.hear(sentence))
	c.s = s
	return c, r
}

// says is a line of the person: "@14:10 改2 抖音" at a time, "[a.png b.png!too_big] 没有" with files.
func (c *chat) says(line string) form.Reply {
	c.t.Helper()
	return c.s.Say(c.hear(line))
}

func (c *chat) hear(line string) form.Input {
	c.n++
	c.now = c.now.Add(time.Second)
	if clock, rest, ok := strings.Cut(line, " "); ok && strings.HasPrefix(clock, "@") {
		at, err := time.ParseInLocation("@15:04", clock, shanghai)
		if err != nil {
			c.t.Fatalf("%s: %v", line, err)
		}
		c.now = time.Date(c.now.Year(), c.now.Month(), c.now.Day(), at.Hour(), at.Minute(), 20, 0, shanghai)
		line = rest
	}
	in := form.Input{ID: fmt.Sprintf("m%d", c.n), At: c.now}
	if list, rest, ok := strings.Cut(line, "]"); ok && strings.HasPrefix(list, "[") {
		for name := range strings.FieldsSeq(list[1:]) {
			in.Files = append(in.Files, file(name))
		}
		line = strings.TrimPrefix(rest, " ")
	}
	in.Text = line
	return in
}

// file is a picture whose hash is that of its name before a dash: a-copy.png is a.png again.
func file(name string) form.File {
	name, trouble, _ := strings.Cut(name, "!")
	stem, _, _ := strings.Cut(strings.TrimSuffix(name, ".png"), "-")
	return form.File{Name: name, Kind: "image", SHA256: "sha-" + stem, Trouble: trouble}
}

// line is what the person says and what comes of it, as brief writes it.
type line struct{ says, want string }

// talk holds a conversation. The first line is the sentence the form starts with.
func talk(t *testing.T, f *form.Form, lines []line) *chat {
	t.Helper()
	var c *chat
	for n, l := range lines {
		var r form.Reply
		if n == 0 {
			c, r = begin(t, f, l.says)
		} else {
			r = c.says(l.says)
		}
		if got := brief(r); got != l.want {
			t.Fatalf("line %d, %q:\n got %s\nwant %s", n+1, l.says, got, l.want)
		}
	}
	return c
}

// brief writes a reply in one line: its notes, then where it leads.
func brief(r form.Reply) string {
	var parts []string
	for _, n := range r.Notes {
		parts = append(parts, words(string(n.Kind), key(n.Field), string(n.Why), n.Text, wrapped(n.Old)))
	}
	if r.Kept > 0 {
		parts = append(parts, fmt.Sprintf("kept %d", r.Kept))
	}
	next := words(string(r.Then), key(r.Field), wrapped(r.Current), strings.Join(r.Choices, "/"))
	switch r.Then {
	case form.Review, form.Submit, form.AskWhyLower:
		next = words(next, r.Suggest.String()+">"+r.Level.String(), r.Reason)
	case form.Cancel:
		next = words(next, r.Reason)
	case form.Complete, form.More:
		next += " "
		for _, f := range r.Offer {
			next += string(rune('①' + f.N - 1))
		}
		next = strings.TrimSpace(next)
	}
	if r.Then != form.Nothing {
		parts = append(parts, next)
	}
	return strings.Join(parts, "; ")
}

func key(f *form.Field) string {
	if f == nil {
		return ""
	}
	return f.Key
}

func wrapped(s string) string {
	if s == "" {
		return ""
	}
	return "(" + s + ")"
}

func words(list ...string) string {
	return strings.Join(slices.DeleteFunc(list, func(s string) bool { return s == "" }), " ")
}

// want compares what is read.
func want(t testing.TB, what, got, expected string) {
	t.Helper()
	if got != expected {
		t.Errorf("%s: got %q, want %q", what, got, expected)
	}
}

// text is how an answer reads, empty if there is none.
func (c *chat) text(key string) string { return c.s.Values()[key].Text }
