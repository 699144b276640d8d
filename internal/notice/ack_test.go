package notice_test

import (
	"time"

	"fenghuo/internal/incident"
)

func tellAck(tr *transcript) {
	v, now := voice, at("03-10 09:21")
	none := []string(nil)
	read := func(inc *incident.Incident) {
		inc.Ack.Called = []incident.Called{{Person: "wanglei", At: at("03-10 09:16"), Read: at("03-10 09:18")}}
	}
	tr.chapter("催办")
	tr.say("第1步", v.Ladder, some(), 1, []string{"wanglei"}, 15*time.Minute, false)
	tr.say("第1步，已读", v.Ladder, some(read), 1, []string{"wanglei"}, 15*time.Minute, false)
	tr.say("第2步", v.Ladder, some(), 2, []string{"chenfang", "xuqing"}, 30*time.Minute, false)
	tr.say("第3步，请示", v.Ladder, some(level(incident.LevelII)), 3, []string{"heyun"}, 30*time.Minute, true)
	tr.say("请示无人可请", v.Ladder, some(), 3, none, 90*time.Minute, true)
	tr.say("无人可催", v.Ladder, some(), 2, none, 30*time.Minute, false)
	tr.say("私聊责任人，已读", v.LadderDirect, some(read), "wanglei", 1, 15*time.Minute)
	tr.say("私聊B岗，第3步", v.LadderDirect, some(), "chenfang", 3, 45*time.Minute)
	tr.say("私聊分管领导，第3步", v.LadderDirect, some(), "heyun", 3, 45*time.Minute)
	tr.say("加急改道", v.UrgentFallback, some(), "电话加急额度已用完，改为应用内加急。")

	tr.chapter("签收")
	tr.say("按时", v.Acked, handled(), "wanglei", now)
	tr.say("催办后由B岗签收", v.Acked, handled(func(inc *incident.Incident) {
		inc.Officer, inc.Ack.By, inc.Ack.At, inc.Ack.Step = "chenfang", "chenfang", at("03-10 09:48"), 3
	}), "wanglei", at("03-10 09:48"))
	tr.say("通知送达前", v.Acked, handled(func(inc *incident.Incident) { inc.Ack.From = time.Time{} }), "wanglei", now)
	tr.say("催办已发、还没送达", v.Acked, handled(func(inc *incident.Incident) { inc.Ack.From, inc.Ack.Step = time.Time{}, 1 }), "wanglei", now)
	tr.say("没有跟踪人，没有下一步", v.Acked, handled(func(inc *incident.Incident) {
		inc.Tracker, inc.Verification, inc.Talk.Due, inc.Slot = "", incident.Verification{}, time.Time{}, incident.Slot{}
	}), "wanglei", now)
	tr.say("卡片变灰", v.Done, "wanglei", "已签收", now)
	tr.say("点了旧卡片，已签收", v.Stale, handled())
	tr.say("点了旧卡片", v.Stale, some())

	tr.chapter("换责任人")
	wants := func(inc *incident.Incident) { inc.Takeover = &incident.Takeover{By: "chenfang"} }
	offers := func(reason string) func(*incident.Incident) {
		return func(inc *incident.Incident) {
			inc.Takeover = &incident.Takeover{By: "chenfang", Offered: true, Reason: reason}
		}
	}
	tr.say("想接手", v.TakeoverAsked, handled(wants))
	tr.say("想转出", v.TakeoverAsked, handled(offers(wrote("明天出差。"))))
	tr.say("想转出，没说原因", v.TakeoverAsked, handled(offers("")))
	tr.say("同意", v.TakenOver, handled(func(inc *incident.Incident) { inc.Officer = "chenfang" }))
	tr.say("不同意", v.TakeoverRefused, handled(), "chenfang")

	tr.chapter("级别")
	tr.say("临时升级没有确认", v.LevelLapsed, handled(), incident.LevelII)
}
