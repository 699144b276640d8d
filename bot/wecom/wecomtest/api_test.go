package wecomtest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestATokenLivesTwoHoursAndCanBeRevoked(t *testing.T) {
	t.Parallel()
	for _, code := range []int{40014, 42001} {
		w := newWorld(t, func(o *Options) { o.TokenCode = code })
		w.code(w.bare("gettoken?corpid=ww5100000000000001&corpsecret=no", nil), 40001)
		w.code(w.bare("gettoken?corpid=ww1&corpsecret=sim-app-secret", nil), 40013)
		got := w.code(w.bare("gettoken?corpid=ww5100000000000001&corpsecret=sim-app-secret", nil), 0)
		token, _ := got["access_token"].(string)
		w.code(w.bare("getcallbackip?access_token="+token, nil), 0)
		w.clock.add(2 * time.Hour)
		w.code(w.bare("getcallbackip?access_token="+token, nil), code)
		token = w.Token()
		w.code(w.bare("getcallbackip?access_token="+token, nil), 0)
		_ = w.Break(Fault{Kind: RevokeTokens})
		w.code(w.bare("getcallbackip?access_token="+token, nil), code)
		w.code(w.bare("getcallbackip", nil), 41001)
		if w.Refused(code) != 2 || w.TokensAsked() != 1 {
			t.Errorf("%d refused, %d asked", w.Refused(code), w.TokensAsked())
		}
	}
}

func TestTheAppWritesToMembers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Visible = []string{"ZhouMin", "WangLei"} })
	got := w.code(w.sends("zhoumin|GuBo|Nobody", textOf("你好")), 0)
	if got["invaliduser"] != "gubo|nobody" {
		t.Errorf("invaliduser %v", got["invaliduser"])
	}
	m := w.lastOf()
	if m.Chat != "app:ZhouMin" || m.Text != "你好" || m.MsgID != got["msgid"] || m.Channel != App {
		t.Errorf("%+v", m)
	}
	w.code(w.sends("GuBo", textOf("你好")), 81013)
	w.code(w.sends("", textOf("你好")), 82001)
	w.code(w.sends("@all", markdown("**你好**")), 0)
	if n := len(w.Messages()); n != 3 {
		t.Errorf("%d messages", n)
	}
	w.code(w.api("message/send", object{"touser": "ZhouMin", "agentid": "1000017", "msgtype": "text", "text": object{"content": "x"}}), 40056)
	w.code(w.sends("ZhouMin", textOf("")), 44004)
	w.code(w.sends("ZhouMin", object{"msgtype": "hologram"}), 40008)
	w.code(w.sends("ZhouMin", textOf(strings.Repeat("长", 700))), 0)
	if m := w.lastOf(); len(m.Text) != 2046 {
		t.Errorf("%d bytes are left", len(m.Text))
	}
	want := []string{"POST /cgi-bin/message/send: errcode 82001: touser & toparty & totag all empty", "POST /cgi-bin/message/send: errcode 40056: invalid agentid, 1000017",
		"POST /cgi-bin/message/send: errcode 44004: text message content is empty", `POST /cgi-bin/message/send: errcode 40008: invalid message type, "hologram"`, "text of 2100 bytes, cut at 2048"}
	if diff := cmp.Diff(want, w.Complaints()); diff != "" {
		t.Error(diff)
	}
}

func TestMoreThanThirtyAMinuteAreSwallowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 31 {
		w.code(w.sends("ZhouMin", textOf("又来")), 0)
	}
	w.code(w.sends("WangLei", textOf("你好")), 0)
	all := w.Messages()
	if all[29].Dropped || !all[30].Dropped || all[31].Dropped {
		t.Errorf("dropped: %v %v %v", all[29].Dropped, all[30].Dropped, all[31].Dropped)
	}
	w.clock.add(time.Minute)
	w.code(w.sends("ZhouMin", textOf("好了")), 0)
	if w.lastOf().Dropped {
		t.Error("dropped after a minute")
	}
}

func TestARobotReallyMentions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.code(w.robot(object{"msgtype": "text", "text": object{"content": "请处理 <@WangLei>", "mentioned_list": []string{"zhoumin", "GuBo", "x"}, "mentioned_mobile_list": []string{"13800000001", "@all"}}}), 0)
	m := w.lastOf()
	if diff := cmp.Diff([]string{"ZhouMin", "@all", "WangLei"}, m.At); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"GuBo", "x"}, m.Unheard); diff != "" {
		t.Error(diff)
	}
	w.code(w.robot(markdown("请 <@WangLei> 看")), 0)
	if m := w.lastOf(); len(m.At) != 1 || m.From != "推送" || m.Chat != "wr_A" {
		t.Errorf("%+v", m)
	}
	w.clean()
	w.code(w.robot(object{"msgtype": "markdown_v2", "markdown_v2": object{"content": "<@WangLei>"}}), 0)
	if m := w.lastOf(); len(m.At) != 0 || len(w.Complaints()) != 1 {
		t.Errorf("%+v %q", m, w.Complaints())
	}
	w.code(w.robot(cardOf(buttons("t1"))), 40058)
	w.code(w.robot(cardOf(object{"card_type": "text_notice", "main_title": object{"title": "日报"}, "card_action": object{"type": 1, "url": "https://fenghuo.test/1"}})), 0)
	w.code(w.robot(textOf("")), 93017)
	w.code(w.robot(textOf(strings.Repeat("x", 2049))), 40058)
}

func TestARobotHasTwentyAMinuteAndCanBeDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 20 {
		w.code(w.robot(textOf("又来")), 0)
	}
	w.code(w.robot(textOf("又来")), 45009)
	w.clock.add(time.Minute)
	w.code(w.robot(textOf("好了")), 0)
	_ = w.Break(Fault{Kind: DeleteRobot, Chat: "wr_A"})
	w.code(w.robot(textOf("还在吗")), 93000)
	_ = w.Break(Fault{Kind: DisableRobot, Chat: "wr_A"})
	w.code(w.robot(textOf("还在吗")), 93004)
	_ = w.Break(Fault{Kind: AddRobot, Chat: "wr_A"})
	w.code(w.robot(textOf("又来")), 0)
	w.code(w.bare("webhook/send?key=nobody", textOf("x")), 93000)
	if err := w.Break(Fault{Kind: DeleteRobot, Chat: "wr_B"}); err == nil {
		t.Error("deleted a robot that was never there")
	}
	w.clean()
}
