package config

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Validate checks what one key alone cannot tell. It reports everything at once.
func (c *Config) Validate() error {
	var errs []error
	wrong := func(is bool, key, format string, args ...any) {
		if is {
			errs = append(errs, fmt.Errorf("%s: %s", key, fmt.Sprintf(format, args...)))
		}
	}
	_, err := time.LoadLocation(c.Timezone)
	wrong(err != nil, "timezone", "%q is not a time zone; write Asia/Shanghai", c.Timezone)
	wrong(c.Org == "", "org", "missing; write the path of the organisation file")
	wrong(!strings.Contains(c.Listen, ":"), "listen", "%q has no port; write 127.0.0.1:8080", c.Listen)
	url := c.Database.URL.Reveal()
	scheme, _, _ := strings.Cut(url, ":")
	wrong(scheme == "mysql", "database.url", "MySQL is not supported by this version; write sqlite:PATH or postgres://…")
	wrong(scheme != "mysql" && scheme != "sqlite" && scheme != "postgres" && scheme != "postgresql", "database.url", "write sqlite:PATH or postgres://…")
	for key, mode := range map[string]string{"feishu.mode": c.Feishu.Mode, "wecom.aibot.mode": c.Wecom.AIBot.Mode} {
		wrong(mode != "http" && mode != "websocket", key, "%q: write http or websocket", mode)
	}
	errs = append(errs, c.half()...)
	return errors.Join(errs...)
}

// half finds platforms configured in part: an empty secret is never accepted.
func (c *Config) half() []error {
	var errs []error
	whole := func(name string, values map[string]string) {
		given := 0
		for _, v := range values {
			if v != "" {
				given++
			}
		}
		if given == 0 {
			return
		}
		for key, v := range values {
			if v == "" {
				errs = append(errs, fmt.Errorf("%s.%s: missing, while other keys of %s are set", name, key, name))
			}
		}
	}
	whole("feishu", map[string]string{"app_id": c.Feishu.AppID, "app_secret": c.Feishu.AppSecret.Reveal(), "encrypt_key": c.Feishu.EncryptKey.Reveal()})
	app := c.Wecom.App
	whole("wecom.app", map[string]string{"agent_id": app.AgentID, "secret": app.Secret.Reveal(), "token": app.Token.Reveal(), "encoding_aes_key": app.EncodingAESKey.Reveal()})
	for n, r := range c.Wecom.Robots {
		if r.Group == "" || r.Key == "" {
			errs = append(errs, fmt.Errorf("wecom.robots[%d]: group and key are both required", n))
		}
	}
	return errs
}
