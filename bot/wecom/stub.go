package wecom

import (
	"context"
	"time"

	"fenghuo/bot"
)

type mediaID struct {
	id    string
	until time.Time
}

func (a *Adapter) Send(context.Context, bot.Outgoing) (bot.Receipt, error) { return bot.Receipt{}, nil }
func (a *Adapter) Limits(bot.Outgoing) []bot.Limit                         { return nil }
func (a *Adapter) CanUpdate(at, now time.Time) bool                        { return false }
