package notice_test

import (
	"time"

	"fenghuo/internal/drill"
	"fenghuo/internal/incident"
)

func rehearse(tr *transcript) {
	v, now := voice, at("03-10 09:02")
	minutes := func(n int) drill.Offset { return drill.Offset(time.Duration(n) * time.Minute) }
	s := drill.Script{Title: "饮品异物，两小时", Note: "练首报、签收、核实", Steps: []drill.Inject{
		{Inject: "顾客发视频说酸奶杯里有虫。", Spread: "抖音 播放800", Level: incident.LevelIV}, {At: minutes(120), Inject: "话题登上同城热榜", Level: incident.LevelII}}}
	tr.chapter("演练")
	tr.say("有哪些", v.DrillList, []drill.Script{s, {Title: "夜里的谣言", Note: "练值班", Steps: s.Steps[:1]}})
	tr.say("一个都没有", v.DrillList, []drill.Script(nil))
	tr.say("问一声", v.DrillAsk, 1, s)
	tr.say("没有这个", v.DrillUnknown, 2)
	tr.say("私聊里不办", v.DrillOnlyGroup)
	tr.say("已经在练", v.DrillRuns, s.Title, "wuyan")
	tr.say("开始", v.DrillBegun, s.Title, "wuyan", now.Add(3*time.Hour), now)
	tr.say("来情况", v.DrillInject, 1, 2, s.Steps[0])
	tr.say("来情况，没写传播", v.DrillInject, 2, 2, s.Steps[1])
	tr.say("有人上报", v.DrillReport)
	tr.say("是真事", v.DrillNot)
	tr.say("结束后才提交", v.DrillOver)
	tr.say("没有在练", v.NoDrill)
	r := drill.Result{Injects: []drill.Came{{N: 1, Answer: true}, {N: 2}}, Incidents: []drill.Handled{
		{Number: "YL-20260310-001", Title: "滨江店顾客发视频说酸奶杯里有虫", Report: 20 * time.Second, Acked: 9 * time.Minute, Verified: 95 * time.Minute, FollowUps: 2, Breaches: 1},
		{Number: "YL-20260310-002", Title: "记者来电", Report: 4 * time.Minute, Acked: drill.NotReached, Verified: drill.NotReached}}}
	tr.say("成绩", v.DrillScore, s.Title, r, 2*time.Hour+10*time.Minute)
	tr.say("没有人动", v.DrillScore, s.Title, drill.Result{Injects: []drill.Came{{N: 1}}}, 30*time.Minute)
	tr.say("热复盘", v.DrillDebrief, s.Title, "wuyan")
}
