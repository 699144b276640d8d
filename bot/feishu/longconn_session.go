package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"fenghuo/bot"
)

const (
	// After 3 s the platform counts a message as not received and sends it again: after 15 s, 5 min, 1 h, 6 h.
	answerLimit = 3 * time.Second
	// So long may storing take all the same: what is stored late is recognised when it comes again.
	dispatchLimit = 10 * time.Second
	writeLimit    = 5 * time.Second
)

// session is one connection from its handshake to its end.
type session struct {
	conn    *websocket.Conn
	service int32
	pace    pace // belongs to read until that has ended
	lanes   *lanes
	to      dispatcher
	sink    bot.Sink
	log     *slog.Logger
	now     func() time.Time
	parts   parts
	heard   atomic.Bool // anything at all
	leaving atomic.Bool // nothing new is taken
}

// serve pings and hands out what arrives, until the connection breaks or ctx ends.
func (s *session) serve(ctx context.Context) error {
	reading, stop := context.WithCancel(context.WithoutCancel(ctx)) // after ctx ended, answers still go out
	defer stop()
	var why error
	broken := make(chan struct{}) // closed when why is known
	pings := make(chan time.Duration, 1)
	go s.keepPinging(reading, s.pace.ping, pings)
	go func() {
		defer close(broken)
		why = s.read(reading, pings)
	}()
	select {
	case <-broken:
		_ = s.conn.CloseNow() // mostly it is closed already
		return why
	case <-ctx.Done():
		s.leave(stop, broken)
		return context.Cause(ctx)
	}
}

// leave ends the connection in good order: no new messages, answers to those being handled, then goodbye,
// upon which the platform uses other connections at once.
func (s *session) leave(stop context.CancelFunc, broken <-chan struct{}) {
	s.leaving.Store(true)
	s.lanes.wait(finishLimit)
	go func() { _ = s.conn.Close(websocket.StatusNormalClosure, "") }() // it waits up to 5 s; we do not
	timer := time.NewTimer(byeLimit)
	defer timer.Stop()
	select {
	case <-broken:
	case <-timer.C:
		stop()
		<-broken
	}
}

var errSilent = errors.New("the platform does not answer pings")

// read takes frames until there are no more, or none in too long: a half-open link gives no error by itself.
func (s *session) read(ctx context.Context, pings chan time.Duration) error {
	for {
		listening, cancel := context.WithTimeout(ctx, s.pace.silence())
		kind, b, err := s.conn.Read(listening)
		silent := listening.Err() != nil && ctx.Err() == nil
		cancel()
		if err != nil {
			if silent {
				return errSilent
			}
			return err
		}
		f, err := decodeFrame(b)
		if err != nil || kind != websocket.MessageBinary {
			s.log.Warn("frame not understood", "binary", kind == websocket.MessageBinary, "bytes", len(b), "err", err)
			continue
		}
		s.heard.Store(true)
		switch f.method {
		case frameControl:
			s.control(f, pings)
		case frameData:
			s.data(ctx, f)
		}
	}
}

// control takes a pong, which may bring a new ClientConfig.
func (s *session) control(f frame, pings chan time.Duration) {
	if f.header(headerType) != typePong || len(f.payload) == 0 {
		return
	}
	before := s.pace.ping
	if err := s.pace.apply(f.payload); err != nil {
		s.log.Warn("pong not understood", "err", err)
		return
	}
	if s.pace.ping != before {
		select {
		case <-pings: // not taken yet, and out of date
		default:
		}
		pings <- s.pace.ping
	}
}

// data queues a message, when all its parts are there.
func (s *session) data(ctx context.Context, f frame) {
	kind := f.header(headerType)
	if kind != typeEvent && kind != typeCard {
		s.log.Debug("data frame of another kind", "kind", kind)
		return
	}
	if sum := f.number(headerSum); sum > 1 {
		if f.payload = s.parts.add(s.now(), f.header(headerMessage), sum, f.number(headerSeq), f.payload); f.payload == nil {
			return
		}
	}
	came := s.now()
	chat, card := lookInto(f.payload)
	card = card || kind == typeCard
	taken := !s.leaving.Load() && s.lanes.add(chat, len(f.payload), func(ctx context.Context) { s.handle(ctx, f, card, came) })
	if !taken {
		s.log.Warn("message refused, it will come again", "message_id", f.header(headerMessage), "stopping", s.leaving.Load())
		s.answer(ctx, f, http.StatusInternalServerError, nil, 0)
	}
}

// handle stores a message and tells the platform. Card presses come as frames of type card, or as events.
func (s *session) handle(ctx context.Context, f frame, card bool, came time.Time) {
	begun, code := s.now(), http.StatusOK
	body, err := s.dispatch(ctx, f.payload, card)
	if err != nil {
		code, body = http.StatusInternalServerError, nil
		s.log.Error("message not stored, it will come again", "message_id", f.header(headerMessage), "trace_id", f.header(headerTrace), "err", err)
	}
	s.answer(ctx, f, code, body, s.now().Sub(begun))
	if took := s.now().Sub(came); took > answerLimit {
		s.log.Warn("message answered too late, it will come again", "message_id", f.header(headerMessage), "took", took)
	}
}

// dispatch hands a payload over. A panic is an error like others: without an answer the platform would
// only know after its time is up.
func (s *session) dispatch(ctx context.Context, payload []byte, card bool) (body []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, dispatchLimit)
	defer cancel()
	if !card {
		return nil, s.to.Dispatch(ctx, s.sink, payload)
	}
	if body, err = s.to.DispatchCard(ctx, s.sink, payload); err == nil && len(body) == 0 {
		body = []byte("{}") // whether the client takes null for "leave the card" is not documented
	}
	return body, err
}

// answer sends the frame back as its own acknowledgment; the body of a card's answer goes along in base64.
func (s *session) answer(ctx context.Context, f frame, code int, body []byte, took time.Duration) {
	f.headers = append(f.headers[:len(f.headers):len(f.headers)], frameHeader{headerTook, strconv.FormatInt(took.Milliseconds(), 10)})
	payload, err := json.Marshal(struct {
		Code    int               `json:"code"`
		Headers map[string]string `json:"headers"`
		Data    []byte            `json:"data"`
	}{Code: code, Data: body})
	if err == nil {
		f.payload = payload
		err = s.write(ctx, f)
	}
	if err != nil {
		s.log.Warn("message not acknowledged, it will come again", "message_id", f.header(headerMessage), "err", err)
	}
}

// keepPinging asks for a pong at once and then every so often. A failed ping needs no answer here: it ends
// the connection, or silence will.
func (s *session) keepPinging(ctx context.Context, every time.Duration, changed <-chan time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if err := s.write(ctx, pingFrame(s.service)); err != nil && ctx.Err() == nil {
			s.log.Debug("ping", "err", err)
		}
		for pause := true; pause; {
			select {
			case <-ctx.Done():
				return
			case every := <-changed:
				ticker.Reset(every)
			case <-ticker.C:
				pause = false
			}
		}
	}
}

func (s *session) write(ctx context.Context, f frame) error {
	ctx, cancel := context.WithTimeout(ctx, writeLimit)
	defer cancel()
	return s.conn.Write(ctx, websocket.MessageBinary, f.encode())
}

// lookInto finds what decides where a payload goes: its chat, and whether it is the press of a button
// (card.action.trigger, which the platform also sends as an event). The rest is the dispatcher's business.
func lookInto(payload []byte) (chat string, card bool) {
	var e struct {
		Header struct {
			EventType string `json:"event_type"`
		} `json:"header"`
		Event struct {
			ChatID  string `json:"chat_id"`
			Message struct {
				ChatID string `json:"chat_id"`
			} `json:"message"`
			Context struct {
				OpenChatID string `json:"open_chat_id"`
			} `json:"context"`
		} `json:"event"`
	}
	if json.Unmarshal(payload, &e) != nil { // the dispatcher will say what is wrong with it
		return "", false
	}
	for _, chat = range [...]string{e.Event.Message.ChatID, e.Event.ChatID, e.Event.Context.OpenChatID} {
		if chat != "" {
			break
		}
	}
	return chat, e.Header.EventType == "card.action.trigger"
}
