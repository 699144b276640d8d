package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
	"fenghuo/internal/incident"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

// crowded is the made-up company with a crowd of shop assistants more.
func crowded(t *testing.T) *roster.Org {
	t.Helper()
	org, err := config.LoadOrg(filepath.Join("testdata", "org", "jianglan.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range crowd {
		id := fmt.Sprintf("assistant%03d", n)
		org.People = append(org.People, roster.Person{ID: id, Name: fmt.Sprintf("店员%03d", n), Unit: "binjiang", Posts: []string{"reporter"},
			On: "feishu", Accounts: map[string]string{"feishu": "ou_" + id}})
	}
	return org
}

// Two hundred people report in one group within a minute, and in the middle the platform is away for twenty.
func TestABurstOfReportsInFeishu(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		org := crowded(t)
		zone, err := time.LoadLocation(org.Zone)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(time.Date(2026, 3, 10, 9, 30, 0, 0, zone)))
		f := &feishuPlay{t: t, org: org, threads: map[string]string{}, seen: map[string]bool{}}
		stop := f.start(feishu.ModeWebsocket)
		began := time.Now()
		var people sync.WaitGroup
		for n := range crowd {
			people.Go(func() {
				time.Sleep(time.Duration(n) * time.Minute / crowd)
				f.reportAll(fmt.Sprintf("assistant%03d", n), n)
			})
		}
		time.Sleep(40 * time.Second)
		if err := f.platform.Break(feishutest.Fault{Kind: feishutest.Down, Until: time.Now().Add(20 * time.Minute)}); err != nil {
			t.Fatal(err)
		}
		people.Wait()
		for range 100 { // the platform repeats what it could not bring: after 15 s, 5 min, 1 h
			time.Sleep(time.Minute)
			f.platform.Tick(t.Context())
		}
		synctest.Wait()
		f.everyReportCounts(began)
		stop()
	})
}

// reportAll files a report in three messages. What the platform does not bring now it brings later.
func (f *feishuPlay) reportAll(person string, n int) {
	ctx := f.t.Context()
	root, err := f.platform.Says(ctx, f.account(person), "oc_zhibao", fmt.Sprintf("@%s 上报 滨江店第%03d位顾客称酸奶杯里有虫", f.org.Bot, n))
	if err != nil && root == "" {
		f.t.Errorf("%s: %v", person, err)
		return
	}
	for _, text := range []string{"②2 ③没有，同事转发 ④刚刚 ⑤滨江店 ⑥1 ⑦1", "提交"} {
		time.Sleep(2 * time.Second)
		_, _ = f.platform.Says(ctx, f.account(person), "oc_zhibao", text, feishutest.How{Reply: root, Thread: true})
	}
}

// everyReportCounts: no limit was exceeded, nothing was lost or said twice, nobody is blamed, and no clock
// ran before the message that starts it was there.
func (f *feishuPlay) everyReportCounts(began time.Time) {
	t := f.t
	for _, code := range []int{99991400, 230020, 11232, 230099} {
		if n := f.platform.Refused(code); n > 0 {
			t.Errorf("the platform refused %d calls with %d", n, code)
		}
	}
	shown, called := map[string]time.Time{}, map[string]time.Time{}
	for _, m := range f.platform.Messages() {
		_, rest, ok := strings.Cut(f.text(m), "已登记 ")
		if !ok {
			continue
		}
		number := rest[:len("YQ-20260310-001")]
		if at, ok := called[number]; !ok || m.Sent.Before(at) {
			called[number] = m.Sent
		}
		if m.RootID == "" {
			continue // privately, because the topic had to wait
		}
		if at, twice := shown[number]; twice {
			t.Errorf("%s was announced in its topic at %s and at %s", number, at, m.Sent)
		}
		shown[number] = m.Sent
	}
	var incs []*incident.Incident
	err := f.app.store.View(t.Context(), func(tx *store.Tx) (err error) {
		incs, err = tx.RecentIncidents(2 * crowd)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(incs) != crowd || len(shown) != crowd {
		t.Errorf("%d registered, %d announced; %d reported", len(incs), len(shown), crowd)
	}
	for _, inc := range incs {
		if inc.FirstReport.Verdict != incident.OnTime {
			t.Errorf("%s: first report %s", inc.Number, inc.FirstReport.Verdict)
		}
		if at := called[inc.Number]; inc.Ack.From.Before(at.Add(-time.Minute)) {
			t.Errorf("%s: its clock runs from %s, the officer was called at %s", inc.Number, inc.Ack.From, at)
		}
		if inc.Ack.Step > 0 && inc.Ack.Due.Before(inc.Ack.From) {
			t.Errorf("%s: due before it began", inc.Number)
		}
	}
	stats, err := f.app.store.Stats(t.Context())
	t.Logf("waiting: %+v %v", stats, err)
	t.Logf("%d messages, %d attempts to tell the app, %s", len(f.platform.Messages()), len(f.platform.Deliveries()), time.Since(began))
}
