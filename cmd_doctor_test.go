package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
	"fenghuo/store"
)

// checkup is a configuration whose platform is the stand-in, with a database that is up to date.
type checkup struct {
	*testing.T
	*feishutest.Platform
	dir, base string
	grants    []string // what the list of scopes says; nil: there is no list
	extra     string   // of the configuration
	mode      string
	secret    string
	org       string
	ahead     time.Duration // how much faster this machine's clock is
}

func newCheckup(t *testing.T) *checkup {
	t.Helper()
	org, err := config.LoadOrg("testdata/org/jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := &checkup{T: t, Platform: feishutest.New(simOptions(org, time.Now)), dir: t.TempDir(), mode: "websocket", secret: "sim-app-secret", org: orgFile(t),
		grants: []string{"im:message.group_at_msg:readonly", "im:message.p2p_msg:readonly"}}
	server := httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(server.Close)
	p.base = server.URL
	return p
}

// serve adds to the stand-in the list of scopes, which it does not know.
func (p *checkup) serve(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/open-apis/application/v6/scopes" || p.grants == nil {
		p.ServeHTTP(w, r)
		return
	}
	var list []map[string]any
	for _, s := range p.grants {
		list = append(list, map[string]any{"scope_name": s, "grant_status": 1})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"code": 0, "data": map[string]any{"scopes": list}})
}

func (p *checkup) migrate() {
	p.Helper()
	st, err := store.Open(p.Context(), store.Config{URL: "sqlite:" + filepath.Join(p.dir, "f.db"), DataDir: p.dir, Now: time.Now})
	if err != nil {
		p.Fatal(err)
	}
	defer st.Close()
	if err := st.Migrate(p.Context()); err != nil {
		p.Fatal(err)
	}
}

// examine runs the doctor and gives what it said.
func (p *checkup) examine() (code int, out string) {
	p.Helper()
	file := filepath.Join(p.dir, "c.yaml")
	text := fmt.Sprintf("org: %s\ndata_dir: %s\ndatabase: {url: 'sqlite:%s'}\nfeishu: {app_id: cli_5100000000000001, app_secret: %s, encrypt_key: sim-encrypt-key, verification_token: sim-verification-token, mode: %s, base_url: '%s'}\n%s",
		p.org, p.dir, filepath.Join(p.dir, "f.db"), p.secret, p.mode, p.base, p.extra)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		p.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code = run(p.Context(), []string{"doctor", "--config", file}, &stdout, &stderr, func() time.Time { return time.Now().Add(p.ahead) })
	for _, secret := range []string{"sim-app-secret", "wrong-secret", "sim-encrypt-key", "sim-verification-token", "ticket", "t-sim-"} {
		if strings.Contains(stdout.String()+stderr.String(), secret) {
			p.Errorf("%q is printed:\n%s%s", secret, stdout.String(), stderr.String())
		}
	}
	return code, stdout.String()
}

func (p *checkup) breaks(f feishutest.Fault) {
	p.Helper()
	if err := p.Break(f); err != nil {
		p.Fatal(err)
	}
}

// wrong are the lines that say something has to be done.
func wrong(out string) []string {
	var lines []string
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "有问题 ") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return lines
}

func TestTheDoctorFindsNothingWrong(t *testing.T) {
	t.Parallel()
	p := newCheckup(t)
	p.migrate()
	code, out := p.examine()
	if code != exitOK || len(wrong(out)) > 0 {
		t.Errorf("exit %d:\n%s", code, out)
	}
	for _, want := range []string{"数据库：", "组织文件：13人", "时钟：", "飞书凭证：", "名称“舆报助手”", "权限：发消息", "听群里@它的话", "听私聊", "飞书长连接：可以建立", "组织文件的1个群里"} {
		if !strings.Contains(out, want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
	if n := len(p.All()); n > 0 {
		t.Errorf("it sent %d messages", n)
	}
	if p.Connections() > 0 {
		t.Error("it took a long connection")
	}
}

// TestTheDoctorNamesTheFaultAndTheCure: each fault has one line of its own, with what to do.
func TestTheDoctorNamesTheFaultAndTheCure(t *testing.T) {
	t.Parallel()
	noScope := func(scope string) func(*checkup) {
		return func(p *checkup) { p.breaks(feishutest.Fault{Kind: feishutest.NoScope, Scope: scope}) }
	}
	// A scope alone is not missed while im:message, which opens the same, is there.
	only := func(scopes ...string) func(*checkup) {
		return func(p *checkup) {
			for _, s := range append(scopes, "im:message") {
				p.breaks(feishutest.Fault{Kind: feishutest.NoScope, Scope: s})
			}
		}
	}
	for _, c := range []struct {
		name string
		do   func(*checkup)
		says []string
	}{
		{"wrong secret", func(p *checkup) { p.secret = "wrong-secret" }, []string{"飞书凭证", "10014", "核对app_secret"}},
		{"app disabled", func(p *checkup) { p.breaks(feishutest.Fault{Kind: feishutest.Disabled}) }, []string{"飞书机器人", "99991662", "管理后台启用"}},
		{"no bot", func(p *checkup) { p.breaks(feishutest.Fault{Kind: feishutest.Code, API: "bot/v3/info", Code: 11205}) }, []string{"飞书机器人", "11205", "打开机器人", "发布新版本"}},
		{"platform down", func(p *checkup) { p.breaks(feishutest.Fault{Kind: feishutest.Down}) }, []string{"飞书凭证", "503", "网络"}},
		{"may not send", only("im:message:send_as_bot", "im:message:update"), []string{"权限：发消息", "没有im:message:send_as_bot", "开通", "发布新版本"}},
		{"may not update", only("im:message:send_as_bot", "im:message:update"), []string{"权限：更新卡片", "没有im:message:update"}},
		{"may not read", only("im:message:readonly", "im:message.history:readonly"), []string{"权限：读被回复的消息", "im:message:readonly", "（或im:message、"}},
		{"may not upload", only("im:resource", "im:resource:upload"), []string{"截图", "没有im:resource"}},
		{"may not see groups", only("im:chat", "im:chat:readonly"), []string{"看机器人在哪些群", "没有im:chat:readonly"}},
		{"may not urge", noScope("im:message.urgent"), []string{"应用内加急", "im:message.urgent"}},
		{"deaf in groups", func(p *checkup) { p.grants = []string{"im:message.p2p_msg:readonly"} }, []string{"听群里@它的话", "im:message.group_at_msg:readonly"}},
		{"deaf in private", func(p *checkup) { p.grants = []string{"im:message.group_msg"} }, []string{"听私聊", "im:message.p2p_msg:readonly"}},
		{"bot removed", func(p *checkup) { p.breaks(feishutest.Fault{Kind: feishutest.RemoveBot, Chat: "oc_zhibao"}) }, []string{"机器人不在“舆情直报群”里（oc_zhibao）", "拉进群"}},
		{"clock ahead", func(p *checkup) { p.ahead = 5 * time.Minute }, []string{"时钟", "本机时钟比飞书快", "时间同步"}},
		{"clock behind", func(p *checkup) { p.ahead = -2 * time.Minute }, []string{"本机时钟比飞书慢"}},
		{"too many connections", func(p *checkup) {
			p.breaks(feishutest.Fault{Kind: feishutest.Code, API: "callback/ws/endpoint", Code: 1000040350})
		}, []string{"飞书长连接", "50条", "每个环境用自己的应用"}},
		{"no long connection", func(p *checkup) {
			p.breaks(feishutest.Fault{Kind: feishutest.Code, API: "callback/ws/endpoint", Code: 1000040345})
		}, []string{"飞书长连接", "使用长连接接收事件"}},
		{"no public address", func(p *checkup) { p.mode = "http" }, []string{"飞书回调地址", "没有填public_url", "websocket"}},
		{"public address in the clear", func(p *checkup) { p.mode, p.extra = "http", "public_url: http://127.0.0.1:1\n" }, []string{"public_url不是https"}},
		{"nobody there", func(p *checkup) { p.mode, p.extra = "http", "public_url: https://127.0.0.1:1\n" }, []string{"打不开127.0.0.1:1/feishu/event", "先启动fenghuo serve"}},
		{"built-in chat beside it", func(p *checkup) { p.extra = "webchat: {enabled: true}\n" }, []string{"内置聊天", "webchat.enabled改为false"}},
		{"no database", func(p *checkup) { p.dir = p.TempDir() }, []string{"数据库：还没有", "fenghuo migrate --config"}},
		{"gaps in the organisation", func(p *checkup) { p.org = p.gaps() }, []string{"周敏没有飞书账号", "accounts"}},
		{"ids of another kind", func(p *checkup) { p.org = p.gaps() }, []string{"林可的飞书账号不是open_id"}},
		{"group without its id", func(p *checkup) { p.org = p.gaps() }, []string{"舆情直报群没有chat_id", "拉进群"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newCheckup(t)
			p.migrate()
			c.do(p)
			code, out := p.examine()
			if code != exitUnmet {
				t.Errorf("exit %d", code)
			}
			for _, line := range wrong(out) {
				if containsAll(line, c.says) {
					return
				}
			}
			t.Errorf("no line has %q:\n%s", c.says, out)
		})
	}
}

func containsAll(s string, parts []string) bool {
	for _, p := range parts {
		if !strings.Contains(s, p) {
			return false
		}
	}
	return true
}

// gaps is an organisation file in which somebody has no account, somebody a wrong one, and a group no id.
func (p *checkup) gaps() string {
	p.Helper()
	b, err := os.ReadFile("testdata/org/jianglan.yaml")
	if err != nil {
		p.Fatal(err)
	}
	text := strings.NewReplacer("{feishu: ou_zhoumin, wecom: ZhouMin}", "{wecom: ZhouMin}", "feishu: ou_linke", "feishu: linke", "chat_id: oc_zhibao, ", "").Replace(string(b))
	file := filepath.Join(p.dir, "org.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		p.Fatal(err)
	}
	return file
}

// TestWhatTheBotCanDoWithoutIsNoFault: calls and texts are left out of reminders, and unknown groups are listed
// with their ids.
func TestWhatTheBotCanDoWithoutIsNoFault(t *testing.T) {
	t.Parallel()
	p := newCheckup(t)
	p.migrate()
	p.grants = nil
	for _, s := range []string{"im:message.urgent:sms", "im:message.urgent:phone", "contact:user.basic_profile:readonly"} {
		p.breaks(feishutest.Fault{Kind: feishutest.NoScope, Scope: s})
	}
	p.org = p.TempDir() + "/org.yaml"
	b, err := os.ReadFile("testdata/org/jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(p.org, []byte(strings.Replace(string(b), "platform: feishu, chat_id: oc_zhibao, topics: true", "platform: wecom, chat_id: wr_zhibao", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out := p.examine()
	if code != exitOK || len(wrong(out)) > 0 {
		t.Errorf("exit %d:\n%s", code, out)
	}
	for _, want := range []string{"催办不会发短信", "催办不会打电话", "没登记的人没有名字", "还在1个没有登记的群里：“舆情直报群” oc_zhibao", "im.message.receive_v1"} {
		if !strings.Contains(out, want) {
			t.Errorf("does not say %q:\n%s", want, out)
		}
	}
}

// TestTheDoctorListsWhomTheOrganisationDoesNotKnow: open_ids are nowhere else to be had without a program.
func TestTheDoctorListsWhomTheOrganisationDoesNotKnow(t *testing.T) {
	t.Parallel()
	p := newCheckup(t)
	p.migrate()
	p.org = p.gaps()
	if _, out := p.examine(); !strings.Contains(out, "有2人没有登记：周敏 ou_zhoumin，林可 ou_linke") {
		t.Error(out)
	}
}

func TestTheDoctorNeedsAGoodConfiguration(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "c.yaml")
	for _, text := range []string{"org: nowhere.yaml\n", "org: x\nfeishu: {app_id: cli_1}\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, errs := cli(t, "doctor", "--config", file); code != exitUsage || out != "" || errs == "" {
			t.Errorf("exit %d, %q, %q", code, out, errs)
		}
	}
}

func TestTheDoctorWithoutAPlatform(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "c.yaml")
	text := fmt.Sprintf("org: %s\ndata_dir: %s\ndatabase: {url: 'sqlite:%s'}\nwebchat: {enabled: true}\n", orgFile(t), dir, filepath.Join(dir, "f.db"))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := cli(t, "migrate", "--config", file); code != exitOK {
		t.Fatal(out)
	}
	if code, out, _ := cli(t, "doctor", "--config", file); code != exitOK || strings.Contains(out, "长连接") || !strings.Contains(out, "没有接入平台") {
		t.Errorf("exit %d:\n%s", code, out)
	}
}
