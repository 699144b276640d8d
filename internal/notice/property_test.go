package notice_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fenghuo/internal/form"
)

// asking are the methods whose messages ask somebody for something.
var asking = []string{"Registered", "Call", "Ladder", "LadderDirect", "TakeoverAsked", "ExtensionAsked", "HandoverAsked", "Remind", "Due",
	"AskFollowUp", "AskFinal", "AskExplanation", "NoSuchPerson", "DidYouMean", "NeedWords", "BadTime", "FormNudge", "FormWaiting", "Risk", "RiskSecond"}

func TestTone(t *testing.T) {
	stamp := regexp.MustCompile(`\d{4}-\d{2}-\d{2}T|0001-|\dZ\b`)
	system := regexp.MustCompile(`非法|参数|会话|无效|异常|失败|错误|(?i:error|session|null|<nil>|%!)`)
	broken := regexp.MustCompile(`。。|，。|；。|：。|，，|  @|@ |（）|“”`)
	for _, l := range everything().said {
		text := l.message.Text
		if c := l.message.Card; c != nil {
			for _, b := range c.Buttons {
				text += b.Label
			}
			if len(c.Buttons) > 4 && !strings.HasPrefix(c.Buttons[0].Say, "改") { // the options of a question
				t.Errorf("%s, %s: %d buttons", l.method, l.when, len(c.Buttons))
			}
			if len(c.Facts) > 3 && l.method != "Detail" {
				t.Errorf("%s, %s: %d facts", l.method, l.when, len(c.Facts))
			}
		}
		if strings.ContainsAny(text, "！!") {
			t.Errorf("%s, %s shouts: %s", l.method, l.when, text)
		}
		for _, r := range text {
			if picture(r) && !strings.ContainsRune("🔴🟠🟡🔵", r) {
				t.Errorf("%s, %s: %q", l.method, l.when, r)
			}
		}
		for what, bad := range map[string]*regexp.Regexp{"a bare time": stamp, "a system word": system, "broken": broken} {
			if found := bad.FindString(text); found != "" {
				t.Errorf("%s, %s: %s, %q: %s", l.method, l.when, what, found, text)
			}
		}
	}
}

// picture reports whether r is an emoji.
func picture(r rune) bool { return r >= 0x1F000 || (r >= 0x2600 && r < 0x27C0) || r == 0xFE0F }

const longest = 120

func TestQuestionsAreShort(t *testing.T) {
	for _, l := range everything().said {
		if !slices.Contains(asking, l.method) {
			continue
		}
		text := l.message.Text
		if l.message.Card != nil {
			text = strings.Join(l.message.Card.Lines, "")
		}
		if n := utf8.RuneCountInString(text); n >= longest {
			t.Errorf("%s, %s: %d characters: %s", l.method, l.when, n, text)
		}
	}
	for _, file := range []string{"testdata/form.yaml", "../../config/shipped/forms/kuaibao-v1.yaml"} {
		f := readForm(file)
		for n := range f.Fields {
			fd := &f.Fields[n]
			r := form.Reply{Then: form.Ask, Field: fd, Current: strings.Repeat("长", 500)}
			text := voice.Form(filling(), r, at("03-12 14:06")).Text
			for _, o := range fd.Options {
				text = strings.Replace(text, o.Name, "", 1)
			}
			if n := utf8.RuneCountInString(text); n >= longest {
				t.Errorf("%s, %s: %d characters: %s", file, fd.Key, n, text)
			}
		}
	}
}

// TestTheThirdReminderIsNotLonger than the first, but for the names in it.
func TestTheThirdReminderIsNotLonger(t *testing.T) {
	inc := some()
	first := voice.LadderDirect(inc, "wanglei", 1, 15*60e9)
	third := voice.LadderDirect(inc, "wanglei", 3, 45*60e9)
	if len(third.Text) > len(first.Text) {
		t.Errorf("%q is longer than %q", third.Text, first.Text)
	}
}

// writing has people write something else while fn runs.
func writing(what func(string) string, fn func()) {
	before := wrote
	wrote = what
	defer func() { wrote = before }()
	fn()
}

func TestPersonalDataIsMasked(t *testing.T) {
	for what, leak := range map[string]string{"13812345678": "13812", "11010519491231002X": "1101051"} {
		for pad := 0; pad < 45; pad += 4 { // so that the number falls onto every place a text may be cut at
			writing(func(text string) string { return strings.Repeat("滨", pad) + what + "，" + text }, func() {
				for _, l := range everything().said {
					text := l.message.Text
					if c := l.message.Card; c != nil {
						text += c.Head + c.Title + c.Who + c.Clock + c.Foot + strings.Join(c.Lines, "")
						for _, f := range c.Facts {
							text += f.Value
						}
					}
					if strings.Contains(text, leak) {
						t.Fatalf("%s, %s: %s", l.method, l.when, text)
					}
				}
			})
		}
	}
}

func TestWhatPeopleWriteIsPassedOnAsItIs(t *testing.T) {
	const odd = `<b>&"'--x`
	writing(func(text string) string { return odd + text }, func() {
		heard := 0
		for _, l := range everything().said {
			if regexp.MustCompile(`&(lt|gt|amp|quot|#)|\\u003|\\"`).MatchString(l.message.Text) {
				t.Errorf("%s, %s escapes: %s", l.method, l.when, l.message.Text)
			}
			if c := l.message.Card; c != nil && c.Title != "" && !strings.HasPrefix(c.Title, odd) {
				t.Errorf("%s, %s: title %q", l.method, l.when, c.Title)
			}
			if strings.Contains(l.message.Text, odd) {
				heard++
			}
		}
		if heard < 60 {
			t.Errorf("only %d messages pass on what was written", heard)
		}
	})
}
