package feishu

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"fenghuo/bot"
)

// The secrets of these tests. None may be seen in a log.
const (
	lcSecret = "sEcReT+of/the=app"
	lcTicket = "t1cket-of-the-url"
	lcKey    = "acce55-key"
)

// lcWorld is a LongConn, the platform it is connected to, and what takes its events; all in one bubble of
// fake time, on pipes.
type lcWorld struct {
	t      *testing.T
	conn   *LongConn
	take   *lcTaker
	log    *lcLog
	conns  chan *lcServerConn // every connection made, in order
	asked  chan time.Time     // every request for an endpoint
	cancel context.CancelFunc
	ended  chan error

	mu       sync.Mutex
	endpoint func() (status int, body string)      // instead of a good answer
	refuse   func(w http.ResponseWriter) (no bool) // instead of a handshake
	config   string                                // ClientConfig
	mute     bool                                  // new connections do not answer pings
	open     []*lcServerConn
}

// lcTaker is the adapter's side.
type lcTaker struct {
	event func(ctx context.Context, payload string) error
	card  func(ctx context.Context, payload string) ([]byte, error)
	got   chan string
}

func (d *lcTaker) Dispatch(ctx context.Context, _ bot.Sink, payload []byte) error {
	if d.event != nil {
		return d.event(ctx, string(payload))
	}
	d.got <- string(payload)
	return nil
}

func (d *lcTaker) DispatchCard(ctx context.Context, _ bot.Sink, payload []byte) ([]byte, error) {
	if d.card != nil {
		return d.card(ctx, string(payload))
	}
	d.got <- "card:" + string(payload)
	return nil, nil
}

// lcRun runs test with a LongConn that is about to run; change may alter it before.
func lcRun(t *testing.T, change func(w *lcWorld, cfg *LongConnConfig), test func(w *lcWorld)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := &lcWorld{t: t, log: &lcLog{}, conns: make(chan *lcServerConn, 100), asked: make(chan time.Time, 1000), ended: make(chan error, 1),
			take:   &lcTaker{got: make(chan string, 1000)},
			config: `{"ReconnectCount":-1,"ReconnectInterval":120,"ReconnectNonce":30,"PingInterval":120}`}
		ln := &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
		srv := &http.Server{Handler: w, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
		go srv.Serve(ln)
		tr := &http.Transport{DialContext: ln.dial}
		cfg := LongConnConfig{AppID: "cli_demo", AppSecret: lcSecret, BaseURL: "http://feishu.test/", HTTP: &http.Client{Transport: tr},
			Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Jitter: func() float64 { return 0.5 }}
		if change != nil {
			change(w, &cfg)
		}
		w.conn = NewLongConn(cfg)
		ctx, cancel := context.WithCancel(t.Context())
		w.cancel = cancel
		go func() { w.ended <- w.conn.Run(ctx, w.take, nil) }()
		defer func() {
			w.stop()
			w.noSecrets()
			for _, c := range w.open {
				c.ws.CloseNow()
			}
			srv.Close()
			tr.CloseIdleConnections()
		}()
		test(w)
	})
}

// stop ends Run, which must take less than 2 s.
func (w *lcWorld) stop() {
	w.t.Helper()
	begun := time.Now()
	w.cancel()
	select {
	case err := <-w.ended:
		w.ended <- err
		if took := time.Since(begun); err != nil || took > 2*time.Second {
			w.t.Errorf("Run ended after %s with %v", took, err)
		}
	case <-time.After(time.Minute):
		w.t.Error("Run did not end")
	}
	if w.conn.Connected() {
		w.t.Error("connected after the end")
	}
}

func (w *lcWorld) noSecrets() {
	w.t.Helper()
	for _, s := range []string{lcSecret, lcTicket, lcKey, "device-77", "sEcReT"} {
		if strings.Contains(w.log.String(), s) {
			w.t.Errorf("%q is in the log:\n%s", s, w.log)
		}
	}
}

// ServeHTTP is the platform: the endpoint, and the connection it leads to.
func (w *lcWorld) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	endpoint, refuse, config, mute := w.endpoint, w.refuse, w.config, w.mute
	w.mu.Unlock()
	if r.URL.Path == endpointPath {
		w.asked <- time.Now()
		var in struct{ AppID, AppSecret string }
		if b, _ := io.ReadAll(r.Body); json.Unmarshal(b, &in) != nil || in.AppID != "cli_demo" || in.AppSecret != lcSecret || r.Header.Get("locale") != "zh" {
			w.t.Errorf("the endpoint was asked with %s", b)
		}
		if endpoint != nil {
			status, body := endpoint()
			rw.Header().Set("Location", "http://elsewhere.test/") // of a redirect
			rw.WriteHeader(status)
			io.WriteString(rw, body)
			return
		}
		fmt.Fprintf(rw, `{"code":0,"msg":"","data":{"URL":"ws://feishu.test/ws/v2?device_id=device-77&service_id=33&access_key=%s&ticket=%s","ClientConfig":%s}}`, lcKey, lcTicket, config)
		return
	}
	if r.URL.Query().Get("ticket") != lcTicket {
		w.t.Errorf("a connection without a ticket: %s", r.URL)
	}
	if refuse != nil && refuse(rw) {
		return
	}
	ws, err := websocket.Accept(rw, r, nil)
	if err != nil {
		return
	}
	c := &lcServerConn{t: w.t, ws: ws, mute: mute, acks: make(chan frame, 1000), pings: make(chan time.Time, 1000), gone: make(chan time.Time, 1), gate: make(chan struct{}, 1)}
	c.release()
	w.mu.Lock()
	w.open = append(w.open, c)
	w.mu.Unlock()
	w.conns <- c
	c.serve()
}

// set changes the platform.
func (w *lcWorld) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

// connected waits for the next connection.
func (w *lcWorld) connected() *lcServerConn { return receive(w.t, w.conns, "connection") }

// lcServerConn is the platform's end of a connection.
type lcServerConn struct {
	t     *testing.T
	ws    *websocket.Conn
	acks  chan frame
	pings chan time.Time
	gone  chan time.Time // when the client went
	gate  chan struct{}  // empty: nothing more is read

	mu     sync.Mutex
	mute   bool
	pong   string // payload of the next pong
	closed websocket.StatusCode
}

func (c *lcServerConn) serve() {
	c.ws.SetReadLimit(-1)
	for {
		_, b, err := c.ws.Read(context.Background())
		if err != nil {
			c.mu.Lock()
			c.closed = websocket.CloseStatus(err)
			c.mu.Unlock()
			c.gone <- time.Now()
			return
		}
		<-c.gate
		c.release()
		f, err := decodeFrame(b)
		switch {
		case err != nil:
			c.t.Errorf("the client sent %q: %v", b, err)
		case f.method == frameData:
			c.acks <- f
		case f.header(headerType) != typePing || f.service != 33:
			c.t.Errorf("the client sent a control frame %+v", f)
		default:
			c.pings <- time.Now()
			c.mu.Lock()
			mute, config := c.mute, c.pong
			c.pong = ""
			c.mu.Unlock()
			if !mute {
				c.sendFrame(frame{method: frameControl, headers: []frameHeader{{headerType, typePong}}, payload: []byte(config)})
			}
		}
	}
}

// jam stops reading, after one more frame; release resumes it.
func (c *lcServerConn) jam()     { <-c.gate }
func (c *lcServerConn) release() { c.gate <- struct{}{} }

// quiet stops the answers to pings.
func (c *lcServerConn) quiet() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mute = true
}

func (c *lcServerConn) sendFrame(f frame) { c.sendRaw(websocket.MessageBinary, f.encode()) }

func (c *lcServerConn) sendRaw(kind websocket.MessageType, b []byte) {
	if err := c.ws.Write(context.Background(), kind, b); err != nil {
		c.t.Logf("platform: %v", err)
	}
}

// event sends a whole message.
func (c *lcServerConn) event(id, payload string) {
	c.sendFrame(dataFrame(typeEvent, id, 1, 0, payload))
}

func dataFrame(kind, id string, sum, seq int, payload string) frame {
	return frame{seqID: 5, logID: 6, service: 33, method: frameData, logIDNew: "L", payload: []byte(payload), headers: []frameHeader{
		{headerType, kind}, {headerMessage, id}, {headerSum, fmt.Sprint(sum)}, {headerSeq, fmt.Sprint(seq)}, {headerTrace, "trace-1"}}}
}

// lcAnswer is the payload of an acknowledgment.
type lcAnswer struct {
	Code    int
	Headers map[string]string
	Data    []byte
}

// acked waits for the next acknowledgment, which must be for message id.
func (c *lcServerConn) acked(id string) (lcAnswer, frame) {
	c.t.Helper()
	f := receive(c.t, c.acks, "acknowledgment of "+id)
	if got := f.header(headerMessage); got != id {
		c.t.Errorf("an acknowledgment of %s, not of %s", got, id)
	}
	var a lcAnswer
	if err := json.Unmarshal(f.payload, &a); err != nil {
		c.t.Errorf("acknowledgment %q: %v", f.payload, err)
	}
	return a, f
}

// receive waits for a value, in fake time.
func receive[T any](t *testing.T, from <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(time.Hour):
		t.Fatalf("no %s within an hour", what)
		panic("not reached")
	}
}

// lcLog keeps what was logged.
type lcLog struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lcLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *lcLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// pipeListener accepts connections made within the process.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-l.done:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }
