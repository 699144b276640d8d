package feishu

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"fenghuo/bot"
)

const (
	rollEvery = 24 * time.Hour // events bring what changes in between
	rollAgain = time.Hour      // after one that went wrong
	rollPage  = "50"
	batchMost = 50 // people looked up by id in one call
)

// WatchRoll keeps the platform's directory on the roll until ctx ends: all the app may see once a day, and
// what events tell meanwhile. How long ago that was is in the store, so neither restarts nor replicas spend
// the tenant's quota of calls on it.
func (a *Adapter) WatchRoll(ctx context.Context) {
	if a.cfg.Roll == nil {
		return
	}
	for {
		pause := a.rollDue(ctx)
		timer := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-a.rescoped: // what may be seen is no longer the same
			timer.Stop()
		}
		if err := a.syncRoll(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("directory not read", "err", err)
			a.rollFailed.Store(true)
		} else {
			a.rollFailed.Store(false)
		}
	}
}

// rollDue is how long there is until the next whole reading.
func (a *Adapter) rollDue(ctx context.Context) time.Duration {
	if a.rollFailed.Load() {
		return rollAgain
	}
	last, err := a.cfg.Roll.DirectoryAt(ctx, Name)
	if err != nil {
		a.log.Warn("last reading of the directory not known", "err", err)
		return rollAgain
	}
	return max(0, last.Add(rollEvery).Sub(a.now()))
}

// syncRoll reads the whole directory and keeps it, all or nothing.
func (a *Adapter) syncRoll(ctx context.Context) error {
	began := a.now()
	r := reading{a: a, units: map[string]bot.Unit{}, members: map[string]bot.Member{}}
	if err := r.all(ctx); err != nil {
		return err
	}
	units, members := slices.Collect(maps.Values(r.units)), slices.Collect(maps.Values(r.members))
	if err := a.cfg.Roll.KeepDirectory(ctx, Name, began, units, members); err != nil {
		return err
	}
	for _, m := range members {
		if _, asked := a.names.get(m.Account); asked && m.Name != "" {
			a.names.put(m.Account, m.Name)
		}
	}
	a.log.Info("directory read", "units", len(units), "people", len(members))
	return nil
}

// reading is a directory as it is read.
type reading struct {
	a       *Adapter
	units   map[string]bot.Unit
	members map[string]bot.Member
}

// all reads what is in the app's contact range: https://open.feishu.cn/document/server-docs/contact-v3/scope/list.
// Groups of users (用户组) in it are not followed; whoever is only there is named when they speak.
func (r *reading) all(ctx context.Context) error {
	var depts, users []string
	err := r.pages(ctx, call{op: "list the contact range", path: "/open-apis/contact/v3/scopes", query: url.Values{"page_size": {rollPage}}}, func(p page) {
		depts, users = append(depts, p.Depts...), append(users, p.Users...)
	})
	if err != nil {
		return err
	}
	for _, id := range depts {
		if err := r.tree(ctx, id); err != nil {
			return err
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.units)) {
		if err := r.peopleOf(ctx, id); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(users, batchMost) {
		query := url.Values{"user_ids": some}
		if err := r.pages(ctx, call{op: "look people up", path: "/open-apis/contact/v3/users/batch", query: query}, r.met); err != nil {
			return err
		}
	}
	return nil
}

// tree reads a department and all beneath it.
func (r *reading) tree(ctx context.Context, id string) error {
	if _, known := r.units[id]; known {
		return nil
	}
	path := "/open-apis/contact/v3/departments/" + url.PathEscape(id)
	if id != company {
		if err := r.pages(ctx, call{op: "read a department", path: path}, r.foundUnits); err != nil {
			return outOfSight(err)
		}
	} else if err := r.peopleOf(ctx, company); err != nil {
		return err
	}
	query := url.Values{"fetch_child": {"true"}, "page_size": {rollPage}}
	return outOfSight(r.pages(ctx, call{op: "list departments", path: path + "/children", query: query}, r.foundUnits))
}

func (r *reading) peopleOf(ctx context.Context, unit string) error {
	query := url.Values{"department_id": {unit}, "page_size": {rollPage}}
	return outOfSight(r.pages(ctx, call{op: "list people", path: "/open-apis/contact/v3/users/find_by_department", query: query}, r.met))
}

// outOfSight forgives a department that went out of the app's range, or away, while it was read:
// https://open.feishu.cn/document/server-docs/contact-v3/department/children
func outOfSight(err error) error {
	if c := code(err); c == 40004 || c == 40008 || c == 43005 {
		return nil
	}
	return err
}

// page is a part of any answer about the directory.
type page struct {
	Depts []string `json:"department_ids"`
	Users []string `json:"user_ids"`
	Unit  *entry   `json:"department"`
	Items []entry  `json:"items"`
	More  bool     `json:"has_more"`
	Token string   `json:"page_token"`
}

func (r *reading) foundUnits(p page) {
	if p.Unit != nil {
		p.Items = append(p.Items, *p.Unit)
	}
	for _, e := range p.Items {
		if u := e.unit(); u.ID != "" && !u.Gone {
			r.units[u.ID] = u
		}
	}
}

func (r *reading) met(p page) {
	for _, e := range p.Items {
		if e.OpenID != "" {
			r.members[e.OpenID] = e.member()
		}
	}
}

// pages makes a call for each page there is. A platform that asks for a pause gets it.
func (r *reading) pages(ctx context.Context, c call, take func(page)) error {
	query := url.Values{"user_id_type": {"open_id"}, "department_id_type": {"open_department_id"}}
	maps.Copy(query, c.query)
	for token, first := "", true; first || token != ""; first = false {
		var p page
		if token != "" {
			query.Set("page_token", token)
		}
		c.method, c.query, c.data = http.MethodGet, query, &p
		if err := r.a.patient(ctx, c); err != nil {
			return err
		}
		take(p)
		if token = p.Token; !p.More {
			return nil
		}
	}
	return nil
}

// mostPauses is how often one call waits; then the whole is tried again in an hour.
const mostPauses = 10

// patient is do for calls nobody waits for.
func (a *Adapter) patient(ctx context.Context, c call) error {
	for n := 1; ; n++ {
		err := a.do(ctx, c)
		var after *bot.RetryAfterError
		if !errors.As(err, &after) || n == mostPauses {
			return err
		}
		timer := time.NewTimer(after.After)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-timer.C:
		}
	}
}
