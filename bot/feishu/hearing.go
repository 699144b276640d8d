package feishu

import (
	"context"
	"net/http"
	"slices"
	"time"
)

// hearAgain is how often the scopes are looked at; they change with a published version.
const hearAgain = 10 * time.Minute

// WatchHearing keeps an eye on what the app may hear until ctx ends.
func (a *Adapter) WatchHearing(ctx context.Context) {
	timer := time.NewTicker(hearAgain)
	defer timer.Stop()
	for {
		if granted, err := a.granted(ctx); err == nil {
			all := slices.Contains(granted, "im:message.group_msg") || slices.Contains(granted, "im:message.group_msg:readonly")
			a.deaf.Store(!all)
		} else if ctx.Err() == nil {
			a.log.Warn("scopes not known", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
	}
}

// NeedsMention reports that in groups the bot hears only what mentions it. Until the platform has said so,
// nobody is bothered with it.
func (a *Adapter) NeedsMention() bool { return a.deaf.Load() }

// granted are the scopes the app has: https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/application-v6/scope/list
func (a *Adapter) granted(ctx context.Context) ([]string, error) {
	var answer struct {
		Scopes []struct {
			Name   string `json:"scope_name"`
			Status int    `json:"grant_status"` // 1 granted, 2 not
		} `json:"scopes"`
	}
	err := a.do(ctx, call{op: "list scopes", method: http.MethodGet, path: "/open-apis/application/v6/scopes", data: &answer})
	if err != nil {
		return nil, err
	}
	var granted []string
	for _, s := range answer.Scopes {
		if s.Status == 1 {
			granted = append(granted, s.Name)
		}
	}
	return granted, nil
}
