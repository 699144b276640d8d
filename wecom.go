package main

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/wecom"
	"fenghuo/config"
	"fenghuo/internal/roster"
	"fenghuo/store"
)

const wecomLease = "wecom/longconn"

// withWecom connects those of the app, the AI bot and the robots the configuration names.
func (p *parts) withWecom(cfg *config.Config) error {
	w := cfg.Wecom
	if w.App.AgentID == "" && w.AIBot.BotID == "" && w.AIBot.Token.Reveal() == "" && len(w.Robots) == 0 {
		return nil
	}
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return err
	}
	agent, err := strconv.Atoi(w.App.AgentID)
	if err != nil && w.App.AgentID != "" {
		return fmt.Errorf("wecom.app.agent_id is %q; write the number", w.App.AgentID)
	}
	bound, err := p.lateBindings(cfg)
	if err != nil {
		return err
	}
	robots := map[string]string{}
	for _, r := range w.Robots {
		if g, ok := p.org.Group(r.Group); !ok || g.Platform != wecom.Name {
			return fmt.Errorf("wecom.robots: %q is no group on WeCom in the organisation file", r.Group)
		}
		robots[r.Group] = r.Key.Reveal()
	}
	a, err := wecom.New(wecom.Config{CorpID: w.CorpID, BaseURL: w.BaseURL,
		App:    wecom.AppConfig{AgentID: agent, Secret: w.App.Secret.Reveal(), Token: w.App.Token.Reveal(), AESKey: w.App.EncodingAESKey.Reveal(), MakeGroups: w.App.MakeGroups},
		AIBot:  wecom.AIBotConfig{Mode: w.AIBot.Mode, BotID: w.AIBot.BotID, Secret: w.AIBot.Secret.Reveal(), Token: w.AIBot.Token.Reveal(), AESKey: w.AIBot.EncodingAESKey.Reveal(), WSURL: w.AIBot.WSURL, Name: p.org.Bot},
		Robots: robots, Keys: bound, Directory: wecomDirectory{p.org, bound}, Files: p.lateFiles(), Roll: p.lateRoll(), Shared: p.shared, Zone: zone, Now: p.now, Log: p.log, HTTP: p.http})
	if err != nil {
		return err
	}
	l := link{platform: a, mention: a.NeedsMention, run: func(ctx context.Context, _ bot.Sink) error { a.WatchRoll(ctx); <-ctx.Done(); return nil }, routes: func(mux *http.ServeMux, sink bot.Sink) {
		if agent != 0 {
			mux.Handle("/wecom/app", a.AppHandler(sink))
		}
		if w.AIBot.Mode == wecom.ModeHTTP && w.AIBot.Token.Reveal() != "" {
			mux.Handle("/wecom/aibot", a.AIBotHandler(sink))
		}
	}}
	if w.AIBot.Mode != wecom.ModeHTTP && w.AIBot.BotID != "" {
		l.run, l.connected = p.wecomConn(a)
	}
	p.links = append(p.links, l)
	p.platforms = append(p.platforms, a)
	p.robots = robots
	return nil
}

// wecomConn keeps the AI bot's long connection open on the replica that holds its lease.
func (p *parts) wecomConn(a *wecom.Adapter) (run func(context.Context, bot.Sink) error, connected func() bool) {
	shared, self := p.shared, replica()
	conn := a.LongConn(wecom.LongConnConfig{
		Lease:   func(ctx context.Context) (bool, error) { return shared.Acquire(ctx, wecomLease, self, connTTL) },
		Told:    p.tellAdmins,
		Release: func(ctx context.Context) error { return shared.Release(ctx, wecomLease, self) },
	})
	return func(ctx context.Context, sink bot.Sink) error {
		var watch sync.WaitGroup
		watch.Go(func() { a.WatchRoll(ctx) })
		defer watch.Wait()
		return conn.Run(ctx, sink)
	}, conn.Connected
}

// tellAdmins tells administrators in private what they can mend, once a day.
func (p *parts) tellAdmins(ctx context.Context, advice string) {
	if p.bound.tell != nil {
		p.bound.tell(ctx, advice)
	}
}

// bindings are what administrators said of groups.
type bindings struct {
	sealer *sealer      // nil: no secret is configured
	store  *store.Store // nil: not open yet
	tell   func(ctx context.Context, advice string)
}

// lateBindings are the bindings in the service's own store, as soon as it is open.
func (p *parts) lateBindings(cfg *config.Config) (*bindings, error) {
	b := &bindings{}
	if secret := cfg.Secret.Reveal(); secret != "" {
		var err error
		if b.sealer, err = newSealer(secret); err != nil {
			return nil, err
		}
	}
	p.bound = b
	return b, nil
}

// find is the first binding that fits.
func (b *bindings) find(ctx context.Context, fits func(store.Binding) bool) (store.Binding, bool, error) {
	if b.store == nil {
		return store.Binding{}, false, nil
	}
	rows, err := b.store.Bindings(ctx)
	if err != nil {
		return store.Binding{}, false, err
	}
	for _, r := range rows {
		if r.Platform == wecom.Name && fits(r) {
			return r, true, nil
		}
	}
	return store.Binding{}, false, nil
}

// WebhookKey is the key bound to a group while the service ran.
func (b *bindings) WebhookKey(ctx context.Context, group string) (string, bool, error) {
	r, ok, err := b.find(ctx, func(r store.Binding) bool { return r.Group == group && r.Sealed != "" })
	if !ok || err != nil || b.sealer == nil {
		return "", false, err
	}
	key, err := b.sealer.Open(r.Sealed, wecom.Name+"/"+group)
	if err != nil {
		return "", false, fmt.Errorf("webhook key of %s: %w", group, err)
	}
	return key, true, nil
}

// pushable is how long after somebody spoke to the AI bot in a group it is sure to be able to speak there:
// users report that it ends overnight.
const pushable = 24 * time.Hour

// fading are the groups without a robot in which nobody has spoken to the AI bot for longer than that.
func (p *parts) fading(st *store.Store, robots map[string]string) func(context.Context, time.Time) ([]string, error) {
	return func(ctx context.Context, now time.Time) (names []string, err error) {
		var seen []store.GroupRow
		if err := st.View(ctx, func(tx *store.Tx) (err error) { seen, err = tx.Groups(); return err }); err != nil {
			return nil, err
		}
		for _, row := range seen {
			g, ok := p.org.Group(row.Chat)
			if row.Platform != wecom.Name || !ok || now.Sub(row.LastAt) < pushable || robots[g.ID] != "" {
				continue
			}
			if _, bound, err := p.bound.WebhookKey(ctx, g.ID); err != nil || !bound {
				names = append(names, g.Name)
			}
		}
		return names, nil
	}
}

// wecomDirectory is the organisation as WeCom knows it: userids, whose case does not count, and chatids.
type wecomDirectory struct {
	org   *roster.Org
	bound *bindings
}

// Account is the userid of a person; that of a stranger is in their name.
func (d wecomDirectory) Account(person string) (string, bool) {
	if id, ok := strings.CutPrefix(person, wecom.Name+":"); ok {
		return id, true
	}
	p, ok := d.org.Person(person)
	return p.Accounts[wecom.Name], ok && p.Accounts[wecom.Name] != ""
}

// Person is who has the userid.
func (d wecomDirectory) Person(userID string) (string, bool) {
	for _, p := range d.org.People {
		if id := p.Accounts[wecom.Name]; id != "" && strings.EqualFold(id, userID) {
			return p.ID, true
		}
	}
	return "", false
}

// Chat is the chatid of a group: of the organisation file, or as an administrator told.
func (d wecomDirectory) Chat(group string) (string, bool) {
	g, ok := d.org.Group(group)
	if !ok || g.Platform != wecom.Name {
		return "", false
	}
	if g.ChatID != "" {
		return g.ChatID, true
	}
	b, _, _ := d.bound.find(context.Background(), func(r store.Binding) bool { return r.Group == group })
	return b.Chat, true
}

// Group is the group that has the chatid.
func (d wecomDirectory) Group(chatID string) (string, bool) {
	if g, ok := d.org.GroupByChat(wecom.Name, chatID); ok {
		return g.ID, true
	}
	b, ok, _ := d.bound.find(context.Background(), func(r store.Binding) bool { return r.Chat == chatID && chatID != "" })
	return b.Group, ok
}

// Name is what people are called.
func (d wecomDirectory) Name(person string) string { return d.org.DisplayName(person) }
