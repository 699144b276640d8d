package wecom

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fenghuo/bot"
)

// How the AI bot's messages arrive. The platform allows one of the two:
// https://developer.work.weixin.qq.com/document/path/101463
const (
	ModeHTTP      = "http"
	ModeWebsocket = "websocket"
)

// Directory translates between the organisation's ids and the platform's. Userids are compared without
// regard to case; chatids are never changed.
type Directory interface {
	Account(person string) (userID string, ok bool)
	Person(userID string) (id string, ok bool)
	// Chat is the chatid of one of the organisation's groups, empty as long as nobody knows it; ok is
	// whether the organisation has the group.
	Chat(group string) (chatID string, ok bool)
	Group(chatID string) (id string, ok bool)
	Name(person string) string
}

// Files keeps what people send and hands out what the bot shows.
type Files interface {
	PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error)
	OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error)
}

// Shared keeps for all replicas what may be lost: access tokens, codes of cards, addresses to answer to.
type Shared interface {
	Token(ctx context.Context, name string) (string, bool, error)
	SetToken(ctx context.Context, name, value string, ttl time.Duration) error
	DropToken(ctx context.Context, name string) error
}

// KeyStore has the webhook keys bound to groups while the service runs.
type KeyStore interface {
	WebhookKey(ctx context.Context, group string) (key string, ok bool, err error)
}

// AppConfig is the self-built app (自建应用).
type AppConfig struct {
	AgentID int
	Secret  string
	Token   string // of its callback
	AESKey  string // of its callback: EncodingAESKey
	// MakeGroups lets it make groups, for which the whole company has to be in its range.
	MakeGroups bool
}

// AIBotConfig is the AI bot (智能机器人).
type AIBotConfig struct {
	Mode   string // ModeHTTP or ModeWebsocket, which is the default
	BotID  string // of the long connection
	Secret string // of the long connection
	Token  string // of the callback
	AESKey string // of the callback
	WSURL  string // empty: wss://openws.work.weixin.qq.com
	Name   string // what it is called in groups, to be taken out of what is said to it
}

// Config is what the adapter needs; of app, AI bot and robots, at least one. Printed, it shows no secret.
type Config struct {
	CorpID     string
	BaseURL    string // empty: https://qyapi.weixin.qq.com
	App        AppConfig
	AIBot      AIBotConfig
	Robots     map[string]string // webhook key by the organisation's group
	Keys       KeyStore          // more of them; may be nil
	Directory  Directory
	Roll       bot.Roll // keeps what the app sees of the directory; nil: nobody does
	Files      Files
	Shared     Shared                                  // nil: nothing is shared, which is right for one replica
	Lease      func(ctx context.Context) (bool, error) // of the long connection; nil: there is one replica
	Zone       *time.Location                          // nil: China's
	Now        func() time.Time
	Log        *slog.Logger
	HTTP       *http.Client
	MediaHosts []string // where pictures may be fetched from
	ReplyHosts []string // where answers may be posted to
}

// String names the enterprise and nothing else.
func (c Config) String() string { return "wecom " + c.CorpID }

// GoString is String.
func (c Config) GoString() string { return c.String() }

// LogValue is String.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String names the app and nothing else.
func (c AppConfig) String() string { return fmt.Sprintf("wecom app %d", c.AgentID) }

// GoString is String.
func (c AppConfig) GoString() string { return c.String() }

// LogValue is String.
func (c AppConfig) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String names the bot and nothing else.
func (c AIBotConfig) String() string { return "wecom AI bot " + c.BotID }

// GoString is String.
func (c AIBotConfig) GoString() string { return c.String() }

// LogValue is String.
func (c AIBotConfig) LogValue() slog.Value { return slog.StringValue(c.String()) }

func (c AppConfig) used() bool { return c.AgentID != 0 || c.Secret != "" }

func (c AIBotConfig) used() bool { return c.BotID != "" || c.Secret != "" || c.Token != "" }

// pushes reports whether the bot can speak without having been spoken to, which it can by long connection
// only: https://developer.work.weixin.qq.com/document/path/101138
func (c AIBotConfig) pushes() bool { return c.used() && c.Mode != ModeHTTP }

func (c Config) check() error {
	if c.Directory == nil || c.Files == nil {
		return errors.New("directory and files are required")
	}
	if !c.App.used() && !c.AIBot.used() && len(c.Robots) == 0 {
		return errors.New("nothing is configured; give app, aibot or robots")
	}
	if u, err := url.Parse(c.BaseURL); c.BaseURL != "" && (err != nil || u.Host == "" || u.User != nil) {
		return errors.New("base_url is not an address; write https://qyapi.weixin.qq.com or leave it out")
	}
	return errors.Join(c.checkApp(), c.checkAIBot(), c.checkRobots())
}

func (c Config) checkApp() error {
	switch {
	case !c.App.used():
		return nil
	case c.CorpID == "":
		return errors.New("corp_id is missing; copy it from 我的企业 in the WeCom console")
	case c.App.AgentID == 0 || c.App.Secret == "":
		return errors.New("app.agent_id and app.secret are required together")
	case c.App.Token == "":
		return errors.New("app.token is required: without it anybody can forge events")
	}
	return checkKey("app.encoding_aes_key", c.App.AESKey)
}

func (c Config) checkAIBot() error {
	switch {
	case !c.AIBot.used():
		return nil
	case c.AIBot.Mode != "" && c.AIBot.Mode != ModeHTTP && c.AIBot.Mode != ModeWebsocket:
		return fmt.Errorf("aibot.mode is %q; write http or websocket", c.AIBot.Mode)
	case c.AIBot.Mode == ModeHTTP && c.AIBot.Token == "":
		return errors.New("aibot.token is required with mode http: without it anybody can forge events")
	case c.AIBot.Mode == ModeHTTP:
		return checkKey("aibot.encoding_aes_key", c.AIBot.AESKey)
	case c.AIBot.BotID == "" || c.AIBot.Secret == "":
		return errors.New("aibot.bot_id and aibot.secret are required with mode websocket")
	}
	return nil
}

// checkKey: https://developer.work.weixin.qq.com/document/path/90968
func checkKey(name, key string) error {
	if raw, err := base64.StdEncoding.DecodeString(key + "="); err != nil || len(raw) != 32 {
		return fmt.Errorf("%s is not an EncodingAESKey; copy its 43 characters from the console", name)
	}
	return nil
}

func (c Config) checkRobots() error {
	for group, key := range c.Robots {
		if key == "" || strings.ContainsAny(key, "/?&= ") {
			return fmt.Errorf("the robot of %s: write only what follows key= in its webhook address", group)
		}
	}
	return nil
}
