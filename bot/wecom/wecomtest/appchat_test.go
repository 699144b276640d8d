package wecomtest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTheAppMakesAGroupAndWritesThere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	create := object{"name": "应急群", "owner": "wanglei", "userlist": []string{"zhoumin", "WangLei"}, "chatid": "war1"}
	w.code(w.api("appchat/create", create), 0)
	w.code(w.api("appchat/create", create), 86215)
	w.code(w.api("appchat/send", object{"chatid": "war1", "msgtype": "text", "text": object{"content": "到岗", "mentioned_list": []string{"ZhouMin", "GuBo"}}}), 0)
	w.code(w.api("appchat/send", object{"chatid": "war1", "msgtype": "markdown", "markdown": object{"content": "<@WangLei> 到岗"}}), 0)
	all := w.Messages()
	if all[0].Channel != AppChat || all[0].At[0] != "ZhouMin" || all[0].Unheard[0] != "GuBo" || all[1].At[0] != "WangLei" {
		t.Errorf("%+v", all)
	}
	w.code(w.api("appchat/send", object{"chatid": "war1", "msgtype": "template_card", "template_card": notice()}), 40008)
	w.code(w.api("appchat/update", object{"chatid": "war1", "name": "应急群一", "add_user_list": []string{"GuBo"}, "del_user_list": []string{"zhoumin"}}), 0)
	info, _ := w.code(w.api("appchat/get?chatid=war1", nil), 0)["chat_info"].(object)
	if diff := cmp.Diff(object{"chatid": "war1", "name": "应急群一", "owner": "WangLei", "userlist": []any{"WangLei", "GuBo"}}, info); diff != "" {
		t.Error(diff)
	}
	if g := w.Chats()["war1"]; g.Name != "应急群一" {
		t.Errorf("%+v", g)
	}
	if _, err := w.Say(t.Context(), "GuBo", "war1", "@助手 在吗"); err != nil || len(w.Deliveries()) != 0 {
		t.Errorf("%v, %+v", err, w.Deliveries())
	}
}

func TestTheAppsGroupsHaveRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		body object
		code int
	}{
		{"one member", object{"userlist": []string{"ZhouMin"}}, 86006},
		{"a stranger", object{"userlist": []string{"ZhouMin", "Nobody"}}, 40031},
		{"an id with a sign", object{"userlist": []string{"ZhouMin", "WangLei"}, "chatid": "war_1"}, 86001},
		{"a name too long", object{"userlist": []string{"ZhouMin", "WangLei"}, "name": strings.Repeat("长", 51)}, 40058},
		{"an owner from outside", object{"userlist": []string{"ZhouMin", "WangLei"}, "owner": "GuBo"}, 40003},
	} {
		w := newWorld(t)
		if got := w.api("appchat/create", c.body); int(got["errcode"].(float64)) != c.code {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	w := newWorld(t)
	w.code(w.api("appchat/send", object{"chatid": "wr_A", "msgtype": "text", "text": object{"content": "x"}}), 86008)
	w.code(w.api("appchat/send", object{"chatid": "none", "msgtype": "text", "text": object{"content": "x"}}), 86003)
	small := newWorld(t, func(o *Options) { o.NoRoot = true })
	small.code(small.api("appchat/create", object{"userlist": []string{"ZhouMin", "WangLei"}}), 60011)
}

func TestTooMuchInTheAppsGroupIsSwallowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.code(w.api("appchat/create", object{"userlist": []string{"ZhouMin", "WangLei"}, "chatid": "a1"}), 0)
	w.code(w.api("appchat/create", object{"userlist": []string{"ZhouMin", "GuBo"}, "chatid": "a2"}), 0)
	send := func(chat string) Message {
		w.code(w.api("appchat/send", object{"chatid": chat, "msgtype": "text", "text": object{"content": "又来"}}), 0)
		return w.lastOf()
	}
	for range 200 {
		if m := send("a1"); m.Dropped || m.Missed != nil {
			t.Fatalf("%+v", m)
		}
	}
	if m := send("a1"); !m.Dropped {
		t.Errorf("%+v", m)
	}
	m := send("a2")
	if diff := cmp.Diff([]string{"ZhouMin"}, m.Missed); diff != "" || m.Dropped {
		t.Error(diff)
	}
	if n := len(w.SeenBy("GuBo")); n != 1 || len(w.SeenBy("ZhouMin")) != 200 {
		t.Errorf("%d, %d", n, len(w.SeenBy("ZhouMin")))
	}
	w.clock.add(time.Minute)
	if m := send("a2"); m.Missed != nil {
		t.Errorf("%+v", m)
	}
}
