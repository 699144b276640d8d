package main

import (
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fenghuo/bot"
	"fenghuo/internal/incident"
	"fenghuo/store"
)

// askedFor reports whether the command line says how many histories to try.
var askedFor = sync.OnceValue(func() bool {
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	return asked
})

// checks sets how many histories are tried unless the command line says.
func checks(t *testing.T, n int) {
	t.Helper()
	if askedFor() {
		return
	}
	if err := flag.Set("rapid.checks", strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
}

// TestLongHistories lives random histories of at least 200 events, with a restart among them, twice, once
// with every callback delivered once and once with repetitions a few events later: the registry is the same, and both keep invariants 1 to 5.
func TestLongHistories(t *testing.T) {
	if testing.Short() {
		t.Skip("half a minute")
	}
	checks(t, 1)
	rapid.Check(t, func(rt *rapid.T) {
		start := demoStart.Add(time.Duration(rapid.IntRange(0, 10*24*60).Draw(rt, "start")) * time.Minute)
		ops := drawScript(rt, atLeast)
		var registries [2]map[string]string
		var errs [2]scribe
		var lives sync.WaitGroup
		for n := range registries {
			dir := tempDir(rt, t)
			lives.Go(func() {
				w := newTown(&errs[n], dir, start)
				defer w.close()
				p := &player{town: w, again: n == 1}
				p.live(ops)
				w.check()
				registries[n] = w.registry()
			})
		}
		lives.Wait()
		for n, kind := range []string{"delivered once", "repeated"} {
			for _, line := range errs[n].lines {
				rt.Errorf("%s: %s", kind, line)
			}
		}
		if diff := cmp.Diff(registries[0], registries[1]); diff != "" {
			rt.Errorf("repeated callbacks changed the registry:\n%s", diff)
		}
	})
}

// TestAnswersInAnyOrder is invariant 2 for a report typed faster than the network delivers: answers change
// places with those next to them and come twice; what is registered is the same.
func TestAnswersInAnyOrder(t *testing.T) {
	checks(t, 4)
	rapid.Check(t, func(rt *rapid.T) {
		words := append(reportWords(1), "辛苦啦") // heard before 提交, it must not keep it from being heard
		var events []bot.Event
		for n, text := range words {
			key := fmt.Sprintf("ev-%d", n)
			events = append(events, bot.Event{Platform: "feishu", Keys: []string{key}, Kind: bot.Said, At: demoStart.Add(time.Duration(2*n) * time.Second),
				Place: bot.Place{Platform: "feishu", Person: "zhoumin"}, Message: key, Sender: "ou_zhoumin", ToBot: true, Text: text})
		}
		shuffled := slices.Clone(events)
		for n := 2; n < len(shuffled); n++ {
			if rapid.Bool().Draw(rt, "swap") {
				shuffled[n-1], shuffled[n] = shuffled[n], shuffled[n-1]
			}
		}
		for n := len(shuffled) - 1; n >= 0; n-- {
			if rapid.Bool().Draw(rt, "twice") {
				shuffled = slices.Insert(shuffled, min(len(shuffled), n+1+rapid.IntRange(0, 2).Draw(rt, "later")), shuffled[n])
			}
		}
		var got []map[string]string
		for _, list := range [][]bot.Event{events, shuffled} {
			w := newTown(rt, tempDir(rt, t), demoStart.Add(30*time.Second))
			for _, ev := range list {
				if _, err := w.app.service.Receive(w.ctx, ev); err != nil {
					rt.Fatal(err)
				}
			}
			w.settle()
			w.check()
			got = append(got, w.registered())
			w.close()
		}
		if diff := cmp.Diff(got[0], got[1]); diff != "" {
			rt.Errorf("order changed the registry:\n%s", diff)
		}
	})
}

// registered is what the reporter brought about, with moments in whole minutes.
func (w *town) registered() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	err := w.app.store.View(w.ctx, func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(10)
		for _, inc := range incs {
			out[inc.Number] = text(w.t, []any{inc.Title, inc.Nature, inc.Platforms, inc.Links, inc.Unit, inc.Level.Current, inc.Impact, inc.Answers,
				inc.FoundAt.Truncate(time.Minute), inc.ReportedAt.Truncate(time.Minute), inc.FirstReport.Verdict, inc.FirstReport.Due, inc.State})
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// TestSaidWhileReminded: what somebody says is on its way when the reminder to go on is due, and is heard
// after it. An answer is followed by the next question, 提交 by the registration.
func TestSaidWhileReminded(t *testing.T) {
	w := newTown(t, t.TempDir(), demoStart)
	defer w.close()
	words := reportWords(1)
	late := func(text string) {
		ev := bot.Event{Platform: "feishu", Keys: []string{text}, Kind: bot.Said, At: w.now().Add(2*time.Minute + 59*time.Second),
			Place: bot.Place{Platform: "feishu", Person: "zhoumin"}, Message: text, Sender: "ou_zhoumin", ToBot: true, Text: text}
		w.pass(3*time.Minute + time.Second)
		if _, err := w.app.service.Receive(w.ctx, ev); err != nil {
			t.Fatal(err)
		}
		w.settle()
	}
	private := bot.Place{Platform: "feishu", Person: "zhoumin"}
	for _, text := range words[:2] {
		w.say("zhoumin", "", "", text)
	}
	before := len(w.chat.Lines(private))
	late("抖音")
	if told := w.told(private, before); !strings.Contains(told, "还在吗") || !strings.Contains(told, "③/7") {
		t.Errorf("told: %s", told)
	}
	for _, text := range words[3 : len(words)-1] {
		w.say("zhoumin", "", "", text)
	}
	late("提交")
	w.incident("YQ-20260310-001")
	w.check()
}

// TestTheMachinesClockJumps is invariant 11: the clock goes back 5 minutes and forward an hour, again and
// again, while people do their duty. Nothing is said twice, nobody is held at fault.
func TestTheMachinesClockJumps(t *testing.T) {
	checks(t, 1)
	rapid.Check(t, func(rt *rapid.T) {
		w := newTown(rt, tempDir(rt, t), demoStart)
		defer w.close()
		thread := w.report("zhoumin", "滨江店顾客发视频说酸奶杯里有虫")
		w.say("wanglei", "G1", thread, "签收")
		for _, answer := range []string{"补充", "昨晚顾客在滨江店买的酸奶杯里发现虫子，拍视频发到网上，店员已道歉并退款", "不清楚", "阅读1.2万 转80", "跳过", "没有，当场没拍到"} {
			w.say("zhoumin", "G1", thread, answer)
		}
		for n := range 60 {
			switch rapid.IntRange(0, 4).Draw(rt, "what") {
			case 0:
				w.jump -= 5 * time.Minute
			case 1:
				w.jump += time.Hour
			}
			for range rapid.IntRange(1, 30).Draw(rt, "minutes") {
				w.clock.Set(w.clock.Now().Add(time.Minute))
				w.tick()
				w.dutiful(thread, n)
			}
		}
		w.check()
		if inc := w.incident("YQ-20260310-001"); len(inc.Risks) > 0 {
			rt.Errorf("held at fault: %s", text(rt, inc.Risks))
		}
	})
}

// dutiful files what is due.
func (w *town) dutiful(thread string, n int) {
	w.t.Helper()
	if inc := w.incident("YQ-20260310-001"); inc.Slot.N > 0 && inc.Slot.DueSent {
		w.say("wuyan", "G1", thread, fmt.Sprintf("续报 第%d次，评论已回落", n))
	}
}

func (w *town) incident(number string) *incident.Incident {
	w.t.Helper()
	var inc *incident.Incident
	err := w.app.store.View(w.ctx, func(tx *store.Tx) (err error) {
		inc, err = tx.Incident(number)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return inc
}
