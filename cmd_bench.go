package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fenghuo/bot"
	"fenghuo/config"
	"fenghuo/store"

	"golang.org/x/sync/errgroup"
)

type benchCmd struct {
	Dir     string `type:"existingdir" placeholder:"DIR" help:"Measure on the disk of this folder; nothing is left there. Without it, on that of temporary files."`
	Reports int    `default:"200" help:"How many reports are filed, 9 messages each."`
	People  int    `default:"10" help:"How many people write at once, at most all of the made-up company."`
}

// Help shows how it is used.
func (benchCmd) Help() string {
	return "Examples:\n  fenghuo bench\n  fenghuo bench --dir /var/lib/fenghuo --reports 1000\n\nThe real service on a SQLite file of its own, every message on disk before it is answered; nothing is sent anywhere. The time shown is real, that of the reports is virtual."
}

// Run files reports, sends what there is to say, and lets the ladders of all incidents climb at once.
func (c benchCmd) Run(e *env) error {
	if c.Reports < 1 || c.People < 1 {
		return usage(errors.New("--reports and --people are 1 or more"))
	}
	dir, err := os.MkdirTemp(c.Dir, "fenghuo-bench-")
	if err != nil {
		return usage(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	w, err := newWorkload(e.ctx, dir)
	if err != nil {
		return err
	}
	defer func() { _ = w.app.Close() }()

	messages, filing, err := w.file(e.ctx, c.Reports, c.People)
	if err != nil {
		return err
	}
	slices.Sort(messages)
	fmt.Fprintf(e.stdout, "收一条消息（落盘后才答复）  中位 %s　95%%在 %s 内　最慢 %s　每秒 %.0f 条\n",
		brief(share(messages, 0.5)), brief(share(messages, 0.95)), brief(messages[len(messages)-1]), float64(len(messages))/filing.Seconds())
	sent, sending, err := w.drain(e.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "发出%d条（不算平台的时间）  每秒 %.0f 条\n", sent, float64(sent)/sending.Seconds())
	idle, err := w.tick(e.ctx, time.Minute)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "每分钟检查一次，没有到期的  %s\n", brief(idle))
	climb, err := w.tick(e.ctx, 15*time.Minute)
	if err != nil {
		return err
	}
	fmt.Fprintf(e.stdout, "%d件同时催办  %s\n", c.Reports, brief(climb))
	return nil
}

// share is the duration that a share of the sorted ones do not exceed.
func share(sorted []time.Duration, of float64) time.Duration {
	return sorted[int(of*float64(len(sorted)-1))]
}

func brief(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f毫秒", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.1f秒", d.Seconds())
}

// taker is a platform that takes everything, and counts.
type taker struct{ taken *atomic.Int64 }

func (taker) Name() string { return "feishu" }

func (t taker) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	t.taken.Add(1)
	return bot.Receipt{Message: "m/" + out.Key, Thread: out.Place.Thread, Confirmed: true}, nil
}

// workload is the service of the made-up company on a SQLite file, with time that only whoever holds it moves.
type workload struct {
	cfg *config.Config
	p   parts
	app *app
	at  atomic.Int64 // unix microseconds

	taken atomic.Int64 // messages the platform was given
}

func newWorkload(ctx context.Context, dir string) (*workload, error) {
	p, err := demoParts(slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	w := &workload{cfg: &config.Config{Timezone: p.org.Zone, DataDir: dir, Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(dir, "fenghuo.db"))}}}
	w.at.Store(demoStart.UnixMicro())
	p.now, p.platforms, p.shared = w.now, []bot.Platform{taker{&w.taken}}, store.NewMemory(w.now)
	w.p = p
	return w, w.start(ctx)
}

func (w *workload) start(ctx context.Context) (err error) {
	w.app, err = newApp(ctx, w.cfg, w.p)
	return err
}

func (w *workload) now() time.Time { return time.UnixMicro(w.at.Load()).UTC() }

func (w *workload) pass(d time.Duration) { w.at.Add(d.Microseconds()) }

// say is one message of a person in the private chat with the bot.
func (w *workload) say(ctx context.Context, person, key, text string) error {
	_, err := w.app.service.Receive(ctx, bot.Event{Platform: "feishu", Keys: []string{key}, Kind: bot.Said, At: w.now(),
		Place: bot.Place{Platform: "feishu", Person: person}, Message: key, Sender: "ou_" + person, ToBot: true, Text: text})
	return err
}

// reportWords are one report from the first word to the last.
func reportWords(n int) []string {
	return []string{"上报", fmt.Sprintf("滨江店顾客发视频说酸奶杯里有虫（第%d次）", n), "抖音", fmt.Sprintf("https://v.example.test/b/%d", n), "刚刚", "滨江店", "1", "1", "提交"}
}

// file has people write reports at once; it returns how long each message took, and all of them.
func (w *workload) file(ctx context.Context, reports, people int) ([]time.Duration, time.Duration, error) {
	var mu sync.Mutex
	var took []time.Duration
	var next atomic.Int64
	began := time.Now()
	g, ctx := errgroup.WithContext(ctx)
	for _, person := range w.p.org.People[:min(people, len(w.p.org.People))] {
		g.Go(func() error {
			for n := next.Add(1); n <= int64(reports); n = next.Add(1) {
				for i, text := range reportWords(int(n)) {
					asked := time.Now()
					if err := w.say(ctx, person.ID, fmt.Sprintf("ev-%d-%d", n, i), text); err != nil {
						return err
					}
					mu.Lock()
					took = append(took, time.Since(asked))
					mu.Unlock()
				}
			}
			return nil
		})
	}
	err := g.Wait()
	return took, time.Since(began), err
}

// drain sends all there is to send; what the platform's limits put off is sent at once, later in virtual time.
func (w *workload) drain(ctx context.Context) (sent int64, took time.Duration, err error) {
	began := time.Now()
	for {
		retry, err := w.app.dispatcher.Drain(ctx)
		if err != nil || retry.IsZero() {
			return w.taken.Load(), time.Since(began), err
		}
		w.at.Store(max(w.at.Load(), retry.UnixMicro()))
	}
}

// tick lets time pass without the service having been away, and does what the minute asks for.
func (w *workload) tick(ctx context.Context, after time.Duration) (time.Duration, error) {
	w.pass(after)
	if err := w.app.presentAt(ctx, w.now().Add(-time.Minute)); err != nil {
		return 0, err
	}
	began := time.Now()
	err := w.app.scheduler.Tick(ctx)
	return time.Since(began), err
}
