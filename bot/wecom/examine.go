package wecom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"fenghuo/bot"
)

// GroupToCheck is a group of the organisation.
type GroupToCheck struct{ ID, Name string }

// Examination says what Examine looks at.
type Examination struct {
	Groups []GroupToCheck
	People []string
	Public string // where the platform reaches this service
	// Alone keeps services from connecting until done is called. Nil: one is connected, and another login would
	// throw it out.
	Alone func(ctx context.Context) (done func(), err error)
}

const mostAsked = 200 // people the platform is asked about

// Examine looks at each of the three parts: whether it works, and what its lack costs. It says nothing to
// anybody: a robot's key shows only by speaking. The AI bot is logged in for a moment, unless a service is.
func (a *Adapter) Examine(ctx context.Context, e Examination) []bot.Finding {
	found := a.examineApp(ctx, e.People, e.Public)
	found = append(found, a.examineBot(ctx, e))
	found = append(found, a.examineRobots(ctx, e.Groups)...)
	return append(found, a.unmentionable(e.People)...)
}

func (a *Adapter) examineApp(ctx context.Context, people []string, public string) []bot.Finding {
	f := bot.Finding{About: "企业微信应用"}
	if !a.cfg.App.used() {
		f.Saw, f.Reminder = "没有配置", true
		f.Do = "没有它，私信只能走智能机器人：没和机器人说过话的人收不到，卡片不能更新"
		return []bot.Finding{f}
	}
	if _, err := a.token.get(ctx); err != nil {
		return []bot.Finding{a.failed("企业微信应用", err)}
	}
	f.Saw = "corp_id、agent_id和secret可用"
	found := []bot.Finding{f, callback("企业微信应用回调", public, "/wecom/app", "按钮点了没有反应，私聊应用说的话听不到")}
	if a.MakesGroups() {
		found = append(found, a.examineGroups(ctx))
	}
	return append(found, a.unknown(ctx, people)...)
}

// examineGroups asks about a group that does not exist: where the app may not make any, that is what is refused.
func (a *Adapter) examineGroups(ctx context.Context) bot.Finding {
	err := groupRefused(a.do(ctx, call{op: "get group", method: http.MethodGet, path: "/cgi-bin/appchat/get", query: url.Values{"chatid": {"fenghuodoctor"}}}))
	if c := code(err); c == 86001 || c == 86003 || c == 40050 {
		return bot.Finding{About: "企业微信建群", Saw: "应用可以建群"}
	}
	return a.failed("企业微信建群", err)
}

func callback(about, public, path, cost string) bot.Finding {
	f := bot.Finding{About: about, Saw: "应填" + strings.TrimSuffix(public, "/") + path, Reminder: true, Do: "请在管理后台核对接收消息的URL"}
	if u, err := url.Parse(public); public == "" || err != nil || u.Scheme != "https" {
		f.Saw, f.Reminder = "public_url没有写或不是https", false
		f.Do = "请写上企业微信能访问到的https地址；没有回调，" + cost
	}
	return f
}

// unknown are people the platform does not know, or does not let the app see.
func (a *Adapter) unknown(ctx context.Context, people []string) []bot.Finding {
	var without, out []string
	seen := 0
	for n, person := range people {
		account, ok := a.account(person)
		if !ok || account == "" {
			without = append(without, a.cfg.Directory.Name(person))
			continue
		}
		if n >= mostAsked {
			break
		}
		err := a.do(ctx, call{op: "get user", method: http.MethodGet, path: "/cgi-bin/user/get", query: url.Values{"userid": {account}}})
		switch c := code(err); {
		case c == 60111 || c == 60011 || c == 50002 || c == 46004:
			out = append(out, a.cfg.Directory.Name(person))
		case err != nil:
			return []bot.Finding{a.failed("企业微信通讯录", err)}
		default:
			seen++
		}
	}
	found := []bot.Finding{{About: "企业微信通讯录", Saw: fmt.Sprintf("认得%d人", seen)}}
	if len(without) > 0 {
		found = append(found, bot.Finding{About: "组织文件", Saw: listed(without) + "没有企业微信账号", Do: "请在组织文件里填accounts: {wecom: 账号}"})
	}
	if len(out) > 0 {
		found = append(found, bot.Finding{About: "企业微信通讯录", Saw: "查不到" + listed(out), Do: "请核对userid，并把他们加进应用的可见范围"})
	}
	return found
}

// examineBot logs the bot in and leaves again, unless a service is logged in.
func (a *Adapter) examineBot(ctx context.Context, e Examination) bot.Finding {
	f := bot.Finding{About: "企业微信智能机器人"}
	switch {
	case !a.cfg.AIBot.used():
		f.Saw, f.Reminder = "没有配置", true
		f.Do = "没有它，群里@机器人听不到：上报、签收只能私聊应用"
		return f
	case a.cfg.AIBot.Mode == ModeHTTP:
		return callback("企业微信智能机器人", e.Public, "/wecom/aibot", "群里@机器人听不到")
	}
	done, err := e.Alone(ctx)
	switch {
	case err != nil:
		f.Saw, f.Reminder = "长连接，不知道服务是否在运行，没有试登", true
		f.Do = "试登会把运行中的服务挤下线；请先修好数据库或Redis再检查"
	case done == nil:
		f.Saw = "长连接，服务在运行，没有试登（试登会把它挤下线）"
	default:
		defer done()
		return a.tried(ctx, f)
	}
	return f
}

func (a *Adapter) tried(ctx context.Context, f bot.Finding) bot.Finding {
	err := a.tryLogin(ctx)
	var refused *refusedError
	switch {
	case err == nil:
		f.Saw = "长连接，bot_id和secret可用（试登后已退出）"
	case errors.As(err, &refused):
		f.Saw, f.Do = fmt.Sprintf("企业微信答复%d（%s）", refused.code, clip(refused.msg, 60)), strings.TrimSuffix(adviceBot, "。")
	default:
		f.Saw, f.Do = "长连接连不上", "请检查本机到"+first(a.cfg.AIBot.WSURL, defaultSocket)+"的网络、DNS和代理，以及wecom.aibot.ws_url"
	}
	return f
}

func (a *Adapter) examineRobots(ctx context.Context, groups []GroupToCheck) []bot.Finding {
	var with, without, unknown []string
	for _, g := range groups {
		if key, err := a.robot(ctx, g.ID); err == nil && key != "" {
			with = append(with, g.Name)
		} else {
			without = append(without, g.Name)
		}
		if id, _ := a.cfg.Directory.Chat(g.ID); id == "" {
			unknown = append(unknown, g.Name)
		}
	}
	var found []bot.Finding
	if len(with) > 0 {
		found = append(found, bot.Finding{About: "企业微信群推送", Saw: listed(with) + "有key", Reminder: true, Do: "key对不对要发一条才知道：请私聊机器人“绑定推送”，它会在群里试发"})
	}
	if len(without) > 0 {
		found = append(found, bot.Finding{About: "企业微信群推送", Saw: listed(without) + "在配置里没有key", Reminder: true, Do: "没有它，催办不能真正@到人，隔夜可能发不出去；请在群里添加推送，把key写进wecom.robots或私聊机器人绑定"})
	}
	if len(unknown) > 0 {
		found = append(found, bot.Finding{About: "企业微信群", Saw: listed(unknown) + "在组织文件里没有chat_id", Reminder: true, Do: "请管理员在那个群里@机器人说“绑定群 群名”"})
	}
	return found
}

// unmentionable are ids that name nobody to a robot: encrypted ones begin with wo.
func (a *Adapter) unmentionable(people []string) []bot.Finding {
	var foreign []string
	for _, person := range people {
		if account, ok := a.account(person); ok && strings.HasPrefix(account, "wo") && len(account) > 20 {
			foreign = append(foreign, a.cfg.Directory.Name(person))
		}
	}
	if len(foreign) == 0 {
		return nil
	}
	return []bot.Finding{{About: "组织文件", Saw: listed(foreign) + "的账号是加密的", Do: "wo开头的账号@不到人，请填通讯录里的userid"}}
}

// failed is a finding about a call that did not go through.
func (a *Adapter) failed(about string, err error) bot.Finding {
	f := bot.Finding{About: about, Saw: "连不上", Do: "请检查本机到" + a.base + "的网络、DNS和代理，以及wecom.base_url"}
	var api *APIError
	if errors.As(err, &api) {
		f.Saw, f.Do = fmt.Sprintf("企业微信答复%d（%s）", api.Code, clip(api.Msg, 60)), strings.TrimSuffix(api.Admin, "。")
		if f.Do == "" {
			f.Do = "请按这个码查企业微信的错误码说明"
		}
	}
	return f
}

func listed(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s等%d个", strings.Join(names[:most], "、"), len(names))
}
