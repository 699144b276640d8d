package store_test

import (
	"errors"
	"testing"
	"time"

	"fenghuo/internal/drill"
	"fenghuo/store"
)

// TestDrills: one at a time in a group; over, it runs no more and another may begin.
func TestDrills(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, _ *hand) {
		begin := func(chat string) (*store.DrillRow, error) {
			row := &store.DrillRow{Platform: "feishu", Chat: chat, Title: "异物", BegunBy: "wuyan", BegunAt: s.Now(), EndsAt: s.Now().Add(time.Hour), Injects: []drill.Came{{N: 1, Text: "有视频", At: s.Now()}}}
			return row, s.InTx(t.Context(), func(tx *store.Tx) error { return tx.BeginDrill(row) })
		}
		first, err := begin("G1")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := begin("G1"); err == nil {
			t.Error("a second one begins in the same group")
		}
		if _, err := begin("G2"); err != nil {
			t.Errorf("in another group: %v", err)
		}
		inTx(t, s, func(tx *store.Tx) error {
			row, err := tx.RunningDrill("feishu", "G1")
			if err != nil || row.ID != first.ID || row.Title != "异物" || len(row.Injects) != 1 || row.Injects[0].Text != "有视频" || !row.EndedAt.IsZero() {
				t.Errorf("running: %+v, %v", row, err)
			}
			return tx.EndDrill(row)
		})
		inTx(t, s, func(tx *store.Tx) error {
			if _, err := tx.RunningDrill("feishu", "G1"); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("still running: %v", err)
			}
			if row, err := tx.Drill(first.ID); err != nil || row.EndedAt.IsZero() {
				t.Errorf("ended: %+v, %v", row, err)
			}
			return nil
		})
		if _, err := begin("G1"); err != nil {
			t.Errorf("after it: %v", err)
		}
	})
}
