package wecom

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot/wecom/wecomtest"
)

// lineWorld is a long connection on a platform of its own, and who may open it.
type lineWorld struct {
	*testing.T
	p    *wecomtest.Platform
	conn *LongConn
	sink *inSink
	stop func() time.Duration // ends Run and says how long that took

	mu       sync.Mutex
	mine     bool
	leaseErr error
	released int
	told     []string
}

// onLine plays in a bubble, after a second of connecting.
func onLine(t *testing.T, secret string, play func(w *lineWorld)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := wecomtest.New(wecomtest.Options{Org: wecomtest.Org{People: []wecomtest.Person{{UserID: "ZhouMin", Name: "周敏"}}}})
		client, stop := wecomtest.Local(p)
		defer stop()
		o := p.Options()
		if secret == "" {
			secret = o.BotSecret
		}
		a, err := New(Config{CorpID: o.CorpID, AIBot: AIBotConfig{BotID: o.BotID, Secret: secret, Name: o.BotName}, Directory: outOrg{}, Files: &inShelf{}, HTTP: client})
		if err != nil {
			t.Fatal(err)
		}
		w := &lineWorld{T: t, p: p, sink: &inSink{}, mine: true}
		w.conn = a.LongConn(LongConnConfig{Lease: w.lease, Release: w.release, Told: w.hear, Jitter: func() float64 { return 0 }})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- w.conn.Run(ctx, w.sink) }()
		w.stop = sync.OnceValue(func() time.Duration {
			begun := time.Now()
			cancel()
			if err := <-done; err != nil {
				t.Errorf("Run: %v", err)
			}
			return time.Since(begun)
		})
		defer w.stop()
		w.pass(time.Second)
		play(w)
	})
}

func (w *lineWorld) lease(context.Context) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.mine, w.leaseErr
}

func (w *lineWorld) release(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.released++
	return nil
}

func (w *lineWorld) hear(_ context.Context, advice string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = append(w.told, advice)
}

func (w *lineWorld) leased(mine bool, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.mine, w.leaseErr = mine, err
}

func (w *lineWorld) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (w *lineWorld) breaks(kind string) {
	w.Helper()
	if err := w.p.Break(wecomtest.Fault{Kind: kind}); err != nil {
		w.Fatal(err)
	}
	synctest.Wait()
}

// links checks how many connections there are, and what the replica believes.
func (w *lineWorld) links(when string, n int, connected bool) {
	w.Helper()
	if got := w.p.Connections(); got != n || w.conn.Connected() != connected {
		w.Errorf("%s: %d connections, connected %v; want %d, %v", when, got, w.conn.Connected(), n, connected)
	}
}

// hears checks that what is said now arrives.
func (w *lineWorld) hears() {
	w.Helper()
	before := len(w.sink.got())
	if _, err := w.p.Say(w.Context(), "ZhouMin", "", "在办"); err != nil {
		w.Fatal(err)
	}
	w.pass(time.Second)
	if got := w.sink.got(); len(got) != before+1 || got[before].Text != "在办" {
		w.Errorf("heard %v", got[before:])
	}
}

// TestTheLeaseDecidesWhoConnects: a replica without it waits and is well; while nobody knows whose it is,
// who is connected stays so, and who is not waits and is not well.
func TestTheLeaseDecidesWhoConnects(t *testing.T) {
	onLine(t, "", func(w *lineWorld) {
		w.links("with the lease", 1, true)
		w.hears()
		w.leased(false, errors.New("no redis"))
		w.pass(time.Minute)
		w.links("nobody knows", 1, true)
		w.leased(false, nil)
		w.pass(leaseEvery + time.Second)
		w.links("another has it", 0, true)
		w.leased(false, errors.New("no redis"))
		w.pass(leaseEvery + time.Second)
		w.links("nobody knows, and not connected", 0, false)
		w.leased(true, nil)
		w.pass(leaseEvery + time.Second)
		w.links("again", 1, true)
		w.hears()
	})
}

// TestWhoIsThrownOutStepsAside: longer each time, and the administrator is told once.
func TestWhoIsThrownOutStepsAside(t *testing.T) {
	onLine(t, "", func(w *lineWorld) {
		for n, pause := range []time.Duration{30 * time.Second, time.Minute, 2 * time.Minute} {
			w.breaks(wecomtest.Kick)
			w.pass(pause - 2*time.Second)
			w.links("aside", 0, false)
			if w.released != n+1 {
				t.Errorf("the lease was given up %d times, want %d", w.released, n+1)
			}
			w.pass(4 * time.Second)
			w.links("back", 1, true)
		}
		if !slices.Equal(w.told, []string{adviceKicked}) {
			t.Errorf("told %q", w.told)
		}
		w.hears()
	})
}

// TestLostLinksAreMadeAnew: one cut within seconds, one half open when its pings stay unanswered.
func TestLostLinksAreMadeAnew(t *testing.T) {
	onLine(t, "", func(w *lineWorld) {
		w.breaks(wecomtest.Cut)
		w.links("cut", 0, false)
		w.pass(2 * time.Second)
		w.links("after the cut", 1, true)
		w.hears()
		w.breaks(wecomtest.HalfOpen)
		w.pass(95 * time.Second) // three pings
		w.hears()
		if len(w.told) != 0 {
			t.Errorf("told %q of what mends itself", w.told)
		}
	})
}

// TestARefusedBotIsToldOnce: however often it is refused; only an administrator can mend it.
func TestARefusedBotIsToldOnce(t *testing.T) {
	onLine(t, "not-the-secret", func(w *lineWorld) {
		w.pass(21 * time.Minute)
		w.links("refused", 0, false)
		if !slices.Equal(w.told, []string{adviceBot}) {
			t.Errorf("told %q", w.told)
		}
	})
}

// TestStoppingTakesTwoSeconds: and the lease is free for the next replica.
func TestStoppingTakesTwoSeconds(t *testing.T) {
	onLine(t, "", func(w *lineWorld) {
		w.hears()
		if took := w.stop(); took >= 2*time.Second {
			t.Errorf("it took %s", took)
		}
		synctest.Wait() // the platform's side of it
		w.links("stopped", 0, false)
		if w.released == 0 {
			t.Error("the lease was not given up")
		}
	})
}

// TestFramesThatAreNone: cut short, without an id, too long.
func TestFramesThatAreNone(t *testing.T) {
	t.Parallel()
	whole := `{"cmd":"aibot_msg_callback","headers":{"req_id":"r"},"body":{}}`
	if f, err := decodeFrame([]byte(whole)); err != nil || f.Headers.ReqID != "r" || f.answers() {
		t.Fatalf("%+v %v", f, err)
	}
	for n := range whole {
		if _, err := decodeFrame([]byte(whole[:n])); err == nil {
			t.Errorf("taken: %s", whole[:n])
		}
	}
	for _, text := range []string{`[]`, `{}`, `{"headers":{}}`, `{"headers":{"req_id":7}}`, whole + whole, strings.Replace(whole, "aibot", "\xff", 1),
		strings.Replace(whole, `"r"`, `"`+strings.Repeat("r", reqIDLimit+1)+`"`, 1), whole[:len(whole)-1] + strings.Repeat(" ", frameLimit) + "}"} {
		if _, err := decodeFrame([]byte(text)); err == nil {
			t.Errorf("taken: %.80q", text)
		}
	}
}

// TestAFrameThatIsNoneOnTheLine: one cut short is passed over; one longer than any the platform sends ends the
// connection, which is made anew.
func TestAFrameThatIsNoneOnTheLine(t *testing.T) {
	onLine(t, "", func(w *lineWorld) {
		garble := func(text string) error {
			err := w.p.Garble(w.Context(), text)
			w.pass(100 * time.Millisecond)
			return err
		}
		whole := `{"cmd":"aibot_msg_callback","headers":{"req_id":"r"},"body":{"msgid":"m","aibotid":"b","from":{"userid":"ZhouMin"},"msgtype":"text","text":{"content":"在办"}}}`
		if err := garble(whole[:len(whole)/2]); err != nil {
			t.Fatal(err)
		}
		w.links("after a frame cut short", 1, true)
		w.hears()
		if garble(strings.Replace(whole, "在办", strings.Repeat("长", frameLimit/3+1), 1)) == nil {
			t.Error("all of it was read")
		}
		w.links("after one too long", 0, false)
		w.pass(2 * time.Second)
		w.links("made anew", 1, true)
		w.hears()
		if got := w.sink.got(); len(got) != 2 {
			t.Errorf("heard %v", got)
		}
	})
}
