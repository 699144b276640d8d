package feishu

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"fenghuo/bot"
)

// Nothing has these ids, so a call about them goes no further than the check of its scope.
const (
	noMessage = "om_00000000000000000000000000000000"
	noChat    = "oc_00000000000000000000000000000000"
	noPerson  = "ou_00000000000000000000000000000000"
	noScope   = 99991672
)

// need is a scope the bot cannot do without, or without which something is left out.
type need struct {
	scope string // to be asked for
	what  string // what it is for
	lacks string // what happens without it, if the bot can live with that
	probe call
}

func needs(groups bool) []need {
	urgent := func(kind string) call {
		return call{method: http.MethodPatch, path: "/open-apis/im/v1/messages/" + noMessage + "/urgent_" + kind,
			query: url.Values{"user_id_type": {"open_id"}}, body: obj{"user_id_list": []string{noPerson}}}
	}
	card := `{"schema":"2.0","config":{"update_multi":true},"body":{"elements":[]}}`
	form, kind, err := imageForm(nil)
	if err != nil {
		panic(err) // written to memory
	}
	all := []need{
		{"im:message:send_as_bot", "发消息", "", call{method: http.MethodPost, path: "/open-apis/im/v1/messages", query: url.Values{"receive_id_type": {"chat_id"}},
			body: obj{"receive_id": noChat, "msg_type": "text", "content": `{"text":"fenghuo doctor"}`}}},
		{"im:message:update", "更新卡片", "", call{method: http.MethodPatch, path: "/open-apis/im/v1/messages/" + noMessage, body: obj{"content": card}}},
		{"im:message:readonly", "读被回复的消息、下载截图和附件", "", call{method: http.MethodGet, path: "/open-apis/im/v1/messages/" + noMessage}},
		{"im:resource", "在卡片里放截图", "", call{method: http.MethodPost, path: "/open-apis/im/v1/images", raw: form, kind: kind}},
		{"im:chat:readonly", "看机器人在哪些群", "", call{method: http.MethodGet, path: "/open-apis/im/v1/chats", query: url.Values{"page_size": {"1"}}}},
		{"im:message.urgent", "应用内加急", "", urgent("app")},
		{"contact:user.basic_profile:readonly", "看没登记的人叫什么", "没登记的人没有名字", call{method: http.MethodPost, path: "/open-apis/contact/v3/users/basic_batch",
			query: url.Values{"user_id_type": {"open_id"}}, body: obj{"user_ids": []string{noPerson}}}},
		{"contact:contact.base:readonly", "看通讯录里的人和部门", "不同步飞书通讯录", call{method: http.MethodGet, path: "/open-apis/contact/v3/scopes",
			query: url.Values{"user_id_type": {"open_id"}, "page_size": {"1"}}}},
		{"im:message.urgent:sms", "短信加急", "催办不会发短信", urgent("sms")},
		{"im:message.urgent:phone", "电话加急", "催办不会打电话", urgent("phone")},
	}
	if groups { // nobody owns it, so none is made
		all = append(all, need{"im:chat", "建群、拉人", "", call{method: http.MethodPost, path: "/open-apis/im/v1/chats",
			query: url.Values{"user_id_type": {"open_id"}}, body: obj{"name": "fenghuo doctor", "owner_id": noPerson, "chat_mode": "none", "chat_type": "none"}}})
	}
	return all
}

// hears are the scopes that let the bot hear, any one of each: no call needs them, they show in the list only.
var hears = []struct {
	what string
	any  []string
}{
	{"听群里@它的话", []string{"im:message.group_at_msg:readonly", "im:message.group_at_msg", "im:message.group_at_msg.include_bot:readonly", "im:message.group_msg", "im:message.group_msg:readonly"}},
	{"听私聊", []string{"im:message.p2p_msg:readonly", "im:message.p2p_msg"}},
}

// scopes finds out what the app may do by trying, and what it may hear by asking.
func (a *Adapter) scopes(ctx context.Context) []bot.Finding {
	var found []bot.Finding
	var fine, less []string
	for _, n := range needs(a.cfg.MakeGroups) {
		n.probe.op = "probe " + n.scope
		err := a.do(ctx, n.probe)
		switch {
		case code(err) == noScope && n.lacks != "":
			less = append(less, n.lacks+"（没有"+n.scope+"）")
		case code(err) == noScope:
			found = append(found, missing(n.what, n.scope, alternatives(err)))
		case code(err) == 0 && err != nil || waits(err):
			return append(found, a.failed("权限："+n.what, err)) // the others would say the same
		default:
			fine = append(fine, n.what)
		}
	}
	if len(fine) > 0 {
		found = append(found, bot.Finding{About: "权限", Saw: strings.Join(fine, "、")})
	}
	if len(less) > 0 {
		found = append(found, bot.Finding{About: "权限", Saw: strings.Join(less, "，"), Reminder: true, Do: "需要时再开通"})
	}
	return append(found, a.hearing(ctx)...)
}

// hearing says what the app may hear.
func (a *Adapter) hearing(ctx context.Context) []bot.Finding {
	granted, err := a.granted(ctx)
	if err != nil {
		return []bot.Finding{{About: "权限：听消息", Saw: "查不到", Reminder: true, Do: "请在开发者后台“权限管理”里确认有" + hears[0].any[0] + "和" + hears[1].any[0]}}
	}
	var found []bot.Finding
	for _, h := range hears {
		if slices.ContainsFunc(h.any, func(s string) bool { return slices.Contains(granted, s) }) {
			found = append(found, bot.Finding{About: "权限", Saw: h.what})
		} else {
			found = append(found, missing(h.what, h.any[0], nil))
		}
	}
	return found
}

func missing(what, scope string, others []string) bot.Finding {
	f := bot.Finding{About: "权限：" + what, Saw: "没有" + scope}
	f.Do = "请在开发者后台“权限管理”里开通" + scope
	if others = slices.DeleteFunc(others, func(s string) bool { return s == scope }); len(others) > 0 {
		f.Do += "（或" + strings.Join(others, "、") + "）"
	}
	f.Do += "，再发布新版本并由管理员审核"
	return f
}

var scopeName = regexp.MustCompile(`\b[a-z][a-z_]*(?::[a-z_.]+)+`)

// alternatives are the scopes the platform's words name, any one of which would do.
func alternatives(err error) []string {
	var e *APIError
	if !errors.As(err, &e) {
		return nil
	}
	list, _, _ := strings.Cut(e.Msg, "]")
	names := scopeName.FindAllString(list, -1)
	slices.Sort(names)
	return slices.Compact(names)
}
