package feishu

import (
	"bytes"
	"crypto/aes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestVectorsOfThePlatform(t *testing.T) {
	t.Parallel()
	plain, err := decrypt("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
	if err != nil || string(plain) != "hello world" {
		t.Errorf("published vector: %q, %v", plain, err)
	}
	const cipher = "AAECAwQFBgcICQoLDA0OD8yQs8dPRdmKZogywbRMo+BKZwghj1YwxRMXqvOtvBDwTGmNBx/49fuFdCxtfxuYGB40Wd31uXEq1YRP4t/kXHftUHL5aR8jxnZcPeCU6RZg"
	const want = `{"challenge":"c-demo-1","token":"v-demo-1","type":"url_verification"}`
	plain, err = decrypt(testKey, cipher)
	if err != nil || string(plain) != want {
		t.Errorf("own vector: %q, %v", plain, err)
	}
	if got := seal(testKey, testIV, []byte(want)); got != cipher {
		t.Errorf("sealed: %s", got)
	}
	got := Sign("1767225600", "n0nce-42", testKey, []byte(`{"encrypt":"`+cipher+`"}`))
	if got != "c5255a0b40b4bb5170abcc6288b7cff5ad67a9a93fbe9183aed09b4fbabf7ffb" {
		t.Errorf("signature: %s", got)
	}
}

func TestChallengeIsAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := posted(`{"challenge":"c-demo-1","token":"v-demo-1","type":"url_verification"}`)
	for _, unsigned := range []bool{false, true} {
		if unsigned { // as the platform sends it
			r = posted(`{"challenge":"c-demo-1","token":"v-demo-1","type":"url_verification"}`)
			r.Header = http.Header{}
		}
		rec := w.serves(r)
		if rec.Code != 200 || strings.TrimSpace(rec.Body.String()) != `{"challenge":"c-demo-1"}` {
			t.Errorf("unsigned %v: %d %s", unsigned, rec.Code, rec.Body)
		}
	}
}

// TestEveryRefusalLooksTheSame: status, headers and body do not tell how far a forgery got.
func TestEveryRefusalLooksTheSame(t *testing.T) {
	t.Parallel()
	good := event("im.chat.member.bot.added_v1", `{"chat_id":"oc_zhibao"}`)
	sealed := seal(testKey, testIV, []byte(good))
	with := func(r *http.Request, header, value string) *http.Request {
		r.Header.Set(header, value)
		return r
	}
	flipped := func(at int) *http.Request {
		raw, _ := base64.StdEncoding.DecodeString(sealed)
		raw[at] ^= 1
		return request(`{"encrypt":"` + base64.StdEncoding.EncodeToString(raw) + `"}`)
	}
	badPadding := func(last byte) *http.Request {
		sum := sha256.Sum256([]byte(testKey))
		block, _ := aes.NewCipher(sum[:])
		return request(`{"encrypt":"` + sealRaw(block, testIV, append(bytes.Repeat([]byte("x"), 31), last)) + `"}`)
	}
	unsigned := func(plain string) *http.Request {
		r := posted(plain)
		r.Header = http.Header{}
		return r
	}
	rows := map[string]func() *http.Request{
		"no signature":    func() *http.Request { return unsigned(good) },
		"empty signature": func() *http.Request { return with(posted(good), "X-Lark-Signature", "") },
		"wrong signature": func() *http.Request { return with(posted(good), "X-Lark-Signature", strings.Repeat("0", 64)) },
		"signature in capitals": func() *http.Request {
			r := posted(good)
			return with(r, "X-Lark-Signature", strings.ToUpper(r.Header.Get("X-Lark-Signature")))
		},
		"another timestamp":        func() *http.Request { return with(posted(good), "X-Lark-Request-Timestamp", "1767225601") },
		"another nonce":            func() *http.Request { return with(posted(good), "X-Lark-Request-Nonce", "n") },
		"another app":              func() *http.Request { return posted(strings.Replace(good, testApp, "cli_other", 1)) },
		"wrong token":              func() *http.Request { return posted(strings.Replace(good, testToken, "v-other", 1)) },
		"no token":                 func() *http.Request { return posted(strings.Replace(good, testToken, "", 1)) },
		"another tenant":           func() *http.Request { return posted(strings.Replace(good, "tk_demo", "tk_other", 1)) },
		"plain text":               func() *http.Request { return request(good) },
		"no JSON":                  func() *http.Request { return request("hello") },
		"empty":                    func() *http.Request { return request("") },
		"no base64":                func() *http.Request { return request(`{"encrypt":"***"}`) },
		"one block":                func() *http.Request { return request(`{"encrypt":"AAECAwQFBgcICQoLDA0ODw=="}`) },
		"half a block":             func() *http.Request { return request(`{"encrypt":"AAECAwQFBgcICQoLDA0ODwABAgM="}`) },
		"flipped bit at the start": func() *http.Request { return flipped(20) },
		"flipped bit at the end":   func() *http.Request { return flipped(len(sealed)*3/4 - 3) },
		"padding 0":                func() *http.Request { return badPadding(0) },
		"padding 17":               func() *http.Request { return badPadding(17) },
		"padding 2 of other bytes": func() *http.Request { return badPadding(2) },
		"under another key":        func() *http.Request { return request(`{"encrypt":"` + seal("other", testIV, []byte(good)) + `"}`) },
		"5 MB":                     func() *http.Request { return request(strings.Repeat("x", 5<<20)) },
		"challenge, wrong token":   func() *http.Request { return unsigned(`{"challenge":"c","token":"v-other","type":"url_verification"}`) },
		"challenge, no token":      func() *http.Request { return unsigned(`{"challenge":"c","type":"url_verification"}`) },
		"challenge, not encrypted": func() *http.Request {
			r := request(`{"challenge":"c","token":"v-demo-1","type":"url_verification"}`)
			r.Header = http.Header{}
			return r
		},
		"challenge, wrong signature": func() *http.Request {
			return with(posted(`{"challenge":"c","token":"v-demo-1","type":"url_verification"}`), "X-Lark-Signature", "00")
		},
		"GET": func() *http.Request { r := posted(good); r.Method = "GET"; return r },
		"old schema, another app": func() *http.Request {
			return posted(`{"uuid":"u","token":"v-demo-1","type":"event_callback","event":{"app_id":"cli_other"}}`)
		},
	}
	w := newWorld(t, func(c *Config) { c.TenantKey = "tk_demo" })
	first := ""
	for name, make := range rows {
		rec := w.serves(make())
		got := fmt.Sprintln(rec.Code, rec.Header(), rec.Body)
		if rec.Code == 200 {
			t.Errorf("%s: taken", name)
		}
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("%s: answered %q, others %q", name, got, first)
		}
	}
	if got := w.inbox.got(); len(got) > 0 {
		t.Errorf("stored: %v", got)
	}
	if rec := w.serves(posted(good)); rec.Code != 200 || len(w.inbox.got()) != 1 {
		t.Errorf("the good one: %d, %d stored", rec.Code, len(w.inbox.got()))
	}
}

// TestReplayedBodyIsTheSameEvent: the signature holds; the inbox knows the keys.
func TestReplayedBodyIsTheSameEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var answers []string
	for range 3 {
		rec := w.serves(posted(event("im.chat.member.bot.added_v1", `{"chat_id":"oc_zhibao"}`)))
		answers = append(answers, fmt.Sprint(rec.Code, rec.Body))
	}
	if answers[0] != "200 {}" || answers[1] != answers[0] || answers[2] != answers[0] || len(w.inbox.got()) != 1 {
		t.Errorf("answers %v, stored %d", answers, len(w.inbox.got()))
	}
}

func TestWhatIsNotStoredIsNotAnswered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.inbox.err = fmt.Errorf("disk full of %s", testSec)
	rec := w.serves(posted(event("im.chat.member.bot.added_v1", `{"chat_id":"oc_zhibao"}`)))
	if rec.Code != 500 || rec.Body.Len() > 0 {
		t.Errorf("%d %q", rec.Code, rec.Body)
	}
}

func TestRefusedConfigurations(t *testing.T) {
	t.Parallel()
	good := newWorld(t).cfg
	rows := map[string]func(*Config){
		"no encrypt key":        func(c *Config) { c.EncryptKey = "" },
		"no verification token": func(c *Config) { c.VerificationToken = "" },
		"no app":                func(c *Config) { c.AppID = "" },
		"no secret":             func(c *Config) { c.AppSecret = "" },
		"unknown mode":          func(c *Config) { c.Mode = "carrier pigeon" },
		"no directory":          func(c *Config) { c.Directory = nil },
		"no address":            func(c *Config) { c.BaseURL = "open.feishu.cn" },
		"password in address":   func(c *Config) { c.BaseURL = "https://u:p@open.feishu.cn" },
	}
	for name, change := range rows {
		cfg := good
		change(&cfg)
		if _, err := New(cfg); err == nil || strings.Contains(err.Error(), testSec) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cfg := good
	cfg.Mode, cfg.EncryptKey, cfg.VerificationToken = ModeWebsocket, "", ""
	if _, err := New(cfg); err != nil {
		t.Errorf("the long connection needs no key: %v", err)
	}
}

// TestNoSecretIsSaid: not in errors, not in logs, not when the configuration is printed.
func TestNoSecretIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.api.on("POST /open-apis/im/v1/messages", refuses(99991672, "token t-1 of "+testSec+" and "+testKey+" lacks im:message"))
	_, err := w.Send(t.Context(), out("G1", "", "hello"))
	if err == nil {
		t.Fatal("sent")
	}
	w.log.WriteString(err.Error())
	fmt.Fprintf(w.log, "%v %+v %#v %s", w.cfg, w.cfg, w.cfg, w.cfg)
	w.cfg.Log.Info("started", "config", w.cfg)
	down := newWorld(t, func(c *Config) { c.BaseURL = "http://127.0.0.1:1" })
	if _, err := down.Send(t.Context(), out("G1", "", "hello")); err == nil || strings.Contains(err.Error(), "127.0.0.1:1/") {
		t.Errorf("down: %v", err)
	}
	for _, secret := range []string{"t-1", testSec, testKey, testToken} {
		if strings.Contains(w.log.String(), secret) {
			t.Errorf("%q is in %s", secret, w.log)
		}
	}
}
