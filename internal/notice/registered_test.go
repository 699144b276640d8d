package notice_test

import (
	"time"

	"fenghuo/internal/incident"
)

func tellRegistered(tr *transcript) {
	v, now := voice, at("03-10 09:16")
	report := func(verdict incident.Verdict, due string) func(*incident.Incident) {
		return func(inc *incident.Incident) {
			inc.FirstReport.Verdict, inc.FirstReport.Due = verdict, at(due)
		}
	}
	whole := func(inc *incident.Incident) { inc.Elements.Missing = nil }
	tr.chapter("登记")
	tr.say("准时，要素不全", v.Registered, some(), now)
	tr.say("要素已齐，明早才到期", v.Registered, some(whole, func(inc *incident.Incident) { inc.Ack.Due = at("03-11 09:00") }), now)
	tr.say("晚了", v.Registered, some(report(incident.Late, "03-10 09:10")), now)
	tr.say("未判", v.Registered, some(report(incident.Pending, "03-10 10:05")), now)
	tr.say("不计时限", v.Registered, some(report(incident.Excused, "03-10 09:10")), now)
	tr.say("口头首报在前，值班人负责", v.Registered, some(func(inc *incident.Incident) {
		inc.FirstReport.Kind, inc.FirstReport.At, inc.OnDuty, inc.Officer = incident.ByForward, at("03-10 09:35"), true, "dingwei"
	}), at("03-10 10:10"))
	tr.say("要素没有时限", v.Registered, some(func(inc *incident.Incident) { inc.Elements.Due = time.Time{} }), now)
	tr.say("要素时限已过", v.Registered, some(func(inc *incident.Incident) { inc.Ack.Due = at("03-10 12:15") }), at("03-10 12:00"))
	tr.say("演练，红级，别的都没填", v.Registered, some(level(incident.LevelI), func(inc *incident.Incident) {
		inc.Drill, inc.Platforms, inc.Subject, inc.Impact = true, nil, "", nil
	}), now)

	tr.say("有链接、截图和附件", v.Registered, some(whole, func(inc *incident.Incident) {
		inc.Links = []string{"https://v.example.test/aBc12/"}
		inc.Evidence = []incident.Evidence{{Kind: "image"}, {Kind: "image"}, {Kind: "image", Withdrawn: true}, {Kind: "file"}}
	}), now)
	tr.say("只有截图，不知在哪看到", v.Registered, some(whole, func(inc *incident.Incident) { inc.Platforms, inc.Evidence = nil, []incident.Evidence{{Kind: "image"}} }), now)

	tr.chapter("别处填的、限制知悉的，告诉报告人")
	tr.say("要素不全", v.RegisteredFor, some(), now)
	tr.say("要素没有时限", v.RegisteredFor, some(func(inc *incident.Incident) { inc.Elements.Due = time.Time{} }), now)
	tr.say("要素已齐", v.RegisteredFor, some(whole), now)

	tr.chapter("不打扰责任人")
	quiet := func(planned string) *incident.Incident {
		return some(level(incident.LevelIV), state(incident.Submitted), func(inc *incident.Incident) { inc.Ack.Planned = at(planned) })
	}
	tr.say("夜间", v.RegisteredQuiet, quiet("03-11 09:00"), at("03-11 10:00"), at("03-10 22:41"), "")
	tr.say("周末白天", v.RegisteredQuiet, quiet("03-16 09:00"), at("03-16 10:00"), at("03-14 15:00"), "")
	tr.say("节假日夜间", v.RegisteredQuiet, quiet("10-09 09:00"), at("10-09 10:00"), at("10-01 22:41"), "国庆第1天")
	tr.say("节假日白天，要素已齐", v.RegisteredQuiet, some(level(incident.LevelIV), whole, func(inc *incident.Incident) { inc.Ack.Planned = at("10-09 09:00") }),
		at("10-09 10:00"), at("10-01 12:00"), "国庆第1天")

	tr.chapter("叫责任人、告诉领导、告诉群")
	tr.say("等到时候才叫", v.Call, some(), now, "")
	tr.say("转给别人", v.Reassigned, some(func(inc *incident.Incident) { inc.Officer, inc.OnDuty = "chenfang", true }), "wanglei", now)
	tr.say("登记即告知", v.ToldAtOnce, some(level(incident.LevelII)), now)
	tr.say("一行指路", v.Pointer, some())
	tr.say("进群问好", v.Hello, false)
	tr.say("第一次打开私聊", v.Hello, true)
}
