package feishutest

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// client is an app on the long connection.
type client struct {
	t      *testing.T
	ws     *websocket.Conn
	mu     sync.Mutex
	code   int // acknowledgments; 0 is none
	data   any
	frames []*frame
	events []string
	done   chan struct{}
}

// longWorld is a world in a bubble, served over pipes. Its clock is the bubble's.
func longWorld(t *testing.T, change ...func(*Options)) (*world, *http.Client) {
	t.Helper()
	o := Options{Org: company(), BotName: "助手"}
	for _, f := range change {
		f(&o)
	}
	w := &world{T: t, Platform: New(o), clock: &clock{}}
	c, stop := Local(w.Platform)
	t.Cleanup(stop)
	return w, c
}

func endpoint(t *testing.T, hc *http.Client, secret string) (code int, url string, conf ClientConfig) {
	t.Helper()
	resp, err := hc.Post("http://feishu.test/callback/ws/endpoint", "application/json", strings.NewReader(`{"AppID":"cli_5100000000000001","AppSecret":"`+secret+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var in struct {
		Code int
		Data struct {
			URL          string
			ClientConfig ClientConfig
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&in); err != nil {
		t.Fatal(err)
	}
	return in.Code, in.Data.URL, in.Data.ClientConfig
}

func connect(t *testing.T, hc *http.Client) *client {
	t.Helper()
	_, url, _ := endpoint(t, hc, "sim-app-secret")
	ws, _, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{HTTPClient: hc})
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, ws: ws, code: 200, done: make(chan struct{})}
	go c.read(t.Context())
	t.Cleanup(func() {
		_ = ws.CloseNow()
		<-c.done
	})
	synctest.Wait()
	return c
}

func (c *client) read(ctx context.Context) {
	defer close(c.done)
	parts := map[string]map[string]string{}
	for {
		_, data, err := c.ws.Read(ctx)
		if err != nil {
			return
		}
		f, err := parseFrame(data)
		if err != nil {
			c.t.Error(err)
			return
		}
		c.take(ctx, f, parts)
	}
}

func (c *client) take(ctx context.Context, f *frame, parts map[string]map[string]string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frames = append(c.frames, f)
	if f.method == methodControl {
		return
	}
	id, sum := f.get("message_id"), number(f.get("sum"))
	if parts[id] == nil {
		parts[id] = map[string]string{}
	}
	parts[id][f.get("seq")] = string(f.payload)
	if len(parts[id]) < sum {
		return
	}
	var whole strings.Builder
	for i := range sum {
		whole.WriteString(parts[id][itoa(i)])
	}
	c.events = append(c.events, whole.String())
	if c.code == 0 {
		return
	}
	answer := object{"code": c.code, "headers": nil}
	if c.data != nil {
		answer["data"] = marshal(c.data)
	}
	f.payload = marshal(answer)
	f.headers = append(f.headers, header{"biz_rt", "1"})
	_ = c.ws.Write(ctx, websocket.MessageBinary, f.marshal())
}

func (c *client) acks(code int, data any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.code, c.data = code, data
}

func (c *client) got() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.events)
}

func TestEventsComeOverTheLongConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		c := connect(t, hc)
		if _, err := w.Says(t.Context(), "ou_zhoumin", "oc_1", "@助手 上报"); err != nil {
			t.Fatal(err)
		}
		if c.got() != 1 || !strings.Contains(c.events[0], "@_user_1 上报") || w.Deliveries()[0].Err != nil {
			t.Errorf("%v %+v", c.events, w.Deliveries())
		}
		if got := w.Complaints(); len(got) > 0 {
			t.Errorf("%q", got)
		}
	})
}

func TestALongPayloadIsSplitAndItsPartsMayOvertake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t, func(o *Options) { o.PartSize = 100 })
		c := connect(t, hc)
		_ = w.Break(Fault{Kind: Reorder, Times: 2})
		text := strings.Repeat("长", 500)
		_, _ = w.Says(t.Context(), "ou_zhoumin", "", "held back")
		_, _ = w.Says(t.Context(), "ou_zhoumin", "", text)
		if c.got() != 2 || !strings.Contains(c.events[0], text) {
			t.Fatalf("%d events", c.got())
		}
		if first := c.frames[0]; first.get("seq") == "0" || number(first.get("sum")) < 10 || len(first.payload) > 100 {
			t.Errorf("first frame %v", first.headers)
		}
	})
}

func TestWhatIsNotAcknowledgedInThreeSecondsIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		c := connect(t, hc)
		for _, code := range []int{0, 500} {
			c.acks(code, nil)
			began := time.Now()
			_, _ = w.Says(t.Context(), "ou_zhoumin", "", "hi")
			if took := time.Since(began); code == 0 && took != 3*time.Second {
				t.Errorf("waited %s", took)
			}
			if n, _ := w.Pending(); n != 1 {
				t.Fatalf("code %d: %d pending", code, n)
			}
			c.acks(200, nil)
			time.Sleep(15 * time.Second)
			if w.Tick(t.Context()) != 1 {
				t.Error("not repeated")
			}
			if n, _ := w.Pending(); n != 0 {
				t.Error("still pending")
			}
		}
	})
}

func TestAHalfOpenConnectionIsDeafAndMute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		c := connect(t, hc)
		_ = w.Break(Fault{Kind: HalfOpen})
		ping := &frame{service: 33554678, headers: []header{{"type", "ping"}}}
		if err := c.ws.Write(t.Context(), websocket.MessageBinary, ping.marshal()); err != nil {
			t.Fatal(err)
		}
		_, _ = w.Says(t.Context(), "ou_zhoumin", "", "hi")
		synctest.Wait()
		if len(c.frames) != 0 || w.Connections() != 1 {
			t.Errorf("%d frames, %d connections", len(c.frames), w.Connections())
		}
		_ = c.ws.CloseNow()
		<-c.done
		synctest.Wait()
		second := connect(t, hc)
		time.Sleep(15 * time.Second)
		w.Tick(t.Context())
		if second.got() != 1 {
			t.Error("a new connection gets nothing")
		}
	})
}

func TestAPongHoldsTheConfiguration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		c := connect(t, hc)
		w.Configure(ClientConfig{ReconnectCount: 3, ReconnectInterval: 1, ReconnectNonce: 1, PingInterval: 7})
		_ = c.ws.Write(t.Context(), websocket.MessageBinary, (&frame{service: 33554678, headers: []header{{"type", "ping"}}}).marshal())
		synctest.Wait()
		if len(c.frames) != 1 || c.frames[0].get("type") != "pong" || !strings.Contains(string(c.frames[0].payload), `"PingInterval":7`) {
			t.Errorf("%v", c.frames)
		}
		_ = c.ws.Write(t.Context(), websocket.MessageBinary, (&frame{service: 1, headers: []header{{"type", "ping"}}}).marshal())
		_ = c.ws.Write(t.Context(), websocket.MessageBinary, []byte("ping"))
		synctest.Wait()
		if got := w.Complaints(); len(got) != 2 {
			t.Errorf("%q", got)
		}
	})
}

func TestACallbackIsAnsweredInTheAcknowledgment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		c := connect(t, hc)
		c.acks(200, object{"toast": object{"type": "info", "content": "好"}})
		r := w.sends("oc_1", "interactive", reportCard())
		w.code(r, 0)
		got, err := w.Presses(t.Context(), "ou_wanglei", r.Data["message_id"].(string), "签收")
		if err != nil || got.Toast != "好" {
			t.Errorf("%+v, %v", got, err)
		}
		c.acks(0, nil)
		got, _ = w.Presses(t.Context(), "ou_wanglei", r.Data["message_id"].(string), "签收")
		if got.Failed != 200341 {
			t.Errorf("unanswered: %+v", got)
		}
	})
}

func TestATicketIsForOneConnectionSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		if code, _, _ := endpoint(t, hc, "wrong"); code == 0 {
			t.Error("a wrong secret is taken")
		}
		_, url, conf := endpoint(t, hc, "sim-app-secret")
		if conf.PingInterval != 120 || !strings.HasPrefix(url, "ws://feishu.test/") {
			t.Errorf("%s %+v", url, conf)
		}
		time.Sleep(2 * time.Minute)
		_, resp, err := websocket.Dial(t.Context(), url, &websocket.DialOptions{HTTPClient: hc})
		if err == nil || resp.Header.Get("Handshake-Status") != "514" {
			t.Errorf("an old ticket is taken: %v", err)
		}
		var clients []*client
		for range maxConns {
			clients = append(clients, connect(t, hc))
		}
		_, url, _ = endpoint(t, hc, "sim-app-secret")
		_, resp, err = websocket.Dial(t.Context(), url, &websocket.DialOptions{HTTPClient: hc})
		if err == nil || resp.Header.Get("Handshake-Autherrcode") != "1000040350" {
			t.Errorf("a connection too many: %v", err)
		}
		_, _ = w.Says(t.Context(), "ou_zhoumin", "", "hi")
		n := 0
		for _, c := range clients {
			n += c.got()
		}
		if n != 1 {
			t.Errorf("%d connections got the event", n)
		}
		_ = w.Break(Fault{Kind: Disconnect})
		synctest.Wait()
		if w.Connections() != 0 {
			t.Error("still connected")
		}
	})
}

func TestADownPlatformCutsAndRefuses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		c := connect(t, hc)
		_ = w.Break(Fault{Kind: Down, Until: time.Now().Add(20 * time.Minute)})
		<-c.done
		resp, err := hc.Get("http://feishu.test/open-apis/bot/v3/info")
		if err != nil || resp.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%v %v", resp, err)
		}
		resp.Body.Close()
		time.Sleep(20 * time.Minute)
		connect(t, hc)
	})
}

func TestASlowAnswerComesForTheRepeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t)
		hc.Timeout = 5 * time.Second
		_ = w.Break(Fault{Kind: Slow})
		send := func() error {
			r, _ := http.NewRequest("POST", "http://feishu.test/open-apis/im/v1/messages?receive_id_type=chat_id", strings.NewReader(`{"receive_id":"oc_1","msg_type":"text","content":"{\"text\":\"x\"}","uuid":"u"}`))
			r.Header.Set("Authorization", "Bearer "+w.Token())
			resp, err := hc.Do(r)
			if err == nil {
				resp.Body.Close()
			}
			return err
		}
		if send() == nil {
			t.Error("the first answer came in time")
		}
		if err := send(); err != nil || len(w.Messages()) != 1 {
			t.Errorf("%v, %d messages", err, len(w.Messages()))
		}
		_ = w.Break(Fault{Kind: Mend})
		_ = w.Break(Fault{Kind: Drop, Times: 1})
		if send() == nil {
			t.Error("dropped, and answered")
		}
		_ = w.Break(Fault{Kind: Limited, Times: 1})
		if err := send(); err != nil {
			t.Error(err)
		}
		if w.Refused(99991400) != 1 {
			t.Error("not limited")
		}
	})
}
