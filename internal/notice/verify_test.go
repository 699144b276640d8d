package notice_test

import "fenghuo/internal/incident"

func tellVerify(tr *transcript) {
	v, now := voice, at("03-10 10:35")
	fact := func(element, value, status string) incident.Fact {
		return incident.Fact{Element: element, Value: wrote(value), Status: status, Source: "店长", At: now, By: "sunke"}
	}
	six := []incident.Fact{
		fact("时间", "03-09 19:40", incident.FactVerified), fact("地点", "滨江店", incident.FactVerified), fact("规模", "1杯，同批次2400杯已封存", incident.FactVerified),
		fact("性质", "产品质量", incident.FactVerified), fact("影响", "视频1.2万阅读", incident.FactVerified), fact("后果", "顾客无不适", incident.FactUnverified),
	}
	due := func(inc *incident.Incident) { inc.Verification.FullDue = at("03-11 09:21") }
	with := func(facts []incident.Fact, conclusion string) *incident.Incident {
		return handled(due, func(inc *incident.Incident) {
			ver := &inc.Verification
			ver.Facts, ver.Conclusion = facts, conclusion
			if len(facts) == 6 {
				ver.FirstAt, ver.FirstVerdict = now, incident.OnTime
			}
			if conclusion != "" {
				ver.By = "wanglei"
			}
			if conclusion == incident.ConclusionMistaken {
				inc.State = incident.FalseReport
			}
		})
	}
	act := func(conclusion, why string, found ...incident.Fact) incident.Act {
		return incident.Act{Kind: incident.Verified, At: now, By: "wanglei", Found: found, Conclusion: conclusion, Text: why}
	}
	tr.chapter("核实")
	tr.say("请核实", v.AskVerification, handled(due), now)
	tr.say("接着核实，已过时限", v.AskVerification, with(six[:2], ""), at("03-10 14:00"))
	tr.say("报了两项", v.Verified, with(six[:2], ""), act("", "", six[:2]...), now)
	tr.say("六项报全，有一项待核实", v.Verified, with(six, ""), act("", "", six...), now)
	late := with(six[:5], "")
	late.Verification.Facts = append(late.Verification.Facts, fact("后果", "顾客无不适", incident.FactVerified))
	late.Verification.FirstAt, late.Verification.FirstVerdict = now, incident.Late
	tr.say("六项报全，晚了，没有结论", v.Verified, late, act("", ""), now)
	for _, c := range incident.Conclusions {
		tr.say("结论", v.Verified, with(six, c), act(c, wrote("是别家门店")), at("03-10 10:36"))
	}
	tr.say("为什么是误报", v.WhyMistaken, handled())
	tr.say("重开", v.Reopened, handled(), "wanglei", wrote("又有顾客发视频"), now)
}
