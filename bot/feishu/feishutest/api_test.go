package feishutest

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestTheTokenIsTheSameUntilHalfAnHourIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func() (string, int) {
		r := httptest.NewRequest("POST", "/open-apis/auth/v3/tenant_access_token/internal", strings.NewReader(`{"app_id":"cli_5100000000000001","app_secret":"sim-app-secret"}`))
		out := w.do(r)
		w.code(out, 0)
		var in struct {
			Token  string `json:"tenant_access_token"`
			Expire int
		}
		parse(t, out.raw, &in)
		return in.Token, in.Expire
	}
	first, expire := ask()
	if expire != 7200 {
		t.Errorf("expire %d", expire)
	}
	w.clock.add(90 * time.Minute)
	if again, left := ask(); again != first || left != 1800 {
		t.Errorf("with half an hour left: %q for %d s", again, left)
	}
	w.clock.add(time.Second)
	second, _ := ask()
	if second == first {
		t.Error("below half an hour the token is still the old one")
	}
	for _, token := range []string{first, second} {
		w.code(w.as("Bearer "+token, "GET", "/bot/v3/info", nil), 0)
	}
	w.clock.add(30 * time.Minute)
	w.code(w.as("Bearer "+first, "GET", "/bot/v3/info", nil), 99991663)
	w.code(w.as("Bearer "+second, "GET", "/bot/v3/info", nil), 0)
}

func TestCallsWithoutAGoodTokenAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	statuses := map[int]bool{}
	for auth, want := range map[string]int{"": 99991661, "Bearer t-other": 99991663, "Bearer x": 99991671, "t-other": 99991671} {
		r := w.as(auth, "GET", "/bot/v3/info", nil)
		w.code(r, want)
		statuses[r.status] = true
		if r.header.Get("X-Tt-Logid") == "" {
			t.Error("no log id")
		}
	}
	if !statuses[200] || !statuses[400] {
		t.Errorf("token errors come with the statuses %v, want 200 and 400", statuses)
	}
	bad := w.do(httptest.NewRequest("POST", "/open-apis/auth/v3/tenant_access_token/internal", strings.NewReader(`{"app_id":"cli_5100000000000001","app_secret":"x"}`)))
	w.code(bad, 10014)
}

func TestEachMistakeHasItsCode(t *testing.T) {
	t.Parallel()
	text := object{"text": "hi"}
	say := func(chat string, extra object) func(*world) reply {
		return func(w *world) reply {
			body := object{"receive_id": chat, "msg_type": "text", "content": string(marshal(text))}
			for k, v := range extra {
				body[k] = v
			}
			return w.api("POST", "/im/v1/messages?receive_id_type=chat_id", body)
		}
	}
	post := func(path string, body any) func(*world) reply {
		return func(w *world) reply { return w.api("POST", path, body) }
	}
	after := func(d time.Duration, do func(*world, string) reply) func(*world) reply {
		return func(w *world) reply {
			id := w.sent("oc_1", "interactive", cardOf(md("a")))
			w.clock.add(d)
			return do(w, id)
		}
	}
	patch := func(card any) func(*world, string) reply {
		return func(w *world, id string) reply {
			return w.api("PATCH", "/im/v1/messages/"+id, object{"content": string(marshal(card))})
		}
	}
	broken := func(f Fault, do func(*world) reply) func(*world) reply {
		return func(w *world) reply {
			if err := w.Break(f); err != nil {
				w.Fatal(err)
			}
			return do(w)
		}
	}
	path := func(method, format string) func(*world, string) reply {
		return func(w *world, id string) reply { return w.api(method, fmt.Sprintf(format, id), object{}) }
	}
	said := func(chat string, do func(*world, string) reply) func(*world) reply {
		return func(w *world) reply {
			id, err := w.Says(w.Context(), "ou_zhoumin", chat, "hi")
			if err != nil {
				w.Fatal(err)
			}
			return do(w, id)
		}
	}
	for _, c := range []struct {
		name string
		do   func(*world) reply
		want int
	}{
		{"unknown receive_id_type", post("/im/v1/messages?receive_id_type=phone", object{"receive_id": "oc_1", "msg_type": "text", "content": "{}"}), 99992402},
		{"no body", post("/im/v1/messages?receive_id_type=chat_id", nil), 99992402},
		{"unknown chat", say("oc_9", nil), 230034},
		{"somebody else's open_id", post("/im/v1/messages?receive_id_type=open_id", object{"receive_id": "ou_9", "msg_type": "text", "content": `{"text":"x"}`}), 99992351},
		{"unknown msg_type", say("oc_1", object{"msg_type": "markdown"}), 230001},
		{"content is no JSON", say("oc_1", object{"content": "hi"}), 230001},
		{"content is an object", say("oc_1", object{"content": text}), 99992402},
		{"no text", say("oc_1", object{"content": "{}"}), 230001},
		{"uuid too long", say("oc_1", object{"uuid": strings.Repeat("u", 51)}), 99992402},
		{"text too long", say("oc_1", object{"content": `{"text":"` + strings.Repeat("x", 150<<10) + `"}`}), 230025},
		{"mention of nobody", say("oc_1", object{"content": `{"text":"<at user_id=\"ou_9\"></at>"}`}), 230001},
		{"@all where it is forbidden", say("oc_strict", object{"content": `{"text":"<at user_id=\"all\"></at>"}`}), 230018},
		{"image nobody uploaded", say("oc_1", object{"msg_type": "image", "content": `{"image_key":"img_9"}`}), 230001},
		{"post without a language", say("oc_1", object{"msg_type": "post", "content": `{"title":"t","content":[[]]}`}), 230001},
		{"system message in a group", say("oc_1", object{"msg_type": "system"}), 230001},
		{"bot removed", broken(Fault{Kind: RemoveBot, Chat: "oc_1"}, say("oc_1", nil)), 230002},
		{"group disbanded", broken(Fault{Kind: Disband, Chat: "oc_1"}, say("oc_1", nil)), 232009},
		{"app disabled", broken(Fault{Kind: Disabled}, say("oc_1", nil)), 99991662},
		{"scope missing", broken(Fault{Kind: NoScope}, say("oc_1", nil)), 99991672},
		{"a code for one chat", broken(Fault{Kind: Code, Code: 230022, Chat: "oc_1"}, say("oc_1", nil)), 230022},
		{"another chat is well", broken(Fault{Kind: Code, Code: 230022, Chat: "oc_topic"}, say("oc_1", nil)), 0},
		{"a code for one API", broken(Fault{Kind: Code, Code: 99991403, API: "/messages"}, say("oc_1", nil)), 99991403},

		{"reply to nothing", post("/im/v1/messages/om_9/reply", object{"msg_type": "text", "content": `{"text":"x"}`}), 230001},
		{"topic where there are none", said("oc_strict", func(w *world, id string) reply {
			return w.api("POST", "/im/v1/messages/"+id+"/reply", object{"msg_type": "text", "content": `{"text":"x"}`, "reply_in_thread": true})
		}), 230071},

		{"patch in time", after(14*24*time.Hour-time.Second, patch(cardOf(md("b")))), 0},
		{"patch too late", after(14*24*time.Hour+time.Second, patch(cardOf(md("b")))), 230031},
		{"patch to 1.0", after(0, patch(object{"elements": []any{}})), 230099},
		{"patch with what is no card", after(0, patch(object{"schema": "2.0"})), 230099},
		{"patch of another's message", said("oc_1", patch(cardOf(md("b")))), 230012},
		{"recall", after(0, path("DELETE", "/im/v1/messages/%s")), 0},
		{"recall too late", after(25*time.Hour, path("DELETE", "/im/v1/messages/%s")), 230009},
		{"recall of another's", said("oc_1", path("DELETE", "/im/v1/messages/%s")), 230026},
		{"readers without id type", after(0, path("GET", "/im/v1/messages/%s/read_users")), 99992402},
		{"readers too late", after(8*24*time.Hour, path("GET", "/im/v1/messages/%s/read_users?user_id_type=open_id")), 230033},
		{"history without group_msg", func(w *world) reply {
			return w.api("GET", "/im/v1/messages?container_id_type=chat&container_id=oc_1", nil)
		}, 230027},

		{"update with a made-up token", post("/interactive/v1/card/update", object{"token": "c-9", "card": cardOf()}), 300020},
		{"update with a string", post("/interactive/v1/card/update", object{"token": "c-9", "card": "{}"}), 10002},
		{"unknown chat asked for", func(w *world) reply { return w.api("GET", "/im/v1/chats/oc_9", nil) }, 232006},
		{"page too long", func(w *world) reply { return w.api("GET", "/im/v1/chats?page_size=101", nil) }, 99992402},
		{"unknown department", func(w *world) reply {
			return w.api("GET", "/contact/v3/users/find_by_department?department_id=od-9", nil)
		}, 40008},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			r := c.do(w)
			w.code(r, c.want)
			if c.want != 0 && w.Refused(c.want) == 0 {
				t.Error("not counted")
			}
		})
	}
}

func TestUrgentMessagesHaveTheirCodes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, chat, how string
		to              []string
		fault           string
		want            int
		invalid         int
	}{
		{"to a member", "oc_1", "urgent_app", []string{"ou_wanglei"}, "", 0, 0},
		{"one is not in the group", "oc_1", "urgent_sms", []string{"ou_wanglei", "ou_gubo"}, "", 0, 1},
		{"nobody is", "oc_1", "urgent_phone", []string{"ou_gubo"}, "", 230001, 0},
		{"quota of texts", "oc_1", "urgent_sms", []string{"ou_wanglei"}, NoSMS, 230024, 0},
		{"quota of calls", "oc_1", "urgent_phone", []string{"ou_wanglei"}, NoPhone, 230024, 0},
		{"the other quota", "oc_1", "urgent_sms", []string{"ou_wanglei"}, NoPhone, 0, 0},
		{"forbidden in the group", "oc_strict", "urgent_app", []string{"ou_zhoumin"}, "", 230052, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			id := w.sent(c.chat, "text", object{"text": "x"})
			if c.fault != "" {
				_ = w.Break(Fault{Kind: c.fault})
			}
			r := w.api("PATCH", "/im/v1/messages/"+id+"/"+c.how+"?user_id_type=open_id", object{"user_id_list": c.to})
			w.code(r, c.want)
			bad, _ := r.Data["invalid_user_id_list"].([]any)
			if len(bad) != c.invalid {
				t.Errorf("invalid: %v", bad)
			}
		})
	}
}

func TestUrgentMessagesHaveAnEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(o *Options) { o.Quota = map[string]int{"sms": 3} })
	id := w.sent("oc_1", "text", object{"text": "x"})
	push := func(kind, message string, to ...string) reply {
		return w.api("PATCH", "/im/v1/messages/"+message+"/urgent_"+kind+"?user_id_type=open_id", object{"user_id_list": to})
	}
	w.code(push("sms", id, "ou_wanglei", "ou_zhoumin"), 0)
	w.code(push("sms", id, "ou_wanglei", "ou_zhoumin"), 230024) // one is left
	w.code(push("sms", id, "ou_wanglei"), 0)
	w.code(push("sms", id, "ou_wanglei"), 230024)
	w.code(push("phone", id, "ou_wanglei"), 0)
	for range maxPushes - 1 {
		w.clock.add(time.Second)
		w.code(push("app", w.sent("oc_1", "text", object{"text": "x"}), "ou_wanglei"), 0)
	}
	w.clock.add(time.Second)
	last := w.sent("oc_1", "text", object{"text": "x"})
	w.code(push("app", last, "ou_wanglei"), 230023)
	w.code(push("app", last, "ou_zhoumin"), 0)
}

func TestTheSameUUIDSendsOnceAnHour(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	send := func() any {
		r := w.api("POST", "/im/v1/messages?receive_id_type=chat_id", object{"receive_id": "oc_1", "msg_type": "text", "content": `{"text":"x"}`, "uuid": "u-1"})
		w.code(r, 0)
		return r.Data["message_id"]
	}
	first := send()
	w.clock.add(59 * time.Minute)
	if again := send(); again != first || len(w.Messages()) != 1 {
		t.Errorf("sent again as %v", again)
	}
	w.clock.add(time.Minute)
	if again := send(); again == first {
		t.Error("after an hour the uuid still holds it back")
	}
}

func TestRepliesStayInTheirTopic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	root, _ := w.Says(ctx, "ou_zhoumin", "oc_topic", "一")
	other, _ := w.Says(ctx, "ou_zhoumin", "oc_topic", "二")
	plain, _ := w.Says(ctx, "ou_zhoumin", "oc_1", "三")
	reply := func(to string, thread bool) Message {
		r := w.api("POST", "/im/v1/messages/"+to+"/reply", object{"msg_type": "text", "content": `{"text":"x"}`, "reply_in_thread": thread})
		w.code(r, 0)
		m, _ := w.Message(r.Data["message_id"].(string))
		return m
	}
	one, two := reply(root, false), reply(other, false)
	if one.ThreadID == "" || one.ThreadID == two.ThreadID || one.RootID != root {
		t.Errorf("topics %q and %q, root %q", one.ThreadID, two.ThreadID, one.RootID)
	}
	if m := reply(plain, false); m.ThreadID != "" || m.ParentID != plain {
		t.Errorf("a plain reply is in topic %q under %q", m.ThreadID, m.ParentID)
	}
	opened := reply(plain, true)
	if opened.ThreadID == "" {
		t.Error("reply_in_thread opened no topic")
	}
	w.clock.add(time.Second)
	if m := reply(opened.ID, false); m.ThreadID != opened.ThreadID || m.RootID != plain {
		t.Errorf("a reply in a topic left it: %+v", m)
	}
}

func TestLimitsAreEnforcedWithTheirHeaders(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 5 {
		r := w.sends("oc_1", "text", object{"text": fmt.Sprint(i)})
		w.code(r, 0)
	}
	w.code(w.sends("oc_1", "text", object{"text": "6"}), 230020)
	w.code(w.sends("oc_topic", "text", object{"text": "another group"}), 0)
	w.clock.add(time.Second)
	w.code(w.sends("oc_1", "text", object{"text": "6"}), 0)

	for range 50 {
		w.code(w.api("GET", "/bot/v3/info", nil), 0)
	}
	r := w.api("GET", "/bot/v3/info", nil)
	w.code(r, 99991400)
	if r.status != 429 || r.header.Get("x-ogw-ratelimit-limit") != "50" || r.header.Get("x-ogw-ratelimit-reset") != "1" {
		t.Errorf("status %d, headers %v", r.status, r.header)
	}
	for range 19 {
		w.clock.add(time.Second)
		for range 50 {
			w.api("GET", "/bot/v3/info", nil)
		}
	}
	w.clock.add(time.Second)
	r = w.api("GET", "/bot/v3/info", nil)
	w.code(r, 99991400)
	if got := r.header.Get("x-ogw-ratelimit-reset"); got != "39" {
		t.Errorf("reset in %s s, want the rest of the minute", got)
	}
	w.clock.add(39 * time.Second)
	w.code(w.api("GET", "/bot/v3/info", nil), 0)

	card := w.sent("oc_1", "interactive", cardOf(md("a")))
	for range 5 {
		w.code(w.api("PATCH", "/im/v1/messages/"+card, object{"content": string(marshal(cardOf(md("b"))))}), 0)
	}
	w.code(w.api("PATCH", "/im/v1/messages/"+card, object{"content": string(marshal(cardOf(md("b"))))}), 230020)
}
