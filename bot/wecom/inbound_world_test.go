package wecom

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"fenghuo/bot"
)

// inOrg is a small organisation: 王蕾 is wanglei, G1 is wrGROUP-One.
type inOrg struct{}

var inPeople = map[string]string{"wanglei": "王蕾", "linke": "林可"}

func (inOrg) Account(person string) (string, bool) { _, ok := inPeople[person]; return person, ok }

func (inOrg) Person(userID string) (string, bool) {
	id := strings.ToLower(userID)
	_, ok := inPeople[id]
	return id, ok
}

func (inOrg) Chat(group string) (string, bool) { return "wrGROUP-One", group == "G1" }
func (inOrg) Group(chatID string) (string, bool) {
	if chatID == "wrGROUP-One" {
		return "G1", true
	}
	return "", false
}
func (inOrg) Name(person string) string { return inPeople[person] }

// inShelf keeps files; what begins with GIANT is too big.
type inShelf struct {
	mu   sync.Mutex
	kept map[string]string // by name
	by   []string
	err  error
}

func (s *inShelf) PutFile(_ context.Context, name, by string, r io.Reader) (bot.File, error) {
	content, err := io.ReadAll(r)
	if err != nil {
		return bot.File{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.err != nil:
		return bot.File{}, s.err
	case bytes.HasPrefix(content, []byte("GIANT")):
		return bot.File{Name: name, Error: "too_big"}, nil
	case s.kept == nil:
		s.kept = map[string]string{}
	}
	s.kept[name], s.by = string(content), append(s.by, by)
	sum := sha256.Sum256(content)
	return bot.File{Name: name, Kind: "image", Size: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}, nil
}

func (s *inShelf) OpenFile(context.Context, string) (io.ReadSeekCloser, bot.File, error) {
	return nil, bot.File{}, errors.New("no such file")
}

// inSink knows events it has seen by their keys.
type inSink struct {
	mu     sync.Mutex
	events []bot.Event
	seen   map[string]string
	toast  string
	err    error
	react  func(ev bot.Event) // of new events, within the call
}

func (s *inSink) Receive(_ context.Context, ev bot.Event) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return "", s.err
	}
	if s.seen == nil {
		s.seen = map[string]string{}
	}
	for _, k := range ev.Keys {
		if before, ok := s.seen[k]; ok {
			return before, nil
		}
	}
	for _, k := range ev.Keys {
		s.seen[k] = s.toast
	}
	s.events = append(s.events, ev)
	if s.react != nil {
		s.react(ev)
	}
	return s.toast, nil
}

func (s *inSink) got() []bot.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]bot.Event(nil), s.events...)
}

// inLog keeps what was logged.
type inLog struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *inLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *inLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// inWorld is an adapter, what takes its events, and the network around it.
type inWorld struct {
	t     testing.TB
	a     *Adapter
	cfg   Config
	sink  *inSink
	shelf *inShelf
	log   *inLog
	net   *inNet
}

var inNoon = time.Date(2026, 3, 10, 4, 0, 0, 0, time.UTC)

func newInWorld(t testing.TB, change ...func(*Config)) *inWorld {
	t.Helper()
	w := &inWorld{t: t, sink: &inSink{}, shelf: &inShelf{}, log: &inLog{}, net: newInNet()}
	w.cfg = Config{CorpID: testCorp, App: AppConfig{AgentID: testAgent, Secret: "s3cr3t-of-the-app", Token: testToken, AESKey: testKey},
		AIBot:     AIBotConfig{Mode: ModeHTTP, BotID: testBot, Secret: testSecret, Token: botToken, AESKey: botKey, Name: "小助手"},
		Directory: inOrg{}, Files: w.shelf, Now: func() time.Time { return inNoon }, HTTP: w.net.client(),
		Log: slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	for _, c := range change {
		c(&w.cfg)
	}
	a, err := New(w.cfg)
	if err != nil {
		t.Fatal(err)
	}
	w.a = a
	t.Cleanup(w.noSecrets)
	return w
}

// noSecrets: whatever happened, nothing secret was logged.
func (w *inWorld) noSecrets() {
	w.t.Helper()
	for _, s := range []string{testToken, testKey, botToken, botKey, testSecret, "s3cr3t-of-the-app", "response_code=", "SECRET"} {
		if strings.Contains(w.log.String(), s) {
			w.t.Errorf("%q is in the log:\n%s", s, w.log)
		}
	}
}

// inNet answers what the adapter calls, by host and path, within the process.
type inNet struct {
	mu     sync.Mutex
	serve  map[string]http.HandlerFunc
	called []string
}

func newInNet() *inNet { return &inNet{serve: map[string]http.HandlerFunc{}} }

// RoundTrip is http.RoundTripper's.
func (n *inNet) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	n.called = append(n.called, r.Method+" "+r.URL.Host+r.URL.Path)
	serve := n.serve[r.URL.Host+r.URL.Path]
	n.mu.Unlock()
	if serve == nil {
		return nil, errors.New("no route to host")
	}
	rec := &inAnswer{header: http.Header{}, status: 200}
	serve(rec, r)
	return &http.Response{StatusCode: rec.status, Header: rec.header, Body: io.NopCloser(&rec.body), ContentLength: int64(rec.body.Len()), Request: r}, nil
}

func (n *inNet) on(where string, serve http.HandlerFunc) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.serve[where] = serve
}

func (n *inNet) calls() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string(nil), n.called...)
}

func (n *inNet) client() *http.Client { return &http.Client{Transport: n} }

type inAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *inAnswer) Header() http.Header         { return a.header }
func (a *inAnswer) WriteHeader(status int)      { a.status = status }
func (a *inAnswer) Write(b []byte) (int, error) { return a.body.Write(b) }
