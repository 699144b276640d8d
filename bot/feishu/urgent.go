package feishu

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"fenghuo/bot"
)

// pushes are the ways to be heard, the gentlest first:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message/urgent_app. Messages by SMS
// and calls spend the tenant's paid quota.
var pushes = []struct{ path, name string }{
	{"urgent_app", "应用内加急"}, {"urgent_sms", "短信加急"}, {"urgent_phone", "电话加急"},
}

// whyNoPush are the refusals that have a name.
var whyNoPush = map[int]string{230024: "额度已用完", 230052: "本群不允许", 230023: "对方未读加急太多", 230027: "没有权限", 99991672: "没有权限", 230098: "会话被折叠"}

// maxUrgent is how many people one push takes.
const maxUrgent = 200

// urge pushes the message to people. It never fails the message, which is there already: the note tells
// what did not work, and what did instead.
func (a *Adapter) urge(ctx context.Context, out bot.Outgoing, messageID string) (note string) {
	people, without := a.callouts(out.Message.Urgent)
	var notes []string
	if len(without) > 0 {
		notes = append(notes, strings.Join(without, "、")+"没有飞书账号，未能加急")
	}
	if len(people) > 0 {
		notes = append(notes, a.pushAll(ctx, people[:min(len(people), maxUrgent)], messageID)...)
	}
	return strings.Join(notes, "；")
}

func (a *Adapter) pushAll(ctx context.Context, people []callout, messageID string) (notes []string) {
	var ids, failed, worked []string
	for _, p := range people {
		ids = append(ids, p.openID)
	}
	for _, push := range pushes {
		if why := a.push(ctx, messageID, push.path, ids); why != "" {
			failed = append(failed, push.name+why)
			continue
		}
		worked = append(worked, push.name)
	}
	switch {
	case len(failed) == 0:
		return nil
	case len(worked) == 0:
		return []string{strings.Join(failed, "，") + "，只发了普通消息"}
	}
	return []string{strings.Join(failed, "，") + "，改为" + strings.Join(worked, "和")}
}

// push tries one way; why is empty if it worked for everybody.
func (a *Adapter) push(ctx context.Context, messageID, path string, ids []string) (why string) {
	var answer struct {
		Invalid json.RawMessage `json:"invalid_user_id_list"`
	}
	err := a.do(ctx, call{op: path, method: "PATCH", path: "/open-apis/im/v1/messages/" + url.PathEscape(messageID) + "/" + path,
		query: url.Values{"user_id_type": {"open_id"}}, body: obj{"user_id_list": ids}, data: &answer})
	var invalid []string
	_ = json.Unmarshal(answer.Invalid, &invalid)
	switch {
	case err == nil && len(invalid) == 0:
		return ""
	case err == nil:
		return "有人收不到"
	}
	a.log.Warn("urgent push not made", "message", messageID, "push", path, "err", err)
	var api *APIError
	if errors.As(err, &api) && whyNoPush[api.Code] != "" {
		return whyNoPush[api.Code]
	}
	return "没有成功"
}
