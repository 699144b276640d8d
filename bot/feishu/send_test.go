package feishu

import (
	"bytes"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
)

func out(chat, thread, text string) bot.Outgoing {
	return bot.Outgoing{Key: "reply/1/0", Place: bot.Place{Platform: Name, Chat: chat, Thread: thread}, Message: bot.Message{Text: text}}
}

func direct(person, text string) bot.Outgoing {
	return bot.Outgoing{Key: "reply/1/0", Place: bot.Place{Platform: Name, Person: person}, Message: bot.Message{Text: text}}
}

func str(m map[string]any, key string) string { s, _ := m[key].(string); return s }

func TestWhereItIsSent(t *testing.T) {
	t.Parallel()
	rows := map[string]struct {
		out            bot.Outgoing
		answer         string
		path, query    string
		to             string
		inThread       any
		thread         string
		permanentError bool
	}{
		"topic": {out: out("G1", "om_root", "hi"), path: "/open-apis/im/v1/messages/om_root/reply", inThread: true, thread: "om_root"},
		"new topic in a topic group": {out: out("G1", "", "hi"), answer: `{"code":0,"data":{"message_id":"om_new","thread_id":"omt_9"}}`,
			path: "/open-apis/im/v1/messages", query: "receive_id_type=chat_id", to: "oc_zhibao", thread: "om_new"},
		"new topic where a message opens one only when it is answered": {out: out("G1", "", "hi"),
			path: "/open-apis/im/v1/messages", query: "receive_id_type=chat_id", to: "oc_zhibao", thread: "om_new"},
		"main stream": {out: out("G3", "", "hi"), path: "/open-apis/im/v1/messages", query: "receive_id_type=chat_id", to: "oc_plain"},
		"quotation": {out: func() bot.Outgoing { o := out("G3", "", "hi"); o.Message.ReplyTo = "om_asked"; return o }(), answer: `{"code":0,"data":{"message_id":"om_r","root_id":"om_asked"}}`,
			path: "/open-apis/im/v1/messages/om_asked/reply", inThread: false},
		"private":                  {out: direct("wanglei", "hi"), path: "/open-apis/im/v1/messages", query: "receive_id_type=open_id", to: "ou_wanglei"},
		"a stranger":               {out: direct("feishu:ou_x", "hi"), path: "/open-apis/im/v1/messages", query: "receive_id_type=open_id", to: "ou_x"},
		"a group not registered":   {out: out("oc_new", "", "hi"), path: "/open-apis/im/v1/messages", query: "receive_id_type=chat_id", to: "oc_new"},
		"nobody":                   {out: direct("nobody", "hi"), permanentError: true},
		"somebody without account": {out: direct("old", "hi"), permanentError: true},
		"no such group":            {out: out("G9", "", "hi"), permanentError: true},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if row.answer != "" {
				w.api.on("/reply", says200(row.answer))
				w.api.on("POST /open-apis/im/v1/messages", says200(row.answer))
			}
			receipt, err := w.Send(t.Context(), row.out)
			if row.permanentError {
				if !errors.Is(err, bot.ErrPermanent) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			calls := w.api.requests("/im/v1/")
			c := calls[0]
			if len(calls) != 1 || c.Path != row.path || c.Query != row.query || str(c.Body, "receive_id") != row.to || c.Body["reply_in_thread"] != row.inThread ||
				len(str(c.Body, "uuid")) == 0 || len(str(c.Body, "uuid")) > 50 {
				t.Errorf("%+v", calls)
			}
			if receipt.Thread != row.thread || receipt.Message == "" || !receipt.Confirmed || receipt.Note != "" {
				t.Errorf("%+v", receipt)
			}
		})
	}
}

func TestErrorsOfTheTable(t *testing.T) {
	t.Parallel()
	rows := map[string]struct {
		answer    func(http.ResponseWriter)
		permanent bool
		after     time.Duration
		admin     string
	}{
		"not in the group":       {refuses(230002, "bot not in chat"), true, 0, "重新拉进群"},
		"disbanded":              {refuses(232009, "disbanded"), true, 0, "已解散"},
		"scope":                  {refuses(99991672, "im:message"), true, 0, "缺少接口权限"},
		"scope with HTTP 200":    {says200(`{"code":99991672,"msg":"no"}`), true, 0, "缺少接口权限"},
		"app disabled":           {refuses(99991662, "off"), true, 0, "没有启用"},
		"app status":             {refuses(99991673, "off"), true, 0, "状态不可用"},
		"IP":                     {refuses(99991401, "ip"), true, 0, "白名单"},
		"monthly quota":          {refuses(99991403, "quota"), false, time.Hour, "额度已用完"},
		"DLP":                    {refuses(230028, "dlp"), true, 0, "拦下"},
		"sensitive":              {refuses(230022, "bad words"), true, 0, "人工转达"},
		"out of range":           {refuses(230013, "range"), true, 0, "可用范围"},
		"resigned":               {refuses(230029, "resigned"), true, 0, "离职"},
		"muted":                  {refuses(230035, "muted"), true, 0, "禁言"},
		"rate, with a window":    {saysWith(429, `{"code":99991400,"msg":"rate"}`, http.Header{"x-ogw-ratelimit-reset": {"17"}}), false, 17 * time.Second, ""},
		"rate, HTTP 400":         {saysWith(400, `{"code":99991400,"msg":"rate"}`, http.Header{"x-ogw-ratelimit-reset": {"0"}}), false, time.Second, ""},
		"rate, absurd window":    {saysWith(429, `{"code":99991400,"msg":"rate"}`, http.Header{"x-ogw-ratelimit-reset": {"99999999999"}}), false, 24 * time.Hour, ""},
		"chat frequency":         {refuses(230020, "ext=chat rate limit"), false, pauseIfUnsaid, ""},
		"still being sent":       {refuses(230049, "sending"), false, pauseIfUnsaid, ""},
		"platform busy":          {refuses(11232, "busy"), false, 30 * time.Second, ""},
		"a proxy's 429":          {saysWith(429, "slow", http.Header{"Retry-After": {"5"}}), false, 5 * time.Second, ""},
		"a proxy's 502":          {saysWith(502, "<html>", nil), false, 0, ""},
		"an answer without code": {says200(`{}`), false, 0, ""},
		"an unknown code":        {refuses(999, "?"), false, 0, ""},
		"yes, but no message":    {says200(`{"code":0,"data":{}}`), false, 0, ""},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.api.on("POST /open-apis/im/v1/messages", row.answer)
			_, err := w.Send(t.Context(), out("G1", "", "hi"))
			var after *bot.RetryAfterError
			errors.As(err, &after)
			got := time.Duration(0)
			if after != nil {
				got = after.After
			}
			admin := bot.Advice(err)
			if err == nil || errors.Is(err, bot.ErrPermanent) != row.permanent || got != row.after || (row.admin == "") != (admin == "") || !strings.Contains(admin, row.admin) {
				t.Errorf("%v: permanent %v, after %s, admin %q", err, errors.Is(err, bot.ErrPermanent), got, admin)
			}
			if n := len(w.api.requests("POST /open-apis/im/v1/messages")); n != 1 {
				t.Errorf("%d attempts", n)
			}
		})
	}
}

// TestGoneTopicDoesNotSwallow: the message goes to the group.
func TestGoneTopicDoesNotSwallow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.api.on("/reply", refuses(230019, "topic gone"))
	r, err := w.Send(t.Context(), out("G1", "om_root", "hi"))
	if err != nil || r.Thread != "om_new" || r.Note != "" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestRefusedCardIsSaidInWords(t *testing.T) {
	t.Parallel()
	card := out("G1", "om_root", "@王蕾 请签收")
	card.Message.Card, card.Message.Mentions = &bot.Card{Head: "h", Lines: []string{"@王蕾 请签收"}}, []string{"wanglei"}
	for name, row := range map[string]struct {
		refusal func(http.ResponseWriter)
		at      bool
	}{
		"malformed":      {refuses(230099, "Failed to create card content, ext=ErrCode: 200861; ErrMsg: unsupported tag"), true},
		"bad mention":    {refuses(230099, "ext=ErrCode: 100290; ErrMsg: at user id is invalid"), false},
		"cards unwanted": {refuses(230054, "not supported"), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.api.on("/reply", row.refusal, says200(`{"code":0,"data":{"message_id":"om_text"}}`))
			r, err := w.Send(t.Context(), card)
			calls := w.api.requests("/reply")
			if err != nil || r.Message != "om_text" || r.Note != "" || len(calls) != 2 || calls[0].Body["uuid"] == calls[1].Body["uuid"] {
				t.Fatalf("%+v %v %v", r, err, calls)
			}
			if content := str(calls[1].Body, "content"); strings.Contains(content, "ou_wanglei") != row.at || !strings.Contains(content, "请签收") {
				t.Error(content)
			}
		})
	}
}

// TestLockedCardIsTriedAgain: while somebody holds the card open it cannot be replaced.
func TestLockedCardIsTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.api.on("PATCH /open-apis/im/v1/messages/om_old", refuses(230099, "ext=ErrCode: 11310; ErrMsg: card action is lock"))
	o := out("G1", "om_root", "x")
	o.Replaces, o.Message.Card = "om_old", &bot.Card{Head: "h", Stale: "王蕾 09:31 签收"}
	_, err := w.Send(t.Context(), o)
	var after *bot.RetryAfterError
	if !errors.As(err, &after) {
		t.Error(err)
	}
	w.api.on("PATCH /open-apis/im/v1/messages/om_old", says200(`{"code":0,"data":{}}`))
	r, err := w.Send(t.Context(), o)
	if err != nil || r.Message != "om_old" || r.Thread != "om_root" {
		t.Errorf("%+v, %v", r, err)
	}
	if calls := w.api.requests("/im/v1/"); len(calls) != 2 || !strings.Contains(str(calls[1].Body, "content"), `"grey"`) {
		t.Errorf("%+v", calls)
	}
}

func TestUrgent(t *testing.T) {
	t.Parallel()
	quota, scope := refuses(230024, "quota"), refuses(99991672, "x")
	const topUp, grant = "飞书加急额度已用完，请联系飞书管理员补充。", "飞书应用缺少接口权限，请在开发者后台开通后发布新版本。"
	type answer = func(http.ResponseWriter)
	rows := map[string]struct {
		allowed, asked  string
		app, sms, phone answer
		calls           string
		note, advice    string
	}{
		"in the app":      {"", bot.PushApp, nil, nil, nil, "app", "", ""},
		"no way named":    {"", "", nil, nil, nil, "app", "", ""},
		"text":            {"", bot.PushSMS, nil, nil, nil, "app sms", "", ""},
		"call":            {"", bot.PushPhone, nil, nil, nil, "app phone", "", ""},
		"no calls left":   {"", bot.PushPhone, nil, nil, quota, "app phone sms", "电话加急额度已用完，改为短信加急", topUp},
		"paid ones out":   {"", bot.PushPhone, nil, quota, quota, "app phone sms", "电话加急额度已用完，短信加急额度已用完，改为应用内加急", topUp},
		"no texts left":   {"", bot.PushSMS, nil, quota, nil, "app sms", "短信加急额度已用完，改为应用内加急", topUp},
		"no scope":        {"", bot.PushPhone, scope, scope, scope, "app phone sms", "应用内加急没有权限，电话加急没有权限，短信加急没有权限，只发了普通消息", grant},
		"only by phone":   {"", bot.PushPhone, scope, nil, nil, "app phone", "应用内加急没有权限，已电话加急", grant},
		"somebody":        {"", bot.PushApp, says200(`{"code":0,"data":{"invalid_user_id_list":["ou_wanglei"]}}`), nil, nil, "app", "应用内加急有人收不到，只发了普通消息", ""},
		"nothing paid":    {bot.PushApp, bot.PushPhone, nil, nil, nil, "app", "", ""},
		"texts, no calls": {bot.PushSMS, bot.PushPhone, nil, nil, nil, "app sms", "", ""},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, func(c *Config) { c.Push = row.allowed })
			for path, answer := range map[string]answer{"/urgent_app": row.app, "/urgent_sms": row.sms, "/urgent_phone": row.phone} {
				if answer != nil {
					w.api.on(path, answer)
				}
			}
			o := direct("wanglei", "请签收")
			o.Message.Urgent, o.Message.Push = []string{"wanglei"}, row.asked
			r, err := w.Send(t.Context(), o)
			if err != nil || r.Note != row.note || r.Advice != row.advice || !r.Confirmed {
				t.Errorf("%+v, %v", r, err)
			}
			var kinds []string
			for _, c := range w.api.requests("/urgent_") {
				kinds = append(kinds, c.Path[strings.LastIndex(c.Path, "_")+1:])
				if c.Query != "user_id_type=open_id" {
					t.Error(c.Query)
				}
			}
			if got := strings.Join(kinds, " "); got != row.calls {
				t.Error(got)
			}
		})
	}
}

func TestPicturesOfACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.api.on("/im/v1/images", says200(`{"code":0,"data":{"image_key":"img_up"}}`))
	f, _ := w.shelf.PutFile(t.Context(), "a.png", "", bytes.NewReader([]byte("png")))
	o := out("G1", "om_root", "x")
	o.Message.Card = &bot.Card{Head: "h", Images: []bot.File{f, {Name: "gone.png", SHA256: "00", Size: 1}, {Name: "big.png", SHA256: "11", Size: 11 << 20}}}
	for range 2 {
		if _, err := w.Send(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(w.api.requests("/im/v1/images")); n != 1 {
		t.Errorf("uploaded %d times", n)
	}
	content := str(w.api.requests("/reply")[0].Body, "content")
	if !strings.Contains(content, "img_up") || !strings.Contains(content, "另有2张图片见登记") {
		t.Error(content)
	}
}

func TestLimitsAndUpdates(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, o := range map[string]bot.Outgoing{"feishu/chat/G1": out("G1", "om_1", ""), "feishu/user/wanglei": direct("wanglei", ""), "feishu/message/om_7": {Replaces: "om_7"}} {
		got := w.Limits(o)
		if got[0] != (bot.Limit{Bucket: name, PerSecond: 4, Burst: 1}) || got[1].Bucket != "feishu/app" || got[1].PerSecond+float64(got[1].Burst) > 50 || got[2].PerSecond*60+float64(got[2].Burst) > 1000 {
			t.Errorf("%s: %v", name, got)
		}
	}
	if !w.CanUpdate(bot.Outgoing{ShownAt: noon}, noon.Add(13*24*time.Hour)) || w.CanUpdate(bot.Outgoing{ShownAt: noon}, noon.Add(14*24*time.Hour)) {
		t.Error("cards can be replaced for 14 days")
	}
	if name, err := w.Check(t.Context()); name != "助手" || err != nil {
		t.Error(name, err)
	}
}
