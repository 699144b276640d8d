package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
)

// TestTroubleInFeishuTellsNoSecret goes through all that can go wrong at the platform, one after another,
// while people report. Every report is registered, and no secret is in any line or row: leavesNothing looks.
func TestTroubleInFeishuTellsNoSecret(t *testing.T) {
	t.Parallel()
	for _, mode := range larkModes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			inLark(t, mode, "2026-03-10 10:00", jianglan(t), nil, trouble)
		})
	}
}

func trouble(w *lark) {
	faults := []feishutest.Fault{{Kind: feishutest.ExpireTokens}, {Kind: feishutest.Slow}, {Kind: feishutest.Drop}, {Kind: feishutest.Limited}, {Kind: feishutest.Disabled},
		{Kind: feishutest.NoScope, Scope: "im:message:send_as_bot"}, {Kind: feishutest.Code, Code: 99991663}, {Kind: feishutest.Code, Code: 230002}, {Kind: feishutest.Down}, {Kind: feishutest.HalfOpen},
		{Kind: feishutest.Disconnect}, {Kind: feishutest.Lose}, {Kind: feishutest.Duplicate}}
	for n, f := range faults {
		if err := w.p.Break(f); err != nil {
			w.t.Fatal(err)
		}
		w.file(n)
		w.pass(3 * time.Minute)
		if err := w.p.Break(feishutest.Fault{Kind: feishutest.Mend}); err != nil {
			w.t.Fatal(err)
		}
		w.pass(10 * time.Minute)
	}
	w.pass(2 * time.Hour)
	registry := w.registry()
	for n := range faults {
		if title := reportWords(n)[1]; !strings.Contains(registry, title) {
			w.t.Errorf("%+v: %s is not registered", faults[n], title)
		}
	}
	w.log.allow("message refused as it was written")
	w.log.allow("long connection refused")
	w.t.Logf("%d bytes of log", len(w.log.String()))
}

// file is a report in three private messages; whether the platform brings them now or
// later is its affair.
func (w *lark) file(n int) {
	w.t.Helper()
	for _, text := range []string{"上报 " + reportWords(n)[1], "②2 ③没有，同事转发 ④刚刚 ⑤滨江店 ⑥1 ⑦1", "提交"} {
		if _, err := w.p.Says(context.Background(), w.openID("zhoumin"), "", text); err != nil {
			w.t.Fatal(err)
		}
		w.pass(30 * time.Second)
	}
}

// TestWrongKeysOfFeishuAreNotShown: the service with another's secret, token and key says what is wrong and
// not with what.
func TestWrongKeysOfFeishuAreNotShown(t *testing.T) {
	t.Parallel()
	for _, mode := range larkModes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			inLark(t, mode, "2026-03-10 10:00", jianglan(t), nil, func(w *lark) {
				w.stop()
				w.bad = true
				w.log.allow("long connection refused")
				w.start()
				for _, text := range []string{"上报", "帮助"} {
					_, _ = w.p.Says(context.Background(), w.openID("zhoumin"), "", text) // refused, which is the point
					w.pass(time.Minute)
				}
				if mode == feishu.ModeHTTP && w.p.Deliveries()[0].Err == nil {
					w.t.Error("an event with another app's signature was taken")
				}
				if w.registry() != "" {
					w.t.Error("something was registered")
				}
			})
		})
	}
}
