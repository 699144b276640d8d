package form_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"fenghuo/internal/form"
)

// running writes the clocks of a form: nudge 14:06, direct 14:13.
func (c *chat) running() string {
	var parts []string
	for _, k := range c.s.Clocks() {
		at := k.At.In(shanghai)
		if at.Second() != 0 || at.Nanosecond() != 0 {
			c.t.Errorf("%s at %v is no whole minute", k.Kind, at)
		}
		parts = append(parts, fmt.Sprintf("%s %s", k.Kind, at.Format("02 15:04")))
	}
	return strings.Join(parts, ", ")
}

// TestClocks: what runs after the first questions were answered and some clocks went off.
func TestClocks(t *testing.T) {
	f := load(t, shipped)
	for name, c := range map[string]struct {
		lines []line
		fired []form.IdleKind
		want  string
	}{
		"nothing answered: there is nothing to pass on": {lines: upTo(0), want: "nudge 12 14:06, direct 12 14:13, abandon 13 14:03"},
		"a title without where":                         {lines: upTo(1), want: "nudge 12 14:06, direct 12 14:13, abandon 13 14:03"},
		"where without a title": {lines: []line{{"", "ask title"}, {"改2 1", "understood platform 微博; ask title"}},
			want: "nudge 12 14:06, direct 12 14:13, abandon 13 14:03"},
		"title and where": {lines: upTo(2), want: "nudge 12 14:06, direct 12 14:13, forward 12 14:33, abandon 13 14:03"},
		"at the review":   {lines: upTo(7), want: "nudge 12 14:06, direct 12 14:13, forward 12 14:33, abandon 13 14:03"},
		"nudged":          {lines: upTo(2), fired: []form.IdleKind{form.Nudge}, want: "direct 12 14:13, forward 12 14:33, abandon 13 14:03"},
		"nudged twice over": {lines: upTo(2), fired: []form.IdleKind{form.Nudge, form.Nudge},
			want: "direct 12 14:13, forward 12 14:33, abandon 13 14:03"},
		"told":      {lines: upTo(2), fired: []form.IdleKind{form.Nudge, form.Direct}, want: "forward 12 14:33, abandon 13 14:03"},
		"passed on": {lines: upTo(2), fired: []form.IdleKind{form.Nudge, form.Direct, form.Forward}, want: "abandon 13 14:03"},
		"passed on after an outage: the others are for nothing": {lines: upTo(2), fired: []form.IdleKind{form.Forward}, want: "abandon 13 14:03"},
		"given up":  {lines: upTo(2), fired: []form.IdleKind{form.Forward, form.Abandon}, want: ""},
		"paused":    {lines: upTo(2, line{"存草稿", "pause"}), want: "direct 12 14:13, forward 12 14:33, abandon 13 14:03"},
		"cancelled": {lines: upTo(2, line{"取消 重复了", "cancel 重复了"}), want: ""},
		"submitted": {lines: submitted(), want: ""},
		"adding":    {lines: submitted(line{"补充", "ask summary"}), want: "settle 12 14:33"},
		"settled":   {lines: submitted(line{"补充", "ask summary"}), fired: []form.IdleKind{form.Settle}, want: ""},
	} {
		t.Run(name, func(t *testing.T) {
			ch := talk(t, f, c.lines)
			for _, k := range c.fired {
				at := ch.clock(k)
				if at.IsZero() {
					at = ch.s.Inputs[len(ch.s.Inputs)-1].At
				}
				ch.s.Fire(k, at)
			}
			want(t, "clocks", ch.running(), c.want)
			for _, k := range ch.s.Clocks() {
				if k.Kind == form.Forward && !k.At.Equal(ch.s.ForwardAt()) {
					t.Errorf("passed on at %v, said %v", k.At, ch.s.ForwardAt())
				}
			}
		})
	}
}

func TestWholeMinutesAreNotRoundedUp(t *testing.T) {
	for second, want := range map[int]string{0: "14:05", 1: "14:06", 59: "14:06"} {
		at := time.Date(2026, 3, 12, 14, 2, second, 0, shanghai)
		s, _ := form.Start(load(t, shipped), world(), "linke", form.Input{ID: "1", At: at})
		if got := s.Clocks()[0].At.In(shanghai).Format("15:04"); got != want {
			t.Errorf("said at second %d: nudged at %s, want %s", second, got, want)
		}
	}
}

func TestEveryWordStartsTheClocksAnew(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(2))
	c.s.Fire(form.Nudge, c.clock(form.Nudge))
	c.says("@14:20 看看")
	want(t, "clocks", c.running(), "nudge 12 14:24, direct 12 14:31, forward 12 14:51, abandon 13 14:21")
	c.s.Fire(form.Forward, c.clock(form.Forward))
	c.says("@15:10 继续")
	want(t, "after it was passed on", c.running(), "abandon 13 15:11")
}

// TestIdleTimesAreTheForms: how long silence lasts is written in the form.
func TestIdleTimesAreTheForms(t *testing.T) {
	f := parse(t, strings.Replace(short, "nudge: 3m, direct: 10m, forward: 30m, abandon: 24h, settle: 30m", "nudge: 1m, direct: 2m, forward: 5m, abandon: 8h, settle: 7m", 1)+
		"  - {key: x, type: text, required: true, label: 栏, pass: 2, prompt: 问？, short: 问, example: 好}\n")
	c := talk(t, f, []line{{"", "ask title"}, {"有人在门口摔倒了", "ask found_at"}})
	want(t, "clocks", c.running(), "nudge 12 14:04, direct 12 14:05, forward 12 14:08, abandon 12 22:03")
	for _, text := range []string{"刚刚", "提交", "补充"} {
		c.says(text)
	}
	want(t, "adding", c.running(), "settle 12 14:10")
}

func TestAFormWithoutAPlatformIsPassedOnByItsTitle(t *testing.T) {
	c := talk(t, load(t, second), []line{{"", "ask heard_at"}, {"刚刚", "understood heard_at 今天14:02; ask headline"}})
	if !c.s.ForwardAt().IsZero() {
		t.Error("passed on without a title")
	}
	c.says("大堂有客人摔倒了")
	want(t, "passed on", c.s.ForwardAt().In(shanghai).Format("15:04"), "14:33")
}

func TestAForwardedFormStaysForwarded(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(2))
	at := c.clock(form.Forward)
	c.s.Fire(form.Forward, at)
	c.says("@15:10 继续")
	if !c.s.Forwarded().Equal(at) || c.s.Submitted() {
		t.Errorf("forwarded %v, submitted %v", c.s.Forwarded(), c.s.Submitted())
	}
}

// TestFoundAt is provisional until it is answered; 刚刚 is the start of the form whenever it is said.
func TestFoundAt(t *testing.T) {
	eachForm(t, func(t *testing.T, f *form.Form) {
		c, _ := begin(t, f, "")
		provisional := start.Truncate(time.Minute)
		if !c.s.FoundAt().Equal(provisional) {
			t.Errorf("provisionally %v, want %v", c.s.FoundAt(), provisional)
		}
		q, _ := f.Meaning(form.MeansFound)
		c.says("@14:40 改" + number(q) + " 刚刚")
		if !c.s.FoundAt().Equal(provisional) {
			t.Errorf("刚刚 is %v, want %v", c.s.FoundAt(), provisional)
		}
		c.says("改" + number(q) + " 今天13点50")
		if want := time.Date(2026, 3, 12, 13, 50, 0, 0, shanghai); !c.s.FoundAt().Equal(want) {
			t.Errorf("corrected to %v, want %v", c.s.FoundAt(), want)
		}
		c.says("撤销")
		if !c.s.FoundAt().Equal(provisional) {
			t.Errorf("taken back to %v, want %v", c.s.FoundAt(), provisional)
		}
	})
}

// TestAClockThatComesAfterTheEndChangesNothing: words that came late may have ended the form before.
func TestAClockThatComesAfterTheEndChangesNothing(t *testing.T) {
	for _, end := range []string{"提交", "取消 重复了"} {
		c := talk(t, load(t, shipped), upTo(7))
		late := c.hear(end)
		abandon, settle := c.now.Add(24*time.Hour), c.now.Add(25*time.Hour)
		c.s.Fire(form.Abandon, abandon)
		c.s.Fire(form.Settle, settle)
		r := c.s.Say(late)
		if r.Then != form.Submit && r.Then != form.Cancel {
			t.Errorf("%s: %s", end, brief(r))
		}
		if c.s.Submitted() != (r.Then == form.Submit) || len(c.s.Clocks()) != 0 {
			t.Errorf("%s: submitted %v, clocks %v", end, c.s.Submitted(), c.s.Clocks())
		}
		c.now = settle
		want(t, end+", more", string(c.says("看看").Then), map[form.Then]string{form.Submit: "show", form.Cancel: ""}[r.Then])
	}
}

// TestLateSubmitIsAnswered: what ends the form counts though something later was heard first.
func TestLateSubmitIsAnswered(t *testing.T) {
	c := talk(t, load(t, shipped), upTo(7))
	late := c.hear("提交")
	c.says("看看")
	want(t, "late", brief(c.s.Say(late)), "submit IV>IV")
	want(t, "again", brief(c.s.Say(late)), "")
}

func TestOpenRefusesWhatIsNoSession(t *testing.T) {
	f := load(t, shipped)
	for text, want := range map[string]string{
		"{}": "read form: it was never started", `{"inputs":[]}`: "read form: it was never started", "[]": "read form: json", "": "read form: unexpected end",
	} {
		_, err := form.Open(f, world(), []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// reopened is the session as the database keeps it.
func reopened(t fataler, s *form.Session) *form.Session {
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	again, err := form.Open(s.Form(), world(), data)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return again
}

type fataler interface {
	Fatalf(format string, args ...any)
}
