package notice_test

import "fenghuo/internal/incident"

func tellPresent(tr *transcript) {
	v := voice
	tr.chapter("卡片跟着事件走")
	tr.say("待签收，在群里", v.Present, some(), "", at("03-10 09:20"))
	tr.say("待签收，领导看到的", v.Present, some(), "xuqing", at("03-10 09:40"))
	tr.say("已签收", v.Present, handled(), "", at("03-10 09:21"))
	tr.say("报过续报，有风险", v.Present, handled(followed(first("03-10 16:52", incident.OnTime, "")), slot(2, "03-11 09:00"), risk(slow)), "wuyan", at("03-10 17:30"))
	tr.say("临时升级", v.Present, handled(level(incident.LevelII), func(inc *incident.Incident) {
		inc.Level.Provisional, inc.Level.Lapses = true, at("03-10 12:00")
	}), "", at("03-10 10:00"))
	tr.say("待终报", v.Present, calm(), "", at("03-12 16:05"))
	tr.say("终报待批", v.Present, calm(state(incident.FinalReview)), "", at("03-13 16:05"))
	tr.say("已办结", v.Present, calm(state(incident.Closed), func(inc *incident.Incident) { inc.ClosedAt = at("03-14 10:00") }), "", at("03-14 10:00"))
	tr.say("撤回", v.Present, some(state(incident.Withdrawn)), "", at("03-10 10:00"))
	tr.say("转为保密", v.Sealed, some())
	tr.say("撤回", v.Withdrawn)
	tr.say("群里撤不回", v.LeftInGroup, handled(), "舆情直报群")
}
