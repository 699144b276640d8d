package wecom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"fenghuo/bot"
)

// appChat begins the place of a group the app made; what follows is its chatid. Nothing said in it is heard,
// and it shows no cards: https://developer.work.weixin.qq.com/document/path/90248
const appChat = "appchat/"

const (
	mostMembers  = 2000
	mostChatName = 50 // characters
	chatIsThere  = 86215
	seeRoot      = "企业微信不让应用建群：请把应用的可见范围设成包含根部门的全公司，或在配置里关掉make_groups。"
)

var _ bot.GroupMaker = (*Adapter)(nil)

// MakesGroups reports whether the app may make groups.
func (a *Adapter) MakesGroups() bool { return a.cfg.App.used() && a.cfg.App.MakeGroups }

// MakeGroup makes a group of the app, at most 1000 a day, with 2 to 2000 members, or adds members to one:
// https://developer.work.weixin.qq.com/document/path/90245. The chatid is told by the key, so that a group made
// by an attempt whose answer was lost is found again.
func (a *Adapter) MakeGroup(ctx context.Context, key string, g bot.Group) (string, error) {
	var ids []string
	for _, p := range a.mentioned(g.People) {
		ids = append(ids, p.account)
	}
	ids = ids[:min(len(ids), mostMembers)]
	if id, there := strings.CutPrefix(g.Chat, appChat); there {
		return g.Chat, groupRefused(a.do(ctx, call{op: "change group", method: http.MethodPost, path: "/cgi-bin/appchat/update",
			body: obj{"chatid": id, "add_user_list": ids}}))
	}
	if len(ids) < 2 {
		return "", fmt.Errorf("wecom: a group of %d: %w", len(ids), bot.ErrPermanent)
	}
	id := fingerprint(key)
	err := a.do(ctx, call{op: "make group", method: http.MethodPost, path: "/cgi-bin/appchat/create",
		body: obj{"name": clip(g.Name, mostChatName), "owner": ids[0], "userlist": ids, "chatid": id}})
	if code(err) == chatIsThere {
		err = nil
	}
	return appChat + id, groupRefused(err)
}

// groupRefused says what is asked of who may mend it: the whole company has to be in the app's range, whomever
// the group is for.
func groupRefused(err error) error {
	var api *APIError
	if errors.As(err, &api) && (api.Code == 60011 || api.Code == 48002 || api.Code == 50002) {
		api.Admin = seeRoot
	}
	return err
}

// byAppChat says it in a group of the app, with a real @.
func (a *Adapter) byAppChat(ctx context.Context, out bot.Outgoing) (bot.Receipt, error) {
	var at []string
	for _, p := range a.mentioned(out.Message.Mentions) {
		at = append(at, p.account)
	}
	id := strings.TrimPrefix(out.Place.Chat, appChat)
	_, err := a.inParts(ctx, out.Key, plain(out), mostApp, func(ctx context.Context, part string) (string, error) {
		text := obj{"content": part}
		if len(at) > 0 {
			text["mentioned_list"], at = at, nil // once, not for every part
		}
		return "", a.do(ctx, call{op: "speak in a group of the app", method: http.MethodPost, path: "/cgi-bin/appchat/send",
			body: obj{"chatid": id, "msgtype": "text", "text": text, "safe": 0}})
	})
	if err != nil {
		return bot.Receipt{}, groupRefused(err)
	}
	return bot.Receipt{Message: appChat + fingerprint(out.Key), Confirmed: true}, nil
}
