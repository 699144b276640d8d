package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
)

// The adapter and the platform's stand-in were written from the same documents by the same hands. These
// tests ask a third party: Feishu's own client for Node, which testdata/node pins. scripts/test installs it.

const (
	nodeTime = time.Minute
	nodeMin  = "ou_zhoumin"
	nodeChat = "oc_1"
)

// node is Feishu's client in a process of its own.
type node struct {
	t     *testing.T
	ctx   context.Context
	in    io.Writer
	heard chan nodeLine

	mu      sync.Mutex
	last    int
	waiting map[int]chan nodeLine
}

// nodeLine is what the process says: an answer, or what the platform told it.
type nodeLine struct {
	ID    int             `json:"id"`
	OK    json.RawMessage `json:"ok"`
	Error string          `json:"error"`
	Heard string          `json:"heard"`
	Data  struct {
		Message struct {
			MessageID string `json:"message_id"`
			Content   string `json:"content"`
			ChatID    string `json:"chat_id"`
		} `json:"message"`
		Operator struct {
			OpenID string `json:"open_id"`
		} `json:"operator"`
		Action struct {
			Value map[string]any `json:"value"`
		} `json:"action"`
		Context struct {
			OpenMessageID string `json:"open_message_id"`
		} `json:"context"`
	} `json:"data"`
}

type object = map[string]any

func startNode(t *testing.T, script string) *node {
	t.Helper()
	modules := os.Getenv("TEST_NODE_MODULES")
	if modules == "" {
		t.Skip("TEST_NODE_MODULES is not set: make test installs @larksuiteoapi/node-sdk, @wecom/aibot-node-sdk and @wecom/crypto")
	}
	// Not the test's context, which ends before the process has had the time to go by itself.
	ctx, cancel := context.WithTimeout(context.Background(), nodeTime)
	cmd := exec.CommandContext(ctx, "node", "testdata/node/"+script)
	// Nothing else is inherited: a proxy of this machine would stand between the client and 127.0.0.1.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "TEST_NODE_MODULES=" + modules}
	var logged bytes.Buffer
	cmd.Stderr = &logged
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	n := &node{t: t, ctx: ctx, in: in, heard: make(chan nodeLine, 100), waiting: map[int]chan nodeLine{}}
	read := make(chan struct{})
	go func() {
		defer close(read)
		n.read(out)
	}()
	t.Cleanup(func() {
		_ = in.Close() // which ends the process
		<-read
		if err := cmd.Wait(); err != nil {
			t.Errorf("node: %v", err)
		}
		cancel()
		if t.Failed() {
			t.Logf("the client's log:\n%s", &logged)
		}
	})
	return n
}

func (n *node) read(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l nodeLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			n.t.Errorf("node said %q: %v", lines.Text(), err)
			continue
		}
		if l.Heard != "" {
			n.heard <- l
			continue
		}
		n.mu.Lock()
		ch := n.waiting[l.ID]
		delete(n.waiting, l.ID)
		n.mu.Unlock()
		if ch != nil {
			ch <- l
		}
	}
}

// ask runs a command of sdk.mjs and returns what the client refused, if it did.
func (n *node) ask(do string, with object, out any) error {
	n.t.Helper()
	ch := make(chan nodeLine, 1)
	n.mu.Lock()
	n.last++
	line, err := json.Marshal(object{"id": n.last, "do": do, "with": with})
	n.waiting[n.last] = ch
	n.mu.Unlock()
	if err == nil {
		_, err = n.in.Write(append(line, '\n'))
	}
	if err != nil {
		n.t.Fatal(err)
	}
	select {
	case <-n.ctx.Done():
		n.t.Fatalf("%s: no answer", do)
		return nil
	case l := <-ch:
		if l.Error != "" {
			return fmt.Errorf("%s: %s", do, l.Error)
		}
		if out == nil {
			return nil
		}
		return json.Unmarshal(l.OK, out)
	}
}

// do is ask for what must work.
func (n *node) do(what string, with object, out any) {
	n.t.Helper()
	if err := n.ask(what, with, out); err != nil {
		n.t.Fatal(err)
	}
}

// sent calls a method that makes a message, and returns the message's id.
func (n *node) sent(method string, args object) string {
	n.t.Helper()
	var got struct {
		Code int
		Data struct {
			ID string `json:"message_id"`
		}
	}
	n.do("call", object{"method": method, "args": args}, &got)
	if got.Code != 0 || got.Data.ID == "" {
		n.t.Fatalf("%s: %+v", method, got)
	}
	return got.Data.ID
}

func (n *node) hears(what string) nodeLine {
	n.t.Helper()
	select {
	case l := <-n.heard:
		if l.Heard != what {
			n.t.Fatalf("heard %+v, not a %s", l, what)
		}
		return l
	case <-n.ctx.Done():
		n.t.Fatalf("no %s was heard", what)
		return nodeLine{}
	}
}

// nodeOrg is 周敏 and a group with the bot.
func nodeOrg() feishutest.Org {
	return feishutest.Org{
		People: []feishutest.Person{{OpenID: nodeMin, Name: "周敏"}},
		Groups: []feishutest.Group{{ChatID: nodeChat, Name: "直报群", Members: []string{nodeMin}}},
	}
}

// nodeToast answers every press in these tests.
func nodeToast() object {
	card := nodeCard("已签收")
	return object{"toast": object{"type": "success", "content": "已签收"}, "card": object{"type": "raw", "data": card}}
}

// nodeCard is a card of text, with a button for each value.
func nodeCard(text string, buttons ...object) object {
	elements := []any{object{"tag": "markdown", "content": text}}
	for _, value := range buttons {
		elements = append(elements, object{"tag": "button", "text": object{"tag": "plain_text", "content": "签收"},
			"behaviors": []any{object{"type": "callback", "value": value}}})
	}
	return object{"schema": "2.0", "body": object{"elements": elements}}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func noComplaints(t *testing.T, p *feishutest.Platform) {
	t.Helper()
	for _, c := range p.Complaints() {
		t.Errorf("the platform complains: %s", c)
	}
	for _, d := range p.Deliveries() {
		if d.Err != nil {
			t.Errorf("%s was not taken: %v", d.Type, d.Err)
		}
	}
}

// nodeSink keeps what the adapter took.
type nodeSink struct {
	mu     sync.Mutex
	events []bot.Event
}

func (s *nodeSink) Receive(_ context.Context, ev bot.Event) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, ev)
	return "已签收", nil
}

func (s *nodeSink) take() []bot.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	got := s.events
	s.events = nil
	return got
}

// nodeDirectory knows 周敏 and the group.
type nodeDirectory struct{}

func (nodeDirectory) Account(person string) (string, bool) { return nodeMin, person == "zhoumin" }
func (nodeDirectory) Person(openID string) (string, bool)  { return "zhoumin", openID == nodeMin }
func (nodeDirectory) Chat(group string) (string, bool)     { return nodeChat, group == "G1" }
func (nodeDirectory) Group(chatID string) (string, bool, bool) {
	return "G1", false, chatID == nodeChat
}
func (nodeDirectory) Name(string) string { return "周敏" }

// TestNodeJudgesRequestsAsTheAdapterDoes posts what Feishu's client sealed to the adapter, whole and
// spoiled, and compares what the two make of it.
func TestNodeJudgesRequestsAsTheAdapterDoes(t *testing.T) {
	t.Parallel()
	n := startNode(t, "sdk.mjs")
	p := feishutest.New(feishutest.Options{Org: nodeOrg()})
	api := httptest.NewServer(p)
	defer api.Close()
	o, sink := p.Options(), &nodeSink{}
	a, err := feishu.New(feishu.Config{AppID: o.AppID, AppSecret: o.AppSecret, EncryptKey: o.EncryptKey, VerificationToken: o.VerificationToken,
		BaseURL: api.URL, Mode: feishu.ModeHTTP, Directory: nodeDirectory{}, Files: struct{ feishu.Files }{}})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/event", a.EventHandler(sink))
	mux.Handle("/card", a.CardHandler(sink))
	app := httptest.NewServer(mux)
	defer app.Close()

	message := string(p.Envelope("im.message.receive_v1", object{
		"sender": object{"sender_id": object{"open_id": nodeMin}, "sender_type": "user"},
		"message": object{"message_id": "om_node", "chat_id": "oc_p2p", "chat_type": "p2p", "message_type": "text", "create_time": "1767225600100",
			"content": `{"text":"上报 <门店> & 𠮷"}`}}))
	press := string(p.Envelope("card.action.trigger", object{"operator": object{"open_id": nodeMin}, "token": "c-1",
		"action":  object{"tag": "button", "value": object{"say": "签收", "target": "YQ-1", "chat": "G1"}},
		"context": object{"open_message_id": "om_card", "open_chat_id": nodeChat}}))
	challenge := jsonOf(t, object{"type": "url_verification", "challenge": "c-挑战", "token": o.VerificationToken})

	for _, row := range []struct {
		name, path, plain string
		key               string // encrypts; empty: the right one
		signKey           string // signs; empty: the right one, "-": nothing is signed
		spoil             func(body string, h map[string]string) string
		want              string // what a good answer contains; empty: refused
		text              string // of the event that came through
	}{
		{name: "message", path: "/event", plain: message, want: "{", text: "上报 <门店> & 𠮷"},
		{name: "press", path: "/card", plain: press, want: `"content":"已签收"`},
		{name: "press to the address of events", path: "/event", plain: press, want: `"content":"已签收"`},
		{name: "challenge", path: "/event", plain: challenge, signKey: "-", want: `"challenge":"c-挑战"`},
		{name: "challenge to the address of cards", path: "/card", plain: challenge, signKey: "-", want: `"challenge":"c-挑战"`},
		{name: "signed challenge", path: "/event", plain: challenge, want: `"challenge":"c-挑战"`},
		{name: "signed with another key", path: "/event", plain: message, signKey: "another"},
		{name: "press signed with another key", path: "/card", plain: press, signKey: "another"},
		{name: "not signed", path: "/event", plain: message, signKey: "-"},
		{name: "press not signed", path: "/card", plain: press, signKey: "-"},
		{name: "another nonce", path: "/event", plain: message, spoil: func(body string, h map[string]string) string {
			h["x-lark-request-nonce"] = "another"
			return body
		}},
		{name: "another time", path: "/event", plain: message, spoil: func(body string, h map[string]string) string {
			h["x-lark-request-timestamp"] = "1767225601"
			return body
		}},
		{name: "signature of another body", path: "/event", plain: message, spoil: func(body string, _ map[string]string) string {
			return strings.Replace(body, `{"encrypt":`, `{"more":1,"encrypt":`, 1)
		}},
		{name: "signature cut short", path: "/event", plain: message, spoil: func(body string, h map[string]string) string {
			h["x-lark-signature"] = h["x-lark-signature"][:63]
			return body
		}},
	} {
		var sealed, signature string
		n.do("seal", object{"encryptKey": o.EncryptKey, "plain": row.plain}, &sealed)
		body, headers := `{"encrypt":"`+sealed+`"}`, map[string]string{}
		if row.signKey != "-" {
			headers["x-lark-request-timestamp"], headers["x-lark-request-nonce"] = "1767225600", "n-1"
			n.do("sign", object{"timestamp": "1767225600", "nonce": "n-1", "encryptKey": cmp.Or(row.signKey, o.EncryptKey), "body": body}, &signature)
			headers["x-lark-signature"] = signature
		}
		if row.spoil != nil {
			body = row.spoil(body, headers)
		}
		var judged struct {
			Challenge   string
			Event, Card bool
		}
		n.do("judge", object{"encryptKey": o.EncryptKey, "verificationToken": o.VerificationToken, "body": body, "headers": headers}, &judged)
		var got struct {
			Status int
			Body   string
		}
		n.do("post", object{"url": app.URL + row.path, "body": body, "headers": headers}, &got)
		client := judged.Challenge != "" || judged.Event
		if taken := got.Status == http.StatusOK; taken != (row.want != "") || client != taken || judged.Card != judged.Event {
			t.Errorf("%s: the adapter answers %d, the client takes it: %+v", row.name, got.Status, judged)
		}
		if !strings.Contains(got.Body, row.want) || !strings.Contains(got.Body, judged.Challenge) {
			t.Errorf("%s: answered %s", row.name, got.Body)
		}
		events := sink.take()
		if len(events) != 0 != (row.want != "" && judged.Challenge == "") {
			t.Errorf("%s: took %+v", row.name, events)
		}
		for _, ev := range events {
			if ev.Sender != nodeMin || ev.Text != row.text || row.text == "" && ev.Action.Target != "YQ-1" {
				t.Errorf("%s: took %+v", row.name, ev)
			}
		}
	}
	noComplaints(t, p)
}

// TestNodeReadsWhatTheStandInSeals, whatever its length makes of the padding.
func TestNodeReadsWhatTheStandInSeals(t *testing.T) {
	t.Parallel()
	n := startNode(t, "sdk.mjs")
	for length := range 34 {
		plain := strings.Repeat("烽", length/3) + strings.Repeat("x", length%3)
		var opened, sealed string
		n.do("open", object{"encryptKey": "键 key", "sealed": feishutest.Encrypt("键 key", []byte(plain))}, &opened)
		n.do("seal", object{"encryptKey": "键 key", "plain": plain}, &sealed)
		back, err := feishutest.Decrypt("键 key", sealed)
		if opened != plain || err != nil || string(back) != plain {
			t.Errorf("%d bytes: %q, %q, %v", length, opened, back, err)
		}
	}
}

// TestNodeIsToldOverHTTP: the client believes the stand-in's challenge, signatures and encryption.
func TestNodeIsToldOverHTTP(t *testing.T) {
	t.Parallel()
	n := startNode(t, "sdk.mjs")
	const key, token = "bot-key", "v-token"
	var port int
	n.do("serve", object{"encryptKey": key, "verificationToken": token, "answer": nodeToast()}, &port)
	app := fmt.Sprintf("http://127.0.0.1:%d", port)
	p := feishutest.New(feishutest.Options{Org: nodeOrg(), EncryptKey: key, VerificationToken: token, EventURL: app + "/event", CardURL: app + "/card"})
	api := httptest.NewServer(p)
	defer api.Close()
	for _, path := range []string{"/event", "/card"} {
		if err := p.Verify(n.ctx, app+path); err != nil {
			t.Error(err)
		}
	}
	n.saysAndHears(p)
	n.pressesAndHears(p, sentByGo(t, p, api.URL))
	noComplaints(t, p)
}

// saysAndHears lets 周敏 write something, of which the client must hear.
func (n *node) saysAndHears(p *feishutest.Platform) {
	n.t.Helper()
	text := strings.Repeat("上报 <门店> & 𠮷。", 20) // long enough to come in several frames
	id, err := p.Says(n.ctx, nodeMin, "", text)
	if err != nil {
		n.t.Fatal(err)
	}
	m := n.hears("message").Data.Message
	var content struct{ Text string }
	if err := json.Unmarshal([]byte(m.Content), &content); err != nil || m.MessageID != id || content.Text != text || m.ChatID != p.Private(nodeMin) {
		n.t.Errorf("heard %+v, %v", m, err)
	}
}

// pressesAndHears lets 周敏 press the button of a card, whose answer she must see.
func (n *node) pressesAndHears(p *feishutest.Platform, card string) {
	n.t.Helper()
	seen, err := p.Presses(n.ctx, nodeMin, card, "签收")
	if err != nil || seen.Failed != 0 || seen.Toast != "已签收" || seen.ToastType != "success" || !strings.Contains(seen.Card, "已签收") {
		n.t.Errorf("she sees %+v, %v", seen, err)
	}
	d := n.hears("press").Data
	if d.Operator.OpenID != nodeMin || d.Action.Value["n"] != "YQ-1" || d.Context.OpenMessageID != card {
		n.t.Errorf("heard %+v", d)
	}
}

// sentByGo sends a card without the client.
func sentByGo(t *testing.T, p *feishutest.Platform, base string) string {
	t.Helper()
	body := jsonOf(t, object{"receive_id": nodeChat, "msg_type": "interactive", "content": jsonOf(t, nodeCard("请签收", object{"n": "YQ-1"}))})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/open-apis/im/v1/messages?receive_id_type=chat_id", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.Token())
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	all := p.Messages()
	if resp.StatusCode != http.StatusOK || len(all) != 1 {
		t.Fatalf("status %d, %d messages", resp.StatusCode, len(all))
	}
	return all[0].ID
}

// TestNodeIsAnAppOfTheStandIn: the client connects, sends, answers, hears and is pressed.
func TestNodeIsAnAppOfTheStandIn(t *testing.T) {
	t.Parallel()
	n := startNode(t, "sdk.mjs")
	p := feishutest.New(feishutest.Options{Org: nodeOrg(), AppID: "cli_a1b2c3d4e5f60718", PartSize: 200})
	api := httptest.NewServer(p)
	defer api.Close()
	defer n.do("leave", nil, nil) // before its server, which waits for connections
	o := p.Options()
	n.do("connect", object{"appId": o.AppID, "appSecret": o.AppSecret, "domain": api.URL, "answer": nodeToast()}, nil)
	if p.Connections() != 1 {
		t.Fatalf("%d connections", p.Connections())
	}
	n.speaks(p)
	n.showsAndFetches(p)
	n.saysAndHears(p)
	card := n.sent("im.message.create", object{"params": object{"receive_id_type": "chat_id"}, "data": object{"receive_id": nodeChat,
		"msg_type": "interactive", "content": jsonOf(t, nodeCard("请签收", object{"n": "YQ-1"}))}})
	n.pressesAndHears(p, card)
	n.do("call", object{"method": "im.message.patch", "args": object{"path": object{"message_id": card},
		"data": object{"content": jsonOf(t, nodeCard("已办结"))}}}, nil)
	if m, _ := p.Message(card); !strings.Contains(p.CardText(m.Content), "已办结") {
		t.Errorf("the card reads %s", p.CardText(m.Content))
	}
	n.hearsOutOfOrder(p)
	if p.TokensAsked() != 1 {
		t.Errorf("%d tokens fetched", p.TokensAsked())
	}
	noComplaints(t, p)
}

// hearsOutOfOrder: the parts of an event come back to front, and so do two events.
func (n *node) hearsOutOfOrder(p *feishutest.Platform) {
	n.t.Helper()
	if err := p.Break(feishutest.Fault{Kind: feishutest.Reorder}); err != nil {
		n.t.Fatal(err)
	}
	for _, text := range []string{"先说的", "后说的"} {
		if _, err := p.Says(n.ctx, nodeMin, "", text); err != nil {
			n.t.Fatal(err)
		}
	}
	for _, text := range []string{"后说的", "先说的"} {
		if got := n.hears("message").Data.Message.Content; !strings.Contains(got, text) {
			n.t.Errorf("heard %s, not %s", got, text)
		}
	}
}

// speaks sends a message and answers it; and is refused as the client's users are used to.
func (n *node) speaks(p *feishutest.Platform) {
	n.t.Helper()
	to := object{"receive_id_type": "open_id"}
	first := n.sent("im.message.create", object{"params": to, "data": object{"receive_id": nodeMin, "msg_type": "text", "content": `{"text":"你好"}`}})
	second := n.sent("im.message.reply", object{"path": object{"message_id": first}, "data": object{"msg_type": "text", "content": `{"text":"还在吗"}`}})
	m, ok := p.Message(second)
	if !ok || m.ParentID != first || m.ChatID != p.Private(nodeMin) || m.Content != `{"text":"还在吗"}` || !m.FromBot {
		n.t.Errorf("answered %+v", m)
	}
	err := n.ask("call", object{"method": "im.message.reply", "args": object{"path": object{"message_id": "om_nobody"}, "data": object{"msg_type": "text", "content": `{"text":"x"}`}}}, nil)
	if err == nil || !strings.Contains(err.Error(), `"code":`) {
		n.t.Errorf("a message that is not there: %v", err)
	}
}

// showsAndFetches uploads a picture, and fetches one that 周敏 sent.
func (n *node) showsAndFetches(p *feishutest.Platform) {
	n.t.Helper()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		n.t.Fatal(err)
	}
	var up struct {
		Key string `json:"image_key"`
	}
	n.do("upload", object{"base64": base64.StdEncoding.EncodeToString(picture.Bytes())}, &up)
	if kept, ok := p.Upload(up.Key); !ok || !bytes.Equal(kept, picture.Bytes()) {
		n.t.Errorf("uploaded %d bytes as %q, of which %d arrived", picture.Len(), up.Key, len(kept))
	}
	id, err := p.Sends(n.ctx, nodeMin, "", feishutest.Attachment{Name: "门店.png", Kind: "image", Data: picture.Bytes()})
	if err != nil {
		n.t.Fatal(err)
	}
	m := n.hears("message").Data.Message
	var content struct {
		Key string `json:"image_key"`
	}
	if err := json.Unmarshal([]byte(m.Content), &content); err != nil || m.MessageID != id {
		n.t.Fatalf("heard %+v, %v", m, err)
	}
	var back []byte
	n.do("download", object{"path": object{"message_id": id, "file_key": content.Key}, "params": object{"type": "image"}}, &back)
	if !bytes.Equal(back, picture.Bytes()) {
		n.t.Errorf("fetched %d bytes of %d", len(back), picture.Len())
	}
}
