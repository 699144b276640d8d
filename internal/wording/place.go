package wording

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// place is a named place of a sort; only places of one sort can differ.
type place struct {
	part
	sort, name string
}

// sorts of places by their last word, the longest first where one ends another.
var placeSorts = map[string]string{"店": "店", "超市": "店", "仓库": "仓", "仓": "仓", "车间": "车间", "工厂": "厂", "厂": "厂", "商场": "商场", "广场": "商场",
	"站点": "站", "配送站": "站", "营业部": "站", "中转场": "站", "分拣中心": "站", "厨房": "厨房", "区": "区", "县": "区", "市": "市"}

var (
	placeName = regexp.MustCompile(`([\p{Han}a-z0-9]{1,8}?)(配送站|分拣中心|中转场|营业部|站点|仓库|车间|工厂|商场|广场|超市|厨房|店|仓|厂|区|县|市)`)
	leadWords = regexp.MustCompile(`^.*(?:今天|昨天|前天|今早|昨晚|今晚|当晚|当天|清晨|凌晨|早上|上午|中午|下午|傍晚|晚上|夜里|半夜|刚才|随后|目前|[在于到从是的了已有把将被对向为和与及据说]|地点|位于|事发|涉事|经核实|核实|发生|\d)`)
	cities    = regexp.MustCompile(`北京|上海|天津|重庆|广州|深圳|杭州|宁波|温州|嘉兴|绍兴|金华|南京|苏州|无锡|常州|合肥|福州|厦门|南昌|济南|青岛|郑州|武汉|长沙|成都|西安|昆明|贵阳|南宁|海口|沈阳|大连|长春|哈尔滨|石家庄|太原|兰州|东莞|佛山|珠海`)
	// noNames stand where a name would, and name nothing.
	noNames   = regexp.MustCompile(`^(?:门|本|离|回|返|来|关|闭|该|此|这家?|那家?|其他|其它|其余|各|全部|所有|涉事|某|多家|一家|几家|附近|周边|我|小|地|园|库|辖|充电|社|景|另一?家?|家|书|饭|酒|网|楼|超|开|到|进|新|夜|城|都|商|工|全|门市|中央|两家|分|总|老|\d+家)$`)
	elsewhere = regexp.MustCompile(`自查|排查|其他|其余|支援|调货|送往|送到|送市|送医|通知|医院`)
	cityNames = regexp.MustCompile(`市$`)
)

// places are where a text says it was: by sort the first ones named, without clauses about elsewhere.
func (t text) places(times []moment) []place {
	var out []place
	for _, c := range t.clauses() {
		said := c.in(t)
		if elsewhere.MatchString(said) || strings.Contains(said, "不是") && !strings.Contains(said, "而是") {
			continue
		}
		for _, m := range placeName.FindAllStringSubmatchIndex(said, -1) {
			stem, sort := said[m[2]:m[3]], said[m[4]:m[5]]
			lead := leadWords.FindString(stem)
			for _, at := range times { // 昨晚十点仓库进水
				if from := c.from + m[2]; at.from < from+len(stem) && at.to > from+len(lead) {
					lead = stem[:min(at.to-from, len(stem))]
				}
			}
			stem = stem[len(lead):]
			if cut := cities.FindStringIndex(stem); cut != nil && placeSorts[sort] != "市" { // 杭州西湖店 is 西湖店
				stem, lead = stem[cut[1]:], lead+stem[:cut[1]]
				stem = cityNames.ReplaceAllString(stem, "")
			}
			if stem == "" || noNames.MatchString(stem) {
				continue
			}
			out = append(out, place{part{c.from + m[2] + len(lead), c.from + m[5]}, placeSorts[sort], stem})
		}
		for _, m := range cities.FindAllStringIndex(said, -1) {
			out = append(out, place{part{c.from + m[0], c.from + m[1]}, "市", said[m[0]:m[1]]})
		}
		for _, m := range t.measures(nil) {
			if placeUnits[m.unit] && c.holds(m.from) && m.lo == m.hi {
				out = append(out, place{m.part, m.unit, string(rune(int(m.lo)))})
			}
		}
	}
	return out
}

var placeUnits = map[string]bool{"楼": true, "号库": true, "号楼": true, "号车间": true}

// differInPlace: of one sort, no place of the one is a place of the other.
func differInPlace(a, b *reading) (Contradiction, bool) {
	for _, x := range a.places {
		var other *place
		for n := range b.places {
			y := &b.places[n]
			if x.sort != y.sort {
				continue
			}
			if samePlace(x.name, y.name) {
				other = nil
				break
			}
			if other == nil {
				other = y
			}
		}
		if other != nil && !a.hasPlace(*other) {
			return a.pairWith(b, Place, x.part, other.part), true
		}
	}
	return Contradiction{}, false
}

func (r *reading) hasPlace(p place) bool {
	for _, own := range r.places {
		if own.sort == p.sort && samePlace(own.name, p.name) {
			return true
		}
	}
	return false
}

// samePlace: one name is the other with characters left out.
func samePlace(a, b string) bool {
	if utf8.RuneCountInString(a) > utf8.RuneCountInString(b) {
		a, b = b, a
	}
	for _, r := range a {
		n := strings.IndexRune(b, r)
		if n < 0 {
			return false
		}
		b = b[n+utf8.RuneLen(r):]
	}
	return true
}
