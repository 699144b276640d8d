package notice_test

import (
	"regexp"
	"strings"
	"testing"

	"fenghuo/internal/incident"
)

// finding is a finding that waits for the second person, as changed by change.
func finding(change ...func(*incident.Finding)) incident.Finding {
	f := incident.Finding{ID: "I-1", Kind: incident.FaultSlow, Risk: "R1", About: "续报一", Person: "wuyan", Status: incident.FindingProposed,
		Reason: wrote("晚了四十二分钟，没有报备"), ProposedBy: "xuqing", ProposedAt: at("03-10 18:00")}
	for _, c := range change {
		c(&f)
	}
	return f
}

func confirmed(f *incident.Finding) {
	f.Status, f.Signed, f.AppealBy = incident.FindingConfirmed, []incident.Signature{{By: "heyun", At: at("03-10 18:05")}}, at("03-17 18:00")
}

func concealed(f *incident.Finding) {
	f.Kind, f.About, f.Person, f.Risk = incident.FaultConcealed, "首报", "mayue", ""
	f.Reason, f.Evidence = wrote("店长群里说先别报，过一晚再说"), []string{"E-1", wrote("证人：林可")}
}

func decided(status string) func(*incident.Finding) {
	return func(f *incident.Finding) {
		confirmed(f)
		f.Status, f.Appeal, f.DecidedBy, f.Decision = status, wrote("当时已电话报过"), "gubo", wrote("查过通话记录")
	}
}

func tellDuty(tr *transcript) {
	v, now := voice, at("03-10 18:10")
	inc := handled(risk(slow))
	explained := slow
	explained.ID, explained.Status, explained.Explanation = "R2", incident.RiskIsExplained, wrote("等检测室电话")
	both := handled(risk(slow), risk(explained), func(inc *incident.Incident) {
		inc.Ack.Silent = []incident.Silence{{Person: "chenfang", From: at("03-10 09:46"), To: at("03-10 10:20"), Missed: 1}}
	})
	tr.chapter("认定")
	tr.say("怎么写", v.AskFinding, both)
	tr.say("没有可认定的", v.AskFinding, handled())
	tr.say("怎么驳回", v.AskDismissal, both)
	tr.say("驳回风险", v.Dismissed, inc, incident.Risk{ID: "R1", Kind: "缓报", About: "续报一", Person: "wuyan", Judgment: wrote("检测室确实没有来电")}, "xuqing")
	tr.say("驳回未签收", v.Dismissed, inc, incident.Risk{Kind: incident.FaultSilent, About: incident.AboutAck, Person: "chenfang", Judgment: wrote("在高铁上")}, "xuqing")
	tr.say("已提出", v.FindingMade, inc, finding(), []string{"heyun"})
	tr.say("没有第二个人", v.FindingMade, inc, finding(), []string(nil))
	tr.say("请第二个人确认", v.ConfirmFinding, inc, finding())
	tr.say("已确认", v.FindingConfirmed, inc, finding(confirmed), now)
	tr.say("已确认，日历缺年", v.FindingConfirmed, inc, finding(confirmed, func(f *incident.Finding) { f.AppealBy = incident.Finding{}.AppealBy }), now)
	tr.say("告知本人", v.FindingTold, inc, finding(confirmed), now)
	tr.say("告知本人，未签收", v.FindingTold, inc, finding(confirmed, func(f *incident.Finding) { f.Kind, f.About = incident.FaultSilent, incident.AboutAck }), now)
	tr.say("没有确认", v.FindingLetGo, inc, finding(decided(incident.FindingRevoked)))
	for _, word := range []string{"申诉", "驳回", "撤销"} {
		tr.say(word+"要写理由", v.AskReason, inc, finding(confirmed), word)
	}
	tr.say("请答复申诉", v.AppealToHear, inc, finding(decided(incident.FindingAppealed)))
	tr.say("申诉已收", v.AppealFiled, inc, finding(decided(incident.FindingAppealed)), []string{"gubo", "hanlu"})
	tr.say("申诉已收，没有人能答复", v.AppealFiled, inc, finding(decided(incident.FindingAppealed)), []string(nil))
	tr.say("维持", v.AppealDecided, inc, finding(decided(incident.FindingUpheld)))
	tr.say("撤销", v.AppealDecided, inc, finding(decided(incident.FindingRevoked)))
	tr.say("期满", v.FindingSettled, inc, finding(confirmed))
	tr.say("避免损失", v.MeritFound, inc, finding(confirmed, func(f *incident.Finding) {
		f.Kind, f.Person, f.Reason = incident.MeritAverted, "zhoumin", wrote("当晚封存了同批次")
	}))
	tr.say("群里只说已办", v.ToldInPrivate)

	tr.chapter("疑似瞒报")
	tr.say("要证据", v.AskAccusation, inc, incident.FaultConcealed)
	tr.say("已提请", v.FindingMade, inc, finding(concealed), []string{"heyun", "hanlu"})
	tr.say("请委员看证据", v.ConfirmFinding, inc, finding(concealed))
	tr.say("第一位签字", v.FindingSigned, inc, finding(concealed, func(f *incident.Finding) { f.Signed = []incident.Signature{{By: "heyun"}} }))
	tr.say("告知本人", v.FindingTold, inc, finding(concealed, confirmed, func(f *incident.Finding) { f.Signed = append(f.Signed, incident.Signature{By: "hanlu"}) }), now)
}

// TestGraveWordsWaitForTwoSignatures: before them the bot says 疑似, or names the procedure.
func TestGraveWordsWaitForTwoSignatures(t *testing.T) {
	grave := regexp.MustCompile(`(瞒报|谎报)`)
	inc, f := handled(), finding(concealed)
	for _, text := range []string{voice.FindingMade(inc, f, []string{"heyun"}).Text, voice.ConfirmFinding(inc, f).Text, voice.FindingSigned(inc, f).Text} {
		for _, at := range grave.FindAllStringIndex(text, -1) {
			if !strings.HasSuffix(text[:at[0]], "疑似") {
				t.Errorf("says %s outright: %s", text[at[0]:at[1]], text)
			}
		}
	}
}
