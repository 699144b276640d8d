package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"fenghuo/bot"
)

// pushes are the ways to be heard, the gentlest first:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/urgent_app. Messages by SMS
// and calls spend the tenant's paid quota.
var pushes = []struct{ kind, path, name string }{
	{bot.PushApp, "urgent_app", "应用内加急"}, {bot.PushSMS, "urgent_sms", "短信加急"}, {bot.PushPhone, "urgent_phone", "电话加急"},
}

// whyNoPush are the refusals that have a name.
var whyNoPush = map[int]string{230024: "额度已用完", 230052: "本群不允许", 230023: "对方未读加急太多", 230027: "没有权限", 99991672: "没有权限", 230098: "会话被折叠"}

// maxUrgent is how many people one push takes.
const maxUrgent = 200

// urged is what came of a push: what was done otherwise than asked, and what an administrator should do.
type urged struct{ note, advice string }

// urge pushes the message to people. It never fails the message, which is there already: the note tells
// what did not work, and what did instead.
func (a *Adapter) urge(ctx context.Context, out bot.Outgoing, messageID string) (p urged) {
	people, without := a.callouts(out.Message.Urgent)
	var ids []string
	for _, c := range people[:min(len(people), maxUrgent)] {
		ids = append(ids, c.openID)
	}
	if len(ids) > 0 {
		p = a.pushAs(ctx, a.strength(out.Message.Push), ids, messageID)
	}
	if len(without) > 0 {
		p.note = strings.TrimSuffix(strings.Join(without, "、")+"没有飞书账号，未能加急；"+p.note, "；")
	}
	return p
}

// strength is the place in pushes of what is asked for, no stronger than the configuration allows.
func (a *Adapter) strength(asked string) int {
	at := func(kind string) int {
		return slices.IndexFunc(pushes, func(p struct{ kind, path, name string }) bool { return p.kind == kind })
	}
	return max(0, min(at(asked), at(first(a.cfg.Push, bot.PushPhone))))
}

// pushAs pushes in the app, which costs nothing, and as strongly as asked. Where that is refused, the next
// gentler way is taken.
func (a *Adapter) pushAs(ctx context.Context, strength int, ids []string, messageID string) (p urged) {
	var failed []string
	try := func(n int) bool {
		why, advice := a.push(ctx, messageID, pushes[n].path, ids)
		if why == "" {
			return true
		}
		failed, p.advice = append(failed, pushes[n].name+why), first(p.advice, advice)
		return false
	}
	inApp := try(0)
	n := strength
	for n > 0 && !try(n) {
		n--
	}
	switch {
	case len(failed) == 0:
	case n == 0 && !inApp:
		p.note = strings.Join(failed, "，") + "，只发了普通消息"
	case n == strength: // but not in the app
		p.note = strings.Join(failed, "，") + "，已" + pushes[n].name
	default:
		p.note = strings.Join(failed, "，") + "，改为" + pushes[n].name
	}
	return p
}

// push tries one way; why is empty if it worked for everybody.
func (a *Adapter) push(ctx context.Context, messageID, path string, ids []string) (why, advice string) {
	var answer struct {
		Invalid json.RawMessage `json:"invalid_user_id_list"`
	}
	err := a.do(ctx, call{op: path, method: "PATCH", path: "/open-apis/im/v1/messages/" + url.PathEscape(messageID) + "/" + path,
		query: url.Values{"user_id_type": {"open_id"}}, body: obj{"user_id_list": ids}, data: &answer})
	var invalid []string
	_ = json.Unmarshal(answer.Invalid, &invalid)
	switch {
	case err == nil && len(invalid) == 0:
		return "", ""
	case err == nil:
		return "有人收不到", ""
	}
	a.log.Warn("urgent push not made", "message", messageID, "push", path, "err", err)
	var api *APIError
	if errors.As(err, &api) && whyNoPush[api.Code] != "" {
		return whyNoPush[api.Code], api.Admin
	}
	return "没有成功", bot.Advice(err)
}
