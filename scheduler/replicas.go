package scheduler

import (
	"context"
	"time"

	"fenghuo/store"
)

const (
	replicaMark    = "replica/"
	replicaForgets = time.Hour // what a replica that ended left behind
)

// others looks for a second replica where nothing but the database is common to them: each would then count
// the platforms' limits for itself, and each would want WeCom's one connection. It says so once.
func (s *Scheduler) others(ctx context.Context) {
	if s.Common || s.told {
		return
	}
	var other string
	now := s.Store.Now()
	err := s.Store.InTx(ctx, func(tx *store.Tx) error {
		seen, err := tx.Marks(replicaMark)
		if err != nil {
			return err
		}
		for name, at := range seen {
			switch {
			case name == replicaMark+s.Self:
			case at.Before(now.Add(-replicaForgets)):
				if err := tx.DropMark(name); err != nil {
					return err
				}
			case !s.since.IsZero() && at.After(s.since):
				other = name[len(replicaMark):]
			}
		}
		return tx.SetMark(replicaMark+s.Self, now)
	})
	if err != nil {
		s.Log.Warn("replicas not counted", "err", err)
		return
	}
	if s.since.IsZero() {
		s.since = now
	}
	if other != "" {
		s.told = true
		s.Log.Error("another replica works on this database with no Redis between them: set redis.url for all, or stop one", "other", other)
	}
}
