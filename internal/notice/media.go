package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// Asked is a question of the press with the incident it belongs to, nil if it belongs to none.
type Asked struct {
	Incident *incident.Incident
	incident.Inquiry
}

// number names it wherever one is: M-1 001, M-20260310-001.
func (a Asked) number() string {
	if a.Incident == nil {
		return a.ID
	}
	return a.ID + " " + ShortNumber(a.Incident.Number)
}

// asker is who asks, as far as known: 南方某报 李某（138****0000）.
func asker(q incident.Inquiry) string {
	who := strings.TrimSpace(short(q.Outlet, 20) + " " + short(q.Person, 12))
	if who == "" {
		who = "媒体"
	}
	return who + because(q.Phone)
}

// asked is who asks what, to stand within a sentence.
func asked(q incident.Inquiry, most int) string {
	if q.Question == "" {
		return asker(q) + "，问什么还不清楚"
	}
	return asker(q) + "问：“" + words(short(q.Question, most)) + "”"
}

// inquiryCard is what a card of an inquiry begins with; inc is nil for one that belongs to no incident.
func inquiryCard(inc *incident.Incident, q incident.Inquiry) bot.Card {
	if inc == nil {
		return bot.Card{Head: "媒体来询 " + q.ID, Since: q.At}
	}
	return plate(inc)
}

// onInquiry is a button for a word about an inquiry; label is empty if the word itself will do.
func onInquiry(inc *incident.Incident, q incident.Inquiry, label, word string) bot.Button {
	if label == "" {
		label = word
	}
	if inc == nil {
		return bot.Button{Label: label, Say: word, Target: q.ID}
	}
	first, rest, _ := strings.Cut(word, " ")
	return bot.Button{Label: label, Say: strings.TrimSpace(first + " " + q.ID + " " + rest), Target: inc.Number}
}

// answerButtons are what its answerer can do.
func answerButtons(inc *incident.Incident, q incident.Inquiry) []bot.Button {
	answer := onInquiry(inc, q, "", "答复")
	answer.Primary = true
	return []bot.Button{answer, onInquiry(inc, q, "", "转给")}
}

// inquiryDue puts the deadline on a card.
func (v Voice) inquiryDue(c *bot.Card, q incident.Inquiry, now time.Time) {
	if !q.Due.IsZero() {
		c.Clock, c.Due, c.Overdue = "答复时限 "+v.day(q.Due, now), q.Due, passed(q.Due, now)
	}
}

// wanted is until when an answer is wanted of whom.
func (v Voice) wanted(q incident.Inquiry, now time.Time) string {
	switch {
	case q.Due.IsZero():
		return "由" + v.Name(q.Answerer) + "答复，几点前还不清楚"
	case passed(q.Due, now):
		return v.day(q.Due, now) + "已到时限，由" + v.Name(q.Answerer) + "答复"
	}
	return "由" + v.Name(q.Answerer) + "在" + v.day(q.Due, now) + "前答复"
}

// holding is what whoever took the question may say for now.
func (v Voice) holding(q incident.Inquiry, now time.Time) string {
	when := "尽快"
	if q.Due.After(now) {
		when = "在" + v.day(q.Due, now) + "前"
	}
	return "可以先这样回对方：“您的问题已记录，我们会" + when + "由专人回复您。”"
}

// lacking asks for what is not known of an inquiry, all in one.
func (v Voice) lacking(q incident.Inquiry, now time.Time) string {
	examples := map[string]string{"媒体": "南方某报", "姓名": "李某", "电话": "电话…", "问什么": "问：是否召回", "几点前答复": v.clock(now.Truncate(time.Hour).Add(2*time.Hour)) + "前"}
	missing := q.Missing()
	if len(missing) == 0 {
		return ""
	}
	var example []string
	for _, label := range missing {
		example = append(example, examples[label])
	}
	return fmt.Sprintf("还不清楚：%s。问到了回“媒体来询 %s %s”。", list(missing), q.ID, strings.Join(example, " "))
}

// InquiryTaken says where it was said that a question of the press is registered, what was understood of it
// and what may be answered for now. open are incidents it may belong to, if it belongs to none.
func (v Voice) InquiryTaken(inc *incident.Incident, q incident.Inquiry, open []*incident.Incident, now time.Time) bot.Message {
	c := inquiryCard(inc, q)
	c.Lines = []string{fmt.Sprintf("媒体来询已登记 %s：%s。%s。", q.ID, asked(q, 80), v.wanted(q, now)), v.holding(q, now)}
	if line := v.lacking(q, now); line != "" {
		c.Lines = append(c.Lines, line)
	}
	c.Buttons = answerButtons(inc, q)
	if inc == nil && len(open) > 0 {
		c.Lines = append(c.Lines, fmt.Sprintf("如果是下面哪件事的，回“媒体来询 %s %s”归入；都不是就不用回。", q.ID, ShortNumber(open[0].Number)))
		c.Buttons = c.Buttons[:1]
		for _, one := range open[:min(len(open), 3)] {
			c.Lines = append(c.Lines, fmt.Sprintf("%s %s %s", one.Number, one.Level.Current.Color(), short(one.Title, 20)))
			c.Buttons = append(c.Buttons, bot.Button{Label: "归入" + ShortNumber(one.Number), Say: "媒体来询 " + q.ID, Target: one.Number})
		}
	}
	v.inquiryDue(&c, q, now)
	return carded(c)
}

// InquiryAmended says what is known of an inquiry now.
func (v Voice) InquiryAmended(inc *incident.Incident, q incident.Inquiry, now time.Time) bot.Message {
	return said(fmt.Sprintf("%s 已补上：%s。%s。%s", q.ID, asked(q, 80), v.wanted(q, now), v.lacking(q, now)))
}

// InquiryPlaced says to which incident an inquiry belongs from now on, and what it is called there.
func (v Voice) InquiryPlaced(inc *incident.Incident, q incident.Inquiry, before string, now time.Time) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("媒体来询 %s 归入%s，编号%s：%s。%s。", before, inc.Number, q.ID, asked(q, 80), v.wanted(q, now))}
	c.Buttons = answerButtons(inc, q)
	v.inquiryDue(&c, q, now)
	return carded(c)
}

// InquiryToAnswer asks its answerer for the answer, in private. phone is the whole number.
func (v Voice) InquiryToAnswer(inc *incident.Incident, q incident.Inquiry, phone string, now time.Time) bot.Message {
	return v.inPrivate(inc, q, phone, fmt.Sprintf("媒体来询 %s（%s登记）请您答复：%s。", q.ID, v.Name(q.By), asked(q, 120)), now)
}

// InquiryReminder reminds its answerer before it is due and, Step telling which, when it is.
func (v Voice) InquiryReminder(inc *incident.Incident, q incident.Inquiry, phone string, now time.Time) bot.Message {
	left := "到时限了"
	if left := q.Due.Sub(now.Truncate(time.Minute)); left > 0 && q.Step < incident.InquiryIsDue {
		return v.inPrivate(inc, q, phone, fmt.Sprintf("媒体来询 %s 还有%s到时限：%s。", q.ID, zh.ShowSpan(left), asked(q, 60)), now)
	}
	return v.inPrivate(inc, q, phone, fmt.Sprintf("媒体来询 %s %s：%s。还没有登记答复。", q.ID, left, asked(q, 60)), now)
}

// inPrivate is a card for the answerer alone.
func (v Voice) inPrivate(inc *incident.Incident, q incident.Inquiry, phone, line string, now time.Time) bot.Message {
	c := inquiryCard(inc, q)
	c.Lines = []string{line}
	if q.Due.IsZero() {
		c.Lines = append(c.Lines, fmt.Sprintf("几点前要答复还不清楚，问到了回“媒体来询 %s %s前”。", q.ID, v.clock(now.Truncate(time.Hour).Add(2*time.Hour))))
	}
	c.Buttons = answerButtons(inc, q)
	c.Foot = fmt.Sprintf("答完回“答复 %s 内容”或“答复 %s 用口径v1”，就不再提醒。", q.ID, q.ID)
	v.inquiryDue(&c, q, now)
	m := carded(c)
	if phone != "" { // whole: only who has to call back reads it
		m.Card.Facts = append(m.Card.Facts, bot.Fact{Label: "电话", Value: phone})
		m.Text = Flatten(*m.Card)
	}
	return m
}

// InquiryLate tells the head, in private, that nobody has noted an answer.
func (v Voice) InquiryLate(inc *incident.Incident, q incident.Inquiry, now time.Time) bot.Message {
	c := inquiryCard(inc, q)
	c.Lines = []string{fmt.Sprintf("媒体来询 %s 已过时限%s，还没有登记答复：%s。答复人%s。要换人回“转给 %s 姓名”；这只是提醒，不作判定。",
		q.ID, zh.ShowSpan(now.Truncate(time.Minute).Sub(q.Due)), asked(q, 60), v.Name(q.Answerer), q.ID)}
	c.Buttons = []bot.Button{onInquiry(inc, q, "", "转给"), onInquiry(inc, q, "", "答复")}
	v.inquiryDue(&c, q, now)
	return carded(c)
}

// InquiryAnswered closes it.
func (v Voice) InquiryAnswered(inc *incident.Incident, q incident.Inquiry, now time.Time) bot.Message {
	return said(fmt.Sprintf("%s（%s）已由%s答复%s。", q.ID, strings.TrimSpace(short(q.Outlet+" "+q.Person, 24)), v.Name(q.AnsweredBy), answerWords(q)))
}

// answerWords is how it was answered.
func answerWords(q incident.Inquiry) string {
	text := ""
	if q.TalkingPoints > 0 {
		text = fmt.Sprintf("，用口径v%d", q.TalkingPoints)
	}
	if q.Answer != "" {
		text += "：" + words(short(q.Answer, 60))
	}
	return text
}

// InquiryPassed says who answers from now on.
func (v Voice) InquiryPassed(inc *incident.Incident, q incident.Inquiry, now time.Time) bot.Message {
	when := ""
	if !q.Due.IsZero() {
		when = "（" + v.before(q.Due, now) + "）"
	}
	return said(fmt.Sprintf("媒体来询 %s 改由%s答复%s，已私聊告知。", q.ID, v.Name(q.Answerer), when))
}

// standing of an inquiry in a few words: 南方某报 李某，由王蕾在今天17:00前答复.
func (v Voice) inquiryStanding(q incident.Inquiry, now time.Time) string {
	switch {
	case !q.AnsweredAt.IsZero():
		return fmt.Sprintf("%s，%s %s 答复%s", asker(q), v.Name(q.AnsweredBy), v.at(q.AnsweredAt, now), answerWords(q))
	case q.IsLate():
		return asker(q) + "，【过时限未答复】" + v.wanted(q, now)
	}
	return asker(q) + "，" + v.wanted(q, now)
}

// pressWaits mentions, where an incident comes to its end, which questions of the press still wait.
func (v Voice) pressWaits(inc *incident.Incident) string {
	var ids []string
	for _, q := range inc.OpenInquiries() {
		ids = append(ids, q.ID+"（"+v.Name(q.Answerer)+"）")
	}
	if len(ids) == 0 {
		return ""
	}
	return "还有媒体来询没有答复：" + list(ids) + "。"
}
