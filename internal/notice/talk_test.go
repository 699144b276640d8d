package notice_test

import (
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/wording"
)

// sheet is what talking points say when everything is filled in.
func sheet() incident.Sheet {
	return incident.Sheet{Stance: wrote("同批次已封存，正在检测"), Facts: []string{wrote("3月10日接到反映"), wrote("同批次已下架")},
		May: []string{wrote("检测结果出来会公布")}, Forbidden: []string{wrote("供应商责任"), wrote("赔偿金额")},
		Answers: []incident.QA{{Q: wrote("是否召回"), A: wrote("以检测结果为准")}}, Inside: wrote("不在群外转发"),
		Service: wrote("您的情况已记录，今天回电"), Speakers: wrote("只由公关对外")}
}

// point is version 1 in force until the next day, as changed by change.
func point(change ...func(*incident.TalkingPoint)) incident.TalkingPoint {
	p := incident.TalkingPoint{Version: 1, Sheet: sheet(), Status: incident.TalkInForce, By: "wanglei", At: at("03-10 11:50"),
		Chain:     []incident.Called{{Person: "xuqing", Role: "公关"}, {Person: "hanlu", Role: "法务"}},
		Agreed:    []incident.Note{{At: at("03-10 12:10"), By: "xuqing"}, {At: at("03-10 12:12"), By: "hanlu"}},
		ValidFrom: at("03-10 12:12"), ValidTo: at("03-11 12:12")}
	for _, c := range change {
		c(&p)
	}
	return p
}

func waiting(p *incident.TalkingPoint) {
	p.Status, p.Agreed, p.ValidFrom, p.ValidTo = incident.TalkDraft, p.Agreed[:1], time.Time{}, time.Time{}
}

func version(n int, status string) func(*incident.TalkingPoint) {
	return func(p *incident.TalkingPoint) { p.Version, p.Status = n, status }
}

// spoken is an incident with these versions.
func spoken(points ...incident.TalkingPoint) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.Talk.At, inc.Talk.Versions = at("03-10 11:50"), points }
}

func tellTalk(tr *transcript) {
	v, now := voice, at("03-10 12:12")
	none, written := handled(), handled(spoken(point()))
	draft := point(waiting)
	tr.chapter("写口径")
	tr.say("第一稿", v.AskTalk, none, at("03-10 11:40"))
	tr.say("改上一版", v.AskTalk, written, now)
	tr.say("初稿", v.TalkDrafted, handled(spoken(draft)), draft)
	tr.say("私下请看", v.TalkAsked, handled(spoken(draft)), draft)
	tr.say("还没有口径可续", v.NoTalk, none)

	tr.chapter("同意与不同意")
	tr.say("还等一人", v.TalkDecided, handled(spoken(draft)), draft, "xuqing", "", now)
	tr.say("生效", v.TalkDecided, written, point(), "hanlu", "", now)
	tr.say("生效，不到期", v.TalkDecided, written, point(func(p *incident.TalkingPoint) { p.ValidTo = time.Time{} }), "hanlu", "", now)
	tr.say("没同意", v.TalkDecided, written, point(version(1, incident.TalkRefused)), "hanlu", wrote("批次数字还没核实"), now)

	tr.chapter("看口径")
	tr.say("没有", v.Talk, none, now)
	tr.say("在用", v.Talk, written, now)
	tr.say("在用，新版在等", v.Talk, handled(spoken(point(), point(waiting, version(2, incident.TalkDraft)))), now)
	tr.say("过了时间", v.Talk, written, at("03-11 12:12"))
	tr.say("到期", v.TalkLapsed, handled(spoken(point(version(1, incident.TalkLapsed)))), point(version(1, incident.TalkLapsed)))
	tr.say("日报里待批", v.DecideTalk, handled(spoken(draft)))
	tr.say("详情，在用", v.Detail, written, now)
	tr.say("详情，等同意", v.Detail, handled(spoken(draft)), now)
	tr.say("详情，已到期", v.Detail, handled(spoken(point(version(1, incident.TalkLapsed)))), at("03-11 12:12"))

	tr.chapter("试说与对不上")
	in := point()
	for _, c := range []struct{ when, sentence string }{
		{"没发现", wrote("同批次已封存，正在检测")},
		{"几处要改", wrote("是供应商责任，3月9日就接到反映，我们承诺全额赔偿")},
		{"没核实的", wrote("确实是杯子里先有的虫")},
	} {
		tr.say(c.when, v.Tried, written, in, c.sentence, wording.Check(c.sentence, wording.Sheet{Version: 1, At: in.At, Stance: in.Sheet.Stance,
			Facts: []wording.Fact{{Text: "3月10日接到反映", Verified: true}, {Text: "杯子里先有虫"}}, May: in.Sheet.May, Forbidden: []wording.Phrase{{Text: "供应商责任", Instead: "原因正在查"}}}, at("03-10 12:12").In(shanghai)))
	}
	tr.say("没发现，没说谁说", v.Tried, written, incident.TalkingPoint{Version: 2}, "好", []wording.Finding(nil))
	tr.say("还没核实，没有对照", v.Tried, written, in, "是店员放的", []wording.Finding{{Kind: wording.Unverified, Span: wording.Span{From: 0, To: 15}}})
	tr.say("对不上", v.AskWhich, []notice.Clash{
		{Kind: wording.Time, Before: "首报", SaidBefore: wrote("8点10分"), Now: "核实", SaidNow: wrote("昨晚7点40")},
		{Kind: wording.Count, Before: "续报一", SaidBefore: wrote("下架300箱"), Now: "核实", SaidNow: wrote("下架200箱"), Fallen: true}})

	tr.chapter("复盘")
	answered := "这是供应商责任"
	tr.say("刚签收", v.Debrief, handled(), []notice.Breach(nil), at("03-10 10:00"))
	tr.say("办完了", v.Debrief, tasked(spoken(point(version(1, incident.TalkLapsed)), point(version(2, incident.TalkRefused), func(p *incident.TalkingPoint) {
		p.ValidFrom, p.ValidTo, p.Refused = time.Time{}, time.Time{}, &incident.Note{By: "hanlu", Text: wrote("批次数字还没核实")}
	}), point(waiting, version(3, incident.TalkReplaced))), func(inc *incident.Incident) {
		inc.Verification.FirstAt, inc.Verification.FirstVerdict = at("03-10 10:35"), incident.OnTime
		inc.FollowUps = []incident.FollowUp{{N: 1, Due: at("03-10 17:00"), At: at("03-10 17:40"), Verdict: incident.Late}, {N: 2, Due: at("03-11 09:00"), At: at("03-11 09:25"), Verdict: incident.OnTime, Note: "停机顺延"}}
		inc.Final = incident.Paper{Due: at("03-17 18:00"), At: at("03-16 15:30"), Verdict: incident.OnTime}
		inc.Risks = []incident.Risk{{ID: "R1", Kind: "缓报", About: "续报一", Person: "wuyan", Status: incident.RiskOpen}}
	}), []notice.Breach{
		{Source: "答复M-1", Version: 1, Words: wrote(answered), Finding: wording.Finding{Kind: wording.Forbidden, Instead: "原因正在查"}},
		{Source: "续报二", Version: 1, Words: wrote("3月9日"), Finding: wording.Finding{Kind: wording.Time, Against: "3月10日接到反映"}}}, at("03-18 09:00"))
}
