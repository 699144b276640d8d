package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/config"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// withRooms lets the app make groups.
func withRooms(cfg *config.Config, _ *parts) error {
	cfg.Wecom.App.MakeGroups = true
	return nil
}

// room is the one group the app made, and what was said in it.
func (w *wecomWorld) room() (g wecomtest.Group, said []wecomtest.Message) {
	w.t.Helper()
	for id, one := range w.p.Chats() {
		if !slices.ContainsFunc(w.org.Groups, func(known roster.Group) bool { return known.ChatID == id }) {
			if g.ChatID != "" {
				w.t.Fatalf("two groups were made: %q and %q", g.Name, one.Name)
			}
			g = one
		}
	}
	return g, w.p.In(g.ChatID)
}

// acts are what the ledger says of the group, in order.
func (w *wecomWorld) acts(number string, want ...incident.Kind) {
	w.t.Helper()
	var got []incident.Kind
	err := w.app.store.View(w.t.Context(), func(tx *store.Tx) error {
		all, err := tx.EntriesOf("incident/" + number)
		for _, e := range all {
			if strings.HasPrefix(e.Kind, "room_") {
				got = append(got, incident.Kind(e.Kind))
			}
		}
		return err
	})
	if err != nil || !slices.Equal(got, want) {
		w.t.Errorf("the ledger has %v, want %v (%v)", got, want, err)
	}
}

// 建群 makes a group of those concerned; what is called out at home is called out there too, with a real @, and
// who joins later is told how things stand.
func TestAGroupForAnIncident(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		w.again(withRooms)
		w.says("wanglei", "G1", "@舆报助手 在办")
		w.reports()
		w.says("linke", "direct", "建群 001") // only reported it
		if n := w.times(w.chatID("direct", "linke"), "要由"); n != 1 {
			t.Errorf("林可 reads %q", w.said(w.chatID("direct", "linke")))
		}
		w.says("wanglei", "G1", "@舆报助手 建群 001")
		w.pass(20 * time.Second)
		g, said := w.room()
		if !strings.HasPrefix(g.Name, "YQ-20260310-001 ") || g.Members[0] != w.userID("wanglei") || !slices.Contains(g.Members, w.userID("linke")) {
			t.Fatalf("made %+v", g)
		}
		if len(said) != 1 || said[0].Channel != wecomtest.AppChat || !strings.Contains(said[0].Text, "王蕾拉了这个群") {
			t.Fatalf("its first words: %+v", said)
		}
		w.pass(16 * time.Minute) // the first reminder
		_, said = w.room()
		if last := said[len(said)-1]; !strings.Contains(last.Text, "第1次催办") || !slices.Contains(last.At, w.userID("wanglei")) || !strings.Contains(last.Text, "私聊我回：签收 001") {
			t.Errorf("called out with %+v", last)
		}
		w.says("wanglei", "G1", "@舆报助手 收到")
		w.pass(20 * time.Second)
		_, said = w.room()
		if last := said[len(said)-1]; !strings.Contains(last.Text, "签收（") {
			t.Errorf("of the acknowledgment it says %q", last.Text)
		}
		w.says("wanglei", "direct", "建群 001")
		w.says("wuyan", "direct", "移交 001 丁伟，休假到周五")
		w.says("dingwei", "direct", "接收 001")
		w.says("wanglei", "direct", "建群 001")
		w.pass(40 * time.Second)
		g, said = w.room()
		if last := said[len(said)-1]; !slices.Contains(g.Members, w.userID("dingwei")) || !slices.Equal(last.At, []string{w.userID("dingwei")}) {
			t.Errorf("who tracks it now joins %v with %+v", g.Members, last)
		}
		private := strings.Join(w.said(w.chatID("direct", "wanglei")), "\n")
		if !strings.Contains(private, "该在的都在") || !strings.Contains(private, "再请丁伟进") {
			t.Errorf("asked again, 王蕾 reads %s", private)
		}
		w.acts("YQ-20260310-001", incident.RoomAsked, incident.RoomMade, incident.RoomAsked)
	})
}

// Where the company lets the app make no group, whoever asked is told whom to put into one, and administrators
// what to mend.
func TestNoGroupCanBeMade(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		w.reports()
		w.says("wanglei", "direct", "建群 001")
		w.pass(20 * time.Second)
		private := w.chatID("direct", "wanglei")
		if n := w.times(private, "请手动建"); n != 1 {
			t.Fatalf("not allowed: %q", w.said(private))
		}
		w.again(withRooms)
		w.breaks(wecomtest.Fault{Kind: wecomtest.Code, Channel: wecomtest.App, API: "appchat/create", Code: 60011})
		w.says("wanglei", "G1", "@舆报助手 建群 001")
		w.pass(20 * time.Second)
		if n := w.times(w.chatID("G1", ""), "请手动建"); n != 1 {
			t.Errorf("refused: %q", w.said(w.chatID("G1", "")))
		}
		if n := w.times(w.chatID("direct", "wuyan"), "根部门"); n != 1 {
			t.Errorf("the administrator is told %q", w.said(w.chatID("direct", "wuyan")))
		}
		w.breaks(wecomtest.Fault{Kind: wecomtest.Mend})
		w.says("wanglei", "G1", "@舆报助手 建群 001")
		w.pass(20 * time.Second)
		if g, said := w.room(); len(said) != 1 {
			t.Errorf("mended and asked again: %+v, %d messages", g, len(said))
		}
		w.acts("YQ-20260310-001", "room_by_hand", incident.RoomAsked, incident.RoomFailed, incident.RoomAsked, incident.RoomMade)
	})
}
