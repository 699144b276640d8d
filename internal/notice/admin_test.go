package notice_test

import "time"

func tellAdmin(tr *transcript) {
	tr.chapter("告诉管理员")
	now := at("03-10 10:12")
	tr.say("消息没有送到", voice.Undelivered, "舆情直报群", "机器人不在这个飞书群里，请把它重新拉进群。")
	tr.say("连接有问题", voice.Mend, "有另一个程序用同一个智能机器人建立了长连接，请停掉它。")
	tr.say("断线", voice.Deaf, "feishu", 5*time.Minute)
	tr.say("飞书恢复", voice.HearsAgain, "feishu", true, now.Add(-12*time.Minute), now)
	tr.say("企业微信恢复", voice.HearsAgain, "wecom", false, now.Add(-12*time.Minute), now)
	tr.say("改了道", voice.Detoured, "华东客服群", "这个群的机器人已被移除，请重新添加。")
	tr.say("被移出群", voice.Removed, "舆情直报群", 0)
	tr.say("被移出群，有在办", voice.Removed, "舆情直报群", 2)
	tr.say("负责人离群", voice.Parted, "wanglei", "舆情直报群", 0)
	tr.say("负责人离群，有在办", voice.Parted, "wanglei", "舆情直报群", 1)

	tr.chapter("绑定企业微信的群")
	v := voice
	tr.say("不是管理员", v.OnlyAdmins)
	tr.say("要在群里说", v.BindInTheGroup)
	tr.say("不要在群里发地址", v.BindInPrivate)
	tr.say("没有这个群", v.NoSuchGroup, []string{"华东客服群"}, "绑定群")
	tr.say("没有这个群，绑推送", v.NoSuchGroup, []string{"华东客服群"}, "绑定推送")
	tr.say("一个群都没有", v.NoSuchGroup, []string(nil), "绑定群")
	tr.say("已有", v.GroupTaken, "华东客服群")
	tr.say("群绑好了", v.GroupBound, "华东客服群")
	tr.say("没有secret", v.NothingKept)
	tr.say("推送绑好了", v.RobotBound, "华东客服群")
	tr.say("在群里试发", v.RobotProves, "wuyan")
	tr.say("一天没人说话", v.PushFades, []string{"华东客服群"})
}
