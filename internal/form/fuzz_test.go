package form_test

import (
	"os"
	"strings"
	"testing"

	"fenghuo/internal/form"
)

// FuzzSay says anything, line by line, to both forms. Nothing panics, what is kept stays within bounds and
// reads back as it stands.
func FuzzSay(f *testing.F) {
	forms := []*form.Form{load(f, shipped), load(f, second)}
	for _, said := range append(append(sayings(forms[0]), sayings(forms[1])...), wrong...) {
		f.Add("", said)
		f.Add(title, said+"\n继续\n提交")
	}
	for _, said := range nasty {
		if len(said) < 3000 { // long ones are slow to vary
			f.Add(said, said)
		}
	}
	f.Add("滨江店有虫", "1\n"+weibo+"\n刚刚\n滨江\n1\n1\n1\n提交\n补充\n改16 4\n撤销")
	f.Fuzz(func(t *testing.T, sentence, lines string) {
		for _, fm := range forms {
			c, _ := begin(t, fm, "")
			c.s, _ = form.Start(fm, world(), "linke", form.Input{ID: "m0", At: start, Text: sentence})
			for n, said := range strings.Split(lines, "\n") {
				if n == 30 {
					break
				}
				in := c.hear("")
				in.Text = said
				r := c.s.Say(in)
				for _, note := range r.Notes {
					if note.Kind == form.Refused && note.Field != nil && note.Example == "" {
						t.Errorf("%q is refused for %s without an example", said, note.Why)
					}
				}
			}
			bounded(t, c.s)
			checkSame(t, fm.Name, c.s, reopened(t, c.s))
		}
	})
}

// FuzzParse: what is taken for a form can be asked from its first question to the last; what is not is
// refused with its place.
func FuzzParse(f *testing.F) {
	for _, path := range []string{shipped, second} {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add(short)
	f.Add(short + one("key: x, type: multi, options: [{name: 好}, {name: 坏}]"))
	f.Fuzz(func(t *testing.T, text string) {
		fm, err := form.Parse([]byte(text), "f.yaml")
		if err != nil {
			if !strings.HasPrefix(err.Error(), "f.yaml:") {
				t.Errorf("no place: %v", err)
			}
			return
		}
		c, r := begin(t, fm, "")
		for n := range 3 * len(fm.Fields) {
			if c.s.Submitted() {
				break
			}
			r = c.says(obey(r))
			if n == 3*len(fm.Fields)-1 && !c.s.Submitted() {
				t.Fatalf("stuck at %s", brief(r))
			}
		}
	})
}
