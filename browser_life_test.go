package main

import "testing"

// TestTheWholeLifeInABrowser takes an incident of level II from report to debrief, by what the page offers and the bot
// suggests: each word typed here stands in a message or a button seen before.
func TestTheWholeLifeInABrowser(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
	}{{"phone", 390, 844}, {"desk", 1440, 900}} {
		t.Run(size.name, func(t *testing.T) { wholeLife(openBrowser(t, size.width, size.height), "life-"+size.name) })
	}
}

// as becomes somebody and opens the incident's topic.
func (b *browser) as(person string) {
	b.t.Helper()
	b.am(person)
	b.open("G1")
	b.topic()
}

func wholeLife(b *browser, shots string) {
	b.am("zhoumin")
	b.open("G1")
	b.says("@舆报助手 上报")
	b.sees("①/7")
	for n, answer := range []string{"顾客在滨江店喝酸奶后肚子疼送医", "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "2"} {
		b.says(answer)
		b.sees([]string{"②/7", "③/7", "④/7", "⑤/7", "⑥/7", "⑦/7", "橙/二级"}[n])
	}
	b.press("提交")
	b.sees("已登记 YQ-20260310-001")

	b.as("wanglei")
	b.press("签收")
	b.sees("跟踪人：吴妍")
	b.sees("预案") // it starts by itself, with its tasks
	b.shot(shots + "-1-acked")

	b.as("sunke")
	b.says("核实 时间：今天9点；地点：滨江店；规模：1人；性质：产品质量；影响：视频500阅读；后果：1人送医（待核实）；结论：部分属实")
	b.sees("孙恪核实：部分属实")
	b.shot(shots + "-2-verified")

	b.as("wanglei")
	b.says("口径初稿 已联系顾客并陪同就医，同批次已下架送检，结果出来第一时间公布")
	b.sees("口径v1初稿")
	b.as("xuqing")
	b.press("同意")
	b.as("hanlu")
	b.press("同意")
	b.sees("v1生效")
	b.says("试说 我们保证产品没有任何问题")
	b.sees("保证")
	b.shot(shots + "-3-talk")

	b.as("wuyan")
	b.says("续报 顾客已出院，检测样品已送到")
	b.sees("续报一已收")
	b.says("任务")
	b.sees("完成")
	b.says("完成 1 方案已定")
	b.sees("还有")
	b.shot(shots + "-4-tasks")

	b.clock("morning")
	b.clock("morning")
	b.clock("morning")
	b.as("heyun")
	b.says("批示 请质量部今天给出结论")
	b.sees("何云批示（分管领导）")
	b.as("wanglei")
	b.says("平息")
	b.sees("已平息")
	b.as("wuyan")
	b.says("终报 起因：顾客喝酸奶后不适。经过：视频传播500。结果：检测合格，顾客接受。教训：投诉回应慢。原因：冷链温度波动。防范措施：冷链每日记录，马越，3月31日")
	b.sees("终报已收，准时")
	b.as("xuqing")
	b.press("批准终报")
	b.sees("已办结归档")
	b.shot(shots + "-5-closed")

	b.as("wuyan")
	b.says("复盘")
	b.sees("复盘底稿")
	b.says("复盘 做得好：当场签收。不足：漏报了几次续报。措施：夜间由值班员续报，丁伟，4月10日")
	b.sees("复盘已收，准时")
	b.as("xuqing")
	b.press("通过复盘")
	b.sees("许清通过了 YQ-20260310-001 的复盘")
	b.open("direct")
	b.says("考核 单位")
	b.sees("考核 · 品牌公关部")
	b.shot(shots + "-6-debriefed")
}
