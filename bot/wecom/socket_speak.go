package wecom

import (
	"context"
	"encoding/json"
	"errors"
)

var _ socket = (*LongConn)(nil)

// Request sends a command of ours: a push, an upload.
func (c *LongConn) Request(ctx context.Context, cmd string, body any) (answer json.RawMessage, reqID string, err error) {
	s := c.live.Load()
	if s == nil {
		return nil, "", errNotConnected
	}
	reqID = c.fresh("req")
	answer, err = s.call(ctx, cmd, reqID, body)
	return answer, reqID, c.refusal(cmd, err)
}

// Respond sends an answer to a callback, behind those that wait under the same req_id. A callback of an
// earlier connection may still be answered; if not, the platform says so.
func (c *LongConn) Respond(ctx context.Context, reqID, cmd string, body any) error {
	s := c.live.Load()
	if s == nil {
		return errNotConnected
	}
	_, err := s.call(ctx, cmd, reqID, body)
	return c.refusal(cmd, err)
}

// Up reports whether the bot is logged in now.
func (c *LongConn) Up() bool { return c.live.Load() != nil }

// refusal brings the platform's no into the words of all other calls.
func (c *LongConn) refusal(cmd string, err error) error {
	var no *answerError
	if errors.As(err, &no) {
		return c.a.refused(cmd, no.code, no.msg)
	}
	return c.redact(err)
}
