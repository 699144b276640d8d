package notice_test

import (
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
)

// tasked is the incident with a plan of four tasks, the first of them done.
func tasked(change ...func(*incident.Incident)) *incident.Incident {
	return handled(append([]func(*incident.Incident){func(inc *incident.Incident) {
		inc.Plan = "产品质量预案"
		inc.Tasks = []incident.Task{
			{N: 1, Title: wrote("三同步①：处置方案和发布方案一起定"), Owner: "wanglei", Due: at("03-10 13:21"), At: at("03-10 09:21"), DoneBy: "wanglei", DoneAt: at("03-10 09:50"), Word: wrote("两份都定了")},
			{N: 2, Title: wrote("同批次下架封存，留样送检"), Owner: "dingwei", Due: at("03-10 13:21"), At: at("03-10 09:21")},
			{N: 3, Title: wrote("查批次流向"), Owner: "mayue", Due: at("03-11 09:21"), At: at("03-10 09:21")},
			{N: 4, Title: wrote("联系平台删帖"), Owner: "linke", By: "wanglei", At: at("03-10 09:30")},
		}
	}}, change...)...)
}

func tellPlan(tr *transcript) {
	v, now := voice, at("03-10 10:00")
	inc := tasked()
	second, third, own := inc.Tasks[1], inc.Tasks[2], inc.Tasks[3]
	finished := func(inc *incident.Incident) {
		for n := range inc.Tasks {
			inc.Tasks[n].DoneBy, inc.Tasks[n].DoneAt = "wanglei", at("03-10 09:55")
		}
	}
	only := tasked(func(inc *incident.Incident) { inc.Tasks = inc.Tasks[:1] })
	reason := "类别“产品质量”、级别黄/三级"
	tr.chapter("预案与任务")
	tr.say("签收后启动", v.PlanStarted, inc, reason, inc.Tasks, true, at("03-10 09:21"))
	tr.say("夜里启动，不@人", v.PlanStarted, inc, reason, inc.Tasks, false, at("03-10 22:30"))
	tr.say("升级后再加", v.PlanStarted, inc, "类别“产品质量”、级别橙/二级", inc.Tasks[2:3], true, now)
	tr.say("没有预案", v.NoPlan, inc)
	tr.say("清单", v.Tasks, inc, now)
	tr.say("清单，有过期的", v.Tasks, tasked(followed(first("03-10 16:50", incident.OnTime, ""))), at("03-10 18:00"))
	tr.say("都办完了", v.Tasks, tasked(finished), now)
	tr.say("还没有任务", v.Tasks, handled(), now)
	tr.say("派给人", v.TaskGiven, inc, second, true, now)
	tr.say("派给人，没有期限", v.TaskGiven, inc, own, true, now)
	tr.say("夜里派，不@人", v.TaskGiven, inc, second, false, now)
	tr.say("办好一项", v.TaskFinished, inc, inc.Tasks[0])
	tr.say("最后一项", v.TaskFinished, only, only.Tasks[0])
	tr.say("没写编号", v.AskTask, inc)
	tr.say("没写编号，都办完了", v.AskTask, only)
	tr.say("没写做什么", v.AskNewTask, inc)
	tr.say("保密事件派给外人", v.NoTasksFor, inc, "linke")
	tr.say("到期前", v.TaskReminder, inc, second, at("03-10 12:51"))
	tr.say("到期后", v.TaskOverdue, inc, second, at("03-10 13:51"))
	tr.say("隔夜到期后", v.TaskOverdue, inc, third, at("03-12 09:00"))
	tr.say("没有这一项", v.Refused, inc, &incident.Refusal{Code: incident.NoSuchTask}, now)
	tr.say("已经办好", v.Refused, inc, &incident.Refusal{Code: incident.TaskDoneAlready, Who: "wanglei", At: at("03-10 09:50")}, now)
	tr.say("已有同样一项", v.Refused, inc, &incident.Refusal{Code: incident.TaskThere}, now)
	tr.say("平息时还有任务", v.Calmed, tasked(state(incident.FinalDue), func(inc *incident.Incident) {
		inc.CalmAt, inc.Final.Due = at("03-12 16:05"), at("03-17 18:00")
	}), at("03-12 16:05"))
	tr.say("终报时还有任务", v.FinalFiled, tasked(state(incident.FinalReview), func(inc *incident.Incident) {
		inc.Final = incident.Paper{At: at("03-13 10:00"), Verdict: incident.OnTime, Text: wrote("起因已查清")}
		inc.Tasks = append(inc.Tasks, incident.Task{N: 5, Title: wrote("拟道歉信"), Owner: "hanlu"})
	}), "xuqing", []string(nil))
	lines := []string{`- {title: "每周抽检", owner: 质量, due: {I: 24h, II: 24h, III: 24h}} # 孙恪，每周`}
	tr.say("建议改预案", v.PlanEdit, inc, lines)
	tr.say("建议改预案，没有启动过预案", v.PlanEdit, handled(), lines)
	tr.say("日报带任务", v.Digest, notice.Digest{Now: at("03-11 08:30"), Planned: at("03-11 08:30"), Day: at("03-10 00:00"), Open: []*incident.Incident{inc}})
}
