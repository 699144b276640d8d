package wording

import (
	"regexp"
	"strings"
)

// person is who plays a part in it: by name, or only what they are.
type person struct {
	part
	role, name string
	kind       bool // name is what they are: 店员
}

const (
	rolePat    = `店长|司机|骑手|快递员|值班经理|负责人|责任人|当事人|发布者|顾客|投诉人|站长|主播|保安|收银员|伤者|死者|打人者`
	surnamePat = `[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤]`
	kindPat    = `离职员工|店员|员工|工作人员|收银员|服务员|顾客|消费者|客人|外卖骑手|骑手|外卖员|快递员|司机|保安|路人|记者|同行|保洁`
)

var (
	titled = regexp.MustCompile(`(` + rolePat + `)(?:是|叫|为|:)?(?:(姓)(` + surnamePat + `)|(` + surnamePat + `)(某某?|先生|女士|小姐|\p{Han}{1,2}))`)
	ofKind = regexp.MustCompile(`(当事人|涉事人员|涉事者|伤者|死者|发布者|投诉人|打人者)(?:是|为|系|:)(?:一[名位个])?(` + kindPat + `)`)
	given  = regexp.MustCompile(`^(?:在|与|和|已|说|反|打|被|到|把|对|向|也|来|发|称|不|因|正|受|将|等|是|从)`)
	kinds  = map[string]string{"外卖骑手": "骑手", "外卖员": "骑手", "消费者": "顾客", "客人": "顾客", "工作人员": "店员", "员工": "店员"}
	roles  = map[string]string{"涉事人员": "当事人", "涉事者": "当事人", "责任人": "责任人"}
)

func (t text) people() []person {
	var out []person
	for _, m := range ofKind.FindAllStringSubmatchIndex(t.string, -1) {
		out = append(out, person{part{m[0], m[1]}, meant(roles, group(t.string, m, 1)), meant(kinds, group(t.string, m, 2)), true})
	}
	for _, m := range titled.FindAllStringSubmatchIndex(t.string, -1) {
		p := person{part: part{m[0], m[1]}, role: meant(roles, group(t.string, m, 1))}
		if group(t.string, m, 2) != "" {
			p.name = group(t.string, m, 3) + "某"
		} else {
			rest := group(t.string, m, 5)
			switch r := []rune(rest); {
			case given.MatchString(rest):
				continue
			case len(r) == 2 && rest != "先生" && rest != "女士" && rest != "小姐" && (rest[:len("某")] == "某" || given.MatchString(string(r[1])+" ")):
				rest = string(r[0])
				p.to -= len(string(r[1]))
			}
			p.name = group(t.string, m, 4) + rest
		}
		out = append(out, p)
	}
	return out
}

func meant(words map[string]string, said string) string {
	if w, ok := words[said]; ok {
		return w
	}
	return said
}

// differInWho: one part, two people.
func differInWho(a, b *reading) (Contradiction, bool) {
	for _, x := range a.people {
		var other *person
		for n := range b.people {
			y := &b.people[n]
			if x.role != y.role || x.kind != y.kind {
				continue
			}
			if x.kind && x.name == y.name || !x.kind && sameName(x.name, y.name) {
				other = nil
				break
			}
			other = y
		}
		if other != nil {
			return a.pairWith(b, Who, x.part, other.part), true
		}
	}
	return Contradiction{}, false
}

// sameName: 王某 may be 王强 or 王女士; 李先生 is not 李女士, 李强 not 王强.
func sameName(a, b string) bool {
	ra, rb := []rune(a), []rune(b)
	if ra[0] != rb[0] {
		return false
	}
	restA, restB := string(ra[1:]), string(rb[1:])
	if restA == restB || strings.HasPrefix(restA, restB) || strings.HasPrefix(restB, restA) {
		return true
	}
	return sex(restA)*sex(restB) >= 0 && (open(restA) || open(restB))
}

// open names tell no given name.
func open(rest string) bool { return strings.HasPrefix(rest, "某") || sex(rest) != 0 }

func sex(rest string) int {
	switch rest {
	case "先生":
		return 1
	case "女士", "小姐":
		return -1
	}
	return 0
}
