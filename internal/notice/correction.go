package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
)

// AskCorrection says how to put something registered right.
func (v Voice) AskCorrection(inc *incident.Incident, now time.Time) bot.Message {
	return said(fmt.Sprintf("请写明改哪一项、改成什么、原因，例：“更正 发现时间 %s，原因：看错了”。单位更早知道的，例：“更正 知悉时间 %s，原因：店长群里说过，证人：林可”。另一位同意后生效，原来的内容保留。",
		v.earlier(inc.FoundAt, now), v.earlier(inc.FoundAt, now)))
}

// NotCorrected says why what was written cannot be the new answer.
func (v Voice) NotCorrected(s *form.Session, n form.Note, now time.Time) bot.Message {
	return said(v.notTaken(s, n, now))
}

// CorrectionAsked asks those who may for their agreement; one of them is enough.
func (v Voice) CorrectionAsked(inc *incident.Incident, judges []string) bot.Message {
	w := inc.CorrectionWaiting()
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s申请更正%s，原因：%s。", v.Name(w.By), w.Label, words(short(w.Reason, 60))), change(*w)}
	if len(w.Grounds) > 0 {
		c.Lines = append(c.Lines, "依据："+list(w.Grounds))
	}
	if len(judges) == 0 {
		c.Lines = append(c.Lines, "现在没有能同意的同事。")
		return carded(c)
	}
	c.Foot = fmt.Sprintf("%s 请回“同意”或“不同意＋理由”。", v.mention(judges[0]))
	c.Buttons = []bot.Button{{Label: "同意", Say: "同意", Target: inc.Number, Primary: true}, {Label: "不同意", Say: "不同意", Target: inc.Number}}
	return carded(c, judges[0])
}

// change is 由A改为B.
func change(c incident.Correction) string {
	if c.Old == "" {
		return fmt.Sprintf("记为“%s”", short(c.New, 100))
	}
	return fmt.Sprintf("由“%s”改为“%s”", short(c.Old, 100), short(c.New, 100))
}

// CorrectionDecided tells whoever asked.
func (v Voice) CorrectionDecided(inc *incident.Incident, c incident.Correction) bot.Message {
	if c.Status == incident.CorrectionNot {
		return said(fmt.Sprintf("%s %s没有同意更正%s%s，登记不变。", v.mention(c.By), v.Name(c.Judge), c.Label, because(c.Words)), c.By)
	}
	text := fmt.Sprintf("%s同意更正%s：%s。原来的内容保留在台账里。", v.Name(c.Judge), c.Label, change(c))
	if c.Verdict != "" && c.Verdict != inc.FirstReport.Verdict {
		text += fmt.Sprintf("首报由%s改判%s。", verdictWords[c.Verdict], verdictWords[inc.FirstReport.Verdict])
	}
	return said(text)
}

// LateByCorrection says that the first report is late now.
func (v Voice) LateByCorrection(inc *incident.Incident, r incident.Risk) bot.Message {
	return carded(v.riskCard(inc, r, fmt.Sprintf("%s，记【%s风险】%s。%s 请回“说明＋原因”。", r.Reason, r.Kind, r.ID, v.mention(r.Person))), r.Person)
}

// corrected is a correction that was made, for the details of an incident.
func (v Voice) corrected(c incident.Correction, now time.Time) string {
	return fmt.Sprintf("%s（%s，%s同意，%s）", change(c), v.Name(c.By), v.Name(c.Judge), v.stamp(c.Judged, now))
}
