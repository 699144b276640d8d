package zh

import (
	"regexp"
	"strconv"
	"strings"
)

// Number is a quantity read out of text. AtLeast: 100+. Approx: 十来个, 约80.
type Number struct {
	Value           float64
	AtLeast, Approx bool
	Text            string
}

var numerals = map[rune]float64{'一': 1, '二': 2, '两': 2, '俩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}

var units = map[rune]float64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1e3, '仟': 1e3, 'k': 1e3, '万': 1e4, 'w': 1e4, '亿': 1e8}

const numberPattern = `\d[\d.]*[\d千百十万亿wk零一二三四五六七八九两]*|[零〇一二两俩三四五六七八九十百千万亿半壹贰叁肆伍陆柒捌玖拾佰仟]+`

var (
	number     = regexp.MustCompile(`^(约|大约|大概|差不多|近|超过|超|至少|上|过|破)?\s*(` + numberPattern + `)\s*(来|多|余|几)?\s*([个条次人名份家位万亿]?)\s*(\+|以上|多|左右|上下)?\s*([个条次人名份家位]?)$`)
	thousands  = regexp.MustCompile(`\b\d{1,3}(?:,\d{3})+\b`)
	spacedUnit = regexp.MustCompile(`(\d)\s+([万亿](?:$|[^\p{Han}]|[多余转评赞播阅点浏分留回]))`)
)

// figures writes the numbers of a folded text without what people put inside them: 12,345, 3.2 万.
func figures(text string) string {
	text = thousands.ReplaceAllStringFunc(text, func(n string) string { return strings.ReplaceAll(n, ",", "") })
	return spacedUnit.ReplaceAllString(text, "$1$2")
}

// ParseNumber reads s as one quantity: 1w, 3.2万, 1亿2千万, 100+, 十来个, 两千, 1,200. What is below zero
// or above ten thousand million is none.
func ParseNumber(s string) (Number, bool) {
	m := number.FindStringSubmatch(figures(Fold(s)))
	if m == nil {
		return Number{}, false
	}
	value, ok := quantity(m[2])
	if !ok {
		return Number{}, false
	}
	if m[3] == "几" { // 十几 is between 十 and 二十
		value += 5
	}
	if u, big := units[firstRune(m[4])]; big {
		value *= u
	}
	atLeast := m[5] == "+" || m[5] == "以上" || strings.Contains("超过 至少 上 破", m[1]) && m[1] != ""
	approx := m[3] != "" || m[5] == "左右" || m[5] == "上下" || m[5] == "多" || strings.Contains("大约 大概 差不多 近", m[1]) && m[1] != ""
	return Number{Value: value, AtLeast: atLeast, Approx: approx, Text: s}, value <= mostCount
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// quantity evaluates digits and numerals with units: 1亿2千万, 3.2万, 二百五, 十二. Numerals side by side
// (两三, 七八) say roughly how many and are no quantity.
func quantity(s string) (float64, bool) {
	if s == "半" {
		return 0.5, true
	}
	var q sum
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if v, n, ok := digits(runes[i:]); ok {
			if !q.figure(v, n == 1) {
				return 0, false
			}
			i += n - 1
			continue
		}
		if r == '零' || r == '〇' {
			if q.have {
				return 0, false
			}
			q.zero, q.seen = true, true
			continue
		}
		if v, ok := numerals[r]; ok {
			if !q.figure(v, true) {
				return 0, false
			}
			continue
		}
		if u, ok := units[r]; !ok || !q.unit(u) {
			return 0, false
		}
	}
	return q.value()
}

// sum is a quantity being read from left to right.
type sum struct {
	total, section float64 // what 万 and 亿 closed, and what they have not
	figures        float64
	have           bool    // figures wait for their unit
	single         bool    // they are one figure
	zero, seen     bool    // 零 came just before; anything came
	small, big     float64 // the least units so far, 0 when none
	last           float64 // the unit before
}

func (q *sum) figure(v float64, single bool) bool {
	if q.have {
		return false
	}
	q.figures, q.have, q.single, q.seen = v, true, single, true
	return true
}

func (q *sum) unit(u float64) bool {
	switch {
	case u >= 1e4:
		if u == 1e8 && q.big == 1e4 && q.section == 0 && !q.have { // 1万亿
			q.total, q.big = q.total*u, u
			break
		}
		if q.big != 0 && u >= q.big {
			return false
		}
		closed := q.section
		if q.have {
			closed += q.figures
		}
		if !q.seen {
			closed = 1
		}
		q.total, q.section, q.small, q.big = q.total+closed*u, 0, 0, u
	case q.small != 0 && u >= q.small:
		return false
	default:
		if !q.have {
			q.figures = 1
		}
		q.section, q.small = q.section+q.figures*u, u
	}
	q.last, q.have, q.zero, q.seen = u, false, false, true
	return true
}

func (q *sum) value() (float64, bool) {
	rest := 0.0
	if q.have {
		rest = q.figures
		if q.single && !q.zero && q.last >= 100 { // 二百五 is 250, 1万2 is 12000
			rest *= q.last / 10
		}
	}
	return q.total + q.section + rest, q.seen
}

// digits reads a plain decimal number at the start.
func digits(r []rune) (value float64, n int, ok bool) {
	for n < len(r) && (r[n] >= '0' && r[n] <= '9' || r[n] == '.') {
		n++
	}
	if n == 0 {
		return 0, 0, false
	}
	v, err := strconv.ParseFloat(string(r[:n]), 64)
	return v, n, err == nil
}

// integer reads a small whole number in digits or numerals.
func integer(s string) (int, bool) {
	v, ok := quantity(s)
	if !ok || v != float64(int(v)) {
		return 0, false
	}
	return int(v), true
}
