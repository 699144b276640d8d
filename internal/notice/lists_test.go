package notice_test

import (
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// states are all states, in the order of a life.
var states = []incident.State{incident.Draft, incident.Submitted, incident.AwaitingAck, incident.Acked, incident.Verifying, incident.Handling,
	incident.CalmWatch, incident.FinalDue, incident.FinalReview, incident.Closed, incident.Merged, incident.FalseReport, incident.Abandoned,
	incident.Withdrawn, incident.Reopened}

func tellLists(tr *transcript) {
	v, now := voice, at("03-10 09:25")
	var all, none []*incident.Incident
	for _, s := range states {
		all = append(all, handled(state(s)))
	}
	tr.chapter("列表")
	tr.say("各种状态，只列十件", v.Registry, all, now)
	tr.say("各种状态，其余五件", v.Registry, all[10:], now)
	tr.say("都过了时限", v.Open, []*incident.Incident{some(), handled(), calm()}, at("03-18 09:00"))
	tr.say("都没到时限", v.Open, []*incident.Incident{some(), handled(), calm(), handled(state(incident.Acked), slot(0, "03-10 17:00"))}, now)
	tr.say("还没有时限", v.Open, []*incident.Incident{some(func(inc *incident.Incident) { inc.Ack.Due = time.Time{} }),
		calm(func(inc *incident.Incident) { inc.Final.Due = time.Time{} })}, now)
	tr.say("一件也没有", v.Registry, none, now)
	tr.say("一件也没有", v.Open, none, now)
	tr.say("自己的", v.Mine, all[:1], now)
	tr.say("一件也没有", v.Mine, none, now)

	tr.chapter("详情")
	tr.say("待签收，首报未判", v.Detail, some(func(inc *incident.Incident) { inc.FirstReport.Verdict = incident.Pending }), now)
	tr.say("待签收，首报未判，已过时限", v.Detail, some(func(inc *incident.Incident) { inc.FirstReport.Verdict = incident.Pending }), at("03-10 10:30"))
	second := riskOf("缓报", "要素补全", "zhoumin")
	second.ID, second.Status = "R2", incident.RiskIsDismissed
	tr.say("处置中，有风险", v.Detail, handled(followed(first("03-10 17:42", incident.Late, "")), slot(2, "03-11 09:00"), risk(slow), risk(second)), at("03-10 18:00"))
	tr.say("待终报，发生和首发时间已知", v.Detail, calm(func(inc *incident.Incident) {
		inc.OccurredAt, inc.PublishedAt = at("03-09 19:40"), at("03-09 21:10")
	}), at("03-13 10:00"))
	proof := func(name, when string) incident.Evidence {
		return incident.Evidence{Name: name, At: at(when), By: "zhoumin"}
	}
	tr.say("一份证据，一份撤回的", v.Detail, handled(func(inc *incident.Incident) {
		gone := proof("错发.png", "03-10 09:14")
		gone.Withdrawn = true
		inc.Evidence = []incident.Evidence{proof("酸奶杯.png", "03-10 09:13"), gone}
	}), at("03-10 18:00"))
	tr.say("很多证据，名字很长，有电话", v.Detail, handled(func(inc *incident.Incident) {
		for _, name := range []string{"1.png", "2.png", wrote("很长很长很长很长很长很长的名字.png"), "13812345678.png"} {
			inc.Evidence = append(inc.Evidence, proof(name, "03-10 09:13"))
		}
	}), at("03-11 18:00"))
	tr.say("已办结，去年的", v.Detail, calm(state(incident.Closed)), at("03-13 10:00").AddDate(1, 0, 0))

	tr.chapter("值班与帮助")
	day := at("03-10 00:00").In(shanghai)
	tr.say("值班表", v.DutyTable, "dingwei", []notice.Duty{{Day: day, Person: "dingwei"}, {Day: day.AddDate(0, 0, 1), Person: "wuyan", Note: "替丁伟"}})
	tr.say("没有排值班", v.DutyTable, "", []notice.Duty(nil))
	tr.say("查到哪、怎么说、还要办什么", v.Standing, tasked(spoken(point()), pressed(inquiry()), func(inc *incident.Incident) {
		inc.Verification.Facts = []incident.Fact{{Element: "规模", Value: wrote("1杯"), Status: incident.FactUnverified, Source: wrote("店长")}}
		inc.Verification.Conclusion, inc.Verification.By = incident.ConclusionTrue, "wanglei"
	}), at("03-10 12:12"))
	tr.say("帮助", v.Help, "")
	tr.say("没有这个题目", v.Help, "怎么填")
	for _, topic := range notice.HelpTopics[1:] {
		tr.say("帮助"+topic.Name, v.Help, topic.Name)
	}
}

func TestEveryStateHasAWord(t *testing.T) {
	for _, code := range constants(t, "../incident", "State") {
		if notice.StateWord(incident.State(code)) == "" {
			t.Errorf("state %q has no word", code)
		}
	}
	for _, code := range constants(t, "../incident", "Verdict") {
		if notice.VerdictWord(incident.Verdict(code)) == "" {
			t.Errorf("verdict %q has no word", code)
		}
	}
	for _, s := range []string{incident.RiskOpen, incident.RiskIsExplained, incident.RiskIsDismissed, incident.RiskBecameFinding} {
		if notice.RiskWord(s) == "" {
			t.Errorf("risk %q has no word", s)
		}
	}
}

func TestShortNumber(t *testing.T) {
	for number, want := range map[string]string{"YQ-20260310-001": "001", "7": "7", "": ""} {
		if got := notice.ShortNumber(number); got != want {
			t.Errorf("%q: %q", number, got)
		}
	}
}

func tellDigest(tr *transcript) {
	v := voice
	now := at("03-11 08:30")
	quiet := notice.Digest{Now: now, Planned: now, Day: at("03-10 00:00")}
	tr.chapter("日报")
	tr.say("平静的一天", v.Digest, quiet)

	busy := quiet
	busy.New, busy.Closed, busy.Raised, busy.Mistaken = 3, 1, 1, 1
	busy.OnTime = []notice.Tally{{Name: "首报", N: 2}, {Name: "签收", N: 1}}
	busy.Risks, busy.Slow, busy.Late, busy.Drills = 2, 1, 1, 2
	asks := calm(level(incident.LevelII), func(inc *incident.Incident) {
		inc.Review, inc.Extension = "首报时距首发已满72小时，请复核是否平息后才报", &incident.Extension{Slot: 2}
	})
	tr.say("请领导批终报", v.DecideFinal, asks)
	tr.say("请领导确认临时升级", v.DecideLevel, asks)
	tr.say("请领导复核", v.DecideReview, asks)
	tr.say("请领导答复延期", v.DecideExtension, asks)
	busy.Decide = []string{v.DecideFinal(asks), v.DecideLevel(asks), v.DecideReview(asks), v.DecideExtension(asks)}
	note := incident.Note{At: at("03-10 22:30"), By: "linke", Text: wrote("有新视频")}
	busy.Open = []*incident.Incident{
		handled(level(incident.LevelI), followed(first("03-10 16:52", incident.OnTime, "")), slot(2, "03-11 09:00"), func(inc *incident.Incident) {
			inc.Counts = []incident.Count{{Kind: "reads", Value: 12000}, {Kind: "reads", Value: 80000}, {Kind: "likes", Value: 3}}
			inc.Notes = []incident.Note{note}
		}),
		handled(level(incident.LevelII), followed(first("03-10 16:52", incident.OnTime, ""), incident.FollowUp{N: 2, Due: at("03-10 20:00"), Verdict: incident.Missed}),
			slot(3, "03-11 08:00"), func(inc *incident.Incident) { inc.Slot.Risk = "R1" }),
		some(), some(func(inc *incident.Incident) { inc.Ack.Due, inc.Ack.Step = at("03-11 08:40"), 1 }), some(func(inc *incident.Incident) { inc.Ack.Due = time.Time{} }),
		handled(slot(1, "03-11 08:15")), calm(), calm(state(incident.FinalReview)), calm(func(inc *incident.Incident) { inc.Final.Due = at("03-10 18:00") }),
		some(state(incident.Submitted), level(incident.LevelIV)),
		some(state(incident.Submitted), level(incident.LevelIV), func(inc *incident.Incident) { inc.Ack.Planned, inc.Ack.Due = at("03-11 09:00"), at("03-11 10:00") }),
		handled(func(inc *incident.Incident) {
			inc.Slot.N, inc.Notes = 0, []incident.Note{{At: at("03-09 10:00"), Text: wrote("记者来电。")}}
		}),
		handled(slot(2, "03-11 09:00"), followed(incident.FollowUp{N: 1, At: at("03-10 16:50"), Text: wrote("2400杯已封存"), Verdict: incident.Excused})),
	}
	tr.say("忙的一天，有红", v.Digest, busy)
	busy.Least = incident.LevelII
	tr.say("同一天，给一把手：只列红橙", v.Digest, busy)

	holiday := notice.Digest{Now: at("10-03 09:10"), Planned: at("10-03 08:30"), Outage: true, Holiday: "国庆第3天", New: 1,
		OnTime: []notice.Tally{{Name: "首报", N: 1}, {Name: "签收", N: 1}}}
	holiday.Open = []*incident.Incident{
		handled(slot(2, "10-03 09:00"), func(inc *incident.Incident) {
			inc.Officer, inc.OnDuty, inc.Slot.Outage, inc.Slot.GraceTo = "dingwei", true, true, at("10-03 09:40")
		}),
		some(state(incident.Submitted), level(incident.LevelIV), func(inc *incident.Incident) { inc.Ack.Planned, inc.Ack.Due = at("10-09 09:00"), at("10-09 10:00") }),
	}
	tr.say("节假日，停机后补发", v.Digest, holiday)

	var many []*incident.Incident
	for range 23 {
		many = append(many, some(level(incident.LevelIV)))
	}
	quiet.Open = many
	tr.say("太多件", v.Digest, quiet)
}
