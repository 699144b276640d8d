// Package web is what the service shows over HTTP besides the platforms' callbacks: health, metrics and
// the registry beside the built-in chat.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"fenghuo/store"
)

// probeLimit is how long a check may take; an orchestrator asks again.
const probeLimit = 2 * time.Second

// Health serves /healthz (the process answers), /readyz (the database answers and has this version's
// schema) and /metrics (Prometheus).
func Health(st *store.Store, log *slog.Logger) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), probeLimit)
		defer cancel()
		if err := st.CheckSchema(ctx); err != nil {
			log.Warn("not ready", "err", err)
			plain(w, http.StatusServiceUnavailable, "database not ready\n")
			return
		}
		plain(w, http.StatusOK, "ready\n")
	})
	reg := prometheus.NewRegistry()
	reg.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), &waiting{store: st, log: log})
	mux.Handle("GET /metrics", promhttp.HandlerFor(reg, promhttp.HandlerOpts{}))
	return mux
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}

// waiting reports what is waiting, counted when asked.
type waiting struct {
	store *store.Store
	log   *slog.Logger
}

func desc(name, help string) *prometheus.Desc {
	return prometheus.NewDesc("fenghuo_"+name, help, nil, nil)
}

var (
	queued      = desc("outbox_queued", "Messages waiting to be sent.")
	queueAge    = desc("outbox_oldest_seconds", "How long the oldest message that could go has waited.")
	undelivered = desc("outbox_unconfirmed", "Messages whose delivery is unconfirmed and whose next channel is due.")
	parked      = desc("inbox_parked", "Events to be tried again.")
	dead        = desc("inbox_dead", "Events given up; an administrator must look.")
	overdue     = desc("clocks_overdue", "Clocks whose time has come and that have not gone off.")
	inHand      = desc("incidents_open", "Incidents not closed.")
)

// Describe names the gauges.
func (c *waiting) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{queued, queueAge, undelivered, parked, dead, overdue, inHand} {
		ch <- d
	}
}

// Collect counts.
func (c *waiting) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), probeLimit)
	defer cancel()
	s, err := c.store.Stats(ctx)
	if err != nil {
		c.log.Warn("metrics not counted", "err", err)
		return
	}
	age := 0.0
	if !s.OldestQueued.IsZero() {
		age = max(0, c.store.Now().Sub(s.OldestQueued).Seconds())
	}
	gauge := func(d *prometheus.Desc, v float64) { ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v) }
	gauge(queued, float64(s.Queued))
	gauge(queueAge, age)
	gauge(undelivered, float64(s.Undelivered))
	gauge(parked, float64(s.Parked))
	gauge(dead, float64(s.Dead))
	gauge(overdue, float64(s.ClocksOverdue))
	gauge(inHand, float64(s.OpenIncidents))
}
