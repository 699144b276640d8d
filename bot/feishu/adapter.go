package feishu

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"fenghuo/bot"
)

// Name is the platform's name in events and places.
const Name = "feishu"

// How events arrive.
const (
	ModeHTTP      = "http"
	ModeWebsocket = "websocket"
)

// Directory translates between the organisation's ids and the platform's.
type Directory interface {
	Account(person string) (openID string, ok bool)
	Person(openID string) (id string, ok bool)
	Chat(group string) (chatID string, ok bool)
	Group(chatID string) (id string, topics bool, ok bool)
	Name(person string) string
}

// Files keeps what people send and hands out what the bot shows.
type Files interface {
	PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error)
	OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error)
}

// Shared keeps the access token for all replicas. Nil: each fetches its own, which the platform allows.
type Shared interface {
	Token(ctx context.Context, name string) (string, bool, error)
	SetToken(ctx context.Context, name, value string, ttl time.Duration) error
	DropToken(ctx context.Context, name string) error
}

// Config is what the adapter needs. Printed, it shows no secret.
type Config struct {
	AppID             string
	AppSecret         string
	EncryptKey        string
	VerificationToken string
	BaseURL           string // empty: https://open.feishu.cn
	Mode              string // ModeHTTP or ModeWebsocket, which is the default
	MakeGroups        bool   // it may make groups, for which it needs im:chat
	TenantKey         string // if set, events of other tenants are refused
	Directory         Directory
	Files             Files
	Shared            Shared
	Roll              bot.Roll       // what the platform's directory says; nil: it is not read
	Push              string         // the strongest urgent push allowed, bot.PushApp and so on; empty: by phone
	Zone              *time.Location // of times people pick on cards; nil: China's
	Now               func() time.Time
	Log               *slog.Logger
	HTTP              *http.Client
}

// String names the app and nothing else.
func (c Config) String() string { return "feishu app " + c.AppID }

// GoString is String.
func (c Config) GoString() string { return c.String() }

// LogValue is String.
func (c Config) LogValue() slog.Value { return slog.StringValue(c.String()) }

// Adapter is the app on the platform: a bot.Platform that also takes in events.
type Adapter struct {
	cfg    Config
	base   string
	log    *slog.Logger
	now    func() time.Time
	http   *http.Client
	token  *tokens
	self   identity
	places *memory[stood]
	images *memory[string] // image_key by the content's hash
	names  *memory[string] // of people the organisation does not know, by open_id
	flight singleflight.Group
	deaf   atomic.Bool // in groups, to all that does not mention the bot
	calls  callsSaid
	heard  textsHeard
	flat   sync.Map // chats in which topics are switched off

	rescoped   chan struct{} // the app's contact range has changed
	rollFailed atomic.Bool   // the last reading of the directory did
}

var (
	_ bot.Platform    = (*Adapter)(nil)
	_ bot.CardUpdater = (*Adapter)(nil)
	_ bot.Limited     = (*Adapter)(nil)
)

const (
	defaultBase = "https://open.feishu.cn"
	apiTimeout  = 20 * time.Second
	remembered  = 4096 // messages whose place is known without asking
)

// New checks the configuration; it does not talk to the platform yet. Over HTTP both the Encrypt Key and
// the Verification Token are required: without the first, events are not signed, and whoever knows the URL
// can speak as anybody.
func New(cfg Config) (*Adapter, error) {
	if err := cfg.check(); err != nil {
		return nil, fmt.Errorf("feishu: %w", err)
	}
	if cfg.HTTP == nil {
		cfg.HTTP = &http.Client{Timeout: apiTimeout}
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Zone == nil {
		cfg.Zone = time.FixedZone("CST", 8*60*60)
	}
	base := strings.TrimRight(cfg.BaseURL, "/")
	if base == "" {
		base = defaultBase
	}
	a := &Adapter{cfg: cfg, base: base, log: cfg.Log.With("platform", Name), now: cfg.Now, http: cfg.HTTP,
		places: newMemory[stood](remembered), images: newMemory[string](remembered), names: newMemory[string](remembered), rescoped: make(chan struct{}, 1)}
	a.token = &tokens{a: a}
	return a, nil
}

func (c Config) check() error {
	switch {
	case c.AppID == "" || c.AppSecret == "":
		return errors.New("app_id and app_secret are required")
	case c.Mode != "" && c.Mode != ModeHTTP && c.Mode != ModeWebsocket:
		return fmt.Errorf("mode is %q; write http or websocket", c.Mode)
	case c.Mode == ModeHTTP && c.EncryptKey == "":
		return errors.New("encrypt_key is required with mode http: without it anybody can forge events")
	case c.Mode == ModeHTTP && c.VerificationToken == "":
		return errors.New("verification_token is required with mode http")
	case c.Directory == nil || c.Files == nil:
		return errors.New("directory and files are required")
	}
	if u, err := url.Parse(c.BaseURL); c.BaseURL != "" && (err != nil || u.Host == "" || u.User != nil) {
		return errors.New("base_url is not an address; write https://open.feishu.cn or leave it out")
	}
	return nil
}

// Name is feishu.
func (a *Adapter) Name() string { return Name }

// Check asks the platform for a token and for the bot's own name, as doctor and a start do.
func (a *Adapter) Check(ctx context.Context) (name string, err error) {
	me, err := a.me(ctx)
	return me.name, err
}

// memory remembers a bounded number of things by id; what is forgotten is asked for again.
type memory[T any] struct {
	most int
	mu   sync.Mutex
	byID map[string]T
	ring []string
	next int
}

func newMemory[T any](most int) *memory[T] {
	return &memory[T]{most: most, byID: map[string]T{}}
}

func (m *memory[T]) get(id string) (T, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.byID[id]
	return v, ok
}

func (m *memory[T]) put(id string, v T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, known := m.byID[id]; !known {
		if len(m.ring) < m.most {
			m.ring = append(m.ring, id)
		} else {
			delete(m.byID, m.ring[m.next])
			m.ring[m.next], m.next = id, (m.next+1)%m.most
		}
	}
	m.byID[id] = v
}
