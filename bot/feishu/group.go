package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"fenghuo/bot"
)

const (
	mostAtOnce   = 50 // people in one call
	mostChatName = 60 // characters, as far as they are seen
)

var _ bot.GroupMaker = (*Adapter)(nil)

// MakesGroups reports whether the app may make groups.
func (a *Adapter) MakesGroups() bool { return a.cfg.MakeGroups }

// MakeGroup makes a private group with at most 50 people, or adds them to one; for ten hours the same key makes
// no second one: https://open.feishu.cn/document/server-docs/group/chat/create
func (a *Adapter) MakeGroup(ctx context.Context, key string, g bot.Group) (string, error) {
	var ids []string
	for _, p := range g.People {
		if id, ok := a.account(p); ok {
			ids = append(ids, id)
		}
	}
	ids = ids[:min(len(ids), mostAtOnce)]
	if g.Chat != "" {
		return g.Chat, a.do(ctx, call{op: "add to group", method: http.MethodPost, path: "/open-apis/im/v1/chats/" + url.PathEscape(g.Chat) + "/members",
			query: url.Values{"member_id_type": {"open_id"}}, body: obj{"id_list": ids}})
	}
	if len(ids) == 0 {
		return "", fmt.Errorf("feishu: a group of nobody: %w", bot.ErrPermanent)
	}
	var made struct {
		Chat string `json:"chat_id"`
	}
	err := a.do(ctx, call{op: "make group", method: http.MethodPost, path: "/open-apis/im/v1/chats",
		query: url.Values{"user_id_type": {"open_id"}, "uuid": {uuid(key)}}, data: &made,
		body: obj{"name": clip(g.Name, mostChatName), "owner_id": ids[0], "user_id_list": ids, "chat_mode": "group", "chat_type": "private"}})
	if err == nil && made.Chat == "" {
		err = errors.New("feishu make group: none in the answer")
	}
	return made.Chat, err
}
