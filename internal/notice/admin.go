package notice

import (
	"fmt"

	"fenghuo/bot"
)

// Undelivered tells an administrator what keeps messages from arriving somewhere.
func (v Voice) Undelivered(where, advice string) bot.Message {
	return said(fmt.Sprintf("发给“%s”的消息没有送到。%s", where, advice))
}

// Removed tells an administrator that the bot cannot speak in a group any more.
func (v Voice) Removed(where string, open int) bot.Message {
	text := fmt.Sprintf("我已不在“%s”里，那里收不到通知和催办。", where)
	if open > 0 {
		text += fmt.Sprintf("那里还有%d件在办。", open)
	}
	return said(text + "请把我重新拉进群。")
}
