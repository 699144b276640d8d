package wecom

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"fenghuo/bot"
)

const (
	rollEvery = 24 * time.Hour
	rollAgain = 10 * time.Minute // after a reading that failed
	rollCalm  = 30 * time.Second // changes come in numbers
)

// outOfSight are the codes for a department that went away, or out of the app's range, while the directory was
// read. After any other refusal nothing is kept: people the app was not told of would count as gone.
var outOfSight = []int{60003, 60011, 60123}

// WatchRoll keeps what the app may see of the directory: read once a day, and again when the platform says
// that it changed. It returns when ctx ends, and at once where nothing is kept or there is no app.
func (a *Adapter) WatchRoll(ctx context.Context) {
	if a.cfg.Roll == nil || !a.cfg.App.used() {
		return
	}
	for failed := false; ; {
		timer := time.NewTimer(a.rollDue(ctx, failed))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-a.contacts:
			timer.Reset(rollCalm)
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-timer.C:
			}
		}
		err := a.readRoll(ctx)
		if failed = err != nil; failed && ctx.Err() == nil {
			a.log.Warn("directory not read", "err", err)
		}
	}
}

// rollDue is how long there is until the next reading.
func (a *Adapter) rollDue(ctx context.Context, failed bool) time.Duration {
	last, err := a.cfg.Roll.DirectoryAt(ctx, Name)
	if failed || err != nil {
		return rollAgain
	}
	return max(0, last.Add(rollEvery).Sub(a.now()))
}

// readRoll reads the departments and members the app may see, all or nothing:
// https://developer.work.weixin.qq.com/document/path/90208, https://developer.work.weixin.qq.com/document/path/90200
func (a *Adapter) readRoll(ctx context.Context) error {
	began := a.now()
	var list struct {
		Depts []struct {
			ID, ParentID int
			Name         string
		} `json:"department"`
	}
	if err := a.do(ctx, call{op: "list departments", method: http.MethodGet, path: "/cgi-bin/department/list", into: &list}); err != nil {
		return err
	}
	var units []bot.Unit
	members, seen := []bot.Member{}, map[string]bool{}
	for _, d := range list.Depts {
		unit := strconv.Itoa(d.ID)
		if d.ParentID == 0 { // the root is the company itself
			unit = ""
		} else {
			units = append(units, bot.Unit{ID: unit, Parent: strconv.Itoa(d.ParentID), Name: d.Name})
		}
		var users struct {
			List []struct {
				UserID, Name string
			} `json:"userlist"`
		}
		err := a.do(ctx, call{op: "list members", method: http.MethodGet, path: "/cgi-bin/user/simplelist", query: url.Values{"department_id": {strconv.Itoa(d.ID)}}, into: &users})
		if slices.Contains(outOfSight, code(err)) {
			continue
		}
		if err != nil {
			return fmt.Errorf("members of department %d: %w", d.ID, err)
		}
		for _, u := range users.List {
			if u.UserID != "" && !seen[u.UserID] {
				seen[u.UserID] = true
				members = append(members, bot.Member{Account: u.UserID, Name: u.Name, Unit: unit, Active: true})
			}
		}
	}
	if err := a.cfg.Roll.KeepDirectory(ctx, Name, began, units, members); err != nil {
		return err
	}
	a.log.Info("directory read", "units", len(units), "people", len(members))
	return nil
}

// called is what the directory calls somebody the organisation does not know.
func (a *Adapter) called(ctx context.Context, userID string) string {
	if _, known := a.cfg.Directory.Person(userID); known || a.cfg.Roll == nil {
		return ""
	}
	m, _, err := a.cfg.Roll.Member(ctx, Name, userID)
	if err != nil {
		a.log.Warn("name not known", "err", err)
	}
	return m.Name
}
