package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

// bench is a workload that a benchmark fails by.
type bench struct {
	*workload
	b testing.TB
}

func newBench(b testing.TB) *bench {
	b.Helper()
	w, err := newWorkload(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = w.app.Close() })
	return &bench{w, b}
}

func (w *bench) start() {
	w.b.Helper()
	if err := w.workload.start(w.b.Context()); err != nil {
		w.b.Fatal(err)
	}
}

func (w *bench) say(person, key, text string) {
	w.b.Helper()
	if err := w.workload.say(w.b.Context(), person, key, text); err != nil {
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
