package zh

import (
	"fmt"
	"math"
	"regexp"
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

var (
	countWords = map[string]string{"阅读": "reads", "阅读量": "reads", "播放": "reads", "播放量": "reads", "浏览": "reads", "浏览量": "reads", "观看": "reads", "点击": "reads",
		"转": "reposts", "转发": "reposts", "转发量": "reposts", "分享": "reposts", "转评": "",
		"评": "comments", "评论": "comments", "评论量": "comments", "留言": "comments", "回复": "comments",
		"赞": "likes", "点赞": "likes", "点赞量": "likes", "喜欢": "likes"}
	count = regexp.MustCompile(`(阅读量?|播放量?|浏览量?|观看|点击|转发量?|转|分享|评论量?|评|留言|回复|点赞量?|赞|喜欢)(?:数|人数|次数)?\s*(?:是|有|为|到了?|达到?|已|涨到|约|大约|超过|超|[:：])*\s*(-?)((?:[\d.,]*\d|[零一二两三四五六七八九十])[\d.,千百十万亿wk零一二两三四五六七八九]*)(\+)?`)
)

// FindCounts reads figures of reach out of a sentence, keyed reads, reposts, comments, likes. A figure
// below zero or above ten thousand million is a *CountError.
func FindCounts(s string) (map[string]int64, error) {
	text := Fold(s)
	for separators.MatchString(text) {
		text = separators.ReplaceAllString(text, "$1$2")
	}
	out := map[string]int64{}
	for _, m := range count.FindAllStringSubmatch(text, -1) {
		kind := countWords[m[1]]
		v, ok := quantity(strings.TrimRight(m[3], ".,"))
		if kind == "" || !ok {
			continue
		}
		if m[2] == "-" || v > mostCount || math.IsNaN(v) {
			return nil, &CountError{Text: m[0]}
		}
		if _, have := out[kind]; !have {
			out[kind] = int64(math.Round(v))
		}
	}
	return out, nil
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
