package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"fenghuo/bot"
	"fenghuo/bot/bottest"
	"fenghuo/config"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// world is the whole service among people: the real app with cron, dispatcher and a SQLite file, in a
// bubble where time costs nothing.
type world struct {
	t      *testing.T
	feishu *bottest.Chat
	wecom  *bottest.Chat
	log    *bottest.Log
	org    *roster.Org
	dir    string
	zone   *time.Location
	form   string // an enterprise's own, instead of the shipped one
	app    *app
	cancel context.CancelFunc
	done   chan error
}

// smoke plays in a bubble and begins at a local time: 2026-03-10 09:00.
func smoke(t *testing.T, start string, play func(w *world)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.until(start)
		w.start()
		t.Cleanup(w.stop) // runs before the chats look for what nobody read
		play(w)
	})
}

func newWorld(t *testing.T) *world {
	t.Helper()
	p, err := demoParts(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(p.org.Zone)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, org: p.org, dir: t.TempDir(), zone: zone, log: bottest.NewLog(t)}
	w.feishu, w.wecom = w.chat("feishu"), w.chat("wecom")
	return w
}

func (w *world) chat(platform string) *bottest.Chat {
	cfg := bottest.Config{Platform: platform, Bot: w.org.Bot, Names: map[string]string{}, Accounts: map[string]string{},
		Topics: map[string]bool{}, Settle: synctest.Wait}
	for _, p := range w.org.People {
		cfg.Names[p.ID], cfg.Accounts[p.ID] = p.Name, p.Accounts[platform]
	}
	for _, g := range w.org.Groups {
		if g.Platform == platform {
			cfg.Topics[g.ID] = g.Topics
		}
	}
	return bottest.New(w.t, cfg)
}

// start runs the service, for the first time or again on the same data.
func (w *world) start() {
	w.t.Helper()
	w.app, w.cancel, w.done = w.run("", func(s bot.Sink) { w.feishu.Connect(s); w.wecom.Connect(s) })
}

// beside starts a second replica on the same data; it hears nothing, and looks after clocks and messages.
func (w *world) beside() *app {
	w.t.Helper()
	a, cancel, done := w.run("beside/1", nil)
	w.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("second replica ended: %v", err)
		}
	})
	return a
}

func (w *world) run(name string, connect func(bot.Sink)) (a *app, cancel context.CancelFunc, done chan error) {
	w.t.Helper()
	p, err := demoParts(w.log.Logger())
	if err != nil {
		w.t.Fatal(err)
	}
	if w.form != "" {
		if p.form, err = config.LoadForm(w.form); err != nil {
			w.t.Fatal(err)
		}
	}
	p.org, p.now, p.shared, p.connect = w.org, time.Now, store.NewMemory(time.Now), connect
	p.platforms = []bot.Platform{w.feishu, w.wecom}
	cfg := &config.Config{DataDir: w.dir, Timezone: w.org.Zone, Database: config.Database{URL: config.Secret("sqlite:" + w.file())}}
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.t.Context())) // ends by stop, before the test's own
	if a, err = newApp(ctx, cfg, p); err != nil {
		w.t.Fatal(err)
	}
	if name != "" {
		a.scheduler.Self = name
	}
	done = make(chan error, 1)
	go func() { done <- a.Run(ctx, nil) }()
	synctest.Wait()
	return a, cancel, done
}

func (w *world) file() string { return filepath.Join(w.dir, "fenghuo.db") }

// stop asks the service to stop and waits for it; five seconds it may take.
func (w *world) stop() {
	w.t.Helper()
	if w.cancel == nil {
		return
	}
	asked := time.Now()
	w.cancel()
	w.cancel = nil
	if err := <-w.done; err != nil {
		w.t.Errorf("service ended: %v", err)
	}
	if took := time.Since(asked); took > stopLimit {
		w.t.Errorf("stopping took %s", took)
	}
}

// until lets time pass: to 09:31 of the same day, or to 2026-03-11 08:30. It ends just after that minute
// has begun, so that what is due in it has been done.
func (w *world) until(at string) {
	w.t.Helper()
	day := time.Now().In(w.zone).Format("2006-01-02 ")
	if len(at) > len("15:04") {
		day = ""
	}
	to, err := time.ParseInLocation("2006-01-02 15:04", day+at, w.zone)
	if err != nil {
		w.t.Fatal(err)
	}
	if to = to.Add(time.Second); to.Before(time.Now()) {
		w.t.Fatalf("%s has passed", at)
	}
	time.Sleep(time.Until(to))
	synctest.Wait()
}

// incident is what the registry holds.
func (w *world) incident(number string) *incident.Incident {
	w.t.Helper()
	var inc *incident.Incident
	err := w.app.store.View(w.t.Context(), func(tx *store.Tx) (err error) {
		inc, err = tx.Incident(number)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return inc
}

// sql changes the database behind the service's back.
func (w *world) sql(statements ...string) {
	w.t.Helper()
	db, err := gorm.Open(sqlite.Open("file:"+w.file()+"?_pragma=busy_timeout(5000)"), &gorm.Config{Logger: logger.Discard})
	if err != nil {
		w.t.Fatal(err)
	}
	pool, err := db.DB()
	if err != nil {
		w.t.Fatal(err)
	}
	defer pool.Close()
	for _, s := range statements {
		if err := db.Exec(s).Error; err != nil {
			w.t.Fatalf("%s: %v", s, err)
		}
	}
}

// reported is a level III report of zhoumin's in a topic of G1, registered at once; the answers on the
// way are skimmed. It returns the topic.
func (w *world) reported(title string) string {
	w.t.Helper()
	topic := w.feishu.Says("zhoumin", "G1", "@舆报助手 上报")
	for _, text := range []string{title, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"} {
		w.feishu.Says("zhoumin", topic, text)
	}
	w.feishu.Expect(topic, "请核对", title, "黄/三级")
	w.feishu.Skim()
	w.feishu.Says("zhoumin", topic, "提交")
	w.feishu.Expect(topic, "已登记", "【黄/三级】", "@王蕾", "@周敏")
	w.feishu.Expect("@xuqing", "先知悉")
	return topic
}

const bug = "滨江店顾客发视频说酸奶杯里有虫"
