package wecom

import (
	"context"
	"sync"
)

// waiting is a delivery whose response has not been written yet.
type waiting struct {
	answers chan passiveAnswer
	once    sync.Once
	shut    chan struct{} // closed when the response is on its way
}

// passiveAnswer is what is to stand in the response. written hears whether it went out.
type passiveAnswer struct {
	body    obj
	written chan<- error
}

func (w *waiting) close() { w.once.Do(func() { close(w.shut) }) }

// callbackReply answers in the response to a callback while that is waited for, and later at the address that
// came with the message.
type callbackReply struct {
	urlReply
	on    *waiting
	enter bool
}

// Answer is reply's.
func (r callbackReply) Answer(ctx context.Context, an answer) error {
	body := an.shown("st-" + fingerprint(r.msgid))
	if r.enter {
		body = an.welcome()
	}
	written := make(chan error, 1)
	select {
	case r.on.answers <- passiveAnswer{body, written}:
		if err := <-written; err == nil {
			r.a.spendReply(ctx, r.msgid)
			return nil
		}
	case <-r.on.shut:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	return r.urlReply.Answer(ctx, an)
}

// openOnCallback registers a delivery as open to an answer. Nil: nothing may be answered. A second delivery of
// the same message takes the place of the first, which the platform has given up.
func (a *Adapter) openOnCallback(ctx context.Context, m arrival) *waiting {
	enter := m.Type == botEvent && m.Event.Type == eventEnter
	if m.Type == botEvent && !enter {
		return nil
	}
	if a.spent(ctx, m.message()) {
		return nil
	}
	place := a.botPlace(m)
	w := &waiting{answers: make(chan passiveAnswer), shut: make(chan struct{})}
	a.open.put(m.message(), place, callbackReply{a.keepReply(ctx, m, place), w, enter}, openByURLFor)
	return w
}
