package media

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	phones   = regexp.MustCompile(`(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}(?:[-转]\d{1,5})?|400[- ]?\d{3}[- ]?\d{4}`)
	phoneTag = regexp.MustCompile(`(?:联系电话|联系方式|电话号码|手机号码?|电话|手机|座机)\s*(?:是|为)?\s*[:：]?\s*$`)
	digits   = strings.NewReplacer(" ", "", "-", "", "+", "", "转", "-")
)

// cutPhone takes the first telephone number out of text, with the word for it.
func cutPhone(text string) (phone, rest string) { return cut(text, false) }

// cutLabelledPhone takes only one that is called so: a number within a question may be part of it.
func cutLabelledPhone(text string) (phone, rest string) { return cut(text, true) }

func cut(text string, labelled bool) (phone, rest string) {
	for _, at := range phones.FindAllStringIndex(text, -1) {
		if digit(text, at[0]-1) || digit(text, at[1]) {
			continue
		}
		before := phoneTag.ReplaceAllString(text[:at[0]], "")
		if labelled && (len(before) == at[0] || !apart(before, text[at[1]:])) {
			continue
		}
		phone = digits.Replace(text[at[0]:at[1]])
		if bare := strings.TrimPrefix(phone, "86"); len(bare) == 11 && strings.HasPrefix(bare, "1") {
			phone = bare
		}
		return phone, before + "，" + text[at[1]:]
	}
	return "", text
}

// apart reports marks on both sides: the number stands there for itself.
func apart(before, after string) bool {
	const pauses = " ，,。；;？?！!、（("
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	return (before == "" || strings.ContainsRune(pauses, last)) && (after == "" || strings.ContainsRune(pauses+"）)", next))
}

func digit(s string, at int) bool { return at >= 0 && at < len(s) && s[at] >= '0' && s[at] <= '9' }

// Mask is a telephone number as others may read it: enough to recognise, not enough to dial.
func Mask(phone string) string {
	n := len(phone)
	if n < 7 {
		return strings.Repeat("*", n)
	}
	return phone[:max(0, n-8)] + "****" + phone[n-4:]
}
