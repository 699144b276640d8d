package wecom

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot"
)

// query signs what is encrypted.
func query(s *seal, sealed string) url.Values {
	const timestamp, nonce = "1773115200", "83920114"
	return url.Values{"msg_signature": {s.sign(timestamp, nonce, sealed)}, "timestamp": {timestamp}, "nonce": {nonce}}
}

// appPost is a callback of the app.
func appPost(t testing.TB, fields string) *http.Request {
	s := mustSeal(t, testToken, testKey, testCorp)
	return appPostSealed(s, s.encrypt([]byte("<xml><ToUserName><![CDATA["+testCorp+"]]></ToUserName>"+fields+"</xml>")))
}

func appPostSealed(s *seal, sealed string) *http.Request {
	body := "<xml><ToUserName><![CDATA[" + testCorp + "]]></ToUserName><AgentID><![CDATA[1000017]]></AgentID><Encrypt><![CDATA[" + sealed + "]]></Encrypt></xml>"
	return httptest.NewRequest("POST", "/wecom/app?"+query(s, sealed).Encode(), strings.NewReader(body))
}

// botPost is a callback of the AI bot.
func botPost(t testing.TB, message string) *http.Request {
	s := mustSeal(t, botToken, botKey, "")
	return botPostSealed(s, s.encrypt([]byte(message)))
}

func botPostSealed(s *seal, sealed string) *http.Request {
	body, _ := json.Marshal(map[string]string{"encrypt": sealed})
	return httptest.NewRequest("POST", "/wecom/aibot?"+query(s, sealed).Encode(), strings.NewReader(string(body)))
}

func (w *inWorld) app(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.a.AppHandler(w.sink).ServeHTTP(rec, r)
	return rec
}

func (w *inWorld) bot(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.a.AIBotHandler(w.sink).ServeHTTP(rec, r)
	return rec
}

// opened is a passive answer of the AI bot, as the platform reads it.
func opened(t testing.TB, rec *httptest.ResponseRecorder) obj {
	t.Helper()
	if rec.Code != 200 {
		t.Fatalf("status %d", rec.Code)
	}
	if rec.Body.Len() == 0 {
		return nil
	}
	var env struct {
		Encrypt   string      `json:"encrypt"`
		Signature string      `json:"msgsignature"`
		Timestamp json.Number `json:"timestamp"`
		Nonce     string      `json:"nonce"`
	}
	if err := json.Unmarshal(rec.Body.Bytes(), &env); err != nil || env.Nonce != "83920114" || strings.Contains(rec.Body.String(), `"timestamp":"`) {
		t.Fatalf("answered %s: %v", rec.Body, err)
	}
	plain, err := mustSeal(t, botToken, botKey, "").open(env.Signature, env.Timestamp.String(), env.Nonce, env.Encrypt)
	var out obj
	if err != nil || json.Unmarshal(plain, &out) != nil {
		t.Fatalf("answered %s: %v", plain, err)
	}
	return out
}

func TestAddressIsVerified(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	for name, row := range map[string]struct {
		seal  *seal
		serve func(*http.Request) *httptest.ResponseRecorder
	}{"app": {mustSeal(t, testToken, testKey, testCorp), w.app}, "aibot": {mustSeal(t, botToken, botKey, ""), w.bot}} {
		sealed := row.seal.encrypt([]byte("1616140317555161061"))
		q := query(row.seal, sealed)
		q.Set("echostr", sealed)
		for _, raw := range []string{q.Encode(), strings.ReplaceAll(q.Encode(), "%2B", "+")} {
			rec := row.serve(httptest.NewRequest("GET", "/wecom?"+raw, nil))
			if rec.Code != 200 || rec.Body.String() != "1616140317555161061" {
				t.Errorf("%s: %d %q", name, rec.Code, rec.Body)
			}
		}
	}
}

const inText = `<FromUserName><![CDATA[wanglei]]></FromUserName><CreateTime>1773115200</CreateTime><MsgType><![CDATA[text]]></MsgType>` +
	`<Content><![CDATA[值班]]></Content><MsgId>7461200033445566778</MsgId><AgentID>1000017</AgentID>`

func TestAppMessageIsStoredAndAnsweredWithNothing(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	for range 3 { // the platform's three attempts
		if rec := w.app(appPost(t, inText)); rec.Code != 200 || rec.Body.Len() > 0 {
			t.Fatalf("%d %q", rec.Code, rec.Body)
		}
	}
	got := w.sink.got()
	if len(got) != 1 {
		t.Fatalf("stored %+v", got)
	}
	ev := got[0]
	if ev.Kind != bot.Said || ev.Text != "值班" || ev.Place != (bot.Place{Platform: Name, Person: "wanglei", Channel: ChannelApp}) ||
		!ev.ToBot || ev.Message != "7461200033445566778" || !ev.At.Equal(inNoon) {
		t.Errorf("%+v", ev)
	}
}

func TestWhatIsNotStoredIsAskedForAgain(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	w.sink.err = fmt.Errorf("disk full")
	if rec := w.app(appPost(t, inText)); rec.Code != 500 || rec.Body.Len() > 0 {
		t.Errorf("app: %d %q", rec.Code, rec.Body)
	}
	if rec := w.bot(botPost(t, inBotText)); rec.Code != 500 || rec.Body.Len() > 0 {
		t.Errorf("aibot: %d %q", rec.Code, rec.Body)
	}
}

const inBotText = `{"msgid":"m1","aibotid":"aibDemo","chatid":"wrGROUP-One","chattype":"group","from":{"userid":"wanglei"},` +
	`"response_url":"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=k1","msgtype":"text","text":{"content":"@小助手 值班"}}`

var inG1 = bot.Place{Platform: Name, Chat: "G1"}

// TestAnswerStandsInTheResponse: what the service says within 4.5 s.
func TestAnswerStandsInTheResponse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newInWorld(t, func(c *Config) { c.Now = time.Now })
		sent := make(chan error, 1)
		w.sink.react = func(ev bot.Event) {
			go func() {
				time.Sleep(4 * time.Second)
				r, ok := w.a.open.take(t.Context(), ev.Message, inG1)
				if !ok {
					sent <- errNoReply
					return
				}
				sent <- r.Answer(t.Context(), answer{Markdown: "王蕾 <值班>"})
			}()
		}
		got := opened(t, w.bot(botPost(t, inBotText)))
		stream, _ := got["stream"].(map[string]any)
		if err := <-sent; err != nil || got["msgtype"] != "stream" || stream["content"] != "王蕾 <值班>" || stream["finish"] != true || stream["id"] == "" {
			t.Errorf("%v, %v", got, err)
		}
		if rec := w.bot(botPost(t, inBotText)); rec.Code != 200 || rec.Body.Len() > 0 {
			t.Errorf("a second delivery is answered with %s", rec.Body)
		}
		if _, ok := w.a.open.take(t.Context(), "m1", inG1); ok {
			t.Error("a message can be answered twice")
		}
		poll := opened(t, w.bot(botPost(t, `{"msgid":"m2","aibotid":"aibDemo","from":{"userid":"wanglei"},"msgtype":"stream","stream":{"id":"st-1"}}`)))
		if stream, _ := poll["stream"].(map[string]any); stream["finish"] != true || stream["id"] != "st-1" || stream["content"] == "" {
			t.Errorf("a poll is answered with %v", poll)
		}
	})
}

// TestLateAnswerTakesTheAddress: after 4.5 s the response is empty, and the answer goes to response_url, from
// another replica as well, once.
func TestLateAnswerTakesTheAddress(t *testing.T) {
	t.Parallel()
	for _, elsewhere := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			shared := newUnshared(time.Now)
			with := func(c *Config) { c.Now, c.Shared = time.Now, shared }
			w := newInWorld(t, with)
			begun := time.Now()
			if rec := w.bot(botPost(t, inBotText)); rec.Code != 200 || rec.Body.Len() > 0 || time.Since(begun) != answerIn {
				t.Fatalf("%d %s after %s", rec.Code, rec.Body, time.Since(begun))
			}
			by := w
			if elsewhere {
				by = newInWorld(t, with)
			}
			posted := ""
			by.net.on("qyapi.weixin.qq.com/cgi-bin/aibot/response", func(rw http.ResponseWriter, r *http.Request) {
				b, _ := io.ReadAll(r.Body)
				posted += r.URL.RawQuery + " " + string(b)
				_, _ = io.WriteString(rw, `{"errcode":0,"errmsg":"ok"}`)
			})
			if _, ok := by.a.open.take(t.Context(), "m1", bot.Place{Platform: Name, Chat: "G2"}); ok {
				t.Error("answered in another group")
			}
			r, ok := by.a.open.take(t.Context(), "m1", inG1)
			if !ok {
				t.Fatal("not open")
			}
			card := answer{Card: obj{"card_type": "button_interaction"}, Markdown: "**王蕾**"}
			if err := r.Answer(t.Context(), card); err != nil || posted != `response_code=k1 {"markdown":{"content":"**王蕾**"},"msgtype":"markdown"}` {
				t.Errorf("posted %q, %v", posted, err)
			}
			if err := r.Answer(t.Context(), card); err == nil {
				t.Error("the address was used twice")
			}
			if _, ok := by.a.open.take(t.Context(), "m1", inG1); ok {
				t.Error("open again")
			}
		})
	}
}

func TestPrivateCardGoesByTheAddress(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newInWorld(t, func(c *Config) { c.Now = time.Now })
		private := strings.Replace(inBotText, `"chatid":"wrGROUP-One","chattype":"group"`, `"chattype":"single"`, 1)
		w.bot(botPost(t, private))
		posted := ""
		code := 40008
		w.net.on("qyapi.weixin.qq.com/cgi-bin/aibot/response", func(rw http.ResponseWriter, r *http.Request) {
			b, _ := io.ReadAll(r.Body)
			posted = string(b)
			fmt.Fprintf(rw, `{"errcode":%d,"errmsg":"SECRET"}`, code)
		})
		r, ok := w.a.open.take(t.Context(), "m1", bot.Place{Platform: Name, Person: "wanglei", Channel: "any"})
		if !ok {
			t.Fatal("not open")
		}
		err := r.Answer(t.Context(), answer{Card: obj{"card_type": "text_notice"}})
		if err == nil || strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "k1") || !strings.Contains(posted, "template_card") {
			t.Errorf("posted %q, %v", posted, err)
		}
	})
}
