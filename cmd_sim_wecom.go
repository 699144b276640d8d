package main

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/internal/roster"
)

type simWecomCmd struct {
	Listen   string `default:"127.0.0.1:8071" help:"Address to serve."`
	Org      string `type:"existingfile" help:"Organisation file whose people and WeCom groups are there; without it a made-up company."`
	Callback string `help:"Address of the bot, such as http://127.0.0.1:8080: the app's callbacks are posted to its /wecom/app. Without it the app hears nothing and may send no cards with buttons."`
	AIBot    string `name:"aibot" enum:"websocket,http" default:"websocket" help:"How the AI bot is told: over its socket, or at /wecom/aibot of the callback address."`
}

// Help shows how it is used, and how the running platform is steered.
func (simWecomCmd) Help() string {
	return `Examples:
  fenghuo sim wecom --org org.yaml --callback http://127.0.0.1:8080
  fenghuo sim wecom --listen 127.0.0.1:8071 --callback http://127.0.0.1:8080 --aibot http
  curl -d '{"person":"林可","chat":"华东客服群","text":"@舆报助手 上报"}' http://127.0.0.1:8071/_sim/say

` + wecomtest.ControlHelp
}

// Run serves the platform until it is interrupted.
func (c simWecomCmd) Run(e *env) error {
	if c.AIBot == "http" && c.Callback == "" {
		return usage(errors.New("--aibot http needs --callback, the address of the bot"))
	}
	org, err := simOrg(c.Org)
	if err != nil {
		return usage(err)
	}
	ln, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another with --listen", c.Listen, err)
	}
	options := simWecomOptions(org, e.now)
	options.Log, options.BaseURL = e.log, "http://"+ln.Addr().String()
	if base := strings.TrimSuffix(c.Callback, "/"); base != "" {
		options.AppURL = base + "/wecom/app"
		if c.AIBot == "http" {
			options.BotURL = base + "/wecom/aibot"
		}
	}
	p := wecomtest.New(options)
	fmt.Fprint(e.stdout, simWecomSettings(p.Options(), org))
	return serveSim(e.ctx, p, ln)
}

// simWecomOptions puts the people and WeCom groups of an organisation on the platform.
func simWecomOptions(org *roster.Org, now func() time.Time) wecomtest.Options {
	o := wecomtest.Options{BotName: org.Bot, Now: now}
	o.Org.Depts = []wecomtest.Dept{{ID: 1, Name: org.Name}}
	dept, names := map[string]int{"": 1}, map[string]string{}
	for i, u := range org.Units {
		dept[u.ID], names[u.ID] = i+2, u.Name
	}
	for i, u := range org.Units {
		o.Org.Depts = append(o.Org.Depts, wecomtest.Dept{ID: i + 2, Name: u.Name, Parent: max(1, dept[u.Parent])})
	}
	accounts, everybody := map[string]string{}, []string{}
	for _, person := range org.People {
		id := person.Accounts["wecom"]
		if id == "" {
			continue
		}
		accounts[person.ID] = id
		everybody = append(everybody, id)
		o.Org.People = append(o.Org.People, wecomtest.Person{UserID: id, Name: person.Name, Mobile: person.Phone, Dept: names[person.Unit], Title: person.Title})
	}
	for _, g := range wecomGroups(org) {
		group := wecomtest.Group{ChatID: g.ChatID, Name: g.Name, Members: everybody}
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

func wecomGroups(org *roster.Org) (out []roster.Group) {
	for _, g := range org.Groups {
		if g.Platform == "wecom" {
			out = append(out, g)
		}
	}
	return out
}

// simWecomSettings is the part of the bot's configuration that reaches the platform.
func simWecomSettings(o wecomtest.Options, org *roster.Org) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# 企业微信模拟平台  %s/   停止按 Ctrl-C
wecom:
  corp_id: %s
  base_url: %s
  app:
    agent_id: "%d"
    secret: %s
    token: %s
    encoding_aes_key: %s
    make_groups: true
  aibot:
`, o.BaseURL, o.CorpID, o.BaseURL, o.AgentID, o.AppSecret, o.AppToken, o.AppAESKey)
	if o.BotURL == "" {
		fmt.Fprintf(&b, "    mode: websocket\n    bot_id: %s\n    secret: %s\n    ws_url: ws%s%s\n", o.BotID, o.BotSecret, strings.TrimPrefix(o.BaseURL, "http"), wecomtest.SocketPath)
	} else {
		fmt.Fprintf(&b, "    mode: http\n    token: %s\n    encoding_aes_key: %s\n", o.BotToken, o.BotAESKey)
	}
	groups := wecomGroups(org)
	if len(groups) > 0 {
		b.WriteString("  robots:\n")
	}
	for i, g := range groups {
		fmt.Fprintf(&b, "    - {group: %s, key: %s}\n", g.ID, o.Org.Groups[i].RobotKey)
	}
	return b.String()
}
