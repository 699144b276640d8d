package wecom

import (
	"context"

	"fenghuo/bot"
)

// heard takes what came over the long connection. It returns when it is stored, or cannot be: nothing comes
// a second time.
func (a *Adapter) heard(ctx context.Context, sink bot.Sink, m arrival) {
	if m.Type == botEvent && m.Event.Type == eventPress {
		a.heardPress(ctx, sink, m)
		return
	}
	a.openOnSocket(m)
	for pause := againFirst; ; pause = min(2*pause, againLast) {
		ev, ok, err := a.botEvent(ctx, m)
		if err == nil {
			if ok {
				_, _ = a.store(ctx, sink, ev) // it says itself what it could not store
			}
			return
		}
		if ctx.Err() != nil || a.now().Sub(m.came) > againFor {
			a.log.Error("event lost", "event", m.key(), "err", err)
			return
		}
		a.log.Warn("event not taken, trying again", "event", m.key(), "err", err, "again_in", pause)
		wait(ctx, pause)
	}
}

// heardPress stores a press and answers it with the card as it is now, within the platform's 5 s.
func (a *Adapter) heardPress(ctx context.Context, sink bot.Sink, m arrival) {
	toast, done := a.press(ctx, sink, a.botClick(m))
	if body := a.pressAnswer(m, toast); body != nil {
		if _, err := m.session.call(ctx, cmdUpdate, m.reqID, body); err != nil {
			a.log.Warn("card not updated", "event", m.key(), "err", err)
		}
	}
	select { // what comes after it in the chat waits for it
	case <-done:
	case <-ctx.Done():
	}
}
