package feishu

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"fenghuo/bot"
)

// identity is the bot as people mention it.
type identity struct {
	mu sync.Mutex
	me self
}

type self struct{ openID, name string }

// me asks once who the bot is. A mention is told by open_id, never by name:
// https://open.feishu.cn/document/ukTMukTMukTM/uAjMxEjLwITMx4CMyETM
func (a *Adapter) me(ctx context.Context) (self, error) {
	a.self.mu.Lock()
	me := a.self.me
	a.self.mu.Unlock()
	if me.openID != "" {
		return me, nil
	}
	var answer struct {
		Bot struct {
			OpenID string `json:"open_id"`
			Name   string `json:"app_name"`
		} `json:"bot"`
	}
	if err := a.do(ctx, call{op: "get bot info", method: "GET", path: "/open-apis/bot/v3/info", whole: &answer}); err != nil {
		return self{}, err
	}
	if answer.Bot.OpenID == "" {
		return self{}, fmt.Errorf("feishu get bot info: the answer names no bot")
	}
	me = self{answer.Bot.OpenID, answer.Bot.Name}
	a.self.mu.Lock()
	a.self.me = me
	a.self.mu.Unlock()
	return me, nil
}

// waits reports whether err asks for a pause.
func waits(err error) bool {
	var after *bot.RetryAfterError
	return errors.As(err, &after)
}
