package scheduler

import (
	"context"
	"fmt"
	"time"

	"fenghuo/internal/incident"
	"fenghuo/store"
)

const (
	lastFading   = "fading"
	fadingHour   = incident.DayTime(9*60 + 30)
	fadingPeriod = 20 * time.Hour
)

// fading tells administrators, once a day and by day, of groups that may soon hear nothing any more.
func (s *Scheduler) fading(ctx context.Context) error {
	now := s.Store.Now()
	local := now.In(s.Desk.Rules.Calendar.Zone())
	if of := incident.DayTime(0).Of(local); s.Fading == nil || of < fadingHour || of >= askTo {
		return nil
	}
	var last time.Time
	err := s.Store.View(ctx, func(tx *store.Tx) (err error) { last, err = tx.Mark(lastFading); return err })
	if err != nil || now.Sub(last) < fadingPeriod {
		return err
	}
	names, err := s.Fading(ctx, now)
	if err != nil {
		return fmt.Errorf("look for fading groups: %w", err)
	}
	return s.Store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetMark(lastFading, fadingHour.On(local)); err != nil || len(names) == 0 {
			return err
		}
		return s.Desk.On(tx, lastFading).TellAdmins("fading/"+local.Format(time.DateOnly), "推送将失效", s.Desk.Voice.PushFades(names))
	})
}
