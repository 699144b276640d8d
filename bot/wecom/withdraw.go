package wecom

import (
	"context"
	"net/http"
	"strings"
	"time"

	"fenghuo/bot"
)

// recallable is how long the app's messages can be taken back:
// https://developer.work.weixin.qq.com/document/path/94867
const recallable = 24 * time.Hour

var _ bot.Withdrawer = (*Adapter)(nil)

// CanWithdraw reports whether a message can be taken back: one of the app in private, for a day. What robots,
// the AI bot and groups of the app said stays.
func (a *Adapter) CanWithdraw(out bot.Outgoing, now time.Time) bool {
	return strings.HasPrefix(out.Replaces, appPrefix) && now.Sub(out.ShownAt) < recallable
}

// Withdraw takes a message back, with all its parts. Where it is read in WeChat instead of WeCom it stays.
func (a *Adapter) Withdraw(ctx context.Context, out bot.Outgoing) error {
	ids := strings.TrimPrefix(out.Replaces, appPrefix)
	if card, ok := strings.CutPrefix(out.Replaces, appCardPrefix); ok {
		_, ids, _ = strings.Cut(card, ":")
	}
	for id := range strings.SplitSeq(ids, ",") {
		if err := a.do(ctx, call{op: "withdraw", method: http.MethodPost, path: "/cgi-bin/message/recall", body: obj{"msgid": id}}); err != nil {
			return err
		}
	}
	return nil
}
