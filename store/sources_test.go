package store_test

import (
	"testing"

	"fenghuo/store"
)

// TestSources: an alias stays who it was; an owner's aliases are found, and whom a message was for.
func TestSources(t *testing.T) {
	timed(t, func(t *testing.T, s *store.Store, _ *hand) {
		first := store.Source{Alias: "source:AAA", Owner: "o1", Sealed: "s1"}
		inTx(t, s, func(tx *store.Tx) error {
			for _, one := range []store.Source{first, {Alias: "source:BBB", Owner: "o2", Sealed: "s2"}, {Alias: "source:AAA", Owner: "o2", Sealed: "other"}} {
				if err := tx.KeepSource(one); err != nil {
					return err
				}
			}
			rows, err := tx.SourcesOf("o1")
			if err != nil || len(rows) != 1 || rows[0] != first {
				t.Errorf("of o1: %+v, %v", rows, err)
			}
			for _, id := range []string{"", "om_1"} {
				if who, err := tx.AddressedTo("webchat", id); who != "" || err != nil {
					t.Errorf("%q was for %q, %v", id, who, err)
				}
				if who, err := tx.SaidBy("webchat", id); who != "" || err != nil {
					t.Errorf("%q was said by %q, %v", id, who, err)
				}
			}
			if at, err := tx.LastTo("webchat", "source:AAA"); !at.IsZero() || err != nil {
				t.Errorf("spoken to at %s, %v", at, err)
			}
			return nil
		})
		all, err := s.Sources(t.Context())
		if err != nil || len(all) != 2 {
			t.Errorf("all: %+v, %v", all, err)
		}
	})
}
