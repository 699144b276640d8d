package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// AskLevel asks to which level and why.
func (v Voice) AskLevel(inc *incident.Incident, word string) bot.Message {
	to, example := bot.Input{Key: FieldChoice, Label: "级别", Kind: bot.InputChoice, Required: true}, ""
	for _, l := range incident.Levels() {
		if (word == "升级") == l.Graver(inc.Level.Current) && l != inc.Level.Current {
			to.Options, example = append(to.Options, l.Color()), l.String()
		}
	}
	if len(to.Options) == 0 {
		return said(fmt.Sprintf("%s已是%s，不能再%s。", inc.Number, inc.Level.Current.Badge(), word))
	}
	return carded(writing(inc, fmt.Sprintf("现在是%s，要%s到哪一级、为什么？例：“%s%s %s”。", inc.Level.Current.Badge(), word, word, example, why[word]), word, "理由", to))
}

var why = map[string]string{"升级": "已有媒体来问", "降级": "视频已删，无新讨论"}

// LevelRaised says that a higher level is in force. judges are asked to confirm; there are none where the
// word of whoever raised it is enough.
func (v Voice) LevelRaised(inc *incident.Incident, from incident.Level, by, reason string, judges []string, now time.Time) bot.Message {
	c := plate(inc)
	text := fmt.Sprintf("%s把级别从%s升为%s%s，当即生效，此后按新级别计时。", v.Name(by), from.Badge(), inc.Level.Current.Badge(), because(short(reason, 60)))
	if next := v.next(inc, now); inc.Acked() && next != "" {
		text += next
	}
	c.Lines = []string{text}
	v.ackByIfWaiting(&c, inc, now)
	mentions := []string{inc.Officer}
	if len(judges) > 0 {
		c.Lines = append(c.Lines, fmt.Sprintf("%s 请在%s前回“确认升级”或“不同意＋理由”，过时恢复原级。", v.mention(judges[0]), v.at(inc.Level.Lapses, now)))
		c.Buttons = []bot.Button{{Label: "确认升级", Say: "确认升级", Target: inc.Number, Primary: true}, {Label: "不同意", Say: "不同意", Target: inc.Number}}
		mentions = append(mentions, judges[0])
	}
	if by == inc.Officer {
		mentions = mentions[1:]
	}
	return carded(c, mentions...)
}

func (v Voice) ackByIfWaiting(c *bot.Card, inc *incident.Incident, now time.Time) {
	if !inc.Acked() {
		v.ackBy(c, inc, now)
	}
}

// ToldRaised tells a leader privately of an incident that has become graver.
func (v Voice) ToldRaised(inc *incident.Incident, from incident.Level, by string, now time.Time) bot.Message {
	c := v.card(inc)
	who := fmt.Sprintf("责任人%s未签收", v.Name(inc.Officer))
	if inc.Acked() {
		who = fmt.Sprintf("%s已签收", v.Name(inc.Ack.By))
	}
	c.Lines = []string{fmt.Sprintf("%s升为%s（原%s），%s提出，%s报。%s，您先知悉。", inc.Number, inc.Level.Current.Badge(), from.Badge(), v.Name(by), zh.ShowTime(inc.ReportedAt.In(v.Zone), now.In(v.Zone)), who)}
	c.Buttons = buttons(inc, "详情")
	return alive(carded(c))
}

// LowerAsked asks for approval of a lower level.
func (v Voice) LowerAsked(inc *incident.Incident, by, reason string, judges []string) bot.Message {
	c := plate(inc)
	var judge string
	if len(judges) > 0 {
		judge = judges[0]
	}
	c.Lines = []string{fmt.Sprintf("%s %s申请降为%s%s。请回“同意”或“不同意＋理由”，答复前仍按%s。", v.mention(judge), v.Name(by), inc.Level.Wanted.Badge(), because(short(reason, 60)), inc.Level.Current.Badge())}
	c.Buttons = []bot.Button{{Label: "同意", Say: "同意", Target: inc.Number, Primary: true}, {Label: "不同意", Say: "不同意", Target: inc.Number}}
	return carded(c, judge)
}

// LevelDecided says what came of a change of level.
func (v Voice) LevelDecided(inc *incident.Incident, was incident.Level, by string, yes, lowering bool, words string, now time.Time) bot.Message {
	switch {
	case lowering && yes:
		text := fmt.Sprintf("%s同意，%s降为%s，此后按新级别计时。", v.Name(by), inc.Number, inc.Level.Current.Badge())
		return said(text + v.next(inc, now))
	case lowering:
		return said(fmt.Sprintf("%s没有同意降级%s，仍按%s。", v.Name(by), because(words), inc.Level.Current.Badge()))
	case yes:
		return said(fmt.Sprintf("%s确认升级，%s定为%s。", v.Name(by), inc.Number, inc.Level.Current.Badge()))
	}
	return said(fmt.Sprintf("%s没有同意升级（%s）%s，已恢复为%s。%s", v.Name(by), was.Badge(), because(words), inc.Level.Current.Badge(), v.next(inc, now)))
}
