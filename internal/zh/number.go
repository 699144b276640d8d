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

var numerals = map[rune]float64{'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '俩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '壹': 1, '贰': 2, '叁': 3}

var units = map[rune]float64{'十': 10, '百': 100, '千': 1e3, 'k': 1e3, '万': 1e4, 'w': 1e4, '亿': 1e8}

const numberPattern = `[\d.,]*\d(?:[千百十万亿wk]+|[零一二两三四五六七八九十百千万亿])*(?:\d+[千百十万亿wk]*)*|[零〇一二两三四五六七八九十百千万亿半]+`

var (
	number     = regexp.MustCompile(`^(约|大约|大概|差不多|近|超过|超|至少)?\s*(` + numberPattern + `)\s*(来|多|余|几)?\s*([个条次人名份家位万亿]?)\s*(\+|以上|多|左右|上下)?\s*([个条次人名份家位]?)$`)
	separators = regexp.MustCompile(`(\d)[,，](\d{3})`)
)

// ParseNumber reads s as one quantity: 1w, 3.2万, 1亿2千万, 100+, 十来个, 两千, 1,200.
func ParseNumber(s string) (Number, bool) {
	text := Fold(s)
	for separators.MatchString(text) {
		text = separators.ReplaceAllString(text, "$1$2")
	}
	m := number.FindStringSubmatch(text)
	if m == nil {
		return Number{}, false
	}
	value, ok := quantity(m[2])
	if !ok {
		return Number{}, false
	}
	if u, big := units[firstRune(m[4])]; big {
		value *= u
	}
	return Number{Value: value, AtLeast: m[5] == "+" || m[5] == "以上" || m[1] == "超过" || m[1] == "超" || m[1] == "至少",
		Approx: m[3] != "" || m[1] == "约" || m[1] == "大约" || m[1] == "大概" || m[1] == "差不多" || m[1] == "近" || m[5] == "左右" || m[5] == "上下" || m[5] == "多", Text: s}, true
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// quantity evaluates digits and numerals with units: 1亿2千万, 3.2万, 二百五, 十二.
func quantity(s string) (float64, bool) {
	if s == "半" {
		return 0.5, true
	}
	if strings.ContainsRune(s, '半') {
		return 0, false
	}
	total, section, current := 0.0, 0.0, -1.0
	last := 1.0 // the unit before, for 二百五
	runes := []rune(s)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if v, n, ok := digits(runes[i:]); ok {
			if current > 0 {
				return 0, false
			}
			current, i = v, i+n-1
			continue
		}
		if v, ok := numerals[r]; ok {
			if current > 0 && v > 0 && last == 1 {
				current = current*10 + v // 二五 as 25
				continue
			}
			if current > 0 {
				return 0, false
			}
			current = v
			continue
		}
		u, ok := units[r]
		if !ok {
			return 0, false
		}
		switch {
		case u >= 1e4:
			section += max(current, 0)
			if section == 0 {
				section = 1
			}
			if u > 1e4 || total == 0 {
				total = (total + section) * u
			} else {
				total += section * u
			}
			section = 0
		case current < 0:
			section += u
		default:
			section += current * u
		}
		current, last = -1, u
	}
	if current >= 0 {
		if last >= 100 && current < 10 && !strings.ContainsAny(s, "0123456789零〇") {
			current *= last / 10 // 二百五 is 250, 一万二 is 12000
		}
		section += current
	}
	return total + section, true
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
