package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"fenghuo/bot"
	"fenghuo/store"
)

// Metrics is what the service counts as it goes and what is waiting when somebody asks.
type Metrics struct {
	registry *prometheus.Registry
	in       *prometheus.CounterVec
	out      *prometheus.CounterVec
	ticks    prometheus.Histogram
	failed   prometheus.Counter
	signals  *prometheus.CounterVec
}

// NewMetrics counts from zero. away reports whether what replicas share is out of reach; nil: nothing is shared.
func NewMetrics(st *store.Store, away func() bool, log *slog.Logger) *Metrics {
	m := &Metrics{registry: prometheus.NewRegistry(),
		in:      prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fenghuo_events_total", Help: "Events from a platform."}, []string{"platform", "kind"}),
		out:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fenghuo_sends_total", Help: "Attempts to send, by what came of them."}, []string{"platform", "result"}),
		ticks:   prometheus.NewHistogram(prometheus.HistogramOpts{Name: "fenghuo_tick_seconds", Help: "How long the chores of a minute took.", Buckets: []float64{.005, .02, .1, .5, 2, 10, 60}}),
		failed:  prometheus.NewCounter(prometheus.CounterOpts{Name: "fenghuo_ticks_failed_total", Help: "Minutes in which some chore failed."}),
		signals: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fenghuo_signals_total", Help: "Monitoring signals, by what came of them."}, []string{"outcome"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		&waiting{store: st, log: log}, m.in, m.out, m.ticks, m.failed, m.signals)
	if away != nil {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "fenghuo_redis_away", Help: "1 while Redis does not answer."}, func() float64 {
			if away() {
				return 1
			}
			return 0
		}))
	}
	return m
}

// Sink counts what comes in on its way to next.
func (m *Metrics) Sink(next bot.Sink) bot.Sink { return counting{next, m.in} }

type counting struct {
	bot.Sink
	in *prometheus.CounterVec
}

func (c counting) Receive(ctx context.Context, ev bot.Event) (string, error) {
	c.in.WithLabelValues(ev.Platform, string(ev.Kind)).Inc()
	return c.Sink.Receive(ctx, ev)
}

// Sent counts an attempt to send on a platform.
func (m *Metrics) Sent(platform string, res bot.Result) {
	result := "sent"
	switch {
	case res.Held:
		result = "held"
	case res.Err != nil && res.Final:
		result = "refused"
	case res.Err != nil:
		result = "retry"
	}
	m.out.WithLabelValues(platform, result).Inc()
}

// Ticked counts a minute's chores.
func (m *Metrics) Ticked(took time.Duration, err error) {
	m.ticks.Observe(took.Seconds())
	if err != nil {
		m.failed.Inc()
	}
}

// Signal counts a monitoring signal: taken, known, forged, wrong, failed.
func (m *Metrics) Signal(outcome string) { m.signals.WithLabelValues(outcome).Inc() }

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
	armed       = desc("clocks_armed", "Clocks that run.")
	overdue     = desc("clocks_overdue", "Clocks whose time has come and that have not gone off.")
	inHand      = desc("incidents_open", "Incidents not closed.")
	leads       = desc("signals_waiting", "Monitoring signals nobody has decided about.")
)

// Describe names the gauges.
func (c *waiting) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{queued, queueAge, undelivered, parked, dead, armed, overdue, inHand, leads} {
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
	gauge(armed, float64(s.Clocks))
	gauge(overdue, float64(s.ClocksOverdue))
	gauge(inHand, float64(s.OpenIncidents))
	gauge(leads, float64(s.SignalsWaiting))
}
