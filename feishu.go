package main

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/feishu"
	"fenghuo/config"
	"fenghuo/internal/roster"
)

// link is a connected platform: it sends, and brings events over HTTP, over a connection of its own, or
// both.
type link struct {
	platform bot.Platform
	mention  func() bool // in groups it hears only what mentions the bot
	routes   func(mux *http.ServeMux, sink bot.Sink)
	run      func(ctx context.Context, sink bot.Sink) error // keeps open what has to be, until ctx ends

	connected func() bool // nil: it has no connection of its own
	repeats   bool        // the platform brings again what was said while there was none
}

const (
	connLease = "feishu/longconn"
	connTTL   = 2 * time.Minute
)

// withFeishu connects the app the configuration names, if it names one.
func (p *parts) withFeishu(cfg *config.Config) error {
	if cfg.Feishu.AppID == "" {
		return nil
	}
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return err
	}
	p.files = p.lateFiles()
	a, err := feishu.New(feishu.Config{AppID: cfg.Feishu.AppID, AppSecret: cfg.Feishu.AppSecret.Reveal(), EncryptKey: cfg.Feishu.EncryptKey.Reveal(),
		VerificationToken: cfg.Feishu.VerificationToken.Reveal(), BaseURL: cfg.Feishu.BaseURL, Mode: cfg.Feishu.Mode, MakeGroups: cfg.Feishu.MakeGroups,
		Directory: feishuDirectory{p.org}, Files: p.files, Shared: p.shared, Roll: p.lateRoll(), Push: cfg.Feishu.Urgent, Zone: zone, Now: p.now, Log: p.log, HTTP: p.http})
	if err != nil {
		return err
	}
	l := link{platform: a, mention: a.NeedsMention, run: func(ctx context.Context, sink bot.Sink) error { watchFeishu(ctx, a, sink); return nil }, routes: func(mux *http.ServeMux, sink bot.Sink) {
		mux.Handle("/feishu/event", a.EventHandler(sink))
		mux.Handle("/feishu/card", a.CardHandler(sink))
	}}
	if cfg.Feishu.Mode != feishu.ModeHTTP {
		l.routes = func(*http.ServeMux, bot.Sink) {}
		l.repeats = true
		l.run, l.connected = p.feishuConn(cfg, a)
	}
	p.links = append(p.links, l)
	p.platforms = append(p.platforms, a)
	return nil
}

// watchFeishu keeps an eye on what the platform does not send, until ctx ends.
func watchFeishu(ctx context.Context, a *feishu.Adapter, sink bot.Sink) {
	var all sync.WaitGroup
	all.Go(func() { a.WatchHearing(ctx) })
	all.Go(func() { a.WatchRoll(ctx) })
	all.Go(func() { a.WatchReads(ctx, sink) })
	all.Go(func() { a.WatchEdits(ctx, sink) })
	all.Wait()
}

// feishuConn keeps the long connection open on the replica that holds its lease.
func (p *parts) feishuConn(cfg *config.Config, a *feishu.Adapter) (run func(context.Context, bot.Sink) error, connected func() bool) {
	shared, self := p.shared, replica()
	conn := feishu.NewLongConn(feishu.LongConnConfig{AppID: cfg.Feishu.AppID, AppSecret: cfg.Feishu.AppSecret.Reveal(), BaseURL: cfg.Feishu.BaseURL, Log: p.log, HTTP: p.http,
		Lease: func(ctx context.Context) (bool, error) { return shared.Acquire(ctx, connLease, self, connTTL) }})
	return func(ctx context.Context, sink bot.Sink) error {
		var watch sync.WaitGroup
		watch.Go(func() { watchFeishu(ctx, a, sink) })
		defer watch.Wait()
		err := conn.Run(ctx, a, sink)
		release, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if gone := shared.Release(release, connLease, self); gone != nil {
			p.log.Warn("lease not released", "lease", connLease, "err", gone)
		}
		return err
	}, conn.Connected
}

// feishuDirectory is the organisation as Feishu knows it: open_ids and chat_ids.
type feishuDirectory struct{ org *roster.Org }

// Account is the open_id of a person; that of a stranger is in their name.
func (d feishuDirectory) Account(person string) (string, bool) {
	if id, ok := strings.CutPrefix(person, feishu.Name+":"); ok {
		return id, true
	}
	p, ok := d.org.Person(person)
	return p.Accounts[feishu.Name], ok && p.Accounts[feishu.Name] != ""
}

// Person is who has the open_id.
func (d feishuDirectory) Person(openID string) (string, bool) {
	p, ok := d.org.ByAccount(feishu.Name, openID)
	return p.ID, ok
}

// Chat is the chat_id of a group.
func (d feishuDirectory) Chat(group string) (string, bool) {
	g, ok := d.org.Group(group)
	return g.ChatID, ok && g.ChatID != ""
}

// Group is the group that has the chat_id, and whether it has topics.
func (d feishuDirectory) Group(chatID string) (string, bool, bool) {
	g, ok := d.org.GroupByChat(feishu.Name, chatID)
	return g.ID, g.Topics, ok
}

// Name is what people are called.
func (d feishuDirectory) Name(person string) string { return d.org.DisplayName(person) }
