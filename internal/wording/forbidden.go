package wording

import (
	"regexp"
	"strings"

	"fenghuo/internal/zh"
)

// denies, before a phrase: it is not said but turned down, or asked.
var (
	denies     = regexp.MustCompile(`不是|并非|不能说|没说|没有说|不会说|别说|不说|不认为|不等于|不代表|不存在|不要|不应|不可|是否|是不是|有没有`)
	deniesPast = regexp.MustCompile(`^[”"』」]?的?(?:说法|传言|消息)?(?:不实|不属实|是谣言|没有依据|不成立)`)
)

// forbidden finds the phrases of the list, also with a few characters put in between, in other spelling or
// with synonyms.
func (c *checker) forbidden() {
	said := gistOf(c.text.string)
	for _, p := range c.sheet.Forbidden {
		phrase := gistOf(fold(p.Text).string).runes
		for from := range said.runes {
			to, ok := said.follows(from, phrase)
			if !ok {
				continue
			}
			at := part{said.from[from], said.to[to]}
			if denies.MatchString(zh.Before(c.text.string, at.from, 8)) || deniesPast.MatchString(c.text.string[at.to:]) {
				continue
			}
			if !c.has(Forbidden, at) {
				c.find(Forbidden, at, p.Text, p.Instead)
			}
		}
	}
}

// follows reports whether the phrase stands at from, and where it ends. A long phrase may have characters
// put in, two at a place, none that denies.
func (g gist) follows(from int, phrase []rune) (last int, ok bool) {
	if len(phrase) < 2 || g.runes[from] != phrase[0] {
		return 0, false
	}
	spare := 0
	if len(phrase) >= 4 {
		spare = max(2, len(phrase)/2)
	}
	at := from
	for _, want := range phrase[1:] {
		put := 0
		for at++; at < len(g.runes) && g.runes[at] != want; at++ {
			if put++; put > min(2, spare) || strings.ContainsRune("|不没未非否", g.runes[at]) {
				return 0, false
			}
		}
		if at >= len(g.runes) {
			return 0, false
		}
		spare -= put
	}
	return at, true
}
