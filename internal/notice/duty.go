package notice

import (
	"fmt"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// faultName is a fault as it may be called: a grave one is 疑似 until two of the committee have signed.
func faultName(f incident.Finding) string {
	if incident.Grave(f.Kind) && f.Status == incident.FindingProposed {
		return "疑似" + f.Kind
	}
	return f.Kind
}

// charge is what a finding says, in a few words: 吴妍的续报一缓报.
func (v Voice) charge(f incident.Finding) string {
	about := f.About
	if f.Kind == incident.FaultSilent || incident.Grave(f.Kind) {
		about = ""
	}
	return v.Name(f.Person) + "的" + about + faultName(f)
}

// AskFinding shows how to make a finding, and what waits for one.
func (v Voice) AskFinding(inc *incident.Incident) bot.Message {
	return said(v.judgeable(inc) + fmt.Sprintf("请写明认定什么、为什么，例：“认定 R1 没有报备 %s”“认定 迟报 晚了一小时 %s”。", ShortNumber(inc.Number), ShortNumber(inc.Number)))
}

// AskDismissal shows how to dismiss a risk, and which there are.
func (v Voice) AskDismissal(inc *incident.Incident) bot.Message {
	return said(v.judgeable(inc) + fmt.Sprintf("请写明驳回哪一项、为什么，例：“驳回 R1 检测室确实没有来电 %s”。", ShortNumber(inc.Number)))
}

// judgeable lists what waits for a judgment.
func (v Voice) judgeable(inc *incident.Incident) string {
	var rows []string
	for _, r := range inc.Risks {
		if r.Status == incident.RiskOpen || r.Status == incident.RiskIsExplained {
			rows = append(rows, fmt.Sprintf("%s %s%s（%s）%s", r.ID, r.About, r.Kind, v.Name(r.Person), explained(r.Explanation)))
		}
	}
	for _, person := range inc.Unjudged() {
		rows = append(rows, "未签收 "+v.Name(person))
	}
	if len(rows) == 0 {
		return inc.Number + "没有待认定的风险。"
	}
	return inc.Number + "待认定：\n" + strings.Join(rows, "\n") + "\n"
}

func explained(text string) string {
	if text == "" {
		return "，未说明"
	}
	return "，说明：" + words(short(text, 30))
}

// FindingMade tells who made it what comes next.
func (v Voice) FindingMade(inc *incident.Incident, f incident.Finding, judges []string) bot.Message {
	text := fmt.Sprintf("%s %s：%s，已记入。", inc.Number, f.ID, v.charge(f))
	switch {
	case len(judges) == 0:
		return said(text + "还没有可以确认的第二个人，请管理员在组织文件里补上。")
	case incident.Grave(f.Kind):
		return said(text + fmt.Sprintf("已请%s查看证据，两人签字后才作数，在此之前不告知他人。", v.names(judges)))
	}
	return said(text + fmt.Sprintf("请%s确认后才作数，再告知本人。", v.names(judges)))
}

// ConfirmFinding asks the second person, or the committee.
func (v Voice) ConfirmFinding(inc *incident.Incident, f incident.Finding) bot.Message {
	c := plate(inc)
	word := "确认认定"
	c.Lines = []string{fmt.Sprintf("%s提出%s：%s，理由：%s。同意请回“确认认定 %s”，不同意回“驳回 %s＋理由”。",
		v.Name(f.ProposedBy), f.ID, v.charge(f), words(short(f.Reason, 80)), ShortNumber(inc.Number), f.ID)}
	if incident.Grave(f.Kind) {
		word = "签字"
		c.Lines = []string{fmt.Sprintf("%s提请调查%s：%s。请看过证据再定：同意请回“签字 %s”，不同意回“驳回 %s＋理由”。要两位委员签字。",
			v.Name(f.ProposedBy), v.charge(f), words(short(f.Reason, 80)), ShortNumber(inc.Number), f.ID),
			"证据：" + short(list(f.Evidence), 60)}
	}
	c.Buttons = []bot.Button{{Label: word, Say: word + " " + f.ID, Target: inc.Number, Primary: true},
		{Label: "驳回", Say: "驳回 " + f.ID, Target: inc.Number}, {Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// FindingSigned thanks the first of the committee.
func (v Voice) FindingSigned(inc *incident.Incident, f incident.Finding) bot.Message {
	return said(fmt.Sprintf("%s %s您已签字，还差%d位委员。未满两人之前只算%s。", inc.Number, f.ID, f.Needs(), faultName(f)))
}

// FindingConfirmed tells who confirmed it what comes next.
func (v Voice) FindingConfirmed(inc *incident.Incident, f incident.Finding, now time.Time) bot.Message {
	return said(fmt.Sprintf("%s %s已确认：%s。已告知本人，%s。", inc.Number, f.ID, v.charge(f), v.appealUntil(f, now)))
}

func (v Voice) appealUntil(f incident.Finding, now time.Time) string {
	if f.AppealBy.IsZero() {
		return "可以申诉"
	}
	return "申诉到" + v.stamp(f.AppealBy, now) + "为止，之后生效"
}

// FindingTold tells the person concerned, and how to appeal.
func (v Voice) FindingTold(inc *incident.Incident, f incident.Finding, now time.Time) bot.Message {
	c := plate(inc)
	who := fmt.Sprintf("%s提出、%s确认", v.Name(f.ProposedBy), v.signers(f))
	if incident.Grave(f.Kind) {
		who = v.signers(f) + "两位委员签字"
	}
	about := f.About
	if f.Kind == incident.FaultSilent || incident.Grave(f.Kind) {
		about = ""
	}
	c.Lines = []string{fmt.Sprintf("%s，%s认定为%s%s：%s。现在还不生效。不同意请回“申诉 %s＋理由”，%s。",
		who, f.ID, about, f.Kind, words(short(f.Reason, 80)), ShortNumber(inc.Number), v.appealUntil(f, now))}
	c.Buttons = []bot.Button{{Label: "申诉", Say: "申诉 " + f.ID, Target: inc.Number, Primary: true}, {Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

func (v Voice) signers(f incident.Finding) string {
	var ids []string
	for _, s := range f.Signed {
		ids = append(ids, s.By)
	}
	return v.names(ids)
}

// FindingLetGo says that a proposal goes no further.
func (v Voice) FindingLetGo(inc *incident.Incident, f incident.Finding) bot.Message {
	return said(fmt.Sprintf("%s %s没有确认（%s：%s），不计。", inc.Number, f.ID, v.Name(f.DecidedBy), words(short(f.Decision, 60))))
}

// AppealToHear asks those who may answer an appeal.
func (v Voice) AppealToHear(inc *incident.Incident, f incident.Finding) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s对%s（%s）申诉：%s。", v.Name(f.Person), f.ID, v.charge(f), words(short(f.Appeal, 120))),
		fmt.Sprintf("认定的理由：%s。请回“维持 %s＋理由”或“撤销 %s＋理由”，一位答复即可。", words(short(f.Reason, 80)), f.ID, f.ID)}
	c.Buttons = []bot.Button{{Label: "维持", Say: "维持 " + f.ID, Target: inc.Number}, {Label: "撤销", Say: "撤销 " + f.ID, Target: inc.Number}, {Label: "详情", Say: "详情", Target: inc.Number}}
	return carded(c)
}

// AppealFiled confirms an appeal.
func (v Voice) AppealFiled(inc *incident.Incident, f incident.Finding, judges []string) bot.Message {
	if len(judges) == 0 {
		return said(fmt.Sprintf("%s %s的申诉已收。答复之前不计分。", inc.Number, f.ID))
	}
	return said(fmt.Sprintf("%s %s的申诉已收，由%s答复。答复之前不计分。", inc.Number, f.ID, v.either(judges)))
}

// AppealDecided tells everybody concerned how it ended.
func (v Voice) AppealDecided(inc *incident.Incident, f incident.Finding) bot.Message {
	if f.Status == incident.FindingUpheld {
		return said(fmt.Sprintf("%s %s（%s）：%s维持认定，%s。现在生效。", inc.Number, f.ID, v.charge(f), v.Name(f.DecidedBy), words(short(f.Decision, 60))))
	}
	return said(fmt.Sprintf("%s %s（%s）：%s撤销认定，%s。扣分一并取消，记录保留。", inc.Number, f.ID, v.charge(f), v.Name(f.DecidedBy), words(short(f.Decision, 60))))
}

// FindingSettled tells the person concerned that the time for an appeal is over.
func (v Voice) FindingSettled(inc *incident.Incident, f incident.Finding) bot.Message {
	return said(fmt.Sprintf("%s %s（%s）申诉期满，没有申诉，现在生效。有新情况请找%s。", inc.Number, f.ID, v.charge(f), v.Name(f.ProposedBy)))
}

// MeritFound says thank you where everybody reads it.
func (v Voice) MeritFound(inc *incident.Incident, f incident.Finding) bot.Message {
	return said(fmt.Sprintf("%s确认：%s发现得早，避免了损失（%s）。谢谢%s。", v.signers(f), v.Name(f.Person), words(short(f.Reason, 60)), v.Name(f.Person)))
}

// Dismissed says that a risk, or a silence, has no consequence.
func (v Voice) Dismissed(inc *incident.Incident, r incident.Risk, by string) bot.Message {
	what := fmt.Sprintf("%s（%s%s，%s）", r.ID, r.About, r.Kind, v.Name(r.Person))
	if r.Kind == incident.FaultSilent {
		what = v.Name(r.Person) + "的" + r.Kind
	}
	return said(fmt.Sprintf("%s：%s看过说明，%s不计，%s。", inc.Number, v.Name(by), what, words(short(r.Judgment, 60))))
}

// AskAccusation shows what it takes to have the committee look into something.
func (v Voice) AskAccusation(inc *incident.Incident, fault string) bot.Message {
	return said(fmt.Sprintf("这一项要有证据，由两位委员签字。请写明是谁、凭什么，并附截图，或写已有证据的编号、证人，例：“提请%s调查 马越 店长群里说先别报，E-2，证人：林可 %s”。", fault, ShortNumber(inc.Number)))
}

// AskReason asks why; what is written on the card goes with the word.
func (v Voice) AskReason(inc *incident.Incident, f incident.Finding, word string) bot.Message {
	c := writing(inc, fmt.Sprintf("%s（%s）：请写一句为什么，例：“%s %s 当时已电话报过”。", f.ID, v.charge(f), word, f.ID), word+" "+f.ID, "理由")
	c.Form.Submit.Label = "提交" + word
	return carded(c)
}

// ToldInPrivate answers where others read along.
func (v Voice) ToldInPrivate() bot.Message { return said("已办，详情私聊给您。") }
