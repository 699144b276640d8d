package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/config"
	"fenghuo/handlers"
	"fenghuo/handlers/desk"
	"fenghuo/handlers/web"
	"fenghuo/internal/calendar"
	"fenghuo/internal/drill"
	"fenghuo/internal/form"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/plan"
	"fenghuo/internal/roster"
	"fenghuo/internal/score"
	"fenghuo/scheduler"
	"fenghuo/store"
)

// parts are what differs between production, demo, replay and test.
type parts struct {
	now       func() time.Time
	log       *slog.Logger
	org       *roster.Org
	calendar  *calendar.Calendar // nil: the program's own, in the configured zone
	policy    *incident.Policy
	form      *form.Form
	drills    *drill.Book
	plans     *plan.Book    // nil: none
	score     *score.Scheme // nil: nothing is scored
	shared    store.Shared
	common    bool // shared is the same for all replicas
	platforms []bot.Platform
	connect   func(bot.Sink)                    // hands the service to whatever brings events; nil takes it away
	migrate   bool                              // bring the database up to date instead of refusing to start
	files     *lateFiles                        // of the platforms; nil: none brings any
	roll      *lateRoll                         // likewise
	bound     *bindings                         // of groups on WeCom; nil: it is not connected
	robots    map[string]string                 // webhook keys of the configuration, by group
	http      *http.Client                      // to the platforms; nil: each its own
	links     []link                            // the platforms that are connected
	chat      *builtInChat                      // nil: none
	chores    func(context.Context, *app) error // instead of the minute's tick; nil: the tick
}

// app is the whole service, wired.
type app struct {
	cfg        *config.Config
	parts      parts
	store      *store.Store
	desk       *desk.Desk
	service    *handlers.Service
	dispatcher *bot.Dispatcher
	scheduler  *scheduler.Scheduler
	metrics    *web.Metrics
	sink       bot.Sink // the service, counted
}

const (
	drainLimit  = 3 * time.Second // for the last messages when the service stops
	lookupLimit = 2 * time.Second // for aliases another replica made
	stopLimit   = 5 * time.Second // for the whole stop
)

// newApp opens the database and wires everything. Nothing runs until Run, or until the caller ticks and
// drains by hand.
func newApp(ctx context.Context, cfg *config.Config, p parts) (*app, error) {
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return nil, fmt.Errorf("timezone %q: %w", cfg.Timezone, err)
	}
	cal := p.calendar
	if cal == nil {
		if cal, err = calendar.New(zone); err != nil {
			return nil, err
		}
	}
	if year := p.now().In(zone).Year(); !cal.Covers(year) {
		return nil, &calendar.MissingYearError{Year: year}
	}
	st, err := openStore(ctx, cfg, p)
	if err != nil {
		return nil, err
	}
	a := &app{cfg: cfg, parts: p, store: st}
	a.wire(zone, cal)
	if secret := cfg.Secret.Reveal(); secret != "" {
		safe, err := newSealer(secret)
		if err != nil {
			return nil, errors.Join(err, st.Close())
		}
		a.desk.Safe = safe
		a.desk.Lookup = func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookupLimit)
			defer cancel()
			if err := a.desk.RecallSources(ctx, st); err != nil {
				p.log.Error("protected sources not read", "err", err)
			}
		}
	}
	if err := errors.Join(a.desk.Recall(ctx, st), a.desk.RecallSources(ctx, st)); err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return a, nil
}

func openStore(ctx context.Context, cfg *config.Config, p parts) (*store.Store, error) {
	st, err := store.Open(ctx, store.Config{URL: cfg.Database.URL.Reveal(), DataDir: cfg.DataDir, Now: p.now, Log: p.log})
	if err != nil {
		return nil, err
	}
	if p.migrate {
		err = st.Migrate(ctx)
	} else {
		err = st.CheckSchema(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, st.Close())
	}
	return st, nil
}

func (a *app) wire(zone *time.Location, cal *calendar.Calendar) {
	p := a.parts
	a.desk = &desk.Desk{Org: p.org, Rules: incident.Rules{Policy: p.policy, Calendar: cal},
		Plans: p.plans, Score: p.score, Drills: p.drills, PublicURL: a.cfg.PublicURL, Voice: notice.Voice{Zone: zone}}
	a.desk.Voice.Name = a.desk.Called
	a.desk.NeedsMention = a.needsMention
	a.desk.Channels = a.channels
	a.desk.MakesGroups = a.makesGroups
	a.dispatcher = bot.NewDispatcher(a.store, p.platforms, p.shared, p.now, p.log)
	a.dispatcher.Reveal = a.desk.Reveal
	a.service = handlers.New(a.store, a.desk, p.form, a.queued, p.log)
	a.store.SetOnSettled(a.settled)
	a.scheduler = &scheduler.Scheduler{Store: a.store, Desk: a.desk, Forms: a.service, Drills: a.service, Retry: a.service.Retry,
		Wake: a.dispatcher.Wake, Lease: p.shared, Common: p.common, Self: replica(), Log: p.log}
	a.scheduler.Prepare()
	if p.files != nil {
		p.files.store = a.store
	}
	if p.bound != nil {
		a.scheduler.Fading = p.fading(a.store, p.robots)
		p.bound.store, p.bound.tell = a.store, a.tellAdmins
	}
	if p.roll != nil {
		p.roll.Roll = a.store
	}
	var away func() bool
	if s, ok := p.shared.(*store.StandIn); ok {
		away = s.Away
	}
	a.metrics = web.NewMetrics(a.store, away, p.log)
	a.scheduler.Ticked = a.metrics.Ticked
	a.sink = a.metrics.Sink(a.service)
	if p.connect != nil {
		p.connect(a.sink)
	}
}

// queued wakes who sends, and who looks whether it arrives.
func (a *app) queued() {
	a.dispatcher.Wake()
	a.scheduler.Queued()
}

// settled does what follows from an attempt; what could not be delivered takes its next channel soon.
func (a *app) settled(tx *store.Tx, row store.PostRow, res bot.Result) error {
	a.metrics.Sent(row.Platform, res)
	if res.Err != nil && res.Final {
		defer a.scheduler.Queued()
	}
	return a.desk.Settled(tx, row, res)
}

// needsMention reports a platform on which, in groups, the bot hears only what mentions it.
func (a *app) needsMention(platform string) bool {
	for _, l := range a.parts.links {
		if l.platform.Name() == platform {
			return l.mention()
		}
	}
	return false
}

// channels are the ways of a platform to a person.
func (a *app) channels(platform, person string) []string {
	for _, p := range a.parts.platforms {
		if c, ok := p.(bot.Channels); ok && p.Name() == platform {
			return c.Channels(person)
		}
	}
	return nil
}

// makesGroups reports a platform on which the bot makes groups.
func (a *app) makesGroups(platform string) bool {
	for _, p := range a.parts.platforms {
		if m, ok := p.(bot.GroupMaker); ok && p.Name() == platform {
			return m.MakesGroups()
		}
	}
	return false
}

// tellAdmins tells administrators what they can mend: the same once a day.
func (a *app) tellAdmins(ctx context.Context, advice string) {
	err := a.store.InTx(ctx, func(tx *store.Tx) error {
		w := a.desk.On(tx, "upkeep")
		return w.TellAdmins("mend/"+w.Now.In(w.Rules.Calendar.Zone()).Format(time.DateOnly)+"/"+advice[:min(len(advice), 30)], "要管理员处理", w.Voice.Mend(advice))
	})
	if err != nil {
		a.parts.log.Error("administrators not told", "err", err)
	}
	a.dispatcher.Wake()
}

// replica names this process among others on the same database.
func replica() string {
	host, err := os.Hostname()
	if err != nil {
		host = "localhost"
	}
	return fmt.Sprintf("%s/%d", host, os.Getpid())
}

// Run serves until ctx ends: events, clocks, messages, pages. It stops within stopLimit, sending what
// is already due.
func (a *app) Run(ctx context.Context, ln net.Listener) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { a.dispatcher.Run(ctx, drainLimit); return nil })
	group.Go(func() error {
		if a.parts.chores != nil {
			return a.parts.chores(ctx, a)
		}
		return a.scheduler.Run(ctx)
	})
	for _, l := range a.parts.links {
		group.Go(func() error { return l.run(ctx, a.sink) })
		if l.connected != nil {
			group.Go(func() error { a.watchConnection(ctx, l); return nil })
		}
	}
	if feeds := a.feeds(); len(feeds.Sources) > 0 {
		group.Go(func() error { return feeds.Run(ctx) })
	}
	if ln != nil {
		group.Go(func() error { return a.serveHTTP(ctx, ln) })
	}
	err := group.Wait()
	return errors.Join(err, a.Close())
}

// serveHTTP answers until ctx ends, then finishes what was begun.
func (a *app) serveHTTP(ctx context.Context, ln net.Listener) error {
	srv := &http.Server{Handler: a.handler(), ReadHeaderTimeout: 10 * time.Second}
	if a.parts.chat != nil {
		srv.RegisterOnShutdown(func() { _ = a.parts.chat.Close() }) // pages that listen for news would stay open
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ln) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil {
		return srv.Close()
	}
	return nil
}

// handler is everything the service shows over HTTP.
func (a *app) handler() http.Handler {
	mux := web.Health(a.store, a.metrics, a.parts.log)
	if key := a.cfg.Signals.Secret.Reveal(); key != "" {
		mux.Handle("POST /signals", &web.Signals{Key: key, Take: a.service.Signal, Now: a.parts.now, Counted: a.metrics.Signal, Log: a.parts.log})
	}
	mux.Handle("GET "+desk.AlbumPath, &web.Albums{Store: a.store, Desk: a.desk, Log: a.parts.log})
	for _, l := range a.parts.links {
		l.routes(mux, a.sink)
	}
	if chat := a.parts.chat; chat != nil {
		pages := chat.Handler(webchat.PageOptions{Title: "烽火 · " + a.parts.org.Name, Clock: chat.clock,
			Registry: &web.Beside{Store: a.store, Desk: a.desk}})
		mux.Handle("/chat", pages)
		mux.Handle("/chat/", pages)
		mux.Handle("GET /{$}", http.RedirectHandler("/chat", http.StatusFound))
	}
	return mux
}

// Close lets go of the database. Events stay with the platforms from here on.
func (a *app) Close() error {
	if a.parts.connect != nil {
		a.parts.connect(nil)
	}
	return a.store.Close()
}

// nextDue is the next moment after which something has to be done: a tick on its whole minute, or a
// message whose turn it is.
func (a *app) nextDue(ctx context.Context, now time.Time) (time.Time, bool, error) {
	ticks, sends, err := a.store.NextWork(ctx)
	if err != nil {
		return time.Time{}, false, err
	}
	next := wholeMinute(a.scheduler.NextDigest(now))
	if !ticks.IsZero() {
		next = earliest(next, latest(wholeMinute(ticks), wholeMinute(now)))
	}
	if !sends.IsZero() {
		next = earliest(next, latest(sends, now))
	}
	return next, true, nil
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// wholeMinute is t, or the next whole minute after it.
func wholeMinute(t time.Time) time.Time {
	if m := t.Truncate(time.Minute); !m.Equal(t) {
		return m.Add(time.Minute)
	}
	return t
}

// present notes that the service is there now, so that time skipped by a stepped clock is no outage.
func (a *app) present(ctx context.Context) error { return a.presentAt(ctx, a.parts.now()) }

func (a *app) presentAt(ctx context.Context, t time.Time) error {
	return a.scheduler.Present(ctx, t)
}
