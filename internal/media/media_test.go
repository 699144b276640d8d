package media_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fenghuo/internal/media"
)

var (
	zone = time.FixedZone("CST", 8*3600)
	now  = time.Date(2026, 3, 10, 10, 20, 0, 0, zone) // a Tuesday
)

func TestRead(t *testing.T) {
	for _, c := range []struct{ text, outlet, person, phone, question, due string }{
		{"南方某报 记者 李某 13800000000 问：酸奶里的虫查清了吗？ 17点前答复", "南方某报", "李某", "13800000000", "酸奶里的虫查清了吗？", "03-10 17:00"},
		{"南方某报 记者 李某 13800000000 问：是否召回同批次产品？今天 17点前答复", "南方某报", "李某", "13800000000", "是否召回同批次产品？", "03-10 17:00"},
		{"南方某报记者李某，138 0000 0000，问：是否属实，下午5点截稿", "南方某报", "李某", "13800000000", "是否属实", "03-10 17:00"},
		{"媒体：都市晚报，姓名：王某，电话：13800000001，问题：顾客送医了吗？截稿：今晚8点", "都市晚报", "王某", "13800000001", "顾客送医了吗？", "03-10 20:00"},
		{"有，城市频道，张某，0571-88880000，问酸奶有没有召回，明早9点截稿", "城市频道", "张某", "057188880000", "酸奶有没有召回", "03-11 09:00"},
		{"城市频道 李记者 想了解酸奶检测结果 2小时内回复", "城市频道", "李记者", "", "酸奶检测结果", "03-10 12:20"},
		{"有记者问酸奶的事", "", "", "", "酸奶的事", ""},
		{"明天下班前答复 财经周刊 主编助理", "财经周刊", "主编助理", "", "", "03-11 18:00"},
		{"南方某报 李某 13800000000", "南方某报", "李某", "13800000000", "", ""},
		{"电话13800000000，17点前", "", "", "13800000000", "", "03-10 17:00"},
		{"17点前", "", "", "", "", "03-10 17:00"},
		{"问：昨晚8点前后店里到底发生了什么？最晚15点回复", "", "", "", "昨晚8点前后店里到底发生了什么？", "03-10 15:00"},
		{"南方某报 问：客服电话4008001234为什么打不通？18:30前", "南方某报", "", "", "客服电话4008001234为什么打不通？", "03-10 18:30"},
		{"南方某报 李某 问：何时道歉？电话13800000000", "南方某报", "李某", "13800000000", "何时道歉？", ""},
		{"南方某报 李某 １３８００００００００ 问：何时道歉？１７：００前", "南方某报", "李某", "13800000000", "何时道歉？", "03-10 17:00"},
		{"南方某报（记者李某）来电，问：何时道歉", "南方某报", "李某", "", "何时道歉", ""},
		{"新闻网编辑赵某询问 顾客投诉怎么处理的，请明天上午10点前反馈", "新闻网", "赵某", "", "顾客投诉怎么处理的", "03-11 10:00"},
		{"南方某报 记者 李某 13800000000 加急 问：何时道歉？", "南方某报", "李某", "13800000000", "加急 何时道歉？", ""},
		{"南方某报 记者 李某 半小时内答复 问：何时道歉？", "南方某报", "李某", "", "何时道歉？", "03-10 10:50"},
		{"大V小鹿爱吃 私信 酸奶召回了吗？", "大V小鹿爱吃", "私信", "", "酸奶召回了吗？", ""},
		{"南方某报 记者李某 问：三天前的投诉为什么没人管？", "南方某报", "李某", "", "三天前的投诉为什么没人管？", ""},
		{"南方某报 记者李某 问：17点前会不会公布？今天16点前答复", "南方某报", "李某", "", "17点前会不会公布？", "03-10 16:00"},
		{"", "", "", "", "", ""},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := media.Read(c.text, now)
			due := ""
			if !got.Due.IsZero() {
				due = got.Due.In(zone).Format("01-02 15:04")
			}
			if got.Outlet != c.outlet || got.Person != c.person || got.Phone != c.phone || got.Question != c.question || due != c.due {
				t.Errorf("read %q %q %q %q %s\nwant %q %q %q %q %s", got.Outlet, got.Person, got.Phone, got.Question, due,
					c.outlet, c.person, c.phone, c.question, c.due)
			}
			if got.Empty() != (c.text == "") {
				t.Errorf("empty: %v", got.Empty())
			}
		})
	}
}

func TestNone(t *testing.T) {
	for text, want := range map[string]bool{"没有": true, "暂无": true, "还没有记者联系": true, "没人来问": true, "无": true, "不清楚": true,
		"有": false, "南方某报 李某": false, "无锡日报 记者": false, "没说姓名的记者来电问召回": false} {
		if got := media.None(text); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestMask(t *testing.T) {
	for phone, want := range map[string]string{"13800000000": "138****0000", "057188880000": "0571****0000", "4008001234": "40****1234", "12345": "*****", "": ""} {
		if got := media.Mask(phone); got != want {
			t.Errorf("%s: %s", phone, got)
		}
	}
}

// TestNothingIsLostOrInvented: whatever people write, no deadline lies behind, and a question is made of
// their own words.
func TestNothingIsLostOrInvented(t *testing.T) {
	words := []string{"南方某报", "记者", "李某", "13800000000", "问：", "酸奶", "？", "，", " ", "17点前", "答复", "昨天", "内", "截稿", "：", "电话", "明早9点", "前", "问", "\n"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(rt, "words"), "")
		got := media.Read(text, now)
		if !got.Due.IsZero() && !got.Due.After(now) {
			rt.Errorf("%q is due %s", text, got.Due)
		}
		for _, r := range got.Question {
			if r != ' ' && r != '，' && !strings.ContainsRune(text, r) {
				rt.Errorf("%q: question %q", text, got.Question)
			}
		}
	})
}
