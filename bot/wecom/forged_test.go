package wecom

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// forgery is one request nobody of the platform sent.
type forgery struct {
	name string
	make func() *http.Request
}

// forgeries are those of one endpoint: seal is its own, post makes a request of what is encrypted, good is a
// message it would take.
func forgeries(t *testing.T, s *seal, post func(*seal, string) *http.Request, good string) []forgery {
	sealed := s.encrypt([]byte(good))
	other := *s
	other.receiver = "ww0000000000000000"
	stranger := mustSeal(t, s.token, "ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ", s.receiver)
	with := func(change func(q url.Values)) func() *http.Request {
		return func() *http.Request {
			r := post(s, sealed)
			q := r.URL.Query()
			change(q)
			r.URL.RawQuery = q.Encode()
			return r
		}
	}
	broken := func(change func(b []byte) []byte) func() *http.Request {
		return func() *http.Request {
			b, _ := base64.StdEncoding.DecodeString(sealed)
			return post(s, base64.StdEncoding.EncodeToString(change(b)))
		}
	}
	plain := func(b []byte) func() *http.Request {
		return func() *http.Request {
			block := encryptCBC(s.key, bytes.Clone(b))
			return post(s, base64.StdEncoding.EncodeToString(block[:len(block)-padTo])) // without the padding of its own
		}
	}
	whole := func(method, body string) func() *http.Request {
		return func() *http.Request {
			return httptest.NewRequest(method, "/?"+query(s, body).Encode(), strings.NewReader(body))
		}
	}
	return []forgery{
		{"no signature", with(func(q url.Values) { q.Del("msg_signature") })},
		{"empty signature", with(func(q url.Values) { q.Set("msg_signature", "") })},
		{"wrong signature", with(func(q url.Values) { q.Set("msg_signature", strings.Repeat("0", 40)) })},
		{"signature in capitals", with(func(q url.Values) { q.Set("msg_signature", strings.ToUpper(q.Get("msg_signature"))) })},
		{"signature cut short", with(func(q url.Values) { q.Set("msg_signature", q.Get("msg_signature")[:39]) })},
		{"another timestamp", with(func(q url.Values) { q.Set("timestamp", "1") })},
		{"another nonce", with(func(q url.Values) { q.Set("nonce", "n") })},
		{"no query", with(func(q url.Values) { clear(q) })},
		{"a query of 1 MB", with(func(q url.Values) { q.Set("x", strings.Repeat("x", 1<<20)) })},
		{"for another receiver", func() *http.Request { return post(s, other.encrypt([]byte(good))) }},
		{"under another key", func() *http.Request { return post(s, stranger.encrypt([]byte(good))) }},
		{"flipped bit at the start", broken(func(b []byte) []byte { b[20] ^= 1; return b })},
		{"flipped bit at the end", broken(func(b []byte) []byte { b[len(b)-1] ^= 1; return b })},
		{"cut by a block", broken(func(b []byte) []byte { return b[:len(b)-16] })},
		{"cut by a byte", broken(func(b []byte) []byte { return b[:len(b)-1] })},
		{"one block", broken(func(b []byte) []byte { return b[:16] })},
		{"padding 0", plain(bytes.Repeat([]byte{0}, 64))},
		{"padding 33", plain(bytes.Repeat([]byte{33}, 64))},
		{"padding of other bytes", plain(append(bytes.Repeat([]byte("x"), 63), 2))},
		{"length of 4 GB", plain(append(bytes.Repeat([]byte{255}, 62), 2, 2))},
		{"no base64", func() *http.Request { return post(s, "***") }},
		{"nothing encrypted", func() *http.Request { return post(s, "") }},
		{"in the open", whole("POST", good)},
		{"empty", whole("POST", "")},
		{"neither JSON nor XML", whole("POST", "hello")},
		{"5 MB", whole("POST", strings.Repeat("<xml>", 1<<20))},
		{"billion laughs", whole("POST", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>`)},
		{"a file by an entity", whole("POST", `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><Encrypt>&f;</Encrypt></xml>`)},
		{"a million levels", whole("POST", strings.Repeat("<a>", 300_000))},
		{"PUT", func() *http.Request { r := post(s, sealed); r.Method = "PUT"; return r }},
		{"a check without echostr", whole("GET", "")},
		{"a check with another's echostr", func() *http.Request {
			q := query(s, sealed)
			q.Set("echostr", stranger.encrypt([]byte("1616140317555161061")))
			return httptest.NewRequest("GET", "/?"+q.Encode(), nil)
		}},
		{"a check signed for another echostr", func() *http.Request {
			q := query(s, sealed)
			q.Set("echostr", s.encrypt([]byte("1616140317555161061")))
			return httptest.NewRequest("GET", "/?"+q.Encode(), nil)
		}},
	}
}

// TestEveryRefusalLooksTheSame: status, headers and body do not tell how far a forgery got.
func TestEveryRefusalLooksTheSame(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	appGood := "<xml><ToUserName>" + testCorp + "</ToUserName>" + inText + "</xml>"
	app := forgeries(t, mustSeal(t, testToken, testKey, testCorp), appPostSealed, appGood)
	app = append(app, forgery{"for another agent", func() *http.Request {
		return appPost(t, strings.Replace(inText, "1000017", "1000018", 1))
	}}, forgery{"for another company", func() *http.Request {
		s := mustSeal(t, testToken, testKey, testCorp)
		return appPostSealed(s, s.encrypt([]byte(strings.Replace(appGood, testCorp, "ww0", 1))))
	}})
	aibot := forgeries(t, mustSeal(t, botToken, botKey, ""), botPostSealed, inBotText)
	aibot = append(aibot, forgery{"for another bot", func() *http.Request { return botPost(t, strings.Replace(inBotText, testBot, "aibOther", 1)) }})
	first := ""
	check := func(name string, rec *httptest.ResponseRecorder) {
		got := fmt.Sprintln(rec.Code, rec.Header(), rec.Body)
		if first == "" {
			first = got
		}
		if rec.Code == 200 || got != first {
			t.Errorf("%s: answered %q, others %q", name, got, first)
		}
	}
	for _, f := range app {
		check("app, "+f.name, w.app(f.make()))
	}
	for _, f := range aibot {
		check("aibot, "+f.name, w.bot(f.make()))
	}
	deaf := newInWorld(t, func(c *Config) {
		c.App = AppConfig{}
		c.AIBot = AIBotConfig{Mode: ModeWebsocket, BotID: testBot, Secret: testSecret}
	})
	check("no callback of the app", deaf.app(appPost(t, inText)))
	check("no callback of the bot", deaf.bot(botPost(t, inBotText)))
	if got := append(w.sink.got(), deaf.sink.got()...); len(got) > 0 {
		t.Errorf("stored: %v", got)
	}
	if rec := w.app(appPost(t, inText)); rec.Code != 200 || len(w.sink.got()) != 1 {
		t.Errorf("the good one: %d, %d stored", rec.Code, len(w.sink.got()))
	}
}

// TestSlowBodyIsNotWaitedFor over a real connection: the answer is the same, and comes in good time.
func TestSlowBodyIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	srv := httptest.NewServer(w.a.AppHandler(w.sink))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	begun := time.Now()
	_ = conn.SetDeadline(begun.Add(4 * readBody))
	fmt.Fprintf(conn, "POST /?msg_signature=x HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n<xml>")
	got, _ := io.ReadAll(conn)
	if took := time.Since(begun); took > 2*readBody || !strings.Contains(string(got), "401") || !strings.HasSuffix(string(got), "refused\n") {
		t.Errorf("after %s: %s", took, got)
	}
}

// TestAuthenticNonsenseIsTakenAndForgotten: the platform would only send it again.
func TestAuthenticNonsenseIsTakenAndForgotten(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	s := mustSeal(t, testToken, testKey, testCorp)
	for _, plain := range []string{"", "hello", "<xml>", "<xml></xml>", `<!DOCTYPE x [<!ENTITY e "x">]><xml><MsgType>&e;</MsgType></xml>`,
		"<?php x?><xml><MsgType>text</MsgType><FromUserName>a</FromUserName></xml>", "<xml>" + strings.Repeat("<a>", 100) + "</xml>",
		"<xml><MsgType>&unknown;</MsgType></xml>", strings.Repeat("<a/>", 5000)} {
		if rec := w.app(appPostSealed(s, s.encrypt([]byte(plain)))); rec.Code != 200 || rec.Body.Len() > 0 {
			t.Errorf("app, %.40q: %d %s", plain, rec.Code, rec.Body)
		}
	}
	for _, plain := range []string{"", "hello", "[]", "{}", `{"msgtype":7}`, `{"msgtype":"text","chattype":"group","from":{"userid":"a"}}`, `{"msgtype":"text"}`,
		"{\"msgtype\":\"text\",\"from\":{\"userid\":\"\xff\"}}", strings.Repeat("[", 100_000)} {
		if rec := w.bot(botPost(t, plain)); rec.Code != 200 || rec.Body.Len() > 0 {
			t.Errorf("aibot, %.40q: %d %s", plain, rec.Code, rec.Body)
		}
	}
	if got := w.sink.got(); len(got) > 0 {
		t.Errorf("stored: %v", got)
	}
}

// TestReplayedBodyIsTheSameEvent: the signature holds; the inbox knows the keys.
func TestReplayedBodyIsTheSameEvent(t *testing.T) {
	t.Parallel()
	w := newInWorld(t)
	event := `<FromUserName>wanglei</FromUserName><CreateTime>1773115200</CreateTime><MsgType>event</MsgType><AgentID>1000017</AgentID><Event>click</Event><EventKey>`
	for _, key := range []string{"在办", "在办", "值班", "在办"} {
		w.app(appPost(t, event+key+"</EventKey>"))
	}
	if got := w.sink.got(); len(got) != 2 || got[0].Text != "在办" || got[1].Text != "值班" {
		t.Errorf("of two events of one second, stored %v", got)
	}
}
