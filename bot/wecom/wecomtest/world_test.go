package wecomtest

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// world is a platform on a clock that stands still, and an app that calls it.
type world struct {
	*testing.T
	*Platform
	clock *clock
}

type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

func company() Org {
	return Org{
		People: []Person{
			{UserID: "ZhouMin", Name: "周敏", Dept: "门店", Mobile: "13800000001"},
			{UserID: "WangLei", Name: "王蕾", Dept: "公关"},
			{UserID: "GuBo", Name: "顾波"},
		},
		Groups: []Group{
			{ChatID: "wr_A", Name: "直报群", Members: []string{"ZhouMin", "WangLei"}},
			{ChatID: "wr_B", Name: "哑群", Members: []string{"ZhouMin"}, NoBot: true, NoRobot: true},
		},
	}
}

func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	c := &clock{t: time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)}
	o := Options{Org: company(), Now: c.Now, AppURL: "http://bot.test/wecom/app"}
	for _, f := range change {
		f(&o)
	}
	return &world{T: t, Platform: New(o), clock: c}
}

// api calls the platform with a good token.
func (w *world) api(path string, body any) object {
	w.Helper()
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	return w.bare(path+mark+"access_token="+w.Token(), body)
}

// bare calls it as it is; no body is a GET.
func (w *world) bare(path string, body any) object {
	w.Helper()
	r := httptest.NewRequest("GET", "/cgi-bin/"+path, nil)
	if body != nil {
		r = httptest.NewRequest("POST", "/cgi-bin/"+path, bytes.NewReader(marshal(body)))
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	out := object{}
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil || rec.Code != 200 {
		w.Fatalf("%s: status %d, %v: %s", path, rec.Code, err, rec.Body.Bytes())
	}
	return out
}

func (w *world) code(answer object, want int) object {
	w.Helper()
	if got, _ := answer["errcode"].(float64); int(got) != want {
		w.Fatalf("errcode %v (%v), want %d", answer["errcode"], answer["errmsg"], want)
	}
	return answer
}

func (w *world) sends(to string, more object) object {
	w.Helper()
	body := object{"touser": to, "agentid": 1000017}
	for k, v := range more {
		body[k] = v
	}
	return w.api("message/send", body)
}

func (w *world) robot(body object) object {
	w.Helper()
	return w.bare("webhook/send?key="+w.Options().Org.Groups[0].RobotKey, body)
}

func textOf(s string) object { return object{"msgtype": "text", "text": object{"content": s}} }
func markdown(s string) object {
	return object{"msgtype": "markdown", "markdown": object{"content": s}}
}

func buttons(task string) object {
	return object{"card_type": "button_interaction", "task_id": task, "main_title": object{"title": "快报 1", "desc": "滨江店"},
		"horizontal_content_list": []object{{"keyname": "级别", "value": "三级"}},
		"button_list":             []object{{"text": "收到", "style": 1, "key": "ack"}, {"text": "转派", "style": 2, "key": "pass"}}}
}

func cardOf(k object) object { return object{"msgtype": "template_card", "template_card": k} }

// lastOf is the newest message of bots.
func (w *world) lastOf() Message {
	w.Helper()
	all := w.Messages()
	if len(all) == 0 {
		w.Fatal("no message")
	}
	return all[len(all)-1]
}

func (w *world) clean() {
	w.Helper()
	if c := w.Complaints(); len(c) > 0 {
		w.Errorf("complaints: %q", c)
	}
}

// client is an AI bot on the socket.
type client struct {
	t    *testing.T
	ws   *websocket.Conn
	mu   sync.Mutex
	got  []frame
	n    int
	done chan struct{}
}

// inBubble runs a test with a world served over pipes; its clock is the bubble's.
func inBubble(t *testing.T, test func(*world, *http.Client), change ...func(*Options)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := Options{Org: company(), AppURL: "http://bot.test/wecom/app"}
		for _, f := range change {
			f(&o)
		}
		w := &world{T: t, Platform: New(o), clock: &clock{}}
		c, stop := Local(w.Platform)
		defer stop()
		test(w, c)
	})
}

func dial(t *testing.T, hc *http.Client) *client {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), "wss://openws.work.weixin.qq.com"+SocketPath, &websocket.DialOptions{HTTPClient: hc})
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, ws: ws, done: make(chan struct{})}
	go c.read(t.Context())
	t.Cleanup(func() {
		_ = ws.CloseNow()
		<-c.done
	})
	return c
}

func subscribed(w *world, hc *http.Client) *client {
	w.Helper()
	c := dial(w.T, hc)
	w.code(c.ask("aibot_subscribe", object{"bot_id": "aibSim", "secret": "sim-bot-secret"}), 0)
	return c
}

func (c *client) read(ctx context.Context) {
	defer close(c.done)
	for {
		_, data, err := c.ws.Read(ctx)
		if err != nil {
			return
		}
		var f frame
		_ = json.Unmarshal(data, &f)
		c.mu.Lock()
		c.got = append(c.got, f)
		c.mu.Unlock()
	}
}

// ask sends a frame and waits for its answer.
func (c *client) ask(cmd string, body any) object {
	c.t.Helper()
	c.n++
	return c.on("mine-"+string(rune('a'+c.n)), cmd, body)
}

// on sends a frame under a req_id.
func (c *client) on(reqID, cmd string, body any) object {
	c.t.Helper()
	f := frame{Cmd: cmd, Headers: frameHeaders{ReqID: reqID}}
	if body != nil {
		f.Body = marshal(body)
	}
	if err := c.ws.Write(c.t.Context(), websocket.MessageText, marshal(f)); err != nil {
		c.t.Fatal(err)
	}
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range slices.Backward(c.got) {
		if f.Cmd == "" && f.Headers.ReqID == reqID {
			out := object{"errcode": float64(*f.Code), "errmsg": f.Msg}
			if f.Body != nil {
				_ = json.Unmarshal(f.Body, &out)
			}
			return out
		}
	}
	c.t.Fatalf("no answer to %s", cmd)
	return nil
}

// last is the newest callback, with its body.
func (c *client) last() (frame, object) {
	c.t.Helper()
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range slices.Backward(c.got) {
		if f.Cmd != "" {
			body := object{}
			_ = json.Unmarshal(f.Body, &body)
			return f, body
		}
	}
	c.t.Fatal("no callback")
	return frame{}, nil
}

// callbacks counts what came.
func (c *client) callbacks() int {
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, f := range c.got {
		if f.Cmd != "" {
			n++
		}
	}
	return n
}
