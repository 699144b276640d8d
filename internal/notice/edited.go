package notice

import (
	"fmt"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// MessageEdited says that somebody changed what they had said; the registry stands.
func (v Voice) MessageEdited(inc *incident.Incident, person, text string) bot.Message {
	return said(fmt.Sprintf("%s改了刚才的消息，现在是：%s。登记仍是原来的，要改请回“更正”。", v.Name(person), words(short(text, 100))))
}
