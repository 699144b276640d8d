package notice

import (
	"fmt"
	"strings"

	"fenghuo/bot"
)

// HelpTopic is what can be said about one thing: words and what they do.
type HelpTopic struct {
	Name  string
	Lines [][2]string
}

// HelpTopics are all there is to say. The first is for everybody and comes without being asked for by name.
var HelpTopics = []HelpTopic{
	{"常用", [][2]string{
		{"上报", "报一条舆情，一问一答约1分半"},
		{"保密上报", "私聊说：登记和群里都不写您是谁"},
		{"补充", "补要素、数据、截图"},
		{"签收", "由您负责这件事，回“收到”也行"},
		{"续报", "报变化和处置"},
		{"更正", "登记错了：例：更正4 今天8点50，原因：看错了"},
		{"无新增", "续报：没有变化"},
		{"口径", "现在对外怎么说"},
		{"在办", "没办完的"},
		{"我的", "您报的和您负责的"},
		{"值班", "现在谁值班"},
	}},
	{"处置", [][2]string{
		{"接手", "请现在的责任人交给您"},
		{"核实", "六要素：时间 地点 规模 性质 影响 后果，和结论"},
		{"预案", "启动预案，派任务、到期提醒"},
		{"任务", "没办完的任务；例：任务 给 王蕾 今晚8点前 联系平台删帖"},
		{"完成", "例：完成 3 已联系平台"},
		{"升级", "例：升级II 已有媒体来问，当即生效"},
		{"降级", "例：降级IV 视频已删，先批后降"},
		{"延期", "例：延期到10点，检测报告未出"},
		{"移交", "例：移交给 丁伟，休假到周五"},
		{"转办", "换责任人，例：转办 陈放"},
		{"建群", "把相关的人拉进一个处置群"},
		{"并入", "和另一件是一回事，例：并入 001"},
		{"另立", "不是一回事，各办各的"},
		{"先看看", "看看像的那件"},
		{"拆分", "并错了，例：拆分 002 是另一家店的事"},
		{"关联", "相关的另一件，例：关联 001 同批"},
		{"平息", "没有新高点满规定时间后"},
		{"小结", "一级事件平息后先交的一页，例：小结 已无新增"},
		{"终报", "平息后的总结"},
		{"重开", "办结后又有新情况"},
	}},
	{"对外", [][2]string{
		{"口径初稿", "写立场、事实、可以说、不能说、客服怎么答"},
		{"试说", "说之前对照口径看一句，例：试说 结果出来就公布"},
		{"媒体来询", "例：媒体来询 南方某报 记者李某 电话… 问：是否召回？17点前答复"},
		{"答复", "例：答复 M-1 用口径v1；换人答：转给 M-1 王蕾"},
		{"媒体", "媒体联系人和来询记录"},
	}},
	{"认定", [][2]string{
		{"说明", "说明为什么晚了"},
		{"认定", "例：认定 R1 没有报备，另一位确认后才算"},
		{"驳回", "例：驳回 R1 检测室确实没电话，不计"},
		{"申诉", "不同意对您的认定，5个工作日内"},
		{"提请瞒报调查", "要有证据，由委员会两人签字"},
	}},
	{"查看", [][2]string{
		{"详情", "例：详情 001"},
		{"复盘", "底稿：各时限、口径和不符的说法；写好回“复盘＋内容”"},
		{"考核", "自己的计分；负责人“考核 单位”，领导“考核 全部”"},
		{"批示", "领导的意见，例：批示 请质量部今天给出结论"},
		{"采用", "例：采用 专报"},
		{"台账", "最近登记的"},
		{"日报", "此刻的日报"},
		{"演练开始", "看脚本；在群里“演练开始 1”开练，“演练结束”出成绩"},
		{"线索", "监测发现、还没登记的"},
		{"立案", "例：立案 S-1，把线索登记成事件"},
		{"忽略", "例：忽略 S-1 说的是另一家公司"},
	}},
}

// Help says what one can say about a topic, and where the rest is; what everybody needs if it names none.
func (v Voice) Help(topic string) bot.Message {
	about := HelpTopics[0]
	for _, t := range HelpTopics {
		if t.Name == strings.TrimSpace(topic) {
			about = t
		}
	}
	c := bot.Card{Head: "可以这样说：" + about.Name}
	for _, l := range about.Lines {
		c.Lines = append(c.Lines, fmt.Sprintf("“%s” %s", l[0], l[1]))
	}
	c.Foot = "更多：回"
	for _, t := range HelpTopics {
		if t.Name != about.Name {
			c.Foot += "“帮助 " + t.Name + "”"
			c.Buttons = append(c.Buttons, bot.Button{Label: t.Name, Say: "帮助 " + t.Name})
		}
	}
	c.Foot += "。"
	return carded(c)
}
