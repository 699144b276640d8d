package handlers_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/config"
	"fenghuo/handlers"
	"fenghuo/handlers/desk"
	"fenghuo/internal/calendar"
	"fenghuo/internal/incident"
	"fenghuo/internal/notice"
	"fenghuo/internal/roster"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// world is the service with a store and a clock of its own; messages stay in the outbox.
type world struct {
	t      *testing.T
	store  *store.Store
	svc    *handlers.Service
	desk   *desk.Desk
	org    *roster.Org
	now    time.Time
	events int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldOn(t, "sqlite::memory:")
}

// newWorldOn is one on the database at that URL.
func newWorldOn(t *testing.T, url string) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 3, 10, 1, 12, 0, 0, time.UTC)} // 09:12 in Shanghai, a Tuesday
	cfg := storetest.Config(t, url)
	cfg.Now = func() time.Time { return w.now }
	w.store = storetest.OpenConfig(t, cfg)
	org, err := config.LoadOrg("../testdata/org/jianglan.yaml")
	must(t, err)
	policy, err := config.LoadPolicy("default-v1")
	must(t, err)
	form, err := config.LoadForm("kuaibao-v1")
	must(t, err)
	zone, err := time.LoadLocation(org.Zone)
	must(t, err)
	cal, err := calendar.New(zone)
	must(t, err)
	w.org = org
	w.desk = &desk.Desk{Org: org, Rules: incident.Rules{Policy: policy, Calendar: cal}, Voice: notice.Voice{Zone: zone}}
	w.desk.Voice.Name = w.desk.Called
	w.svc = handlers.New(w.store, w.desk, form, func() {}, slog.New(slog.DiscardHandler))
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// event is something a person said: in G1/T1, in G1, or, with an empty place, in private.
func (w *world) event(person, place, text string) bot.Event {
	account := person
	if p, ok := w.org.Person(person); ok {
		account = p.Accounts["feishu"]
	}
	chat, thread, _ := strings.Cut(place, "/")
	w.events++
	id := fmt.Sprintf("ev-%d", w.events)
	return bot.Event{Platform: "feishu", Keys: []string{id}, Kind: bot.Said, At: w.now, Message: "om-" + id, Sender: account, Text: text,
		ToBot: true, Place: bot.Place{Platform: "feishu", Chat: chat, Thread: thread}}
}

// says hands it to the service and returns what was queued because of it.
func (w *world) says(person, place, text string) []store.PostRow {
	w.t.Helper()
	before := len(w.posts())
	_, err := w.svc.Receive(w.t.Context(), w.event(person, place, text))
	must(w.t, err)
	return w.posts()[before:]
}

func (w *world) posts() []store.PostRow {
	w.t.Helper()
	var rows []store.PostRow
	must(w.t, w.store.View(w.t.Context(), func(tx *store.Tx) (err error) {
		rows, err = tx.Posts(store.PostFilter{})
		return err
	}))
	return rows
}

func (w *world) incident(number string) *incident.Incident {
	w.t.Helper()
	var inc *incident.Incident
	must(w.t, w.store.View(w.t.Context(), func(tx *store.Tx) (err error) {
		inc, err = tx.Incident(number)
		return err
	}))
	return inc
}

// entries is how long the ledger is.
func (w *world) entries() int64 {
	w.t.Helper()
	r, err := w.store.Verify(w.t.Context())
	must(w.t, err)
	return r.Entries
}

const number = "YQ-20260310-001"

// reports is a level III report of zhoumin's in a place; answers besides the usual ones come before 提交.
func (w *world) reports(place string, more ...string) {
	w.t.Helper()
	said := append([]string{"上报", "滨江店顾客发视频说酸奶杯里有虫", "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"}, more...)
	for _, text := range append(said, "提交") {
		w.says("zhoumin", place, text)
	}
}

// after applies what people said one after another: "wanglei: 签收".
func (w *world) after(place string, lines ...string) {
	w.t.Helper()
	for _, l := range lines {
		if d, err := time.ParseDuration(l); err == nil {
			w.now = w.now.Add(d)
			continue
		}
		person, text, _ := strings.Cut(l, ": ")
		w.says(person, place, text)
	}
}

// deliver marks what was queued as delivered, as the dispatcher would.
func (w *world) deliver() {
	w.t.Helper()
	w.store.SetOnSettled(w.desk.Settled)
	for range 100 {
		queued, err := w.store.Claim(w.t.Context(), 100)
		must(w.t, err)
		if len(queued) == 0 {
			return
		}
		for _, q := range queued {
			thread := q.Out.Place.Thread
			must(w.t, w.store.Settle(context.WithoutCancel(w.t.Context()), q,
				bot.Result{Receipt: bot.Receipt{Message: fmt.Sprintf("bot-%d", q.ID), Thread: thread, Confirmed: true}}))
		}
	}
}

func texts(rows []store.PostRow) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s: %s\n", r.PlaceKey, r.Message.Text)
	}
	return b.String()
}
