package wording

import (
	"regexp"
	"strings"
)

var (
	vow      = regexp.MustCompile(`保证|承诺|确保|一定|绝不|绝对不|肯定|永远|再也不|不会再|百分之百|百分百|100%|负责到底|必定|包您`)
	noVow    = regexp.MustCompile(`不一定|一定(?:程度|的|范围|要|时)|[您你请][^,。]{0,4}一定|保证金|质量保证|承诺书|肯定(?:大家|您|要|是要|[^,。]{0,4}意见)|(?:不能|无法|不敢|难以|没法)(?:保证|承诺|确保|肯定)|不承诺`)
	money    = regexp.MustCompile(`(?:会|将|给|为|可以|都|愿意|一律|统统|全部|全额|双倍|[一二三四五六七八九十\d百]+倍|每人|每位|由[^,。]{1,6}|全部费用)[^,。]{0,8}(?:赔偿?|赔付|退款|补偿|免单|垫付|承担|负担|全额赔|全赔)|(?:赔偿?|赔付|补偿|退款?)(?:您|你|他|她|大家|伤者|顾客|客户)[^,。]*|假一赔[一二三四五六七八九十\d]+|退一赔[一二三四五六七八九十\d]+|全额退|双倍退|终身[^,。]{0,4}|免费|免单|免[^,。疫]{0,4}(?:费|单)`)
	noMoney  = regexp.MustCompile(`免费(?:电话|热线|咨询)|(?:赔偿|补偿|退款|赔付)(?:的事|事宜|问题|方案|金额|标准)|承担(?:相应|法律)?责任|怎么赔|申请退款`)
	within   = regexp.MustCompile(`^(?:之内|以内|内)`)
	delivers = regexp.MustCompile(`给|答复|解决|公布|处理|到账|恢复|回电|结果|联系|赔|通报|回复|退|交代|说法`)
	asks     = regexp.MustCompile(`请您?|麻烦|劳烦|需要您`)
	degree   = []string{"全额", "全部", "双倍", "倍", "终身", "保证", "承诺", "一定", "绝", "永远", "再也", "不会再", "免费", "免单", "到底", "肯定", "确保"}
)

// promises finds guarantees, money and deadlines nobody has approved.
func (c *checker) promises() {
	for _, clause := range c.clauses {
		if c.has(Unverified, clause) || c.approved(clause) { // who pays comes after who is to blame
			continue
		}
		said := clause.in(c.text)
		switch {
		case c.promised(clause, vow, noVow):
		case c.promised(clause, money, noMoney):
		default:
			if p, ok := c.deadline(clause); ok && delivers.MatchString(said) && !asks.MatchString(said) {
				c.find(Promise, part{p.from, clause.to}, "", c.nearest(clause))
			}
		}
	}
}

func (c *checker) promised(clause part, yes, no *regexp.Regexp) bool {
	said := clause.in(c.text)
	m := yes.FindStringIndex(said)
	if m == nil || no.MatchString(said) || c.hedged(clause) {
		return false
	}
	c.find(Promise, part{clause.from + m[0], clause.to}, "", c.nearest(clause))
	return true
}

// deadline is the first in the clause that the talking points know nothing of.
func (c *checker) deadline(clause part) (part, bool) {
	var all []part
	for _, m := range c.measures {
		if m.unit == "时长" && within.MatchString(c.text.string[m.to:]) {
			all = append(all, m.part)
		}
	}
	for _, m := range c.moments {
		if m.deadline {
			all = append(all, m.part)
		}
	}
	for _, p := range all {
		if clause.holds(p.from) && !c.isSettled(p) {
			return p, true
		}
	}
	return part{}, false
}

func (c *checker) isSettled(p part) bool {
	for _, s := range c.settled {
		if s == p {
			return true
		}
	}
	return false
}

// approved: half of the clause is in one approved wording, and so are its words of degree.
func (c *checker) approved(clause part) bool {
	said := clause.in(c.text)
	pairs := gistOf(said).pairs()
	for _, k := range c.known {
		if k.verified && share(pairs, k.pairs) >= 0.5 && noMore(said, k.text.string) {
			return true
		}
	}
	return false
}

func noMore(said, approved string) bool {
	for _, d := range degree {
		if strings.Contains(said, d) && !strings.Contains(approved, d) {
			return false
		}
	}
	return true
}
