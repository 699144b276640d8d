package main

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"pgregory.net/rapid"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// op is one thing that happens, drawn before anything runs, so that the same history can be lived twice.
type op struct {
	What   string
	Who    string
	Where  int // 0 private, 1 G1, 2 G2, 3… the topics, newest first
	Text   string
	N      int // which message, which button
	For    time.Duration
	Fault  string
	Repeat int // how many events later it is delivered again; 0: never
}

var speakers = []string{"zhoumin", "zhoumin", "linke", "mayue", "zhenghai", "wanglei", "wanglei", "chenfang", "xuqing", "heyun", "gubo", "wuyan", "wuyan", "dingwei", "sunke"}

var sayings = []string{
	"签收", "收到", "接手", "同意", "不同意", "续报 顾客已接受道歉，评论转向询问批次", "续报 阅读3.2万 转300", "无新增", "延期到10点，检测报告未出", "延期到20点，等质检",
	"移交给 丁伟，休假到周五", "移交给 陈放", "接收", "转办 陈放", "转办给 王蕾", "说明 当时在处理现场", "平息", "终报 起因：异物。经过：传播。结果：道歉。教训：改进。", "批准终报",
	"退回终报 缺防范措施", "补充", "补充 阅读8万，媒体已来问", "补充 有人受伤送医", "在办", "我的", "台账", "详情", "详情 001", "签收 001", "续报 001 已封存", "值班", "日报", "帮助",
	"我来跟", "大家注意一下", "阅读1.5万", "改2 微博", "撤回", "跳过", "看看", "取消 报错了", "继续", "稍后", "不清楚", "没有，群里转发的", "1", "2", "3 4", "滨江店", "刚刚", "今天9点05", "昨晚8点",
	"并入", "并入 001", "并入 002 001", "并入 001 002", "另立", "先看看", "拆分", "拆分 002 是另一家店", "拆分 001 是另一家店", "关联 001 同批", "关联 002 001 同源", "提交", "红", "2", "@王蕾 看一下", "001 阅读2万", "🙏", "",
}

// atLeast is how many events a history has that reach the service.
const atLeast = 200

func drawScript(rt *rapid.T, events int) []op {
	ops := []op{{What: "report", Who: "zhoumin"}, {What: "report", Who: "linke"}}
	for n := 20; n < events; {
		o := op{What: rapid.SampledFrom([]string{"say", "say", "say", "answer", "answer", "duty", "duty", "duty", "press", "press", "react", "read", "pass", "pass", "report", "fault", "outage"}).Draw(rt, "what"),
			Who: rapid.SampledFrom(speakers).Draw(rt, "who"), Where: rapid.IntRange(0, 6).Draw(rt, "where"), N: rapid.IntRange(0, 11).Draw(rt, "n")}
		n++
		switch o.What {
		case "say":
			o.Text = rapid.SampledFrom(sayings).Draw(rt, "text")
		case "pass":
			o.For = time.Duration(rapid.IntRange(1, 200).Draw(rt, "minutes")) * time.Minute
		case "report":
			if rapid.IntRange(0, 3).Draw(rt, "rare") > 0 {
				o.What = "answer"
				break
			}
			n += 9
		case "fault":
			o.Who = rapid.SampledFrom([]string{webchat.Feishu, webchat.WeCom}).Draw(rt, "platform")
			o.Fault = rapid.SampledFrom([]string{webchat.FaultDown, webchat.FaultSlow, webchat.FaultDrop, webchat.FaultLimited, webchat.FaultQuota}).Draw(rt, "fault")
			o.For = time.Duration(rapid.IntRange(1, 20).Draw(rt, "minutes")) * time.Minute
		case "outage":
			if rapid.IntRange(0, 2).Draw(rt, "rare") > 0 {
				o.What, o.Text = "say", "在办"
				break
			}
			o.For = time.Duration(rapid.IntRange(0, 180).Draw(rt, "minutes")) * time.Minute
		}
		o.Repeat = max(0, rapid.IntRange(-4, 4).Draw(rt, "repeat"))
		ops = append(ops, o)
	}
	restart := op{What: "outage", For: time.Duration(rapid.IntRange(0, 180).Draw(rt, "minutes")) * time.Minute}
	return slices.Insert(ops, len(ops)/2, restart)
}

// player lives a script in a town.
type player struct {
	*town
	again bool // deliver events again, as the script says
	due   []late
	n     int
	gap   int
}

// late is an event that will be delivered again.
type late struct {
	ev bot.Event
	at int // after so many events
}

// live goes through the script, and again from its beginning until enough events have been heard: what a
// platform refuses or drops is none.
func (p *player) live(ops []op) {
	p.post.shake = p.shake
	for n := 0; n < len(ops) || len(p.post.seen) < atLeast; n++ {
		if n > 5*len(ops) {
			p.t.Fatalf("only %d events reached the service", len(p.post.seen))
		}
		o := ops[n%len(ops)]
		p.gap = o.Repeat
		p.pass(time.Duration(1+n%7) * time.Second)
		p.do(o, n)
		p.settle()
	}
	p.gap = 0
	p.pass(30 * time.Minute)
}

// shake delivers the event, and those whose second delivery has come.
func (p *player) shake(sink bot.Sink, ev bot.Event) (string, error) {
	p.n++
	toast, err := sink.Receive(p.ctx, ev)
	if p.gap > 0 && p.again {
		p.due = append(p.due, late{ev, p.n + p.gap - 1})
	}
	p.due = slices.DeleteFunc(p.due, func(l late) bool {
		if l.at > p.n {
			return false
		}
		if _, err := sink.Receive(p.ctx, l.ev); err != nil {
			p.t.Errorf("again: %v", err)
		}
		return true
	})
	return toast, err
}

func (p *player) do(o op, n int) {
	switch o.What {
	case "say":
		p.speak(o, o.Text)
	case "answer":
		p.speak(o, p.fitting(o))
	case "duty":
		p.dutifully(o, n)
	case "press":
		p.press(o)
	case "react":
		p.onLine(o, func(id string) error { return p.chat.React(p.ctx, o.Who, id, "👍") })
	case "read":
		p.onLine(o, func(id string) error { return p.chat.Read(p.ctx, o.Who, id) })
	case "pass":
		p.pass(o.For)
	case "fault":
		p.chat.SetFault(o.Who, o.Fault, p.clock.Now().Add(o.For))
	case "outage":
		p.outage(o.For)
	case "report":
		p.report(o.Who, fmt.Sprintf("滨江店顾客第%d次发视频说酸奶里有虫", n))
	}
}

func (p *player) place(o op) bot.Place {
	switch o.Where {
	case 0:
		return bot.Place{}
	case 1:
		return bot.Place{Chat: "G1"}
	case 2:
		return bot.Place{Chat: "G2"}
	}
	lines := p.chat.Lines(bot.Place{Platform: webchat.Feishu, Chat: "G1"})
	topics := 3
	for n := len(lines) - 1; n >= 0; n-- {
		if lines[n].Root {
			if topics == o.Where {
				return lines[n].Place
			}
			topics++
		}
	}
	return bot.Place{}
}

// speak says something where the script wants it; what the platform does not let somebody say is not said.
func (p *player) speak(o op, text string) {
	at := p.place(o)
	if at.Chat != "" && (at.Thread == "" || o.N%2 == 0) {
		text = "@舆报助手 " + text
	}
	_, _ = p.chat.Say(p.ctx, webchat.Utterance{Person: o.Who, Group: at.Chat, Thread: at.Thread, Text: text})
}

// dutifully does what an incident waits for, by whoever should.
func (p *player) dutifully(o op, n int) {
	var incs []*incident.Incident
	err := p.app.store.View(p.ctx, func(tx *store.Tx) (err error) {
		incs, err = tx.OpenIncidents()
		return err
	})
	if err != nil || len(incs) == 0 {
		return
	}
	inc := incs[o.N%len(incs)]
	who, what := inc.Tracker, fmt.Sprintf("续报 第%d次，评论已回落", n)
	switch {
	case inc.State == incident.AwaitingAck:
		who, what = inc.Officer, "签收"
	case inc.State == incident.FinalReview:
		who, what = inc.Head, "批准终报"
	case inc.State == incident.FinalDue:
		what = "终报 起因：异物。经过：传播。结果：道歉。教训：改进。原因：存放。防范措施：密封，马越，3月20日"
	case o.Where == 6 && inc.State != incident.Merged && len(incs) > 1:
		who, what = inc.Officer, fmt.Sprintf("并入 %s %s", inc.Number, incs[(o.N+1)%len(incs)].Number)
		_, _ = p.chat.Say(p.ctx, webchat.Utterance{Person: who, Text: what})
		return
	case o.Where == 4 && len(inc.Parts) > 0:
		who, what = inc.Officer, fmt.Sprintf("拆分 %s 两件事", inc.Parts[len(inc.Parts)-1].Number)
		_, _ = p.chat.Say(p.ctx, webchat.Utterance{Person: who, Text: what})
		return
	case o.Where == 5:
		who, what = inc.Officer, "平息"
	}
	_, _ = p.chat.Say(p.ctx, webchat.Utterance{Person: who, Text: what + " " + inc.Number})
}

var question = regexp.MustCompile(`([①-⑳])`)

// fitting answers what the bot last asked in the place.
func (p *player) fitting(o op) string {
	at := p.place(o)
	if at.Chat == "" {
		at = bot.Place{Platform: webchat.Feishu, Person: o.Who}
	}
	lines := p.chat.Lines(at)
	for n := len(lines) - 1; n >= 0; n-- {
		if !lines[n].FromBot() {
			continue
		}
		if lines[n].Card != nil {
			return "提交"
		}
		found := question.FindAllString(lines[n].Text, -1)
		if len(found) == 0 {
			break
		}
		return map[string]string{"①": "北门仓库有员工发帖说加班不给钱", "②": "微博", "③": "没有，群里转发的截图", "④": "刚刚", "⑤": "北门仓", "⑥": "5", "⑦": "1",
			"⑧": "昨晚员工在群里发帖说北门仓库三个月没发加班费，已有多人跟帖，主管正在了解", "⑨": "不清楚", "⑩": "阅读1.2万 转80", "⑪": "跳过", "⑫": "没有，当场没拍到"}[found[len(found)-1]]
	}
	return "上报"
}

func (p *player) press(o op) {
	lines := p.chat.History()
	nth := o.N
	for n := len(lines) - 1; n >= 0; n-- {
		l := lines[n]
		if l.Card == nil || len(l.Card.Buttons) == 0 {
			continue
		}
		if nth--; nth < 0 {
			_, _ = p.chat.Press(p.ctx, o.Who, l.ID, l.Card.Buttons[o.Where%len(l.Card.Buttons)].Label)
			return
		}
	}
}

// onLine does something with one of the bot's latest messages, if the platform lets it.
func (p *player) onLine(o op, act func(id string) error) {
	lines := p.chat.History()
	nth := o.N
	for n := len(lines) - 1; n >= 0; n-- {
		if lines[n].FromBot() {
			if nth--; nth < 0 {
				_ = act(lines[n].ID)
				return
			}
		}
	}
}
