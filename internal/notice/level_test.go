package notice_test

import "fenghuo/internal/incident"

func tellLevel(tr *transcript) {
	v, now := voice, at("03-10 10:00")
	raised := func(inc *incident.Incident) {
		inc.Level.Current, inc.Level.Provisional, inc.Level.Before, inc.Level.Lapses = incident.LevelII, true, incident.LevelIII, at("03-10 12:00")
	}
	tr.chapter("升级、降级")
	tr.say("升到哪一级", v.AskLevel, some(), "升级")
	tr.say("降到哪一级", v.AskLevel, some(level(incident.LevelII)), "降级")
	tr.say("不能再升", v.AskLevel, some(level(incident.LevelI)), "升级")
	tr.say("升级待确认，还没签收", v.LevelRaised, some(raised), incident.LevelIII, "zhoumin", wrote("已有媒体来问"), []string{"wanglei", "xuqing"}, now)
	tr.say("升级待确认，已签收", v.LevelRaised, handled(raised), incident.LevelIII, "wuyan", wrote("已有媒体来问"), []string{"wanglei"}, now)
	tr.say("责任人自己升的", v.LevelRaised, handled(level(incident.LevelII)), incident.LevelIII, "wanglei", wrote("已有媒体来问"), []string(nil), now)
	tr.say("升级告知领导，未签收", v.ToldRaised, some(raised), incident.LevelIII, "zhoumin", now)
	tr.say("升级告知领导，已签收", v.ToldRaised, handled(raised), incident.LevelIII, "wuyan", now)
	wanted := func(inc *incident.Incident) { inc.Level.Wanted = incident.LevelIV }
	tr.say("申请降级", v.LowerAsked, handled(wanted), "wanglei", wrote("视频已删"), []string{"xuqing"})
	for _, yes := range []bool{true, false} {
		tr.say("降级答复", v.LevelDecided, handled(), incident.LevelIII, "xuqing", yes, true, wrote("还有讨论"), now)
		tr.say("升级答复", v.LevelDecided, handled(), incident.LevelII, "xuqing", yes, false, wrote("只有一条"), now)
	}
}
