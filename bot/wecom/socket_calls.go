package wecom

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	ackLimit   = 5 * time.Second // for the platform's answer to a frame
	writeLimit = 5 * time.Second
)

var errNoAck = errors.New("no answer to the frame")

// answerError is the platform's no to a frame.
type answerError struct {
	code int
	msg  string
}

func (e *answerError) Error() string { return fmt.Sprintf("errcode %d: %s", e.code, e.msg) }

// calls are frames of ours that wait for their answer. Those of one req_id go one after another: the
// platform answers with nothing but that id.
type calls struct {
	mu      sync.Mutex
	waiting map[string]chan frame
	lines   map[string]*line
}

// line is who wants to send under one req_id; whoever holds the token sends.
type line struct {
	token chan struct{}
	users int
}

func newCalls() *calls {
	return &calls{waiting: map[string]chan frame{}, lines: map[string]*line{}}
}

// enter waits for its turn with a req_id. leave must be called after it.
func (c *calls) enter(ctx context.Context, reqID string) (answer chan frame, err error) {
	c.mu.Lock()
	l := c.lines[reqID]
	if l == nil {
		l = &line{token: make(chan struct{}, 1)}
		c.lines[reqID] = l
	}
	l.users++
	c.mu.Unlock()
	select {
	case l.token <- struct{}{}:
	case <-ctx.Done():
		c.quit(reqID, l)
		return nil, context.Cause(ctx)
	}
	answer = make(chan frame, 1)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting[reqID] = answer
	return answer, nil
}

func (c *calls) leave(reqID string) {
	c.mu.Lock()
	l := c.lines[reqID]
	delete(c.waiting, reqID)
	c.mu.Unlock()
	<-l.token
	c.quit(reqID, l)
}

func (c *calls) quit(reqID string, l *line) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l.users--; l.users == 0 {
		delete(c.lines, reqID)
	}
}

// answered hands an answer to who waits for it. False: nobody does.
func (c *calls) answered(f frame) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	answer, ok := c.waiting[f.Headers.ReqID]
	if ok {
		answer <- f
		delete(c.waiting, f.Headers.ReqID) // a second answer belongs to nobody
	}
	return ok
}

// fresh is a req_id of ours.
func (c *LongConn) fresh(kind string) string {
	return kind + "-" + strconv.FormatInt(c.now().UnixMilli(), 36) + "-" + strconv.FormatInt(c.last.Add(1), 36)
}

// call sends a frame and waits for the platform's answer.
func (s *session) call(ctx context.Context, cmd, reqID string, body any) (json.RawMessage, error) {
	answer, err := s.calls.enter(ctx, reqID)
	if err != nil {
		return nil, err
	}
	defer s.calls.leave(reqID)
	if err := s.write(ctx, cmd, reqID, body); err != nil {
		return nil, err
	}
	timer := time.NewTimer(ackLimit)
	defer timer.Stop()
	select {
	case f := <-answer:
		if f.Code != 0 {
			return nil, &answerError{f.Code, f.Msg}
		}
		return f.Body, nil
	case <-timer.C:
		return nil, errNoAck
	case <-s.over:
		return nil, errNotConnected
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// write sends a frame. One half-sent would break the connection, so only the write's own time ends it.
func (s *session) write(ctx context.Context, cmd, reqID string, body any) error {
	f := frame{Cmd: cmd, Headers: frameHeaders{reqID}}
	if body != nil {
		f.Body = encode(body)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeLimit)
	defer cancel()
	if err := s.conn.Write(ctx, websocket.MessageText, encode(f)); err != nil {
		return fmt.Errorf("%w: %w", errNotConnected, err)
	}
	return nil
}
