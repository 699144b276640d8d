package zh

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mostCount is the largest figure of reach believed.
const mostCount = 1e10

// CountError is a figure of reach that cannot be.
type CountError struct{ Text string }

func (e *CountError) Error() string { return fmt.Sprintf("count %q out of range", e.Text) }

// UserMessage says what to write instead.
func (e *CountError) UserMessage() string {
	return fmt.Sprintf("“%s”不像传播数据。例：“阅读3.2万 转300 评1200”。", e.Text)
}

// countWord lists the longest first; 转评赞 is said of a sum, which is none of them.
const (
	countWord   = `阅读量?|播放量?|浏览量?|观看|点击|转评赞?|评赞|转发量?|转|分享|评论量?|评|留言|回复|点赞量?|赞|喜欢`
	countFigure = `(?:\d[\d.]*|[零一二两三四五六七八九]?[十百千万亿]|[一二两三四五六七八九][零一二三四五六七八九]*[十百千万亿])[\d.千百十万亿wk零一二两三四五六七八九]*`
)

var (
	countKinds = map[string]string{"阅读": "reads", "播放": "reads", "浏览": "reads", "观看": "reads", "点击": "reads",
		"转": "reposts", "转发": "reposts", "分享": "reposts", "评": "comments", "评论": "comments", "留言": "comments", "回复": "comments",
		"赞": "likes", "点赞": "likes", "喜欢": "likes"}
	wordFirst   = regexp.MustCompile(`(?P<word>` + countWord + `)(?:数|人数|次数)?\s*(?P<link>(?:是|有|为|到了?|达到?|高达|已经?|涨到|约|大约|接近|近|超过|超|突破|破|过|[:：])*)\s*(?P<sign>[-−负]?)(?P<figure>` + countFigure + `)`)
	figureFirst = regexp.MustCompile(`(?P<sign>[-−负]?)(?P<figure>` + countFigure + `)[多余+]?(?:条|个|次|人|人次)?(?P<word>` + countWord + `)`)
)

// FindCounts reads figures of reach out of a sentence, keyed reads, reposts, comments, likes; the figure
// may stand after its word or before it. A figure below zero or above ten thousand million is a
// *CountError.
func FindCounts(s string) (map[string]int64, error) {
	text := round(figures(Fold(s)))
	out := countsFound{}
	orders := []*regexp.Regexp{wordFirst, figureFirst}
	if first, word := firstOf(figureFirst, text), firstOf(wordFirst, text); first >= 0 && (word < 0 || first < word) {
		slices.Reverse(orders)
	}
	for _, order := range orders {
		rest, err := out.take(order, text)
		if err != nil {
			return nil, err
		}
		text = rest
	}
	return out, nil
}

// firstOf is where the first figure of this order stands, -1 when there is none.
func firstOf(order *regexp.Regexp, text string) int {
	for _, at := range order.FindAllStringIndex(text, -1) {
		if !ofClock(order, text[:at[0]], text[at[1]:]) {
			return at[0]
		}
	}
	return -1
}

// ofClock: figures next to these belong to a time or a range, not to reach: 22:30转发, 转3月9日的.
func ofClock(order *regexp.Regexp, before, after string) bool {
	if order == wordFirst {
		return strings.ContainsRune(":点时月日号年分天", firstRune(after))
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("0123456789:./-点时月", last)
}

type countsFound map[string]int64

// take reads the figures of one order and gives back the text without them.
func (c countsFound) take(order *regexp.Regexp, text string) (rest string, err error) {
	word, link, sign, figure := order.SubexpIndex("word"), order.SubexpIndex("link"), order.SubexpIndex("sign"), order.SubexpIndex("figure")
	var b strings.Builder
	end := 0
	for _, at := range order.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string { return text[at[2*i]:at[2*i+1]] }
		bare := strings.ContainsRune("百千万亿", firstRune(group(figure))) && (link < 0 || group(link) == "") // 转千万别信
		if bare || ofClock(order, text[:at[0]], text[at[1]:]) {
			continue
		}
		if err := c.add(text[at[0]:at[1]], group(word), group(sign), group(figure)); err != nil {
			return "", err
		}
		b.WriteString(text[end:at[0]])
		b.WriteByte('|')
		end = at[1]
	}
	return b.String() + text[end:], nil
}

func (c countsFound) add(said, word, sign, figure string) error {
	kind := countKinds[strings.TrimSuffix(word, "量")]
	v, ok := quantity(strings.TrimRight(figure, "."))
	if kind == "" || !ok {
		return nil
	}
	if sign != "" || v > mostCount {
		return &CountError{Text: said}
	}
	if _, have := c[kind]; !have {
		c[kind] = int64(math.Round(v))
	}
	return nil
}

var somewhat = regexp.MustCompile(`([\d十百千])[多余来]([万亿])`)

// round takes 50多万 for 50万.
func round(text string) string { return somewhat.ReplaceAllString(text, "$1$2") }

var fans = regexp.MustCompile(`粉丝?(?:数量?|总数)?\s*(?:是|有|为|到了?|达到?|高达|已经?|约|大约|接近|近|超过|超|突破|破|过|[:：])*\s*(` + countFigure + `)|(` + countFigure + `)[多余来+]?\s*(?:个|位)?(?:的)?粉`)

// FindFans reads how many follow an account: 粉丝120万, 百万粉丝博主. ok is false when it is not said or
// cannot be.
func FindFans(s string) (n int64, ok bool) {
	m := fans.FindStringSubmatch(round(figures(Fold(s))))
	if m == nil {
		return 0, false
	}
	figure := strings.TrimRight(m[1]+m[2], ".")
	v, ok := quantity(figure)
	return int64(math.Round(v)), ok && v <= mostCount
}

// FormatCount shortens a figure as people write it: 12000 is 1.2万.
func FormatCount(n int64) string {
	switch {
	case n >= 1e8:
		return decimal(float64(n)/1e8) + "亿"
	case n >= 1e4:
		return decimal(float64(n)/1e4) + "万"
	}
	return strconv.FormatInt(n, 10)
}

func decimal(f float64) string {
	s := strconv.FormatFloat(math.Floor(f*10)/10, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}
