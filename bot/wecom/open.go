package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"fenghuo/bot"
)

// socket is the AI bot's long connection: https://developer.work.weixin.qq.com/document/path/101463
type socket interface {
	// Request sends a command with a req_id of its own and waits for the answer's body. An errcode other
	// than 0 is an *APIError, as Adapter.refused makes it.
	Request(ctx context.Context, cmd string, body any) (answer json.RawMessage, reqID string, err error)
	// Respond sends a command with the req_id of a callback and waits until it is taken.
	Respond(ctx context.Context, reqID, cmd string, body any) error
	// Up reports whether the connection is subscribed now.
	Up() bool
}

// errNotConnected is a long connection that is down, or another replica's.
var errNotConnected = errors.New("wecom: the AI bot is not connected here")

// connection is where the long connection is found while there is one.
type connection struct {
	mu sync.Mutex
	s  socket
}

// attach makes s the connection that is spoken through; nil: there is none.
func (c *connection) attach(s socket) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s = s
}

// up is the connection, nil while it is down.
func (c *connection) up() socket {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.s == nil || !c.s.Up() {
		return nil
	}
	return c.s
}

// answer is what is said on an open request: the card, or where none can be shown, or there is none, the
// words.
type answer struct {
	Card     obj    // a template_card; nil: none
	Markdown string // always there
}

// reply is the way back to who asked. It takes one answer.
type reply interface {
	Answer(ctx context.Context, an answer) error
}

// openRequest is a message somebody sent that can still be answered directly.
type openRequest struct {
	reply reply
	place bot.Place
	until time.Time
}

// mostOpen bounds what is kept open; the oldest is answered by a push.
const mostOpen = 4096

// openRequests are those of this replica, by the msgid of what was asked.
type openRequests struct {
	now func() time.Time
	// elsewhere finds a request another replica, or this one before a restart, left open; nil: none can be.
	elsewhere func(ctx context.Context, msgid string, place bot.Place) (reply, bool)

	mu   sync.Mutex
	byID map[string]openRequest
	ring []string
}

func newOpenRequests(now func() time.Time) *openRequests {
	return &openRequests{now: now, byID: map[string]openRequest{}}
}

// put registers a request that is open for so long.
func (o *openRequests) put(msgid string, place bot.Place, r reply, open time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, known := o.byID[msgid]; !known {
		o.ring = append(o.ring, msgid)
	}
	o.byID[msgid] = openRequest{r, place, o.now().Add(open)}
	for len(o.ring) > mostOpen {
		delete(o.byID, o.ring[0])
		o.ring = o.ring[1:]
	}
}

// take gives the way back for an answer said in the same conversation, to the first who asks.
func (o *openRequests) take(ctx context.Context, msgid string, place bot.Place) (reply, bool) {
	if msgid == "" {
		return nil, false
	}
	if r, here, ok := o.takeHere(msgid, place); here {
		return r, ok
	}
	if o.elsewhere == nil {
		return nil, false
	}
	return o.elsewhere(ctx, msgid, place)
}

func (o *openRequests) takeHere(msgid string, place bot.Place) (r reply, here, ok bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	req, here := o.byID[msgid]
	if !here || req.place.Key() != place.Key() {
		return nil, here, false
	}
	delete(o.byID, msgid)
	return req.reply, o.now().Before(req.until), o.now().Before(req.until)
}
