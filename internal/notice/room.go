package notice

import (
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// RoomName is what a group for an incident is called.
func (v Voice) RoomName(inc *incident.Incident) string {
	return inc.Number + " " + short(inc.Title, 20)
}

// NoRoom says that a confidential incident gets no group.
func (v Voice) NoRoom(inc *incident.Incident) bot.Message {
	return said(fmt.Sprintf("%s是保密事件，不拉群，请私下说。", inc.Number))
}

// RoomByHand says whom somebody should put into a group, where the bot can make none.
func (v Voice) RoomByHand(inc *incident.Incident, people []string) bot.Message {
	if inc.Room.Open() {
		return said(fmt.Sprintf("%s没能进“%s”，请手动拉一下。", v.names(people), inc.Room.Name))
	}
	return said(fmt.Sprintf("我在这里拉不了群，请手动建“%s”，拉上：%s。", v.RoomName(inc), v.names(people)))
}

// RoomComing confirms who will be in the group.
func (v Voice) RoomComing(inc *incident.Incident, people []string) bot.Message {
	if inc.Room.Open() {
		return said(fmt.Sprintf("好，再请%s进“%s”。", v.names(people), inc.Room.Name))
	}
	return said(fmt.Sprintf("好，正在拉群“%s”：%s，共%d人。", inc.Room.Name, v.names(people), len(people)))
}

// RoomThere says that there is a group with everybody in it.
func (v Voice) RoomThere(inc *incident.Incident, now time.Time) bot.Message {
	return said(fmt.Sprintf("群“%s”已有（%s %s拉的），该在的都在。", inc.Room.Name, v.Name(inc.Room.By), v.at(inc.Room.At, now)))
}

// RoomReady says that the group is there; others are to be added by hand.
func (v Voice) RoomReady(inc *incident.Incident, others []string) bot.Message {
	text := fmt.Sprintf("群“%s”拉好了，%d人，这里的通知那边也有一份。", inc.Room.Name, len(inc.Room.People))
	if len(others) > 0 {
		text += fmt.Sprintf("%s没有那边的账号，请用别的方式告诉。", v.names(others))
	}
	return said(text)
}

// RoomOpened are the first words in it.
func (v Voice) RoomOpened(inc *incident.Incident, now time.Time) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s拉了这个群商量处置，以后的通知这里也有一份。签收、续报请在原群说或私聊我。", v.Name(inc.Room.By))}
	v.stands(&c, inc, now)
	return carded(c)
}

// RoomJoined greets people who come later.
func (v Voice) RoomJoined(inc *incident.Incident, people []string, now time.Time) bot.Message {
	c := plate(inc)
	c.Lines = []string{fmt.Sprintf("%s 请您也来商量处置。", v.mention(people...))}
	v.stands(&c, inc, now)
	return carded(c, people...)
}

// stands is who answers for the incident and what is due next.
func (v Voice) stands(c *bot.Card, inc *incident.Incident, now time.Time) {
	c.Who = "责任人：" + v.Name(inc.Officer)
	if inc.Acked() {
		if next := v.next(inc, now); next != "" {
			c.Lines = append(c.Lines, next)
		}
		return
	}
	v.ackBy(c, inc, now)
}
