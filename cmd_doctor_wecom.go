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
	return a.Examine(ctx, wecom.Examination{Groups: groups, People: people, Public: d.cfg.PublicURL, Running: d.running}), nil
}

// seenWithin is how long after a service was last there it is taken to be: it notes that every minute.
const seenWithin = 3 * time.Minute

// running reports whether a service is connected to WeCom's AI bot: one that holds the lease, or one that was
// there on this database a moment ago.
func (d *doctor) running(ctx context.Context) (bool, error) {
	shared, closeShared, err := openShared(d.env, d.cfg)
	if err != nil {
		return false, err
	}
	defer closeShared()
	self := replica() + "/doctor"
	mine, err := shared.Acquire(ctx, wecomLease, self, connTTL)
	if err != nil || !mine {
		return !mine, err
	}
	st, err := d.open(ctx)
	if err != nil {
		return false, errors.Join(err, shared.Release(ctx, wecomLease, self))
	}
	if st == nil {
		return false, shared.Release(ctx, wecomLease, self)
	}
	defer st.Close()
	seen, err := scheduler.LastSeen(ctx, st)
	return d.now().Sub(seen) < seenWithin, errors.Join(err, shared.Release(ctx, wecomLease, self))
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
