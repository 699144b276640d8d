package notice_test

import (
	"strings"
	"time"

	"fenghuo/internal/incident"
)

func tellFollowUp(tr *transcript) {
	v := voice
	next := slot(2, "03-11 09:00")
	tr.chapter("续报")
	tr.say("请续报", v.AskFollowUp, handled(), at("03-10 16:40"))
	tr.say("请续报，已到期", v.AskFollowUp, handled(), at("03-10 17:10"))
	tr.say("准时", v.FollowedUp, handled(followed(first("03-10 16:52", incident.OnTime, "")), next), at("03-10 16:52"))
	tr.say("宽限内", v.FollowedUp, handled(followed(first("03-10 17:12", incident.OnTime, "宽限内")), next), at("03-10 17:12"))
	tr.say("催办未送达", v.FollowedUp, handled(followed(first("03-10 17:42", incident.Excused, "催办未送达，不计")), next), at("03-10 17:42"))
	tr.say("晚，待说明", v.FollowedUp, handled(followed(first("03-10 17:42", incident.Late, "")), next, risk(slow)), at("03-10 17:42"))
	tr.say("很晚，风险是别的事", v.FollowedUp, handled(followed(first("03-11 08:00", incident.LateGrave, "")), next, risk(riskOf("缓报", "要素补全", "wuyan"))), at("03-11 08:00"))
	tr.say("没有下一次", v.FollowedUp, calm(followed(first("03-10 16:52", incident.OnTime, ""))), at("03-10 16:52"))
	dup := &incident.Refusal{Code: incident.FollowUpDuplicate, Number: number, Slot: 1, Who: "wuyan", At: at("03-10 16:52")}
	tr.say("重复，有新内容", v.DuplicateFollowUp, handled(next), dup, true, at("03-10 17:02"))
	tr.say("重复，一字不差，没有下一次", v.DuplicateFollowUp, calm(), dup, false, at("03-10 17:02"))

	tr.chapter("延期")
	tr.say("延到几点", v.AskExtension, handled(next), at("03-11 08:20"))
	ext := incident.Extension{Slot: 2, By: "wuyan", Reason: wrote("检测报告未出。"), Old: at("03-11 09:00"), New: at("03-11 10:00"), State: "asked", Judge: "wanglei"}
	asked := func(inc *incident.Incident) { inc.Extension = &ext }
	tr.say("申请", v.ExtensionAsked, handled(next, asked), "wanglei", at("03-11 08:20"))
	tr.say("前一晚申请", v.ExtensionAsked, handled(next, asked), "wanglei", at("03-10 21:00"))
	ok := ext
	ok.State = "approved"
	tr.say("同意", v.ExtensionDecided, handled(next), ok, "", at("03-11 08:25"))
	tr.say("不同意", v.ExtensionDecided, handled(next), ext, wrote("领导在等"), at("03-11 08:25"))
	tr.say("不同意，没说理由，已到期", v.ExtensionDecided, handled(next), ext, "", at("03-11 09:05"))

	tr.chapter("移交跟踪")
	hand := func(inc *incident.Incident) {
		inc.Handover = &incident.Handover{From: "wuyan", To: "dingwei", At: at("03-11 11:00"), Reason: wrote("休假到周五")}
	}
	past := followed(first("03-10 16:52", incident.OnTime, ""),
		incident.FollowUp{N: 2, Due: at("03-11 09:00"), Verdict: incident.Missed},
		incident.FollowUp{N: 3, Due: at("03-11 10:00"), Verdict: incident.Excused, Note: "停机期间"},
		incident.FollowUp{N: 4, Due: at("03-11 11:00"), At: at("03-11 10:50"), By: "wuyan", Text: wrote("检测报告合格，正在和顾客沟通"), Verdict: incident.OnTime})
	tr.say("请接收", v.HandoverAsked, handled(hand, past, slot(5, "03-11 17:00"), func(inc *incident.Incident) { inc.Elements.Missing = []string{"截图"} }), at("03-11 11:00"))
	tr.say("下次已到期", v.HandoverAsked, handled(hand), at("03-11 11:00"))
	tr.say("只剩终报", v.HandoverAsked, calm(hand), at("03-13 11:00"))
	tr.say("终报也到期了", v.HandoverAsked, calm(hand), at("03-18 11:00"))
	tr.say("都没有", v.HandoverAsked, calm(hand, func(inc *incident.Incident) { inc.Final = incident.Paper{} }), at("03-13 11:00"))
	took := func(inc *incident.Incident) { inc.Tracker = "dingwei" }
	tr.say("已接收", v.HandedOver, handled(took, slot(5, "03-11 17:00")), at("03-11 11:06"))
	tr.say("已接收，不用再续报", v.HandedOver, calm(took), at("03-13 11:06"))

	tr.chapter("补充")
	tr.say("没写内容", v.AskAddition, handled())
	none := []string(nil)
	tr.say("要素已齐", v.Added, handled(), []string{wrote("阅读1.5万。")})
	tr.say("还差", v.Added, some(), []string{wrote("阅读1.5万"), wrote("cup.png")})
	tr.say("很长", v.Added, handled(), []string{strings.Repeat("顾客情绪平稳，", 30)})
	tr.say("没有文字", v.Added, handled(), none)
	tr.say("别处说的，搬到话题里", v.AddedFrom, "linke", wrote("13:10那条传播数据：阅读8万"))
	tr.say("别处说的，告诉去处", v.NotedInTopic, handled())

	tr.chapter("情况有变")
	material := func(wanted, due string, merged bool) func(*incident.Incident) {
		return func(inc *incident.Incident) {
			inc.Material = incident.Material{At: at("03-10 22:30"), Text: wrote("有新视频。"), Wanted: at(wanted), Due: at(due), Merged: merged}
		}
	}
	tr.say("加一次续报", v.MaterialChange, handled(material("03-10 15:30", "03-10 15:30", false), slot(1, "03-10 15:30")), at("03-10 14:30"), false)
	tr.say("并入下一次", v.MaterialChange, handled(material("03-10 17:00", "03-10 17:00", true)), at("03-10 16:10"), false)
	tr.say("夜间顺延", v.MaterialChange, handled(material("03-10 23:30", "03-11 09:00", true), next), at("03-10 22:30"), true)
	tr.say("零点后顺延", v.MaterialChange, handled(material("03-11 01:30", "03-11 09:00", true), next), at("03-11 00:30"), true)
	tr.say("顺延但不并入", v.MaterialChange, handled(material("03-10 23:30", "03-11 08:00", false), slot(2, "03-11 08:00")), at("03-10 22:30"), true)
	tr.say("还没签收，没有跟踪人", v.MaterialChange, some(material("03-10 10:30", "03-10 10:30", false)), at("03-10 09:30"), false)
}

func tellClosing(tr *transcript) {
	v, now := voice, at("03-12 16:05")
	tr.chapter("平息")
	tr.say("有终报时限", v.Calmed, calm(), now)
	tr.say("没有终报时限", v.Calmed, calm(func(inc *incident.Incident) { inc.Final.Due = time.Time{} }), now)

	tr.chapter("终报")
	final := func(when string, verdict incident.Verdict) func(*incident.Incident) {
		return func(inc *incident.Incident) {
			inc.State = incident.FinalReview
			inc.Final.At, inc.Final.By, inc.Final.Verdict = at(when), "wuyan", verdict
			inc.Final.Text = wrote("起因：顾客称酸奶杯里有虫。结果：检测合格，顾客接受道歉。防范措施：杯盖密封存放，马越，3月20日")
		}
	}
	tr.say("请写", v.AskFinal, calm())
	tr.say("退回要写原因", v.AskReturn, calm(state(incident.FinalReview)))
	tr.say("准时", v.FinalFiled, calm(final("03-16 15:30", incident.OnTime)), "xuqing", []string(nil))
	tr.say("不全", v.FinalFiled, calm(final("03-16 15:30", incident.OnTime)), "xuqing", []string{"教训", "防范措施的负责人"})
	tr.say("晚", v.FinalFiled, calm(final("03-17 19:10", incident.Late)), "xuqing", []string(nil))
	tr.say("很晚", v.FinalFiled, calm(final("03-21 18:00", incident.LateGrave)), "xuqing", []string(nil))
	tr.say("不计时限", v.FinalFiled, calm(final("03-17 19:10", incident.Excused)), "xuqing", []string(nil))
	back := func(inc *incident.Incident) {
		inc.Final.Returned = []incident.Note{{By: "xuqing", Text: wrote("防范措施缺负责人。")}}
	}
	tr.say("退回", v.FinalReturned, calm(back), at("03-16 16:00"))
	tr.say("当天退回", v.FinalReturned, calm(back), at("03-17 16:00"))
	tr.say("退回时已过时限", v.FinalReturned, calm(back), at("03-17 18:30"))
	tr.say("办结", v.Closed, calm(state(incident.Closed), func(inc *incident.Incident) { inc.Final.ApprovedBy = "xuqing" }), at("03-16 09:00"))
	tr.say("办结，要复盘", v.Closed, archived(), at("03-13 11:00"))
	amend := incident.Correction{N: 1, Key: "found_at", Label: "发现时间", Old: "今天09:05", New: "今天08:50", Reason: wrote("看错了"), By: "zhoumin", At: at("03-10 09:30"), Status: incident.CorrectionOpen}
	known := incident.Correction{N: 1, Key: incident.KnownKey, Label: "知悉时间", New: "2026-03-10 07:30", Reason: wrote("店长群里说过"), Grounds: []string{"证人：林可"}, By: "linke", At: at("03-10 09:30"), Status: incident.CorrectionOpen}
	with := func(c incident.Correction) func(*incident.Incident) {
		return func(inc *incident.Incident) { inc.Corrections = []incident.Correction{c} }
	}
	tr.say("消息被改", v.MessageEdited, handled(), "zhoumin", wrote("阅读不是3.2万，是32万"))
	tr.say("怎么更正", v.AskCorrection, handled(), at("03-10 09:30"))
	tr.say("申请更正", v.CorrectionAsked, handled(with(amend)), []string{"wuyan", "wanglei"})
	tr.say("申请改知悉时间", v.CorrectionAsked, handled(with(known)), []string{"wuyan"})
	tr.say("没有人能同意", v.CorrectionAsked, handled(with(amend)), []string(nil))
	refused := amend
	refused.Status, refused.Judge, refused.Words = incident.CorrectionNot, "wuyan", wrote("视频是9点发的")
	tr.say("不同意更正", v.CorrectionDecided, handled(with(refused)), refused)
	made := amend
	made.Status, made.Judge, made.Judged, made.Verdict = incident.CorrectionMade, "wuyan", at("03-10 09:40"), incident.Late
	tr.say("同意更正", v.CorrectionDecided, handled(with(made)), made)
	tr.say("详情里的更正", v.Detail, handled(with(made)), at("03-10 10:00"))
	tardy := riskOf("迟报", "首报", "mayue")
	tardy.Reason = "知悉时间更正后，首报晚于时限03-10 08:30"
	tr.say("更正后首报晚了", v.LateByCorrection, handled(risk(tardy)), tardy)
	page := func(inc *incident.Incident) {
		inc.Interim.At, inc.Interim.By, inc.Interim.Verdict, inc.Interim.Text = at("03-13 15:00"), "wuyan", incident.OnTime, wrote("12日起无新增，顾客已和解，同批次已召回。")
	}
	tr.say("平息，一级先交小结", v.Calmed, calm(level(incident.LevelI), interim), at("03-12 16:05"))
	tr.say("阶段小结已收", v.InterimFiled, calm(level(incident.LevelI), interim, page))
	tr.say("阶段小结，给领导", v.InterimToLeader, calm(level(incident.LevelI), interim, page))
	debriefed := func(inc *incident.Incident) {
		inc.Debrief.At, inc.Debrief.By, inc.Debrief.Verdict = at("03-26 15:00"), "wuyan", incident.OnTime
		inc.Debrief.Text = wrote("做得好：10分钟内签收。不足：口径晚了40分钟。措施：口径模板先备好，许清，4月10日。")
	}
	tr.say("复盘待批", v.DebriefFiled, archived(debriefed), "xuqing")
	tr.say("复盘退回", v.DebriefReturned, archived(debriefed, func(inc *incident.Incident) {
		inc.Debrief.Returned = []incident.Note{{At: at("03-26 16:00"), By: "xuqing", Text: wrote("缺负责人")}}
	}))
	tr.say("复盘通过", v.DebriefAccepted, archived(debriefed, func(inc *incident.Incident) { inc.Debrief.ApprovedBy = "xuqing" }))
}
