package wording

import (
	"regexp"
	"strings"

	"fenghuo/internal/zh"
)

// measure is a figure with its unit. lo and hi are the least and most it may mean.
type measure struct {
	part
	unit   string
	lo, hi float64
	rough  bool
	topics []topic
}

const figurePat = `(?:\d[\d,.]*[千百十万亿wk]*|[零一二两三四五六七八九十百千万亿]+)`

// units by their names, the longest first where one begins another; scale brings them to the first.
var unitNames = map[string]struct {
	unit  string
	scale float64
}{
	"个人": {"人", 1}, "人次": {"人", 1}, "人": {"人", 1}, "名": {"人", 1}, "位": {"人", 1}, "死": {"死", 1}, "伤": {"伤", 1},
	"平方米": {"平方米", 1}, "平米": {"平方米", 1}, "平方": {"平方米", 1}, "平": {"平方米", 1}, "m2": {"平方米", 1},
	"元": {"元", 1}, "块钱": {"元", 1}, "块": {"元", 1},
	"分钟": {"时长", 1}, "个小时": {"时长", 60}, "小时": {"时长", 60}, "个工作日": {"时长", 1440}, "工作日": {"时长", 1440}, "天": {"时长", 1440},
	"周": {"时长", 10080}, "个星期": {"时长", 10080}, "个月": {"时长", 43200},
	"度": {"度", 1}, "摄氏度": {"度", 1}, "°c": {"度", 1}, "%": {"%", 1},
	"楼": {"楼", 1}, "层": {"楼", 1}, "号库房": {"号库", 1}, "号库": {"号库", 1}, "号仓": {"号库", 1}, "号楼": {"号楼", 1}, "号车间": {"号车间", 1},
	"件": {"件", 1}, "箱": {"箱", 1}, "瓶": {"瓶", 1}, "杯": {"杯", 1}, "份": {"份", 1}, "包": {"包", 1}, "袋": {"袋", 1}, "盒": {"盒", 1},
	"桶": {"桶", 1}, "台": {"台", 1}, "辆": {"辆", 1}, "起": {"起", 1}, "例": {"起", 1}, "家": {"家", 1}, "吨": {"吨", 1}, "公斤": {"公斤", 1}, "千克": {"公斤", 1},
	"次": {"次", 1}, "条": {"条", 1}, "岁": {"岁", 1}, "倍": {"倍", 1}, "票": {"件", 1}, "单": {"单", 1}, "个": {"个", 1},
}

const unitPat = `个人|人次|人|名|位|死|伤|平方米|平米|平方|平|m2|元|块钱|块|分钟|个小时|小时|个工作日|工作日|天|周|个星期|个月|摄氏度|度|°c|%|` +
	`楼|层|号库房|号库|号仓|号楼|号车间|件|箱|瓶|杯|份|包|袋|盒|桶|台|辆|起|例|家|吨|公斤|千克|次|条|岁|倍|票|单|个`

var (
	measured = regexp.MustCompile(`(第|每)?(不到|不足|不超过|最多|约|大约|大概|差不多|将近|近|超过|超|至少|破|零上|零下|-)?(` + figurePat + `)(?:[层楼个天件人]?(?:到|至|-|~)(` + figurePat + `))?(来|多|余|几)?(` + unitPat + `)(左右|上下|以上|以下|以内|多)?`)
	reach    = regexp.MustCompile(`(阅读|播放|浏览|观看|转发|转|评论|点赞|粉丝)(?:量|数)?((?:达到?|已|到了?|为|是|约|超过|超|突破|破|:)*)(` + figurePat + `)(\+|多|余)?`)
	codes    = regexp.MustCompile(`(批号|批次|批次号|编号|单号|车牌)(?:是|为|:)?([a-z0-9][a-z0-9-]{2,})`)
	phones   = regexp.MustCompile(`\d{3,4}-\d{3,4}-?\d{3,4}|1[3-9]\d{9}`)
	none     = regexp.MustCompile(`(?:无|没有|未造成|没造成|暂无)(?:任何|造成)*(?:人员|人|顾客|员工|乘客)*(?:受伤|伤亡|死亡|送医|就医)`)
	addition = regexp.MustCompile(`(?:新增|另外?有?|又有|再|增加了?|其他|其余|每人?|剩下)(?:受伤|送医|投诉|的|了)*$`)
)

// idUnits are figures that name a thing instead of counting it.
var idUnits = map[string]bool{"楼": true, "号库": true, "号楼": true, "号车间": true, "编号": true, "电话": true}

// measures are the figures of a text, in order, without those within other (times).
func (t text) measures(other []moment) []measure {
	var out []measure
	taken := func(p part) bool {
		for _, m := range other {
			if p.from < m.to && m.from < p.to {
				return true
			}
		}
		for _, m := range out {
			if p.from < m.to && m.from < p.to {
				return true
			}
		}
		return false
	}
	keep := func(m measure, ok bool) {
		if ok && !taken(m.part) {
			out = append(out, m)
		}
	}
	for _, m := range codes.FindAllStringSubmatchIndex(t.string, -1) {
		keep(named64(part{m[4], m[5]}, "编号", t), true)
	}
	for _, m := range phones.FindAllStringIndex(t.string, -1) {
		keep(named64(part{m[0], m[1]}, "电话", t), true)
	}
	for _, m := range reach.FindAllStringSubmatchIndex(t.string, -1) {
		keep(t.reached(m))
	}
	for _, m := range measured.FindAllStringSubmatchIndex(t.string, -1) {
		keep(t.measured(m))
	}
	t.assign(out)
	return out
}

// named64 keeps a name where a figure would be, so that only the same name is equal to it.
func named64(p part, unit string, t text) measure {
	h := 0.0
	for _, b := range []byte(strings.ReplaceAll(p.in(t), "-", "")) {
		h = float64(int64(h*131+float64(b)) % (1 << 45))
	}
	return measure{part: p, unit: unit, lo: h, hi: h}
}

func group(s string, m []int, n int) string {
	if m[2*n] < 0 {
		return ""
	}
	return s[m[2*n]:m[2*n+1]]
}

func (t text) reached(m []int) (measure, bool) {
	n, ok := zh.ParseNumber(strings.TrimRight(group(t.string, m, 3), ",.") + strings.NewReplacer("多", "", "余", "").Replace(group(t.string, m, 4)))
	if !ok || m[1] < len(t.string) && strings.HasPrefix(t.string[m[1]:], "人") {
		return measure{}, false
	}
	out := measure{part: part{m[0], m[1]}, unit: group(t.string, m, 1), lo: n.Value, hi: n.Value, rough: true}
	if out.unit == "转" {
		out.unit = "转发"
	}
	if n.Value >= 1e4 {
		out.lo, out.hi = n.Value*0.95, n.Value*1.1
	}
	if n.AtLeast || group(t.string, m, 4) != "" || strings.Contains(group(t.string, m, 2), "超") || strings.Contains(group(t.string, m, 2), "破") {
		out.hi = 1e12
	}
	return out, true
}

func (t text) measured(m []int) (measure, bool) {
	before, figure, to, some, after := group(t.string, m, 2), group(t.string, m, 3), group(t.string, m, 4), group(t.string, m, 5), group(t.string, m, 7)
	u := unitNames[group(t.string, m, 6)]
	if group(t.string, m, 1) == "第" || addition.MatchString(zh.Before(t.string, m[0], 6)) || group(t.string, m, 1) != "" && u.unit != "元" {
		return measure{}, false
	}
	out := measure{part: part{m[0], m[1]}, unit: u.unit}
	n, ok := zh.ParseNumber(strings.TrimRight(figure, ",."))
	if !ok {
		return rangeOfNumerals(out, figure, u.scale)
	}
	out.lo, out.hi = n.Value*u.scale, n.Value*u.scale
	if before == "零下" || before == "-" && u.unit == "度" {
		out.lo, out.hi = -out.lo, -out.hi
	}
	if last, ok := zh.ParseNumber(strings.TrimRight(to, ",.")); to != "" && ok && last.Value >= n.Value {
		out.hi = last.Value * u.scale
	}
	switch {
	case strings.Contains("不到 不足 不超过 最多", before) && before != "":
		out.lo, out.rough = 0, true
	case strings.Contains("超过 至少 破", before) && before != "" || after == "以上":
		out.hi, out.rough = 1e12, true
	case strings.Contains("来 余 多", some) && some != "" || after == "多":
		out.hi, out.rough = out.hi*1.5, true
	case some == "几":
		out.hi, out.rough = out.hi+9*u.scale, true
	case strings.Contains("大约 大概 差不多 将近", before) && before != "" || after == "左右" || after == "上下":
		out.lo, out.hi, out.rough = out.lo*0.85, out.hi*1.15, true
	}
	return out, true
}

// rangeOfNumerals reads 五六家, 两三天.
func rangeOfNumerals(m measure, figure string, scale float64) (measure, bool) {
	r := []rune(figure)
	if len(r) != 2 {
		return m, false
	}
	a, ok1 := zh.ParseNumber(string(r[0]))
	b, ok2 := zh.ParseNumber(string(r[1]))
	m.lo, m.hi, m.rough = a.Value*scale, b.Value*scale, true
	return m, ok1 && ok2 && a.Value < b.Value
}

// assign gives each topic named in a clause to the figure it is said of: before people (3人送医) it
// belongs to those just named, before goods (召回398份) to what follows.
func (t text) assign(all []measure) {
	for _, c := range t.clauses() {
		var here []int
		for n := range all {
			if c.holds(all[n].from) {
				here = append(here, n)
			}
		}
		for _, topic := range topicsIn(t, c) {
			left, right := -1, -1
			for _, n := range here {
				switch {
				case all[n].from <= topic.at && (left < 0 || all[n].from > all[left].from):
					left = n
				case all[n].from > topic.at && (right < 0 || all[n].from < all[right].from):
					right = n
				}
			}
			if left < 0 || right >= 0 && all[right].unit != "人" {
				left = right
			}
			if left >= 0 {
				all[left].topics = append(all[left].topics, topic.topic)
			}
		}
	}
	for n := range all {
		switch all[n].unit {
		case "死":
			all[n].unit, all[n].topics = "人", []topic{"死亡"}
		case "伤":
			all[n].unit, all[n].topics = "人", []topic{"受伤"}
		}
		if meet(all[n].topics, []topic{"死亡"}) {
			all[n].topics = []topic{"死亡"}
		}
	}
}

// agrees reports whether both may be the same figure.
func (m measure) agrees(o measure) bool { return m.lo <= o.hi+1e-9 && o.lo <= m.hi+1e-9 }

// nobody is the figure nought of 无人受伤.
func (t text) nobody() []measure {
	var out []measure
	for _, m := range none.FindAllStringIndex(t.string, -1) {
		p := part{m[0], m[1]}
		all := measure{part: p, unit: "人"}
		for _, n := range topicsIn(t, p) {
			all.topics = append(all.topics, n.topic)
		}
		out = append(out, all)
	}
	return out
}

var until = regexp.MustCompile(`(?:截至|截止|截止到|截至到)$`)

// upTo: what is before a time makes it the moment figures are given for.
func upTo(before string) bool { return until.MatchString(before) }
