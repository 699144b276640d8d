package wording

import (
	"regexp"
	"slices"
)

var (
	// hedge says that something is not sure, is being looked into, or is only asked.
	hedge = regexp.MustCompile(`正在?[^,。]{0,12}(?:核实|调查|核查|了解|排查|检测|鉴定|查)|由[^,。]{1,10}(?:调查|认定)|(?:还在|仍在|尚在|有待|尚待|等待|还要|在)(?:进一步)?(?:核实|查|核查|调查|了解|确认|统计|排查|认定|等)|` +
		`待核实|待查|据了解|据反映|据称|据初步|疑似|可能|不排除|网传|有人说|有网友|是否|有没有|是不是|有无|如果|若|如有|如您|一旦|以[^,。]{1,16}为准|等[^,。]{0,10}(?:结论|结果|报告|消息)|要看|不下结论|不作?猜测|` +
		`没有证实|尚未|还没有?(?:证实|确认|结论)|未经证实|未证实|未确认|不能确定|无法确定|不确定|不清楚|为什么|为何|怎么|多少|吗|请问`)

	cause  = regexp.MustCompile(`原因(?:就是|就|是|为|在于)[^,。]{2,}|是(?:因为|由于)[^,。]{2,}|(?:是|系|因|由)[^,。是]{2,20}?(?:导致|造成|引起|引发|所致|混入)(?:的|$|了)?|[^,。]{2,12}(?:导致|造成|引发|引起)了?(?:这次|本次|此次)[^,。]{1,10}`)
	blame  = regexp.MustCompile(`责任(?:完全|全|都|就)?(?:在|归|属于)[^,。]{1,12}|(?:全部|主要|次要|全)(?:的)?责任[^,。]{0,4}(?:由|在|归)[^,。]{1,10}|(?:是|属于)[^,。是]{1,10}的责任|(?:与|跟|和)[^,。]{1,8}(?:无关|没有?关系|没有?任何关系)|我们?(?:完全|根本)?(?:没有|没|有|负全部?|负主要)责任|[^,。]{0,6}(?:违规操作|操作不当|操作失误|人为纵火|人为破坏)[^,。]{0,4}`)
	harm   = regexp.MustCompile(`死亡|身亡|遇难|去世|受伤|烧伤|烫伤|骨折|中毒|昏迷|就医|送医|住院|去了?医院|医院抢救|腹泻|拉肚子|呕吐|伤亡`)
	sorry  = regexp.MustCompile(`不便|困扰|担心|误会|误解`)
	unsaid = regexp.MustCompile(`(?:不能|不要|别|没有?|从未|不)说`)
	sick   = regexp.MustCompile(`医药费|医疗费|治疗费|就医记录`)
)

// unverified finds what is not verified yet and is said without a hedge: an open fact, a cause, who is to
// blame, who came to harm. Where a forbidden phrase stands, that is said already.
func (c *checker) unverified() {
	for _, clause := range c.clauses {
		if c.has(Forbidden, clause) || c.hedged(clause) {
			continue
		}
		if fact, ok := c.openFact(clause); ok {
			c.find(Unverified, clause, fact, c.nearest(clause))
			continue
		}
		if p, ok := c.claimed(clause); ok && !c.supported(clause) {
			c.find(Unverified, p, "", c.nearest(clause))
		}
	}
}

// hedged looks at the sentence the clause stands in.
func (c *checker) hedged(clause part) bool {
	return hedge.MatchString(around(c.scopes, clause.from).in(c.text))
}

// openFact is the fact not verified that the clause tells, yes or no.
func (c *checker) openFact(clause part) (string, bool) {
	said := gistOf(clause.in(c.text)).pairs()
	for _, k := range c.known {
		if k.verified {
			continue
		}
		if share(k.pairs, said) >= 0.55 && !c.verbatim(said) || c.sameFigure(clause, k) {
			return k.said, true
		}
	}
	return "", false
}

// verbatim: nearly all of it is in one verified text.
func (c *checker) verbatim(said map[pair]bool) bool {
	return slices.ContainsFunc(c.known, func(k known) bool { return k.verified && share(said, k.pairs) >= 0.8 })
}

// sameFigure: the clause has a figure of the matter the open fact has one of, and no verified fact has.
func (c *checker) sameFigure(clause part, k known) bool {
	for _, m := range c.measures {
		if !clause.holds(m.from) || !slices.ContainsFunc(k.measures, func(o measure) bool { return !idUnits[m.unit] && sameMatter(m, o) }) {
			continue
		}
		verified := func(v known) bool {
			return v.verified && slices.ContainsFunc(v.measures, func(o measure) bool { return sameMatter(m, o) })
		}
		if !slices.ContainsFunc(c.known, verified) {
			return true
		}
	}
	return false
}

// claimed is where a clause says a cause, who is to blame or who came to harm.
func (c *checker) claimed(clause part) (part, bool) {
	said := clause.in(c.text)
	for _, r := range []*regexp.Regexp{cause, blame} {
		if m := r.FindStringIndex(said); m != nil && !sorry.MatchString(said) {
			return part{clause.from + m[0], clause.from + m[1]}, true
		}
	}
	if harm.MatchString(said) && !sick.MatchString(said) && !unsaid.MatchString(said) {
		return clause, true
	}
	return part{}, false
}

// supported: a verified text says the like. Of harm the same sort is enough, since its figures are
// compared apart; but somebody is not nobody.
func (c *checker) supported(clause part) bool {
	said := clause.in(c.text)
	pairs, deny := gistOf(said).pairs(), none.MatchString(said)
	telling := cause.MatchString(said) || blame.MatchString(said)
	harms := harmTopics(topicsIn(c.text, clause))
	if slices.Contains(harms, "死亡") && !deny { // that others were hurt does not bear it out
		harms = []topic{"死亡"}
	}
	for _, k := range c.known {
		if !k.verified {
			continue
		}
		if share(pairs, k.pairs) >= 0.6 {
			return true
		}
		if telling || !harm.MatchString(k.text.string) {
			continue
		}
		for _, kc := range k.text.clauses() {
			if none.MatchString(kc.in(k.text)) == deny && meet(harms, harmTopics(topicsIn(k.text, kc))) {
				return true
			}
		}
	}
	return false
}

func harmTopics(all []named) []topic {
	var out []topic
	for _, n := range all {
		switch n.topic {
		case "死亡", "受伤", "轻伤", "重伤", "骨折", "送医", "在院":
			out = append(out, n.topic)
		}
	}
	return out
}
