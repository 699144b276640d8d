package feishu

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"fenghuo/bot"
)

// recallable is how long a message can be taken back, unless the tenant's administrator chose otherwise:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/delete
const recallable = 24 * time.Hour

var _ bot.Withdrawer = (*Adapter)(nil)

// CanWithdraw reports whether a message can be taken back: for a day.
func (a *Adapter) CanWithdraw(out bot.Outgoing, now time.Time) bool {
	return now.Sub(out.ShownAt) < recallable
}

// Withdraw takes a message back, as its own sender; one that is gone already is no failure.
func (a *Adapter) Withdraw(ctx context.Context, out bot.Outgoing) error {
	err := a.do(ctx, call{op: "withdraw", method: http.MethodDelete, path: "/open-apis/im/v1/messages/" + url.PathEscape(out.Replaces)})
	if goneMessage[code(err)] {
		return nil
	}
	return err
}

// goneMessage are the codes of a message that was recalled or deleted.
var goneMessage = map[int]bool{230011: true, 230110: true}
