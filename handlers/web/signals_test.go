package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fenghuo/handlers/web"
	"fenghuo/internal/signal"
	"fenghuo/store"
)

var sent = time.Date(2026, 3, 10, 3, 30, 0, 0, time.UTC)

const key = "0123456789abcdef"

// post hands a body to the door; change may spoil the request.
func post(door http.Handler, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/signals", strings.NewReader(body))
	stamp, sig := signal.Sign(key, sent, []byte(body))
	r.Header.Set(signal.TimestampHeader, stamp)
	r.Header.Set(signal.SignatureHeader, sig)
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	door.ServeHTTP(w, r)
	return w
}

func TestTheDoorForSignals(t *testing.T) {
	var took []signal.Signal
	broken, counted := false, map[string]int{}
	door := &web.Signals{Key: key, Now: func() time.Time { return sent }, Log: slog.New(slog.DiscardHandler), Counted: func(outcome string) { counted[outcome]++ },
		Take: func(_ context.Context, s signal.Signal) (store.SignalRow, bool, error) {
			if broken {
				return store.SignalRow{}, false, errors.New("database is gone")
			}
			took = append(took, s)
			return store.SignalRow{Number: "S-1", Incident: "YQ-20260310-001"}, len(took) > 1, nil
		}}
	const good = `{"id":"m-1","source":"monitor-a","text":"滨江店酸奶杯里有虫"}`
	for _, c := range []struct {
		name, body string
		change     func(*http.Request)
		broken     bool
		status     int
		says       string
	}{
		{"signed right", good, nil, false, 200, `{"id":"m-1","number":"S-1","known":false}`},
		{"again", good, nil, false, 200, `"known":true`},
		{"not signed", good, func(r *http.Request) { r.Header.Del(signal.SignatureHeader) }, false, 401, "not right"},
		{"replayed later", good, func(r *http.Request) { r.Header.Set(signal.TimestampHeader, "1") }, false, 401, "not right"},
		{"not a signal", `{"id":"m-1"}`, nil, false, 400, "source"},
		{"too long", `{"id":"` + strings.Repeat("x", signal.MaxBody) + `"}`, nil, false, 413, "64 KiB"},
		{"not kept", good, nil, true, 503, "send it again"},
	} {
		before := len(took)
		broken = c.broken
		w := post(door, c.body, c.change)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
		if c.status != 200 && len(took) != before {
			t.Errorf("%s: it was taken", c.name)
		}
		if strings.Contains(w.Body.String(), "YQ-") || strings.Contains(w.Body.String(), "database") {
			t.Errorf("%s: the answer tells of what is inside: %s", c.name, w.Body)
		}
	}
	for outcome, n := range map[string]int{"taken": 1, "known": 1, "forged": 2, "wrong": 2, "failed": 1} {
		if counted[outcome] != n {
			t.Errorf("%s counted %d times, not %d", outcome, counted[outcome], n)
		}
	}
}
