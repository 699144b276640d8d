package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"fenghuo/bot/wecom"
	"fenghuo/scheduler"
	"fenghuo/store"
)

// wecom is what WeCom says of what the configuration names of it.
func (d *doctor) wecom(ctx context.Context, p parts) ([]finding, error) {
	p.links = nil
	if err := p.withWecom(d.cfg); err != nil || len(p.links) == 0 {
		return nil, err
	}
	a, _ := p.links[0].platform.(*wecom.Adapter)
	var groups []wecom.GroupToCheck
	for _, g := range wecomGroups(d.org) {
		groups = append(groups, wecom.GroupToCheck{ID: g.ID, Name: g.Name})
	}
	var people []string
	for _, person := range d.org.People {
		if person.Accounts[wecom.Name] != "" || person.On == wecom.Name {
			people = append(people, person.ID)
		}
	}
	return a.Examine(ctx, wecom.Examination{Groups: groups, People: people, Public: d.cfg.PublicURL, Alone: d.alone}), nil
}

// seenWithin is how long after a service was last there it is taken to be: it notes that every minute.
const seenWithin = 3 * time.Minute

// alone holds the lease of WeCom's AI bot, so that no service connects meanwhile. Nil: one holds it, or was there on
// this database a moment ago.
func (d *doctor) alone(ctx context.Context) (done func(), err error) {
	shared, closeShared, err := openShared(d.env, d.cfg)
	if err != nil {
		return nil, err
	}
	self := replica() + "/doctor"
	mine, err := shared.Acquire(ctx, wecomLease, self, connTTL)
	if err != nil || !mine {
		closeShared()
		return nil, err
	}
	done = func() {
		if err := shared.Release(context.WithoutCancel(ctx), wecomLease, self); err != nil {
			d.env.log.Warn("lease not released", "lease", wecomLease, "err", err)
		}
		closeShared()
	}
	running, err := d.running(ctx)
	if err != nil || running {
		done()
		return nil, err
	}
	return done, nil
}

// running reports whether a service was there on this database a moment ago.
func (d *doctor) running(ctx context.Context) (bool, error) {
	st, err := d.open(ctx)
	if err != nil || st == nil {
		return false, err
	}
	defer st.Close()
	seen, err := scheduler.LastSeen(ctx, st)
	return d.now().Sub(seen) < seenWithin, err
}

// open is the database as it is, nil if there is none yet.
func (d *doctor) open(ctx context.Context) (*store.Store, error) {
	if path, ok := strings.CutPrefix(d.cfg.Database.URL.Reveal(), "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) { // opening it would make one
			return nil, nil
		}
	}
	return store.Open(ctx, store.Config{URL: d.cfg.Database.URL.Reveal(), DataDir: d.cfg.DataDir, Now: d.now})
}
