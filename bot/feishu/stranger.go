package feishu

import (
	"context"
	"net/url"
	"time"
)

// nameLimit is how long a report waits for the name of its sender; without one it goes on.
const nameLimit = 3 * time.Second

// strangerName is what the platform calls somebody the organisation's file does not have: what its directory
// said last, or else what it says now. Names are given whatever the app's contact range: https://open.feishu.cn/document/contact-v3/user/basic_batch
func (a *Adapter) strangerName(ctx context.Context, openID string) string {
	if a.known(openID) {
		return ""
	}
	if name, ok := a.names.get(openID); ok {
		return name
	}
	if name := a.enrolledName(ctx, openID); name != "" {
		return name
	}
	ctx, cancel := context.WithTimeout(ctx, nameLimit)
	defer cancel()
	var answer struct {
		Users []struct {
			Name string `json:"name"`
		} `json:"users"`
	}
	err := a.do(ctx, call{op: "get a name", method: "POST", path: "/open-apis/contact/v3/users/basic_batch",
		query: url.Values{"user_id_type": {"open_id"}}, body: map[string][]string{"user_ids": {openID}}, data: &answer})
	if err != nil {
		a.log.Warn("name of a stranger not known", "err", err)
		return ""
	}
	if len(answer.Users) == 0 {
		return ""
	}
	a.names.put(openID, answer.Users[0].Name)
	return answer.Users[0].Name
}

// enrolledName is the name on the roll. What it does not know is asked of the platform.
func (a *Adapter) enrolledName(ctx context.Context, openID string) string {
	if a.cfg.Roll == nil {
		return ""
	}
	m, _, err := a.cfg.Roll.Member(ctx, Name, openID)
	if err != nil {
		a.log.Warn("roll not read", "err", err)
	}
	return m.Name
}
