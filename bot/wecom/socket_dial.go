package wecom

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/coder/websocket"

	"fenghuo/bot"
)

const (
	defaultSocket = "wss://openws.work.weixin.qq.com"
	dialLimit     = 15 * time.Second
	loginLimit    = 10 * time.Second
)

// refusedError is an answer that will stay the same until an administrator does something.
type refusedError struct {
	code int
	msg  string
}

func (e *refusedError) Error() string { return fmt.Sprintf("refused with code %d: %s", e.code, e.msg) }

// passing are answers that pass by themselves: busy, too often, too many at once.
var passing = map[int]bool{-1: true, 45009: true, 45033: true, 6000: true}

// connect makes one connection and serves it to its end. up: the bot was logged in.
func (c *LongConn) connect(ctx context.Context, l *lanes, sink bot.Sink) (up bool, err error) {
	conn, err := c.dial(ctx)
	if err != nil {
		return false, err
	}
	s := newSession(c, conn, l, sink)
	held, cancel := c.hold(ctx)
	defer cancel(nil)
	begun := c.now()
	err = s.serve(held, func() {
		up, c.told = true, 0
		c.state.Store(stateUp)
		c.live.Store(s)
		c.log.Info("long connection open")
	})
	c.live.CompareAndSwap(s, nil)
	if up && c.now().Sub(begun) >= settled {
		c.kicked = 0
	}
	return up, c.redact(err)
}

// tryLogin logs the bot in and leaves again. Whoever was connected is thrown out by it, and what is said in that
// moment is lost.
func (a *Adapter) tryLogin(ctx context.Context) error {
	c := a.unattached(LongConnConfig{})
	conn, err := c.dial(ctx)
	if err != nil {
		return err
	}
	s := newSession(c, conn, nil, nil)
	s.leaving.Store(true)
	go func() {
		defer close(s.over)
		_ = s.read(ctx)
	}()
	err = s.login(ctx)
	_ = conn.Close(websocket.StatusNormalClosure, "")
	<-s.over
	return c.redact(err)
}

// dial connects. No error of it holds a secret.
func (c *LongConn) dial(ctx context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	where := c.a.cfg.AIBot.WSURL
	if where == "" {
		where = defaultSocket
	}
	conn, _, err := websocket.Dial(ctx, where, &websocket.DialOptions{HTTPClient: c.http})
	if err != nil {
		return nil, fmt.Errorf("handshake: %w", c.redact(err))
	}
	conn.SetReadLimit(frameLimit)
	return conn, nil
}

// login subscribes, once for a connection: repeated subscribes are counted against the bot.
func (s *session) login(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, loginLimit)
	defer cancel()
	me := s.c.a.cfg.AIBot
	body := map[string]string{"bot_id": me.BotID, "secret": me.Secret}
	_, err := s.call(ctx, cmdSubscribe, s.c.fresh("sub"), body)
	var no *answerError
	switch {
	case errors.As(err, &no) && !passing[no.code]:
		return &refusedError{no.code, s.c.clean(no.msg)}
	case err != nil:
		return fmt.Errorf("subscribe: %w", err)
	}
	return nil
}

// redact takes out of an error what must not be logged: net/http puts whole URLs into its errors.
func (c *LongConn) redact(err error) error {
	var refused *refusedError
	if err == nil || errors.As(err, &refused) {
		return err
	}
	return &redactedError{text: c.clean(err.Error()), cause: err}
}

// redactedError reads without secrets; errors.Is still knows it.
type redactedError struct {
	text  string
	cause error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.cause }

// clean is text without secrets, and without what may be one in the address.
func (c *LongConn) clean(text string) string {
	where, err := url.Parse(c.a.cfg.AIBot.WSURL)
	if err != nil {
		return c.a.redact(text)
	}
	return c.a.redact(text, where.RawQuery)
}
