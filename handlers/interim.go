package handlers

import (
	"fenghuo/handlers/desk"
	"fenghuo/internal/incident"
	"fenghuo/internal/zh"
)

// interim is 小结 内容: the page between calm and final report. Deputy and chief get it in private.
func interim(t *turn) error {
	inc, err := t.target(t.involved)
	if inc == nil || err != nil {
		return err
	}
	if !t.may("小结", inc) {
		return t.mayNot("小结", inc)
	}
	text := limit(zh.Clean(t.match.Rest))
	if text == "" && inc.Duty(incident.AboutInterim) != nil {
		return t.reply(t.Voice.NeedWords("小结 17日起无新增，顾客已和解，同批次已召回"))
	}
	if err := t.do(inc, incident.Act{Kind: incident.InterimFiled, Text: text}); err != nil {
		return err
	}
	if err := t.outdated("已交小结", "小结"); err != nil {
		return err
	}
	if err := t.tellHome("interim", "阶段小结", t.Voice.InterimFiled(inc)); err != nil {
		return err
	}
	for _, leader := range []string{inc.Deputy, inc.Chief} {
		if leader == "" || leader == t.person {
			continue
		}
		told := desk.Told{Purpose: "interim", Reason: "阶段小结", Message: t.Voice.InterimToLeader(inc)}
		if err := t.Direct(inc, leader, told); err != nil {
			return err
		}
	}
	return nil
}
