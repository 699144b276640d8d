package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/drill"
	"fenghuo/internal/zh"
)

// DrillMark begins all that is said in a rehearsal.
const DrillMark = "【演练】" // store puts the same before what is said of its incidents

// DrillList says what can be rehearsed.
func (v Voice) DrillList(scripts []drill.Script) bot.Message {
	if len(scripts) == 0 {
		return said("还没有演练脚本。请管理员在配置里写 drills: drills-v1，或自己的脚本文件。")
	}
	lines := []string{"可以演练："}
	for n, s := range scripts {
		lines = append(lines, fmt.Sprintf("%d %s：%s。%s", n+1, s.Title, size(s), s.Note))
	}
	return said(strings.Join(append(lines, "到要演练的群里回编号，例：“演练开始 1”。"), "\n"))
}

// DrillAsk says what would happen, and how to let it happen.
func (v Voice) DrillAsk(n int, s drill.Script) bot.Message {
	return said(fmt.Sprintf("将在本群演练“%s”：%s，都带%s。这段时间在本群上报的按演练登记，真事说“真报”或私聊我。确认请回“演练开始 %d 确认”。",
		s.Title, size(s), DrillMark, n))
}

// size is how much is to come: 12条情况，2小时.
func size(s drill.Script) string {
	text := fmt.Sprintf("%d条情况", len(s.Steps))
	if last := s.Last(); last > 0 {
		text += "，" + zh.ShowSpan(last)
	}
	return text
}

// DrillBegun tells the group.
func (v Voice) DrillBegun(title, by string, ends, now time.Time) bot.Message {
	return said(fmt.Sprintf("%s“%s”开始，%s主持，最晚%s结束。照平时办：@我上报、签收、核实、续报。真事说“真报”或私聊我。", DrillMark, title, v.Name(by), v.at(ends, now)))
}

// DrillInject is a piece of news.
func (v Voice) DrillInject(n, of int, in drill.Inject) bot.Message {
	text := fmt.Sprintf("%s%s 情况%d/%d：%s。", DrillMark, in.Level.Dot(), n, of, strings.TrimRight(in.Inject, "。"))
	if in.Spread != "" {
		text += "传播：" + in.Spread + "。"
	}
	return said(text)
}

// DrillReport says that what is reported here now is part of the rehearsal.
func (v Voice) DrillReport() bot.Message {
	return said(DrillMark + "本群正在演练，这条按演练登记。是真事就回“真报”。")
}

// DrillOver answers who submits when the rehearsal has ended.
func (v Voice) DrillOver() bot.Message {
	return said(DrillMark + "演练已经结束，这条不再往下办。是真事请再说一次“上报”。")
}

// DrillNot says that it is not.
func (v Voice) DrillNot() bot.Message { return said("好，这条按真事登记，不算演练。") }

// DrillOnlyGroup says where a rehearsal is held.
func (v Voice) DrillOnlyGroup() bot.Message {
	return said("演练在群里办。请到要演练的群里@我说“演练开始 1”。")
}

// DrillUnknown says which script was not found.
func (v Voice) DrillUnknown(n int) bot.Message {
	return said(fmt.Sprintf("没有这个脚本，只有1到%d。例：“演练开始 1”。", n))
}

// DrillRuns says that one is held here already.
func (v Voice) DrillRuns(title, by string) bot.Message {
	return said(fmt.Sprintf("%s“%s”正在进行，%s主持。要结束请回“演练结束”。", DrillMark, title, v.Name(by)))
}

// NoDrill says that none is held here.
func (v Voice) NoDrill() bot.Message {
	return said("本群没有在演练。要开始请回“演练开始”。")
}

// DrillScore is how it went.
func (v Voice) DrillScore(title string, r drill.Result, took time.Duration) bot.Message {
	c := bot.Card{Head: DrillMark + "成绩 · " + title}
	var idle []string
	for _, in := range r.Injects {
		if !in.Answer {
			idle = append(idle, fmt.Sprint(in.N))
		}
	}
	line := fmt.Sprintf("用时%s；来了%d条，有动作%d条", zh.ShowSpan(took.Truncate(time.Minute)), len(r.Injects), len(r.Injects)-len(idle))
	if len(idle) > 0 {
		line += "，没动作：第" + strings.Join(idle, "、") + "条"
	}
	c.Lines = append(c.Lines, line+"。")
	for _, h := range r.Incidents {
		c.Lines = append(c.Lines, fmt.Sprintf("%s %s｜上报%s｜签收%s｜初核%s｜续报%d｜口径不符%d", h.Number, short(h.Title, 16), span(h.Report), span(h.Acked), span(h.Verified), h.FollowUps, h.Breaches))
	}
	if len(r.Incidents) == 0 {
		c.Lines = append(c.Lines, "没有人上报。")
	}
	c.Foot = "30分钟内就地说三句：哪步慢、为什么、谁改。演练不进考核、登记和日报。"
	return carded(c)
}

func span(d time.Duration) string {
	switch {
	case d < 0:
		return "没做"
	case d < time.Minute:
		return "不到1分钟"
	}
	return zh.ShowSpan(d.Truncate(time.Minute))
}

// DrillDebrief asks for the words that are to be said while all remember.
func (v Voice) DrillDebrief(title, by string) bot.Message {
	return said(fmt.Sprintf("%s%s “%s”结束快30分钟了：哪步慢、为什么、谁改，说完了吗？要改的可以直接派任务。", DrillMark, v.mention(by), title), by)
}
