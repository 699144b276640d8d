package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/signal"
	"fenghuo/internal/zh"
)

// Lead is a monitoring signal for people to decide about.
type Lead struct {
	Number   string // S-1
	Signal   signal.Signal
	Received time.Time
	Where    string // unit or place as people name it; empty if unknown
	Level    incident.Level
	Reasons  []string
	Older    time.Time // a day it tells of, of which nothing is registered
	Closed   string    // an incident with the same link that is over
}

// Lead shows a signal and asks whether it becomes an incident.
func (v Voice) Lead(l Lead, deciders []string, now time.Time) bot.Message {
	c := bot.Card{Level: int(l.Level), Head: fmt.Sprintf("%s 线索 %s", l.Level.Dot(), l.Number), Title: l.Signal.Title(), Facts: v.leadFacts(l)}
	c.Lines = []string{fmt.Sprintf("监测（%s）%s发现，还没有登记。建议级别%s：%s。", short(l.Signal.Source, 20), v.day(l.Signal.At, now), l.Level.Badge(), list(l.Reasons))}
	if rest := short(zh.WithoutLinks(l.Signal.Text), 140); rest != l.Signal.Title() {
		c.Lines = append(c.Lines, "原文："+rest)
	}
	if !l.Older.IsZero() {
		c.Lines = append(c.Lines, fmt.Sprintf("文中说到%s的事，前后7天台账里没有登记，请留意是否漏报。", l.Older.In(v.Zone).Format("1月2日")))
	}
	if l.Closed != "" {
		c.Lines = append(c.Lines, fmt.Sprintf("同一链接的%s已办结，有新情况也可“重开 %s 理由”。", l.Closed, ShortNumber(l.Closed)))
	}
	c.Lines = append(c.Lines, strings.TrimSpace(fmt.Sprintf("%s 请回“立案 %s”，或“忽略 %s 原因”。", v.mention(deciders...), l.Number, l.Number)))
	c.Buttons = []bot.Button{{Label: "立案", Say: "立案", Target: l.Number, Primary: true}, {Label: "忽略", Say: "忽略", Target: l.Number}}
	return carded(c, deciders...)
}

// leadFacts are where it stands, how far it has spread and whom it concerns.
func (v Voice) leadFacts(l Lead) []bot.Fact {
	s := l.Signal
	var facts []bot.Fact
	where := strings.TrimSpace(short(s.Platform, 20) + " " + short(s.Author, 40))
	if s.Followers > 0 {
		where += "（粉丝" + zh.FormatCount(s.Followers) + "）"
	}
	if s.Link() != "" {
		where = strings.TrimSpace(where + " " + short(s.Link(), 80))
	}
	if where != "" {
		facts = append(facts, bot.Fact{Label: "在哪看到", Value: where})
	}
	if reach := reachOf(s); reach != "" {
		facts = append(facts, bot.Fact{Label: "传播", Value: reach})
	}
	if l.Where != "" {
		facts = append(facts, bot.Fact{Label: "涉及", Value: l.Where})
	}
	return facts
}

// reachOf is how far a signal has spread, in words.
func reachOf(s signal.Signal) string {
	var parts []string
	for _, c := range s.Counts(time.Time{}) {
		parts = append(parts, countWords[c.Kind]+zh.FormatCount(c.Value))
	}
	if s.HotRank > 0 {
		name := map[string]string{"national": "全国热搜", "local": "同城热榜"}[s.HotList]
		if name == "" {
			name = "热榜"
		}
		parts = append(parts, fmt.Sprintf("%s第%d", name, s.HotRank))
	}
	return strings.Join(parts, " ")
}

var countWords = map[string]string{"reads": "阅读", "reposts": "转发", "comments": "评论", "likes": "点赞"}

// Sighted tells the conversation of an incident that monitoring has seen it. raises: the figures suggest a
// graver level than anything before, which somebody may put in force at once.
func (v Voice) Sighted(inc *incident.Incident, s signal.Signal, seen incident.Sighting, raises bool, now time.Time) bot.Message {
	reach := reachOf(s)
	if reach != "" {
		reach = "，" + reach
	}
	line := fmt.Sprintf("监测线索%s（%s）说的是这件事：%s%s。", seen.Signal, short(s.Source, 20), short(s.Title(), 40), reach)
	if !raises {
		return said(line + fmt.Sprintf("建议级别%s，不高于现在的%s。", seen.Suggested.Badge(), inc.Level.Current.Badge()))
	}
	c := plate(inc)
	why := list(seen.Reasons)
	c.Lines = []string{line, fmt.Sprintf("%s 建议升为%s：%s。现在是%s，同意请回“升级%s 理由”。", v.mention(inc.Officer), seen.Suggested.Badge(), why, inc.Level.Current.Badge(), seen.Suggested)}
	c.Buttons = []bot.Button{{Label: "升为" + seen.Suggested.Badge(), Say: "升级" + seen.Suggested.String() + " 监测：" + why, Target: inc.Number, Primary: true}}
	return carded(c, inc.Officer)
}

// LeadDecided answers somebody who comes second: what has become of a lead already. number is the incident's
// if they may know it.
func (v Voice) LeadDecided(lead, by, number string, opened bool, reason string) bot.Message {
	switch {
	case opened && number != "":
		return said(fmt.Sprintf("%s已由%s立案：%s。", lead, v.Name(by), number))
	case opened:
		return said(fmt.Sprintf("%s已由%s立案。", lead, v.Name(by)))
	case by != "":
		return said(fmt.Sprintf("%s已由%s忽略%s。要报请直接“上报”。", lead, v.Name(by), because(short(reason, 60))))
	}
	return said(fmt.Sprintf("%s已归入在办的事件，不用再办。", lead))
}

// LeadIgnored confirms it.
func (v Voice) LeadIgnored(lead, reason string) bot.Message {
	return said(fmt.Sprintf("已忽略%s，原因已记入：%s。", lead, words(short(reason, 60))))
}

// AskIgnore asks why a lead is to be ignored.
func (v Voice) AskIgnore(l Lead) bot.Message {
	c := bot.Card{Level: int(l.Level), Head: fmt.Sprintf("%s 线索 %s", l.Level.Dot(), l.Number), Title: l.Signal.Title(),
		Lines: []string{fmt.Sprintf("请写一句为什么忽略，例：“忽略 %s 说的是另一家公司”。", l.Number)}}
	c.Form = &bot.Form{Name: "忽略", Submit: bot.Button{Label: "提交忽略", Say: "忽略", Target: l.Number, Primary: true},
		Inputs: []bot.Input{{Key: FieldText, Label: "原因", Kind: bot.InputArea, Required: true}}}
	return carded(c)
}

// Leads lists what waits for a decision.
func (v Voice) Leads(leads []Lead, now time.Time) bot.Message {
	if len(leads) == 0 {
		return said("现在没有待定的线索。")
	}
	lines := []string{fmt.Sprintf("待定线索（%d）", len(leads))}
	for n, l := range leads {
		if n == 10 {
			lines = append(lines, fmt.Sprintf("还有%d条。", len(leads)-n))
			break
		}
		lines = append(lines, fmt.Sprintf("%s %s %s｜%s", l.Level.Dot(), l.Number, short(l.Signal.Title(), 24), v.at(l.Received, now)))
	}
	return said(strings.Join(append(lines, fmt.Sprintf("回“立案 %s”，或“忽略 %s 原因”。", leads[0].Number, leads[0].Number)), "\n"))
}

// NoLead answers a number no lead has.
func (v Voice) NoLead(number string) bot.Message {
	if number == "" {
		return said("要办哪一条？请带上编号，例：“立案 S-1”。回“线索”看全部。")
	}
	return said(fmt.Sprintf("没有编号是“%s”的线索。回“线索”看全部。", number))
}

// FormFirst asks to finish what lies unfinished before a lead can become an incident.
func (v Voice) FormFirst() bot.Message {
	return said("您这里还有一份没填完的快报。请先“提交”，或“取消＋原因”，再立案。")
}
