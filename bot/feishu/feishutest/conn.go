package feishutest

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"sync"

	"github.com/coder/websocket"
)

// conn is one long connection of the app.
type conn struct {
	p       *Platform
	ws      *websocket.Conn
	id      string
	service int32

	mu      sync.Mutex
	deaf    bool
	pings   int
	waiting map[string]chan ack // by message_id
}

// ack is what the app answers to a data frame.
type ack struct {
	Code int    `json:"code"`
	Data []byte `json:"data"`
}

var errCut = errors.New("connection closed")

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

// read takes frames until the connection ends.
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
		f, err := parseFrame(data)
		if kind != websocket.MessageBinary || err != nil {
			c.complain("a message of %d bytes is not a frame: %v", len(data), err)
			continue
		}
		if f.method == methodControl {
			c.controlled(ctx, f)
		} else {
			c.acknowledged(f)
		}
	}
}

func (c *conn) complain(format string, args ...any) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.p.complain(format, args...)
}

func (c *conn) leave() {
	_ = c.ws.CloseNow() // it may be gone already
	c.p.mu.Lock()
	c.p.conns = slices.DeleteFunc(c.p.conns, func(o *conn) bool { return o == c })
	c.p.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, ch := range c.waiting {
		close(ch)
		delete(c.waiting, id)
	}
}

// controlled answers a ping with a pong, which holds the configuration.
func (c *conn) controlled(ctx context.Context, f *frame) {
	if f.get("type") != "ping" || f.service != c.service {
		c.complain("control frame of type %q for service %d", f.get("type"), f.service)
		return
	}
	c.mu.Lock()
	c.pings++
	c.mu.Unlock()
	c.p.mu.Lock()
	conf := c.p.clientConf
	c.p.mu.Unlock()
	pong := &frame{service: c.service, method: methodControl, headers: []header{{"type", "pong"}}, payload: marshal(conf)}
	_ = c.ws.Write(ctx, websocket.MessageBinary, pong.marshal()) // the next read says so
}

// acknowledged hands an answer to who waits for it.
func (c *conn) acknowledged(f *frame) {
	var a ack
	if err := json.Unmarshal(f.payload, &a); err != nil {
		c.complain("an acknowledgment with the payload %q", f.payload)
		return
	}
	if _, err := strconv.Atoi(f.get("biz_rt")); err != nil {
		c.complain("an acknowledgment without biz_rt")
	}
	id := f.get("message_id")
	c.mu.Lock()
	ch := c.waiting[id]
	delete(c.waiting, id)
	c.mu.Unlock()
	if ch == nil {
		c.complain("an acknowledgment of %q, which nobody waits for", id)
		return
	}
	ch <- a
}

// overConn sends an event to one connection, whichever it is, and waits for its answer
// (event-subscription-configure-/request-url-configuration-case: no stickiness, no broadcast).
func (p *Platform) overConn(ctx context.Context, e *event) ([]byte, error) {
	p.mu.Lock()
	if len(p.conns) == 0 {
		p.mu.Unlock()
		return nil, errNoApp
	}
	p.turn++
	c := p.conns[p.turn%len(p.conns)]
	id, trace := p.next("msg-"), p.next("trace-")
	p.mu.Unlock()
	ch := make(chan ack, 1)
	c.mu.Lock()
	c.waiting[id] = ch
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.waiting, id)
	}()
	if !c.isDeaf() {
		kind, token := p.framed(e)
		for _, f := range p.shuffled(split(p.envelope(e, token), p.opt.PartSize, c.service, kind, id, trace, e.at.UnixMilli())) {
			if err := c.ws.Write(ctx, websocket.MessageBinary, f.marshal()); err != nil {
				return nil, err
			}
		}
	}
	select {
	case <-ctx.Done():
		return nil, errTooOld
	case a, ok := <-ch:
		if !ok {
			return nil, errCut
		}
		if a.Code != 200 {
			return nil, statusError(a.Code)
		}
		return a.Data, nil
	}
}

// shuffled puts the parts of a payload out of order while the fault Reorder is on.
func (p *Platform) shuffled(parts []*frame) []*frame {
	if len(parts) > 1 && p.isBroken(Reorder) {
		slices.Reverse(parts)
	}
	return parts
}
