package webchat

import (
	"context"
	"fmt"
	"slices"

	"fenghuo/bot"
)

// waiting is an event on its way to the service. Platforms deliver again what was not taken.
type waiting struct {
	ev     bot.Event
	tries  int
	epoch  int  // the connection it was last tried on
	flying bool // being delivered now
}

// deliveries is how often a platform tries before it gives an event up.
const deliveries = 4

// Connect starts the service: what people did meanwhile is delivered first, in order. nil stops it.
func (c *Chat) Connect(sink bot.Sink) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.epoch++
	c.sink = nil
	for epoch := c.epoch; sink != nil && c.epoch == epoch; {
		n := slices.IndexFunc(c.waiting, func(w *waiting) bool { return w.epoch != epoch && !w.flying })
		if n < 0 {
			c.sink = sink
			return
		}
		w := c.waiting[n]
		w.epoch, w.flying = epoch, true
		c.mu.Unlock()
		_, err := sink.Receive(c.closing, w.ev)
		c.mu.Lock()
		c.settle(w, err)
	}
}

// event makes what the service gets of a line, and keeps it until it is taken. The caller holds the lock.
func (c *Chat) event(l *Line, kind bot.EventKind, person string) bot.Event {
	c.events++
	return bot.Event{
		Platform: l.Place.Platform, Keys: []string{fmt.Sprintf("ev-%d", c.events)}, Kind: kind, At: c.cfg.Now(),
		Place: l.Place, Message: l.ID, Sender: c.account(person, l.Place.Platform), ToBot: l.Place.Direct(),
	}
}

// queue keeps an event until the service has taken it. The caller holds the lock and then delivers what
// is returned.
func (c *Chat) queue(ev bot.Event, times int) (own []*waiting, err error) {
	for range times {
		w := &waiting{ev: ev, flying: c.sink != nil}
		own = append(own, w)
		c.waiting = append(c.waiting, w)
		if err := c.keep(record{Event: &ev}); err != nil {
			return own, err
		}
	}
	return own, nil
}

// deliver gives the service what it has refused before and then the events just queued, if it is there.
// It returns the answer to the last one.
func (c *Chat) deliver(ctx context.Context, own []*waiting) (toast string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var due []*waiting
	for _, w := range c.waiting {
		if !w.flying && w.tries > 0 && c.sink != nil {
			w.flying = true
			due = append(due, w)
		}
	}
	for _, w := range append(due, own...) {
		sink := c.sink
		if sink == nil {
			w.flying = false
			continue
		}
		w.epoch = c.epoch
		c.mu.Unlock()
		toast, err = sink.Receive(ctx, w.ev)
		c.mu.Lock()
		c.settle(w, err)
	}
	return toast, err
}

// settle forgets an event the service has taken, or has refused too often. The caller holds the lock.
func (c *Chat) settle(w *waiting, failed error) {
	w.flying = false
	w.tries++
	if failed != nil && w.tries < deliveries {
		return
	}
	c.waiting = slices.DeleteFunc(c.waiting, func(other *waiting) bool { return other == w })
	_ = c.keep(record{Taken: w.ev.Keys[0]}) // a repeated delivery is harmless
}

func (c *Chat) account(person, platform string) string {
	if p, ok := c.cfg.Org.Person(person); ok && p.Accounts[platform] != "" {
		return p.Accounts[platform]
	}
	return person
}
