package handlers

import (
	"slices"
	"strings"

	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// explain is 说明 理由: the person concerned says why something was late.
func explain(t *turn) error {
	mine := func(inc *incident.Incident) bool {
		_, ok := inc.RiskToExplain(t.person, "")
		return ok || slices.Contains(inc.Unjudged(), t.person)
	}
	inc, err := t.target(mine)
	if inc == nil || err != nil {
		return err
	}
	risk, ok := inc.RiskToExplain(t.person, "")
	if !ok && slices.Contains(inc.Unjudged(), t.person) {
		return t.explainSilence(inc)
	}
	if !ok {
		return &incident.Refusal{Code: incident.NoRisk, Number: inc.Number}
	}
	text := limit(zh.Clean(t.match.Rest))
	if text == "" {
		return t.reply(t.Voice.AskExplanation(inc, risk))
	}
	if err := t.do(inc, incident.Act{Kind: incident.RiskExplained, Risk: risk.ID, Text: text}); err != nil {
		return err
	}
	rows, err := t.Tx.PostsOf(inc.Number)
	if err != nil {
		return err
	}
	about := func(row store.PostRow) bool {
		return !strings.Contains(row.Key+"/", "/risk/"+risk.ID+"/") && row.Message.Card.Form == nil
	}
	if err := t.Retire(slices.DeleteFunc(desk.Offering(rows, "说明"), about), t.Voice.Done(t.person, "已说明", t.Now)); err != nil {
		return err
	}
	return t.tellHome("explained", "说明已收", t.Voice.Explained(*inc.Risk(risk.ID)))
}

// calm is 平息: the officer says that the storm is over.
func calm(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("平息", inc) {
		return t.mayNot("平息", inc)
	}
	if err := t.do(inc, incident.Act{Kind: incident.Calmed, Text: zh.Clean(t.match.Rest)}); err != nil {
		return err
	}
	if err := t.outdated("已平息", "续报", "无新增", "同意"); err != nil {
		return err
	}
	return t.tellHome("calm", "平息", t.Voice.Calmed(inc, t.Now))
}

// finalReport is 终报 内容.
func finalReport(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("终报", inc) {
		return t.mayNot("终报", inc)
	}
	text := limit(zh.Clean(t.match.Rest))
	if text == "" && !inc.CalmAt.IsZero() {
		return t.reply(t.Voice.AskFinal(inc))
	}
	if err := t.do(inc, incident.Act{Kind: incident.FinalFiled, Text: text}); err != nil {
		return err
	}
	if err := t.outdated("已交终报", "终报"); err != nil {
		return err
	}
	return t.tellHome("final", "终报待批", t.Voice.FinalFiled(inc, t.Approver(inc), t.finalGaps(inc, text)))
}

// approveFinal is 批准终报; it closes the incident.
func approveFinal(t *turn) error {
	inc, err := t.finalToJudge("批准终报")
	if inc == nil || err != nil {
		return err
	}
	if err := t.do(inc, incident.Act{Kind: incident.FinalApproved}); err != nil {
		return err
	}
	if err := t.outdated("已办结", "批准终报", "退回终报", "签收", "补充", "说明", "接收", "同意"); err != nil {
		return err
	}
	if err := t.tellHome("closed", "办结", t.Voice.Closed(inc, t.Now)); err != nil {
		return err
	}
	return t.proposePlanEdits(inc)
}

// returnFinal is 退回终报 原因.
func returnFinal(t *turn) error {
	inc, err := t.finalToJudge("退回终报")
	if inc == nil || err != nil {
		return err
	}
	reason := limit(zh.Clean(t.match.Rest))
	if reason == "" {
		return t.reply(t.Voice.AskReturn(inc))
	}
	if err := t.do(inc, incident.Act{Kind: incident.FinalReturned, Text: reason}); err != nil {
		return err
	}
	if err := t.outdated("已退回", "批准终报", "退回终报"); err != nil {
		return err
	}
	return t.tellHome("final-returned", "终报退回", t.Voice.FinalReturned(inc, t.Now))
}

func (t *turn) finalToJudge(word string) (*incident.Incident, error) {
	inc, err := t.target(func(inc *incident.Incident) bool {
		return inc.State == incident.FinalReview && t.person == t.Approver(inc)
	})
	if inc == nil || err != nil {
		return nil, err
	}
	if judge := t.Approver(inc); t.person != judge && t.person != inc.Deputy && t.person != inc.Chief {
		return nil, t.reply(t.Voice.NotAllowed(word, judge))
	}
	return inc, nil
}
