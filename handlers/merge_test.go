package handlers_test

import (
	"fmt"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"fenghuo/config"
	"fenghuo/handlers/desk"
	"fenghuo/internal/calendar"
	"fenghuo/internal/incident"
	"fenghuo/store"
	"fenghuo/store/storetest"
)

// atOnce hands several sayings to the service in the same moment, as two replicas would.
func (w *world) atOnce(said ...[3]string) {
	w.t.Helper()
	var group errgroup.Group
	for _, s := range said {
		ev := w.event(s[0], s[1], s[2])
		group.Go(func() error {
			_, err := w.svc.Receive(w.t.Context(), ev)
			return err
		})
	}
	must(w.t, group.Wait())
}

// TestOneMatterInTheSameSecond submits two reports of one matter in the same moment, and then merges each into the
// other in the same moment: one question, one head, and nobody waits for ever.
func TestOneMatterInTheSameSecond(t *testing.T) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorldOn(t, url(t))
			for n, title := range []string{"滨江店顾客发视频说酸奶杯里有虫", "抖音有人说滨江店酸奶杯里有虫子"} {
				who, place := []string{"zhoumin", "linke"}[n], fmt.Sprintf("G1/T%d", n+1)
				for _, text := range []string{"上报", title, "dy", "没有，同事转发", "刚刚", "江澜滨江店", "1", "1"} {
					w.says(who, place, text)
				}
			}
			w.atOnce([3]string{"zhoumin", "G1/T1", "提交"}, [3]string{"linke", "G1/T2", "提交"})
			first, second := w.incident(number), w.incident("YQ-20260310-002")
			if first.Likely != nil || second.Doubt() == nil || second.Likely.Number != first.Number {
				t.Fatalf("asked about %+v and %+v", first.Likely, second.Likely)
			}
			w.atOnce([3]string{"wanglei", "", "并入 001 002"}, [3]string{"wanglei", "G1/T2", "并入 002 001"})
			first, second = w.incident(number), w.incident("YQ-20260310-002")
			head, child := first, second
			if first.State == incident.Merged {
				head, child = second, first
			}
			if child.MergedInto() != head.Number || head.State == incident.Merged || len(head.Parts) != 1 || len(child.Parts) != 0 {
				t.Errorf("head %s %s %+v; part %s %s %+v", head.Number, head.State, head.Parts, child.Number, child.State, child.Merges)
			}
		})
	}
}

// TestNoHintOfWhatBecameConfidential: whoever was offered an incident that has since become confidential hears what
// they would of one that does not exist.
func TestNoHintOfWhatBecameConfidential(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	for _, text := range []string{"上报", "抖音有人说滨江店酸奶杯里有虫子", "dy", "没有，顾客转来的", "刚刚", "江澜滨江店", "1", "1", "提交"} {
		w.says("linke", "G1/T2", text)
	}
	must(t, w.store.InTx(t.Context(), func(tx *store.Tx) error {
		head, err := tx.Incident(number)
		if err != nil {
			return err
		}
		head.Confidential = true
		return tx.SaveIncident(head)
	}))
	for _, word := range []string{"并入", "先看看", "关联"} {
		got := w.says("linke", "G1/T2", word)
		want := w.desk.Voice.NotFound(number).Text
		if len(got) != 1 || got[0].Message.Text != want {
			t.Errorf("%s: %+v, want %q", word, got, want)
		}
	}
}

// BenchmarkAlike is what a new report costs beside 5,000 open incidents: of many units, and all of its own.
func BenchmarkAlike(b *testing.B) {
	org, err := config.LoadOrg("../testdata/org/jianglan.yaml")
	if err != nil {
		b.Fatal(err)
	}
	policy, err := config.LoadPolicy("default-v1")
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 3, 10, 1, 12, 0, 0, time.UTC)
	for _, units := range []int{50, 1} {
		b.Run(fmt.Sprintf("units=%d", units), func(b *testing.B) {
			cfg := storetest.Config(b, storetest.SQLite(b))
			cfg.Now = func() time.Time { return now }
			s := storetest.OpenConfig(b, cfg)
			cal, err := calendar.New(time.UTC)
			if err != nil {
				b.Fatal(err)
			}
			d := &desk.Desk{Org: org, Rules: incident.Rules{Policy: policy, Calendar: cal}}
			report := func(n int) *incident.Incident {
				return &incident.Incident{Number: fmt.Sprintf("YQ-20260310-%04d", n), State: incident.Acked, Title: fmt.Sprintf("滨江店第%d位顾客排队时被电动车撞倒，家属要说法", n),
					Summary: "当事人说已经拍了视频，店长到场后送医检查，家属要求先垫付医药费，目前没有媒体来问", Nature: "安全事故", Unit: fmt.Sprintf("u%d", n%units),
					Links: []string{fmt.Sprintf("https://v.example.test/%d", n)}, FoundAt: now, ReportedAt: now}
			}
			err = s.InTx(b.Context(), func(tx *store.Tx) error {
				for n := range 5000 {
					if err := tx.CreateIncident(report(n)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			inc := report(5000)
			inc.Title, inc.Summary, inc.Unit = "滨江店酸奶里有虫", "顾客发了视频", "u0"
			for b.Loop() {
				err := s.InTx(b.Context(), func(tx *store.Tx) error {
					_, _, err := d.On(tx, "bench").Alike(inc)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestSplitFromWhatIsOver: a head that is over lets its part go like any other, and is otherwise left as it was closed.
func TestSplitFromWhatIsOver(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	for _, text := range []string{"上报", "抖音有人说滨江店酸奶杯里有虫子", "小红书", "没有，顾客转来的", "刚刚", "江澜滨江店", "1", "1", "提交"} {
		w.says("linke", "G1/T2", text)
	}
	w.after("G1/T2", "linke: 并入")
	w.after("G1/T1", "wanglei: 收到", "wuyan: 核实 误报，是别家的店", "wuyan: 拆分 002 来电的是东站店")
	head, child := w.incident(number), w.incident("YQ-20260310-002")
	if head.State != incident.FalseReport || len(head.Parts) != 1 || head.Parts[0].Until.IsZero() {
		t.Errorf("head %s, %+v", head.State, head.Parts)
	}
	if child.MergedInto() != "" || child.State.Over() || child.Officer == "" {
		t.Errorf("part %s, into %q", child.State, child.MergedInto())
	}
}
