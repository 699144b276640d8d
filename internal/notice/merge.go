package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Alike asks whether a new report is about another incident.
func (v Voice) Alike(inc, other *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("这件和 %s 可能是一回事：%s。", other.Number, list(inc.Likely.Why)),
		zh.Mask(short(other.Title, 24)) + "｜" + v.whereWhen(other, now)}
	if other.State.Over() {
		c.Lines[0] = fmt.Sprintf("这件和已办结的 %s 很像：%s。", other.Number, list(inc.Likely.Why))
		c.Foot = fmt.Sprintf("又起来了，回“重开 %s 理由”；有关系，回“关联 %s 同源”；不是，回“另立”。", ShortNumber(other.Number), ShortNumber(other.Number))
		c.Buttons = buttons(inc, "另立", "先看看")
		return carded(c)
	}
	c.Foot = "回“并入”“另立”或“先看看”；不回就各办各的。"
	c.Buttons = buttons(inc, "并入", "另立", "先看看")
	return carded(c)
}

func (v Voice) whereWhen(inc *incident.Incident, now time.Time) string {
	where := inc.Subject
	if where == "" {
		where = "单位不清楚"
	}
	return zh.Mask(fmt.Sprintf("%s｜%s发现", short(where, 12), v.day(inc.FoundAt, now)))
}

// Beside shows the other one, as far as it helps to decide.
func (v Voice) Beside(inc, other *incident.Incident, now time.Time) bot.Message {
	c := plate(other)
	c.Head += " · " + StateWord(other.State)
	c.Lines = []string{v.whereWhen(other, now)}
	if other.Summary != "" {
		c.Lines = append(c.Lines, zh.Mask(short(other.Summary, 120)))
	}
	c.Lines = append(c.Lines, fmt.Sprintf("%s报，责任人%s，链接%d，截图%d", v.Name(other.Reporter), v.Name(other.Officer), len(other.Links), len(other.Evidence)))
	if other.State.Over() {
		c.Foot = fmt.Sprintf("又起来了，回“重开 %s 理由”；不是，到 %s 里回“另立”。", ShortNumber(other.Number), inc.Number)
		c.Buttons = buttons(inc, "另立")
		return carded(c)
	}
	c.Foot = fmt.Sprintf("是一回事，到 %s 里回“并入”；不是，回“另立”。", inc.Number)
	c.Buttons = buttons(inc, "并入", "另立")
	return carded(c)
}

// AskOther asks which incident is meant.
func (v Voice) AskOther(word string) bot.Message {
	return said(fmt.Sprintf("和哪一件？请写编号，例：“%s YQ-20260310-001”。", word))
}

// CannotMerge says why two cannot be put together.
func (v Voice) CannotMerge(inc, other *incident.Incident) bot.Message {
	switch {
	case inc.Number == other.Number:
		return said("这就是同一件，请写另一件的编号。")
	case inc.Confidential || other.Confidential:
		return said("保密事件不能并入或关联。")
	case other.State == incident.Draft:
		return said(fmt.Sprintf("%s还没提交，等提交后再并。", other.Number))
	}
	return said(fmt.Sprintf("%s已结束，不能并入。相关的可以回“关联 %s”。", other.Number, other.Number))
}

// MergedInto says where the matter goes on, to those who worked on the report.
func (v Voice) MergedInto(inc, head *incident.Incident) bot.Message {
	m := inc.Merges[len(inc.Merges)-1]
	return said(fmt.Sprintf("%s并入 %s，这里不再催办。后续请到那边说。%s 报得及时，来源和证据已带过去。", v.Name(m.By), head.Number, v.mention(inc.Reporter)), inc.Reporter)
}

// Absorbed says at the head what came in.
func (v Voice) Absorbed(head *incident.Incident, p incident.Part) bot.Message {
	text := fmt.Sprintf("%s（%s报）并入本件", p.Number, v.Name(p.Reporter))
	if len(p.Links)+len(p.Platforms)+len(p.Evidence) == 0 {
		return said(text + "，没有新的来源。")
	}
	if len(p.Links) > 0 {
		text += fmt.Sprintf("，新增链接%d", len(p.Links))
	}
	if len(p.Platforms) > 0 {
		text += "，新增平台" + list(p.Platforms)
	}
	if len(p.Evidence) > 0 {
		text += fmt.Sprintf("，新增证据%d", len(p.Evidence))
	}
	return said(text + "。")
}

// StoodAlone says that the two stay apart.
func (v Voice) StoodAlone(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("好的，%s 单独办。", inc.Number))
}

// NothingToSplit says what can be split.
func (v Voice) NothingToSplit() bot.Message {
	return said("没有可拆分的。写上并入的那件的编号，例：“拆分 002 是另一家店的事”。")
}

// Split says that a report goes on by itself.
func (v Voice) Split(inc, head *incident.Incident, reason string) bot.Message {
	text := fmt.Sprintf("%s 从 %s 拆出，单独办。理由：%s。发现、首报时间照原来的；时限从现在起算。", inc.Number, head.Number, words(short(reason, 60)))
	if !inc.Acked() {
		return said(text)
	}
	return said(text+v.mention(inc.Officer)+" 请继续。", inc.Officer)
}

// Released says at the head that a part is gone.
func (v Voice) Released(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s 已拆出，它带来的来源和证据一并退回。", inc.Number))
}

// Related says that two are tied.
func (v Voice) Related(inc, other *incident.Incident, kind string) bot.Message {
	text := fmt.Sprintf("%s 和 %s 已记为%s", inc.Number, other.Number, kind)
	if kind != incident.RelationKinds[0] {
		text += fmt.Sprintf("，以 %s 为主", other.Number)
	}
	return said(text + "。")
}
