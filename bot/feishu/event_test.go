package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot"
)

// message is im.message.receive_v1 with what is special about it.
func receivedJSON(kind, content, more string) string {
	return `{"sender":{"sender_id":{"union_id":"on_a","user_id":"zhang3","open_id":"ou_linke"},"sender_type":"user","tenant_key":"tk_demo"},
	"message":{"message_id":"om_1","create_time":"1767225600100","update_time":"1767225600100","message_type":"` + kind + `","content":` +
		string(encode(content)) + more + `,"user_agent":"Mozilla/5.0 Lark/7.x"}}`
}

const (
	inG1     = `,"chat_id":"oc_zhibao","chat_type":"group"`
	inPlain  = `,"chat_id":"oc_plain","chat_type":"group"`
	inP2P    = `,"chat_id":"oc_p2p","chat_type":"p2p"`
	atBot    = `{"key":"@_user_1","id":{"union_id":"on_bot","user_id":"","open_id":"ou_bot"},"mentioned_type":"bot","name":"助手","tenant_key":"tk_demo"}`
	atLei    = `{"key":"@_user_2","id":{"open_id":"ou_wanglei"},"mentioned_type":"user","name":"Wang Lei","tenant_key":"tk_demo"}`
	atOther  = `{"key":"@_user_10","id":{"open_id":"ou_stranger"},"mentioned_type":"user","name":"外人","tenant_key":"tk_x"}`
	mentions = `,"mentions":[` + atBot + `,` + atLei + `]`
)

// said is what most events of a table have in common.
func saidBy(place bot.Place, change func(*bot.Event)) bot.Event {
	place.Platform = Name
	ev := bot.Event{Platform: Name, Keys: []string{"ev-1", "om_1"}, Kind: bot.Said, At: time.UnixMilli(1767225600100).UTC(), Place: place,
		Message: "om_1", Sender: "ou_linke"}
	change(&ev)
	return ev
}

func TestMessages(t *testing.T) {
	t.Parallel()
	topicG1 := bot.Place{Chat: "G1", Thread: "om_1"}
	private := bot.Place{Person: "linke"}
	rows := map[string]struct {
		kind, content, more string
		want                []bot.Event
	}{
		"mention in a topic group": {"text", `{"text":"@_user_1 请 @_user_2 看一下"}`, inG1 + `,"thread_id":"omt_1"` + mentions,
			[]bot.Event{saidBy(topicG1, func(e *bot.Event) {
				e.Text, e.ToBot, e.Mentions = "请 @王蕾 看一下", true, []string{"ou_wanglei"}
			})}},
		"reply in a topic": {"text", `{"text":"收到"}`, inG1 + `,"root_id":"om_0","parent_id":"om_0","thread_id":"omt_1"`,
			[]bot.Event{saidBy(bot.Place{Chat: "G1", Thread: "om_0"}, func(e *bot.Event) { e.Text = "收到" })}},
		"message that may open a topic": {"text", `{"text":"上报"}`, inG1,
			[]bot.Event{saidBy(topicG1, func(e *bot.Event) { e.Text = "上报" })}},
		"quotation in a plain group": {"text", `{"text":"收到"}`, inPlain + `,"root_id":"om_0","parent_id":"om_0"`,
			[]bot.Event{saidBy(bot.Place{Chat: "G3"}, func(e *bot.Event) { e.Text, e.Quotes = "收到", "om_0" })}},
		"topic in a plain group": {"text", `{"text":"收到"}`, inPlain + `,"root_id":"om_0","thread_id":"omt_2"`,
			[]bot.Event{saidBy(bot.Place{Chat: "G3", Thread: "om_0"}, func(e *bot.Event) { e.Text = "收到" })}},
		"group nobody registered": {"text", `{"text":"hi"}`, `,"chat_id":"oc_new","chat_type":"topic_group"`,
			[]bot.Event{saidBy(bot.Place{Chat: "oc_new"}, func(e *bot.Event) { e.Text = "hi" })}},
		"private": {"text", `{"text":"上报"}`, inP2P,
			[]bot.Event{saidBy(private, func(e *bot.Event) { e.Text, e.ToBot = "上报", true })}},
		"everybody is not the bot": {"text", `{"text":"@_all 开会"}`, inPlain,
			[]bot.Event{saidBy(bot.Place{Chat: "G3"}, func(e *bot.Event) { e.Text = "@所有人 开会" })}},
		"everybody with an entry": {"text", `{"text":"@_all 开会"}`, inPlain + `,"mentions":[{"key":"@_all","id":{"open_id":""},"name":"所有人"}]`,
			[]bot.Event{saidBy(bot.Place{Chat: "G3"}, func(e *bot.Event) { e.Text = "@所有人 开会" })}},
		"ten people": {"text", `{"text":"@_user_1 @_user_10 hi"}`, inPlain + `,"mentions":[` + atBot + `,` + atOther + `]`,
			[]bot.Event{saidBy(bot.Place{Chat: "G3"}, func(e *bot.Event) {
				e.Text, e.ToBot, e.Mentions = "@外人 hi", true, []string{"ou_stranger"}
			})}},
		"post": {"post", `{"title":"标题","content":[[{"tag":"text","text":"第一行"},{"tag":"at","user_id":"@_user_2","user_name":"x"},{"tag":"a","href":"https://a.b","text":"链接"}],[{"tag":"emotion","emoji_type":"OK"},{"tag":"hr"},{"tag":"at","user_id":"@_user_1"}],[{"tag":"code_block","language":"GO","text":"x := 1"}]]}`, inG1 + mentions,
			[]bot.Event{saidBy(topicG1, func(e *bot.Event) {
				e.Text, e.ToBot, e.Mentions = "标题\n第一行@王蕾链接 https://a.b\n👌\nx := 1", true, []string{"ou_wanglei"}
			})}},
		"image": {"image", `{"image_key":"img_1"}`, inP2P, []bot.Event{saidBy(private, func(e *bot.Event) {
			e.ToBot, e.Files = true, []bot.File{{Name: "图片.png", Kind: "image", Type: "image/png", Size: 8, SHA256: shaOf("content!")}}
		})}},
		"file": {"file", `{"file_key":"file_1","file_name":"../报告.pdf"}`, inP2P, []bot.Event{saidBy(private, func(e *bot.Event) {
			e.ToBot, e.Files = true, []bot.File{{Name: "报告.pdf", Kind: "image", Type: "image/png", Size: 8, SHA256: shaOf("content!")}}
		})}},
		"audio": {"audio", `{"file_key":"file_1","duration":2300}`, inP2P, []bot.Event{saidBy(private, func(e *bot.Event) {
			e.ToBot, e.Files = true, []bot.File{{Name: "语音.opus", Kind: "image", Type: "image/png", Size: 8, SHA256: shaOf("content!")}}
		})}},
		"video": {"media", `{"file_key":"file_1","image_key":"img_1","file_name":"a.mp4","duration":1}`, inP2P, []bot.Event{saidBy(private, func(e *bot.Event) {
			e.ToBot, e.Files = true, []bot.File{{Name: "a.mp4", Kind: "image", Type: "image/png", Size: 8, SHA256: shaOf("content!")}}
		})}},
		"picture within a post": {"post", `{"title":"","content":[[{"tag":"img","image_key":"img_1"},{"tag":"text","text":"见图"}]]}`, inP2P,
			[]bot.Event{saidBy(private, func(e *bot.Event) {
				e.Text, e.ToBot, e.Files = "见图", true, []bot.File{{Name: "图片.png", Kind: "image", Type: "image/png", Size: 8, SHA256: shaOf("content!")}}
			})}},
		"forwarded chat": {"merge_forward", `Merged and Forwarded Message`, inG1, []bot.Event{saidBy(topicG1, func(e *bot.Event) {
			e.Files = []bot.File{{Name: "合并转发的聊天记录", Kind: "file", Error: "wrong_type"}}
		})}},
		"sticker in private": {"sticker", `{"file_key":"f"}`, inP2P, []bot.Event{saidBy(private, func(e *bot.Event) {
			e.ToBot, e.Files = true, []bot.File{{Name: "表情", Kind: "file", Error: "wrong_type"}}
		})}},
		"something new": {"hologram", `{}`, inP2P, []bot.Event{saidBy(private, func(e *bot.Event) {
			e.ToBot, e.Files = true, []bot.File{{Name: "这条消息", Kind: "file", Error: "wrong_type"}}
		})}},
		"sticker among people":  {"sticker", `{"file_key":"f"}`, inG1, nil},
		"recalled meanwhile":    {"text", ``, inG1, nil},
		"nothing said":          {"text", `{"text":""}`, inG1, nil},
		"content out of joint":  {"text", `{"text":`, inG1, nil},
		"another bot's message": {"text", `{"text":"hi"}`, inG1 + `,"x":1`, nil},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			file := func(rw http.ResponseWriter) {
				rw.Header().Set("Content-Type", "image/png")
				saysWith(200, "content!", nil)(rw)
			}
			w.api.on("/resources/img_1", file)
			w.api.on("/resources/file_1", file)
			body := receivedJSON(row.kind, row.content, row.more)
			if strings.Contains(name, "another bot") {
				body = strings.Replace(body, `"sender_type":"user"`, `"sender_type":"bot"`, 1)
			}
			if diff := cmp.Diff(row.want, w.hears(t, eventMessage, body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhyAFileWasNotTaken(t *testing.T) {
	t.Parallel()
	rows := map[string]struct {
		answer func(http.ResponseWriter)
		want   string
		err    bool
	}{
		"over 100 MB":          {refuses(234037, "too big"), "too_big", false},
		"key of another":       {refuses(234003, "mismatch"), "expired", false},
		"child of a forward":   {refuses(234043, "unsupported"), "wrong_type", false},
		"restricted":           {refuses(234038, "restricted"), "expired", false},
		"larger than ours":     {saysWith(200, "GIANT", http.Header{"Content-Type": {"image/png"}}), "too_big", false},
		"platform down":        {saysWith(502, "bad gateway", http.Header{"Content-Type": {"text/html"}}), "", true},
		"too many at a time":   {refuses(99991400, "slow down"), "", true},
		"no file, but no harm": {says200(`{"code":0,"data":{}}`), "", true},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.api.on("/resources/img_1", row.answer)
			err := w.Dispatch(t.Context(), w.inbox, []byte(event(eventMessage, receivedJSON("image", `{"image_key":"img_1"}`, inP2P))))
			if (err != nil) != row.err {
				t.Fatal(err)
			}
			if row.err {
				return
			}
			if got := w.inbox.got()[0].Files[0]; got.Error != row.want || got.Kind != "image" || got.SHA256 != "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestOtherEvents(t *testing.T) {
	t.Parallel()
	at := func(ms int64) time.Time { return time.UnixMilli(ms).UTC() }
	base := func(kind bot.EventKind, when time.Time, keys ...string) bot.Event {
		return bot.Event{Platform: Name, Kind: kind, At: when, Keys: keys, Place: bot.Place{Platform: Name}}
	}
	with := func(ev bot.Event, change func(*bot.Event)) bot.Event { change(&ev); return ev }
	rows := map[string]struct {
		kind, body string
		want       []bot.Event
	}{
		"recalled": {eventRecalled, `{"message_id":"om_9","chat_id":"oc_zhibao","recall_time":"1767225700000","recall_type":"message_owner"}`,
			[]bot.Event{with(base(bot.Recalled, at(1767225700000), "ev-1"), func(e *bot.Event) { e.Message, e.Place.Chat, e.Place.Thread = "om_9", "G1", "om_root" })}},
		"thumbs up": {eventReaction, `{"message_id":"om_9","reaction_type":{"emoji_type":"THUMBSUP"},"operator_type":"user","user_id":{"open_id":"ou_wanglei"},"action_time":"1767225700000"}`,
			[]bot.Event{with(base(bot.Reacted, at(1767225700000), "ev-1"), func(e *bot.Event) {
				e.Message, e.Sender, e.Emoji, e.Place.Chat, e.Place.Thread = "om_9", "ou_wanglei", "👍", "G1", "om_root"
			})}},
		"reaction where the bot may not look": {eventReaction, `{"message_id":"om_gone","reaction_type":{"emoji_type":"Shrug"},"operator_type":"user","user_id":{"open_id":"ou_wanglei"},"action_time":"1767225700000"}`,
			[]bot.Event{with(base(bot.Reacted, at(1767225700000), "ev-1"), func(e *bot.Event) {
				e.Message, e.Sender, e.Emoji, e.Place.Person = "om_gone", "ou_wanglei", "[Shrug]", "wanglei"
			})}},
		"the bot's own reaction": {eventReaction, `{"message_id":"om_9","reaction_type":{"emoji_type":"OK"},"operator_type":"app","app_id":"cli_demo"}`, nil},
		"read": {eventRead, `{"reader":{"reader_id":{"open_id":"ou_wanglei"},"read_time":"1767225700000","tenant_key":"tk"},"message_id_list":["om_8","om_9"]}`,
			[]bot.Event{
				with(base(bot.Read, at(1767225700000), "ev-1/om_8"), func(e *bot.Event) { e.Message, e.Sender, e.Place.Person = "om_8", "ou_wanglei", "wanglei" }),
				with(base(bot.Read, at(1767225700000), "ev-1/om_9"), func(e *bot.Event) { e.Message, e.Sender, e.Place.Person = "om_9", "ou_wanglei", "wanglei" }),
			}},
		"joined": {eventJoined, `{"chat_id":"oc_zhibao","operator_id":{"open_id":"ou_linke"},"external":false,"name":"群"}`,
			[]bot.Event{with(base(bot.Joined, at(1767225600123), "ev-1"), func(e *bot.Event) { e.Sender, e.Place.Chat = "ou_linke", "G1" })}},
		"menu": {eventMenu, `{"operator":{"operator_name":"x","operator_id":{"open_id":"ou_linke"}},"event_key":"上报","timestamp":1767225700}`,
			[]bot.Event{with(base(bot.Said, at(1767225700000), "ev-1"), func(e *bot.Event) {
				e.Sender, e.Place.Person, e.Text, e.ToBot = "ou_linke", "linke", "上报", true
			})}},
		"removed": {eventRemoved, `{"chat_id":"oc_zhibao","operator_id":{"open_id":"ou_linke"}}`,
			[]bot.Event{with(base(bot.Left, at(1767225600123), "ev-1"), func(e *bot.Event) { e.Sender, e.Place.Chat = "ou_linke", "G1" })}},
		"disbanded": {eventDisband, `{"chat_id":"oc_zhibao"}`,
			[]bot.Event{with(base(bot.Left, at(1767225600123), "ev-1"), func(e *bot.Event) { e.Place.Chat = "G1" })}},
		"members left": {eventParted, `{"chat_id":"oc_zhibao","users":[{"name":"王蕾","user_id":{"open_id":"ou_wanglei"}},{"name":"外部"},{"name":"林可","user_id":{"open_id":"ou_linke"}}]}`,
			[]bot.Event{
				with(base(bot.Parted, at(1767225600123), "ev-1/ou_wanglei"), func(e *bot.Event) { e.Sender, e.Place.Chat = "ou_wanglei", "G1" }),
				with(base(bot.Parted, at(1767225600123), "ev-1/ou_linke"), func(e *bot.Event) { e.Sender, e.Place.Chat = "ou_linke", "G1" }),
			}},
		"members":         {"im.chat.member.user.added_v1", `{"chat_id":"oc_zhibao","users":[]}`, nil},
		"chat entered":    {"im.chat.access_event.bot_p2p_chat_entered_v1", `{"chat_id":"oc_p2p"}`, nil},
		"reaction undone": {"im.message.reaction.deleted_v1", `{"message_id":"om_9"}`, nil},
		"something new":   {"im.message.sung_v9", `{"song":1}`, nil},
		"malformed":       {eventMessage, `{"message":[]}`, nil},
		"empty":           {eventRead, `{}`, nil},
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.api.on("GET /open-apis/im/v1/messages/om_9", says200(`{"code":0,"data":{"items":[{"message_id":"om_9","root_id":"om_root","thread_id":"omt_1","chat_id":"oc_zhibao"}]}}`))
			w.api.on("GET /open-apis/im/v1/messages/om_gone", refuses(230002, "bot not in chat"))
			if diff := cmp.Diff(row.want, w.hears(t, row.kind, row.body)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWhatCameInIsRemembered: the place of a message that came in is known without asking.
func TestWhatCameInIsRemembered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.hears(t, eventMessage, receivedJSON("text", `{"text":"x"}`, inG1+`,"root_id":"om_0","thread_id":"omt_1"`))
	later := strings.Replace(event(eventRecalled, `{"message_id":"om_1","chat_id":"oc_zhibao","recall_time":"1767225700000"}`), "ev-1", "ev-2", 1)
	if err := w.Dispatch(t.Context(), w.inbox, []byte(later)); err != nil {
		t.Fatal(err)
	}
	got := w.inbox.got()[1]
	if got.Place.Key() != "feishu/G1/om_0" || got.Sender != "ou_linke" || len(w.api.requests("GET /open-apis/im")) > 0 {
		t.Errorf("%+v, asked %v", got, w.api.requests("GET"))
	}
}

func TestEventsOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good := event(eventJoined, `{"chat_id":"oc_zhibao"}`)
	for name, payload := range map[string]string{
		"another app":   strings.Replace(good, testApp, "cli_other", 1),
		"another token": strings.Replace(good, testToken, "v-other", 1),
		"nonsense":      "][",
	} {
		if err := w.Dispatch(t.Context(), w.inbox, []byte(payload)); err == nil {
			t.Errorf("%s taken", name)
		}
	}
	if err := w.Dispatch(t.Context(), w.inbox, []byte(strings.Replace(good, testToken, "", 1))); err != nil {
		t.Errorf("the long connection brings no token: %v", err)
	}
	w.inbox.err = errors.New("disk full")
	if err := w.Dispatch(t.Context(), w.inbox, []byte(good)); err == nil {
		t.Error("what is not stored is not taken")
	}
}

// TestBotIsToldByAccount: a mention of another bot, or of somebody of the same name, is no call.
func TestBotIsToldByAccount(t *testing.T) {
	t.Parallel()
	other := `,"mentions":[{"key":"@_user_1","id":{"open_id":"ou_bot2"},"mentioned_type":"bot","name":"助手"}]`
	w := newWorld(t)
	got := w.hears(t, eventMessage, receivedJSON("text", `{"text":"@_user_1 hi"}`, inG1+other))
	if got[0].ToBot || got[0].Text != "@助手 hi" {
		t.Errorf("%+v", got[0])
	}
	w = newWorld(t)
	w.api.on("/bot/v3/info", refuses(99991672, "scope"))
	if got = w.hears(t, eventMessage, receivedJSON("text", `{"text":"@_user_1 hi"}`, inG1+other)); !got[0].ToBot {
		t.Error("while nobody knows who the bot is, any bot may be it")
	}
}

func shaOf(s string) string {
	f, _ := (&shelf{}).PutFile(context.Background(), "", "", strings.NewReader(s))
	return f.SHA256
}

func TestMillis(t *testing.T) {
	t.Parallel()
	for in, want := range map[int64]string{1767225600: "00:00:00", 1767225600123: "00:00:00.123", 1767225600123456: "00:00:00.123456", 0: "", -5: ""} {
		got := millis(in)
		if s := got.Format("15:04:05.999999"); (want == "") != got.IsZero() || (want != "" && s != want) {
			t.Errorf("%d: %s", in, fmt.Sprint(got))
		}
	}
}
