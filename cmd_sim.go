package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
	"fenghuo/internal/roster"
)

type simCmd struct {
	Feishu simFeishuCmd `cmd:"" help:"Feishu's open platform: calls, events, long connection, a page with the chats."`
	Wecom  simWecomCmd  `cmd:"" help:"WeCom: the app, webhook robots and the AI bot, a page with the chats."`
}

// Help shows how it is used.
func (simCmd) Help() string {
	return "Examples:\n  fenghuo sim feishu --org org.yaml\n  fenghuo sim wecom --org org.yaml"
}

type simFeishuCmd struct {
	Listen   string `default:"127.0.0.1:8070" help:"Address to serve."`
	Org      string `type:"existingfile" help:"Organisation file whose people and Feishu groups are there; without it a made-up company."`
	Callback string `help:"Address of the bot, such as http://127.0.0.1:8080: events are posted to its /feishu/event and /feishu/card. Without it they go over the long connection."`
	Quirks   bool   `help:"Behave in the ways that are reported and not documented: old signatures on repeats, other chat types, card frames."`
	HearAll  bool   `help:"Grant the app im:message.group_msg: it hears all that is said in its groups."`
}

// Help shows how it is used, and how the running platform is steered.
func (simFeishuCmd) Help() string {
	return `Examples:
  fenghuo sim feishu --org org.yaml
  fenghuo sim feishu --listen 127.0.0.1:8070 --org org.yaml --callback http://127.0.0.1:8080
  curl -d '{"person":"周敏","chat":"舆情直报群","text":"@舆报助手 上报"}' http://127.0.0.1:8070/_sim/say

` + feishutest.ControlHelp
}

// Run serves the platform until it is interrupted.
func (c simFeishuCmd) Run(e *env) error {
	org, err := simOrg(c.Org)
	if err != nil {
		return usage(err)
	}
	options := simOptions(org, e.now)
	options.Log, options.Quirks = e.log, c.Quirks
	if c.HearAll {
		options.Scopes = append(feishutest.Scopes(), "im:message.group_msg")
	}
	if c.Callback != "" {
		base := strings.TrimSuffix(c.Callback, "/")
		options.EventURL, options.CardURL = base+"/feishu/event", base+"/feishu/card"
	}
	p := feishutest.New(options)
	ln, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another with --listen", c.Listen, err)
	}
	fmt.Fprint(e.stdout, simSettings(p.Options(), ln.Addr(), c.Callback))
	return serveSim(e.ctx, p, ln)
}

// simOrg is an organisation from its file, or the made-up company.
func simOrg(path string) (*roster.Org, error) {
	if path == "" {
		return config.ParseOrg(demoOrg, "jianglan.yaml")
	}
	return config.LoadOrg(path)
}

// simOptions puts the people and Feishu groups of an organisation on the platform.
func simOptions(org *roster.Org, now func() time.Time) feishutest.Options {
	o := feishutest.Options{TenantKey: "tk_" + org.Tenant, BotName: org.Bot, Now: now}
	accounts, everybody := map[string]string{}, []string{}
	for _, person := range org.People {
		id := person.Accounts["feishu"]
		if id == "" {
			continue
		}
		accounts[person.ID] = id
		everybody = append(everybody, id)
		o.Org.People = append(o.Org.People, feishutest.Person{OpenID: id, UserID: person.ID, Name: person.Name, Mobile: person.Phone, Dept: person.Unit, Title: person.Title})
	}
	for _, u := range org.Units {
		o.Org.Depts = append(o.Org.Depts, feishutest.Dept{ID: u.ID, Name: u.Name, Parent: u.Parent})
	}
	for _, g := range org.Groups {
		if g.Platform != "feishu" {
			continue
		}
		group := feishutest.Group{ChatID: g.ChatID, Name: g.Name, Topic: g.Topics, Members: everybody}
		if len(g.Members) > 0 {
			group.Members = nil
			for _, id := range g.Members {
				if account := accounts[id]; account != "" {
					group.Members = append(group.Members, account)
				}
			}
		}
		o.Org.Groups = append(o.Org.Groups, group)
	}
	return o
}

// simSettings is the part of the bot's configuration that reaches the platform.
func simSettings(o feishutest.Options, at net.Addr, callback string) string {
	mode := "websocket"
	if callback != "" {
		mode = "http"
	}
	return fmt.Sprintf(`# 飞书模拟平台  http://%s/   停止按 Ctrl-C
feishu:
  app_id: %s
  app_secret: %s
  encrypt_key: %s
  verification_token: %s
  mode: %s
  base_url: http://%s
`, at, o.AppID, o.AppSecret, o.EncryptKey, o.VerificationToken, mode, at)
}

// standIn is a platform that is served; Tick repeats what failed and is due.
type standIn interface {
	http.Handler
	Tick(ctx context.Context) int
}

// serveSim serves until the context ends, and repeats events that failed when they are due.
func serveSim(ctx context.Context, p standIn, ln net.Listener) error {
	server := &http.Server{Handler: p, ReadHeaderTimeout: 10 * time.Second}
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				_ = server.Close() // it ends anyway
				return
			case <-tick.C:
				p.Tick(ctx)
			}
		}
	}()
	err := server.Serve(ln)
	if errors.Is(err, http.ErrServerClosed) {
		<-stopped
		return nil
	}
	return err
}
