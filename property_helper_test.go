package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/config"
	"fenghuo/store"
)

// fataler is a test or a check of rapid.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
	Logf(format string, args ...any)
}

// scribe is a fataler for a goroutine of its own: it keeps what went wrong for the test to say.
type scribe struct{ lines []string }

func (*scribe) Helper()             {}
func (*scribe) Logf(string, ...any) {}
func (s *scribe) Errorf(format string, args ...any) {
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

func (s *scribe) Fatalf(format string, args ...any) {
	s.Errorf(format, args...)
	runtime.Goexit()
}

func (s *scribe) Fatal(args ...any) { s.Fatalf("%s", fmt.Sprintln(args...)) }

// town is the made-up company with the real service on a clock of its own.
type town struct {
	t       fataler
	ctx     context.Context
	dir     string
	clock   *steppedClock
	jump    time.Duration // what the machine's clock is wrong by
	chat    *webchat.Chat
	app     *app
	stepper *stepper
	parts   parts
	cfg     *config.Config
	faulty  errorsOnly
	post    *postman
	spies   []*spy
}

// newTown opens at a moment; dir is the caller's to remove.
func newTown(t fataler, dir string, start time.Time) *town {
	t.Helper()
	w := &town{t: t, ctx: context.Background(), dir: dir, clock: newSteppedClock(start, 0, func() time.Time { return start })}
	p, err := demoParts(slog.New(&w.faulty))
	if err == nil {
		p.plans, err = config.LoadPlans("plans-v1")
	}
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(p.org.Zone)
	if err != nil {
		t.Fatal(err)
	}
	if w.chat, err = webchat.New(webchat.Config{Org: p.org, Now: w.now, Zone: zone, Files: (*townFiles)(w)}); err != nil {
		t.Fatal(err)
	}
	w.post = &postman{}
	p.now, p.shared = w.now, store.NewMemory(w.now)
	for _, pl := range w.chat.Platforms() {
		s := &spy{Platform: pl, updater: pl.(bot.CardUpdater), taken: map[string]string{}}
		w.spies = append(w.spies, s)
		p.platforms = append(p.platforms, s)
	}
	p.connect = func(sink bot.Sink) {
		if w.post.sink = sink; sink == nil {
			w.chat.Connect(nil)
			return
		}
		w.chat.Connect(w.post)
	}
	w.parts = p
	w.cfg = &config.Config{Timezone: p.org.Zone, DataDir: dir, Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(dir, "fenghuo.db"))}}
	w.open()
	return w
}

func (w *town) now() time.Time { return w.clock.Now().Add(w.jump) }

func (w *town) open() {
	w.t.Helper()
	var err error
	if w.app, err = newApp(w.ctx, w.cfg, w.parts); err != nil {
		w.t.Fatal(err)
	}
	w.app.dispatcher = bot.NewDispatcher(single{w.app.store}, w.parts.platforms, w.parts.shared, w.now, w.parts.log)
	w.stepper = &stepper{clock: w.clock, apps: []*app{w.app}}
	w.tick()
}

func (w *town) tick() {
	w.t.Helper()
	if err := w.app.scheduler.Tick(w.ctx); err != nil {
		w.t.Fatal(err)
	}
	w.settle()
}

func (w *town) settle() {
	w.t.Helper()
	if err := w.stepper.settle(w.ctx); err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) pass(d time.Duration) {
	w.t.Helper()
	if err := w.stepper.to(w.ctx, w.clock.Now().Add(d)); err != nil {
		w.t.Fatal(err)
	}
}

// outage takes the service away for a while and brings it back on the same data.
func (w *town) outage(d time.Duration) {
	w.t.Helper()
	w.chat.Connect(nil)
	if err := w.app.store.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.clock.Set(w.clock.Now().Add(d))
	w.open()
}

func (w *town) close() { _ = w.app.Close() }

// say is something said in a group, or in private when group is empty.
func (w *town) say(person, group, thread, text string, files ...webchat.Upload) webchat.Said {
	w.t.Helper()
	said, err := w.chat.Say(w.ctx, webchat.Utterance{Person: person, Group: group, Thread: thread, Text: text, Files: files})
	if err != nil {
		w.t.Fatalf("%s says %.40q in %q: %v", person, text, group, err)
	}
	w.settle()
	return said
}

// told is what the bot has said since the line before, in a place.
func (w *town) told(place bot.Place, after int) string {
	var out []string
	for _, l := range w.chat.Lines(place)[after:] {
		if l.FromBot() {
			out = append(out, l.Text)
		}
	}
	return strings.Join(out, "\n")
}

// report is a whole report in a topic of its own.
func (w *town) report(person, title string) (thread string) {
	w.t.Helper()
	thread = w.say(person, "G1", "", "@舆报助手 上报").Thread
	for _, text := range []string{title, "抖音", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1", "提交"} {
		w.pass(5 * time.Second)
		w.say(person, "G1", thread, text)
	}
	return thread
}

// single is an outbox that gives out one message at a time, so that a history has one order only.
type single struct{ *store.Store }

// Claim gives one.
func (s single) Claim(ctx context.Context, _ int) ([]bot.Queued, error) { return s.Store.Claim(ctx, 1) }

// townFiles keeps pictures in the service's store, whichever instance runs.
type townFiles town

func (f *townFiles) PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error) {
	return f.app.store.PutFile(ctx, name, by, r)
}

func (f *townFiles) OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	return f.app.store.OpenFile(ctx, sha)
}

// postman delivers what people do to the service. shake sees each event first.
type postman struct {
	sink  bot.Sink
	shake func(sink bot.Sink, ev bot.Event) (string, error)
	seen  []bot.Event
}

func (p *postman) Receive(ctx context.Context, ev bot.Event) (string, error) {
	p.seen = append(p.seen, ev)
	if p.shake != nil {
		return p.shake(p.sink, ev)
	}
	return p.sink.Receive(ctx, ev)
}

// spy counts what a platform took.
type spy struct {
	bot.Platform
	updater bot.CardUpdater
	mu      sync.Mutex
	taken   map[string]string // key: text
	twice   []string
}

func (s *spy) Send(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	r, err := s.Platform.Send(ctx, out)
	if err == nil && r.Confirmed {
		s.mu.Lock()
		defer s.mu.Unlock()
		if _, again := s.taken[out.Key]; again {
			s.twice = append(s.twice, out.Key)
		}
		s.taken[out.Key] = out.Message.Text
	}
	return r, err
}

// CanUpdate is the platform's own answer.
func (s *spy) CanUpdate(out bot.Outgoing, now time.Time) bool { return s.updater.CanUpdate(out, now) }

// errorsOnly is a log that keeps what should never be in one.
type errorsOnly struct {
	mu    sync.Mutex
	lines []string
}

func (h *errorsOnly) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelError }
func (h *errorsOnly) WithAttrs([]slog.Attr) slog.Handler           { return h }
func (h *errorsOnly) WithGroup(string) slog.Handler                { return h }
func (h *errorsOnly) Handle(_ context.Context, r slog.Record) error {
	var b strings.Builder
	fmt.Fprint(&b, r.Message)
	r.Attrs(func(a slog.Attr) bool { fmt.Fprintf(&b, " %s", a); return true })
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lines = append(h.lines, b.String())
	return nil
}

// tempDir is a folder for one check of rapid, which ends before its test does.
func tempDir(t fataler, part testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(part.TempDir(), "town-")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
