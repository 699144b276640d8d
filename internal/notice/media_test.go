package notice_test

import (
	"strings"
	"testing"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// inquiry is a question of the press with a deadline, as changed by change.
func inquiry(change ...func(*incident.Inquiry)) incident.Inquiry {
	q := incident.Inquiry{ID: "M-1", Contact: 1, Outlet: wrote("南方某报"), Person: wrote("李某"), Phone: "138****0000", Question: wrote("酸奶里的虫查清了吗？"),
		Due: at("03-10 17:00"), At: at("03-10 10:20"), By: "zhoumin", Answerer: "wanglei"}
	for _, c := range change {
		c(&q)
	}
	return q
}

func standalone(q *incident.Inquiry) { q.ID = "M-20260310-001" }

func bare(q *incident.Inquiry) {
	*q = incident.Inquiry{ID: q.ID, Question: wrote("酸奶的事"), At: q.At, By: q.By, Answerer: q.Answerer}
}

func step(n int) func(*incident.Inquiry) { return func(q *incident.Inquiry) { q.Step = n } }

func answeredBy(person, answer string, version int) func(*incident.Inquiry) {
	return func(q *incident.Inquiry) {
		q.AnsweredAt, q.AnsweredBy, q.Answer, q.TalkingPoints = at("03-10 16:40"), person, answer, version
	}
}

func pressed(q ...incident.Inquiry) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.Inquiries = q }
}

func tellMedia(tr *transcript) {
	v, now := voice, at("03-10 10:20")
	var none []*incident.Incident
	inc := handled(pressed(inquiry()))
	tr.chapter("登记")
	tr.say("怎么写", v.AskInquiry, inc)
	tr.say("怎么写，不在事件里", v.AskInquiry, (*incident.Incident)(nil))
	tr.say("都清楚", v.InquiryTaken, inc, inquiry(), none, now)
	tr.say("几乎都不清楚", v.InquiryTaken, inc, inquiry(bare), none, now)
	tr.say("只知道是谁", v.InquiryTaken, inc, inquiry(func(q *incident.Inquiry) { q.Question = "" }), none, now)
	tr.say("不属于哪件事", v.InquiryTaken, (*incident.Incident)(nil), inquiry(standalone), none, now)
	tr.say("也许是这些事的", v.InquiryTaken, (*incident.Incident)(nil), inquiry(standalone), []*incident.Incident{handled(), calm(), some(), some()}, now)
	tr.say("补上", v.InquiryAmended, inc, inquiry(), now)
	tr.say("补上，还差", v.InquiryAmended, inc, inquiry(bare, func(q *incident.Inquiry) { q.Due = at("03-11 09:00") }), now)
	tr.say("归入", v.InquiryPlaced, inc, inquiry(), "M-20260310-001", now)

	tr.chapter("答复人")
	tr.say("请答复", v.InquiryToAnswer, inc, inquiry(), "138-0000-0000", now)
	tr.say("请答复，不知几点前、没有电话", v.InquiryToAnswer, inc, inquiry(bare), "", now)
	tr.say("请答复，不属于哪件事", v.InquiryToAnswer, (*incident.Incident)(nil), inquiry(standalone), "138-0000-0000", now)
	tr.say("快到时限", v.InquiryReminder, inc, inquiry(step(1)), "", at("03-10 16:30"))
	tr.say("到时限", v.InquiryReminder, inc, inquiry(step(2)), "", at("03-10 17:00"))
	tr.say("停机后才说到时限", v.InquiryReminder, inc, inquiry(step(2)), "", at("03-10 18:10"))
	tr.say("告诉负责人", v.InquiryLate, inc, inquiry(step(3)), at("03-10 17:30"))
	tr.say("转给谁", v.AskAnswerer, inc, inquiry(), []string{"chenfang", "xuqing", "wuyan", "hanlu"})
	tr.say("转给谁，不属于哪件事", v.AskAnswerer, (*incident.Incident)(nil), inquiry(standalone), []string{"chenfang"})
	tr.say("改了人", v.InquiryPassed, inc, inquiry(func(q *incident.Inquiry) { q.Answerer = "xuqing" }), now)
	tr.say("改了人，已过时限", v.InquiryPassed, inc, inquiry(), at("03-10 17:30"))

	tr.chapter("答复")
	tr.say("怎么答的", v.AskAnswer, inc, inquiry())
	tr.say("怎么答的，不属于哪件事", v.AskAnswer, (*incident.Incident)(nil), inquiry(standalone))
	tr.say("没有在用的口径", v.NotInForce, inc, inquiry(), now)
	tr.say("另一版口径", v.NotInForce, handled(spoken(point())), inquiry(), now)
	tr.say("用口径", v.InquiryAnswered, inc, inquiry(answeredBy("wanglei", "", 1)), now)
	tr.say("自己写的", v.InquiryAnswered, inc, inquiry(answeredBy("xuqing", wrote("已电话说明，检测结果明天公布。"), 0)), now)
	tr.say("都有", v.InquiryAnswered, inc, inquiry(answeredBy("xuqing", wrote("已邮件回复"), 2)), now)
	tr.say("没有这条", v.NoInquiry, "M-9")
	tr.say("没有等着的", v.NoInquiry, "")
	tr.say("哪一条", v.WhichInquiry, "答复", []notice.Asked{{Incident: inc, Inquiry: inquiry()}, {Inquiry: inquiry(standalone)}})

	tr.chapter("哪里还看得到")
	late := inquiry(step(3), func(q *incident.Inquiry) { q.ID = "M-2" })
	open := handled(pressed(inquiry(answeredBy("wanglei", wrote("已邮件回复"), 1)), late, inquiry(bare, func(q *incident.Inquiry) { q.ID = "M-3" })))
	tr.say("详情", v.Detail, open, at("03-10 17:40"))
	tr.say("卡片", v.Present, open, "", at("03-10 17:40"))
	tr.say("平息时还没答复", v.Calmed, calm(pressed(late)), at("03-12 16:05"))
	tr.say("日报", v.Digest, notice.Digest{Now: at("03-11 08:30"), Planned: at("03-11 08:30"), Day: at("03-10 00:00"), Open: []*incident.Incident{open}, Press: []incident.Inquiry{inquiry(standalone)}})

	tr.chapter("媒体联系人")
	contact := notice.Contact{Outlet: wrote("南方某报"), Person: wrote("李某"), Phone: "138****0000", Steward: "wanglei",
		Asked: []notice.Asked{{Incident: inc, Inquiry: inquiry()}, {Inquiry: inquiry(standalone, answeredBy("wanglei", "", 1))}}}
	nameless := notice.Contact{Phone: "138****0000", Asked: []notice.Asked{{Inquiry: inquiry(standalone, bare)}}}
	tr.say("还没有", v.Contacts, []notice.Contact(nil), now)
	tr.say("两位", v.Contacts, []notice.Contact{contact, nameless}, at("03-11 09:00"))
	var many []notice.Contact
	for range 17 {
		many = append(many, contact)
	}
	tr.say("很多", v.Contacts, many, now)
	tr.say("一位", v.ContactCard, contact, at("03-11 09:00"))
	for range 10 {
		nameless.Asked = append(nameless.Asked, nameless.Asked[0])
	}
	tr.say("一位，未留名，来过很多次", v.ContactCard, nameless, at("03-11 09:00"))
	tr.say("没有这一位", v.WhichContact, wrote("赵某"), []notice.Contact(nil))
	tr.say("不止一位", v.WhichContact, wrote("某"), many[:2])
	tr.say("换维护人", v.StewardNamed, contact)
}

// TestTheWholeNumberIsForTheAnswererAlone: it stands on their own card and nowhere else.
func TestTheWholeNumberIsForTheAnswererAlone(t *testing.T) {
	const whole = "13800000000"
	m := voice.InquiryToAnswer(handled(), inquiry(), whole, at("03-10 10:20"))
	if !strings.Contains(m.Text, whole) || m.Text != notice.Flatten(*m.Card) {
		t.Errorf("the answerer reads %s", m.Text)
	}
	contact := notice.Contact{Outlet: "南方某报", Phone: whole, Asked: []notice.Asked{{Inquiry: inquiry(standalone)}}}
	for _, text := range []string{voice.Contacts([]notice.Contact{contact}, at("03-10 10:20")).Text, voice.ContactCard(contact, at("03-10 10:20")).Text} {
		if !strings.Contains(text, whole) {
			t.Errorf("the directory shows what it is given: %s", text)
		}
	}
	inc := handled(pressed(inquiry(func(q *incident.Inquiry) { q.Question = "请回电" + whole })))
	if text := voice.InquiryTaken(inc, inc.Inquiries[0], nil, at("03-10 10:20")).Text; strings.Contains(text, whole) {
		t.Errorf("others read %s", text)
	}
}
