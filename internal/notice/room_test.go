package notice_test

import "fenghuo/internal/incident"

func tellRoom(tr *transcript) {
	v, now := voice, at("03-10 09:45")
	room := func(chat string) func(*incident.Incident) {
		return func(inc *incident.Incident) {
			inc.Room = &incident.Room{Place: incident.Place{Platform: "wecom", Chat: chat}, Name: v.RoomName(inc), By: "wanglei", At: at("03-10 09:40"), People: []string{"wanglei", "zhoumin", "xuqing"}}
		}
	}
	members := []string{"wanglei", "zhoumin", "xuqing"}
	tr.chapter("处置群")
	tr.say("群名", v.RoomName, some())
	tr.say("保密事件", v.NoRoom, some())
	tr.say("没有平台能建", v.RoomByHand, some(), members)
	tr.say("有人没进成", v.RoomByHand, handled(room("g1")), members[2:])
	tr.say("正在建", v.RoomComing, handled(room("")), members)
	tr.say("再请人", v.RoomComing, handled(room("g1")), []string{"dingwei"})
	tr.say("已有", v.RoomThere, handled(room("g1")), now)
	tr.say("建好了", v.RoomReady, handled(room("g1")), []string(nil))
	tr.say("建好了，有人没账号", v.RoomReady, handled(room("g1")), []string{"dingwei"})
	tr.say("群里第一句，未签收", v.RoomOpened, some(room("")), now)
	tr.say("群里第一句，已签收", v.RoomOpened, handled(room("")), now)
	tr.say("后来的人", v.RoomJoined, handled(room("g1")), []string{"dingwei"}, now)
}
