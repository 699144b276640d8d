package store_test

import (
	"testing"
	"time"

	"fenghuo/store"
)

// TestASignalIsTakenOnce: source and id together name it; numbers have no gaps.
func TestASignalIsTakenOnce(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, h *hand) {
		take := func(source, id string) (row store.SignalRow, known bool) {
			row = store.SignalRow{Source: source, SignalID: id, Link: "https://v.example.test/1", State: store.SignalWaiting, Body: []byte(`{"id": "` + id + `"}`)}
			inTx(t, s, func(tx *store.Tx) (err error) { known, err = tx.TakeSignal(&row); return err })
			return row, known
		}
		for _, c := range []struct {
			source, id, number string
			known              bool
		}{{"a", "1", "S-1", false}, {"a", "1", "", true}, {"b", "1", "S-2", false}, {"a", "2", "S-3", false}} {
			if row, known := take(c.source, c.id); row.Number != c.number || known != c.known {
				t.Errorf("%s %s is %q, known %v", c.source, c.id, row.Number, known)
			}
		}
		h.pass(time.Hour)
		inTx(t, s, func(tx *store.Tx) error {
			row, err := tx.Signal("S-2")
			if err != nil {
				return err
			}
			row.State, row.DecidedBy, row.Reason, row.DecidedAt = store.SignalIgnored, "dingwei", "另一家公司", tx.Now
			return tx.SaveSignal(row)
		})
		inTx(t, s, func(tx *store.Tx) error {
			row, err := tx.Signal("S-2")
			if err != nil || row.DecidedBy != "dingwei" || !row.DecidedAt.Equal(tx.Now) || row.Source != "b" || string(row.Body) != `{"id": "1"}` {
				t.Errorf("%+v, %v", row, err)
			}
			if rows, err := tx.SignalsWaiting(9); err != nil || len(rows) != 2 || rows[0].Number != "S-3" {
				t.Errorf("waiting %+v, %v", rows, err)
			}
			if rows, err := tx.SignalsAt("https://v.example.test/1", tx.Now.Add(-2*time.Hour)); err != nil || len(rows) != 3 {
				t.Errorf("with that link %+v, %v", rows, err)
			}
			if rows, err := tx.SignalsAt("", time.Time{}); err != nil || len(rows) != 0 {
				t.Errorf("no link is no link: %+v, %v", rows, err)
			}
			return nil
		})
	})
}
