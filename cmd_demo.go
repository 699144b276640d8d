package main

import (
	_ "embed"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fenghuo/config"
	"fenghuo/store"
)

//go:embed testdata/org/jianglan.yaml
var demoOrg []byte

type demoCmd struct {
	Listen  string `default:"127.0.0.1:8080" help:"Address of the page. If it is taken, another port is used."`
	DataDir string `type:"path" help:"Keep the data here; without it everything is gone at the end."`
}

// Help shows how it is used.
func (demoCmd) Help() string {
	return "Examples:\n  fenghuo demo\n  fenghuo demo --data-dir ./demo --listen 127.0.0.1:9000\n\nThe page is at /chat. Time is virtual there: move it with the buttons at the bottom."
}

// demoStart is when the story of a fresh demo begins: a Tuesday morning in Shanghai.
var demoStart = time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC)

// Run serves the made-up company until it is interrupted.
func (c demoCmd) Run(e *env) error {
	dir, clean, err := c.dataDir()
	if err != nil {
		return err
	}
	defer clean()
	log := slog.New(slog.NewTextHandler(e.stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	p, err := demoParts(log)
	if err != nil {
		return err
	}
	if p.plans, err = config.LoadPlans("plans-v1"); err != nil {
		return err
	}
	cfg := &config.Config{Listen: c.free(), DataDir: dir, Timezone: p.org.Zone, Secret: playSecret,
		Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(dir, "fenghuo.db"))}}
	if !strings.HasSuffix(cfg.Listen, ":0") { // the port is known
		cfg.PublicURL = "http://" + cfg.Listen
	}
	start, err := demoTime(e, cfg)
	if err != nil {
		return err
	}
	clock := newDemoClock(start, e.now)
	p.now, p.chores, p.shared = clock.Now, clock.run, store.NewMemory(clock.Now)
	if err := p.withChat(cfg, clock); err != nil {
		return err
	}
	return listenAndRun(e, cfg, p, func(at net.Addr) {
		fmt.Fprintf(e.stdout, "烽火演示：%s\n打开  http://%s/chat   停止按 Ctrl-C\n", p.org.Name, at)
	})
}

// demoParts are what the demonstration runs with; it adds the plans.
func demoParts(log *slog.Logger) (parts, error) {
	org, err := config.ParseOrg(demoOrg, "jianglan.yaml")
	if err != nil {
		return parts{}, err
	}
	policy, err := config.LoadPolicy("default-v1")
	if err != nil {
		return parts{}, err
	}
	f, err := config.LoadForm("kuaibao-v1")
	if err != nil {
		return parts{}, err
	}
	scheme, err := config.LoadScore("score-v1")
	if err != nil {
		return parts{}, err
	}
	drills, err := config.LoadDrills("drills-v1")
	if err != nil {
		return parts{}, err
	}
	return parts{log: log, org: org, policy: policy, form: f, drills: drills, score: scheme, migrate: true}, nil
}

// playSecret seals what is kept of a story that is played: nothing in it is secret.
const playSecret config.Secret = "a story that is played"

func (c demoCmd) dataDir() (dir string, clean func(), err error) {
	if c.DataDir != "" {
		return c.DataDir, func() {}, os.MkdirAll(c.DataDir, 0o700)
	}
	dir, err = os.MkdirTemp("", "fenghuo-demo-")
	return dir, func() { _ = os.RemoveAll(dir) }, err
}

// free is the address asked for, or another port of the same host when it is taken.
func (c demoCmd) free() string {
	ln, err := net.Listen("tcp", c.Listen)
	if err == nil {
		_ = ln.Close()
		return c.Listen
	}
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return c.Listen
	}
	return net.JoinHostPort(host, "0")
}

// demoTime is where the virtual clock goes on: the story's beginning, or where kept data stopped.
func demoTime(e *env, cfg *config.Config) (time.Time, error) {
	if _, err := os.Stat(filepath.Join(cfg.DataDir, "fenghuo.db")); err != nil {
		return demoStart, nil
	}
	st, err := store.Open(e.ctx, store.Config{URL: cfg.Database.URL.Reveal(), DataDir: cfg.DataDir, Now: e.now})
	if err != nil {
		return time.Time{}, err
	}
	defer st.Close()
	last := demoStart
	err = st.View(e.ctx, func(tx *store.Tx) error {
		tick, err := tx.Mark("tick")
		if tick.After(last) {
			last = tick
		}
		return err
	})
	return last, err
}
