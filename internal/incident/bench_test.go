package incident_test

import (
	"fmt"
	"testing"

	"fenghuo/internal/incident"
)

// busy is the life of an incident of level I: two hundred acts, a follow-up every hour.
func busy(b *testing.B) *world {
	w := &world{t: b, r: rules(b), inc: &incident.Incident{}}
	w.file(incident.LevelI, "03-10 10:00", "03-10 10:05")
	w.do("03-10 10:07", ack("wanglei"))
	w.do("03-10 10:20", incident.Act{Kind: incident.Added, By: "zhoumin", Whole: true})
	for n := 0; len(w.acts) < 200; n++ {
		w.do(show(w.inc.Slot.Due), incident.Act{Kind: incident.FollowedUp, By: "wuyan", Text: fmt.Sprintf("第%d次", n)})
	}
	w.acts = w.acts[:200]
	return w
}

func BenchmarkFold200Acts(b *testing.B) {
	w := busy(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := incident.Fold(w.r, w.acts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClocks(b *testing.B) {
	w := busy(b)
	b.ReportAllocs()
	for b.Loop() {
		if len(w.inc.Clocks(w.r)) == 0 {
			b.Fatal("no clock runs")
		}
	}
}
