package zh

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// traditional are the traditional characters that occur in commands, times, numbers, platform names and in
// what companies say about incidents.
var traditional = strings.NewReplacer("點", "点", "鐘", "钟", "號", "号", "週", "周", "時", "时", "兩", "两", "萬", "万", "億", "亿",
	"簽", "签", "報", "报", "補", "补", "續", "续", "辦", "办", "終", "终", "說", "说", "幫", "帮", "臺", "台", "賬", "账",
	"詳", "详", "無", "无", "沒", "没", "選", "选", "發", "发", "現", "现", "剛", "刚", "覺", "觉", "視", "视", "頻", "频", "網", "网",
	"話", "话", "訪", "访", "線", "线", "見", "见", "轉", "转", "評", "评", "讚", "赞", "閱", "阅", "讀", "读", "過", "过",
	"這", "这", "後", "后", "個", "个", "檔", "档", "繼", "继", "確", "确", "認", "认", "級", "级", "藍", "蓝",
	"黃", "黄", "紅", "红", "責", "责", "應", "应", "關", "关", "對", "对", "嗎", "吗", "請", "请", "給", "给", "單", "单",
	"書", "书", "眾", "众", "電", "电", "貼", "贴", "壇", "坛", "論", "论", "紙", "纸", "聞", "闻", "頭", "头", "條", "条",
	"禮", "礼", "農", "农", "曆", "历", "陰", "阴", "臘", "腊", "淩", "凌", "間", "间", "負", "负", "瀏", "浏", "覽", "览", "擊", "击", "歡", "欢", "復", "复",
	"來", "来", "幾", "几", "約", "约", "從", "从", "該", "该", "將", "将", "兒", "儿", "團", "团", "業", "业", "長", "长",
	"別", "别", "損", "损", "賠", "赔", "償", "偿", "證", "证", "絕", "绝", "會", "会", "員", "员", "調", "调", "處", "处", "傷", "伤", "顧", "顾", "產", "产",
	"檢", "检", "測", "测", "結", "结", "務", "务", "場", "场", "廠", "厂", "貨", "货", "運", "运", "壞", "坏", "據", "据", "實", "实", "際", "际", "樣", "样",
	"標", "标", "準", "准", "倉", "仓", "庫", "库", "燒", "烧", "醫", "医", "療", "疗", "飲", "饮", "養", "养", "類", "类", "導", "导", "緻", "致", "質", "质",
	"錯", "错", "買", "买", "賣", "卖", "錢", "钱", "價", "价", "費", "费", "雙", "双", "護", "护", "樓", "楼", "層", "层", "門", "门",
	"為", "为", "與", "与", "們", "们", "誰", "谁", "總", "总", "誤", "误", "決", "决", "獲", "获", "達", "达", "還", "还", "進", "进",
	"開", "开", "當", "当", "動", "动", "極", "极", "謠", "谣", "虛", "虚", "屬", "属", "於", "于", "並", "并", "兇", "凶", "險", "险", "災", "灾", "滅", "灭")

// Fold brings spellings of a word together: full-width to half-width, traditional to simplified,
// capitals to small letters; spaces at the ends and invisible characters go. It is for comparing, never
// for keeping.
func Fold(s string) string {
	s = norm.NFKC.String(strings.ToValidUTF8(s, "\uFFFD")) // beside a broken byte nothing would compose
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case invisible(r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	return strings.TrimSpace(traditional.Replace(norm.NFKC.String(s))) // what was apart may now compose
}

// Clean is what is kept of free text: control characters, invisible ones and those that turn the
// direction of writing go, runs of spaces become one; line breaks, emoji and accents stay.
func Clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, ""))
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case r == '\n':
			space = false
			b.WriteRune(r)
			continue
		case unicode.IsSpace(r):
			space = true
			continue
		case unsafe(r):
			continue
		}
		if space && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return norm.NFC.String(strings.TrimSpace(b.String()))
}

const joiner = '\u200d' // within emoji

func invisible(r rune) bool { return unsafe(r) || r == joiner }

// unsafe are characters that show nothing or make text show as something else.
func unsafe(r rune) bool {
	switch {
	case r == joiner:
		return false
	case unicode.IsControl(r), r == 0xfeff, r == 0xad, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e,
		r >= 0x2060 && r <= 0x2069, r == 0x61c, r == 0xfffd, r >= 0xfff9 && r <= 0xfffb, unicode.Is(unicode.Cs, r), unicode.Is(unicode.Co, r),
		r >= 0xe0000 && r <= 0xe007f, r == 0x2028 || r == 0x2029:
		return true
	}
	return false
}

// Len counts what a reader calls characters: accents, joined emoji and variation selectors belong to
// the character before them.
func Len(s string) int {
	n := 0
	joined := false
	for _, r := range s {
		switch {
		case r == joiner:
			joined = true
			continue
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc), r >= 0xfe00 && r <= 0xfe0f, r >= 0x1f3fb && r <= 0x1f3ff:
			continue
		}
		if !joined {
			n++
		}
		joined = false
	}
	return n
}

func fold1(words ...string) map[string]bool {
	m := map[string]bool{}
	for _, w := range words {
		m[w] = true
	}
	return m
}

var (
	unknownWords = fold1("不清楚", "不知道", "不详", "不详细", "待查", "不确定", "不明", "未知", "不晓得", "没注意", "说不准", "不太清楚", "记不清", "暂不清楚", "不了解", "都不清楚")
	nowWords     = fold1("刚刚", "刚才", "刚", "现在", "这会儿", "刚发现", "刚刚发现", "刚看到", "刚刚看到", "just now", "now", "此刻", "刚刚才", "刚才发现")
	yesWords     = fold1("是", "是的", "对", "对的", "好", "好的", "有", "嗯", "同意", "ok", "可以", "行", "y", "yes", "没错", "确认")
	noWords      = fold1("不", "否", "没", "没有", "不用", "无", "n", "no", "不是", "不对", "不必", "不要", "暂无", "没有了")
)

func bare(s string) string { return strings.TrimRight(Fold(s), "。.!！,， ") }

// Unknown reports 不清楚 and its like.
func Unknown(s string) bool { return unknownWords[bare(s)] }

// IsNow reports 刚刚 and its like; what moment that means is the caller's to say.
func IsNow(s string) bool { return nowWords[bare(s)] }

// Yes reports agreement.
func Yes(s string) bool { return yesWords[bare(s)] }

// No reports refusal.
func No(s string) bool { return noWords[bare(s)] }
