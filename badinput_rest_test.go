package main

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// odd turns the direction, rings the bell, joins a family and composes an accent.
const odd = "\u202e店员\x00已\x07道歉\x1b[31m退款😱👨‍👩‍👧cafe\u0301سلام，正在等检测报告出来再答复\r\n"

// plain fails what people are told when it is longer than they would read, or has characters nobody sees.
func plain(t *testing.T, told string) {
	t.Helper()
	if n := utf8.RuneCountInString(told); n > 600 {
		t.Errorf("%d characters are said", n)
	}
	for _, r := range told {
		if (r < ' ' && r != '\n') || r == 0x7f || (r >= 0x202a && r <= 0x202e) {
			t.Errorf("%U is in %q", r, told)
		}
	}
}

// TestAdditionsNobodyExpected: every question of the second pass says what is wrong and what would do.
func TestAdditionsNobodyExpected(t *testing.T) {
	w := badTown(t)
	w.upTo("zhoumin", 8)
	w.say("zhoumin", "", "", "提交")
	w.say("zhoumin", "", "", "补充")
	long := strings.Repeat("字", 10_000)
	for _, c := range []struct{ number, text, tells string }{
		{"8", long, "⑧最多500个字，请写短些。例："}, {"9", long, "⑨没看懂时间。例："}, {"10", long, "⑩没看懂数字。例："},
		{"11", long, "⑪最多60个字，请写短些。例："}, {"12", long, "⑫还没收到图片。请发图，或回“没有＋原因”"},
		{"13", long, "⑬最多300个字，请写短些。例："}, {"14", long, "⑭最多300个字，请写短些。例："}, {"15", long, "⑮最多300个字，请写短些。例："},
		{"16", long, "⑯请回“同意”，或1红 2橙 3黄 4蓝。"}, {"17", long, "⑰请回编号1–4。例："}, {"18", long, "⑱请回“是”或“否”"},
		{"12", odd, "⑫还没收到图片。"}, {"16", odd, "⑯请回“同意”"}, {"17", odd, "⑰请回编号1–4。"}, {"18", odd, "⑱请回“是”或“否”"},
		{"9", odd, "⑨没看懂时间。"}, {"10", odd, "⑩没看懂数字。"},
		{"9", "明天9点发生", "⑨发生时间不能晚于现在（09:00）。例："}, {"9", "2030年1月1日20点发生", "⑨发生时间不能晚于现在（09:00）。例："},
		{"10", "阅读-5", "⑩这个数字不像传播数据。例："}, {"10", "阅读" + strings.Repeat("9", 300), "⑩这个数字不像传播数据。例："},
		{"8", odd, "⑨/12"}, {"11", odd, "⑨/12"}, {"13", odd, "⑨/12"}, {"14", odd, "⑨/12"}, {"15", odd, "⑨/12"},
	} {
		w.say("zhoumin", "", "", "改"+c.number)
		told := w.answered("zhoumin", c.text)
		if !strings.Contains(told, c.tells) {
			t.Errorf("%s %.20q: told %.200q, want %q", c.number, c.text, told, c.tells)
		}
		plain(t, told)
	}
	kept := 0
	for _, a := range w.incident("YQ-20260310-001").Answers {
		if strings.HasPrefix(a.Text, "店员已道歉") {
			plain(t, a.Text)
			kept++
		}
	}
	if kept != 5 {
		t.Errorf("%d of the 5 answers in words are kept", kept)
	}
}

// TestCommandsNobodyExpected: what comes with a command is bounded and made plain, and what cannot be is told.
func TestCommandsNobodyExpected(t *testing.T) {
	w := badTown(t)
	w.report("zhoumin", "滨江店顾客发视频说酸奶杯里有虫")
	w.say("wanglei", "", "", "签收 001")
	long := strings.Repeat("字", 10_000)
	for _, c := range []struct{ person, text, tells string }{
		{"wuyan", "延期到" + long, "没看懂延到几点。例："}, {"wuyan", "延期到昨天20点，检测报告未出", "没看懂延到几点。例："},
		{"wuyan", "延期到1970年1月1日20点，检测报告未出", "没看懂延到几点。例："}, {"wuyan", "延期到2099年1月1日20点，检测报告未出", "最多延到"},
		{"wuyan", "移交给 " + long, "没认出“字"}, {"wuyan", "移交给 " + odd, "没认出“店员"}, {"wanglei", "转办 " + long, "请写全名"}, {"wanglei", "转办 " + odd, "请写全名"},
		{"wuyan", "说明 001 " + long, "没有待说明的风险"}, {"wanglei", "平息 001 " + long, "要满1天没有新高点"}, {"wuyan", "终报 001 " + long, "终报要在平息以后"},
		{"wuyan", "批准终报 001 " + odd, "要由许清来"}, {"wuyan", "详情 " + long, "YQ-20260310-001"}, {"wuyan", long, "没听懂"}, {"wuyan", odd, "没听懂"},
		{"wuyan", "\u202e签收\u202c 001", "没听懂"}, {"zhoumin", "补充 001 " + long, "已记入：字"},
		{"wuyan", "续报 001 " + long, "续报一已收"}, {"wuyan", "续报 001 " + odd, "这条已记为补充"},
		{"linke", "上报 " + long, "①最多40个字，请写短些。例："}, {"linke", "取消 " + long, "已取消，没有登记"}, {"linke", "上报 " + odd, "②/7"},
	} {
		told := w.answered(c.person, c.text)
		if !strings.Contains(told, c.tells) {
			t.Errorf("%s %.20q: told %.200q, want %q", c.person, c.text, told, c.tells)
		}
		plain(t, told)
	}
	inc := w.incident("YQ-20260310-001")
	if len(inc.FollowUps) != 1 || utf8.RuneCountInString(inc.FollowUps[0].Text) != 4001 || !strings.HasSuffix(inc.FollowUps[0].Text, "…") {
		t.Errorf("%d follow-ups, or one not cut at 4000 characters", len(inc.FollowUps))
	}
}

// TestCodeIsWordsInEveryField: SQL and HTML typed into whatever is kept come back as they were typed, and
// reach no page as markup.
func TestCodeIsWordsInEveryField(t *testing.T) {
	w := badTown(t)
	w.upTo("zhoumin", 8)
	w.say("zhoumin", "", "", "提交")
	w.say("zhoumin", "", "", "补充")
	const code = `'); DROP TABLE incidents;-- <img src=x onerror=alert(1)>`
	said := map[string]string{"summary": "店员说顾客昨天在店里买的酸奶有异物" + code, "account": "小鹿" + code[:40], "media": "某报" + code, "actions": "已下架" + code, "support": "请质量部" + code}
	for number, key := range map[string]string{"8": "summary", "11": "account", "13": "media", "14": "actions", "15": "support"} {
		w.say("zhoumin", "", "", "改"+number)
		w.say("zhoumin", "", "", said[key])
	}
	w.say("wanglei", "", "", "签收 001")
	w.say("wuyan", "", "", "续报 001 已封存"+code)
	inc := w.incident("YQ-20260310-001")
	for _, a := range inc.Answers {
		if want, ok := said[a.Key]; ok && a.Text != want {
			t.Errorf("%s is kept as %q", a.Key, a.Text)
		}
		delete(said, a.Key)
	}
	if len(said) > 0 || len(inc.FollowUps) != 1 || inc.FollowUps[0].Text != "已封存"+code {
		t.Errorf("not kept: %v, %+v", said, inc.FollowUps)
	}
	if told := w.answered("wuyan", "详情 001"); !strings.Contains(told, "<img src=x") {
		t.Errorf("detail: %s", told)
	}
	for _, path := range []string{"/chat/aside?me=xuqing", "/chat/state?me=zhoumin", "/chat/state?me=wuyan"} {
		if page := w.get(t, path); strings.Contains(page, "<img src=x") {
			t.Errorf("%s has markup: %.300s", path, page)
		}
	}
}
