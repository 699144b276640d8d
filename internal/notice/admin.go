package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
)

// Undelivered tells an administrator what keeps messages from arriving somewhere.
func (v Voice) Undelivered(where, advice string) bot.Message {
	return said(fmt.Sprintf("发给“%s”的消息没有送到。%s", where, advice))
}

// Mend tells an administrator what is wrong with a connection.
func (v Voice) Mend(advice string) bot.Message { return said(advice) }

// Deaf tells an administrator of a long connection that has been away for so long.
func (v Voice) Deaf(platform string, away time.Duration) bot.Message {
	return said(fmt.Sprintf("%s的长连接已断开%d分钟，那里对我说的话我听不到，催办照常发。请看服务器能否访问外网，或运行 fenghuo doctor。", platformName(platform), int(away.Minutes())))
}

// HearsAgain says that it is back. repeats: the platform brings what was said meanwhile.
func (v Voice) HearsAgain(platform string, repeats bool, from, now time.Time) bot.Message {
	text := fmt.Sprintf("%s的长连接已恢复，断开了%s到%s。", platformName(platform), v.at(from, now), v.at(now, now))
	if repeats {
		return said(text + "那段时间对我说的话，平台会补送。")
	}
	return said(text + "那段时间对我说的话没有收到，请大家再说一遍。")
}

func platformName(platform string) string {
	return map[string]string{"feishu": "飞书", "wecom": "企业微信"}[platform]
}

// Detoured tells an administrator that messages reach somewhere by another way than they should.
func (v Voice) Detoured(where, advice string) bot.Message {
	return said(fmt.Sprintf("发给“%s”的消息改用别的方式送到了。%s", where, advice))
}

// Removed tells an administrator that the bot cannot speak in a group any more.
func (v Voice) Removed(where string, open int) bot.Message {
	text := fmt.Sprintf("我已不在“%s”里，那里收不到通知和催办。", where)
	if open > 0 {
		text += fmt.Sprintf("那里还有%d件在办。", open)
	}
	return said(text + "请把我重新拉进群。")
}

// Parted tells an administrator that a mention does not reach somebody any more.
func (v Voice) Parted(person, where string, open int) bot.Message {
	text := fmt.Sprintf("%s已不在“%s”里，那里@不到本人。", v.Name(person), where)
	if open > 0 {
		text += fmt.Sprintf("名下还有%d件在办。", open)
	}
	return said(text + "请拉回群；换人就改 org.yaml，在办的用“转办”。")
}

// OnlyAdmins answers somebody who is none.
func (v Voice) OnlyAdmins() bot.Message { return said("这一步要由管理员来。") }

// BindInTheGroup says where a group is named.
func (v Voice) BindInTheGroup() bot.Message {
	return said("请到那个群里@我说“绑定群 群名”。")
}

// BindInPrivate warns of a key that was shown to a group.
func (v Voice) BindInPrivate() bot.Message {
	return said("推送地址不要发在群里：拿到它的人都能在群里发消息。请撤回刚才那条，重置地址后私聊我绑定。")
}

// NoSuchGroup answers a name no group of the enterprise has here.
func (v Voice) NoSuchGroup(names []string, word string) bot.Message {
	example := word + " 群名"
	if word == "绑定推送" {
		example += " 推送地址"
	}
	if len(names) == 0 {
		return said("组织文件里还没有这个平台的群，请先写上。")
	}
	return said(fmt.Sprintf("请照样写：“%s”。组织文件里的群有：%s。", example, list(names)))
}

// GroupTaken says that the file or another group stands in the way.
func (v Voice) GroupTaken(name string) bot.Message {
	return said(fmt.Sprintf("没有改动：组织文件里“%s”已经有chat_id，或者这个群已是另一个群。请改组织文件。", name))
}

// GroupBound confirms which group this is.
func (v Voice) GroupBound(name string) bot.Message {
	return said(fmt.Sprintf("好，这里就是“%s”。要催办时真正@到人，请私聊我“绑定推送 %s 推送地址”。", name, name))
}

// NothingKept says what is missing to keep a key.
func (v Voice) NothingKept() bot.Message {
	return said("还不能保管推送地址：请在配置里写上secret（至少16个字符），或用环境变量FENGHUO_SECRET，重启后再绑定。")
}

// RobotBound confirms a key; whether it is right is seen in the group.
func (v Voice) RobotBound(name string) bot.Message {
	return said(fmt.Sprintf("已绑定“%s”的推送，地址加密保存。我刚在群里@了您一条试发，看到就是绑对了；没看到请再绑定一次。", name))
}

// RobotProves is said in the group by its robot.
func (v Voice) RobotProves(person string) bot.Message {
	return said(v.mention(person)+" 推送已绑定，以后的催办会这样@到人。", person)
}

// PushFades warns of a group in which nobody has spoken to the bot for long.
func (v Voice) PushFades(names []string) bot.Message {
	return said(fmt.Sprintf("超过一天没人在“%s”@过我，企业微信可能不再让我往那里发消息。请在群里@我说一声“在办”，或给群添加推送并私聊我“绑定推送”。", list(names)))
}
