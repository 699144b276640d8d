package notice_test

func tellAdmin(tr *transcript) {
	tr.chapter("告诉管理员")
	tr.say("消息没有送到", voice.Undelivered, "舆情直报群", "机器人不在这个飞书群里，请把它重新拉进群。")
	tr.say("被移出群", voice.Removed, "舆情直报群", 0)
	tr.say("被移出群，有在办", voice.Removed, "舆情直报群", 2)
}
