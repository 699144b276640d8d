package media

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"fenghuo/internal/zh"
)

var (
	until    = regexp.MustCompile(`之前|以前|前|之内|以内|内|截稿|截止|发稿|见报|播出`)
	dueTag   = regexp.MustCompile(`(?:截稿时间|截止时间|回复时间|答复时间|答复时限|截稿|截止|时限|最晚|最迟)\s*(?:是|为|在|到|于)?\s*[:：]?\s*`)
	dueLead  = regexp.MustCompile(`(?:截稿时间|截止时间|回复时间|答复时间|答复时限|截稿|截止|时限|最晚|最迟|希望我们|希望|要求我们|要求|请我们|请|要|需要|需|须|务必|必须|在|于|是|到|[:：\s])+$`)
	dueTail  = regexp.MustCompile(`^(?:\s*(?:之前|以前|前|之内|以内|内|截稿|截止|发稿|见报|播出|必须|务必|需要|要|需|给我们|给他们|给他|给她|给|予以|答复|回复|回应|反馈|回话|回电|要稿))*`)
	dayEnd   = regexp.MustCompile(`(今天|今日|明天|明日|后天)?下班$`)
	mostTime = 16 // characters of a deadline
)

// cutDue takes the deadline out of text. Of several, the last is meant: the question may speak of times, too.
func cutDue(text string, now time.Time) (time.Time, string) {
	due, from, to := time.Time{}, 0, 0
	for _, at := range until.FindAllStringIndex(text, -1) {
		if t, begin, ok := endingAt(text, at[0], text[at[0]:at[1]], now); ok {
			due, from, to = t, begin, at[0]
		}
	}
	for _, at := range dueTag.FindAllStringIndex(text, -1) {
		if w, rest, ok := zh.CutFuture(text[at[1]:], now); ok && !w.At.IsZero() && len(text)-len(rest) > to {
			due, from, to = w.At, at[0], beforePause(text, len(text)-len(rest))
		}
	}
	if due.IsZero() {
		return due, text
	}
	head := dueLead.ReplaceAllString(text[:from], "")
	tail := dueTail.ReplaceAllString(text[to:], "")
	return due.UTC(), strings.TrimSpace(head + "，" + tail)
}

// beforePause is the end of what was read, before the marks that separate it from what follows.
func beforePause(text string, at int) int {
	return len(strings.TrimRight(text[:at], "，,。、;； "))
}

// endingAt is the longest deadline that ends where a word like 前 or 内 begins.
func endingAt(text string, end int, word string, now time.Time) (due time.Time, begin int, ok bool) {
	if m := dayEnd.FindStringSubmatchIndex(text[:end]); m != nil {
		day := "今天"
		if m[2] >= 0 {
			day = text[m[2]:m[3]]
		}
		w, good := zh.ParseFuture(day+"18:00", now)
		return w.At, m[0], good && !w.At.IsZero()
	}
	for at, n := end, 0; at > 0 && n < mostTime; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
		phrase := text[at:end]
		if strings.HasSuffix(word, "内") {
			phrase += "后"
		}
		if digit(text, at-1) && digit(text, at) {
			continue
		}
		if w, good := zh.ParseFuture(phrase, now); good && !w.At.IsZero() {
			due, begin, ok = w.At, at, true
		}
	}
	return due, begin, ok
}
