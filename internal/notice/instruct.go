package notice

import (
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

var rankWords = map[string]string{"head": "部门负责人", "deputy": "分管领导", "chief": "一把手", "outside": "上级", "city": "市级", "province": "省级", "nation": "国家级"}

// Instructed says what a leader wrote, to those who act on it.
func (v Voice) Instructed(inc *incident.Incident) bot.Message {
	last := inc.Instructions[len(inc.Instructions)-1]
	who := fmt.Sprintf("%s批示（%s）", v.Name(last.By), rankWords[last.Rank])
	if last.Rank != "head" && last.Rank != "deputy" && last.Rank != "chief" {
		who = fmt.Sprintf("%s批示（%s登记）", rankWords[last.Rank], v.Name(last.By))
	}
	return said(fmt.Sprintf("%s %s：%s", v.mention(inc.Officer), who, words(short(last.Text, 200))), inc.Officer)
}

// Used says what the report was made use of for.
func (v Voice) Used(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s 已记为采用：%s。谢谢%s。", inc.Number, inc.Uses[len(inc.Uses)-1].Kind, v.Name(inc.Reporter)))
}

// Joined says who shares what the report earns.
func (v Voice) Joined(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s 是%s联报的，首报的分平分。", inc.Number, v.names(append([]string{inc.Reporter}, inc.Joint...))))
}

// AskUse says which uses there are.
func (v Voice) AskUse(uses []string) bot.Message {
	return said(fmt.Sprintf("采用在哪里？回“采用 专报”，可写：%s。", list(uses)))
}
