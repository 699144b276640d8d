package feishu

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
)

const (
	testKey   = "bot-demo-encrypt-key"
	testToken = "v-demo-1"
	testApp   = "cli_demo"
	testSec   = "s3cr3t-of-the-app"
)

var noon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

// directory is a small organisation: 王蕾 is ou_wanglei, G1 is oc_zhibao with topics, G3 is oc_plain without.
type directory struct{}

var people = map[string]string{"wanglei": "王蕾", "linke": "林可", "xuqing": "许清", "old": "老张"}

func (directory) Account(person string) (string, bool) {
	if _, ok := people[person]; !ok || person == "old" {
		return "", false
	}
	return "ou_" + person, true
}

func (directory) Person(openID string) (string, bool) {
	id := strings.TrimPrefix(openID, "ou_")
	_, ok := people[id]
	return id, ok
}

func (directory) Chat(group string) (string, bool) {
	switch group {
	case "G1":
		return "oc_zhibao", true
	case "G3":
		return "oc_plain", true
	}
	return "", false
}

func (directory) Group(chatID string) (string, bool, bool) {
	switch chatID {
	case "oc_zhibao":
		return "G1", true, true
	case "oc_plain":
		return "G3", false, true
	}
	return "", false, false
}

func (directory) Name(person string) string { return people[person] }

// shelf keeps files; what begins with GIANT is too big.
type shelf struct {
	mu   sync.Mutex
	kept map[string][]byte
	by   []string
}

func (s *shelf) PutFile(_ context.Context, name, by string, r io.Reader) (bot.File, error) {
	content, err := io.ReadAll(r)
	if err != nil {
		return bot.File{}, err
	}
	if bytes.HasPrefix(content, []byte("GIANT")) {
		return bot.File{Name: name, Error: "too_big"}, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := sha256.Sum256(content)
	sha := hex.EncodeToString(sum[:])
	if s.kept == nil {
		s.kept = map[string][]byte{}
	}
	s.kept[sha] = content
	s.by = append(s.by, by)
	return bot.File{Name: name, Kind: "image", Type: "image/png", Size: int64(len(content)), SHA256: sha}, nil
}

func (s *shelf) OpenFile(_ context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	content, ok := s.kept[sha]
	if !ok {
		return nil, bot.File{}, errors.New("no such file")
	}
	return struct {
		*bytes.Reader
		io.Closer
	}{bytes.NewReader(content), io.NopCloser(nil)}, bot.File{}, nil
}

// inbox is a sink that knows events it has seen by their keys.
type inbox struct {
	mu     sync.Mutex
	events []bot.Event
	seen   map[string]bool
	toast  string
	err    error
	hold   chan struct{}
}

func (s *inbox) Receive(_ context.Context, ev bot.Event) (string, error) {
	if s.hold != nil {
		<-s.hold
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return "", s.err
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	known := false
	for _, k := range ev.Keys {
		known = known || s.seen[k]
		s.seen[k] = true
	}
	if !known {
		s.events = append(s.events, ev)
	}
	return s.toast, nil
}

func (s *inbox) got() []bot.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]bot.Event(nil), s.events...)
}

// sent is a request the platform got.
type sent struct {
	Method string
	Path   string
	Query  string
	Token  string
	Body   map[string]any
}

// api is the platform: it answers by path, and by default with yes.
type api struct {
	mu      sync.Mutex
	tokens  int
	calls   []sent
	answers map[string][]func(http.ResponseWriter) // by "METHOD /path suffix", used up one by one; the last stays
}

func (p *api) on(what string, answers ...func(http.ResponseWriter)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers[what] = answers
}

func (p *api) requests(part string) []sent {
	p.mu.Lock()
	defer p.mu.Unlock()
	var out []sent
	for _, c := range p.calls {
		if strings.Contains(c.Method+" "+c.Path, part) {
			out = append(out, c)
		}
	}
	return out
}

func says200(body string) func(http.ResponseWriter) { return saysWith(200, body, nil) }

func refuses(code int, msg string) func(http.ResponseWriter) {
	return saysWith(400, string(encode(obj{"code": code, "msg": msg})), http.Header{"X-Tt-Logid": {"LOG1"}})
}

func saysWith(status int, body string, h http.Header) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for k, v := range h {
			w.Header()[http.CanonicalHeaderKey(k)] = v
		}
		if w.Header().Get("Content-Type") == "" {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func (p *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, _ := io.ReadAll(r.Body)
	c := sent{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery, Token: strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")}
	_ = json.Unmarshal(raw, &c.Body)
	p.mu.Lock()
	p.calls = append(p.calls, c)
	var answer func(http.ResponseWriter)
	best := ""
	for what, list := range p.answers {
		if strings.HasSuffix(c.Method+" "+c.Path, what) && len(list) > 0 && len(what) > len(best) {
			best, answer = what, list[0]
		}
	}
	if len(p.answers[best]) > 1 {
		p.answers[best] = p.answers[best][1:]
	}
	if strings.HasSuffix(c.Path, "/tenant_access_token/internal") && answer == nil {
		p.tokens++
		answer = says200(string(encode(obj{"code": 0, "msg": "ok", "tenant_access_token": "t-" + string(rune('0'+p.tokens)), "expire": 7200})))
	}
	p.mu.Unlock()
	if answer == nil {
		answer = says200(`{"code":0,"msg":"ok","data":{}}`)
	}
	answer(w)
}

// world is an adapter with all around it.
type world struct {
	*Adapter
	api   *api
	inbox *inbox
	shelf *shelf
	log   *bytes.Buffer
	cfg   Config
}

func newWorld(t *testing.T, change ...func(*Config)) *world {
	t.Helper()
	w := &world{api: &api{answers: map[string][]func(http.ResponseWriter){}}, inbox: &inbox{}, shelf: &shelf{}, log: &bytes.Buffer{}}
	server := httptest.NewServer(w.api)
	t.Cleanup(server.Close)
	w.api.on("/bot/v3/info", says200(`{"code":0,"msg":"ok","bot":{"open_id":"ou_bot","app_name":"助手"}}`))
	w.api.on("POST /open-apis/im/v1/messages", says200(`{"code":0,"data":{"message_id":"om_new"}}`))
	w.api.on("/reply", says200(`{"code":0,"data":{"message_id":"om_reply","root_id":"om_root","thread_id":"omt_1"}}`))
	w.cfg = Config{AppID: testApp, AppSecret: testSec, EncryptKey: testKey, VerificationToken: testToken, BaseURL: server.URL, Mode: ModeHTTP,
		Directory: directory{}, Files: w.shelf, Now: func() time.Time { return noon }, HTTP: server.Client(),
		Log: slog.New(slog.NewTextHandler(&locked2{w: w.log}, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, c := range change {
		c(&w.cfg)
	}
	a, err := New(w.cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.Adapter = a
	return w
}

// locked2 is a writer for several goroutines.
type locked2 struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked2) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

// seal encrypts as the platform does.
func seal(key string, iv, plain []byte) string {
	sum := sha256.Sum256([]byte(key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		panic(err)
	}
	n := aes.BlockSize - len(plain)%aes.BlockSize
	padded := append(bytes.Clone(plain), bytes.Repeat([]byte{byte(n)}, n)...)
	return sealRaw(block, iv, padded)
}

func sealRaw(block cipher.Block, iv, padded []byte) string {
	out := make([]byte, len(iv)+len(padded))
	copy(out, iv)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out[len(iv):], padded)
	return base64.StdEncoding.EncodeToString(out)
}

var testIV = []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

// event is an envelope as the platform writes it.
func event(kind, body string) string {
	return `{"schema":"2.0","header":{"event_id":"ev-1","event_type":"` + kind + `","create_time":"1767225600123","token":"` + testToken +
		`","app_id":"` + testApp + `","tenant_key":"tk_demo"},"event":` + body + `}`
}

// posted is a signed and encrypted request.
func posted(plain string) *http.Request {
	return request(`{"encrypt":"` + seal(testKey, testIV, []byte(plain)) + `"}`)
}

func request(body string) *http.Request {
	r := httptest.NewRequest("POST", "/feishu/event", strings.NewReader(body))
	r.Header.Set("X-Lark-Request-Timestamp", "1767225600")
	r.Header.Set("X-Lark-Request-Nonce", "n0nce-42")
	r.Header.Set("X-Lark-Signature", Sign("1767225600", "n0nce-42", testKey, []byte(body)))
	return r
}

func (w *world) serves(r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	w.EventHandler(w.inbox).ServeHTTP(rec, r)
	return rec
}

// hears dispatches an event and returns what came of it.
func (w *world) hears(t *testing.T, kind, body string) []bot.Event {
	t.Helper()
	before := len(w.inbox.got())
	if err := w.Dispatch(t.Context(), w.inbox, []byte(event(kind, body))); err != nil {
		t.Fatal(err)
	}
	return w.inbox.got()[before:]
}
