package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// problem is what is wrong with one key, and what to write instead.
type problem struct{ key, what string }

func (p problem) Error() string { return p.key + ": " + p.what }

// Validate checks what one key alone cannot tell. It reports everything at once.
func (c *Config) Validate() error {
	var errs []error
	for _, p := range c.problems() {
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}

func (c *Config) problems() []problem {
	var found problems
	_, err := time.LoadLocation(c.Timezone)
	found.add(err != nil || c.Timezone == "", "timezone", "%q is not a time zone; write Asia/Shanghai", c.Timezone)
	found.add(c.Org == "", "org", "missing; write the path of the organisation file")
	found.add(!strings.Contains(c.Listen, ":"), "listen", "%q has no port; write 127.0.0.1:8080", c.Listen)
	found.add(c.DataDir == "", "data_dir", "missing; write a folder such as data")
	found.add(c.PublicURL != "" && !web(c.PublicURL), "public_url", "write where people reach the service, as https://yuqing.example.com")
	found.database(c.Database.URL.Reveal())
	redis := c.Redis.URL.Reveal()
	found.add(redis != "" && !strings.HasPrefix(redis, "redis://") && !strings.HasPrefix(redis, "rediss://"), "redis.url", "write redis://HOST:6379/0")
	found.feishu(c.Feishu)
	found.wecom(c.Wecom)
	found.add(c.Secret != "" && len(c.Secret.Reveal()) < 16, "secret", "too short; write at least 16 characters, such as those of: openssl rand -base64 24")
	found.add(c.Signals.Secret != "" && len(c.Signals.Secret.Reveal()) < 16, "signals.secret", "too short; write at least 16 characters, such as those of: openssl rand -base64 24")
	for n, f := range c.Signals.Feeds {
		at := fmt.Sprintf("signals.feeds[%d]", n)
		found.add(f.Name == "", at+".name", "missing; write what the feed is called in 线索")
		found.add(!web(f.URL), at+".url", "write an address such as https://news.example.com/rss")
		found.add(f.Every != 0 && f.Every < time.Minute, at+".every", "write 1m or more, such as 10m")
	}
	return found
}

type problems []problem

func (ps *problems) add(is bool, key, format string, args ...any) {
	if is {
		*ps = append(*ps, problem{key, fmt.Sprintf(format, args...)})
	}
}

// database never quotes the URL: it may hold a password.
func (ps *problems) database(url string) {
	switch scheme, rest, _ := strings.Cut(url, ":"); scheme {
	case "mysql":
		ps.add(true, "database.url", "MySQL is not supported by this version; write sqlite:PATH or postgres://…")
	case "sqlite", "postgres", "postgresql":
		ps.add(rest == "", "database.url", "write sqlite:PATH or postgres://…")
	default:
		ps.add(true, "database.url", "write sqlite:PATH or postgres://…")
	}
}

func (ps *problems) feishu(f Feishu) {
	ps.mode("feishu.mode", f.Mode)
	ps.add(!slices.Contains([]string{"app", "sms", "phone"}, f.Urgent), "feishu.urgent", "write app, sms or phone")
	ps.add(f.BaseURL != "" && !web(f.BaseURL), "feishu.base_url", "write an address such as https://open.feishu.cn")
	pairs := []pair{{"app_id", f.AppID}, {"app_secret", f.AppSecret.Reveal()}}
	extra := []pair{{"encrypt_key", f.EncryptKey.Reveal()}, {"verification_token", f.VerificationToken.Reveal()}}
	if f.Mode == "http" { // without the key nothing that is posted to us is authenticated
		pairs, extra = append(pairs, extra[0]), extra[1:]
	}
	ps.whole("feishu", pairs, extra)
}

func (ps *problems) wecom(w Wecom) {
	ps.mode("wecom.aibot.mode", w.AIBot.Mode)
	ps.add(w.BaseURL != "" && !web(w.BaseURL), "wecom.base_url", "write an address such as https://qyapi.weixin.qq.com")
	app := []pair{{"agent_id", w.App.AgentID}, {"secret", w.App.Secret.Reveal()}, {"token", w.App.Token.Reveal()}, {"encoding_aes_key", w.App.EncodingAESKey.Reveal()}}
	given := ps.whole("wecom.app", app, nil)
	ps.add(given && w.CorpID == "", "wecom.corp_id", "missing, while wecom.app is set; copy it from 我的企业 in the WeCom console")
	socket := []pair{{"bot_id", w.AIBot.BotID}, {"secret", w.AIBot.Secret.Reveal()}}
	callback := []pair{{"token", w.AIBot.Token.Reveal()}, {"encoding_aes_key", w.AIBot.EncodingAESKey.Reveal()}}
	if w.AIBot.Mode == "http" {
		ps.whole("wecom.aibot", callback, socket)
	} else {
		ps.whole("wecom.aibot", socket, callback)
	}
	for n, r := range w.Robots {
		at := fmt.Sprintf("wecom.robots[%d]", n)
		ps.add(r.Group == "", at+".group", "missing; write the id of a group in the organisation file")
		ps.add(r.Key == "", at+".key", "missing; write the key at the end of the robot's webhook address")
	}
}

func (ps *problems) mode(key, mode string) {
	ps.add(mode != "http" && mode != "websocket", key, "%q: write http or websocket", mode)
}

type pair struct{ key, value string }

// whole finds a platform configured in part: an empty secret is never accepted. extra keys may be absent,
// but do not stand alone.
func (ps *problems) whole(name string, needed, extra []pair) (given bool) {
	for _, p := range append(needed[:len(needed):len(needed)], extra...) {
		given = given || p.value != ""
	}
	for _, p := range needed {
		ps.add(given && p.value == "", name+"."+p.key, "missing, while other keys of %s are set; give it, or delete them", name)
	}
	return given
}

func web(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}
