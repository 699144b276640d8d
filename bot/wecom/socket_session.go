package wecom

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"fenghuo/bot"
)

const (
	pingEvery = 30 * time.Second
	mostMiss  = 2 // pings in a row without an answer, and the link is dead
)

// session is one connection from its handshake to its end.
type session struct {
	c       *LongConn
	conn    *websocket.Conn
	lanes   *lanes
	sink    bot.Sink
	log     *slog.Logger
	calls   *calls
	missed  atomic.Int32
	ping    atomic.Pointer[string] // the req_id of the last one
	leaving atomic.Bool            // nothing new is taken
	over    chan struct{}          // closed when nothing more will be read
}

func newSession(c *LongConn, conn *websocket.Conn, l *lanes, sink bot.Sink) *session {
	return &session{c: c, conn: conn, lanes: l, sink: sink, log: c.log, calls: newCalls(), over: make(chan struct{})}
}

// serve logs in, pings and hands out what arrives, until the connection breaks or ctx ends.
func (s *session) serve(ctx context.Context, up func()) error {
	own, stop := context.WithCancelCause(context.WithoutCancel(ctx)) // after ctx ended, answers still go out
	defer stop(nil)
	var why error
	go func() {
		defer close(s.over)
		why = s.read(own)
	}()
	if err := s.login(ctx); err != nil {
		stop(err)
		_ = s.conn.CloseNow()
		<-s.over
		return err
	}
	up()
	go s.keepPinging(own, stop)
	select {
	case <-s.over:
		_ = s.conn.CloseNow() // mostly it is closed already
		return why
	case <-ctx.Done():
		s.leave(func() { stop(nil) })
		return context.Cause(ctx)
	}
}

// leave ends the connection in good order: no new messages, answers to those being handled, then goodbye.
func (s *session) leave(stop func()) {
	s.leaving.Store(true)
	s.lanes.wait(finishLimit)
	go func() { _ = s.conn.Close(websocket.StatusNormalClosure, "") }() // it waits up to 5 s; we do not
	timer := time.NewTimer(byeLimit)
	defer timer.Stop()
	select {
	case <-s.over:
	case <-timer.C:
		stop()
		<-s.over
	}
}

// read takes frames until there are no more.
func (s *session) read(ctx context.Context) error {
	for {
		kind, b, err := s.conn.Read(ctx)
		if err != nil {
			if cause := context.Cause(ctx); cause != nil && !errors.Is(cause, context.Canceled) {
				return cause
			}
			return err
		}
		f, err := decodeFrame(b)
		if err != nil || kind != websocket.MessageText {
			s.log.Warn("frame not understood", "text", kind == websocket.MessageText, "bytes", len(b))
			continue
		}
		if err := s.take(f); err != nil {
			return err
		}
	}
}

// take sorts one frame. An error ends the connection.
func (s *session) take(f frame) error {
	switch {
	case f.answers():
		s.answered(f)
	case f.Cmd == cmdMessage || f.Cmd == cmdEvent:
		return s.callback(f)
	default:
		s.log.Debug("frame of another kind", "cmd", clip(f.Cmd, 40))
	}
	return nil
}

func (s *session) answered(f frame) {
	if ping := s.ping.Load(); ping != nil && *ping == f.Headers.ReqID {
		s.missed.Store(0)
		return
	}
	if !s.calls.answered(f) && f.Code != 0 {
		s.log.Warn("refusal of a frame nobody waits for", "code", f.Code, "says", s.c.clean(f.Msg))
	}
}

// callback queues a message or event behind the others of its chat. Once thrown out, a connection may stay
// open and answer pings, and hears nothing more.
func (s *session) callback(f frame) error {
	m, err := parseBotMessage(f.Body)
	if err != nil {
		s.log.Warn("event not understood", "cmd", f.Cmd, "bytes", len(f.Body))
		return nil
	}
	if m.Event.Type == eventDisconnected {
		return errKicked
	}
	if m.Bot != "" && m.Bot != s.c.a.cfg.AIBot.BotID {
		s.log.Warn("event for another bot", "event", m.key())
		return nil
	}
	came := s.c.now()
	taken := !s.leaving.Load() && s.lanes.add(m.lane(), len(f.Body), func(ctx context.Context) {
		s.c.a.heard(ctx, s.sink, arrival{botMessage: m, reqID: f.Headers.ReqID, came: came, session: s})
	})
	if !taken {
		s.log.Error("message lost", "event", m.key(), "stopping", s.leaving.Load())
	}
	return nil
}

// lane is what a message must not overtake in: its group, or its person's private chat.
func (m *botMessage) lane() string {
	if m.group() {
		return m.Chat
	}
	return m.From.User
}

// keepPinging asks for an answer every so often, and ends the connection when there is none: a half-open link
// gives no error by itself, and whether messages come says nothing.
func (s *session) keepPinging(ctx context.Context, stop context.CancelCauseFunc) {
	ticker := time.NewTicker(pingEvery)
	defer ticker.Stop()
	for {
		if s.missed.Add(1) > mostMiss {
			stop(errSilent)
			return
		}
		id := s.c.fresh("ping")
		s.ping.Store(&id)
		if err := s.write(ctx, cmdPing, id, nil); err != nil && ctx.Err() == nil {
			s.log.Debug("ping", "err", s.c.redact(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-s.over:
			return
		case <-ticker.C:
		}
	}
}
