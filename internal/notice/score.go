package notice

import (
	"fmt"
	"strings"

	"fenghuo/bot"
	"fenghuo/internal/score"
)

// UnitScore is a unit's year, or month.
type UnitScore struct {
	Unit    string // as people call it
	Total   score.Total
	Entries []score.Entry
}

// linesShown is how many scored lines are told of one by one, the newest.
const linesShown = 8

// NotScored says that the enterprise has no scheme.
func (v Voice) NotScored() bot.Message {
	return said("现在没有启用考核计分。管理员可在配置里写 score: score-v1。")
}

// AskScore says what can be asked.
func (v Voice) AskScore() bot.Message {
	return said("回“考核”看自己的；负责人回“考核 单位”，领导回“考核 全部”，往年加年份，例：“考核 2025”。")
}

// ScoreIsTheirOwn refuses to show a person's lines to another.
func (v Voice) ScoreIsTheirOwn(person string) bot.Message {
	return said(fmt.Sprintf("%s的明细只给本人看。负责人可回“考核 单位”看合计，自己的回“考核”。", v.Name(person)))
}

// AskInPrivate asks to be asked where nobody reads along.
func (v Voice) AskInPrivate() bot.Message { return said("这个请私聊问我，回“考核”。") }

// Score is a person's own year.
func (v Voice) Score(person string, year int, entries []score.Entry, heads bool) bot.Message {
	if len(entries) == 0 {
		return said(fmt.Sprintf("%s，%d年还没有您的计分。", v.Name(person), year))
	}
	var sum, open score.Points
	for _, e := range entries {
		sum += e.Counts()
		if e.Status == score.Provisional || e.Status == score.Proposed {
			open += e.Points
		}
	}
	c := bot.Card{Head: fmt.Sprintf("考核 · %s %d年", v.Name(person), year), Lines: []string{fmt.Sprintf("已计%s分，待定%s分（%d条）", sum, open, len(entries))}}
	c.Lines = append(c.Lines, v.scored(entries)...)
	c.Foot = "有异议的认定，5个工作日内可回“申诉”。"
	if heads {
		c.Buttons = []bot.Button{{Label: "本单位", Say: "考核 单位"}}
	}
	return carded(c)
}

// scored are the newest lines.
func (v Voice) scored(entries []score.Entry) []string {
	var out []string
	for n := len(entries) - 1; n >= 0 && len(out) < linesShown; n-- {
		e := entries[n]
		out = append(out, fmt.Sprintf("%s %s %s%s", e.Incident, e.Name, signed(e.Points), scoreWords[e.Status]))
	}
	if left := len(entries) - len(out); left > 0 {
		out = append(out, fmt.Sprintf("还有%d条更早的。", left))
	}
	return out
}

var scoreWords = map[string]string{score.Provisional: "（待核实）", score.Proposed: "（待定，不计）", score.Revoked: "（已撤销，不计）"}

// ScoreWord is what a scored line counts for, as people say it.
func ScoreWord(status string) string {
	return map[string]string{score.Provisional: "待核实", score.Counted: "计入", score.Proposed: "待定", score.Revoked: "已撤销"}[status]
}

func signed(p score.Points) string {
	if p > 0 {
		return "+" + p.String()
	}
	return p.String()
}

// ScoreOfUnit is a unit's year for who heads it.
func (v Voice) ScoreOfUnit(year int, s UnitScore) bot.Message {
	c := bot.Card{Head: fmt.Sprintf("考核 · %s %d年", s.Unit, year), Lines: []string{v.unitScore(s)}}
	c.Lines = append(c.Lines, v.byPerson(s.Entries)...)
	return carded(c)
}

// unitScore is 92.5分 优秀（工作量6.66，加分8，扣分-2；首报4）.
func (v Voice) unitScore(s UnitScore) string {
	t := s.Total
	text := fmt.Sprintf("%s分 %s（首报%d", t.Sum, t.Grade, t.Accepted)
	if t.Workload != 0 {
		text += "，工作量" + t.Workload.String()
	}
	if t.Bonus != 0 {
		text += "，加分" + t.Bonus.String()
	}
	if t.Deducted != 0 {
		text += "，扣分" + strings.TrimPrefix(t.Deducted.String(), "-")
	}
	text += "）"
	if t.Accepted > 0 {
		text += "，每篇均" + (t.Credits / score.Points(t.Accepted)).String()
	}
	if t.Veto {
		text += "，一票否决"
	}
	return text
}

// byPerson is what each person's lines add up to, in the order they first come.
func (v Voice) byPerson(entries []score.Entry) []string {
	var order []string
	sums := map[string]score.Points{}
	for _, e := range entries {
		if _, seen := sums[e.Person]; !seen {
			order = append(order, e.Person)
		}
		sums[e.Person] += e.Counts()
	}
	var out []string
	for _, p := range order {
		out = append(out, fmt.Sprintf("%s %s", v.Name(p), signed(sums[p])))
	}
	return out
}

// ScoreOfAll is the year of all units.
func (v Voice) ScoreOfAll(year int, sheets []UnitScore) bot.Message {
	if len(sheets) == 0 {
		return said(fmt.Sprintf("%d年还没有计分。", year))
	}
	c := bot.Card{Head: fmt.Sprintf("考核 · 各单位 %d年", year)}
	for _, s := range sheets {
		c.Lines = append(c.Lines, s.Unit+" "+v.unitScore(s))
	}
	return carded(c)
}

// Circular is the monthly circular: last month by unit, without anybody's name.
func (v Voice) Circular(month string, sheets []UnitScore) bot.Message {
	c := bot.Card{Head: "考核通报 · " + month}
	for _, s := range sheets {
		line := fmt.Sprintf("%s 首报%d，得%s", s.Unit, s.Total.Accepted, s.Total.Credits)
		if s.Total.Deducted != 0 {
			line += "，扣" + strings.TrimPrefix(s.Total.Deducted.String(), "-")
		}
		c.Lines = append(c.Lines, line)
	}
	c.Foot = "全年回“考核 全部”。"
	return carded(c)
}
