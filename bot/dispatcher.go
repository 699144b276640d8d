package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"golang.org/x/sync/errgroup"
)

// Limit is one of a platform's rate limits, shared by all replicas.
type Limit struct {
	Bucket    string
	PerSecond float64
	Burst     int
	Count     int // how many of it the message uses, when it goes in several parts; 0 is one
}

// Limited is a platform that knows which limits a message falls under.
type Limited interface {
	Limits(out Outgoing) []Limit
}

// Limiter counts n at once against limits: zero wait means go.
type Limiter interface {
	Take(ctx context.Context, bucket string, n int, perSecond float64, burst int) (wait time.Duration, err error)
}

// Dispatcher takes messages from the outbox and sends them. Only it calls Platform.Send; it renders
// nothing. A message goes on being tried until the platform takes it, says it never will, or GiveUpAfter
// attempts have failed.
type Dispatcher struct {
	outbox    Outbox
	platforms map[string]Platform
	limiter   Limiter
	now       func() time.Time
	log       *slog.Logger
	wake      chan struct{}
	turns     turns

	// Reveal is a message as the platform gets it; what is kept of it stays as it is. Nil: the same.
	Reveal func(out Outgoing) Outgoing
}

const (
	giveUpAfter = 24 * 60     // attempts; with the pauses below about a day
	batch       = 32          // messages claimed at once
	atOnce      = 8           // sent at the same time
	poll        = time.Minute // between looks at the outbox when nobody wakes the dispatcher
	longestWait = time.Minute // between two attempts
	// shortestWait keeps a busy bucket from turning the dispatcher in circles.
	shortestWait = 50 * time.Millisecond
	sendLimit    = 10 * time.Second // for one attempt; a platform that hangs must not keep the others from theirs
)

// NewDispatcher sends from outbox through platforms, within limiter's counts.
func NewDispatcher(outbox Outbox, platforms []Platform, limiter Limiter, now func() time.Time, log *slog.Logger) *Dispatcher {
	d := &Dispatcher{outbox: outbox, platforms: map[string]Platform{}, limiter: limiter, now: now, log: log, wake: make(chan struct{}, 1)}
	for _, p := range platforms {
		d.platforms[p.Name()] = p
	}
	return d
}

// Wake makes the dispatcher look at the outbox now.
func (d *Dispatcher) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// Run sends until ctx ends, then drains once more for at most the time drain gives.
func (d *Dispatcher) Run(ctx context.Context, drain time.Duration) {
	timer := time.NewTimer(poll)
	defer timer.Stop()
	for {
		begun := d.now()
		if _, err := d.Drain(ctx); err != nil && ctx.Err() == nil {
			d.log.Error("outbox not drained", "err", err)
		}
		if next := d.turns.next(begun); next.IsZero() {
			timer.Reset(poll)
		} else {
			timer.Reset(max(shortestWait, min(poll, next.Sub(d.now()))))
		}
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
			defer cancel()
			if _, err := d.Drain(last); err != nil {
				d.log.Warn("outbox not drained at the end", "err", err)
			}
			return
		case <-d.wake:
		case <-timer.C:
		}
	}
}

// Drain sends everything due now. It returns the earliest moment a failed message is to be tried
// again, zero if there is none among those it tried.
func (d *Dispatcher) Drain(ctx context.Context) (retry time.Time, err error) {
	d.turns.begin()
	for {
		queued, err := d.outbox.Claim(ctx, batch)
		if err != nil {
			return retry, fmt.Errorf("claim messages: %w", err)
		}
		if len(queued) == 0 {
			return retry, nil
		}
		results := make([]Result, len(queued))
		var group errgroup.Group
		group.SetLimit(atOnce)
		for n, q := range queued {
			group.Go(func() error {
				results[n] = d.attempt(ctx, q)
				return d.outbox.Settle(ctx, q, results[n])
			})
		}
		if err := group.Wait(); err != nil {
			return retry, fmt.Errorf("settle messages: %w", err)
		}
		for _, res := range results {
			d.turns.plan(res.RetryAt)
			if !res.RetryAt.IsZero() && (retry.IsZero() || res.RetryAt.Before(retry)) {
				retry = res.RetryAt
			}
		}
	}
}

// attempt sends one message once.
func (d *Dispatcher) attempt(ctx context.Context, q Queued) Result {
	if d.Reveal != nil {
		q.Out = d.Reveal(q.Out)
	}
	p, ok := d.platforms[q.Out.Place.Platform]
	if !ok {
		return Result{Err: fmt.Errorf("platform %q is not connected: %w", q.Out.Place.Platform, ErrPermanent), Final: true}
	}
	if q.Out.Message.Withdraws && !d.withdrawable(p, q.Out) {
		return Result{Err: fmt.Errorf("%s cannot be withdrawn: %w", q.Out.Message.Updates, ErrPermanent), Final: true}
	}
	if !q.Out.Message.Withdraws && q.Out.Message.Updates != "" && !d.replaceable(p, q.Out) {
		return Result{Err: fmt.Errorf("the card of %s cannot be replaced: %w", q.Out.Message.Updates, ErrPermanent), Final: true}
	}
	if wait, err := d.limits(ctx, p, q.Out); err != nil || wait > 0 {
		if err == nil {
			err = errors.New("own rate limit")
		}
		return Result{Err: err, Held: true, RetryAt: d.now().Add(max(wait, shortestWait))}
	}
	ctx, cancel := context.WithTimeout(ctx, sendLimit)
	defer cancel()
	receipt, err := d.send(ctx, p, q.Out)
	if err == nil {
		return Result{Receipt: receipt}
	}
	d.log.Warn("message not sent", "platform", p.Name(), "chat", q.Out.Place.Chat, "key", q.Out.Key, "attempt", q.Attempts+1, "err", err)
	return d.judge(q, err)
}

// send makes the group first that a message is to be said in; of one that withdraws another, it takes that back.
func (d *Dispatcher) send(ctx context.Context, p Platform, out Outgoing) (Receipt, error) {
	switch {
	case out.Message.Withdraws:
		return Receipt{Message: out.Replaces, Confirmed: true}, p.(Withdrawer).Withdraw(ctx, out)
	case out.Message.Makes == nil:
		return p.Send(ctx, out)
	}
	maker, ok := p.(GroupMaker)
	if !ok || !maker.MakesGroups() {
		return Receipt{}, fmt.Errorf("no groups are made on %s: %w", p.Name(), ErrPermanent)
	}
	chat, err := maker.MakeGroup(ctx, out.Key, *out.Message.Makes)
	if err != nil {
		return Receipt{}, err
	}
	out.Place.Chat = chat
	receipt, err := p.Send(ctx, out)
	receipt.Chat = chat
	return receipt, err
}

// replaceable: the card was shown, the platform can replace cards, and this one is not too old.
func (d *Dispatcher) replaceable(p Platform, out Outgoing) bool {
	u, ok := p.(CardUpdater)
	return ok && out.Replaces != "" && u.CanUpdate(out, d.now())
}

// withdrawable: the message was said, the platform can take messages back, and this one is not too old.
func (d *Dispatcher) withdrawable(p Platform, out Outgoing) bool {
	w, ok := p.(Withdrawer)
	return ok && out.Replaces != "" && w.CanWithdraw(out, d.now())
}

func (d *Dispatcher) limits(ctx context.Context, p Platform, out Outgoing) (time.Duration, error) {
	limited, ok := p.(Limited)
	if !ok {
		return 0, nil
	}
	for _, l := range limited.Limits(out) {
		if wait, err := d.limiter.Take(ctx, l.Bucket, max(l.Count, 1), l.PerSecond, l.Burst); err != nil || wait > 0 {
			return wait + d.turns.after(l), err
		}
	}
	return 0, nil
}

// judge decides about the next attempt.
func (d *Dispatcher) judge(q Queued, err error) Result {
	var after *RetryAfterError
	switch {
	case errors.Is(err, ErrPermanent), q.Attempts+1 >= giveUpAfter:
		return Result{Err: err, Final: true}
	case errors.As(err, &after):
		return Result{Err: err, RetryAt: d.now().Add(after.After)}
	}
	return Result{Err: err, RetryAt: d.now().Add(pause(q.Attempts))}
}

// pause is one second after the first failure and doubles up to a minute.
func pause(failed int) time.Duration {
	if failed > 6 {
		return longestWait
	}
	return min(longestWait, time.Second<<failed)
}
