package feishu

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"fenghuo/bot"
)

// Chat is a group of the organisation on the platform.
type Chat struct{ ID, Name string }

// Examine asks the platform whether the app can do what it is there for. It sends no message and changes
// nothing: what could, is asked of messages and chats that do not exist. https, with mode http, is where
// the platform reaches this service.
func (a *Adapter) Examine(ctx context.Context, wanted []Chat, https string) []bot.Finding {
	clock, there := a.clock(ctx)
	found := []bot.Finding{clock}
	if !there {
		return found
	}
	if _, err := a.token.get(ctx); err != nil {
		return append(found, a.failed("飞书凭证", err))
	}
	found = append(found, bot.Finding{About: "飞书凭证", Saw: "app_id和app_secret可用"})
	me := a.bot(ctx)
	found = append(found, me)
	if me.Wrong() {
		return found // every call after it would say the same
	}
	found = append(found, a.scopes(ctx)...)
	if a.cfg.Mode == ModeHTTP {
		found = append(found, a.callback(ctx, https))
	} else {
		found = append(found, a.connection(ctx))
	}
	found = append(found, a.groups(ctx, wanted)...)
	return append(found, bot.Finding{About: "飞书订阅", Reminder: true, Saw: "事件和回调的订阅查不到",
		Do: "请在开发者后台“事件与回调”里看一眼：事件有im.message.receive_v1，回调有card.action.trigger，改过之后发布了新版本"})
}

const (
	checkTimeout = 10 * time.Second
	mostSkew     = time.Minute
)

// clock compares this machine's clock with the Date header of an answer, whatever the answer is. there is
// whether one came.
func (a *Adapter) clock(ctx context.Context) (f bot.Finding, there bool) {
	f = bot.Finding{About: "时钟"}
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	before := a.now()
	resp, err := a.request(ctx, call{op: "look at the clock", method: http.MethodGet, path: "/open-apis/bot/v3/info"}, "")
	if err != nil {
		return a.failed("连接飞书", err), false
	}
	_ = resp.Body.Close()
	theirs, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		f.Saw = "飞书的回答里没有时间，没有比对"
		return f, true
	}
	ours := before.Add(a.now().Sub(before) / 2)
	skew := ours.Sub(theirs).Round(time.Second)
	if skew.Abs() <= mostSkew {
		f.Saw = "与飞书相差不到1分钟"
		return f, true
	}
	word := "快"
	if skew < 0 {
		word = "慢"
	}
	f.Saw = fmt.Sprintf("本机时钟比飞书%s%.0f秒", word, skew.Abs().Seconds())
	f.Do = "请打开时间同步（如chrony、systemd-timesyncd），时限都按本机时钟算"
	return f, true
}

// states are what bot/v3/info calls activate_status; 2 is enabled:
// https://open.feishu.cn/document/ukTMukTMukTM/uAjMxEjLwITMx4CMyETM
var states = map[int]string{0: "还没有安装", 1: "已被企业停用", 3: "安装后还没有启用", 4: "升级后还没有启用", 5: "许可已过期", 6: "套餐到期或降级，已停用"}

// bot asks who the bot is: without the bot ability there is none.
func (a *Adapter) bot(ctx context.Context) bot.Finding {
	f := bot.Finding{About: "飞书机器人"}
	var answer struct {
		Bot struct {
			OpenID string `json:"open_id"`
			Name   string `json:"app_name"`
			State  int    `json:"activate_status"`
		} `json:"bot"`
	}
	err := a.do(ctx, call{op: "get bot info", method: http.MethodGet, path: "/open-apis/bot/v3/info", whole: &answer})
	switch {
	case err != nil:
		f = a.failed(f.About, err)
		var api *APIError
		if errors.As(err, &api) && api.Admin == "" {
			f.Do = "请在开发者后台“添加应用能力”里打开机器人，再发布新版本"
		}
	case answer.Bot.OpenID == "":
		f.Saw, f.Do = "应用没有机器人能力", "请在开发者后台“添加应用能力”里打开机器人，再发布新版本"
	case states[answer.Bot.State] != "":
		f.Saw, f.Do = "应用"+states[answer.Bot.State], "请飞书管理员在管理后台的“工作台→应用管理”里启用它"
	default:
		f.Saw = "名称“" + answer.Bot.Name + "”，已启用"
	}
	return f
}

// failed is a finding about a call that did not go through.
func (a *Adapter) failed(about string, err error) bot.Finding {
	f := bot.Finding{About: about}
	var api *APIError
	switch {
	case errors.As(err, &api) && api.Admin != "":
		f.Saw, f.Do = said(api), strings.TrimSuffix(api.Admin, "。")
	case errors.As(err, &api):
		f.Saw, f.Do = said(api), "请按这个码查飞书的错误码说明，或把日志号交给飞书客服"
	case errors.Is(err, context.DeadlineExceeded):
		f.Saw, f.Do = "飞书没有按时回答", a.reach()
	default:
		f.Saw, f.Do = "连不上："+clip(a.redact(withoutURL(err).Error(), ""), 120), a.reach()
	}
	return f
}

func (a *Adapter) reach() string {
	return "请检查本机到" + a.base + "的网络、DNS和代理，以及feishu.base_url"
}

func said(e *APIError) string {
	s := fmt.Sprintf("飞书答%d（%s）", e.Code, clip(e.Msg, 120))
	if e.LogID != "" {
		s += "，日志号" + e.LogID
	}
	return s
}
