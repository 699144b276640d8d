package feishu

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"fenghuo/bot"
)

// Why not the official SDK: the ws client of github.com/larksuite/oapi-sdk-go/v3 v3.5.3 never returns from
// Start, notices a half-open link after 15 minutes or never, runs one goroutine per message without order,
// loses the acknowledgment when a handler panics, logs the URL with its ticket, and takes no HTTP client.
// None of that can be set from outside. Its frame type alone would still compile 125 packages and gogo
// protobuf; the nine fields are 150 lines of protowire (frame.go), which the metrics client brings along.

// dispatcher takes what arrives, as plaintext JSON. Both methods return after it is stored, not before:
// then the platform is told and will not send it again.
type dispatcher interface {
	Dispatch(ctx context.Context, sink bot.Sink, payload []byte) error
	DispatchCard(ctx context.Context, sink bot.Sink, payload []byte) (answer []byte, err error)
}

var _ dispatcher = (*Adapter)(nil)

// LongConnConfig says how to connect. Only AppID and AppSecret have no default.
type LongConnConfig struct {
	AppID     string
	AppSecret string
	BaseURL   string       // https://open.feishu.cn, https://open.larksuite.com
	HTTP      *http.Client // for the endpoint and the handshake; redirects are not followed
	Log       *slog.Logger

	MaxInFlight int           // messages handled at the same time, 8
	Ping        time.Duration // until the platform says otherwise, 2 minutes

	// Lease, if there is one, says whether this replica is the one to be connected, and prolongs that. It is
	// asked before connecting and every 20 s after; it must hold for a minute or more. With an error the
	// replica connects or stays connected: two connections are harmless, none is not.
	Lease func(ctx context.Context) (mine bool, err error)

	Now    func() time.Time // for what is measured; what waits uses timers
	Jitter func() float64   // random in [0,1)
}

// LongConn receives events over the platform's long connection instead of HTTP callbacks: nothing has to be
// reachable from outside. The platform gives every message to one random connection of the app, so any
// replica must be able to handle any message, and what was seen before is known from the store.
//
// Documentation: 使用长连接接收事件, open.feishu.cn/document/ukTMukTMukTM/uYDNxYjL2QTM24iN0EjN/
// event-subscription-configure-/request-url-configuration-case.
type LongConn struct {
	cfg   LongConnConfig
	http  *http.Client
	log   *slog.Logger
	state atomic.Int32
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
)

// NewLongConn makes a connection that is not open yet; Run opens it.
func NewLongConn(cfg LongConnConfig) *LongConn {
	cfg.BaseURL = strings.TrimRight(cfg.BaseURL, "/")
	if cfg.BaseURL == "" {
		cfg.BaseURL = "https://open.feishu.cn"
	}
	if cfg.HTTP == nil {
		cfg.HTTP = &http.Client{}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.MaxInFlight <= 0 {
		cfg.MaxInFlight = 8
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Jitter == nil {
		cfg.Jitter = rand.Float64
	}
	client := *cfg.HTTP
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // the secret goes to one host
	return &LongConn{cfg: cfg, http: &client, log: cfg.Log.With("platform", "feishu")}
}

// Connected reports whether nothing stands between the platform and this service as far as this replica can
// tell: it is connected, or another holds the lease.
func (c *LongConn) Connected() bool { return c.state.Load() != stateDown }

// Run is connected until ctx ends; then it lets what is being handled finish and returns nil within 2 s.
// It connects again after any failure. What only an administrator can mend is logged as an error and tried
// again slowly.
func (c *LongConn) Run(ctx context.Context, d dispatcher, sink bot.Sink) error {
	lanes := openLanes(ctx, c.cfg.MaxInFlight)
	defer lanes.close(abortLimit)
	defer c.state.Store(stateDown)
	p := defaultPace()
	if c.cfg.Ping > 0 {
		p.ping = c.cfg.Ping
	}
	for failed := 0; ctx.Err() == nil; {
		if !c.mine(ctx) {
			c.state.Store(stateStandby)
			wait(ctx, leaseEvery)
			continue
		}
		worked, err := c.connect(ctx, &p, lanes, d, sink)
		c.state.Store(stateDown)
		if ctx.Err() != nil {
			break
		}
		if errors.Is(err, errLeaseLost) {
			c.log.Info("another replica holds the long connection")
			continue
		}
		if failed++; worked {
			failed = 0
		}
		wait(ctx, c.next(err, p, failed))
	}
	return nil
}

// next logs why there is no connection and says when to try again.
func (c *LongConn) next(err error, p pace, failed int) time.Duration {
	pause := p.pause(failed, c.cfg.Jitter())
	var refused *refusedError
	switch {
	case errors.As(err, &refused):
		pause = p.slow(c.cfg.Jitter())
		c.log.Error("long connection refused", "code", refused.code, "says", refused.msg, "do", refused.advice, "again_in", pause)
	case failed == 0:
		c.log.Warn("long connection lost", "err", err, "again_in", pause)
	default:
		c.log.Warn("long connection not made", "err", err, "failed", failed, "again_in", pause)
	}
	return pause
}

// connect makes one connection and serves it to its end. It worked if the platform sent anything over it.
func (c *LongConn) connect(ctx context.Context, p *pace, l *lanes, d dispatcher, sink bot.Sink) (worked bool, err error) {
	conn, where, err := c.dial(ctx, p)
	if err != nil {
		return false, err
	}
	c.state.Store(stateUp)
	c.log.Info("long connection open", "ping", p.ping)
	held, cancel := c.hold(ctx)
	defer cancel(nil)
	s := &session{conn: conn, service: serviceOf(where), pace: *p, lanes: l, to: d, sink: sink, log: c.log, now: c.cfg.Now}
	err = s.serve(held)
	*p = s.pace
	return s.heard.Load(), c.redact(err, where)
}

var errLeaseLost = errors.New("another replica holds the lease")

// mine asks for the lease.
func (c *LongConn) mine(ctx context.Context) bool {
	if c.cfg.Lease == nil {
		return true
	}
	asking, cancel := context.WithTimeout(ctx, leaseLimit)
	defer cancel()
	mine, err := c.cfg.Lease(asking)
	if err != nil && ctx.Err() == nil {
		c.log.Warn("lease for the long connection", "err", err)
	}
	return mine || err != nil
}

// hold is ctx until the lease is lost.
func (c *LongConn) hold(ctx context.Context) (context.Context, context.CancelCauseFunc) {
	held, cancel := context.WithCancelCause(ctx)
	if c.cfg.Lease != nil {
		go func() {
			for wait(held, leaseEvery); held.Err() == nil; wait(held, leaseEvery) {
				if !c.mine(held) {
					cancel(errLeaseLost)
				}
			}
		}()
	}
	return held, cancel
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
