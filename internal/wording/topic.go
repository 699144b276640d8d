package wording

import "regexp"

// topic is what a figure or a time is said of.
type topic string

// Topics and the words that name them. A word may name two.
var topics = []struct {
	topic topic
	words *regexp.Regexp
}{
	{"死亡", regexp.MustCompile(`死亡|遇难|身亡|去世|伤亡`)},
	{"受伤", regexp.MustCompile(`受伤|伤者|烧伤|烫伤|擦伤|伤亡`)},
	{"轻伤", regexp.MustCompile(`轻伤`)},
	{"重伤", regexp.MustCompile(`重伤`)},
	{"骨折", regexp.MustCompile(`骨折`)},
	{"送医", regexp.MustCompile(`送医|就医|就诊|送往医院|送到医院|去了?过?医院|看病`)},
	{"在院", regexp.MustCompile(`住院|留院|在院`)},
	{"离院", regexp.MustCompile(`离院|出院`)},
	{"投诉", regexp.MustCompile(`投诉|反映`)},
	{"疏散", regexp.MustCompile(`疏散|撤离|转移`)},
	{"围观", regexp.MustCompile(`围观|聚集`)},
	{"被困", regexp.MustCompile(`被困|失联|失踪`)},
	{"点赞", regexp.MustCompile(`点赞`)},
	{"下架", regexp.MustCompile(`下架|停售|封存`)},
	{"召回", regexp.MustCompile(`召回|收回|追回|回收`)},
	{"售出", regexp.MustCompile(`售出|卖出|销售|卖了`)},
	{"配送", regexp.MustCompile(`配送|发货|送出`)},
	{"生产", regexp.MustCompile(`生产`)},
	{"库存", regexp.MustCompile(`库存`)},
	{"购买", regexp.MustCompile(`购买|买了?到?|买的`)},
	{"受影响", regexp.MustCompile(`受影响|受损|涉及|波及|受潮`)},
	{"退款", regexp.MustCompile(`退款|退还|退钱`)},
	{"赔偿", regexp.MustCompile(`赔|补偿`)},
	{"损失", regexp.MustCompile(`损失`)},
	{"单价", regexp.MustCompile(`单价|售价|每[份杯件箱瓶]`)},
	{"过火", regexp.MustCompile(`过火|烧毁`)},
	{"标准", regexp.MustCompile(`标准|要求`)},
	{"温度", regexp.MustCompile(`温度|最高`)},
	{"发生", regexp.MustCompile(`发生|事发|出事|出的事|摔倒|起火|着火|失火`)},
	{"起火", regexp.MustCompile(`起火|着火|失火|火灾`)},
	{"扑灭", regexp.MustCompile(`扑灭|灭火`)},
	{"首发", regexp.MustCompile(`首发|最早发|发到网上`)},
	{"发现", regexp.MustCompile(`发现`)},
	{"启动", regexp.MustCompile(`启动`)},
	{"公布", regexp.MustCompile(`公布|通报|发布`)},
	{"恢复", regexp.MustCompile(`恢复`)},
	{"回电", regexp.MustCompile(`回电|回复|答复|回您`)},
	{"联系", regexp.MustCompile(`联系`)},
	{"到账", regexp.MustCompile(`到账`)},
	{"检验", regexp.MustCompile(`检验日期|上次检验|送检`)},
	{"停用", regexp.MustCompile(`停用|停业`)},
}

// Some say only whom or what something is about, not what was or will be done and when.
var aboutOnly = map[topic]bool{"受影响": true, "标准": true, "单价": true, "受伤": true, "死亡": true}

// current is what may fall as well as grow, from one report to the next.
var current = []topic{"围观", "在院", "被困"}

// fixed: what does not change with time, so that any two figures of it contradict each other.
var fixed = map[topic]bool{"单价": true, "标准": true, "温度": true, "购买": true}

type named struct {
	topic topic
	at    int
}

// topicsIn are the topics a part of a text names, with where.
func topicsIn(t text, p part) []named {
	var out []named
	for _, tp := range topics {
		for _, m := range tp.words.FindAllStringIndex(p.in(t), -1) {
			out = append(out, named{tp.topic, p.from + m[0]})
		}
	}
	return out
}

func meet(a, b []topic) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}
