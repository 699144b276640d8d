package wecomtest

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"
)

var (
	errLost    = errors.New("lost on the way")
	errNoApp   = errors.New("no callback address")
	errNobody  = errors.New("nobody is on the socket")
	errTooLate = errors.New("no answer in time")
)

// statusError is an answer other than 200.
type statusError int

func (s statusError) Error() string { return "HTTP status " + strconv.Itoa(int(s)) }

// parcel is something the bot is told, on its way.
type parcel struct {
	channel string // App or AIBot
	kind    string
	body    []byte // before it is encrypted
	ask     *asked // what the AI bot may answer
	card    *Message
	by      *Person
	most    int // attempts
	tried   int
	due     time.Time
}

// Delivery is one attempt to tell the bot something.
type Delivery struct {
	Channel string
	Kind    string // msgtype or event
	MsgID   string `json:",omitempty"`
	Try     int    // 1 is the first
	At      time.Time
	Took    time.Duration
	Err     error // nil: the bot took it; on the socket: it was written
	Lost    bool  // and it will not be tried again
}

// Deliveries are all attempts so far.
func (p *Platform) Deliveries() []Delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.journal)
}

// Pending is how many deliveries and polls wait for their time, and when the next is due.
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

// deliver tells the bot something for the first time, as the faults will have it.
func (p *Platform) deliver(ctx context.Context, one *parcel) {
	p.mu.Lock()
	once := one.channel == AIBot && one.kind == toldPress // such are never repeated (D/101027)
	twice := !once && p.broken(Duplicate, onChannel(one.channel)) != nil
	again := *one
	p.mu.Unlock()
	p.attempt(ctx, one)
	if twice {
		p.attempt(ctx, &again)
	}
}

// attempt carries a parcel, reads the answer, and queues the next attempt if it failed.
func (p *Platform) attempt(ctx context.Context, one *parcel) {
	p.mu.Lock()
	began := p.now()
	lose := one.tried == 0 && p.broken(Lose, onChannel(one.channel)) != nil
	p.mu.Unlock()
	err := errLost
	if !lose {
		err = p.carry(ctx, one)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	one.tried++
	d := Delivery{Channel: one.channel, Kind: one.kind, Try: one.tried, At: began, Took: p.now().Sub(began), Err: err}
	if one.ask != nil {
		d.MsgID = one.ask.msgid
	}
	if err != nil {
		p.opt.Log.Debug("not delivered", "channel", one.channel, "kind", one.kind, "try", one.tried, "err", err)
		if d.Lost = one.tried >= one.most; !d.Lost {
			// Sent again when five seconds have passed since it was sent (D/90238).
			one.due = began.Add(p.opt.AckWithin)
			p.queue = append(p.queue, one)
		}
	}
	p.journal = append(p.journal, d)
}

// carry brings a parcel to the bot, by the way it has.
func (p *Platform) carry(ctx context.Context, one *parcel) error {
	ctx, cancel := context.WithTimeoutCause(ctx, p.opt.AckWithin, errTooLate)
	defer cancel()
	var err error
	switch {
	case one.channel == App && p.opt.AppURL == "":
		one.most = 0
		return errNoApp
	case one.channel == App:
		err = p.postToApp(ctx, one)
	case p.opt.BotURL != "":
		err = p.postToBot(ctx, one)
	default:
		one.most = 0 // what is said while nobody is there is not said again (D/101463)
		err = p.overSocket(ctx, one)
	}
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return err
}
