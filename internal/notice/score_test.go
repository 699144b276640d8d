package notice_test

import (
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/score"
)

func tellScore(tr *transcript) {
	v := voice
	entry := func(person, name, line string, p score.Points, status string) score.Entry {
		return score.Entry{Person: person, Unit: "binjiang", Incident: number, Name: name, Line: line, Points: p, Status: status, At: at("03-10 09:16")}
	}
	mine := []score.Entry{entry("zhoumin", "首报", "首报", 200, score.Counted), entry("zhoumin", "首先发现", "首报", 200, score.Counted),
		entry("zhoumin", "证据齐全", "要素", 100, score.Provisional), entry("zhoumin", "迟报", "R1", -100, score.Proposed), entry("zhoumin", "缓报", "R2", -50, score.Revoked)}
	many := mine
	for len(many) < 12 {
		many = append(many, mine[0])
	}
	tr.chapter("考核")
	tr.say("没有启用", v.NotScored)
	tr.say("怎么问", v.AskScore)
	tr.say("别人的", v.ScoreIsTheirOwn, "zhoumin")
	tr.say("请私聊", v.AskInPrivate)
	tr.say("自己的", v.Score, "zhoumin", 2026, mine, false)
	tr.say("自己的，条目多，是负责人", v.Score, "zhoumin", 2026, many, true)
	tr.say("自己的，还没有", v.Score, "linke", 2026, []score.Entry(nil), false)
	unit := notice.UnitScore{Unit: "滨江店", Entries: mine, Total: score.Total{Accepted: 4, Credits: 900, Deducted: -300, Workload: 666, Bonus: 900, Sum: 9266, Grade: "优秀"}}
	grave := notice.UnitScore{Unit: "华东区域", Total: score.Total{Sum: 7000, Grade: "不合格", Deducted: -1000, Veto: true}}
	tr.say("单位的", v.ScoreOfUnit, 2026, unit)
	tr.say("全部", v.ScoreOfAll, 2026, []notice.UnitScore{unit, grave})
	tr.say("全部，还没有", v.ScoreOfAll, 2026, []notice.UnitScore(nil))
	tr.say("每月通报", v.Circular, "2026年2月", []notice.UnitScore{unit, grave})

	tr.chapter("批示和采用")
	tr.say("联报", v.Joined, some(func(inc *incident.Incident) { inc.Joint = []string{"linke"} }))
	wrote := func(rank, by string) func(*incident.Incident) {
		return func(inc *incident.Incident) {
			inc.Instructions = []incident.Instruction{{Rank: rank, By: by, Text: wrote("请质量部今天给出结论"), At: at("03-10 10:00")}}
		}
	}
	tr.say("分管领导批示", v.Instructed, handled(wrote("deputy", "heyun")))
	tr.say("省级批示", v.Instructed, handled(wrote("province", "wuyan")))
	tr.say("采用", v.Used, handled(func(inc *incident.Incident) { inc.Uses = []incident.Use{{Kind: "专报", By: "wuyan"}} }))
	tr.say("采用在哪里", v.AskUse, score.Uses)
}
