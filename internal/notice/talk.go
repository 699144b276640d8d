package notice

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// TalkFields are the parts of the talking points a card asks for; written on it, they read as in a message.
var TalkFields = []string{"立场", "事实", "可以说", "不能说", "客服", "对内", "谁说"}

const talkExample = "例：“口径初稿 立场：同批次已封存，正在检测；事实：3月10日接到反映；不能说：供应商责任；客服：您的情况已记录，今天回电”。"

// AskTalk asks for talking points; those of the last version stand on the card to be changed.
func (v Voice) AskTalk(inc *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	c.Lines = []string{"写口径：先一句话立场，再写事实、可以说、不能说、客服怎么答。", talkExample}
	if !inc.Talk.Due.IsZero() && inc.Talk.At.IsZero() {
		c.Lines[0] = fmt.Sprintf("写口径（初稿%s）：先一句话立场，再写事实、可以说、不能说、客服怎么答。", v.before(inc.Talk.Due, now))
	}
	last := incident.Sheet{}
	if n := len(inc.Talk.Versions); n > 0 {
		last = inc.Talk.Versions[n-1].Sheet
	}
	c.Form = &bot.Form{Name: "口径初稿", Submit: bot.Button{Label: "提交口径", Say: "口径初稿", Target: inc.Number, Primary: true}}
	for _, label := range TalkFields[:5] {
		in := bot.Input{Key: label, Label: label, Kind: bot.InputText, Required: label == "立场"}
		if have := sheetLine(last, label); have != "" {
			in.Value = []string{have}
		}
		c.Form.Inputs = append(c.Form.Inputs, in)
	}
	return carded(c)
}

// sheetLine is one part of a sheet as it is written in a message.
func sheetLine(s incident.Sheet, label string) string {
	return map[string]string{"立场": s.Stance, "事实": strings.Join(s.Facts, "；"), "可以说": strings.Join(s.May, "；"),
		"不能说": list(s.Forbidden), "客服": s.Service, "对内": s.Inside, "谁说": s.Speakers}[label]
}

// TalkDrafted shows a draft to those who have to agree.
func (v Voice) TalkDrafted(inc *incident.Incident, p incident.TalkingPoint) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("口径v%d初稿（%s）。%s 请回“同意”或“不同意＋理由”。", p.Version, v.Name(p.By), v.mention(p.Waits()...))}
	c.Lines = append(c.Lines, sheetLines(p.Sheet)...)
	c.Buttons = judgment(inc)
	return carded(c, p.Waits()...)
}

// TalkAsked asks one of them in private.
func (v Voice) TalkAsked(inc *incident.Incident, p incident.TalkingPoint) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s请您看口径v%d：回“同意”或“不同意＋理由”。", v.Name(p.By), p.Version)}
	c.Lines = append(c.Lines, sheetLines(p.Sheet)...)
	c.Buttons = judgment(inc)
	return carded(c)
}

func judgment(inc *incident.Incident) []bot.Button {
	return []bot.Button{{Label: "同意", Say: "同意", Target: inc.Number, Primary: true}, {Label: "不同意", Say: "不同意", Target: inc.Number}}
}

// sheetLines are talking points as they are read: the stance first.
func sheetLines(s incident.Sheet) []string {
	var lines []string
	for _, label := range TalkFields {
		if text := sheetLine(s, label); text != "" {
			lines = append(lines, label+"："+short(text, 300))
		}
	}
	for _, qa := range s.Answers {
		lines = append(lines, "问："+short(qa.Q, 60)+" 答："+short(qa.A, 200))
	}
	return lines
}

// TalkDecided says that the talking points are in force now, who is still asked, or that they went back.
func (v Voice) TalkDecided(inc *incident.Incident, p incident.TalkingPoint, by, words string, now time.Time) bot.Message {
	switch p.Status {
	case incident.TalkRefused:
		return said(fmt.Sprintf("%s %s没有同意口径v%d%s，请改后再发“口径初稿＋内容”。", v.mention(p.By), v.Name(by), p.Version, because(short(words, 60))), p.By)
	case incident.TalkDraft:
		return said(fmt.Sprintf("%s同意口径v%d。%s 请回“同意”或“不同意＋理由”。", v.Name(by), p.Version, v.mention(p.Waits()...)), p.Waits()...)
	}
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("口径v%d生效%s，%s同意。对外只说这一版。", p.Version, v.talkUntil(p, now), v.names(p.AgreedBy()))}
	c.Lines = append(c.Lines, sheetLines(p.Sheet)...)
	return carded(c)
}

func (v Voice) talkUntil(p incident.TalkingPoint, now time.Time) string {
	if p.ValidTo.IsZero() {
		return ""
	}
	return "，有效至" + v.at(p.ValidTo, now)
}

// Talk shows what may be said now, and what is on its way.
func (v Voice) Talk(inc *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	in, draft := inc.TalkInForce(now), inc.TalkDrafted()
	if in != nil {
		c.Lines = append(c.Lines, fmt.Sprintf("口径v%d在用%s。", in.Version, v.talkUntil(*in, now)))
		c.Lines = append(c.Lines, sheetLines(in.Sheet)...)
	} else {
		c.Lines = append(c.Lines, "现在没有在用的口径。对外只说“正在核实，有结果及时告知”。")
		c.Buttons = []bot.Button{{Label: "写口径", Say: "口径初稿", Target: inc.Number, Primary: draft == nil}}
	}
	if draft != nil {
		c.Lines = append(c.Lines, fmt.Sprintf("v%d初稿等%s同意。", draft.Version, v.names(draft.Waits())))
	}
	return carded(c)
}

// NoTalk answers a word that needs talking points there are none of.
func (v Voice) NoTalk(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s还没有口径可以续用。%s", inc.Number, talkExample))
}

// TalkLapsed asks to look at talking points again whose time is over.
func (v Voice) TalkLapsed(inc *incident.Incident, p incident.TalkingPoint) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("口径v%d到期，先不要再用。%s 没变化回“口径续用”，有变化回“口径初稿＋内容”。", p.Version, v.mention(inc.Officer))}
	c.Buttons = buttons(inc, "口径续用", "口径初稿")
	return carded(c, inc.Officer)
}

// talkLine is where the talking points stand, in one line; empty when there never were any.
func (v Voice) talkLine(inc *incident.Incident, now time.Time) string {
	if p := inc.TalkInForce(now); p != nil {
		return fmt.Sprintf("v%d在用%s", p.Version, v.talkUntil(*p, now))
	}
	if p := inc.TalkDrafted(); p != nil {
		return fmt.Sprintf("v%d初稿等%s同意", p.Version, v.names(p.Waits()))
	}
	if n := len(inc.Talk.Versions); n > 0 && inc.Talk.Versions[n-1].Status == incident.TalkLapsed {
		return fmt.Sprintf("v%d已到期，待复核", n)
	}
	return ""
}

// DecideTalk asks a leader in the digest for a word on talking points.
func (v Voice) DecideTalk(inc *incident.Incident) string {
	return fmt.Sprintf("%s 口径v%d初稿待同意，回“同意 %s”", inc.Number, inc.TalkDrafted().Version, ShortNumber(inc.Number))
}

// digestOutward is what the press waits for, and the talking points in force and when each is looked at again.
func (v Voice) digestOutward(d Digest) string {
	var parts []string
	asked := len(d.Press)
	for _, inc := range d.listed() {
		asked += len(inc.OpenInquiries())
		p := inc.TalkInForce(d.Now)
		if p == nil {
			continue
		}
		part := fmt.Sprintf("%s v%d", inc.Number, p.Version)
		if !p.ValidTo.IsZero() {
			part += "，" + p.ValidTo.In(v.Zone).Format("01-02 15:04") + "到期复核"
		}
		parts = append(parts, part)
	}
	slices.Sort(parts)
	line := fmt.Sprintf("五、媒体来询 %d；口径在用 %d", asked, len(parts))
	if len(parts) > 0 {
		line += "（" + strings.Join(parts, "；") + "）"
	}
	return line
}
