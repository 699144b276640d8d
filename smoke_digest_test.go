package main

import (
	"testing"
	"testing/synctest"
)

// Each leader gets the digest at their own hour.
func TestEachLeaderHasAnHour(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		for n := range w.org.Digest {
			if w.org.Digest[n].Person == "xuqing" {
				w.org.Digest[n].At = "07:15"
			}
		}
		w.until("2026-03-10 07:00")
		w.start()
		t.Cleanup(w.stop)
		w.until("07:15")
		w.feishu.Expect("@xuqing", "【舆情日报】")
		w.until("08:30")
		w.feishu.Expect("@heyun", "【舆情日报】")
	})
}
