package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// settings are all scalar keys with where their values go.
func (c *Config) settings() map[string]func(string) error {
	text := func(p *string) func(string) error { return func(v string) error { *p = v; return nil } }
	secret := func(p *Secret) func(string) error { return func(v string) error { *p = Secret(v); return nil } }
	return map[string]func(string) error{
		"listen": text(&c.Listen), "public_url": text(&c.PublicURL), "data_dir": text(&c.DataDir), "timezone": text(&c.Timezone),
		"database.url": secret(&c.Database.URL), "redis.url": secret(&c.Redis.URL), "secret": secret(&c.Secret),
		"org": text(&c.Org), "policy": text(&c.Policy), "form": text(&c.Form), "plans": text(&c.Plans), "drills": text(&c.Drills), "calendar": text(&c.Calendar),
		"signals.secret":            secret(&c.Signals.Secret),
		"webchat.enabled":           func(v string) error { return boolean(&c.Webchat.Enabled, v) },
		"feishu.make_groups":        func(v string) error { return boolean(&c.Feishu.MakeGroups, v) },
		"wecom.app.make_groups":     func(v string) error { return boolean(&c.Wecom.App.MakeGroups, v) },
		"feishu.app_id":             text(&c.Feishu.AppID),
		"feishu.app_secret":         secret(&c.Feishu.AppSecret),
		"feishu.encrypt_key":        secret(&c.Feishu.EncryptKey),
		"feishu.verification_token": secret(&c.Feishu.VerificationToken),
		"feishu.mode":               text(&c.Feishu.Mode),
		"feishu.base_url":           text(&c.Feishu.BaseURL),
		"feishu.urgent":             text(&c.Feishu.Urgent),
		"wecom.corp_id":             text(&c.Wecom.CorpID), "wecom.base_url": text(&c.Wecom.BaseURL),
		"wecom.app.agent_id":           text(&c.Wecom.App.AgentID),
		"wecom.app.secret":             secret(&c.Wecom.App.Secret),
		"wecom.app.token":              secret(&c.Wecom.App.Token),
		"wecom.app.encoding_aes_key":   secret(&c.Wecom.App.EncodingAESKey),
		"wecom.aibot.mode":             text(&c.Wecom.AIBot.Mode),
		"wecom.aibot.bot_id":           text(&c.Wecom.AIBot.BotID),
		"wecom.aibot.secret":           secret(&c.Wecom.AIBot.Secret),
		"wecom.aibot.token":            secret(&c.Wecom.AIBot.Token),
		"wecom.aibot.encoding_aes_key": secret(&c.Wecom.AIBot.EncodingAESKey),
		"wecom.aibot.ws_url":           text(&c.Wecom.AIBot.WSURL),
	}
}

// envName is the variable of a key: feishu.app_secret is FENGHUO_FEISHU_APP_SECRET.
func envName(key string) string {
	return "FENGHUO_" + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// fromEnv sets what the environment gives and says which keys that were.
func (c *Config) fromEnv(environ []string) (set map[string]bool, err error) {
	vars := map[string]string{}
	for _, v := range environ {
		if name, value, ok := strings.Cut(v, "="); ok && strings.HasPrefix(name, "FENGHUO_") {
			vars[name] = value
		}
	}
	set = map[string]bool{}
	settings := c.settings()
	for _, key := range slices.Sorted(maps.Keys(settings)) {
		value, given, err := fromVars(vars, envName(key))
		if err != nil {
			return nil, err
		}
		if !given {
			continue
		}
		if err := settings[key](value); err != nil {
			return nil, fmt.Errorf("%s: %w", envName(key), err)
		}
		set[key] = true
	}
	if left := slices.Sorted(maps.Keys(vars)); len(left) > 0 {
		return nil, fmt.Errorf("%s is set, but there is no such key; unset it, or see config.example.yaml for the keys there are", left[0])
	}
	return set, nil
}

// fromVars takes a variable, or the content of the file its _FILE twin names, out of vars.
func fromVars(vars map[string]string, name string) (value string, given bool, err error) {
	value, given = vars[name]
	file, fromFile := vars[name+"_FILE"]
	delete(vars, name)
	delete(vars, name+"_FILE")
	switch {
	case given && fromFile:
		return "", false, fmt.Errorf("both %s and %s_FILE are set; keep one", name, name)
	case fromFile:
		data, err := os.ReadFile(file)
		if err != nil {
			return "", false, fmt.Errorf("%s_FILE: %w; write the path of a file that holds the value", name, err)
		}
		value = strings.TrimSpace(string(data))
		if value == "" {
			return "", false, fmt.Errorf("%s_FILE: %s is empty; put the value there, or unset the variable", name, file)
		}
		return value, true, nil
	case given && value == "":
		return "", false, fmt.Errorf("%s is set and empty; give it a value, or unset it", name)
	}
	return value, given, nil
}

func boolean(p *bool, v string) error {
	switch v {
	case "true", "1":
		*p = true
	case "false", "0":
		*p = false
	default:
		return errors.New("write true or false")
	}
	return nil
}
