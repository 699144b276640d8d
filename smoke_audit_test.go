package main

import (
	"slices"
	"testing"

	"fenghuo/handlers/desk"
)

// Whoever changes an incident behind the service's back is found out by the ledger.
func TestAChangedIncidentIsNamed(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		topic := w.reported(bug)
		w.feishu.Skim()
		w.feishu.Says("wanglei", topic, "收到")
		w.feishu.Skim()
		if changed, err := desk.Check(w.t.Context(), w.app.store); err != nil || len(changed) != 0 {
			w.t.Fatalf("untouched: %v %v", changed, err)
		}
		w.sql("update incidents set body = replace(body, '酸奶杯里有虫', '酸奶杯里没有虫')")
		if changed, err := desk.Check(w.t.Context(), w.app.store); err != nil || !slices.Equal(changed, []string{"YQ-20260310-001"}) {
			w.t.Errorf("changed: %v %v", changed, err)
		}
	})
}
