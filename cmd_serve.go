package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"fenghuo/config"
	"fenghuo/internal/calendar"
	"fenghuo/store"
)

type serveCmd struct {
	Config string `required:"" type:"existingfile" help:"Configuration file."`
}

// Help shows how it is used.
func (serveCmd) Help() string {
	return "Example:\n  fenghuo migrate --config config.yaml && fenghuo serve --config config.yaml\n\nEvery key can also come from the environment: FENGHUO_DATABASE_URL, or FENGHUO_DATABASE_URL_FILE for a file that holds it."
}

func environ() []string { return os.Environ() }

// Run serves until it is interrupted.
func (c serveCmd) Run(e *env) error {
	cfg, err := config.Load(c.Config, environ())
	if err != nil {
		return usage(err)
	}
	p, err := configuredParts(e, cfg)
	if err != nil {
		return usage(err)
	}
	shared, closer, err := openShared(e, cfg)
	if err != nil {
		return err
	}
	defer closer()
	p.shared, p.common = shared, cfg.Redis.URL.Reveal() != ""
	if err := p.withFeishu(cfg); err != nil {
		return usage(err)
	}
	if err := p.withWecom(cfg); err != nil {
		return usage(err)
	}
	if cfg.Webchat.Enabled && len(p.links) > 0 {
		return usage(errors.New("webchat.enabled: the built-in chat stands in for Feishu and WeCom; switch it off, or remove their keys"))
	}
	if !cfg.Webchat.Enabled && len(p.links) == 0 {
		return usage(errors.New("no platform to talk on: give the keys feishu.… or wecom.… (docs/feishu.md, docs/wecom.md), or set webchat.enabled to try the built-in chat"))
	}
	if cfg.Webchat.Enabled {
		if err := p.withChat(cfg, nil); err != nil {
			return err
		}
	}
	return listenAndRun(e, cfg, p, func(at net.Addr) { e.log.Info("listening", "addr", at.String()) })
}

func configuredParts(e *env, cfg *config.Config) (parts, error) {
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return parts{}, err
	}
	cal, err := config.LoadCalendar(zone, cfg.Calendar)
	if err != nil {
		return parts{}, err
	}
	if year := e.now().In(zone).Year(); !cal.Covers(year) {
		return parts{}, &calendar.MissingYearError{Year: year}
	}
	org, err := config.LoadOrg(cfg.Org, cal)
	if err != nil {
		return parts{}, err
	}
	policy, err := config.LoadPolicy(cfg.Policy)
	if err != nil {
		return parts{}, err
	}
	f, err := config.LoadForm(cfg.Form)
	if err != nil {
		return parts{}, err
	}
	plans, err := config.LoadPlans(cfg.Plans)
	if err != nil {
		return parts{}, err
	}
	scheme, err := config.LoadScore(cfg.Score)
	if err != nil {
		return parts{}, err
	}
	drills, err := config.LoadDrills(cfg.Drills)
	if err != nil {
		return parts{}, err
	}
	return parts{now: e.now, log: e.log, org: org, calendar: cal, policy: policy, form: f, plans: plans, drills: drills, score: scheme}, nil
}

func openShared(e *env, cfg *config.Config) (store.Shared, func(), error) {
	if cfg.Redis.URL.Reveal() == "" {
		return store.NewMemory(e.now), func() {}, nil
	}
	shared, closer, err := store.NewRedis(e.ctx, cfg.Redis.URL.Reveal(), e.log)
	if err != nil {
		return nil, nil, err
	}
	return store.NewStandIn(shared, e.now, e.log), func() { _ = closer.Close() }, nil
}

// listenAndRun binds the address, starts the service and tells started where it listens.
func listenAndRun(e *env, cfg *config.Config, p parts, started func(net.Addr)) error {
	ln, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another with the key listen", cfg.Listen, err)
	}
	a, err := newApp(e.ctx, cfg, p)
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	started(ln.Addr())
	return a.Run(e.ctx, ln)
}
