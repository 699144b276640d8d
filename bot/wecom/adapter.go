package wecom

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"fenghuo/bot"
)

// Name is the platform's name in events and places.
const Name = "wecom"

// The ways to a person, as bot.Place.Channel names them.
const (
	ChannelApp   = "app"
	ChannelAIBot = "aibot"
)

// Adapter is the enterprise's app, AI bot and robots as one bot.Platform.
type Adapter struct {
	cfg   Config
	base  string
	log   *slog.Logger
	now   func() time.Time
	http  *http.Client
	token *tokens
	open  *openRequests
	link  connection
	said  *memory[[]string] // ids of the parts of a long message already said, by the message's key
	*inward
}

var (
	_ bot.Platform    = (*Adapter)(nil)
	_ bot.Limited     = (*Adapter)(nil)
	_ bot.CardUpdater = (*Adapter)(nil)
	_ bot.Channels    = (*Adapter)(nil)
)

const (
	defaultBase = "https://qyapi.weixin.qq.com"
	apiTimeout  = 20 * time.Second
	remembered  = 4096
)

// New checks the configuration; it does not talk to the platform yet.
func New(cfg Config) (*Adapter, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("wecom: %w", err)
	}
	cfg = cfg.complete()
	in, err := newInward(cfg)
	if err != nil {
		return nil, fmt.Errorf("wecom: %w", err)
	}
	base := strings.TrimRight(cfg.BaseURL, "/")
	if base == "" {
		base = defaultBase
	}
	a := &Adapter{cfg: cfg, base: base, log: cfg.Log.With("platform", Name), now: cfg.Now, http: cfg.HTTP, open: newOpenRequests(cfg.Now),
		said: newMemory[[]string](remembered), inward: in}
	a.open.elsewhere = a.keptReply
	a.token = &tokens{a: a}
	return a, nil
}

// complete puts in what may be left out.
func (c Config) complete() Config {
	if c.HTTP == nil {
		c.HTTP = &http.Client{Timeout: apiTimeout}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Zone == nil {
		c.Zone = time.FixedZone("CST", 8*60*60)
	}
	if c.Shared == nil {
		c.Shared = newUnshared(c.Now)
	}
	return c
}

// Name is wecom.
func (a *Adapter) Name() string { return Name }

// NeedsMention is true: the AI bot is given only what mentions it, and nothing else of the platform hears a group:
// https://developer.work.weixin.qq.com/document/path/100719
func (a *Adapter) NeedsMention() bool { return true }

// Channels are the app and the AI bot where both can speak first. The app comes first: it reaches people
// who never talked to it, and its cards can be replaced for three days.
func (a *Adapter) Channels(string) []string {
	if a.cfg.App.used() && a.cfg.AIBot.pushes() {
		return []string{ChannelApp, ChannelAIBot}
	}
	return nil
}
