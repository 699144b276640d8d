package zh

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	choiceText = regexp.MustCompile(`^(?:选|第|答|我选|编号)?\s*[\d一二两三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳](?:[\d一二两三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳\s,，、.。;；和与跟及+/]|号|个|项|选|第)*$`)
	choicePart = regexp.MustCompile(`\d+|[一二两三四五六七八九十]+|[①-⑳]`)
)

// ParseChoices reads an answer to a numbered question with n options: 2, 2 4, 2、4, 二和四, ①. The
// numbers come back in the order given. Anything else in the text, or a number above n, is no choice.
func ParseChoices(s string, n int) ([]int, bool) {
	text := strings.TrimSpace(strings.ToLower(widthless(s)))
	if !choiceText.MatchString(text) {
		return nil, false
	}
	var out []int
	for _, part := range choicePart.FindAllString(text, -1) {
		v, err := strconv.Atoi(part)
		if err != nil {
			v = oneChoice(part)
		}
		if v < 1 || v > n {
			return nil, false
		}
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out, len(out) > 0
}

func oneChoice(part string) int {
	if r := firstRune(part); r >= '①' && r <= '⑳' {
		return int(r-'①') + 1
	}
	v, ok := integer(part)
	if !ok {
		return 0
	}
	return v
}

// widthless narrows full-width digits without touching circled ones and takes 2️⃣ for 2.
func widthless(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		switch r {
		case '　':
			return ' '
		case '\ufe0f', '\u20e3':
			return -1
		}
		return r
	}, s)
}
