package notice_test

import "fenghuo/internal/incident"

func tellMerge(tr *transcript) {
	v, now := voice, at("03-10 09:40")
	second := some(func(inc *incident.Incident) {
		inc.Number, inc.Reporter = "YQ-20260310-002", "linke"
		inc.Title, inc.FoundAt = wrote("抖音上说滨江店酸奶有虫子"), at("03-10 09:38")
		inc.Likely = &incident.Likely{Number: number, Score: 85, Why: []string{"同一单位", "同一类别", "说法相近", "相隔33分"}}
	})
	head := handled(func(inc *incident.Incident) {
		inc.Summary = wrote("顾客13812345678在店里喝到虫子，拍了视频，店长已道歉退款，同批次下架。")
	})
	closed := handled(state(incident.Closed), func(inc *incident.Incident) { inc.ClosedAt = at("03-10 09:00") })
	closed.Number = "YQ-20260309-004"
	secret := handled(func(inc *incident.Incident) { inc.Confidential = true })
	secret.Number = "YQ-20260309-005"
	draft := some(state(incident.Draft))
	draft.Number = "YQ-20260309-006"
	tr.chapter("可能是一回事")
	tr.say("问一句", v.Alike, second, head, now)
	tr.say("单位不清楚", v.Alike, second, handled(func(inc *incident.Incident) { inc.Subject = "" }), now)
	tr.say("像已办结的", v.Alike, second, closed, now)
	tr.say("先看看已办结的", v.Beside, second, closed, now)
	tr.say("先看看", v.Beside, second, head, now)
	tr.say("先看看，没有经过", v.Beside, second, handled(), now)
	tr.say("哪一件", v.AskOther, "并入")
	tr.say("同一件", v.CannotMerge, head, head)
	tr.say("保密的", v.CannotMerge, second, secret)
	tr.say("没提交的", v.CannotMerge, second, draft)
	tr.say("结束了的", v.CannotMerge, second, closed)
	tr.say("另立", v.StoodAlone, second)

	tr.chapter("并入")
	gone := some(func(inc *incident.Incident) {
		*inc = *second
		inc.State = incident.Merged
		inc.Merges = []incident.Merge{{Into: number, By: "wanglei", At: at("03-10 09:45"), New: true}}
	})
	tr.say("并入了", v.MergedInto, gone, head)
	tr.say("头一件里：有新的", v.Absorbed, head, incident.Part{Number: "YQ-20260310-002", Reporter: "linke", Links: []string{"https://v.example.test/2"}, Platforms: []string{"微博"}, Evidence: []string{"E-3", "E-4"}})
	tr.say("头一件里：没有新的", v.Absorbed, head, incident.Part{Number: "YQ-20260310-002", Reporter: "linke"})
	tr.say("并入的那件，详情", v.Detail, gone, now)
	tr.say("头一件，详情", v.Detail, handled(func(inc *incident.Incident) {
		inc.Parts = []incident.Part{{Number: "YQ-20260310-002", Reporter: "linke", Reported: at("03-10 09:38")}}
		inc.Relations = []incident.Relation{{Kind: "同批", To: "YQ-20260309-003"}}
	}), now)

	tr.chapter("拆分和关联")
	tr.say("没有可拆的", v.NothingToSplit)
	tr.say("拆出，还没签收", v.Split, second, head, wrote("是另一家店的事"))
	tr.say("拆出，已签收", v.Split, handled(), second, wrote("是另一家店的事"))
	tr.say("头一件里", v.Released, second)
	tr.say("关联", v.Related, second, head, "同批")
}
