package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/config"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

const reporters = 20

// crowdOrg is an organisation of many reporters and one desk.
func crowdOrg(t testing.TB) *roster.Org {
	t.Helper()
	o := &roster.Org{Tenant: "crowd", Name: "人多公司", Bot: "舆报助手", Zone: "Asia/Shanghai",
		Units:   []roster.Unit{{ID: "shop", Name: "一号店"}},
		Groups:  []roster.Group{{ID: "G1", Name: "直报群", Platform: "feishu", ChatID: "oc_1", Topics: true}},
		Routing: []roster.Route{{Officer: "officer", Backup: "backup", Tracker: "tracker", Head: "head", Deputy: "deputy", Chief: "chief"}},
		Duty:    []roster.Shift{{Person: "duty"}}, Holiday: []roster.Shift{{Person: "duty"}}}
	add := func(id, name string, posts ...string) {
		o.People = append(o.People, roster.Person{ID: id, Name: name, Posts: posts, On: "feishu", Accounts: map[string]string{"feishu": "ou_" + id}})
	}
	add("officer", "王一", "officer")
	add("backup", "陈二", "officer")
	add("tracker", "吴三", "info_officer")
	add("head", "许四", "head", "approver")
	add("deputy", "何五", "deputy")
	add("chief", "顾六", "chief")
	add("duty", "丁七", "duty")
	for n := range reporters {
		add(fmt.Sprintf("p%02d", n+1), fmt.Sprintf("报告人%02d", n+1), "reporter")
	}
	return o
}

// record is one line of the platform's own memory, which outlives the service.
type record struct {
	Run    int    `json:"run"`
	Kind   string `json:"kind"` // send, again, event, taken
	Key    string `json:"key"`
	Person string `json:"person,omitempty"` // of a private chat
	Text   string `json:"text,omitempty"`
}

// diary is a platform that writes down what it takes before it says so. A line is one write at the end of
// the file, so that a kill leaves it there whole or not at all.
type diary struct {
	run   int
	file  *os.File
	mu    sync.Mutex
	past  []record
	taken map[string]bool        // keys of messages
	ears  map[string]chan string // by person; nil: nobody listens
}

func openDiary(path string, run int) (*diary, error) {
	past, err := readDiary(path)
	if err != nil {
		return nil, err
	}
	d := &diary{run: run, past: past, taken: map[string]bool{}, ears: map[string]chan string{}}
	for _, r := range past {
		if r.Kind == "send" {
			d.taken[r.Key] = true
		}
	}
	d.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return d, err
}

func readDiary(path string) ([]record, error) {
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	var out []record
	for line := range bytes.Lines(data) {
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("line %q: %w", line, err)
		}
		out = append(out, r)
	}
	return out, err
}

func (d *diary) note(r record) error {
	r.Run = d.run
	b, err := json.Marshal(r)
	if err == nil {
		_, err = d.file.Write(append(b, '\n'))
	}
	return err
}

// Name is the platform whose rules do not matter here.
func (d *diary) Name() string { return "feishu" }

// Send takes a message; one with a key it has taken before is the one before.
func (d *diary) Send(_ context.Context, out bot.Outgoing) (bot.Receipt, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	kind := "send"
	if d.taken[out.Key] {
		kind = "again"
	}
	if err := d.note(record{Kind: kind, Key: out.Key, Person: out.Place.Person, Text: out.Message.Text}); err != nil {
		return bot.Receipt{}, err
	}
	if ear := d.ears[out.Place.Person]; ear != nil && kind == "send" {
		ear <- out.Message.Text
	}
	d.taken[out.Key] = true
	receipt := bot.Receipt{Message: "m/" + out.Key, Confirmed: true, Thread: out.Place.Thread}
	if receipt.Thread == "" && !out.Place.Direct() {
		receipt.Thread = receipt.Message
	}
	return receipt, nil
}

// CanUpdate lets cards be replaced.
func (d *diary) CanUpdate(bot.Outgoing, time.Time) bool { return true }

// crashDay is when the first round begins: 09:00 in Shanghai. Each round is later than a claim lasts.
func crashDay(run int) time.Time {
	return time.Date(2026, 3, 10, 1, 0, 0, 0, time.UTC).Add(time.Duration(run) * 65 * time.Second)
}

// crashApp is the service on the data of dir, with time going on from the beginning of the round.
func crashApp(t testing.TB, dir string, run int, d *diary, log *slog.Logger) (*app, error) {
	t.Helper()
	policy, err := config.LoadPolicy("default-v1")
	if err != nil {
		return nil, err
	}
	f, err := config.LoadForm("kuaibao-v1")
	if err != nil {
		return nil, err
	}
	began, base := time.Now(), crashDay(run)
	now := func() time.Time { return base.Add(time.Since(began)) }
	org := crowdOrg(t)
	cfg := &config.Config{Timezone: org.Zone, DataDir: dir, Database: config.Database{URL: config.Secret("sqlite:" + filepath.Join(dir, "fenghuo.db"))}}
	return newApp(t.Context(), cfg, parts{now: now, log: log, org: org, policy: policy, form: f, shared: store.NewMemory(now),
		platforms: []bot.Platform{d}, migrate: true, chores: tickAlways})
}

// tickAlways is the minute's tick, twenty times a second.
func tickAlways(ctx context.Context, a *app) error {
	beat := time.NewTicker(50 * time.Millisecond)
	defer beat.Stop()
	for {
		if err := a.scheduler.Tick(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-beat.C:
		}
	}
}
