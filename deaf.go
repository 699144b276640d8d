package main

import (
	"context"
	"fmt"
	"time"

	"fenghuo/bot"
	"fenghuo/store"
)

const (
	listenEvery = time.Minute     // between two looks at a long connection
	deafLong    = 5 * time.Minute // without a long connection before administrators are bothered
)

// watchConnection tells administrators of a long connection that stays away, and when it is back, until ctx ends.
func (a *app) watchConnection(ctx context.Context, l link) {
	platform, told := l.platform.Name(), false
	var since time.Time // zero: it is there
	tick := time.NewTicker(listenEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := a.parts.now().UTC()
		switch up := l.connected(); {
		case up && told:
			a.tellOfConnection(ctx, platform, "back", since, a.desk.Voice.HearsAgain(platform, l.repeats, since, now))
			since, told = time.Time{}, false
		case up:
			since = time.Time{}
		case since.IsZero():
			since = now
		case !told && now.Sub(since) >= deafLong:
			a.tellOfConnection(ctx, platform, "away", since, a.desk.Voice.Deaf(platform, now.Sub(since)))
			told = true
		}
	}
}

func (a *app) tellOfConnection(ctx context.Context, platform, what string, since time.Time, m bot.Message) {
	err := a.store.InTx(ctx, func(tx *store.Tx) error {
		key := fmt.Sprintf("connection/%s/%s/%d", platform, what, since.Truncate(listenEvery).Unix())
		return a.desk.On(tx, "upkeep").TellAdmins(key, "长连接", m)
	})
	if err != nil && ctx.Err() == nil {
		a.parts.log.Error("administrators not told", "err", err)
	}
	a.dispatcher.Wake()
}
