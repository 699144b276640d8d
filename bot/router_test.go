package bot_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"fenghuo/bot"
)

// fold is enough of one for these tests: full-width signs, a few traditional characters, capitals, spaces.
func fold(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == ' ' || r == '　':
			return -1
		}
		if at := strings.IndexRune("簽報終續辦帳", r); at >= 0 {
			return []rune("签报终续办账")[at/3]
		}
		return r
	}, s))
}

func router() *bot.Router[int] {
	return bot.NewRouter(fold,
		bot.Command[int]{Name: "上报", Words: []string{"上报", "快报"}, Do: 1},
		bot.Command[int]{Name: "签收", Words: []string{"签收", "我签收"}, Do: 2},
		bot.Command[int]{Name: "续报", Words: []string{"续报"}, Glued: true, Do: 3},
		bot.Command[int]{Name: "终报", Words: []string{"终报"}, Do: 4},
		bot.Command[int]{Name: "批准终报", Words: []string{"批准终报"}, Do: 5},
		bot.Command[int]{Name: "同意", Words: []string{"同意", "批准"}, Do: 6},
		bot.Command[int]{Name: "延期", Words: []string{"延期", "延期到"}, Glued: true, Do: 7},
		bot.Command[int]{Name: "帮助", Words: []string{"帮助", "help", "?"}, Do: 8},
	)
}

func TestFind(t *testing.T) {
	t.Parallel()
	r := router()
	for _, tc := range []struct {
		name, text            string
		command, number, rest string
	}{
		{"a word", "上报", "上报", "", ""},
		{"spaces around", "  上报 \n", "上报", "", ""},
		{"a synonym", "快报", "上报", "", ""},
		{"with a sentence", "上报 店里有人闹事", "上报", "", "店里有人闹事"},
		{"after a full-width comma", "上报，店里有人闹事", "上报", "", "店里有人闹事"},
		{"after a colon", "续报：已送检", "续报", "", "已送检"},
		{"glued to its words", "续报已送检", "续报", "", "已送检"},
		{"not glued", "签收不了", "", "", ""},
		{"with a particle", "签收了", "签收", "", "了"},
		{"the longest word wins", "批准终报", "批准终报", "", ""},
		{"the shorter one stands alone", "批准", "同意", "", ""},
		{"a word within a word", "延期到10点，报告未出", "延期", "", "10点，报告未出"},
		{"traditional characters", "簽收", "签收", "", ""},
		{"traditional with words", "續報已送檢", "续报", "", "已送檢"},
		{"capitals", "HELP", "帮助", "", ""},
		{"full-width letters", "ＨＥＬＰ", "帮助", "", ""},
		{"full-width sign", "？", "帮助", "", ""},
		{"a space within", "上 报", "上报", "", ""},
		{"number after", "签收 001", "签收", "001", ""},
		{"whole number after", "签收 YQ-20260310-001", "签收", "YQ-20260310-001", ""},
		{"small letters in the number", "签收 yq-20260310-001", "签收", "YQ-20260310-001", ""},
		{"number before", "001 签收", "签收", "001", ""},
		{"number before, comma", "YQ-20260310-001，签收", "签收", "YQ-20260310-001", ""},
		{"number sign", "#001 签收", "签收", "001", ""},
		{"number sign after", "签收 #001", "签收", "001", ""},
		{"a fourth digit", "签收 YQ-20260310-1001", "签收", "YQ-20260310-1001", ""},
		{"number and words", "续报 001 已送检", "续报", "001", "已送检"},
		{"words and number", "续报 已送检 001", "续报", "001", "已送检"},
		{"a number that is part of the words", "续报 今天有 200 人到场", "续报", "", "今天有 200 人到场"},
		{"a figure is no number", "续报 2400杯已封存", "续报", "", "2400杯已封存"},
		{"three digits with a unit", "续报 300杯已封存", "续报", "", "300杯已封存"},
		{"a command of another sentence", "我想上报", "", "", ""},
		{"empty", "", "", "", ""},
		{"only a number", "001", "", "", ""},
	} {
		m, ok := r.Find(tc.text)
		if ok != (tc.command != "") || m.Command.Name != tc.command || m.Number != tc.number || m.Rest != tc.rest {
			t.Errorf("%s: %q is %q, number %q, rest %q", tc.name, tc.text, m.Command.Name, m.Number, m.Rest)
		}
	}
}

func TestCutNumber(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, number, rest string }{
		{"", "", ""},
		{"001", "001", ""},
		{"#001", "001", ""},
		{"001，已送检", "001", "已送检"},
		{"已送检 001", "001", "已送检"},
		{"已送检 #001", "001", "已送检"},
		{"YQ-20260310-001", "YQ-20260310-001", ""},
		{"yq-20260310-001 已送检", "YQ-20260310-001", "已送检"},
		{"QL-20260310-001", "", "QL-20260310-001"},
		{"YL-20260310-012", "YL-20260310-012", ""},
		{"来了 200 人", "", "来了 200 人"},
		{"2400", "", "2400"},
		{"12", "", "12"},
	} {
		if number, rest := bot.CutNumber(tc.text); number != tc.number || rest != tc.rest {
			t.Errorf("%q: %q and %q", tc.text, number, rest)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	r := router()
	for _, tc := range []struct{ text, command string }{
		{"上抱", "上报"},
		{"签首", "签收"},
		{"续包已送检", "续报"},
		{"簽首", "签收"},
		{"hepl", ""},
		{"helo", "帮助"},
		{"今天天气", ""},
		{"", ""},
		{"？", ""},
	} {
		c, ok := r.Nearest(tc.text)
		if ok != (tc.command != "") || c.Name != tc.command {
			t.Errorf("%q is near %q", tc.text, c.Name)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"上报", "001 签收", "续报已送检 #001", "批准终报 YQ-20260310-001", "ＨＥＬＰ", "\xff签收", "延期到10点，x"} {
		f.Add(s)
	}
	r := router()
	f.Fuzz(func(t *testing.T, text string) {
		m, ok := r.Find(text)
		if !ok && (m.Command.Name != "" || m.Number != "" || m.Rest != "") {
			t.Errorf("%q: nothing found, and yet %+v", text, m)
		}
		if utf8.ValidString(text) && len(m.Rest) > len(text) {
			t.Errorf("%q: the rest %q is longer than the whole", text, m.Rest)
		}
		if utf8.ValidString(text) && !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(firstField(m.Rest), " ", "")) {
			t.Errorf("%q: the rest %q was not said", text, m.Rest)
		}
		if number, _ := bot.CutNumber(text); number != "" && !strings.Contains(strings.ToUpper(text), number) {
			t.Errorf("%q: number %q was not said", text, number)
		}
		r.Nearest(text)
	})
}

// firstField: taking the number out of the end may join what stood before it with nothing else.
func firstField(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}
