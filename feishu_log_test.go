package main

import (
	"bytes"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// keptLog is a log of all levels that can be looked through.
type keptLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *keptLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// Logger writes into it, as JSON, which shows the fields of what has no text of its own.
func (l *keptLog) Logger() *slog.Logger {
	return slog.New(slog.NewJSONHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (l *keptLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// errors are the lines of that level.
func (l *keptLog) errors() (out []string) {
	for line := range strings.Lines(l.String()) {
		if strings.Contains(line, `"level":"ERROR"`) {
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

func (l *keptLog) noSecrets(t testing.TB) {
	t.Helper()
	noSecrets(t, "the log", l.String())
}

// issued are the secrets the stand-in makes up while it runs: access tokens, tickets and keys of the long
// connection, tokens that update cards.
var issued = regexp.MustCompile(`\bt-sim-\d+|\bticket-\d+|\baccess-key-\d+|"c-\d+"|Bearer |ticket=|access_key=`)

// noSecrets looks for the app's secrets and for those the platform gave out.
func noSecrets(t testing.TB, where, text string) {
	t.Helper()
	for _, secret := range []string{larkSecret, larkKey, larkToken} {
		for _, written := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			if n := strings.Index(text, written); n >= 0 {
				t.Errorf("%s shows %q: …%s…", where, written, around(text, n))
			}
		}
	}
	if at := issued.FindStringIndex(text); at != nil {
		t.Errorf("%s shows what the platform gave out: …%s…", where, around(text, at[0]))
	}
}

func around(text string, n int) string { return text[max(0, n-200):min(len(text), n+100)] }
