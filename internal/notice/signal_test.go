package notice_test

import (
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/signal"
)

func tellSignal(tr *transcript) {
	v, now := voice, at("03-10 11:40")
	hot := signal.Signal{ID: "m-1", Source: "monitor-a", At: at("03-10 11:30"), Platform: "微博", URL: "https://m.example.test/a/1", Author: wrote("杭州热点"), Followers: 1_200_000,
		Text: wrote("滨江店酸奶杯里有虫。顾客已拍视频，电话13812345678"), Reads: 120_000_000, Comments: 410, HotRank: 3, HotList: "national"}
	lead := notice.Lead{Number: "S-1", Signal: hot, Received: at("03-10 11:31"), Where: wrote("滨江店"), Level: incident.LevelI, Reasons: []string{"话题阅读过亿", "全国热搜前10"}}
	bare := notice.Lead{Number: "S-2", Signal: signal.Signal{ID: "2", Source: wrote("rss"), At: at("03-09 20:00"), Text: wrote("某店酸奶有虫")}, Received: now,
		Level: incident.LevelIV, Reasons: []string{"目前没有更重的情形"}, Older: at("03-01 00:00"), Closed: number}
	local := bare
	local.Signal.HotRank, local.Signal.HotList = 7, "local"
	list := local
	list.Signal.HotList = ""
	tr.chapter("线索")
	tr.say("新线索，全国热搜", v.Lead, lead, []string{"dingwei"}, now)
	tr.say("新线索，说的是旧事，链接办过", v.Lead, bare, []string{"wuyan", "xuqing"}, now)
	tr.say("新线索，同城热榜，没人值班", v.Lead, local, []string(nil), now)
	tr.say("新线索，哪个榜不清楚", v.Lead, list, []string{"dingwei"}, now)
	tr.say("为什么忽略", v.AskIgnore, lead)
	tr.say("忽略了", v.LeadIgnored, "S-1", wrote("说的是另一家公司"))
	tr.say("没有这条", v.NoLead, "S-9")
	tr.say("哪一条", v.NoLead, "")
	tr.say("先填完手上的", v.FormFirst)
	tr.say("一条也没有", v.Leads, []notice.Lead(nil), now)
	tr.say("两条", v.Leads, []notice.Lead{lead, bare}, now)
	var many []notice.Lead
	for range 12 {
		many = append(many, lead)
	}
	tr.say("很多", v.Leads, many, now)

	tr.chapter("第二个人来办")
	tr.say("已立案", v.LeadDecided, "S-1", "dingwei", number, true, "")
	tr.say("已立案，不便说编号", v.LeadDecided, "S-1", "dingwei", "", true, "")
	tr.say("已忽略", v.LeadDecided, "S-1", "dingwei", "", false, wrote("说的是另一家公司"))
	tr.say("已归入", v.LeadDecided, "S-1", "", "", false, "")

	tr.chapter("归入在办的事件")
	seen := incident.Sighting{Signal: "S-3", Source: "monitor-a", Suggested: incident.LevelI, Reasons: lead.Reasons}
	tr.say("建议升级", v.Sighted, handled(), hot, seen, true, now)
	tr.say("不用升级，有数据", v.Sighted, handled(level(incident.LevelI)), hot, seen, false, now)
	tr.say("不用升级，没有数据", v.Sighted, handled(level(incident.LevelI)), bare.Signal, seen, false, now)
}
