package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

const home = "G1/T1"

// acked, calm and final lead an incident to the point where something may be asked for.
var (
	acked    = []string{"wanglei: 签收"}
	calm     = slices.Concat(acked, []string{"48h", "wanglei: 平息"})
	leaked   = slices.Concat(acked, []string{"xuqing: 认定 泄密 林可 把截图发到外面"})
	appealed = slices.Concat(leaked, []string{"heyun: 确认认定", "linke: 申诉 图里没有客户信息"})
	presses  = slices.Concat(acked, []string{"linke: 媒体来询 南方某报 记者李某 13800000000 问：是否召回？17点前答复"})
	spoken   = []string{"wanglei: 口径初稿 同批次已封存", "xuqing: 同意"}
	final    = slices.Concat(calm, []string{"wuyan: 终报 起因已查清，经过如上，顾客接受道歉；防范措施：每周抽检，孙恪负责"})
)

func TestRightsAreCheckedAtTheAct(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name        string
		before      []string
		person, say string
		allowed     bool
		told        string
	}{
		{"officer acknowledges", nil, "wanglei", "签收", true, "王蕾 09:12 签收"},
		{"backup acknowledges", nil, "chenfang", "签收", true, "责任人改为陈放"},
		{"head acknowledges", nil, "xuqing", "签收", true, "许清 09:12 签收"},
		{"reporter does not", nil, "zhoumin", "签收", false, "要由王蕾来"},
		{"legal does not", nil, "hanlu", "签收", false, "要由王蕾来"},
		{"a stranger does not", nil, "stranger", "签收", false, "要由王蕾来"},
		{"an everyday word of the reporter", nil, "zhoumin", "收到", false, ""},
		{"an everyday word of legal", nil, "hanlu", "收到", false, ""},

		{"officer reassigns", nil, "wanglei", "转办 陈放", true, "陈放"},
		{"head reassigns", nil, "xuqing", "转办 陈放", true, "陈放"},
		{"duty officer reassigns", nil, "dingwei", "转办 陈放", true, "陈放"},
		{"reporter does not reassign", nil, "zhoumin", "转办 陈放", false, "要由"},
		{"legal does not reassign", nil, "hanlu", "转办 陈放", false, "要由"},
		{"to nobody known", nil, "wanglei", "转办 赵六", false, "赵六"},

		{"tracker follows up", acked, "wuyan", "续报 已封存送检", true, "续报一已收"},
		{"officer follows up", acked, "wanglei", "续报 已封存送检", true, "续报一已收"},
		{"reporter does not follow up", acked, "zhoumin", "续报 已封存送检", false, "要由吴妍来"},
		{"head does not follow up", acked, "xuqing", "续报 已封存送检", false, "要由吴妍来"},

		{"tracker asks for time", acked, "wuyan", "延期到19点，检测报告未出", true, "19:00"},
		{"tracker asks for time with spaces within", acked, "wuyan", "延期到今天 晚上 7点，检测报告未出", true, "19:00"},
		{"reporter does not ask for time", acked, "zhoumin", "延期到19点，检测报告未出", false, "要由吴妍来"},
		{"officer grants it", slices.Concat(acked, []string{"wuyan: 延期到19点，检测报告未出"}), "wanglei", "同意", true, "19:00"},
		{"tracker does not grant it", slices.Concat(acked, []string{"wuyan: 延期到19点，检测报告未出"}), "wuyan", "同意", false, "要由王蕾来"},
		{"legal does not grant it", slices.Concat(acked, []string{"wuyan: 延期到19点，检测报告未出"}), "hanlu", "同意", false, "要由王蕾来"},

		{"tracker hands over", acked, "wuyan", "移交给 丁伟，休假到周五", true, "丁伟"},
		{"reporter does not hand over", acked, "zhoumin", "移交给 丁伟，休假到周五", false, "要由"},
		{"the other accepts", slices.Concat(acked, []string{"wuyan: 移交给 丁伟，休假到周五"}), "dingwei", "接收", true, "跟踪人改为丁伟"},
		{"a third does not accept", slices.Concat(acked, []string{"wuyan: 移交给 丁伟，休假到周五"}), "hanlu", "接收", false, "丁伟"},

		{"backup asks to take over", acked, "chenfang", "接手", true, "陈放"},
		{"legal does not take over", acked, "hanlu", "接手", false, "要由"},

		{"officer calms", slices.Concat(acked, []string{"48h"}), "wanglei", "平息", true, "已平息"},
		{"reporter does not calm", slices.Concat(acked, []string{"48h"}), "zhoumin", "平息", false, "要由王蕾来"},
		{"backup does not calm", slices.Concat(acked, []string{"48h"}), "chenfang", "平息", false, "要由王蕾来"},

		{"tracker files the final report", calm, "wuyan", "终报 起因查清，顾客接受道歉，每周抽检", true, "终报已收"},
		{"reporter does not file it", calm, "zhoumin", "终报 起因查清，顾客接受道歉，每周抽检", false, "要由吴妍来"},
		{"head approves it", final, "xuqing", "批准终报", true, "已办结"},
		{"deputy approves it", final, "heyun", "批准终报", true, "已办结"},
		{"reporter does not approve it", final, "zhoumin", "批准终报", false, "要由许清来"},
		{"officer does not approve it", final, "wanglei", "批准终报", false, "要由许清来"},
		{"legal does not approve it", final, "hanlu", "批准终报", false, "要由许清来"},
		{"tracker does not approve their own", final, "wuyan", "批准终报", false, "要由许清来"},
		{"head returns it", final, "xuqing", "退回终报 缺负责人", true, "缺负责人"},
		{"reporter does not return it", final, "zhoumin", "退回终报 缺负责人", false, "要由许清来"},

		{"head makes a finding", acked, "xuqing", "认定 泄密 林可 把截图发到外面", true, "已办，详情私聊给您"},
		{"administrator makes a finding", acked, "wuyan", "认定 泄密 林可 把截图发到外面", true, "请许清确认"},
		{"officer does not", acked, "wanglei", "认定 泄密 林可 把截图发到外面", false, "要由许清或何云来"},
		{"reporter does not make a finding", acked, "zhoumin", "认定 泄密 林可 把截图发到外面", false, "要由许清或何云来"},
		{"nobody makes one of themselves", acked, "xuqing", "认定 泄密 许清 试一试", false, "关系到您本人"},
		{"nobody makes one without a reason", acked, "xuqing", "认定 泄密 林可", false, "请写明认定什么"},
		{"nobody makes a grave one alone", acked, "xuqing", "认定 瞒报 林可 没说", false, "由两位委员签字"},
		{"deputy confirms", leaked, "heyun", "确认认定", true, "林可的泄密"},
		{"who made it does not confirm", leaked, "xuqing", "确认认定", false, "要由另一位来"},
		{"officer does not confirm", leaked, "wanglei", "确认认定", false, "要由何云、顾波或吴妍来"},
		{"who it is about does not know of it", leaked, "linke", "确认认定", false, "没有找到您能看的"},
		{"deputy lets it go", leaked, "heyun", "驳回 已打过码", true, "没有确认"},
		{"who it is about appeals", slices.Concat(leaked, []string{"heyun: 确认认定"}), "linke", "申诉 图里没有客户信息", true, "申诉已收"},
		{"nobody else appeals", slices.Concat(leaked, []string{"heyun: 确认认定"}), "wanglei", "申诉 图里没有客户信息", false, "要由林可来"},
		{"chief hears the appeal", appealed, "gubo", "撤销 图里没有客户信息", true, "撤销认定"},
		{"head does not hear it", appealed, "xuqing", "撤销 图里没有客户信息", false, "要由另一位来"},
		{"officer does not hear it", appealed, "wanglei", "维持 就是泄密", false, "要由顾波或韩律来"},
		{"legal hears it, being of the committee", appealed, "hanlu", "维持 图里有手机号", true, "维持认定"},
		{"reporter does not accuse", acked, "zhoumin", "提请瞒报调查 马越 店长说先别报，证人：林可", false, "要由许清或何云来"},
		{"nobody accuses without evidence", acked, "xuqing", "提请瞒报调查 马越 店长说先别报", false, "还没有证据"},

		{"officer writes talking points", acked, "wanglei", "口径初稿 同批次已封存", true, "口径v1初稿"},
		{"who has to agree writes them", acked, "xuqing", "口径初稿 同批次已封存", true, "口径v1生效"},
		{"reporter does not write them", acked, "zhoumin", "口径初稿 同批次已封存", false, "要由王蕾或吴妍来"},
		{"head agrees", slices.Concat(acked, spoken[:1]), "xuqing", "同意", true, "口径v1生效"},
		{"officer does not agree to their own", slices.Concat(acked, spoken[:1]), "wanglei", "同意", false, "没有等您答复的事"},
		{"reporter does not agree", slices.Concat(acked, spoken[:1]), "zhoumin", "同意", false, "没有等您答复的事"},
		{"head does not agree, with the reason", slices.Concat(acked, spoken[:1]), "xuqing", "不同意 数字没核实", true, "没有同意口径v1（数字没核实）"},
		{"head does not agree without one", slices.Concat(acked, spoken[:1]), "xuqing", "不同意", false, "例：“不同意"},
		{"reporter does not keep them", slices.Concat(acked, spoken), "zhoumin", "口径续用", false, "要由王蕾或吴妍来"},
		{"officer keeps them", slices.Concat(acked, spoken), "wanglei", "口径续用", true, "口径v2初稿"},
		{"nobody keeps what there is none of", acked, "wanglei", "口径续用", false, "还没有口径可以续用"},
		{"reporter looks at the debrief", acked, "zhoumin", "复盘", false, "复盘底稿"},
		{"a stranger does not", acked, "stranger", "复盘 001", false, "没有找到"},
		{"reporter tries a sentence", slices.Concat(acked, spoken), "zhoumin", "试说 同批次已封存", false, "没发现与口径v1不符"},

		{"anybody of the enterprise registers what the press asks", nil, "linke", "媒体来询 南方某报 李某 问：是否召回？17点前", true, "M-1"},
		{"a stranger does not", nil, "stranger", "媒体来询 南方某报 李某 问：是否召回？17点前", false, "“媒体来询”不归您办"},
		{"its answerer answers by the version in force", slices.Concat(presses, spoken), "wanglei", "答复M-1 用口径v1", true, "已由王蕾答复，用口径v1"},
		{"not by another version", slices.Concat(presses, spoken), "wanglei", "答复M-1 用口径v2", false, "现在在用的是口径v1"},
		{"not by a draft", slices.Concat(presses, spoken[:1]), "wanglei", "答复M-1 用口径v1", false, "没有在用的口径"},
		{"the tracker notes the answer", presses, "wuyan", "答复 M-1 已电话说明", true, "已由吴妍答复：已电话说明"},
		{"the head notes it", presses, "xuqing", "答复 M-1 已电话说明", true, "已由许清答复"},
		{"who took the question does not", presses, "linke", "答复 M-1 已电话说明", false, "要由王蕾来"},
		{"legal does not answer", presses, "hanlu", "答复 M-1 已电话说明", false, "要由王蕾来"},
		{"whom it was passed to answers", slices.Concat(presses, []string{"wanglei: 转给 M-1 韩律"}), "hanlu", "答复 M-1 已电话说明", true, "已由韩律答复"},
		{"not by version nought", presses, "wanglei", "答复 M-1 用口径v0", false, "没有在用的口径"},
		{"not a number that is none", presses, "wanglei", "答复 M-7 已电话说明", false, "没有找到您能看的“M-7”"},
		{"answerer passes it on", presses, "wanglei", "转给 M-1 许清", true, "改由许清答复"},
		{"mentioned before the number", presses, "wanglei", "转给 许清 M-1", true, "改由许清答复"},
		{"reporter does not pass it on", presses, "zhoumin", "转给 M-1 许清", false, "要由王蕾来"},
		{"to nobody known of the press", presses, "wanglei", "转给 M-1 赵六", false, "赵六"},
		{"answered once", slices.Concat(presses, []string{"wanglei: 答复 M-1 已回"}), "wuyan", "答复 M-1 也回了", false, "已由王蕾答复"},
		{"people talk of an answer", presses, "wanglei", "答复意见已发给大家", false, "没听懂"},
		{"reporter asks for the directory", presses, "zhoumin", "媒体", false, "“媒体”要由"},
		{"legal asks for the directory", presses, "hanlu", "媒体", false, "“媒体”要由"},
		{"deputy names a steward", presses, "heyun", "媒体 李某 维护人 陈放", true, "维护人改为陈放"},

		{"reporter asks for the digest", nil, "zhoumin", "日报", false, "“日报”不"},
		{"legal asks for the digest", nil, "hanlu", "日报", false, "“日报”不"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.reports(home)
			w.says("zhoumin", home, "存草稿") // leaves the form's questions
			w.deliver()
			w.after(home, tc.before...)
			entries := w.entries()
			rows := w.says(tc.person, home, tc.say)
			if tc.told == "" && len(rows) > 0 || !strings.Contains(texts(rows), tc.told) {
				t.Errorf("told:\n%s", texts(rows))
			}
			if changed := w.entries() > entries; changed != tc.allowed {
				t.Errorf("the registry changed: %v", changed)
			}
		})
	}
}

func TestWhatMayNotBeSeenIsNotThere(t *testing.T) {
	t.Parallel()
	commands := []string{"详情", "签收", "接手", "补充", "续报", "延期到19点，等报告", "同意", "不同意", "移交给 丁伟", "接收", "转办 陈放", "说明 忙",
		"平息", "终报 完", "批准终报", "退回终报 缺"}
	for _, person := range []string{"linke", "stranger"} {
		t.Run(person, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.reports("")
			for _, c := range commands {
				there := w.says(person, "", c+" "+number)
				absent := w.says(person, "", c+" YQ-20260310-999")
				got, want := texts(there), strings.ReplaceAll(texts(absent), "YQ-20260310-999", number)
				if got != want || !strings.Contains(got, "没有找到") {
					t.Errorf("%s: of one that exists\n%sof one that does not\n%s", c, got, want)
				}
			}
			if inc := w.incident(number); inc.State != incident.AwaitingAck {
				t.Errorf("it is %s", inc.State)
			}
		})
	}
}

func TestTwoAcknowledgeInTheSameSecond(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	w.says("zhoumin", home, "存草稿")
	w.deliver()
	done := make(chan error, 2)
	for _, ev := range []bot.Event{w.event("wanglei", home, "签收"), w.event("chenfang", home, "签收")} {
		go func() {
			_, err := w.svc.Receive(t.Context(), ev)
			done <- err
		}()
	}
	must(t, <-done)
	must(t, <-done)
	inc := w.incident(number)
	first := map[string]string{"wanglei": "王蕾", "chenfang": "陈放"}[inc.Ack.By]
	all := texts(w.posts())
	if first == "" || inc.Officer != inc.Ack.By {
		t.Fatalf("acknowledged by %q, officer %s", inc.Ack.By, inc.Officer)
	}
	if n := strings.Count(all, first+" 09:12 签收（"); n != 1 || strings.Count(all, "09:12 签收（") != 1 {
		t.Errorf("said so %d times:\n%s", n, all)
	}
	if !strings.Contains(all, "已由"+first) {
		t.Errorf("the second is not told who was first:\n%s", all)
	}
}

func TestAcknowledgingWhatIsClosed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"签收", "接手", "续报 再说一句", "平息", "转办 陈放"} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.reports(home)
			w.says("zhoumin", home, "存草稿")
			w.deliver()
			w.after(home, slices.Concat(final, []string{"xuqing: 批准终报"})...)
			entries := w.entries()
			rows := w.says("wanglei", home, text)
			if w.entries() != entries || !strings.Contains(texts(rows), "办结") {
				t.Errorf("told:\n%s", texts(rows))
			}
		})
	}
}
