package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/feishu"
	"fenghuo/config"
	"fenghuo/internal/calendar"
	"fenghuo/internal/roster"
	"fenghuo/scheduler"
	"fenghuo/store"
)

type doctorCmd struct {
	Config string `required:"" type:"existingfile" help:"Configuration file."`
}

// Help shows how it is used.
func (doctorCmd) Help() string {
	return "Example:\n  fenghuo doctor --config /etc/fenghuo/config.yaml\n\nIt sends no message and changes nothing; WeCom's AI bot is logged in for a moment, unless the service is running. Exit codes: 0 all is well; 1 something has to be done, and what; 2 the configuration is wrong."
}

const doctorLimit = 90 * time.Second

// Run looks at everything and says what has to be done.
func (c doctorCmd) Run(e *env) error {
	cfg, err := config.Load(c.Config, environ())
	if err != nil {
		return usage(err)
	}
	p, err := configuredParts(e, cfg)
	if err != nil {
		return usage(err)
	}
	ctx, cancel := context.WithTimeout(e.ctx, doctorLimit)
	defer cancel()
	d := &doctor{env: e, cfg: cfg, file: c.Config, org: p.org, calendar: p.calendar}
	adapter, err := d.feishu(&p)
	if err != nil {
		return usage(err)
	}
	found := append(d.database(ctx), d.people()...)
	found = append(found, d.chat(), d.days())
	found = append(found, d.feedsReached(ctx)...)
	if adapter != nil {
		found = append(found, adapter.Examine(ctx, d.chats(), cfg.PublicURL)...)
	}
	asked, err := d.wecom(ctx, p)
	if err != nil {
		return usage(err)
	}
	found = append(found, asked...)
	return d.report(found)
}

// doctor looks at what a configuration leads to.
type doctor struct {
	*env
	cfg  *config.Config
	file string
	org  *roster.Org

	calendar *calendar.Calendar
}

// finding is what the platforms' checks bring, too.
type finding = bot.Finding

func (d *doctor) database(ctx context.Context) []finding {
	f := finding{About: "数据库"}
	st, err := d.open(ctx)
	if st == nil && err == nil {
		f.Saw, f.Do = "还没有", "请运行 fenghuo migrate --config "+d.file
		return []finding{f}
	}
	if err == nil {
		defer st.Close()
		err = errors.Join(st.Ping(ctx), st.CheckSchema(ctx))
	}
	switch {
	case errors.Is(err, store.ErrSchemaOld):
		f.Saw, f.Do = "连得上，表结构比程序旧", "请运行 fenghuo migrate --config "+d.file
	case errors.Is(err, store.ErrSchemaNewer):
		f.Saw, f.Do = "连得上，表结构比程序新", "请换用升级后的fenghuo"
	case err != nil:
		f.Saw, f.Do = "打不开："+err.Error(), "请检查database.url、目录权限，以及数据库是否在运行"
	default:
		f.Saw = "连得上，表结构是最新的"
	}
	return []finding{f}
}

// chat finds the built-in chat beside a platform: whoever opens its page can speak as anybody.
func (d *doctor) chat() finding {
	f := finding{About: "内置聊天", Saw: "没有打开"}
	if !d.cfg.Webchat.Enabled {
		return f
	}
	f.Saw = "已打开，没有接入平台"
	if d.cfg.Feishu.AppID != "" || d.cfg.Wecom.CorpID != "" {
		f.Saw, f.Do = "与飞书或企业微信同时打开", "请把webchat.enabled改为false；打开那个页面的人可以用任何人的名义说话"
	}
	return f
}

// days finds a table of holidays that ends soon.
func (d *doctor) days() finding {
	end := d.calendar.End(d.now())
	f := finding{About: "日历", Saw: fmt.Sprintf("节假日排到%d年底", end.Year()-1)}
	if end.Sub(d.now()) <= scheduler.CalendarAhead {
		f.Reminder, f.Do = true, fmt.Sprintf("请升级程序，或在calendar里给出%d年的安排；缺了它，%d年起服务不能启动", end.Year(), end.Year())
	}
	return f
}

// people finds whom and what the platform's ids are missing for in the organisation file.
func (d *doctor) people() []finding {
	if d.cfg.Feishu.AppID == "" {
		return []finding{{About: "组织文件", Saw: fmt.Sprintf("%d人，%d个群", len(d.org.People), len(d.org.Groups))}}
	}
	var without, foreign, groups []string
	for _, p := range d.org.People {
		id := p.Accounts[feishu.Name]
		switch {
		case id == "" && p.On != "wecom":
			without = append(without, p.Name)
		case id != "" && !strings.HasPrefix(id, "ou_"):
			foreign = append(foreign, p.Name)
		}
	}
	for _, g := range d.org.Groups {
		if g.Platform == feishu.Name && !strings.HasPrefix(g.ChatID, "oc_") {
			groups = append(groups, g.Name)
		}
	}
	var found []finding
	for _, c := range []struct {
		who      []string
		saw, how string
	}{
		{without, "没有飞书账号", "请在组织文件里填accounts: {feishu: ou_…}；不用飞书的人写on: wecom"},
		{foreign, "的飞书账号不是open_id", "请填本应用的open_id（以ou_开头），不是user_id或邮箱"},
		{groups, "没有chat_id", "请填oc_开头的chat_id；把机器人拉进群后再运行一次，就会列出来"},
	} {
		if len(c.who) > 0 {
			found = append(found, finding{About: "组织文件", Saw: listed(c.who) + c.saw, Do: c.how})
		}
	}
	if len(found) == 0 {
		found = []finding{{About: "组织文件", Saw: fmt.Sprintf("%d人，%d个群，飞书账号和chat_id齐全", len(d.org.People), len(d.org.Groups))}}
	}
	return found
}

func listed(names []string) string {
	const most = 10
	if len(names) <= most {
		return strings.Join(names, "、")
	}
	return fmt.Sprintf("%s等%d个", strings.Join(names[:most], "、"), len(names))
}

// feishu is the app the configuration names, nil if none.
func (d *doctor) feishu(p *parts) (*feishu.Adapter, error) {
	if err := p.withFeishu(d.cfg); err != nil || len(p.links) == 0 {
		return nil, err
	}
	a, _ := p.links[0].platform.(*feishu.Adapter)
	return a, nil
}

// chats are the organisation's groups on Feishu.
func (d *doctor) chats() []feishu.Chat {
	var out []feishu.Chat
	for _, g := range d.org.Groups {
		if g.Platform == feishu.Name && strings.HasPrefix(g.ChatID, "oc_") {
			out = append(out, feishu.Chat{ID: g.ChatID, Name: g.Name})
		}
	}
	return out
}

// report prints a line for each finding.
func (d *doctor) report(found []finding) error {
	wrong := 0
	for _, f := range found {
		word := "正常"
		switch {
		case f.Wrong():
			word = "有问题"
			wrong++
		case f.Reminder:
			word = "提醒"
		}
		line := word + " " + f.About + "：" + f.Saw + "。"
		if f.Do != "" {
			line += f.Do + "。"
		}
		fmt.Fprintln(d.stdout, d.clean(line))
	}
	if wrong > 0 {
		return &exitError{exitUnmet, fmt.Errorf("%d项有问题", wrong)}
	}
	return nil
}

// clean is a line without any secret of the configuration, whoever put it there, and without line breaks.
func (d *doctor) clean(line string) string {
	w := d.cfg.Wecom
	secrets := []string{w.App.Secret.Reveal(), w.App.Token.Reveal(), w.App.EncodingAESKey.Reveal(), w.AIBot.Secret.Reveal(), w.AIBot.Token.Reveal(), w.AIBot.EncodingAESKey.Reveal(), d.cfg.Secret.Reveal(), d.cfg.Redis.URL.Reveal(), d.cfg.Feishu.AppSecret.Reveal(), d.cfg.Feishu.EncryptKey.Reveal(), d.cfg.Feishu.VerificationToken.Reveal()}
	for _, s := range []config.Secret{d.cfg.Database.URL, d.cfg.Redis.URL} {
		if u, err := url.Parse(s.Reveal()); err == nil && u.User != nil {
			password, _ := u.User.Password()
			secrets = append(secrets, u.String(), password)
		}
	}
	for _, r := range w.Robots {
		secrets = append(secrets, r.Key.Reveal())
	}
	for _, s := range secrets {
		if s != "" {
			line = strings.ReplaceAll(line, s, "***")
		}
	}
	return strings.Join(strings.Fields(line), " ")
}
