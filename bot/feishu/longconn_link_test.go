package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
)

// lcNear checks that a moment lies in [least, most] after another.
func lcNear(t *testing.T, what string, from, to time.Time, least, most time.Duration) {
	t.Helper()
	if took := to.Sub(from); took < least || took > most {
		t.Errorf("%s after %s, not between %s and %s", what, took, least, most)
	}
}

func TestLongConnPings(t *testing.T) {
	lcRun(t, nil, func(w *lcWorld) {
		c := w.connected()
		begun := receive(t, c.pings, "ping")
		lcNear(t, "second ping", begun, receive(t, c.pings, "ping"), 2*time.Minute, 2*time.Minute)
		c.mu.Lock()
		c.pong = `{"ReconnectCount":-1,"ReconnectInterval":7,"ReconnectNonce":4,"PingInterval":10}`
		c.mu.Unlock()
		third := receive(t, c.pings, "ping")
		lcNear(t, "ping at the new pace", third, receive(t, c.pings, "ping"), 10*time.Second, 10*time.Second)
		time.Sleep(time.Hour)
		if len(w.conns) > 0 || !w.conn.Connected() {
			t.Error("a link that answers was not kept")
		}
		// The rest of the new config: 2 s (half of the nonce) after the loss, then 7 s + 2 s after each failure.
		w.set(func() { w.endpoint = func() (int, string) { return 200, `{"code":1,"msg":"busy"}` } })
		for len(w.asked) > 0 {
			<-w.asked
		}
		lost := time.Now()
		c.ws.CloseNow()
		asked := receive(t, w.asked, "request")
		lcNear(t, "first attempt", lost, asked, 2*time.Second, 2*time.Second)
		lcNear(t, "second attempt", asked, receive(t, w.asked, "request"), 9*time.Second, 9*time.Second)
	})
}

func TestLongConnNoticesAHalfOpenLink(t *testing.T) {
	for _, ping := range []time.Duration{2 * time.Minute, 10 * time.Second} {
		for _, reads := range []bool{true, false} {
			config := func(w *lcWorld, cfg *LongConnConfig) {
				cfg.Ping = ping
				w.config = `{"ReconnectNonce":0}`
			}
			lcRun(t, config, func(w *lcWorld) {
				c := w.connected()
				receive(t, c.pings, "ping")
				receive(t, c.pings, "ping")
				synctest.Wait() // the pong is there
				silent := time.Now()
				c.quiet()
				if !reads { // not even that
					c.jam()
					defer c.release()
				}
				w.connected()
				lcNear(t, fmt.Sprintf("reads %v: new connection", reads), silent, time.Now(), ping/2, 2*ping-1)
				if !strings.Contains(w.log.String(), "long connection lost") {
					t.Error("nothing in the log")
				}
			})
		}
	}
}

func TestLongConnTriesAgain(t *testing.T) {
	var answers atomic.Int32
	trouble := []func() (int, string){
		func() (int, string) { return 200, `{"code":1,"msg":"system busy"}` },
		func() (int, string) { return 200, `{"code":1000040343,"msg":"internal"}` },
		func() (int, string) { return 503, `{"code":5,"msg":"` + lcSecret + `"}` },
		func() (int, string) { return 502, `<html>` },
		func() (int, string) { return 307, `{}` }, // not followed
		func() (int, string) { return 200, `{"code":0,"data":{}}` },
		func() (int, string) {
			return 200, `{"code":0,"data":{"URL":"gopher://feishu.test/?ticket=` + lcTicket + `"}}`
		},
		func() (int, string) {
			return 200, `{"code":0,"data":{"URL":"ws://feishu.test:x/?ticket=` + lcTicket + `"}}`
		},
	}
	start := func(w *lcWorld, _ *LongConnConfig) {
		w.endpoint = func() (int, string) {
			n := int(answers.Add(1)) - 1
			if n+1 == len(trouble) {
				w.set(func() { w.endpoint = nil })
			}
			return trouble[n]()
		}
		w.refuse = func(rw http.ResponseWriter) bool {
			w.set(func() { w.refuse = nil })
			rw.Header().Set("Handshake-Status", "514")
			rw.Header().Set("Handshake-Msg", "the ticket "+lcTicket+" is used up")
			rw.WriteHeader(http.StatusBadRequest)
			return true
		}
	}
	lcRun(t, start, func(w *lcWorld) {
		last := receive(t, w.asked, "request")
		for n := 1; n <= len(trouble); n++ { // nobody said how long to wait: 1, 2, 4 … 120 s with our r of a half
			if w.conn.Connected() {
				t.Error("connected")
			}
			asked := receive(t, w.asked, "request")
			want := min(2*time.Minute, time.Second<<n)
			lcNear(t, fmt.Sprint("attempt ", n), last, asked, want, want)
			last = asked
		}
		c := w.connected() // after the refused handshake
		c.event("m1", "{}")
		c.acked("m1")
		if strings.Contains(w.log.String(), "ERROR") {
			t.Errorf("passing trouble is logged as an error:\n%s", w.log)
		}
	})
}

func TestLongConnTellsTheAdministrator(t *testing.T) {
	for _, c := range []struct {
		name     string
		endpoint func() (int, string)
		headers  map[string]string
		want     string
	}{
		{"wrong secret", func() (int, string) { return 200, `{"code":10014,"msg":"app ` + lcSecret + ` invalid"}` }, nil, "check app_id, app_secret"},
		{"wrong secret with a status", func() (int, string) { return 400, `{"code":10014,"msg":"no"}` }, nil, "check app_id, app_secret"},
		{"too many, at the endpoint", func() (int, string) { return 200, `{"code":1000040350,"msg":"limit"}` }, nil, "50 long connections"},
		{"barred", nil, map[string]string{"Handshake-Status": "403", "Handshake-Msg": "no, " + lcTicket}, "has barred this app"},
		{"too many", nil, map[string]string{"Handshake-Status": "514", "Handshake-Autherrcode": "1000040350"}, "50 long connections"},
	} {
		start := func(w *lcWorld, _ *LongConnConfig) {
			w.endpoint = c.endpoint
			w.refuse = func(rw http.ResponseWriter) bool {
				for k, v := range c.headers {
					rw.Header().Set(k, v)
				}
				rw.WriteHeader(http.StatusForbidden)
				return true
			}
		}
		lcRun(t, start, func(w *lcWorld) {
			asked := receive(t, w.asked, "request")
			synctest.Wait()
			lines := strings.Split(strings.TrimSpace(w.log.String()), "\n")
			if len(lines) != 1 || !strings.Contains(lines[0], "level=ERROR") || !strings.Contains(lines[0], c.want) {
				t.Errorf("%s: the log is\n%s", c.name, w.log)
			}
			lcNear(t, c.name+": next attempt", asked, receive(t, w.asked, "request"), slowly, 2*slowly)
			w.set(func() { w.endpoint, w.refuse = nil, nil })
			w.connected()
		})
	}
}

func TestLongConnNeverLeavesTLS(t *testing.T) {
	for _, c := range []struct {
		base, url string
		ok        bool
	}{
		{"https://open.feishu.cn", "wss://msg.feishu.cn/ws?ticket=x", true},
		{"https://open.feishu.cn", "ws://msg.feishu.cn/ws?ticket=x", false},
		{"http://127.0.0.1:8080", "ws://127.0.0.1:8080/ws", true},
		{"http://127.0.0.1:8080", "https://127.0.0.1:8080/ws", false},
		{"", "ws://msg.feishu.cn", false},
		{"", "/ws", false},
	} {
		lc := NewLongConn(LongConnConfig{BaseURL: c.base})
		if _, err := lc.checked(c.url); (err == nil) != c.ok {
			t.Errorf("%q leads to %q: %v", c.base, c.url, err)
		}
	}
}

func TestLongConnStops(t *testing.T) {
	t.Run("after what is being handled", func(t *testing.T) {
		lcRun(t, nil, func(w *lcWorld) {
			begun := make(chan bool, 1)
			w.take.event = func(ctx context.Context, _ string) error {
				begun <- true
				time.Sleep(900 * time.Millisecond)
				return ctx.Err()
			}
			c := w.connected()
			c.event("m1", "{}")
			receive(t, begun, "event")
			w.cancel()
			synctest.Wait()
			c.event("m2", "{}") // now is too late
			if a, _ := c.acked("m2"); a.Code != 500 {
				t.Errorf("m2: %+v", a)
			}
			if a, _ := c.acked("m1"); a.Code != 200 {
				t.Errorf("m1: %+v", a)
			}
			receive(t, c.gone, "goodbye")
			if c.closed != websocket.StatusNormalClosure {
				t.Errorf("closed with %v", c.closed)
			}
		})
	})
	t.Run("though the dispatcher hangs", func(t *testing.T) {
		lcRun(t, nil, func(w *lcWorld) {
			begun, release := make(chan bool, 1), make(chan bool)
			w.take.event = func(context.Context, string) error { begun <- true; <-release; return nil }
			c := w.connected()
			c.event("m1", "{}")
			receive(t, begun, "event")
			w.stop()
			close(release)
		})
	})
	t.Run("though the platform reads nothing", func(t *testing.T) {
		lcRun(t, nil, func(w *lcWorld) {
			c := w.connected()
			receive(t, c.pings, "ping")
			synctest.Wait()
			c.jam()
			defer c.release()
			time.Sleep(2*time.Minute + time.Second) // the ping is the last it read
			c.event("m1", "{}")                     // the acknowledgment hangs
			synctest.Wait()
			w.stop()
		})
	})
	t.Run("while it waits", func(t *testing.T) {
		fail := func(w *lcWorld, _ *LongConnConfig) {
			w.endpoint = func() (int, string) { return 200, `{"code":10014,"msg":"no"}` }
		}
		lcRun(t, fail, func(w *lcWorld) {
			receive(t, w.asked, "request")
			synctest.Wait()
		})
	})
	t.Run("while it connects", func(t *testing.T) {
		release := func(w *lcWorld, _ *LongConnConfig) {
			w.refuse = func(http.ResponseWriter) bool { time.Sleep(10 * time.Second); return true }
		}
		lcRun(t, release, func(w *lcWorld) {
			receive(t, w.asked, "request")
			synctest.Wait()
			w.stop()
			time.Sleep(10 * time.Second)
		})
	})
}

func TestLongConnLease(t *testing.T) {
	var mine atomic.Bool
	var failing atomic.Bool
	lease := func(_ *lcWorld, cfg *LongConnConfig) {
		cfg.Lease = func(context.Context) (bool, error) {
			if failing.Load() {
				return false, errors.New("redis is away")
			}
			return mine.Load(), nil
		}
	}
	lcRun(t, lease, func(w *lcWorld) {
		time.Sleep(time.Minute)
		if len(w.asked) > 0 || !w.conn.Connected() {
			t.Error("a replica on standby has to be ready and not connected")
		}
		mine.Store(true)
		c := w.connected()
		lost := time.Now()
		mine.Store(false)
		lcNear(t, "end of the connection", lost, receive(t, c.gone, "goodbye"), 0, leaseEvery+time.Second)
		if c.closed != websocket.StatusNormalClosure {
			t.Errorf("closed with %v", c.closed)
		}
		time.Sleep(time.Minute)
		if len(w.conns) > 0 || !w.conn.Connected() {
			t.Error("connected without the lease")
		}
		failing.Store(true) // nobody knows who holds it: better two than none
		c = w.connected()
		time.Sleep(10 * time.Minute)
		if len(c.gone) > 0 {
			t.Error("the connection was given up with the lease's keeper away")
		}
	})
}
