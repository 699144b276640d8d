package wording

import "testing"

func BenchmarkCheck(b *testing.B) {
	said := "这批68杯酸奶都已下架，异物怎么进去的还在核实，买过的顾客双倍退款。"
	b.SetBytes(int64(len(said)))
	for b.Loop() {
		Check(said, sheets["milk"], now)
	}
}

func BenchmarkContradictions(b *testing.B) {
	all := []Statement{
		{At: written, Text: "昨晚8点半，杭州西湖店发生争执，3人送医，阅读3.2万。"},
		{At: now, Text: "3月9日20:30，西湖店内顾客与店员争执，5人送医，阅读5万。"},
	}
	for b.Loop() {
		Contradictions(all)
	}
}
