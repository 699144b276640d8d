package notice_test

import (
	"time"

	"fenghuo/internal/incident"
)

func tellNag(tr *transcript) {
	v := voice
	half := 30 * time.Minute
	late := some(func(inc *incident.Incident) { inc.Elements.Missing = []string{"传播数据", "截图"} })
	tr.chapter("到期前")
	settled := func(inc *incident.Incident) { inc.Verification.FirstDue, inc.Talk.Due = time.Time{}, time.Time{} }
	tr.say("续报", v.Remind, handled(settled), incident.AboutSlot, at("03-10 16:30"))
	tr.say("续报，核实和口径已过时限", v.Remind, handled(func(inc *incident.Incident) {
		inc.Verification.FirstDue, inc.Talk.Due = at("03-10 13:21"), at("03-10 13:21")
	}), incident.AboutSlot, at("03-10 16:30"))
	tr.say("续报，过了零点才到期", v.Remind, handled(slot(2, "03-11 00:15")), incident.AboutSlot, at("03-10 23:45"))
	tr.say("要素", v.Remind, late, incident.AboutElements, at("03-10 10:35"))
	tr.say("终报", v.Remind, calm(), incident.AboutFinal, at("03-17 17:30"))
	tr.say("初步核实", v.Remind, handled(), incident.AboutVerifyFirst, at("03-10 13:06"))
	tr.say("完整核实，还有待核实的", v.Remind, handled(halfVerified), incident.AboutVerifyFull, at("03-11 09:06"))
	tr.say("口径初稿", v.Remind, handled(), incident.AboutTalk, at("03-10 13:06"))
	tr.say("阶段小结", v.Remind, calm(level(incident.LevelI), interim), incident.AboutInterim, at("03-13 15:55"))
	tr.say("复盘", v.Remind, archived(), incident.AboutDebrief, at("03-27 09:00"))

	tr.chapter("到期")
	tr.say("续报", v.Due, handled(), incident.AboutSlot)
	tr.say("要素", v.Due, late, incident.AboutElements)
	tr.say("终报", v.Due, calm(), incident.AboutFinal)
	tr.say("初步核实", v.Due, handled(), incident.AboutVerifyFirst)
	tr.say("完整核实，只差结论", v.Due, handled(halfVerified, func(inc *incident.Incident) { inc.Verification.Facts = nil }), incident.AboutVerifyFull)
	tr.say("口径初稿", v.Due, handled(), incident.AboutTalk)
	tr.say("阶段小结", v.Due, calm(level(incident.LevelI), interim), incident.AboutInterim)
	tr.say("复盘", v.Due, archived(), incident.AboutDebrief)

	tr.chapter("过了宽限")
	elements, final, ack := riskOf("缓报", "要素补全", "zhoumin"), riskOf("缓报", "终报", "wuyan"), riskOf("缓报", "签收", "wanglei")
	tr.say("续报", v.Risk, handled(), slow, half)
	tr.say("要素", v.Risk, late, elements, half)
	tr.say("终报", v.Risk, calm(), final, 2*time.Hour)
	tr.say("初步核实", v.Risk, handled(level(incident.LevelII)), riskOf("缓报", "初步核实", "wanglei"), 10*time.Minute)
	tr.say("口径初稿", v.Risk, handled(level(incident.LevelII)), riskOf("缓报", "口径初稿", "wanglei"), 10*time.Minute)
	tr.say("阶段小结", v.Risk, calm(level(incident.LevelI), interim), riskOf("缓报", "阶段小结", "wuyan"), 5*time.Minute)
	tr.say("签收", v.Risk, some(), ack, time.Duration(0))
	tr.say("续报，告诉部门负责人", v.RiskToHead, handled(), slow, half)
	tr.say("签收，告诉部门负责人", v.RiskToHead, some(), ack, time.Duration(0))
	tr.say("第二次提醒", v.RiskSecond, handled(), at("03-10 18:30"))
	missed := slow
	missed.Kind = "漏报"
	tr.say("整个时段未报", v.Missed, handled(slot(2, "03-11 09:00")), 1, missed)
	gone := elements
	gone.Kind = "漏报"
	stop := riskOf("漏报", "终报", "wuyan")
	stop.Reason = "平息后30天仍未报终报"
	tr.say("终报最后期限", v.HardStop, calm(), stop)
	tr.say("终报最后期限，告诉领导", v.HardStopToLeader, calm(), stop)
	tr.say("要素一直缺", v.ElementsMissed, late, gone)

	tr.chapter("说明")
	tr.say("请说明", v.AskExplanation, handled(risk(slow)), slow)
	told := slow
	told.Explanation = wrote("等检测室电话。")
	tr.say("说明已收", v.Explained, told)
}

func tellOutage(tr *transcript) {
	v := voice
	none := []string(nil)
	grace := func(to string) incident.Nag { return incident.Nag{GraceTo: at(to), Outage: true} }
	tr.chapter("停机后补发")
	inc := handled(slot(2, "03-11 09:00"), func(inc *incident.Incident) {
		inc.Slot.Nag = grace("03-11 09:40")
		inc.Elements.Nag, inc.Elements.Due, inc.Elements.At = grace("03-11 09:40"), at("03-10 21:05"), time.Time{}
		inc.Final.Due, inc.Final.Nag = at("03-11 09:00"), grace("03-11 11:10")
	})
	now := at("03-11 09:10")
	tr.say("一行：续报", v.CatchUpDue, *inc.Duty(incident.AboutSlot), now)
	tr.say("一行：要素", v.CatchUpDue, *inc.Duty(incident.AboutElements), now)
	tr.say("一行：终报", v.CatchUpDue, *inc.Duty(incident.AboutFinal), now)
	lines := []string{v.CatchUpDue(*inc.Duty(incident.AboutSlot), now), v.CatchUpDue(*inc.Duty(incident.AboutElements), now)}
	tr.say("一条", v.CatchUp, inc, at("03-11 08:20"), now, lines[:1], []string{"wuyan"})
	tr.say("两样到期，跨夜", v.CatchUp, inc, at("03-10 23:50"), now, lines, []string{"wuyan", "zhoumin", "wuyan"})
	tr.say("停了两天", v.CatchUp, inc, at("03-09 08:20"), now, lines[:1], none)
}
