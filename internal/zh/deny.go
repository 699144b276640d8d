package zh

import (
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Says yields where text holds word without denying it within reach characters before, in the same clause:
// 没有人受伤 does not say 受伤.
func Says(text, word string, reach int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for from := 0; word != ""; {
			n := strings.Index(text[from:], word)
			if n < 0 {
				return
			}
			at := from + n
			if !strings.ContainsAny(affirming.Replace(Before(text, at, reach)), "无没未不非否") && !yield(at) {
				return
			}
			from = at + len(word)
		}
	}
}

// Before is what stands before at in the same clause, at most reach characters of it. 但 and 却 begin
// another clause.
func Before(text string, at, reach int) string {
	from := at
	for ; reach > 0 && from > 0; reach-- {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if strings.ContainsRune("，。；！？,;!?\n但却", r) {
			break
		}
		from -= size
	}
	return text[from:at]
}

// affirming takes out the words that only look like a denial.
var affirming = strings.NewReplacer("无效", "", "无辜", "", "无证", "", "不治", "", "不幸", "", "不慎", "", "不明", "",
	"不少", "", "不断", "", "不久", "", "不止", "", "不仅", "", "不满", "", "不过", "", "未成年", "", "非常", "", "非法", "")

var (
	deniedThing  = regexp.MustCompile(`(?:不是|并非|不在|没在|而非)[^，,。；;！!？?\n是]{1,20}?(?:而[是在]|[，,。；;！!？?\n是]|$)`)
	deniedClause = regexp.MustCompile(`[^，,。；;！!？?\n]{1,20}(?:没有|没看到|没见到|没搜到|没找到)(?:[，,。；;！!？?\n]|$)`)
)

// Affirmed is s without the things it denies in so many words: of 不是抖音是快手 it leaves 快手, of
// 抖音没有，快手有 快手有.
func Affirmed(s string) string {
	return deniedClause.ReplaceAllString(deniedThing.ReplaceAllString(s, "，"), "，")
}
