package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fenghuo/internal/yamlfile"
)

// Config is the configuration file. Every scalar key can also come from the environment; see Load.
type Config struct {
	Listen    string   `yaml:"listen"`
	PublicURL string   `yaml:"public_url"`
	DataDir   string   `yaml:"data_dir"`
	Timezone  string   `yaml:"timezone"`
	Database  Database `yaml:"database"`
	Redis     Redis    `yaml:"redis"`
	Secret    Secret   `yaml:"secret"` // encrypts what must not be read in the database
	Org       string   `yaml:"org"`
	Policy    string   `yaml:"policy"`
	Form      string   `yaml:"form"`
	Plans     string   `yaml:"plans"`  // empty: none
	Drills    string   `yaml:"drills"` // empty: none
	Score     string   `yaml:"score"`  // empty: none
	Calendar  string   `yaml:"calendar"`
	Webchat   Webchat  `yaml:"webchat"`
	Feishu    Feishu   `yaml:"feishu"`
	Wecom     Wecom    `yaml:"wecom"`
	Signals   Signals  `yaml:"signals"`
}

// Database is where the registry is kept: sqlite:PATH or postgres://…. The URL may hold a password.
type Database struct {
	URL Secret `yaml:"url"`
}

// Redis is needed from two replicas up.
type Redis struct {
	URL Secret `yaml:"url"`
}

// Webchat is the built-in chat. Whoever opens its page can speak as anybody.
type Webchat struct {
	Enabled bool `yaml:"enabled"`
}

// Signals is what monitoring systems tell. Without a secret nothing can be posted.
type Signals struct {
	Secret Secret `yaml:"secret"`
	Feeds  []Feed `yaml:"feeds"`
}

// Feed is an RSS or Atom feed that is read as a monitoring system.
type Feed struct {
	Name   string        `yaml:"name"`
	URL    string        `yaml:"url"`
	Words  []string      `yaml:"words"`  // an entry needs one of them; empty: every entry
	Every  time.Duration `yaml:"every"`  // 10m if not given
	Inside bool          `yaml:"inside"` // it is in one's own network
}

// Feishu is the app of the open platform.
type Feishu struct {
	AppID             string `yaml:"app_id"`
	AppSecret         Secret `yaml:"app_secret"`
	EncryptKey        Secret `yaml:"encrypt_key"`
	VerificationToken Secret `yaml:"verification_token"`
	Mode              string `yaml:"mode"`
	BaseURL           string `yaml:"base_url"`
	MakeGroups        bool   `yaml:"make_groups"` // 建群 makes one
	Urgent            string `yaml:"urgent"`      // the strongest push allowed: app, sms or phone
}

// Wecom is the self-built app, the AI bot and the group robots.
type Wecom struct {
	CorpID  string  `yaml:"corp_id"`
	BaseURL string  `yaml:"base_url"`
	App     App     `yaml:"app"`
	AIBot   AIBot   `yaml:"aibot"`
	Robots  []Robot `yaml:"robots"`
}

// App is the self-built app.
type App struct {
	AgentID        string `yaml:"agent_id"`
	Secret         Secret `yaml:"secret"`
	Token          Secret `yaml:"token"`
	EncodingAESKey Secret `yaml:"encoding_aes_key"`
	MakeGroups     bool   `yaml:"make_groups"` // 建群 makes one; the whole company has to be in its range
}

// AIBot is the 智能机器人.
type AIBot struct {
	Mode           string `yaml:"mode"`
	BotID          string `yaml:"bot_id"`
	Secret         Secret `yaml:"secret"`
	Token          Secret `yaml:"token"`
	EncodingAESKey Secret `yaml:"encoding_aes_key"`
	WSURL          string `yaml:"ws_url"`
}

// Robot is the webhook robot of one group.
type Robot struct {
	Group string `yaml:"group"`
	Key   Secret `yaml:"key"`
}

// Default is the configuration before any file is read.
func Default() *Config {
	return &Config{Listen: "127.0.0.1:8080", DataDir: "data", Timezone: "Asia/Shanghai",
		Policy: "default-v1", Form: "kuaibao-v1", Plans: "plans-v1", Drills: "drills-v1", Score: "score-v1", Feishu: Feishu{Mode: "websocket", Urgent: "phone"}, Wecom: Wecom{AIBot: AIBot{Mode: "websocket"}}}
}

// Load reads a file, then the environment over it (FENGHUO_DATABASE_URL, or FENGHUO_DATABASE_URL_FILE for
// a file that holds the value), and checks the whole. environ is as os.Environ gives it. Errors name file,
// line and column, or the key, and what to write. Relative paths, wherever they were given, count from the
// folder of the file.
func Load(path string, environ []string) (*Config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := Default()
	where, err := yamlfile.Decode(data, path, c)
	if err != nil {
		return nil, err
	}
	set, err := c.fromEnv(environ)
	if err != nil {
		return nil, err
	}
	if c.Database.URL == "" {
		c.Database.URL = Secret("sqlite:" + c.DataDir + "/fenghuo.db")
	}
	var errs []error
	for _, p := range c.problems() {
		at := where.Of("$." + p.key)
		if set[p.key] {
			at = envName(p.key)
		}
		errs = append(errs, fmt.Errorf("%s: %w", at, p))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	c.from(filepath.Dir(path))
	return c, nil
}

// from makes every path count from a folder.
func (c *Config) from(dir string) {
	for _, p := range []*string{&c.DataDir, &c.Org, &c.Calendar} {
		*p = under(dir, *p)
	}
	for _, p := range []*string{&c.Policy, &c.Form, &c.Score, &c.Drills} {
		if isPath(*p) {
			*p = under(dir, *p)
		}
	}
	if isPath(c.Plans) || isPlansFolder(c.Plans) {
		c.Plans = under(dir, c.Plans)
	}
	if file, ok := strings.CutPrefix(c.Database.URL.Reveal(), "sqlite:"); ok {
		c.Database.URL = Secret("sqlite:" + under(dir, file))
	}
}

func under(dir, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
