package handlers_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/internal/signal"
	"fenghuo/store"
)

// finds hands over what monitoring found and returns what was queued because of it.
func (w *world) finds(s signal.Signal) []store.PostRow {
	w.t.Helper()
	before := len(w.posts())
	if s.Source == "" {
		s.Source = "monitor-a"
	}
	_, _, err := w.svc.Signal(w.t.Context(), s)
	must(w.t, err)
	return w.posts()[before:]
}

func (w *world) signals() (out []string) {
	w.t.Helper()
	must(w.t, w.store.View(w.t.Context(), func(tx *store.Tx) error {
		rows, err := tx.Signals()
		for _, r := range rows {
			out = append(out, strings.TrimSpace(strings.Join([]string{r.Number, string(r.State), r.Incident}, " ")))
		}
		return err
	}))
	return out
}

var worm = signal.Signal{ID: "1", URL: "https://v.example.test/aBc12/", Platform: "抖音", Text: "江澜滨江店的酸奶杯里有虫，顾客拍了视频", Reads: 3200}

func TestWhoDecidesAboutLeads(t *testing.T) {
	for person, may := range map[string]bool{"dingwei": true, "wuyan": true, "xuqing": true, "zhoumin": false, "wanglei": false, "heyun": false, "sunke": false} {
		w := newWorld(t)
		w.finds(worm)
		w.finds(signal.Signal{ID: "2", Text: "北门仓库门口有人拉横幅"})
		for _, say := range []string{"线索", "立案 S-1", "忽略 S-2 另一家公司"} {
			got := texts(w.says(person, "", say))
			if refused := strings.Contains(got, "要由丁伟来"); refused == may {
				t.Errorf("%s says %s: %s", person, say, got)
			}
		}
		want := []string{"S-1 waiting", "S-2 waiting"}
		if may {
			want = []string{"S-1 opened " + number, "S-2 ignored"}
		}
		if !slices.Equal(w.signals(), want) {
			t.Errorf("after %s: %v", person, w.signals())
		}
	}
}

// TestTwiceAtOnceIsOneIncident: whoever comes second is told.
func TestTwiceAtOnceIsOneIncident(t *testing.T) {
	w := newWorld(t)
	w.finds(worm)
	first, second := w.event("dingwei", "", "立案 S-1"), w.event("wuyan", "", "立案 S-1")
	var both sync.WaitGroup
	both.Go(func() { _, err := w.svc.Receive(t.Context(), first); must(t, err) })
	both.Go(func() { _, err := w.svc.Receive(t.Context(), second); must(t, err) })
	both.Wait()
	if got := w.signals(); !slices.Equal(got, []string{"S-1 opened " + number}) {
		t.Errorf("signals %v", got)
	}
	if got := texts(w.posts()); strings.Count(got, "S-1已由") != 1 || !strings.Contains(got, "立案："+number) || strings.Contains(got, "YQ-20260310-002") {
		t.Errorf("said\n%s", got)
	}
}

func TestAnOpenedLeadIsAReportLikeAnyOther(t *testing.T) {
	w := newWorld(t)
	w.finds(worm)
	w.deliver()
	w.now = w.now.Add(5 * time.Minute)
	w.says("dingwei", "", "立案")
	inc := w.incident(number)
	if inc.FirstReport.Kind != incident.BySignal || inc.FirstReport.Verdict != incident.OnTime || inc.Reporter != "dingwei" || inc.Unit != "binjiang" || inc.Nature != "产品质量" {
		t.Errorf("%+v by %s of %s, %s", inc.FirstReport, inc.Reporter, inc.Unit, inc.Nature)
	}
	if !inc.FoundAt.Equal(w.now.Add(-5 * time.Minute)) {
		t.Errorf("found at %v", inc.FoundAt)
	}
	if len(inc.Counts) != 1 || inc.Counts[0].Value != 3200 || !inc.SeenAt(worm.Link()) || len(inc.Sightings) != 1 {
		t.Errorf("counts %+v, sightings %+v", inc.Counts, inc.Sightings)
	}
	before := len(inc.Elements.Missing)
	w.says("dingwei", "", "补充")
	w.says("dingwei", "", "昨晚顾客在店里买的酸奶里发现异物，拍视频发到网上，店员已道歉并退款")
	if got := w.incident(number).Elements.Missing; len(got) != before-1 {
		t.Errorf("still missing %v", got)
	}
}

// TestALeadUnseenIsNobodysDelay: the platform was down, the lead came late, the clock runs from then.
func TestALeadUnseenIsNobodysDelay(t *testing.T) {
	w := newWorld(t)
	w.finds(worm)
	w.now = w.now.Add(5 * time.Hour)
	w.deliver()
	w.now = w.now.Add(3 * time.Minute)
	w.says("dingwei", "", "立案 S-1")
	if inc := w.incident(number); inc.FirstReport.Verdict != incident.OnTime || len(inc.Risks) > 0 {
		t.Errorf("%+v, risks %+v", inc.FirstReport, inc.Risks)
	}
}

func TestASeenLeadLeftLyingIsLate(t *testing.T) {
	w := newWorld(t)
	w.finds(worm)
	w.deliver()
	w.now = w.now.Add(90 * time.Minute)
	w.says("dingwei", "", "立案 S-1")
	if inc := w.incident(number); inc.FirstReport.Verdict != incident.Late {
		t.Errorf("%+v", inc.FirstReport)
	}
}

// TestNewsIsNoWordAboutALead: 立案了 where an incident lives tells of it.
func TestNewsIsNoWordAboutALead(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.finds(signal.Signal{ID: "2", Text: "北门仓库门口有人拉横幅"})
	got := texts(w.says("wanglei", "G1/T1", "立案了，公安来过"))
	if !strings.Contains(got, "情况有变") || !slices.Equal(w.signals(), []string{"S-1 waiting"}) {
		t.Errorf("%v; said %s", w.signals(), got)
	}
}

func TestASignalOfAConfidentialIncidentStaysAmongThoseNamed(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1", "改18 是")
	rows := w.finds(signal.Signal{ID: "2", URL: "https://v.example.test/aBc12/", Text: "滨江店酸奶有虫上热搜了", Reads: 20_000_000, HotRank: 5, HotList: "national"})
	if len(rows) == 0 {
		t.Fatal("nobody hears of it")
	}
	inc := w.incident(number)
	for _, r := range rows {
		if !w.desk.MaySee(inc, r.To) {
			t.Errorf("%s hears %s", r.PlaceKey, r.Message.Text)
		}
	}
	w.finds(signal.Signal{ID: "3", Text: "滨江店酸奶杯里有虫"})
	if got := texts(w.says("dingwei", "", "立案 S-1")); strings.Contains(got, number) {
		t.Errorf("dingwei learns of it: %s", got)
	}
}

func TestMonitoringRepeatsItselfQuietly(t *testing.T) {
	w := newWorld(t)
	if rows := w.finds(worm); len(rows) != 1 {
		t.Fatalf("said %s", texts(rows))
	}
	for n, c := range []struct {
		change func(*signal.Signal)
		said   int
	}{
		{func(s *signal.Signal) { s.ID = "1" }, 0},                                                             // again
		{func(s *signal.Signal) { s.ID = "2"; s.Reads = 4000 }, 0},                                             // the same link
		{func(s *signal.Signal) { s.ID = "3"; s.Reads = 20_000_000 }, 1},                                       // graver
		{func(s *signal.Signal) { s.ID = "4"; s.Reads = 21_000_000 }, 0},                                       // as grave
		{func(s *signal.Signal) { s.ID = "1"; s.Source = "monitor-b"; s.URL = "https://a.example.test/2" }, 1}, // another matter
	} {
		s := worm
		c.change(&s)
		if rows := w.finds(s); len(rows) != c.said {
			t.Errorf("signal %d: said %s", n+2, texts(rows))
		}
	}
	if got := texts(w.says("dingwei", "", "忽略 S-1 谣言已澄清")); !strings.Contains(got, "已忽略S-1") {
		t.Errorf("said %s", got)
	}
}

func TestWordsAboutNoLead(t *testing.T) {
	w := newWorld(t)
	for say, want := range map[string]string{"立案 S-7": "没有编号是“S-7”的线索", "立案": "要办哪一条", "忽略 001 重复": "没有编号是“001”的线索", "线索": "现在没有待定的线索"} {
		if got := texts(w.says("dingwei", "", say)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", say, got)
		}
	}
	w.finds(worm)
	w.says("dingwei", "", "上报")
	if got := texts(w.says("dingwei", "", "S-1 立案")); !strings.Contains(got, "没填完的快报") || !slices.Equal(w.signals(), []string{"S-1 waiting"}) {
		t.Errorf("%v; said %s", w.signals(), got)
	}
}
