package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

func TestExample(t *testing.T) {
	c, err := Load("../config.example.yaml", nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Feishu.AppID == "" || c.Wecom.App.AgentID != "1000002" || len(c.Wecom.Robots) != 1 || c.Webchat.Enabled {
		t.Errorf("%+v", c)
	}
	if _, err := LoadPolicy(c.Policy); err != nil {
		t.Error(err)
	}
}

// TestExampleShowsEveryKey: a key that is not in the example is a key nobody finds.
func TestExampleShowsEveryKey(t *testing.T) {
	data := load(t, "../config.example.yaml")
	for key := range Default().settings() {
		last := key[strings.LastIndex(key, ".")+1:]
		if !strings.Contains(data, last+":") {
			t.Errorf("%s is not in config.example.yaml", key)
		}
	}
}

func TestDefaults(t *testing.T) {
	dir := t.TempDir()
	c, err := Load(write(t, dir, "c.yaml", "org: org.yaml\nfeishu:\nwecom: {aibot: {}}\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "127.0.0.1:8080" || c.Database.URL.Reveal() != "sqlite:"+dir+"/data/fenghuo.db" || c.Feishu.Mode != "websocket" || c.Wecom.AIBot.Mode != "websocket" || c.Policy != "default-v1" {
		t.Errorf("%+v", c)
	}
}

func TestPathsCountFromTheFolderOfTheFile(t *testing.T) {
	dir := t.TempDir()
	c, err := Load(write(t, dir, "c.yaml", "org: o/org.yaml\ndata_dir: d\npolicy: own.yaml\nform: /etc/form.yaml\ncalendar: ../days.tsv\n"), []string{"FENGHUO_DATABASE_URL=sqlite:x.db"})
	if err != nil {
		t.Fatal(err)
	}
	for want, got := range map[string]string{dir + "/o/org.yaml": c.Org, dir + "/d": c.DataDir, dir + "/own.yaml": c.Policy, "/etc/form.yaml": c.Form,
		filepath.Dir(dir) + "/days.tsv": c.Calendar, "sqlite:" + dir + "/x.db": c.Database.URL.Reveal()} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	if c, err = Load(write(t, dir, "c.yaml", "org: org.yaml\npolicy: soe-15/30/60\ndatabase: {url: 'postgres://db/x'}\n"), nil); err != nil {
		t.Fatal(err)
	}
	if c.Policy != "soe-15/30/60" || c.Form != "kuaibao-v1" || c.Database.URL.Reveal() != "postgres://db/x" || c.Calendar != "" {
		t.Errorf("names became paths: %+v", c)
	}
}

const feishuConfig = "org: org.yaml\nfeishu: {app_id: cli_1, app_secret: from-file}\n"

func TestEnvironmentGoesOverTheFile(t *testing.T) {
	secret := write(t, t.TempDir(), "secret", "from-secret-file\n")
	for _, c := range []struct {
		name, want string
		environ    []string
	}{
		{"not set", "from-file", nil},
		{"set", "from-env", []string{"FENGHUO_FEISHU_APP_SECRET=from-env"}},
		{"from a file, its line end dropped", "from-secret-file", []string{"FENGHUO_FEISHU_APP_SECRET_FILE=" + secret}},
		{"with an equals sign in it", "a=b=", []string{"FENGHUO_FEISHU_APP_SECRET=a=b="}},
		{"others are not ours", "from-file", []string{"FEISHU_APP_SECRET=x", "PATH=/bin"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Load(write(t, t.TempDir(), "c.yaml", feishuConfig), c.environ)
			if err != nil {
				t.Fatal(err)
			}
			if got.Feishu.AppSecret.Reveal() != c.want {
				t.Errorf("app secret is %q", got.Feishu.AppSecret.Reveal())
			}
		})
	}
}

// TestEveryScalarKeyCanComeFromTheEnvironment sets each key and finds it again.
func TestEveryScalarKeyCanComeFromTheEnvironment(t *testing.T) {
	values := map[string]string{"webchat.enabled": "true", "feishu.make_groups": "true", "wecom.app.make_groups": "true", "listen": "127.0.0.1:1", "timezone": "UTC", "feishu.mode": "http", "feishu.urgent": "sms", "wecom.aibot.mode": "http",
		"database.url": "postgres://db/x", "redis.url": "redis://r:6379/0", "secret": "sixteen characters", "public_url": "https://a.example", "feishu.base_url": "https://b.example", "wecom.base_url": "https://c.example"}
	var environ []string
	for key := range Default().settings() {
		if values[key] == "" {
			values[key] = "value-of-" + key
		}
		environ = append(environ, envName(key)+"="+values[key])
	}
	dir := t.TempDir()
	c, err := Load(write(t, dir, "c.yaml", "webchat: {enabled: false}\n"), environ)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"data_dir", "calendar"} {
		values[key] = filepath.Join(dir, values[key])
	}
	for key, got := range map[string]string{"data_dir": c.DataDir, "wecom.aibot.ws_url": c.Wecom.AIBot.WSURL, "wecom.app.encoding_aes_key": c.Wecom.App.EncodingAESKey.Reveal(), "calendar": c.Calendar, "redis.url": c.Redis.URL.Reveal()} {
		if got != values[key] {
			t.Errorf("%s is %q", key, got)
		}
	}
	if !c.Webchat.Enabled || !c.Feishu.MakeGroups || !c.Wecom.App.MakeGroups {
		t.Error("a switch is off")
	}
}

func TestRefusedConfigurations(t *testing.T) {
	dir := t.TempDir()
	empty := write(t, dir, "empty", "\n")
	for _, c := range []struct {
		name, text, want string
		environ          []string
	}{
		{"unknown key", "org: o.yaml\nlisten_on: 127.0.0.1:80\n", `c.yaml:2:1: unknown key "listen_on"; the keys here are listen, public_url, data_dir, timezone, database, redis, secret, org, policy, form, plans, drills, score, calendar, webchat, feishu, wecom, signals`, nil},
		{"unknown key further down", "org: o.yaml\nfeishu:\n  app_id: cli_1\n  app_secrt: hunter2\n", `c.yaml:4:3: feishu: unknown key "app_secrt"; did you mean app_secret?`, nil},
		{"unknown key of a robot", "org: o.yaml\nwecom:\n  robots:\n    - group: G2\n      secret: hunter2\n", `c.yaml:5:7: wecom.robots[0]: unknown key "secret"; the keys here are group, key`, nil},
		{"not YAML, the secret beside it is not quoted", "org: o.yaml\nfeishu:\n  app_secret: hunter2\n app_id: x\n", "", nil},
		{"empty file", "\n", "c.yaml:1:1: the file is empty", nil},
		{"number in place of text", "org: o.yaml\nwecom: {corp_id: 012}\n", "c.yaml:2:18: wecom.corp_id: is text that looks like something else; put it in quotes", nil},
		{"switch", "org: o.yaml\nwebchat: {enabled: sometimes}\n", "c.yaml:2:20: webchat.enabled: write true or false", nil},
		{"both a variable and its file", feishuConfig, "both FENGHUO_FEISHU_APP_SECRET and FENGHUO_FEISHU_APP_SECRET_FILE are set; keep one",
			[]string{"FENGHUO_FEISHU_APP_SECRET=hunter2", "FENGHUO_FEISHU_APP_SECRET_FILE=" + empty}},
		{"empty variable", feishuConfig, "FENGHUO_FEISHU_APP_SECRET is set and empty; give it a value, or unset it", []string{"FENGHUO_FEISHU_APP_SECRET="}},
		{"empty secret file", feishuConfig, "FENGHUO_FEISHU_APP_SECRET_FILE: " + empty + " is empty; put the value there, or unset the variable", []string{"FENGHUO_FEISHU_APP_SECRET_FILE=" + empty}},
		{"no secret file", feishuConfig, "FENGHUO_FEISHU_APP_SECRET_FILE: open " + dir + "/none: no such file or directory; write the path of a file that holds the value", []string{"FENGHUO_FEISHU_APP_SECRET_FILE=" + dir + "/none"}},
		{"unknown variable", feishuConfig, "FENGHUO_FEISHU_SECRET is set, but there is no such key; unset it, or see config.example.yaml for the keys there are", []string{"FENGHUO_FEISHU_SECRET=hunter2"}},
		{"switch in a variable", feishuConfig, "FENGHUO_WEBCHAT_ENABLED: write true or false", []string{"FENGHUO_WEBCHAT_ENABLED=yes"}},
		{"bad value in a variable", feishuConfig, `FENGHUO_TIMEZONE: timezone: "Beijing" is not a time zone; write Asia/Shanghai`, []string{"FENGHUO_TIMEZONE=Beijing"}},
		{"no organisation", "listen: 127.0.0.1:80\n", "c.yaml:1:1: org: missing; write the path of the organisation file", nil},
		{"no port", "org: o.yaml\nlisten: localhost\n", `c.yaml:2:9: listen: "localhost" has no port; write 127.0.0.1:8080`, nil},
		{"no such time zone", "org: o.yaml\ntimezone: Beijing\n", `c.yaml:2:11: timezone: "Beijing" is not a time zone; write Asia/Shanghai`, nil},
		{"MySQL, password not shown", "org: o.yaml\ndatabase:\n  url: mysql://root:hunter2@db/x\n", "c.yaml:3:8: database.url: MySQL is not supported by this version; write sqlite:PATH or postgres://…", nil},
		{"no database scheme", "org: o.yaml\ndatabase: {url: fenghuo.db}\n", "c.yaml:2:17: database.url: write sqlite:PATH or postgres://…", nil},
		{"Redis", "org: o.yaml\nredis: {url: localhost}\n", "c.yaml:2:14: redis.url: write redis://HOST:6379/0", nil},
		{"public address", "org: o.yaml\npublic_url: yuqing.example.com\n", "c.yaml:2:13: public_url: write where people reach the service, as https://yuqing.example.com", nil},
		{"mode", "org: o.yaml\nfeishu: {mode: webhook}\n", `c.yaml:2:16: feishu.mode: "webhook": write http or websocket`, nil},
		{"app without its secret", "org: o.yaml\nfeishu:\n  app_id: cli_1\n", "c.yaml:2:1: feishu.app_secret: missing, while other keys of feishu are set; give it, or delete them", nil},
		{"empty secret", "org: o.yaml\nfeishu:\n  app_id: cli_1\n  app_secret: \"\"\n", "c.yaml:4:15: feishu.app_secret: missing, while other keys of feishu are set; give it, or delete them", nil},
		{"callbacks nobody signs", "org: o.yaml\nfeishu: {mode: http, app_id: cli_1, app_secret: s}\n", "c.yaml:2:1: feishu.encrypt_key: missing, while other keys of feishu are set; give it, or delete them", nil},
		{"half an app", "org: o.yaml\nwecom:\n  corp_id: ww1\n  app: {agent_id: \"1\", secret: s, token: t}\n", "c.yaml:4:3: wecom.app.encoding_aes_key: missing, while other keys of wecom.app are set; give it, or delete them", nil},
		{"app of no enterprise", "org: o.yaml\nwecom:\n  app: {agent_id: \"1\", secret: s, token: t, encoding_aes_key: k}\n", "c.yaml:2:1: wecom.corp_id: missing, while wecom.app is set; copy it from 我的企业 in the WeCom console", nil},
		{"half an AI bot", "org: o.yaml\nwecom: {aibot: {bot_id: b}}\n", "c.yaml:2:9: wecom.aibot.secret: missing, while other keys of wecom.aibot are set; give it, or delete them", nil},
		{"AI bot by callback", "org: o.yaml\nwecom: {aibot: {mode: http, token: t}}\n", "c.yaml:2:9: wecom.aibot.encoding_aes_key: missing, while other keys of wecom.aibot are set; give it, or delete them", nil},
		{"robot without its key", "org: o.yaml\nwecom:\n  robots:\n    - {group: G2}\n", "c.yaml:4:7: wecom.robots[0].key: missing; write the key at the end of the robot's webhook address", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(write(t, dir, "c.yaml", c.text), c.environ)
			if err == nil {
				t.Fatal("accepted")
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
				t.Errorf("not one line without secrets: %v", err)
			}
			if got := strings.TrimPrefix(err.Error(), dir+"/"); c.want != "" && got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestProblemsComeInTheSameOrder(t *testing.T) {
	text := "timezone: x\nlisten: y\nfeishu: {mode: z, app_id: a}\nwecom: {aibot: {mode: z, token: t}}\n"
	_, first := Load(write(t, t.TempDir(), "c.yaml", text), nil)
	for range 20 {
		if _, err := Load(write(t, t.TempDir(), "c.yaml", text), nil); strings.Count(err.Error(), "\n") != strings.Count(first.Error(), "\n") || len(lines(err)) != 8 {
			t.Fatalf("%v", err)
		} else if a, b := keysIn(err), keysIn(first); a != b {
			t.Fatalf("%s, then %s", b, a)
		}
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	c := Config{Database: Database{URL: "hunter2"}, Redis: Redis{URL: "hunter2"},
		Feishu: Feishu{AppSecret: "hunter2", EncryptKey: "hunter2", VerificationToken: "hunter2"},
		Wecom: Wecom{App: App{Secret: "hunter2", Token: "hunter2", EncodingAESKey: "hunter2"},
			AIBot:  AIBot{Secret: "hunter2", Token: "hunter2", EncodingAESKey: "hunter2"},
			Robots: []Robot{{Group: "G2", Key: "hunter2"}}}}
	printed := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		printed[verb] = fmt.Sprintf(verb, c)
		printed[verb+" alone"] = fmt.Sprintf(verb, c.Redis.URL)
		printed[verb+" by pointer"] = fmt.Sprintf(verb, &c)
	}
	asJSON, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	printed["json"], printed["yaml"] = string(asJSON), string(asYAML)
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("start", "config", c, "pointer", &c, "secret", c.Redis.URL)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("start", "config", c, "pointer", &c, "secret", c.Redis.URL)
	printed["slog"] = out.String()
	for how, text := range printed {
		if strings.Contains(text, "hunter2") || strings.Contains(strings.ToLower(text), fmt.Sprintf("%x", "hunter2")) {
			t.Errorf("%s: %s", how, text)
		}
		if !strings.Contains(text, "***") && !strings.HasSuffix(how, "pointer") {
			t.Errorf("%s shows nothing at all: %s", how, text)
		}
	}
}

func TestEmptySecretPrintsNothing(t *testing.T) {
	if got := fmt.Sprint(Secret("")); got != "" {
		t.Errorf("%q", got)
	}
}

func lines(err error) []string { return strings.Split(err.Error(), "\n") }

// keysIn are the keys an error is about, in its order.
func keysIn(err error) string {
	var keys []string
	for _, l := range lines(err) {
		keys = append(keys, strings.Split(l, ": ")[1])
	}
	return strings.Join(keys, " ")
}
