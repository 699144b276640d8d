package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/config"
	"fenghuo/scheduler"
	"fenghuo/store"
)

// TestTheDoctorOnWecom: each of the three parts is looked at; what is missing is named with what it costs.
func TestTheDoctorOnWecom(t *testing.T) {
	for name, c := range map[string]struct {
		keys  string // of wecom, beside corp_id and base_url
		fault *wecomtest.Fault
		code  int
		says  []string
		alive bool // a service was there a moment ago
	}{
		"all three": {`app: {agent_id: "1000017", secret: sim-app-secret, token: simAppToken, encoding_aes_key: ` + nodeAppKey + `}, aibot: {bot_id: aibSim, secret: sim-bot-secret, ws_url: WS}, robots: [{group: G1, key: 5100ab1e-0000-4000-8000-000000000001}]`,
			nil, 0, []string{"正常 企业微信应用：corp_id、agent_id和secret可用", "认得13人", "舆情直报群有key", "华东客服群在配置里没有key", "正常 企业微信智能机器人：长连接，bot_id和secret可用"}, false},
		"groups": {`app: {agent_id: "1000017", secret: sim-app-secret, token: simAppToken, encoding_aes_key: ` + nodeAppKey + `, make_groups: true}`, nil, 0, []string{"正常 企业微信建群"}, false},
		"no groups": {`app: {agent_id: "1000017", secret: sim-app-secret, token: simAppToken, encoding_aes_key: ` + nodeAppKey + `, make_groups: true}`,
			&wecomtest.Fault{Kind: wecomtest.Code, API: "appchat/get", Code: 60011}, 1, []string{"有问题 企业微信建群", "根部门"}, false},
		"wrong secret of the bot": {`aibot: {bot_id: aibSim, secret: wrong-secret, ws_url: WS}`, nil, 1, []string{"有问题 企业微信智能机器人：企业微信答复40001", "核对配置里 wecom.aibot"}, false},
		"no socket":               {`aibot: {bot_id: aibSim, secret: sim-bot-secret, ws_url: 'ws://127.0.0.1:1'}`, nil, 1, []string{"有问题 企业微信智能机器人：长连接连不上"}, false},
		"a service runs":          {`aibot: {bot_id: aibSim, secret: wrong-secret, ws_url: WS}`, nil, 0, []string{"正常 企业微信智能机器人：长连接，服务在运行，没有试登"}, true},
		"only robots":             {`robots: [{group: G1, key: 5100ab1e-0000-4000-8000-000000000001}]`, nil, 0, []string{"私信只能走智能机器人", "群里@机器人听不到"}, false},
		"wrong secret": {`app: {agent_id: "1000017", secret: wrong-secret, token: simAppToken, encoding_aes_key: ` + nodeAppKey + `}`, nil, 1,
			[]string{"有问题 企业微信应用", "核对corp_id"}, false},
		"address not trusted": {`app: {agent_id: "1000017", secret: sim-app-secret, token: simAppToken, encoding_aes_key: ` + nodeAppKey + `}`,
			&wecomtest.Fault{Kind: wecomtest.Code, API: "user/get", Code: 60020}, 1, []string{"企业可信IP"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			org, err := config.LoadOrg(wecomOrg)
			if err != nil {
				t.Fatal(err)
			}
			p := wecomtest.New(simWecomOptions(org, time.Now))
			srv := httptest.NewServer(p)
			defer srv.Close()
			if c.fault != nil {
				if err := p.Break(*c.fault); err != nil {
					t.Fatal(err)
				}
			}
			dir := t.TempDir()
			db := "sqlite:" + filepath.Join(dir, "f.db")
			st, err := store.Open(t.Context(), store.Config{URL: db, DataDir: dir, Now: time.Now})
			if err != nil {
				t.Fatal(err)
			}
			if err := st.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			if c.alive {
				if err := (&scheduler.Scheduler{Store: st}).Present(t.Context(), time.Now()); err != nil {
					t.Fatal(err)
				}
			}
			_ = st.Close()
			file, orgPath := filepath.Join(dir, "c.yaml"), abs(t, wecomOrg)
			text := fmt.Sprintf("org: %s\ndata_dir: %s\npublic_url: https://bot.example\ndatabase: {url: '%s'}\nwecom: {corp_id: ww5100000000000001, base_url: '%s', %s}\n", orgPath, dir, db, srv.URL, strings.ReplaceAll(c.keys, "WS", "ws"+strings.TrimPrefix(srv.URL, "http")+wecomtest.SocketPath))
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), []string{"doctor", "--config", file}, &stdout, &stderr, time.Now)
			if code != c.code {
				t.Errorf("exit %d\n%s%s", code, &stdout, &stderr)
			}
			for _, words := range c.says {
				if !strings.Contains(stdout.String(), words) {
					t.Errorf("%q is not said:\n%s%s", words, &stdout, &stderr)
				}
			}
			for _, s := range append(wecomSecrets, "wrong-secret") {
				if strings.Contains(stdout.String()+stderr.String(), s) {
					t.Errorf("%q is printed", s)
				}
			}
		})
	}
}

func abs(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return full
}

// No service may connect while the bot is tried, or the two throw each other out.
func TestTheDoctorIsAloneWhileItTriesTheBot(t *testing.T) {
	org, err := config.LoadOrg(wecomOrg)
	if err != nil {
		t.Fatal(err)
	}
	platform := wecomtest.New(simWecomOptions(org, time.Now))
	var order []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == wecomtest.SocketPath {
			order = append(order, "login")
		}
		platform.ServeHTTP(w, r)
	}))
	defer srv.Close()
	o := platform.Options()
	p, err := demoParts(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	p.org, p.now, p.http = org, time.Now, srv.Client()
	cfg := &config.Config{Timezone: org.Zone, DataDir: t.TempDir(), Wecom: config.Wecom{CorpID: o.CorpID, BaseURL: srv.URL, AIBot: config.AIBot{Mode: wecom.ModeWebsocket,
		BotID: o.BotID, Secret: config.Secret(o.BotSecret), WSURL: "ws" + strings.TrimPrefix(srv.URL, "http") + wecomtest.SocketPath}}}
	if err := p.withWecom(cfg); err != nil {
		t.Fatal(err)
	}
	a, _ := p.links[0].platform.(*wecom.Adapter)
	a.Examine(t.Context(), wecom.Examination{Alone: func(context.Context) (func(), error) {
		order = append(order, "alone")
		return func() { order = append(order, "done") }, nil
	}})
	if !slices.Equal(order, []string{"alone", "login", "done"}) {
		t.Error(order)
	}
}
