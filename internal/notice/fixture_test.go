package notice_test

import (
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/roster"
)

var shanghai = time.FixedZone("CST", 8*3600)

// at is a moment of 2026 in the zone of the people: 03-10 09:16.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-"+s, shanghai)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

var names = map[string]string{
	"zhoumin": "周敏", "wanglei": "王蕾", "chenfang": "陈放", "xuqing": "许清", "heyun": "何云",
	"wuyan": "吴妍", "dingwei": "丁伟", "linke": "林可", "gubo": "顾波", "hanlu": "韩律", "mayue": "马越",
}

var voice = notice.Voice{Name: func(id string) string {
	if roster.IsSource(id) {
		return roster.SourceName(id)
	}
	return names[id]
}, Zone: shanghai}

// wrote is what a person wrote, for a test that has them write something else.
var wrote = func(text string) string { return text }

const number = "YQ-20260310-001"

var firstMissing = []string{"经过", "发生时间", "传播数据", "截图"}

// some is an incident of level III, registered at 09:16 and not yet acknowledged, as changed by change.
func some(change ...func(*incident.Incident)) *incident.Incident {
	inc := &incident.Incident{
		Number: number, Title: wrote("滨江店顾客发视频说酸奶杯里有虫"), State: incident.AwaitingAck,
		Level:     incident.Leveling{Suggested: incident.LevelIII, Current: incident.LevelIII},
		Platforms: []string{"抖音"}, Subject: wrote("滨江店"), Impact: []string{"无明显"}, Nature: "产品质量",
		FoundAt: at("03-10 09:05"), ReportedAt: at("03-10 09:16"), WrittenAt: at("03-10 09:16"),
		Reporter: "zhoumin", Officer: "wanglei", Backup: "chenfang", Head: "xuqing", Deputy: "heyun", Chief: "gubo",
		FirstReport: incident.FirstReport{Kind: "form", Due: at("03-10 10:05"), At: at("03-10 09:16"), Verdict: incident.OnTime},
		Elements:    incident.Elements{Due: at("03-10 11:05"), Verdict: incident.Pending, Missing: firstMissing},
		Ack:         incident.Ack{From: at("03-10 09:16"), Due: at("03-10 09:31"), Verdict: incident.Pending},
		Answers: []incident.Answer{{Key: "title", N: 1, Label: "标题", Text: wrote("滨江店顾客发视频说酸奶杯里有虫")}, {Key: "platform", N: 2, Label: "在哪看到", Text: wrote("抖音")},
			{Key: "source_link", N: 3, Label: "链接", Text: "https://v.example.test/aBc12/"}, {Key: "found_at", N: 4, Label: "发现时间", Text: "今天09:05"},
			{Key: "occurred_at", N: 9, Label: "发生时间", Text: "不清楚"}},
	}
	for _, c := range change {
		c(inc)
	}
	return inc
}

// handled is the same incident acknowledged at 09:21, with the first follow-up due at 17:00.
func handled(change ...func(*incident.Incident)) *incident.Incident {
	return some(append([]func(*incident.Incident){func(inc *incident.Incident) {
		inc.State, inc.Tracker = incident.Handling, "wuyan"
		inc.Ack.By, inc.Ack.At, inc.Ack.Verdict = "wanglei", at("03-10 09:21"), incident.OnTime
		inc.Verification.FirstDue, inc.Talk.Due = at("03-10 13:21"), at("03-10 13:21")
		inc.Slot = incident.Slot{N: 1, Nominal: at("03-10 17:00"), Due: at("03-10 17:00")}
		inc.Elements.At, inc.Elements.Verdict, inc.Elements.Missing = at("03-10 09:40"), incident.OnTime, nil
	}}, change...)...)
}

// calm is the incident after the storm, with the final report due.
func calm(change ...func(*incident.Incident)) *incident.Incident {
	return handled(append([]func(*incident.Incident){func(inc *incident.Incident) {
		inc.State, inc.Slot = incident.FinalDue, incident.Slot{}
		inc.CalmAt, inc.CalmBy = at("03-12 16:05"), "wanglei"
		inc.Final = incident.Paper{Due: at("03-17 18:00"), Verdict: incident.Pending}
	}}, change...)...)
}

// interim makes the page between calm and final report due.
func interim(inc *incident.Incident) {
	inc.Interim = incident.Paper{Due: at("03-13 16:05"), Verdict: incident.Pending}
}

// halfVerified leaves two elements open.
func halfVerified(inc *incident.Incident) {
	inc.Verification.FirstAt, inc.Verification.FullDue = at("03-10 10:35"), at("03-11 09:21")
	for n, e := range incident.FactElements {
		f := incident.Fact{Element: e, Value: wrote("1杯"), Status: incident.FactVerified}
		if n == 2 || n == 4 {
			f.Status = incident.FactUnverified
		}
		inc.Verification.Facts = append(inc.Verification.Facts, f)
	}
}

// archived is the incident of level II closed, with the debrief due.
func archived(change ...func(*incident.Incident)) *incident.Incident {
	return calm(append([]func(*incident.Incident){level(incident.LevelII), func(inc *incident.Incident) {
		inc.State, inc.ClosedAt = incident.Closed, at("03-13 11:00")
		inc.Final.At, inc.Final.Verdict, inc.Final.ApprovedAt, inc.Final.ApprovedBy = at("03-13 10:00"), incident.OnTime, at("03-13 11:00"), "xuqing"
		inc.Debrief = incident.Paper{Due: at("03-27 18:00"), Verdict: incident.Pending}
	}}, change...)...)
}

func level(l incident.Level) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.Level.Current = l }
}

func state(s incident.State) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.State = s }
}

func slot(n int, due string) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.Slot = incident.Slot{N: n, Nominal: at(due), Due: at(due)} }
}

func followed(f ...incident.FollowUp) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.FollowUps = append(inc.FollowUps, f...) }
}

func risk(r incident.Risk) func(*incident.Incident) {
	return func(inc *incident.Incident) { inc.Risks = append(inc.Risks, r) }
}

// first is the first follow-up, filed by 吴妍.
func first(when string, v incident.Verdict, note string) incident.FollowUp {
	return incident.FollowUp{N: 1, Due: at("03-10 17:00"), At: at(when), By: "wuyan", Text: wrote("检测样品已送到，明早出结果"), Verdict: v, Note: note}
}

var slow = incident.Risk{ID: "R1", Kind: "缓报", About: "续报一", Person: "wuyan", Status: incident.RiskOpen, OpenedAt: at("03-10 17:30")}

// riskOf is a risk of another kind of duty.
func riskOf(kind, about, person string) incident.Risk {
	return incident.Risk{ID: "R1", Kind: kind, About: about, Person: person, Status: incident.RiskOpen, OpenedAt: at("03-10 11:35")}
}
