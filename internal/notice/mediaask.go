package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

const inquiryExample = "媒体来询 南方某报 记者李某 电话… 问：是否召回？17点前答复"

// AskInquiry asks who asks what. inc is nil where no incident is meant.
func (v Voice) AskInquiry(inc *incident.Incident) bot.Message {
	text := "请一条写明：媒体、姓名、电话、问什么、几点前答复。不清楚的可以先空着，例：“" + inquiryExample + "”。"
	if inc == nil {
		return said(text)
	}
	return carded(writing(inc, text, "媒体来询", "媒体、姓名、电话、问什么、几点前答复"))
}

// AskAnswer asks how a question of the press was answered.
func (v Voice) AskAnswer(inc *incident.Incident, q incident.Inquiry) bot.Message {
	c := inquiryCard(inc, q)
	c.Lines = []string{fmt.Sprintf("%s 怎么答的？例：“答复 %s 用口径v1”“答复 %s 已电话说明，检测结果明天公布”。", q.ID, q.ID, q.ID)}
	submit := onInquiry(inc, q, "提交答复", "答复")
	submit.Primary = true
	c.Form = &bot.Form{Name: "答复", Submit: submit, Inputs: []bot.Input{{Key: FieldText, Label: "答复，或“用口径v1”", Kind: bot.InputArea, Required: true}}}
	return carded(c)
}

// AskAnswerer asks who is to answer instead; those near at hand are one press away.
func (v Voice) AskAnswerer(inc *incident.Incident, q incident.Inquiry, people []string) bot.Message {
	c := inquiryCard(inc, q)
	c.Lines = []string{fmt.Sprintf("%s 转给谁答复？点一个，或回“转给 %s 姓名”。", q.ID, q.ID)}
	for _, id := range people[:min(len(people), 3)] {
		c.Buttons = append(c.Buttons, onInquiry(inc, q, v.Name(id), "转给 "+v.Name(id)))
	}
	return carded(c)
}

// NotInForce answers who would answer the press by talking points that are not in force: which are, or what to
// do where there are none.
func (v Voice) NotInForce(inc *incident.Incident, q incident.Inquiry, now time.Time) bot.Message {
	if inc != nil {
		if p := inc.TalkInForce(now); p != nil {
			return said(fmt.Sprintf("现在在用的是口径v%d。照它答的，回“答复 %s 用口径v%d”。", p.Version, q.ID, p.Version))
		}
	}
	return said(fmt.Sprintf("现在没有在用的口径。请写明怎么答的，例：“答复 %s 已电话说明，检测结果明天公布”。", q.ID))
}

// NoInquiry answers a number no open inquiry has that the person may see.
func (v Voice) NoInquiry(id string) bot.Message {
	if id == "" {
		return said("没有找到等您答复的媒体来询。登记新的，例：“" + inquiryExample + "”。")
	}
	return said(fmt.Sprintf("没有找到您能看的“%s”。回“详情 001”看那件事的媒体来询。", id))
}

// WhichInquiry asks for a number when several may be meant.
func (v Voice) WhichInquiry(word string, among []Asked) bot.Message {
	text := fmt.Sprintf("哪一条？请带上编号，例：“%s %s …”。", word, among[0].number())
	for _, a := range among[:min(len(among), 5)] {
		text += "\n" + a.number() + " " + asker(a.Inquiry)
	}
	return said(text)
}
