package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
)

// WeCom's own clients for Node agree with the adapter about callbacks, and with the stand-in about the AI
// bot's long connection.

const (
	nodeCorp   = "ww9f0a11c2d3e4b5a6"
	nodeAppKey = "SimAppSimAppSimAppSimAppSimAppSimAppSimAppA"
	nodeBotKey = "SimBotSimBotSimBotSimBotSimBotSimBotSimBotA"
	nodeToken  = "nodeToken"
)

// gathering keeps what came in.
type gathering struct {
	mu     sync.Mutex
	events []bot.Event
}

func (g *gathering) Receive(_ context.Context, ev bot.Event) (string, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.events = append(g.events, ev)
	return "", nil
}

func (g *gathering) got() []bot.Event {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]bot.Event(nil), g.events...)
}

// sealed is a callback as WeCom's crypto makes it.
type sealed struct{ Sealed, Signature string }

func (n *node) seals(key, message, id, nonce string) (body sealed, query url.Values) {
	n.t.Helper()
	stamp := fmt.Sprint(time.Now().Unix())
	n.do("seal", object{"key": key, "message": message, "id": id, "token": nodeToken, "timestamp": stamp, "nonce": nonce}, &body)
	return body, url.Values{"msg_signature": {body.Signature}, "timestamp": {stamp}, "nonce": {nonce}}
}

func TestWecomsCryptoForNodeAgrees(t *testing.T) {
	t.Parallel()
	n := startNode(t, "wecom.mjs")
	org := jianglan(t)
	sink := &gathering{}
	var a *wecom.Adapter
	a, err := wecom.New(wecom.Config{CorpID: nodeCorp, App: wecom.AppConfig{AgentID: 1000017, Secret: "s", Token: nodeToken, AESKey: nodeAppKey},
		AIBot:     wecom.AIBotConfig{Mode: wecom.ModeHTTP, Token: nodeToken, AESKey: nodeBotKey, Name: org.Bot},
		Directory: wecomDirectory{org, &bindings{}}, Files: &lateFiles{}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	answering := &answerer{gathering: sink, adapter: a}
	mux := http.NewServeMux()
	mux.Handle("/wecom/app", a.AppHandler(sink))
	mux.Handle("/wecom/aibot", a.AIBotHandler(answering))
	srv := httptest.NewServer(mux)
	defer srv.Close()
	call := func(method, path string, q url.Values, body string) string {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+path+"?"+q.Encode(), strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		text, _ := io.ReadAll(resp.Body)
		if resp.StatusCode != http.StatusOK {
			t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, text)
		}
		return string(text)
	}

	for _, c := range []struct{ path, key, id string }{{"/wecom/app", nodeAppKey, nodeCorp}, {"/wecom/aibot", nodeBotKey, ""}} {
		echo, q := n.seals(c.key, "7461200033445566778", c.id, "83920114")
		q.Set("echostr", echo.Sealed)
		if got := call(http.MethodGet, c.path, q, ""); got != "7461200033445566778" {
			t.Errorf("%s answered its check with %q", c.path, got)
		}
	}

	said, q := n.seals(nodeAppKey, `<xml><ToUserName><![CDATA[`+nodeCorp+`]]></ToUserName><FromUserName><![CDATA[WangLei]]></FromUserName><CreateTime>1767225601</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[签收 001]]></Content><MsgId>7461</MsgId><AgentID>1000017</AgentID></xml>`, nodeCorp, "83920115")
	outer, _ := xml.Marshal(struct {
		XMLName xml.Name `xml:"xml"`
		To      string   `xml:"ToUserName"`
		Encrypt string
	}{To: nodeCorp, Encrypt: said.Sealed})
	call(http.MethodPost, "/wecom/app", q, string(outer))
	if got := sink.got(); len(got) != 1 || got[0].Text != "签收 001" || got[0].Sender != "WangLei" {
		t.Fatalf("heard %+v", got)
	}

	asked, q := n.seals(nodeBotKey, `{"msgid":"m1","aibotid":"aib1","chattype":"single","from":{"userid":"WangLei"},"msgtype":"text","text":{"content":"在办"}}`, "", "83920116")
	body, _ := json.Marshal(object{"encrypt": asked.Sealed})
	var answer struct {
		Encrypt, MsgSignature, Nonce string
		Timestamp                    int64
	}
	if err := json.Unmarshal([]byte(call(http.MethodPost, "/wecom/aibot", q, string(body))), &answer); err != nil {
		t.Fatal(err)
	}
	var opened struct{ Message, Signature string }
	n.do("open", object{"key": nodeBotKey, "sealed": answer.Encrypt, "token": nodeToken, "timestamp": fmt.Sprint(answer.Timestamp), "nonce": answer.Nonce}, &opened)
	if opened.Signature != answer.MsgSignature || answer.Nonce != "83920116" || !strings.Contains(opened.Message, "现在没有在办的事件") {
		t.Errorf("answered %+v, opened %+v", answer, opened)
	}
}

// answerer answers what the AI bot is told, as the dispatcher would.
type answerer struct {
	*gathering
	adapter *wecom.Adapter
}

func (s *answerer) Receive(ctx context.Context, ev bot.Event) (string, error) {
	go func() {
		_, _ = s.adapter.Send(context.WithoutCancel(ctx), bot.Outgoing{Key: "reply", Place: ev.Place, Message: bot.Message{Text: "现在没有在办的事件。", ReplyTo: ev.Message}})
	}()
	return s.gathering.Receive(ctx, ev)
}

func TestWecomsBotForNodeTalksToTheStandIn(t *testing.T) {
	t.Parallel()
	n := startNode(t, "wecom.mjs")
	p := wecomtest.New(wecomtest.Options{BotName: "助手", Org: wecomtest.Org{People: []wecomtest.Person{{UserID: "ZhouMin", Name: "周敏"}},
		Groups: []wecomtest.Group{{ChatID: "wr_A", Name: "直报群", Members: []string{"ZhouMin"}}}}})
	srv := httptest.NewServer(p)
	defer srv.Close()
	o := p.Options()
	socket := "ws" + strings.TrimPrefix(srv.URL, "http") + wecomtest.SocketPath
	if err := n.ask("connect", object{"name": "wrong", "botId": o.BotID, "secret": "wrong", "wsUrl": socket}, nil); err == nil {
		t.Error("a wrong secret is let in")
	}
	n.do("connect", object{"name": "one", "botId": o.BotID, "secret": o.BotSecret, "wsUrl": socket}, nil)
	says := func(text string) {
		t.Helper()
		if _, err := p.Say(t.Context(), "ZhouMin", "wr_A", text); err != nil {
			t.Fatal(err)
		}
	}
	last := func() wecomtest.Message {
		t.Helper()
		all := p.Messages()
		return all[len(all)-1]
	}
	says("@助手 在办")
	n.hearsText("text @助手 在办")
	n.do("stream", object{"name": "one", "id": "s1", "content": "正在查", "finish": false}, nil)
	n.do("stream", object{"name": "one", "id": "s1", "content": "现在没有在办的事件。", "finish": true}, nil)
	if m := last(); m.Text != "现在没有在办的事件。" || !m.Ended {
		t.Errorf("streamed %+v", m)
	}
	says("@助手 详情 001")
	n.hearsText("text @助手 详情 001")
	n.do("card", object{"name": "one", "card": object{"card_type": "button_interaction", "task_id": "t1", "main_title": object{"title": "杯里有虫"}, "button_list": []object{{"text": "签收", "style": 1, "key": "ack"}}}}, nil)
	card := last()
	if card.Card == "" {
		t.Fatalf("answered with %+v", card)
	}
	if err := p.Press(t.Context(), "ZhouMin", card.ID, "签收"); err != nil {
		t.Fatal(err)
	}
	n.hearsText("press ack")
	n.do("push", object{"name": "one", "chat": "wr_A", "content": "续报到期"}, nil)
	if m := last(); !m.Push || m.Text != "续报到期" {
		t.Errorf("pushed %+v", m)
	}
	n.do("connect", object{"name": "two", "botId": o.BotID, "secret": o.BotSecret, "wsUrl": socket}, nil)
	n.hearsText("kicked one")
}

// hearsText waits for what was told, passing over what else is.
func (n *node) hearsText(what string) {
	n.t.Helper()
	for {
		select {
		case l := <-n.heard:
			if l.Heard == what {
				return
			}
		case <-n.ctx.Done():
			n.t.Fatalf("%q was not heard", what)
			return
		}
	}
}
