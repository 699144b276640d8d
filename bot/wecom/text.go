package wecom

import (
	"strings"
	"unicode/utf8"

	"fenghuo/bot"
)

// What a message has room for, in bytes: https://developer.work.weixin.qq.com/document/path/90236,
// https://developer.work.weixin.qq.com/document/path/99110, https://developer.work.weixin.qq.com/document/path/101138
const (
	mostApp   = 2048
	mostRobot = 4096
	mostBot   = 20480
)

// clip shortens to at most n characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:max(n-1, 0)]) + "…"
}

// clipBytes shortens to at most n bytes.
func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	n -= len("…")
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// split cuts a text into parts of at most n bytes, between lines where it can.
func split(s string, n int) []string {
	var parts []string
	for len(s) > n {
		at := strings.LastIndexByte(s[:n+1], '\n')
		if at <= 0 {
			for at = n; at > n-utf8.UTFMax && !utf8.RuneStart(s[at]); at-- { // what is no UTF-8 is cut anywhere
			}
		}
		parts = append(parts, s[:at])
		s = strings.TrimPrefix(s[at:], "\n")
	}
	if s != "" {
		parts = append(parts, s)
	}
	return parts
}

// plain is a message in words; what its buttons say can be typed, in a group with a mention.
func plain(out bot.Outgoing) string {
	text, how := out.Message.Text, "可回："
	switch {
	case strings.HasPrefix(out.Place.Chat, appChat):
		how = "私聊我回："
	case !out.Place.Direct():
		how = "@我回："
	}
	if words := typed(out.Message.Card); words != "" {
		text += "\n" + how + words
	}
	return strings.NewReplacer("<a", "＜a", "<A", "＜A").Replace(text)
}

// typed are the words that do what the buttons do.
func typed(c *bot.Card) string {
	if c == nil {
		return ""
	}
	var words []string
	for _, b := range c.Buttons {
		words = append(words, strings.TrimSpace(b.Say+" "+short(b.Target)))
	}
	return strings.Join(words, "、")
}

// short is a number as people type it: 001 for YQ-20260310-001.
func short(number string) string { return number[strings.LastIndexByte(number, '-')+1:] }

// markdown is a message with its head in bold and people really mentioned where their names stand. What
// people wrote stays what it is: it formats, links and mentions nothing.
func markdown(out bot.Outgoing, people []callout) string {
	text, m := escape(plain(out)), out.Message
	if c := m.Card; c != nil && c.Head != "" && strings.HasPrefix(m.Text, c.Head) {
		head := escape(c.Head)
		text = "**" + head + "**" + strings.TrimPrefix(text, head)
	}
	var missing []string
	for _, p := range people {
		at := "<@" + p.account + ">"
		if name := "@" + escape(p.name); strings.Contains(text, name) {
			text = strings.Replace(text, name, at, 1)
		} else {
			missing = append(missing, at)
		}
	}
	if len(missing) > 0 {
		text += "\n" + strings.Join(missing, " ")
	}
	return text
}

// formatting are the characters that mean something in the platform's markdown, and those that look like them.
var formatting = strings.NewReplacer("<", "＜", ">", "＞", "**", "＊＊", "`", "｀", "](", "］（", "![", "！［", "__", "＿＿")

func escape(s string) string {
	lines := strings.Split(formatting.Replace(s), "\n")
	for n, l := range lines {
		if strings.HasPrefix(l, "#") {
			lines[n] = "＃" + l[1:]
		}
	}
	return strings.Join(lines, "\n")
}
