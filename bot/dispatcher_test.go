package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot"
)

// outbox keeps messages in memory: in order, at most one of a conversation at a time.
type outbox struct {
	mu   sync.Mutex
	rows []*row
}

type row struct {
	q      bot.Queued
	nextAt time.Time
	out    bool // claimed
	done   bool
	res    []bot.Result
}

func (o *outbox) queue(key, chat string, change ...func(*bot.Outgoing)) *row {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := bot.Outgoing{Key: key, Place: bot.Place{Platform: "feishu", Chat: chat}, Message: bot.Message{Text: key}}
	for _, f := range change {
		f(&out)
	}
	r := &row{q: bot.Queued{ID: int64(len(o.rows) + 1), Out: out}}
	o.rows = append(o.rows, r)
	return r
}

func (o *outbox) Claim(_ context.Context, limit int) ([]bot.Queued, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var out []bot.Queued
	busy := map[string]bool{}
	for _, r := range o.rows {
		if place := r.q.Out.Place.Key(); !r.done && !busy[place] && len(out) < limit {
			busy[place] = true
			if !r.out && !r.nextAt.After(time.Now()) {
				r.out = true
				out = append(out, r.q)
			}
		}
	}
	return out, nil
}

func (o *outbox) Settle(_ context.Context, q bot.Queued, res bot.Result) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	r := o.rows[q.ID-1]
	r.out, r.res = false, append(r.res, res)
	if !res.Held {
		r.q.Attempts++
	}
	r.done, r.nextAt = res.Err == nil || res.Final, res.RetryAt
	return nil
}

func (o *outbox) results(r *row) []bot.Result {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(r.res)
}

// plain is a platform that takes what answer allows and cannot replace cards.
type plain struct {
	mu     sync.Mutex
	sent   []string
	at     []time.Time
	answer func(bot.Outgoing) error
}

func (p *plain) Name() string { return "feishu" }

func (p *plain) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	if p.answer != nil {
		if err := p.answer(out); err != nil {
			return bot.Receipt{}, err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent, p.at = append(p.sent, out.Key), append(p.at, time.Now())
	return bot.Receipt{Message: "om_" + out.Key, Confirmed: true}, ctx.Err()
}

func (p *plain) keys() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sent)
}

// updater can replace cards for a day; limited allows two messages at once and one a second.
type (
	updater struct{ plain }
	limited struct{ plain }
)

func (*updater) CanUpdate(out bot.Outgoing, now time.Time) bool {
	return now.Sub(out.ShownAt) < 24*time.Hour
}

func (*limited) Limits(out bot.Outgoing) []bot.Limit {
	return []bot.Limit{{Bucket: out.Place.Platform, PerSecond: 1, Burst: 2}}
}

// bucket is one limit, whatever its name.
type bucket struct {
	mu   sync.Mutex
	left float64
	at   time.Time
}

func (b *bucket) Take(_ context.Context, _ string, n int, perSecond float64, burst int) (time.Duration, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.at.IsZero() {
		b.left = float64(burst)
	} else {
		b.left = min(float64(burst), b.left+time.Since(b.at).Seconds()*perSecond)
	}
	b.at = time.Now()
	if b.left < float64(n) {
		return time.Duration((float64(n) - b.left) / perSecond * float64(time.Second)), nil
	}
	b.left -= float64(n)
	return 0, nil
}

// sick is a limiter that fails.
type sick struct{}

func (sick) Take(context.Context, string, int, float64, int) (time.Duration, error) {
	return 0, errors.New("redis: connection refused")
}

func TestWaitingForALimitUsesUpNoAttempt(t *testing.T) {
	t.Parallel()
	o := &outbox{}
	r := o.queue("a", "1")
	d := bot.NewDispatcher(o, []bot.Platform{&limited{}}, sick{}, time.Now, slog.New(slog.DiscardHandler))
	for range 3 {
		if _, err := d.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.nextAt = time.Now()
	}
	if res := o.results(r); len(res) != 3 || !res[2].Held || res[2].Final || r.q.Attempts != 0 {
		t.Errorf("%d attempts; %+v", r.q.Attempts, res)
	}
}

func dispatcher(o *outbox, platforms ...bot.Platform) *bot.Dispatcher {
	return bot.NewDispatcher(o, platforms, &bucket{}, time.Now, slog.New(slog.DiscardHandler))
}

func TestWhatAFailureMeans(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		err      error
		attempts int
		final    bool
		after    time.Duration
	}{
		{"permanent", fmt.Errorf("no such chat: %w", bot.ErrPermanent), 0, true, 0},
		{"asked to wait", &bot.RetryAfterError{After: 7 * time.Second, Err: errors.New("99991400")}, 0, false, 7 * time.Second},
		{"asked to wait, wrapped", fmt.Errorf("send: %w", &bot.RetryAfterError{After: time.Hour, Err: errors.New("x")}), 3, false, time.Hour},
		{"asked to wait for a permanent reason", &bot.RetryAfterError{After: time.Second, Err: bot.ErrPermanent}, 0, true, 0},
		{"first failure", errors.New("EOF"), 0, false, time.Second},
		{"second failure", errors.New("EOF"), 1, false, 2 * time.Second},
		{"sixth failure", errors.New("EOF"), 5, false, 32 * time.Second},
		{"seventh failure", errors.New("EOF"), 6, false, time.Minute},
		{"hundredth failure but for giving up", errors.New("EOF"), 24*60 - 2, false, time.Minute},
		{"the last attempt", errors.New("EOF"), 24*60 - 1, true, 0},
		{"the last attempt, asked to wait", &bot.RetryAfterError{After: time.Second, Err: errors.New("x")}, 24*60 - 1, true, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := &outbox{}
				r := o.queue("a", "G1")
				r.q.Attempts = tc.attempts
				retry, err := dispatcher(o, &plain{answer: func(bot.Outgoing) error { return tc.err }}).Drain(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				res := o.results(r)[0]
				if res.Final != tc.final || !errors.Is(res.Err, tc.err) {
					t.Errorf("final %v, %v", res.Final, res.Err)
				}
				want := time.Time{}
				if !tc.final {
					want = time.Now().Add(tc.after)
				}
				if !res.RetryAt.Equal(want) || !retry.Equal(want) {
					t.Errorf("again at %s, says %s; want %s", res.RetryAt, retry, want)
				}
			})
		})
	}
}

func TestUnknownPlatformIsPermanent(t *testing.T) {
	t.Parallel()
	o := &outbox{}
	r := o.queue("a", "G1", func(out *bot.Outgoing) { out.Place.Platform = "dingtalk" })
	if _, err := dispatcher(o, &plain{}).Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if res := o.results(r)[0]; !res.Final || !errors.Is(res.Err, bot.ErrPermanent) {
		t.Errorf("%+v", res)
	}
}

func TestReplacingACard(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		platform bot.Platform
		replaces string
		age      time.Duration
		sent     bool
	}{
		{"in time", &updater{}, "om_1", time.Hour, true},
		{"too old", &updater{}, "om_1", 25 * time.Hour, false},
		{"never shown", &updater{}, "", time.Hour, false},
		{"platform cannot", &plain{}, "om_1", time.Hour, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			o := &outbox{}
			r := o.queue("card/stale", "G1", func(out *bot.Outgoing) {
				out.Message.Updates, out.Replaces, out.ShownAt = "card", tc.replaces, time.Now().Add(-tc.age)
			})
			if _, err := dispatcher(o, tc.platform).Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			res := o.results(r)[0]
			if tc.sent != (res.Err == nil) || tc.sent == errors.Is(res.Err, bot.ErrPermanent) {
				t.Errorf("%+v", res)
			}
		})
	}
}

func TestOneOrderPerConversation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := &outbox{}
		failed := false
		p := &plain{}
		p.answer = func(out bot.Outgoing) error {
			if out.Key == "G1/1" && !failed {
				failed = true
				return errors.New("EOF")
			}
			return nil
		}
		for n := range 4 {
			o.queue(fmt.Sprintf("G1/%d", n), "G1")
			o.queue(fmt.Sprintf("G2/%d", n), "G2")
		}
		d := dispatcher(o, p)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); d.Run(ctx, time.Second) }()
		synctest.Wait()
		if got := only(p.keys(), "G1"); !slices.Equal(got, []string{"G1/0"}) {
			t.Errorf("while its second waits, G1 has %v", got)
		}
		if got := only(p.keys(), "G2"); len(got) != 4 {
			t.Errorf("G2 does not wait for G1: %v", got)
		}
		d.Wake() // by something else; the retry planned before still stands
		time.Sleep(time.Second)
		synctest.Wait()
		for _, chat := range []string{"G1", "G2"} {
			if got := only(p.keys(), chat); !slices.Equal(got, []string{chat + "/0", chat + "/1", chat + "/2", chat + "/3"}) {
				t.Errorf("order in %s: %v", chat, got)
			}
		}
		cancel()
		<-done
	})
}

func only(keys []string, chat string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return k[:2] != chat })
}

func TestRateLimitsAreKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o, p := &outbox{}, &limited{}
		for n := range 10 {
			o.queue(fmt.Sprintf("m%d", n), fmt.Sprintf("G%d", n))
		}
		d := dispatcher(o, p)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		start := time.Now()
		go func() { defer close(done); d.Run(ctx, 0) }()
		time.Sleep(30 * time.Second)
		cancel()
		<-done
		if len(p.keys()) != 10 {
			t.Fatalf("%d of 10 sent in half a minute", len(p.keys()))
		}
		for n, at := range p.at {
			if allowed := 2 + int(at.Sub(start)/time.Second); n+1 > allowed {
				t.Errorf("message %d after %s, when %d were allowed", n+1, at.Sub(start), allowed)
			}
		}
	})
}

func TestAHangingPlatformIsGivenUpOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o := &outbox{}
		r := o.queue("a", "G1")
		start := time.Now()
		if _, err := dispatcher(o, hanging{}).Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if res := o.results(r)[0]; res.Final || !errors.Is(res.Err, context.DeadlineExceeded) || time.Since(start) >= time.Minute {
			t.Errorf("after %s: %+v", time.Since(start), res)
		}
	})
}

// hanging never answers.
type hanging struct{}

func (hanging) Name() string { return "feishu" }
func (hanging) Send(ctx context.Context, _ bot.Outgoing) (bot.Receipt, error) {
	<-ctx.Done()
	return bot.Receipt{}, ctx.Err()
}

func TestRunDrainsOnceMoreAtTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		o, p := &outbox{}, &plain{}
		d := dispatcher(o, p)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); d.Run(ctx, time.Second) }()
		synctest.Wait()
		o.queue("late", "G1") // nobody wakes the dispatcher
		cancel()
		<-done
		if !slices.Equal(p.keys(), []string{"late"}) {
			t.Errorf("sent %v", p.keys())
		}
	})
}
