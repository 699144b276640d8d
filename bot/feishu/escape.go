package feishu

import (
	"regexp"
	"strings"
)

// markup are the characters that mean something within a line of a card's markdown. As entities they are
// shown and mean nothing: https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/feishu-cards/card-json-v2-components/content-components/rich-text
var markup = strings.NewReplacer(
	"&", "&#38;", "<", "&#60;", ">", "&#62;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "(", "&#40;", ")", "&#41;",
	"#", "&#35;", "`", "&#96;", "~", "&#126;", "!", "&#33;", "|", "&#124;", `\`, "&#92;", "$", "&#36;",
)

var (
	// named is a colon that may belong to an emoji (:DONE:) or an address (https:); those of times may not.
	named = regexp.MustCompile(`(^|\D):|:(\D|$)`)
	// opening is what begins a list, a rule or, as four spaces, a block of code.
	opening = regexp.MustCompile(`^(?:[-+=]|\s+|\d+[.)])`)
)

// escape makes text that people wrote harmless within markdown: it cannot mention, link or restyle.
func escape(text string) string {
	return named.ReplaceAllStringFunc(markup.Replace(text), func(s string) string { return strings.Replace(s, ":", "&#58;", 1) })
}

// escapeStart is escape for text a line begins with.
func escapeStart(text string) string {
	head := opening.FindString(text)
	return starts.Replace(head) + escape(text[len(head):])
}

var starts = strings.NewReplacer("-", "&#45;", "+", "&#43;", "=", "&#61;", ".", "&#46;", ")", "&#41;", " ", "&nbsp;", "\t", "&nbsp;")

// plainText is the kind of text of a card that knows no markup at all. It is used wherever nobody is
// mentioned.
func plainText(content string) obj { return obj{"tag": "plain_text", "content": content} }

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

// elsewhere is where the whole of a shortened text can be read.
const elsewhere = "…全文见登记"

// shorten is clip that says where the rest is.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimRight(string(r[:max(n-len([]rune(elsewhere)), 0)]), " \n") + elsewhere
}
