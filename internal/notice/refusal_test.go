package notice_test

import (
	"time"

	"fenghuo/internal/incident"
)

func tellRefusal(tr *transcript) {
	v, now := voice, at("03-10 14:00")
	tr.chapter("现在不能这样办")
	closed := handled(state(incident.Closed), func(inc *incident.Incident) { inc.ClosedAt = at("03-10 11:10") })
	refuse := func(when string, inc *incident.Incident, e incident.Refusal) {
		e.Number = inc.Number
		tr.say(when, v.Refused, inc, &e, now)
	}
	refuse("已办结", closed, incident.Refusal{Code: incident.Over})
	refuse("已办结，不知何时", handled(state(incident.Closed)), incident.Refusal{Code: incident.Over})
	for _, s := range []incident.State{incident.Abandoned, incident.Withdrawn, incident.Merged, incident.FalseReport, incident.Handling} {
		refuse("已结束："+string(s), handled(state(s)), incident.Refusal{Code: incident.Over})
	}
	refuse("还没填完", some(state(incident.Draft)), incident.Refusal{Code: incident.NotSubmitted})
	refuse("已有人签收", handled(), incident.Refusal{Code: incident.AlreadyAcked, Who: "wanglei"})
	refuse("要别人来", handled(), incident.Refusal{Code: incident.NotYours, Who: "wuyan"})
	refuse("要别人来，不知是谁", handled(), incident.Refusal{Code: incident.NotYours})
	refuse("还没签收", some(), incident.Refusal{Code: incident.NotAcked, Who: "wanglei"})
	refuse("没有等答复的事", handled(), incident.Refusal{Code: incident.NothingAsked})
	refuse("不用续报，没签收", some(), incident.Refusal{Code: incident.NoSlot})
	refuse("不用续报，已平息", calm(func(inc *incident.Incident) { inc.CalmAt = at("03-10 13:00") }), incident.Refusal{Code: incident.NoSlot})
	refuse("已续报", handled(slot(2, "03-11 09:00")), incident.Refusal{Code: incident.FollowUpDuplicate, Slot: 1, Who: "wuyan", At: at("03-10 13:52")})
	refuse("延期太晚", handled(), incident.Refusal{Code: incident.ExtensionLate, At: at("03-10 13:30")})
	refuse("连续延期", handled(), incident.Refusal{Code: incident.ExtensionTwice})
	refuse("延得太久", handled(), incident.Refusal{Code: incident.ExtensionTooLong, At: at("03-10 19:00")})
	refuse("没有延", handled(), incident.Refusal{Code: incident.ExtensionNotLater, At: at("03-10 17:00")})
	refuse("本来就是他", handled(), incident.Refusal{Code: incident.SamePerson, Who: "wuyan"})
	refuse("还不能平息", handled(), incident.Refusal{Code: incident.NotCalmYet, At: at("03-09 14:30"), Left: 30 * time.Minute})
	refuse("先平息", handled(), incident.Refusal{Code: incident.CalmFirst})
	refuse("已平息", calm(), incident.Refusal{Code: incident.AlreadyCalm, At: at("03-10 13:00")})
	refuse("它是头一件", handled(), incident.Refusal{Code: incident.HasParts})
	refuse("没有并在别处", handled(), incident.Refusal{Code: incident.NoSuchPart})
	refuse("一条更正还没定", handled(), incident.Refusal{Code: incident.CorrectionWaits, Who: "zhoumin", At: at("03-10 09:30")})
	refuse("不用更正", handled(), incident.Refusal{Code: incident.NothingToCorrect})
	refuse("知悉时间没有依据", handled(), incident.Refusal{Code: incident.KnownNeedsProof})
	refuse("不用小结", calm(), incident.Refusal{Code: incident.NoInterim})
	refuse("复盘要等办结", calm(), incident.Refusal{Code: incident.CloseFirst})
	refuse("没有待批复盘", archived(), incident.Refusal{Code: incident.NoDebrief})
	refuse("没有待批终报", calm(), incident.Refusal{Code: incident.NoFinal})
	refuse("六要素不全", handled(), incident.Refusal{Code: incident.FactsMissing})
	refuse("还在办", handled(), incident.Refusal{Code: incident.NotOver})
	refuse("级别没变", handled(), incident.Refusal{Code: incident.SameLevel, Level: incident.LevelIII})
	refuse("红级要别人定", handled(), incident.Refusal{Code: incident.LevelStep, Who: "heyun"})
	refuse("没有风险", handled(), incident.Refusal{Code: incident.NoRisk})
	refuse("办过了", handled(), incident.Refusal{Code: incident.AnsweredAlready})
	refuse("没有这个风险", handled(risk(slow)), incident.Refusal{Code: incident.NoSuchRisk})
	refuse("没有等着的认定", handled(), incident.Refusal{Code: incident.NoFinding})
	refuse("没提醒到", handled(), incident.Refusal{Code: incident.NotReminded})
	refuse("首报准时", handled(), incident.Refusal{Code: incident.NotLate})
	refuse("没报轻", handled(), incident.Refusal{Code: incident.NotLight})
	refuse("没有证据", handled(), incident.Refusal{Code: incident.NoEvidence})
	refuse("本人的事", handled(), incident.Refusal{Code: incident.OwnCase})
	refuse("要另一位", handled(), incident.Refusal{Code: incident.SecondPerson, Who: "xuqing"})
	refuse("申诉晚了", handled(), incident.Refusal{Code: incident.AppealLate, At: at("03-09 18:00")})
	refuse("申诉晚了，不知何时", handled(), incident.Refusal{Code: incident.AppealLate})
	refuse("没有这条来询", handled(), incident.Refusal{Code: incident.NoInquiry})
	refuse("来询答复过了", handled(), incident.Refusal{Code: incident.InquiryClosed, Who: "wanglei", At: at("03-10 13:00")})
	refuse("说不上来", handled(), incident.Refusal{Code: "unheard of"})

	tr.chapter("谁能办、哪一件")
	tr.say("要别人来", v.NotAllowed, "平息", "wanglei")
	tr.say("几个人都行", v.NotAllowed, "接手", "wanglei", "chenfang", "wanglei", "", "xuqing")
	tr.say("谁都不行", v.NotAllowed, "日报")
	tr.say("没有这一件", v.NotFound, "009")
	var many []*incident.Incident
	for range 7 {
		many = append(many, handled())
	}
	tr.say("几件里选", v.WhichIncident, "续报", many[:2])
	tr.say("太多件", v.WhichIncident, "续报", many)
	tr.say("一件也没有", v.WhichIncident, "续报", many[:0])
	tr.say("短编号", v.WhichIncident, "续报", []*incident.Incident{handled(func(inc *incident.Incident) { inc.Number = "7" })})
	tr.say("没写给谁", v.NoSuchPerson, "", "移交给 丁伟，休假到周五")
	tr.say("没写转给谁", v.AskPerson, some(), "转办", []string{"chenfang", "xuqing", "heyun", "gubo"})
	tr.say("认不出人", v.NoSuchPerson, wrote("小丁"), "移交给 丁伟，休假到周五")

	tr.chapter("没听懂、没写全、没收到")
	tr.say("没听懂", v.DidYouMean, "")
	tr.say("像一个词", v.DidYouMean, "续报")
	tr.say("没写内容", v.NeedWords, "补充 阅读3.2万，店员已致歉")
	tr.say("时间没看懂", v.BadTime, now)
	tr.say("文件太大", v.FileTrouble, wrote("现场.mp4"), "too_big")
	tr.say("文件收不了", v.FileTrouble, "setup.exe", "wrong_type")
	tr.say("文件没到", v.FileTrouble, wrote("现场.mp4"), "")
	tr.say("服务出了岔子", v.Trouble)
}
