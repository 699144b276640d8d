package scheduler

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fenghuo/store"
)

// undelivered takes the next channel for messages that start a clock and were not delivered in time.
func (s *Scheduler) undelivered(ctx context.Context) error {
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		rows, err := tx.Undelivered(tx.Now)
		if err != nil {
			return fmt.Errorf("find undelivered messages: %w", err)
		}
		for _, row := range rows {
			if moot, err := s.moot(tx, row); err != nil {
				return err
			} else if moot {
				if err := tx.Keep(row); err != nil {
					return err
				}
				continue
			}
			if _, err := tx.NextChannel(row); err != nil {
				return fmt.Errorf("reroute %s: %w", row.Key, err)
			}
		}
		return nil
	})
}

// moot reports a call to acknowledge what somebody has acknowledged meanwhile.
func (s *Scheduler) moot(tx *store.Tx, row store.PostRow) (bool, error) {
	if row.Incident == "" || !strings.HasPrefix(row.Starts, "call/") {
		return false, nil
	}
	inc, err := tx.Incident(row.Incident)
	if err != nil {
		return false, fmt.Errorf("load %s: %w", row.Incident, err)
	}
	return inc.Acked() || inc.State.Over(), nil
}

// parked tries events again that could not be handled.
func (s *Scheduler) parked(ctx context.Context) error {
	rows, err := s.Store.ParkedDue(ctx, s.Store.Now(), 50)
	if err != nil {
		return fmt.Errorf("find parked events: %w", err)
	}
	var failed error
	for _, p := range rows {
		failed = errors.Join(failed, s.Retry(ctx, p))
	}
	return failed
}
