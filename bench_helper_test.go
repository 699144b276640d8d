package main

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/config"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// patient is a platform that takes everything.
type patient struct{}

func (patient) Name() string { return "feishu" }

func (patient) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	return bot.Receipt{Message: "m/" + out.Key, Thread: out.Place.Thread, Confirmed: true}, nil
}

// bench is the service on a SQLite file of its own, with time that only the benchmark moves.
type bench struct {
	b   testing.TB
	cfg *config.Config
	p   parts
	app *app
	at  atomic.Int64 // unix microseconds
}

func newBench(b testing.TB) *bench {
	b.Helper()
	p, err := demoParts(slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	w := &bench{b: b, cfg: &config.Config{Timezone: p.org.Zone, DataDir: dir, Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(dir, "fenghuo.db"))}}}
	w.at.Store(demoStart.UnixMicro())
	p.now, p.platforms, p.shared = w.now, []bot.Platform{patient{}}, store.NewMemory(w.now)
	w.p = p
	w.start()
	b.Cleanup(func() { _ = w.app.Close() })
	return w
}

func (w *bench) start() {
	w.b.Helper()
	var err error
	if w.app, err = newApp(w.b.Context(), w.cfg, w.p); err != nil {
		w.b.Fatal(err)
	}
}

func (w *bench) now() time.Time { return time.UnixMicro(w.at.Load()).UTC() }

func (w *bench) pass(d time.Duration) { w.at.Add(d.Microseconds()) }

// say is one message of a person in the private chat with the bot.
func (w *bench) say(person, key, text string) {
	w.b.Helper()
	ev := bot.Event{Platform: "feishu", Keys: []string{key}, Kind: bot.Said, At: w.now(), Place: bot.Place{Platform: "feishu", Person: person},
		Message: key, Sender: "ou_" + person, ToBot: true, Text: text}
	if _, err := w.app.service.Receive(w.b.Context(), ev); err != nil {
		w.b.Fatal(err)
	}
}

// sql changes the database behind the service's back, in bulk.
func (w *bench) sql(statement string, args ...any) {
	w.b.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.cfg.DataDir, "fenghuo.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		w.b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(statement, args...); err != nil {
		w.b.Fatal(err)
	}
}

const pattern = "YQ-20260310-001"

// incident registers one by conversation and calls its officer, who says nothing.
func (w *bench) incident() *incident.Incident {
	w.b.Helper()
	for n, text := range reportWords(1) {
		w.say("zhoumin", fmt.Sprintf("pattern-%d", n), text)
	}
	if _, err := w.app.dispatcher.Drain(w.b.Context()); err != nil {
		w.b.Fatal(err)
	}
	var inc *incident.Incident
	err := w.app.store.View(w.b.Context(), func(tx *store.Tx) (err error) {
		inc, err = tx.Incident(pattern)
		return err
	})
	if err != nil {
		w.b.Fatal(err)
	}
	return inc
}

// copies adds n incidents like the first, with its clocks.
func (w *bench) copies(n int) {
	w.b.Helper()
	w.sql(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
		insert into incidents (number, suffix, state, is_over, level, drill, confidential, title, reporter, officer, tracker, unit,
			home_key, home_chat, found_at, reported_at, closed_at, touched_at, body)
		select printf('YQ-20260309-%06d', i), printf('%06d', i), state, is_over, level, drill, confidential, title, reporter, officer, tracker, unit,
			home_key || i, home_chat, found_at, reported_at, closed_at, touched_at,
			replace(replace(body, '"`+pattern+`"', printf('"YQ-20260309-%06d"', i)), '"thread":"', '"thread":"' || i)
		from n, incidents where number = '`+pattern+`'`, n)
	w.sql(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
		insert into clocks (subject, kind, slot, at, due, person, reason)
		select printf('incident/YQ-20260309-%06d', i), kind, slot, at, due, person, reason
		from n, clocks where subject = 'incident/`+pattern+`'`, n)
}

// closed makes the copies from a number on a thing of the past.
func (w *bench) closed(after int) {
	w.b.Helper()
	number := fmt.Sprintf("YQ-20260309-%06d", after)
	w.sql(`delete from clocks where subject > 'incident/' || ? and subject like 'incident/YQ-20260309-%'`, number)
	w.sql(`update incidents set state = 'closed', is_over = 1, touched_at = '2026-01-10 00:00:00.000000Z', closed_at = '2026-01-10 00:00:00.000000Z',
		reported_at = '2026-01-01 00:00:00.000000Z', body = replace(body, '"state":"`+string(incident.AwaitingAck)+`"', '"state":"closed"')
		where number > ? and number like 'YQ-20260309-%'`, number)
}

// arm sets clocks far in the future.
func (w *bench) arm(n int) {
	w.b.Helper()
	w.sql(`with recursive n(i) as (select 1 union all select i + 1 from n where i < ?)
		insert into clocks (subject, kind, slot, at, due, person, reason)
		select 'incident/' || i, 'due/slot', 1, strftime('%Y-%m-%d %H:%M:%S.000000Z', '2099-01-01', '+' || (i * 7919 % 1000000) || ' seconds'),
			null, 'wanglei', '' from n`, n)
}

// reportWords are one report from the first word to the last.
func reportWords(n int) []string {
	return []string{"上报", fmt.Sprintf("滨江店顾客发视频说酸奶杯里有虫（第%d次）", n), "抖音", fmt.Sprintf("https://v.example.test/b/%d", n), "刚刚", "滨江店", "1", "1", "提交"}
}
