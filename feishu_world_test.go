package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// lark is the whole service on a Feishu of its own, in a bubble where time costs nothing: the real app with
// cron, dispatcher and a SQLite file, the real adapter, and HTTP and the long connection over pipes.
type lark struct {
	t      *testing.T
	mode   string
	bad    bool // the service has the keys of another app
	rooms  bool // it may make groups
	org    *roster.Org
	zone   *time.Location
	dir    string
	log    *keptLog
	p      *feishutest.Platform
	client *http.Client // to the platform
	door   *door
	app    *app
	cancel context.CancelFunc
	done   chan error
}

// door is the service's address: behind it is the app that runs, if one does.
type door struct{ inside atomic.Pointer[http.Handler] }

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := d.inside.Load(); h != nil {
		(*h).ServeHTTP(w, r)
		return
	}
	http.Error(w, "not there", http.StatusServiceUnavailable)
}

// The app's secrets. None of them may be seen anywhere.
const (
	larkSecret = "S3cret+of/the=app"
	larkKey    = "3ncrypt-k3y"
	larkToken  = "v3rification-t0ken"
)

var larkModes = []string{feishu.ModeHTTP, feishu.ModeWebsocket}

// inLark plays in a bubble and begins at a local time. change may alter what the platform knows.
func inLark(t *testing.T, mode, start string, org *roster.Org, change func(*feishutest.Options), play func(w *lark)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newLark(t, mode, org, change)
		w.until(start)
		beating, stop := context.WithCancel(context.Background())
		go w.beat(beating)
		w.start()
		defer func() {
			stop()
			w.stop()
			w.leavesNothing()
		}()
		play(w)
	})
}

func newLark(t *testing.T, mode string, org *roster.Org, change func(*feishutest.Options)) *lark {
	t.Helper()
	zone, err := time.LoadLocation(org.Zone)
	if err != nil {
		t.Fatal(err)
	}
	w := &lark{t: t, mode: mode, org: org, zone: zone, dir: t.TempDir(), log: &keptLog{}, door: &door{}}
	o := simOptions(org, time.Now)
	o.AppSecret, o.EncryptKey, o.VerificationToken = larkSecret, larkKey, larkToken
	o.Scopes, o.Zone = append(feishutest.Scopes(), "im:message.group_msg"), zone
	var shut func()
	o.Client, shut = feishutest.Local(w.door)
	t.Cleanup(shut)
	if mode == feishu.ModeHTTP {
		o.EventURL, o.CardURL = "http://bot.test/feishu/event", "http://bot.test/feishu/card"
	}
	if change != nil {
		change(&o)
	}
	w.p = feishutest.New(o)
	w.client, shut = feishutest.Local(w.p)
	t.Cleanup(shut)
	return w
}

// beat lets the platform repeat what was not taken, when it is due.
func (w *lark) beat(ctx context.Context) {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			w.p.Tick(ctx)
		}
	}
}

// start runs the service, for the first time or again on the same data.
func (w *lark) start() {
	w.t.Helper()
	p, err := demoParts(w.log.Logger())
	if err != nil {
		w.t.Fatal(err)
	}
	p.org, p.now, p.shared, p.http = w.org, time.Now, store.NewMemory(time.Now), w.client
	o := w.p.Options()
	if w.bad {
		o.AppSecret, o.EncryptKey, o.VerificationToken = larkSecret+"-2", larkKey+"-2", larkToken+"-2"
	}
	cfg := &config.Config{DataDir: w.dir, Timezone: w.org.Zone, Secret: "sixteen characters", Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(w.dir, "fenghuo.db"))}}
	cfg.Feishu.AppID, cfg.Feishu.AppSecret, cfg.Feishu.Mode = o.AppID, config.Secret(o.AppSecret), w.mode
	cfg.Feishu.BaseURL, cfg.Feishu.MakeGroups = "http://feishu.test", w.rooms
	if w.mode == feishu.ModeHTTP {
		cfg.Feishu.EncryptKey, cfg.Feishu.VerificationToken = config.Secret(o.EncryptKey), config.Secret(o.VerificationToken)
	}
	if err := p.withFeishu(cfg); err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if w.app, err = newApp(ctx, cfg, p); err != nil {
		w.t.Fatal(err)
	}
	w.cancel, w.done = cancel, make(chan error, 1)
	h := w.app.handler()
	w.door.inside.Store(&h)
	a, done := w.app, w.done
	go func() { done <- a.Run(ctx, nil) }()
	synctest.Wait()
}

// stop asks the service to stop and waits for it.
func (w *lark) stop() {
	w.t.Helper()
	if w.cancel == nil {
		return
	}
	asked := time.Now()
	w.door.inside.Store(nil)
	w.cancel()
	w.cancel = nil
	if err := <-w.done; err != nil {
		w.t.Errorf("service ended: %v", err)
	}
	if took := time.Since(asked); took > stopLimit {
		w.t.Errorf("stopping took %s", took)
	}
}

// until lets time pass: to 09:31 of the same day, or to 2026-03-11 08:30, and until what is due then is done.
func (w *lark) until(at string) {
	w.t.Helper()
	day := time.Now().In(w.zone).Format("2006-01-02 ")
	if len(at) > len("15:04") {
		day = ""
	}
	to, err := time.ParseInLocation("2006-01-02 15:04", day+at, w.zone)
	if err != nil {
		w.t.Fatal(err)
	}
	w.at(to)
}

// at is a moment at which all that is due has been done.
func (w *lark) at(to time.Time) {
	w.t.Helper()
	if to.Before(time.Now()) {
		w.t.Fatalf("%s has passed", to.In(w.zone))
	}
	time.Sleep(time.Until(to))
	synctest.Wait()
}

// pass lets time pass.
func (w *lark) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// openID is a person's on the platform.
func (w *lark) openID(person string) string {
	w.t.Helper()
	p, ok := w.org.Person(person)
	if !ok {
		w.t.Fatalf("nobody is called %q", person)
	}
	return p.Accounts[feishu.Name]
}

// chatID is a group's; of direct it is the private chat with the bot.
func (w *lark) chatID(group string) string {
	w.t.Helper()
	if group == "" || group == "direct" {
		return ""
	}
	g, ok := w.org.Group(group)
	if !ok {
		w.t.Fatalf("no group is called %q", group)
	}
	return g.ChatID
}

// leavesNothing looks for what must never be there: complaints, errors, secrets.
func (w *lark) leavesNothing() {
	w.t.Helper()
	for _, c := range w.p.Complaints() {
		w.t.Errorf("the platform complains: %s", c)
	}
	for _, line := range w.log.errors() {
		w.t.Errorf("error in the log: %s", line)
	}
	w.log.noSecrets(w.t)
	files, err := os.ReadDir(w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(w.dir, f.Name()))
		if err != nil {
			w.t.Fatal(err)
		}
		noSecrets(w.t, f.Name(), string(data))
	}
}
