package zh

import (
	"strings"
	"testing"
)

func BenchmarkParseTime(b *testing.B) {
	for _, said := range []string{"刚刚", "昨晚八点半", "一小时二十分钟前", "2026年3月9日21点10分", "没注意"} {
		b.Run(said, func(b *testing.B) {
			for b.Loop() {
				ParseTime(said, tuesday)
			}
		})
	}
}

func BenchmarkFindTimes(b *testing.B) {
	perText(b, "昨晚7点40发生，昨晚9点10分首发。", func(s string) { FindTimes(s, tuesday) })
}

func BenchmarkParseFuture(b *testing.B) {
	for b.Loop() {
		ParseFuture("延期到明天下午3点", tuesday)
	}
}

func BenchmarkParseNumber(b *testing.B) {
	for b.Loop() {
		ParseNumber("1亿2千万")
	}
}

func BenchmarkFindCounts(b *testing.B) {
	perText(b, "阅读3.2万 转300 评1200 赞5千。", func(s string) {
		if _, err := FindCounts(s); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkFindLinks(b *testing.B) {
	perText(b, "看【小鹿】 https://v.douyin.com/aBc12/?utm_source=x 复制打开。", func(s string) { FindLinks(s) })
}

func BenchmarkFindPlatforms(b *testing.B) {
	perText(b, "dy和小红书都有，微博没有。", func(s string) { FindPlatforms(s) })
}

func BenchmarkParseChoices(b *testing.B) {
	for b.Loop() {
		ParseChoices("2、4和十一", 14)
	}
}

func BenchmarkMask(b *testing.B) {
	perText(b, "电话13812345678，车牌浙A12345。", func(s string) { Mask(s) })
}

func BenchmarkFold(b *testing.B) {
	perText(b, "昨晚八點半，ＤＹ轉發３００。", func(s string) { Fold(s) })
}

func BenchmarkClean(b *testing.B) {
	perText(b, "昨晚 八點半，\u200b轉發３００。\n", func(s string) { Clean(s) })
}

// perText runs a reader over one sentence and over a hundred.
func perText(b *testing.B, sentence string, read func(string)) {
	b.Helper()
	for name, text := range map[string]string{"sentence": sentence, "hundred": strings.Repeat(sentence, 100)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				read(text)
			}
		})
	}
}
