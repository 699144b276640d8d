package handlers_test

import "testing"

// A card shows the present state: once somebody has done what it asks for, it says who and when.
func TestCardsTurnGrey(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	w.says("wanglei", "G1/T1", "收到")
	stale := map[string]string{}
	for _, p := range w.posts() {
		if p.Message.Updates != "" {
			stale[p.Message.Updates] = p.Message.Card.Stale
			if len(p.Message.Card.Buttons) > 0 {
				t.Errorf("%s still has buttons", p.Key)
			}
		}
	}
	acked, submitted := 0, 0
	for _, s := range stale {
		switch s {
		case "王蕾 09:12 已签收":
			acked++
		case "周敏 09:12 已提交":
			submitted++
		default:
			t.Errorf("a card says %q", s)
		}
	}
	if acked == 0 || submitted == 0 {
		t.Errorf("%d cards say who acknowledged, %d who submitted: %v", acked, submitted, stale)
	}
}
