// Package likeness tells whether two reports may be about one matter: by link, place, words, nature and time. It is
// arithmetic over what was written, needs no network, and decides nothing: people merge.
package likeness

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"fenghuo/internal/zh"
)

// Report is what is compared. Empty fields are unknown.
type Report struct {
	Unit   string // its id
	Nature string
	At     time.Time // found
	Links  []string
}

// Least is the least score from which two reports may be taken for one matter: below it two of different units could be.
const Least = 42

// Likeness is how much two reports resemble one another, with what speaks for it in words.
type Likeness struct {
	Score   int
	Reasons []string
}

// Text is a report's words as they are compared; making it once serves many comparisons.
type Text struct {
	runes map[rune]bool
	pairs map[[2]rune]bool
}

// Read prepares words for comparing. names are what units and the enterprise are called: they tell nothing of what
// happened.
func Read(text string, names ...string) Text {
	text = zh.WithoutLinks(zh.Fold(text))
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // 江澜滨江店 before 滨江店
	for _, word := range append(names, common...) {
		text = strings.ReplaceAll(text, word, " ")
	}
	for _, s := range same {
		for _, word := range s[1:] {
			text = strings.ReplaceAll(text, word, s[0])
		}
	}
	t := Text{runes: map[rune]bool{}, pairs: map[[2]rune]bool{}}
	last := rune(0)
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			last = 0
			continue
		}
		if !strings.ContainsRune(particles, r) {
			t.runes[r] = true
		}
		if last != 0 {
			t.pairs[[2]rune{last, r}] = true
		}
		last = r
	}
	return t
}

// particles are characters that stand in any sentence.
const particles = "的了在是有和就都而及与着或被把从到说让给去来要也还很好多个一上下里中出们我你他她它这那不没人"

// common are words of any report.
var common = []string{"顾客", "网友", "视频", "抖音", "微博", "小红书", "微信群", "朋友圈", "投诉", "评论", "转发", "播放", "点赞", "网上", "网传", "热搜", "同城", "热榜", "有人",
	"发帖", "直播", "反映", "吐槽", "照片", "图片", "热帖", "曝光", "谣言", "公众号", "股吧", "论坛", "店员", "员工", "门店", "我们", "我司", "江澜"}

// same are words for one thing; the first stands for all.
var same = [][]string{{"火", "着火", "起火", "烧起来", "失火"}, {"漏", "泄漏", "泄露"}, {"翻", "侧翻"}, {"骂", "辱骂", "嘲讽", "侮辱"}, {"虫", "虫子"}, {"伤", "受伤"},
	{"掉", "掉落", "塌", "脱落"}, {"吊顶", "天花板"}, {"讨薪", "要工资", "讨加班费", "要加班费"}, {"燃气", "煤气"}, {"仓", "仓库"}, {"运费", "讨运费"}, {"孩子", "小孩"},
	{"涨包", "鼓包", "胀包"}, {"电瓶车", "电动车"}, {"医", "送医", "就医", "住院"}}

// Compare says how alike two reports are. Two links that are the same settle it.
func Compare(a, b Report, at, bt Text) Likeness {
	if oneLink(a.Links, b.Links) {
		return Likeness{100, []string{"同一链接"}}
	}
	gap := a.At.Sub(b.At).Abs()
	words := (55*share(at.runes, bt.runes) + 35*share(at.pairs, bt.pairs)) / 100
	out := Likeness{Score: words}
	switch {
	case a.Unit != "" && a.Unit == b.Unit:
		out.Score += 22
		out.Reasons = append(out.Reasons, "同一单位")
	case a.Unit != "" && b.Unit != "":
		out.Score -= 60
	}
	switch {
	case a.Nature != "" && a.Nature == b.Nature:
		out.Score += 6
		out.Reasons = append(out.Reasons, "同一类别")
	case a.Nature != "" && b.Nature != "":
		out.Score -= 4
	}
	if gap < 2*time.Hour {
		out.Score += 5
	}
	if words >= 20 {
		out.Reasons = append(out.Reasons, "说法相近")
	}
	out.Reasons = append(out.Reasons, fmt.Sprintf("相隔%s", zh.ShowSpan(gap.Truncate(time.Minute))))
	out.Score = min(max(out.Score, 0), 100)
	return out
}

// Apart reports whether two reports, found further apart than within or of different units, are not one matter whatever
// their words are: it spares reading them.
func Apart(a, b Report, within time.Duration) bool {
	return a.At.Sub(b.At).Abs() > within || a.Unit != "" && b.Unit != "" && a.Unit != b.Unit && !oneLink(a.Links, b.Links)
}

func oneLink(a, b []string) bool {
	for _, l := range a {
		if one := bare(l); one != "" && slices.ContainsFunc(b, func(m string) bool { return bare(m) == one }) {
			return true
		}
	}
	return false
}

// share is how many hundredths of the smaller set are in the other.
func share[T comparable](a, b map[T]bool) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for v := range a {
		if b[v] {
			n++
		}
	}
	if len(a) < 4 { // a few characters prove little
		return n * 100 / 4
	}
	return n * 100 / len(a)
}

// bare is a page's address without its scheme and what was added by sharing it; empty when it is none.
func bare(link string) string {
	if !strings.Contains(link, "://") {
		link = "https://" + strings.TrimSpace(link)
	}
	found := zh.FindLinks(link)
	if len(found) != 1 {
		return ""
	}
	_, page, _ := strings.Cut(found[0], "://")
	page, query, _ := strings.Cut(page, "?")
	if page = strings.TrimRight(page, "/"); query != "" {
		page += "?" + query
	}
	return page
}
