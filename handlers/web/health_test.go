package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// asked is the service's answer to GET path.
func asked(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func expect(t *testing.T, h http.Handler, path string, code int, says ...string) {
	t.Helper()
	got, body := asked(t, h, path)
	if got != code {
		t.Errorf("%s: status %d, not %d: %s", path, got, code, body)
	}
	for _, s := range says {
		if !strings.Contains(body, s) {
			t.Errorf("%s: no %q in\n%s", path, s, body)
		}
	}
}

var quiet = slog.New(slog.DiscardHandler)

func TestHealthTellsTheProcessFromTheDatabase(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.Context(), storetest.Config(t, storetest.SQLite(t)))
	if err != nil {
		t.Fatal(err)
	}
	h := Health(st, NewMetrics(st, nil, quiet), quiet)
	expect(t, h, "/healthz", http.StatusOK, "ok")
	expect(t, h, "/readyz", http.StatusServiceUnavailable, "database not ready") // no tables yet
	if err := st.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	expect(t, h, "/readyz", http.StatusOK, "ready")
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	expect(t, h, "/readyz", http.StatusServiceUnavailable, "database not ready")
	expect(t, h, "/healthz", http.StatusOK, "ok")
	expect(t, h, "/metrics", http.StatusOK, "go_goroutines") // what needs no database is there all the same
}

type heard struct{}

func (heard) Receive(context.Context, bot.Event) (string, error) { return "听到了", nil }

func TestMetricsCount(t *testing.T) {
	t.Parallel()
	st := storetest.Open(t)
	away := false
	m := NewMetrics(st, func() bool { return away }, quiet)
	h := Health(st, m, quiet)
	toast, err := m.Sink(heard{}).Receive(t.Context(), bot.Event{Platform: "feishu", Kind: bot.Said})
	if toast != "听到了" || err != nil {
		t.Errorf("the sink behind answered %q, %v", toast, err)
	}
	broken := errors.New("broken")
	m.Sent("feishu", bot.Result{})
	m.Sent("wecom", bot.Result{Err: broken})
	m.Sent("wecom", bot.Result{Err: broken, Final: true})
	m.Sent("wecom", bot.Result{Err: broken, Held: true})
	m.Ticked(3*time.Second, broken)
	m.Signal("taken")
	if err := st.InTx(t.Context(), func(tx *store.Tx) error {
		return tx.SetClocks("incident/YQ-20260310-001", []store.Clock{{Kind: "ack", At: tx.Now.Add(-time.Minute), Due: tx.Now}, {Kind: "final", At: tx.Now.Add(time.Hour), Due: tx.Now}})
	}); err != nil {
		t.Fatal(err)
	}
	expect(t, h, "/metrics", http.StatusOK,
		`fenghuo_events_total{kind="`+string(bot.Said)+`",platform="feishu"} 1`,
		`fenghuo_sends_total{platform="feishu",result="sent"} 1`,
		`fenghuo_sends_total{platform="wecom",result="retry"} 1`,
		`fenghuo_sends_total{platform="wecom",result="refused"} 1`,
		`fenghuo_sends_total{platform="wecom",result="held"} 1`,
		`fenghuo_tick_seconds_bucket{le="2"} 0`, `fenghuo_tick_seconds_bucket{le="10"} 1`, "fenghuo_ticks_failed_total 1",
		"fenghuo_clocks_armed 2", "fenghuo_clocks_overdue 1", "fenghuo_incidents_open 0", "fenghuo_signals_waiting 0", `fenghuo_signals_total{outcome="taken"} 1`, "fenghuo_outbox_queued 0",
		"fenghuo_inbox_parked 0", "fenghuo_inbox_dead 0", "fenghuo_outbox_unconfirmed 0", "fenghuo_outbox_oldest_seconds 0", "fenghuo_redis_away 0")
	away = true
	expect(t, h, "/metrics", http.StatusOK, "fenghuo_redis_away 1")
}
