package wecomtest

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func parse(t *testing.T, data []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
}

func frameOf(text string, end bool) object {
	return object{"msgtype": "stream", "stream": object{"id": "s1", "finish": end, "content": text}}
}

func TestTheAIBotIsPolledUntilItsStreamEnds(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(0, inJSON(frameOf("正在", false)))
	_, err := w.Say(t.Context(), "ZhouMin", "wr_A", "@助手 上报")
	w.must(err)
	var first struct {
		ResponseURL string `json:"response_url"`
	}
	parse(t, []byte(a.told()[0]), &first)
	for _, step := range []struct {
		answer func(*app, *http.Request, string) string
		polls  int
	}{{nil, 1}, {inJSON(frameOf("正在查", false)), 1}, {inJSON(frameOf("查到了", true)), 1}, {nil, 0}} {
		w.clock.add(time.Second)
		a.answers(0, step.answer)
		if n := w.Tick(t.Context()); n != step.polls {
			t.Errorf("%d polls, want %d", n, step.polls)
		}
	}
	if m := w.lastOf(); m.Text != "查到了" || !m.Ended || len(w.Messages()) != 1 {
		t.Errorf("%+v", m)
	}
	if poll := a.told()[1]; !strings.Contains(poll, `"stream":{"id":"s1"}`) || strings.Contains(poll, "response_url") {
		t.Errorf("%s", poll)
	}
	path := strings.TrimPrefix(first.ResponseURL, "https://qyapi.weixin.qq.com/cgi-bin/")
	w.clean()
	w.code(w.bare(path, cardOf(buttons("t1"))), 40008)
	w.code(w.bare(path, markdown("还有一句")), 0)
	w.code(w.bare(path, markdown("再来一句")), 846605)
}

func TestAStreamThatNeverEndsIsGivenUp(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(0, inJSON(frameOf("正在", false)))
	_, _ = w.Say(t.Context(), "ZhouMin", "", "你好")
	n := 0
	for range 400 {
		w.clock.add(time.Second)
		n += w.Tick(t.Context())
	}
	if c := w.Complaints(); len(c) != 1 || n < 359 || n > 361 {
		t.Errorf("%d polls, %q", n, c)
	}
}

func TestTheAIBotsMessagesAreRepeatedAndItsPressesAreNot(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(0, inJSON(cardOf(buttons("t1"))))
	_, _ = w.Say(t.Context(), "ZhouMin", "wr_A", "@助手 待办")
	id := w.lastOf().ID
	a.answers(500, nil)
	w.must(w.Press(t.Context(), "WangLei", id, "收到"))
	w.must(w.EnterChat(t.Context(), "WangLei"))
	if n, _ := w.Pending(); n != 0 {
		t.Errorf("%d pending", n)
	}
	_, _ = w.Say(t.Context(), "ZhouMin", "", "你好")
	w.clock.add(5 * time.Second)
	a.answers(0, nil)
	if n := w.Tick(t.Context()); n != 1 {
		t.Errorf("%d attempts", n)
	}
	w.clean()
}

func TestAPressIsAnsweredWithTheSameCard(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	a.answers(0, inJSON(cardOf(buttons("t1"))))
	_, _ = w.Say(t.Context(), "ZhouMin", "wr_A", "@助手 待办")
	id := w.lastOf().ID
	k := buttons("t1")
	k["main_title"] = object{"title": "快报 1", "desc": "王蕾已签收"}
	a.answers(0, inJSON(object{"response_type": "update_template_card", "template_card": k}))
	w.must(w.Press(t.Context(), "WangLei", id, "收到"))
	var told struct {
		ChatType string
		From     struct{ UserID string }
		Event    struct {
			Press struct {
				Key  string `json:"event_key"`
				Task string `json:"task_id"`
			} `json:"template_card_event"`
		}
	}
	parse(t, []byte(a.told()[1]), &told)
	if told.ChatType != "group" || told.From.UserID != "WangLei" || told.Event.Press.Key != "ack" || told.Event.Press.Task != "t1" {
		t.Errorf("%+v", told)
	}
	if m, _ := w.Message(id); !strings.Contains(m.Text, "王蕾已签收") {
		t.Errorf("%s", m.Text)
	}
	w.clean()
	a.answers(0, inJSON(object{"response_type": "update_template_card", "template_card": buttons("t9")}))
	w.must(w.Press(t.Context(), "ZhouMin", id, "转派"))
	if c := w.Complaints(); len(c) != 1 || !strings.Contains(c[0], "42015") {
		t.Errorf("%q", c)
	}
}

func TestAnAnswerReusesTheNonceAndCountsSeconds(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	for _, bend := range []func(object){
		func(o object) { o["nonce"] = "mine" },
		func(o object) { o["timestamp"] = "17" },
		func(o object) { o["timestamp"] = 17.5 },
		func(o object) { o["msgsignature"] = "no" },
		func(o object) { delete(o, "encrypt") },
	} {
		a.answers(0, func(a *app, r *http.Request, s string) string {
			var o object
			parse(t, []byte(inJSON(frameOf("好", true))(a, r, s)), &o)
			bend(o)
			return string(marshal(o))
		})
		_, _ = w.Say(t.Context(), "ZhouMin", "", "你好")
	}
	if n := len(w.Complaints()); n != 5 || len(w.Messages()) != 0 {
		t.Errorf("%q", w.Complaints())
	}
}

func TestPicturesComeEncryptedForFiveMinutes(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	_, _ = w.Say(t.Context(), "ZhouMin", "wr_A", "没有提到谁", Attachment{Data: []byte("png")})
	quoted, _ := w.Say(t.Context(), "ZhouMin", "wr_A", "", Attachment{Data: []byte("png")})
	if n := len(a.told()); n != 0 {
		t.Fatalf("told %d times", n)
	}
	_, _ = w.Say(t.Context(), "ZhouMin", "wr_A", "@助手 这张图", Attachment{Data: []byte("png1")})
	_, _ = w.Tell(t.Context(), Said{By: "ZhouMin", Chat: "wr_A", Text: "@助手 看引用", Quote: quoted})
	_, _ = w.Say(t.Context(), "ZhouMin", "", "", Attachment{Data: []byte("png")})
	_, _ = w.Say(t.Context(), "ZhouMin", "", "说的话", Attachment{Kind: "voice"})
	type image struct {
		Image struct{ URL string }
	}
	var in []struct {
		MsgType string
		Mixed   struct {
			Items []image `json:"msg_item"`
		}
		Quote image
		Image struct{ URL string }
		Voice struct{ Content string }
	}
	parse(t, []byte("["+strings.Join(a.told(), ",")+"]"), &in)
	var kinds []string
	for _, one := range in {
		kinds = append(kinds, one.MsgType)
	}
	if diff := cmp.Diff([]string{"mixed", "text", "image", "voice"}, kinds); diff != "" {
		t.Error(diff)
	}
	if in[1].Quote.Image.URL == "" || in[2].Image.URL == "" || in[3].Voice.Content != "说的话" {
		t.Errorf("%+v", in)
	}
	fetch := func() (int, []byte) {
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, httptest.NewRequest("GET", in[0].Mixed.Items[1].Image.URL, nil))
		data, _ := io.ReadAll(rec.Body)
		return rec.Code, data
	}
	_, data := fetch()
	if plain, err := open(aesKey(simBotKey), data); err != nil || string(plain) != "png1" {
		t.Errorf("%q, %v", plain, err)
	}
	w.clock.add(5*time.Minute + time.Second)
	if code, _ := fetch(); code != 403 {
		t.Errorf("status %d after five minutes", code)
	}
}
