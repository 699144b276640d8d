package feishutest

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// retries are the waits after each failed delivery: four, for HTTP and the long connection alike
// (event-subscription-guide/overview).
var retries = []time.Duration{15 * time.Second, 5 * time.Minute, time.Hour, 6 * time.Hour}

// parcel is an event on its way.
type parcel struct {
	ev    *event
	tried int
	due   time.Time
}

// Delivery is one attempt to tell the app something.
type Delivery struct {
	EventID, Type string
	Try           int // 1 is the first
	At            time.Time
	Took          time.Duration
	Err           error // nil: the app acknowledged it
	Lost          bool  // and it will not be tried again
}

// Deliveries are all attempts so far.
func (p *Platform) Deliveries() []Delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.journal)
}

// Pending is how many events wait to be tried again, and when the next is due.
func (p *Platform) Pending() (n int, next time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, q := range p.queue {
		if next.IsZero() || q.due.Before(next) {
			next = q.due
		}
	}
	return len(p.queue), next
}

// Again delivers an event that came before once more, at once: a duplicate however late.
func (p *Platform) Again(ctx context.Context, eventID string) error {
	p.mu.Lock()
	e := p.events[eventID]
	p.mu.Unlock()
	if e == nil {
		return fmt.Errorf("no event %q", eventID)
	}
	_, err := p.carry(ctx, e)
	return err
}

// later queues an event that a call of the app caused; the next Tick delivers it. The caller holds the lock.
func (p *Platform) later(e *event) { p.queue = append(p.queue, &parcel{ev: e, due: e.at}) }

// Tick delivers what is due by now, and says how many attempts that made.
func (p *Platform) Tick(ctx context.Context) int {
	n := 0
	for {
		one := p.takeDue()
		if one == nil {
			return n
		}
		p.attempt(ctx, one)
		n++
	}
}

func (p *Platform) takeDue() *parcel {
	p.mu.Lock()
	defer p.mu.Unlock()
	first := -1
	for i, q := range p.queue {
		if !q.due.After(p.now()) && (first < 0 || q.due.Before(p.queue[first].due)) {
			first = i
		}
	}
	if first < 0 {
		return nil
	}
	one := p.queue[first]
	p.queue = slices.Delete(p.queue, first, first+1)
	return one
}

// emit delivers events for the first time, as the faults will have it. It returns when the app has
// acknowledged them, or has not.
func (p *Platform) emit(ctx context.Context, events ...*event) {
	for _, e := range events {
		for _, one := range p.parcels(e) {
			p.attempt(ctx, one)
		}
	}
}

func (p *Platform) parcels(e *event) []*parcel {
	p.mu.Lock()
	defer p.mu.Unlock()
	out := []*parcel{{ev: e}}
	if p.broken(Duplicate, nil) != nil {
		again := *e
		again.id = p.next("ev_")
		p.events[again.id] = &again
		out = append(out, &parcel{ev: e}, &parcel{ev: &again})
	}
	if p.held != nil {
		out = append(out, p.held)
		p.held = nil
	} else if p.broken(Reorder, nil) != nil {
		p.held, out = out[0], out[1:]
	}
	if len(out) > 0 && p.broken(Lose, nil) != nil {
		p.retry(out[0], Delivery{EventID: e.id, Type: e.kind, Try: 1, At: p.now(), Err: errLost})
		out = out[1:]
	}
	return out
}

func (p *Platform) attempt(ctx context.Context, one *parcel) {
	began := p.now()
	_, err := p.carry(ctx, one.ev)
	p.mu.Lock()
	defer p.mu.Unlock()
	d := Delivery{EventID: one.ev.id, Type: one.ev.kind, Try: one.tried + 1, At: began, Took: p.now().Sub(began), Err: err}
	if err == nil {
		p.journal = append(p.journal, d)
		return
	}
	p.opt.Log.Debug("event not delivered", "event", one.ev.kind, "id", one.ev.id, "try", d.Try, "err", err)
	p.retry(one, d)
}

// retry writes a failure down and queues the next attempt, if there is one. The caller holds the lock.
func (p *Platform) retry(one *parcel, d Delivery) {
	if one.tried == len(retries) {
		d.Lost = true
	} else {
		one.due = p.now().Add(retries[one.tried])
		one.tried++
		p.queue = append(p.queue, one)
	}
	p.journal = append(p.journal, d)
}
