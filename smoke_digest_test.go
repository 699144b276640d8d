package main

import "testing"

// Each leader gets the digest at their own hour.
func TestEachLeaderHasAnHour(t *testing.T) {
	smoke(t, "2026-03-10 07:00", func(w *world) {
		for n := range w.org.Digest {
			if w.org.Digest[n].Person == "xuqing" {
				w.org.Digest[n].At = "07:15"
			}
		}
		c := w.feishu
		w.until("07:15")
		c.Expect("@xuqing", "【舆情日报】")
		w.until("08:30")
		c.Expect("@heyun", "【舆情日报】")
		w.until("2026-03-11 07:15")
		c.Expect("@xuqing", "【舆情日报】")
	})
}
