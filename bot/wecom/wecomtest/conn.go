package wecomtest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"sync"

	"github.com/coder/websocket"
)

// SocketPath is the AI bot's socket (D/101463). A client that asks for / with an upgrade gets it, too, as at
// the platform itself.
const SocketPath = "/aibot/ws"

// maxFrame is more than a frame may have: a chunk of 512 KB in base64.
const maxFrame = 1 << 20

// frame is a message on the socket, in either direction.
type frame struct {
	Cmd     string          `json:"cmd,omitempty"`
	Headers frameHeaders    `json:"headers"`
	Body    json.RawMessage `json:"body,omitempty"`
	Code    *int            `json:"errcode,omitempty"`
	Msg     string          `json:"errmsg,omitempty"`
}

type frameHeaders struct {
	ReqID string `json:"req_id"`
}

// conn is one connection. It is told things once it has subscribed.
type conn struct {
	p  *Platform
	ws *websocket.Conn

	mu         sync.Mutex
	subscribed bool
	deaf       bool
	pings      int
}

// serveConn takes a connection up.
func (p *Platform) serveConn(w http.ResponseWriter, r *http.Request) {
	if p.isBroken(Down, AIBot) {
		http.Error(w, "bad gateway", http.StatusBadGateway)
		return
	}
	ws, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		p.opt.Log.Debug("handshake", "err", err)
		return
	}
	ws.SetReadLimit(maxFrame)
	c := &conn{p: p, ws: ws}
	p.mu.Lock()
	p.conns = append(p.conns, c)
	p.mu.Unlock()
	c.read(r.Context())
}

// read takes frames one after another until the connection ends.
func (c *conn) read(ctx context.Context) {
	defer c.leave()
	for {
		kind, data, err := c.ws.Read(ctx)
		if err != nil {
			return
		}
		if c.isDeaf() {
			continue
		}
		var f frame
		if err := json.Unmarshal(data, &f); kind != websocket.MessageText || err != nil {
			c.complain("a message of %d bytes on the socket is no frame: %v", len(data), err)
			continue
		}
		answer := c.answer(ctx, f)
		if answer != nil && c.write(ctx, answer) != nil {
			return
		}
	}
}

// answer carries a frame out: the answer has no cmd, and the frame's req_id.
func (c *conn) answer(ctx context.Context, f frame) *frame {
	if f.Code != nil && f.Cmd == "" {
		return nil // an acknowledgment, which nobody waits for
	}
	body, err := c.obey(ctx, f)
	c.p.wait(ctx.Done(), AIBot)
	code, msg := 0, "ok"
	if err != nil {
		c.p.mu.Lock()
		c.p.judge(f.Cmd, err)
		c.p.refused[err.Code]++
		c.p.mu.Unlock()
		code, msg = err.Code, err.Msg
	}
	out := &frame{Headers: f.Headers, Code: &code, Msg: msg}
	if body != nil {
		out.Body = marshal(body)
	}
	return out
}

// Garble sends the sockets a text as it is, which need not be a frame.
func (p *Platform) Garble(ctx context.Context, text string) (err error) {
	p.eachConn(func(c *conn) { err = errors.Join(err, c.ws.Write(ctx, websocket.MessageText, []byte(text))) })
	return err
}

func (c *conn) write(ctx context.Context, f *frame) error {
	if c.isDeaf() {
		return nil
	}
	return c.ws.Write(ctx, websocket.MessageText, marshal(f))
}

func (p *Platform) eachConn(fn func(*conn)) {
	p.mu.Lock()
	conns := slices.Clone(p.conns)
	p.mu.Unlock()
	for _, c := range conns {
		fn(c)
	}
}

// deafen makes the connection half-open: it stays, and nothing comes or goes.
func (c *conn) deafen() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deaf = true
}

func (c *conn) cut() { _ = c.ws.CloseNow() } // it may be gone already

func (c *conn) isDeaf() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.deaf
}

func (c *conn) isSubscribed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.subscribed
}

func (c *conn) complain(format string, args ...any) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.p.complain(format, args...)
}

func (c *conn) leave() {
	c.cut()
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.p.conns = slices.DeleteFunc(c.p.conns, func(o *conn) bool { return o == c })
}

// Connections is how many sockets have subscribed, deaf ones included. It is one at most, but for the moment
// in which a second one takes over.
func (p *Platform) Connections() int {
	n := 0
	p.eachConn(func(c *conn) {
		if c.isSubscribed() {
			n++
		}
	})
	return n
}

// Pings counts the pings of the present sockets.
func (p *Platform) Pings() int {
	n := 0
	p.eachConn(func(c *conn) {
		c.mu.Lock()
		defer c.mu.Unlock()
		n += c.pings
	})
	return n
}
