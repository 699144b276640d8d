package main

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fenghuo/bot/feishu/feishutest"
	"fenghuo/store"
)

// turn is one thing somebody says or presses, and how the platform brings it.
type turn struct {
	who, text, press string
	gap              time.Duration // before it
	twice            bool          // it comes three times: once under another event id
	lost             bool          // the first attempt fails, it comes 15 s later
	swapped          bool          // it comes after the one that follows it
	again            bool          // it comes once more after six hours
}

// drawTurns is a report with an acknowledgment and what follows, delivered badly. What changes places was
// said within seconds; what comes 15 s late has come when the next is said, as a person waits for an answer.
func drawTurns(rt *rapid.T) (turns []turn) {
	for n, text := range reportWords(1) {
		turns = append(turns, turn{who: "zhoumin", text: text, gap: 2 * time.Second, swapped: n < 8 && rapid.Bool().Draw(rt, "swapped")})
	}
	turns[0].text = "@舆报助手 上报"
	for n := 1; n < len(turns); n++ {
		turns[n].swapped = turns[n].swapped && !turns[n-1].swapped
	}
	turns = append(turns,
		turn{who: "wanglei", press: "签收", gap: 30 * time.Second},
		turn{who: "zhoumin", text: "补充 阅读8万，媒体已来问", gap: time.Minute},
		turn{who: "wuyan", text: "续报 顾客已接受道歉，评论转向询问批次", gap: 3 * time.Minute},
		turn{who: "wanglei", text: "在办", gap: time.Minute})
	for n := range turns {
		one := &turns[n]
		one.twice, one.again = rapid.Bool().Draw(rt, "twice"), rapid.Bool().Draw(rt, "again")
		if one.lost = !one.swapped && one.press == "" && rapid.IntRange(0, 3).Draw(rt, "lost") == 0; one.lost && n+1 < len(turns) {
			turns[n+1].gap += 20 * time.Second
		}
		if one.lost || n > 0 && turns[n-1].swapped {
			one.twice = false // a fault is used up by the first event it meets
		}
	}
	return turns
}

// TestBadDeliveryInFeishu lives a history twice through the adapter, with every event brought once and in
// order, and with events brought several times, six hours late, lost at first or in another order. The
// registry is the same.
func TestBadDeliveryInFeishu(t *testing.T) {
	checks(t, 4)
	rapid.Check(t, func(rt *rapid.T) {
		mode := rapid.SampledFrom(larkModes).Draw(rt, "mode")
		turns := drawTurns(rt)
		var ended [2]map[string]string
		for n := range ended {
			inLark(t, mode, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
				w.pass(10 * time.Second) // all of it within few minutes, none at the turn of one
				w.live(turns, n == 1)
				ended[n] = w.outcome()
			})
		}
		if len(ended[0]) != 1 {
			rt.Fatalf("%d incidents registered", len(ended[0]))
		}
		if diff := cmp.Diff(ended[0], ended[1]); diff != "" {
			rt.Errorf("bad delivery of %+v changed the registry:\n%s", turns, diff)
		}
	})
}

// live plays the turns and lets seven hours pass.
func (w *lark) live(turns []turn, badly bool) {
	w.t.Helper()
	ctx := context.Background()
	var root string
	var late []string
	for n, one := range turns {
		w.pass(one.gap)
		if badly {
			w.spoil(one)
		}
		before := len(w.p.Deliveries())
		switch {
		case one.press != "":
			if a, err := w.p.Presses(ctx, w.openID(one.who), w.cardWith(root, one.press), one.press); err != nil || a.Failed != 0 {
				w.t.Fatalf("%s: %v %+v", one.press, err, a)
			}
		case n == 0:
			root = w.says(one.who, "G1", one.text, "")
		default:
			w.says(one.who, "G1", one.text, root)
		}
		if !one.again {
			continue
		}
		for _, d := range w.p.Deliveries()[before:] {
			late = append(late, d.EventID)
		}
	}
	w.pass(6 * time.Hour)
	for _, id := range late {
		if !badly {
			break
		}
		if err := w.p.Again(ctx, id); err != nil {
			w.t.Errorf("again: %v", err)
		}
	}
	w.pass(time.Hour)
}

func (w *lark) spoil(one turn) {
	w.t.Helper()
	for kind, is := range map[string]bool{feishutest.Duplicate: one.twice && !one.swapped, feishutest.Lose: one.lost, feishutest.Reorder: one.swapped} {
		if !is || one.press != "" {
			continue
		}
		if err := w.p.Break(feishutest.Fault{Kind: kind, Times: 1}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// outcome is what came of it, with moments in whole minutes.
func (w *lark) outcome() map[string]string {
	w.t.Helper()
	out := map[string]string{}
	minute := func(t time.Time) string { return t.In(w.zone).Format("01-02 15:04") }
	err := w.app.store.View(context.Background(), func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(10)
		for _, inc := range incs {
			var followed []any
			for _, f := range inc.FollowUps {
				followed = append(followed, []any{f.N, f.Verdict, minute(f.Due), minute(f.At)})
			}
			var risks []string
			for _, k := range inc.Risks {
				risks = append(risks, k.Kind+" "+k.About+" "+k.Person)
			}
			entries, err := tx.EntriesOf("incident/" + inc.Number)
			if err != nil {
				return err
			}
			var acts []string
			for _, e := range entries {
				acts = append(acts, e.Kind)
			}
			out[inc.Number] = text(w.t, []any{inc.Title, inc.Nature, inc.Platforms, inc.Links, inc.Unit, inc.Level.Current, inc.Impact, inc.Answers, inc.State, inc.Officer,
				minute(inc.FoundAt), minute(inc.ReportedAt), inc.FirstReport.Verdict, inc.Elements.Verdict, inc.Ack.By, inc.Ack.Verdict, followed, risks, acts})
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}
