package wecom

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"fenghuo/bot"
)

const (
	againFirst = 200 * time.Millisecond
	againLast  = 5 * time.Second
	againFor   = 10 * time.Minute
)

// store hands an event over until it is stored. The AI bot's platform sends nothing twice over the long
// connection, and presses never, so a database that is away for a moment must not cost a report.
func (a *Adapter) store(ctx context.Context, sink bot.Sink, ev bot.Event) (toast string, err error) {
	ctx, cancel := context.WithTimeout(ctx, againFor)
	defer cancel()
	for pause := againFirst; ; pause = min(2*pause, againLast) {
		if toast, err = a.receive(ctx, sink, ev); err == nil {
			return toast, nil
		}
		if ctx.Err() != nil {
			a.log.Error("event lost", "event", strings.Join(ev.Keys, ","), "chat", ev.Place.Chat, "err", err)
			return "", err
		}
		a.log.Warn("event not stored, trying again", "event", strings.Join(ev.Keys, ","), "err", err, "again_in", pause)
		wait(ctx, pause)
	}
}

// receive names who the organisation does not know, and takes a panic for an error like others.
func (a *Adapter) receive(ctx context.Context, sink bot.Sink, ev bot.Event) (toast string, err error) {
	ev.Name = a.called(ctx, ev.Sender)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return sink.Receive(ctx, ev)
}
