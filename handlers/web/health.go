// Package web is what the service shows over HTTP besides the platforms' callbacks: health, metrics and
// the registry beside the built-in chat.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"fenghuo/store"
)

// probeLimit is how long a check may take; an orchestrator asks again.
const probeLimit = 2 * time.Second

// Health serves /healthz (the process answers), /readyz (the database answers and has this version's
// schema) and /metrics (Prometheus).
func Health(st *store.Store, m *Metrics, log *slog.Logger) *http.ServeMux {
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
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
