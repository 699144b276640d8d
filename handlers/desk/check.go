package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

// recorded is an act as the ledger keeps it, with what the incident was after it.
type recorded struct {
	incident.Act
	After string `json:"after"` // fingerprint
}

// Fingerprint is the SHA-256 of an incident as the registry keeps it.
func Fingerprint(inc *incident.Incident) (string, error) {
	raw, err := json.Marshal(inc)
	if err != nil {
		return "", fmt.Errorf("encode %s: %w", inc.Number, err)
	}
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), nil
}

// Check holds the registry against the ledger: the numbers of incidents that are not as their last act left
// them. Whoever changed one behind the service's back would have to change the chain as well.
func Check(ctx context.Context, st *store.Store) (changed []string, err error) {
	err = st.View(ctx, func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(math.MaxInt32)
		if err != nil {
			return err
		}
		for _, inc := range incs {
			last, err := lastState(tx, inc.Number)
			if err != nil {
				return err
			}
			is, err := Fingerprint(inc)
			if err != nil {
				return err
			}
			if last != "" && last != is {
				changed = append(changed, inc.Number)
			}
		}
		return nil
	})
	return changed, err
}

// lastState is the fingerprint after the newest act of an incident; empty if the ledger has none.
func lastState(tx *store.Tx, number string) (string, error) {
	entries, err := tx.EntriesOf(Subject(number))
	if err != nil {
		return "", err
	}
	for n := len(entries) - 1; n >= 0; n-- {
		var r recorded
		if json.Unmarshal(entries[n].Body, &r) == nil && r.After != "" {
			return r.After, nil
		}
	}
	return "", nil
}
