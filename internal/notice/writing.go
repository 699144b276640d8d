package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// What is written on a card comes back under these names, and goes with the word its button stands for.
const (
	FieldWhen   = "when"
	FieldChoice = "choice"
	FieldText   = "text"
)

// writing is an incident's card with room to write: word and text do the same in a message. The text says how.
func writing(inc *incident.Incident, text, word, label string, before ...bot.Input) bot.Card {
	c := plate(inc)
	c.Lines = []string{text}
	c.Form = &bot.Form{Name: word, Submit: bot.Button{Label: "提交" + word, Say: word, Target: inc.Number, Primary: true},
		Inputs: append(before, bot.Input{Key: FieldText, Label: label, Kind: bot.InputArea, Required: true})}
	return c
}

// AskFollowUp asks for the text of a follow-up.
func (v Voice) AskFollowUp(inc *incident.Incident, now time.Time) bot.Message {
	c := writing(inc, fmt.Sprintf("%s（%s）：只写变化和处置，回“续报＋内容”。没有变化就回“无新增”，后面写处置。", incident.SlotName(inc.Slot.N), v.before(inc.Slot.Due, now)),
		"续报", "变化和处置")
	c.Buttons = []bot.Button{{Label: "无新增", Say: "无新增", Target: inc.Number}}
	return carded(c)
}

// AskExplanation asks for the words of an explanation.
func (v Voice) AskExplanation(inc *incident.Incident, r incident.Risk) bot.Message {
	return carded(writing(inc, fmt.Sprintf("%s（%s，%s）：请回“说明＋原因”，例：“说明 等检测室电话”。", r.ID, r.About, r.Kind), "说明", "原因"))
}

// AskExtension asks until when and why.
func (v Voice) AskExtension(inc *incident.Incident, now time.Time) bot.Message {
	until := bot.Input{Key: FieldWhen, Label: "延到", Kind: bot.InputTime, Required: true}
	return carded(writing(inc, fmt.Sprintf("%s（%s）要延到几点、为什么？例：“延期到%s，检测报告未出”。",
		incident.SlotName(max(1, inc.Slot.N)), v.before(inc.Slot.Due, now), v.clock(inc.Slot.Due.Add(time.Hour))), "延期", "理由", until))
}

// AskFinal asks for the text of the final report.
func (v Voice) AskFinal(inc *incident.Incident) bot.Message {
	return carded(writing(inc, "请一条发完：“终报＋起因、经过、结果、教训、原因、防范措施（写明负责人和日期）”。", "终报", "起因、经过、结果、教训、原因、防范措施"))
}

// AskReturn asks why a final report goes back.
func (v Voice) AskReturn(inc *incident.Incident) bot.Message {
	return carded(writing(inc, "请写一句为什么退回，例：“退回终报 防范措施缺负责人”。", "退回终报", "原因"))
}

// AskAddition asks what there is to add.
func (v Voice) AskAddition(inc *incident.Incident) bot.Message {
	return carded(writing(inc, "请把内容一起写上，例：“补充 阅读3.2万，店员已致歉”。", "补充", "内容"))
}
