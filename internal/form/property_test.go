package form_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fenghuo/internal/form"
)

func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "40"); err != nil { // -rapid.checks asks for more
		panic(err)
	}
	os.Exit(m.Run())
}

// eachFormHolds checks a property of both forms.
func eachFormHolds(t *testing.T, holds func(t *rapid.T, f *form.Form)) {
	t.Helper()
	eachForm(t, func(t *testing.T, f *form.Form) {
		rapid.Check(t, func(rt *rapid.T) { holds(rt, f) })
	})
}

// sayings are what people say to a form: commands, good answers and bad ones, in turn and out of it.
func sayings(f *form.Form) []string {
	out := []string{"上一步", "跳过", "稍后补", "看看", "存草稿", "继续", "取消", "帮助", "好了", "提交", "不用", "撤销", "补充", "好", "是", "",
		"取消 重复了", "改99 无", "三点左右", "滨江", "1", "2", "3", "12", "今天9点", "今天13点50", "刚刚", "抖音", "橙", weibo,
		"https://www.douyin.com/video/1", "阅读3万 转5", "没有", "没有，群里看到的", "昨天19点40发生，昨天20点30首发", "随便说说", title,
		"④刚刚 ⑤滨江店 ⑥1", "1. 刚刚\n2. 大堂有人摔倒了", "[a.png] ", "[b.png] 没有", "[c.png d.png] ", "[e.mov!too_big] "}
	for n := range f.Fields {
		q := &f.Fields[n]
		out = append(out, q.Example, q.Example, "改"+number(q), "改"+number(q)+" "+q.Example)
		for _, o := range q.Options {
			out = append(out, "改"+number(q)+" "+o.Name)
		}
	}
	return out
}

// history draws what is heard in the course of a form, each at a moment of its own.
func history(t *rapid.T, f *form.Form, most int) []form.Input {
	c := &chat{now: start}
	ins := []form.Input{c.hear(rapid.SampledFrom([]string{"", title, "抖音上有人说滨江店酸奶里有虫，刚刚看到"}).Draw(t, "sentence"))}
	all := sayings(f)
	for range rapid.IntRange(0, most).Draw(t, "inputs") {
		c.now = c.now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "seconds")) * time.Second)
		in := c.hear(rapid.SampledFrom(all).Draw(t, "says"))
		in.Offered = rapid.IntRange(0, 19).Draw(t, "offered") == 0
		ins = append(ins, in)
	}
	return ins
}

// live says a history in its order.
func live(f *form.Form, ins []form.Input) *form.Session {
	s, _ := form.Start(f, world(), "linke", ins[0])
	for _, in := range ins[1:] {
		s.Say(in)
	}
	return s
}

// TestOrderAndRepetitionOfArrivalDoNotMatter is invariant 2.
func TestOrderAndRepetitionOfArrivalDoNotMatter(t *testing.T) {
	eachFormHolds(t, func(t *rapid.T, f *form.Form) {
		ins := history(t, f, 25)
		again := slices.Clone(ins[1:])
		for _, in := range ins[1:] {
			if rapid.Bool().Draw(t, "twice") {
				again = append(again, in)
			}
		}
		again = rapid.Permutation(again).Draw(t, "arrival")
		other := live(f, append(ins[:1:1], again...))
		if len(other.Inputs) != len(ins) {
			t.Fatalf("%d inputs are kept of %d", len(other.Inputs), len(ins))
		}
		checkSame(t, "arrival", live(f, ins), other)
	})
}

// TestWrittenAndReadBackItIsTheSame holds after every input, and what is said next is answered the same.
func TestWrittenAndReadBackItIsTheSame(t *testing.T) {
	eachFormHolds(t, func(t *rapid.T, f *form.Form) {
		ins := history(t, f, 15)
		s, _ := form.Start(f, world(), "linke", ins[0])
		for n, in := range ins[1:] {
			if rapid.IntRange(0, 4).Draw(t, "silence") == 0 && len(s.Clocks()) > 0 {
				k := s.Clocks()[0]
				if !k.At.After(in.At) {
					s.Fire(k.Kind, k.At)
				}
			}
			other := reopened(t, s)
			checkSame(t, fmt.Sprintf("before input %d", n+1), s, other)
			a, b := brief(s.Say(in)), brief(other.Say(in))
			if a != b {
				t.Fatalf("%q is answered %q, read back %q", in.Text, a, b)
			}
			bounded(t, s)
		}
	})
}

// TestNobodyIsEverStuck: from wherever a form is, doing what it asks ends in submitting.
func TestNobodyIsEverStuck(t *testing.T) {
	eachFormHolds(t, func(t *rapid.T, f *form.Form) {
		ins := history(t, f, 25)
		s := live(f, ins)
		if s.Submitted() || ended(s) {
			t.Skip("it has come to its end")
		}
		now := ins[len(ins)-1].At
		say := func(n int, text string) form.Reply {
			now = now.Add(time.Second)
			return s.Say(form.Input{ID: fmt.Sprint("on", n), At: now, Text: text})
		}
		r := say(0, "继续")
		var said []string
		for n := 1; !s.Submitted(); n++ {
			if n > 3*len(f.Fields) {
				t.Fatalf("stuck after %q", said)
			}
			next := obey(r)
			said = append(said, next)
			r = say(n, next)
		}
	})
}

// obey is what somebody says who does as asked.
func obey(r form.Reply) string {
	switch r.Then {
	case form.Ask:
		return r.Field.Example
	case form.AskWhich:
		return "1"
	case form.AskWhyOld, form.AskWhyLower:
		return "在开会"
	case form.Review:
		return "提交"
	}
	return "继续"
}

// ended: a cancelled form answers nothing.
func ended(s *form.Session) bool { return len(s.Clocks()) == 0 && !s.Submitted() }

// TestUndoRestores: what an input answered, 撤销 takes back, and nothing else; and said often enough it
// takes back all.
func TestUndoRestores(t *testing.T) {
	eachFormHolds(t, func(t *rapid.T, f *form.Form) {
		ins := history(t, f, 15)
		s := live(f, ins)
		if s.Submitted() || ended(s) {
			t.Skip("it has come to its end")
		}
		now := ins[len(ins)-1].At
		say := func(id string, in form.Input) form.Reply {
			now = now.Add(time.Second)
			in.ID, in.At = id, now
			return s.Say(in)
		}
		before := fmt.Sprint(utc(s.Values()))
		last := rapid.SampledFrom(sayings(f)).Draw(t, "last")
		r := say("last", (&chat{now: now}).hear(last))
		if s.Submitted() || ended(s) || slices.ContainsFunc(r.Notes, func(n form.Note) bool { return n.Kind == form.Undone }) {
			return
		}
		if fmt.Sprint(utc(s.Values())) != before {
			say("undo", form.Input{Text: "撤销"})
			if got := fmt.Sprint(utc(s.Values())); got != before {
				t.Fatalf("%q, taken back:\n got %s\nwant %s", last, got, before)
			}
		}
		for n := range len(ins) + 1 {
			say(fmt.Sprint("undo", n), form.Input{Text: "撤销"})
		}
		if v := s.Values(); len(v) > 0 {
			t.Fatalf("left after taking all back: %v", v)
		}
	})
}
