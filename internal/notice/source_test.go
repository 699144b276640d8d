package notice_test

import "fenghuo/internal/roster"

func tellOfSources(tr *transcript) {
	v, inc := voice, some()
	alias := roster.SourceID("K7Q2M8")
	inc.Reporter = alias
	tr.chapter("保密上报")
	tr.say("私聊里开始", v.Protected, alias, []string{"xuqing", "hanlu"})
	tr.say("在群里说", v.ProtectInPrivate)
	tr.say("没有指定两个人", v.NobodyProtects)
	tr.say("查来源，发出前", v.SourceIs, inc)
	tr.say("告诉另一位", v.SourceOpened, inc, "xuqing", "核对线索")
	tr.say("不是保密上报的", v.NotProtected, inc.Number)
}
