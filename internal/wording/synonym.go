package wording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// synonyms are brought to the first word of their line. An empty first word: it says nothing by itself.
var synonyms = byFirst(
	[]string{"", "的", "了", "啊", "呢", "吧", "吗", "呀", "嘛", "地", "得", "着", "都", "就", "也", "又", "才", "是", "为", "这", "那", "些", "任何", "确实", "真的", "一个", "一种", "系", "属于"},
	[]string{"顾客", "客户", "客人", "消费者", "用户", "买家"},
	[]string{"我们", "我司", "本公司", "公司", "咱们", "我方", "本店", "我店"},
	[]string{"没", "没有", "无", "不存在"},
	[]string{"有无", "有没有"}, // a question denies nothing
	[]string{"是否", "是不是"},
	[]string{"设施", "设备", "器材"},
	[]string{"现象", "情况", "个案", "事件"},
	[]string{"小", "不大", "很小", "较小", "轻微", "不严重"},
	[]string{"对手", "竞争对手", "同行", "友商", "竞品"},
	[]string{"抹黑", "诋毁", "陷害", "泼脏水"},
	[]string{"问题", "毛病", "差错"},
	[]string{"异物", "虫子", "虫", "脏东西"},
	[]string{"混入", "混进去", "混进", "掉进去", "掉进", "进去"},
	[]string{"后", "以后", "之后"},
	[]string{"前", "以前", "之前"},
	[]string{"饮用", "喝", "喝下"},
	[]string{"食用", "吃"},
	[]string{"腹泻", "拉肚子", "闹肚子"},
	[]string{"就医", "去医院", "去了医院", "送医", "送医院", "看病", "就诊"},
	[]string{"造成", "导致", "引起", "引发", "所致"},
	[]string{"购买", "买", "选购"},
	[]string{"退款", "退钱", "退还", "退"},
	[]string{"赔偿", "赔付", "赔钱", "补偿", "赔"},
	[]string{"起火", "着火", "失火", "火灾"},
	[]string{"员工", "工作人员", "职工"},
	[]string{"未", "没有及时", "未能", "没能"},
	[]string{"可", "可以", "能够"},
	[]string{"故障", "坏", "出故障"},
	[]string{"不小心", "不注意", "大意"},
	[]string{"私下", "私底下", "背地里"},
	[]string{"责任", "过错", "锅"},
	[]string{"绝对", "百分百", "百分之百", "100%"},
	[]string{"已", "已经"},
)

type swap struct{ said, meant string }

// byFirst orders the words by their first character, the longest first.
func byFirst(lines ...[]string) map[rune][]swap {
	out := map[rune][]swap{}
	for _, line := range lines {
		for _, said := range line {
			r, _ := utf8.DecodeRuneInString(said)
			if said != "" {
				out[r] = insert(out[r], swap{said, line[0]})
			}
		}
	}
	return out
}

func insert(swaps []swap, s swap) []swap {
	at := 0
	for at < len(swaps) && len(swaps[at].said) >= len(s.said) {
		at++
	}
	return append(swaps[:at], append([]swap{s}, swaps[at:]...)...)
}

// gist is a text without what says nothing by itself, synonyms brought together.
type gist struct {
	runes    []rune
	from, to []int // where each stood in the folded text
}

const barrier = '|' // between clauses

func gistOf(s string) gist {
	var g gist
	for at := 0; at < len(s); {
		r, size := utf8.DecodeRuneInString(s[at:])
		said := s[at : at+size]
		meant := said
		for _, sw := range synonyms[r] {
			if strings.HasPrefix(s[at:], sw.said) {
				said, meant = sw.said, sw.meant
				break
			}
		}
		switch {
		case strings.ContainsRune(ends, r):
			meant = string(barrier)
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && said == meant:
			meant = ""
		}
		for _, m := range meant {
			g.runes, g.from, g.to = append(g.runes, m), append(g.from, at), append(g.to, at+len(said))
		}
		at += len(said)
	}
	return g
}

type pair [2]rune

// pairs are the characters that stand side by side.
func (g gist) pairs() map[pair]bool {
	out := map[pair]bool{}
	for n := 1; n < len(g.runes); n++ {
		if g.runes[n-1] != barrier && g.runes[n] != barrier {
			out[pair{g.runes[n-1], g.runes[n]}] = true
		}
	}
	return out
}

// share is how much of part is also in whole, from 0 to 1.
func share(part, whole map[pair]bool) float64 {
	if len(part) == 0 {
		return 0
	}
	n := 0
	for p := range part {
		if whole[p] {
			n++
		}
	}
	return float64(n) / float64(len(part))
}
