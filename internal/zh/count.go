package zh

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
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

// countWords come longest first; 转评赞 is said of a sum, which is none of them.
const (
	countWord   = `阅读量?|播放量?|浏览量?|观看|点击|转评赞?|评赞|转发量?|转|分享|评论量?|评|留言|回复|点赞量?|赞|喜欢`
	countFigure = `(?:\d[\d.]*|[零一二两三四五六七八九]?[十百千万亿]|[一二两三四五六七八九][零一二三四五六七八九]*[十百千万亿])[\d.千百十万亿wk零一二两三四五六七八九]*`
)

var (
	countKinds = map[string]string{"阅读": "reads", "播放": "reads", "浏览": "reads", "观看": "reads", "点击": "reads",
		"转": "reposts", "转发": "reposts", "分享": "reposts", "评": "comments", "评论": "comments", "留言": "comments", "回复": "comments",
		"赞": "likes", "点赞": "likes", "喜欢": "likes"}
	wordFirst   = regexp.MustCompile(`(` + countWord + `)(?:数|人数|次数)?\s*((?:是|有|为|到了?|达到?|高达|已经?|涨到|约|大约|接近|近|超过|超|突破|破|过|[:：])*)\s*([-−负]?)(` + countFigure + `)`)
	figureFirst = regexp.MustCompile(`([-−负]?)(` + countFigure + `)[多余+]?(?:条|个|次|人|人次)?(` + countWord + `)`)
)

// FindCounts reads figures of reach out of a sentence, keyed reads, reposts, comments, likes; the figure
// may stand after its word or before it. A figure below zero or above ten thousand million is a
// *CountError.
func FindCounts(s string) (map[string]int64, error) {
	text := figures(Fold(s))
	out := countsFound{}
	first, word := figureFirst.FindStringIndex(text), wordFirst.FindStringIndex(text)
	steps := []func(string) (string, error){out.afterWords, out.beforeWords}
	if first != nil && (word == nil || first[0] < word[0]) {
		slices.Reverse(steps)
	}
	for _, step := range steps {
		rest, err := step(text)
		if err != nil {
			return nil, err
		}
		text = rest
	}
	return out, nil
}

type countsFound map[string]int64

// afterWords takes 阅读3.2万 and gives back the text without it.
func (c countsFound) afterWords(text string) (rest string, err error) {
	rest = wordFirst.ReplaceAllStringFunc(text, func(said string) string {
		m := wordFirst.FindStringSubmatch(said)
		if strings.ContainsRune("百千万亿", firstRune(m[4])) && m[2] == "" { // 转千万别信
			return said
		}
		if e := c.add(said, m[1], m[3], m[4]); e != nil && err == nil {
			err = e
		}
		return "|"
	})
	return rest, err
}

// beforeWords takes 3万阅读.
func (c countsFound) beforeWords(text string) (rest string, err error) {
	rest = figureFirst.ReplaceAllStringFunc(text, func(said string) string {
		m := figureFirst.FindStringSubmatch(said)
		if e := c.add(said, m[3], m[1], m[2]); e != nil && err == nil {
			err = e
		}
		return "|"
	})
	return rest, err
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
