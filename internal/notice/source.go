package notice

import (
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// Protected tells a source that they are one.
func (v Voice) Protected(alias string, keepers []string) bot.Message {
	return said(fmt.Sprintf("已为您保密：这件事里您只叫“%s”，登记、群里和报表都不写您是谁。只有%s能查，每查一次都有记录，另一位会知道。内容里别写自己的姓名电话。",
		v.Name(alias), v.names(keepers)))
}

// ProtectInPrivate answers who asks for it where others read.
func (v Voice) ProtectInPrivate() bot.Message {
	return said("保密上报请私聊我说：打开和我的私聊，发“保密上报”。刚才那句的内容我没有记。")
}

// NobodyProtects says that sources cannot be protected here.
func (v Voice) NobodyProtects() bot.Message {
	return said("这里还没有指定可查来源的两个人，暂时不能保密上报，刚才的内容我没有记。不用保密就回“上报”；要保密，请管理员先在 org.yaml 里写 protect。")
}

// SourceIs tells a keeper who a source is. The alias in it becomes the person when it is sent.
func (v Voice) SourceIs(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s的来源：%s。只作核对和保护用，请勿转述。", inc.Number, inc.Reporter))
}

// SourceOpened tells the other keeper.
func (v Voice) SourceOpened(inc *incident.Incident, by, reason string) bot.Message {
	return said(fmt.Sprintf("%s查了%s的来源，理由：%s。", v.Name(by), inc.Number, reason))
}

// NotProtected says that there is nothing to open.
func (v Voice) NotProtected(number string) bot.Message {
	return said(number + "不是保密上报的，报送人见“详情”。")
}
