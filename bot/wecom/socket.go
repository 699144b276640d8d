package wecom

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"fenghuo/bot"
)

// LongConnConfig says how to connect. All of it has defaults; the lease's is the adapter's.
type LongConnConfig struct {
	// Lease says whether this replica is the one to be connected, and prolongs that. It is asked before
	// connecting and every 20 s after; it must hold for a minute or more. A second connection throws the first
	// one out, so that without a lease two replicas would do nothing but that. With an error a replica that is
	// connected stays so, and one that is not waits.
	Lease func(ctx context.Context) (mine bool, err error)
	// Release gives the lease up.
	Release func(ctx context.Context) error

	// Told hears what an administrator has to do so that the bot hears again. Nil: it is only logged.
	Told func(ctx context.Context, advice string)

	MaxInFlight int            // messages handled at the same time, 8
	Jitter      func() float64 // random in [0,1)
}

// LongConn receives what is said to the AI bot, and sends what it says, over the long connection: nothing
// has to be reachable from outside. https://developer.work.weixin.qq.com/document/path/101463
//
// What is sent while nobody is connected is not sent again, so what arrives is handled until it is stored.
type LongConn struct {
	cfg    LongConnConfig
	a      *Adapter
	http   *http.Client
	log    *slog.Logger
	now    func() time.Time
	state  atomic.Int32
	last   atomic.Int64            // number of the last frame of ours
	live   atomic.Pointer[session] // nil: not connected
	told   int                     // the refusal the administrator was told of
	kicked int                     // in a row
}

// States of a LongConn.
const (
	stateDown int32 = iota
	stateUp
	stateStandby
)

const (
	leaseEvery = 20 * time.Second
	leaseLimit = 5 * time.Second // for one question

	// Together less than the 2 s a stopping service may take.
	finishLimit = time.Second            // for what is being handled
	byeLimit    = 300 * time.Millisecond // for the closing handshake
	abortLimit  = 300 * time.Millisecond // for what was told to give up
	awayLimit   = 200 * time.Millisecond // for giving the lease up
)

// LongConn is the adapter's long connection, not open yet; Run opens it. There is one for an adapter.
func (a *Adapter) LongConn(cfg LongConnConfig) *LongConn {
	c := a.unattached(cfg)
	a.link.attach(c)
	return c
}

// unattached is one nothing is sent over.
func (a *Adapter) unattached(cfg LongConnConfig) *LongConn {
	if cfg.MaxInFlight <= 0 {
		cfg.MaxInFlight = 8
	}
	if cfg.Lease == nil {
		cfg.Lease = a.cfg.Lease
	}
	if cfg.Told == nil {
		cfg.Told = func(context.Context, string) {}
	}
	if cfg.Jitter == nil {
		cfg.Jitter = rand.Float64
	}
	client := *a.http
	client.Timeout = 0 // it would end the connection
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &LongConn{cfg: cfg, a: a, http: &client, log: a.log.With("sender", "aibot"), now: a.now}
}

// Connected reports whether nothing stands between the platform and this service as far as this replica can
// tell: it is connected, or another holds the lease.
func (c *LongConn) Connected() bool { return c.state.Load() != stateDown }

// Run is connected until ctx ends; then it lets what is being handled finish and returns nil within 2 s.
// It connects again after any failure. What only an administrator can mend is logged as an error, once, and
// tried again slowly.
func (c *LongConn) Run(ctx context.Context, sink bot.Sink) error {
	lanes := openLanes(ctx, c.cfg.MaxInFlight)
	defer c.giveUp(ctx)
	defer lanes.close(abortLimit)
	defer c.state.Store(stateDown)
	for failed := 0; ctx.Err() == nil; {
		mine, err := c.mine(ctx)
		if !mine || err != nil {
			c.stand(ctx, err)
			continue
		}
		up, err := c.connect(ctx, lanes, sink)
		c.state.Store(stateDown)
		if ctx.Err() != nil {
			break
		}
		if errors.Is(err, errLeaseLost) {
			c.log.Info("another replica holds the long connection")
			continue
		}
		if failed++; up {
			failed = 0
		}
		wait(ctx, c.next(ctx, err, failed))
	}
	return nil
}

// stand waits for the lease. While nobody knows who has it, nobody may connect: whoever does is heard.
func (c *LongConn) stand(ctx context.Context, err error) {
	c.state.Store(stateStandby)
	if err != nil {
		c.state.Store(stateDown)
	}
	wait(ctx, leaseEvery)
}

var errLeaseLost = errors.New("another replica holds the lease")

// mine asks for the lease.
func (c *LongConn) mine(ctx context.Context) (bool, error) {
	if c.cfg.Lease == nil {
		return true, nil
	}
	asking, cancel := context.WithTimeout(ctx, leaseLimit)
	defer cancel()
	mine, err := c.cfg.Lease(asking)
	if err != nil && ctx.Err() == nil {
		c.log.Warn("lease for the long connection", "err", err)
	}
	return mine, err
}

// hold is ctx until the lease is lost.
func (c *LongConn) hold(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	held, cancel := context.WithCancelCause(ctx)
	if c.cfg.Lease != nil {
		go func() {
			for wait(held, leaseEvery); held.Err() == nil; wait(held, leaseEvery) {
				if mine, err := c.mine(held); !mine && err == nil {
					cancel(errLeaseLost)
				}
			}
		}()
	}
	return held, cancel
}

// giveUp lets another replica connect at once.
func (c *LongConn) giveUp(ctx context.Context) {
	if c.cfg.Release == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), awayLimit)
	defer cancel()
	if err := c.cfg.Release(ctx); err != nil {
		c.log.Warn("lease not released", "err", err)
	}
}

// wait returns after d, or when ctx ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
