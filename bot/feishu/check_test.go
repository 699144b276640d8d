package feishu

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestTheAddressIsCheckedAsThePlatformDoes: what the service answers, and what stands in its way.
func TestTheAddressIsCheckedAsThePlatformDoes(t *testing.T) {
	t.Parallel()
	serving := func(change func(*Config)) http.Handler {
		cfg := Config{AppID: testApp, AppSecret: testSec, EncryptKey: testKey, VerificationToken: testToken, Mode: ModeHTTP, Directory: directory{}, Files: &shelf{}}
		if change != nil {
			change(&cfg)
		}
		a, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		mux := http.NewServeMux()
		mux.Handle("/feishu/event", a.EventHandler(nil))
		return mux
	}
	says := func(status int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); _, _ = w.Write([]byte(body)) })
	}
	for _, c := range []struct {
		name    string
		there   http.Handler
		wrong   bool
		saw, do string
	}{
		{"the service", serving(nil), false, "能应答地址校验", ""},
		{"another key", serving(func(c *Config) { c.EncryptKey = "another" }), true, "不认这次校验", "encrypt_key"},
		{"another token", serving(func(c *Config) { c.VerificationToken = "another" }), true, "不认这次校验", "verification_token"},
		{"a login page", says(http.StatusOK, "<html>"), true, "答HTTP 502", "反向代理"},
		{"somebody else's words", says(http.StatusOK, `{"challenge":"x"}`), true, "答HTTP 502", "反向代理"},
		{"a redirect", http.RedirectHandler("/elsewhere", http.StatusFound), true, "答HTTP 302", "不要跳转"},
		{"nothing under the path", http.NotFoundHandler(), true, "答HTTP 404", "反向代理"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewTLSServer(c.there)
			defer server.Close()
			a, err := New(Config{AppID: testApp, AppSecret: testSec, EncryptKey: testKey, VerificationToken: testToken, Mode: ModeHTTP, Directory: directory{}, Files: &shelf{}, HTTP: server.Client()})
			if err != nil {
				t.Fatal(err)
			}
			f := a.callback(t.Context(), server.URL+"/")
			if f.Wrong() != c.wrong || !strings.Contains(f.Saw, c.saw) || !strings.Contains(f.Do, c.do) {
				t.Errorf("%+v", f)
			}
		})
	}
}

func TestWhatIsEncryptedCanBeDecrypted(t *testing.T) {
	t.Parallel()
	for n := range 40 {
		plain := strings.Repeat("密", n)
		sealed, err := encrypt(testKey, []byte(plain))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := decrypt(testKey, sealed); err != nil || string(got) != plain {
			t.Fatalf("%d: %q, %v", n, got, err)
		}
	}
}

// TestScopesAreReadOutOfThePlatformsWords: the real words go on in Chinese and end in a link.
func TestScopesAreReadOutOfThePlatformsWords(t *testing.T) {
	t.Parallel()
	err := error(&APIError{Code: noScope, Msg: "Access denied. One of the following scopes is required: [im:chat, im:chat:readonly, im:message.history:readonly].应用尚未开通所需的应用身份权限：[im:chat]，点击链接申请：https://open.feishu.cn/app/cli_1/auth?q=im:chat"})
	if got := strings.Join(alternatives(err), " "); got != "im:chat im:chat:readonly im:message.history:readonly" {
		t.Errorf("%q", got)
	}
}

// TestTheClockIsMeasuredInTheMiddleOfTheCall: a slow answer is no skew.
func TestTheClockIsMeasuredInTheMiddleOfTheCall(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		date  string
		wrong bool
		saw   string
	}{
		{"the same", noon.Format(http.TimeFormat), false, "不到1分钟"},
		{"a minute", noon.Add(time.Minute).Format(http.TimeFormat), false, "不到1分钟"},
		{"two minutes", noon.Add(2 * time.Minute).Format(http.TimeFormat), true, "慢120秒"},
		{"none", "", false, "没有比对"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header()["Date"] = []string{c.date} }))
			defer server.Close()
			a, err := New(Config{AppID: testApp, AppSecret: testSec, BaseURL: server.URL, Directory: directory{}, Files: &shelf{}, Now: func() time.Time { return noon }})
			if err != nil {
				t.Fatal(err)
			}
			if f, _ := a.clock(t.Context()); f.Wrong() != c.wrong || !strings.Contains(f.Saw, c.saw) {
				t.Errorf("%+v", f)
			}
		})
	}
}
