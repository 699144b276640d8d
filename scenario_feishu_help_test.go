package main

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// later is the app's own address for a platform that is opened before the app.
type later struct{ f *feishuPlay }

func (l *later) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.f.app.handler().ServeHTTP(w, r) }

// byConversation puts what was said in each conversation together: between conversations messages have no
// order of their own.
func byConversation(golden string) string {
	const begin = "── "
	var blocks []string
	for part := range strings.SplitSeq(golden, "\n"+begin) {
		if part = strings.TrimSuffix(strings.TrimPrefix(part, begin), "\n"); part != "" {
			blocks = append(blocks, begin+part)
		}
	}
	place := func(block string) string { return strings.Fields(block)[3] }
	slices.SortStableFunc(blocks, func(a, b string) int { return strings.Compare(place(a), place(b)) })
	return strings.Join(blocks, "\n") + "\n"
}

// written is a log several goroutines write.
type written struct {
	mu sync.Mutex
	strings.Builder
}

func (w *written) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.Builder.Write(b)
}

// noSecretIn: whatever was logged, at any level, names no secret, token or ticket.
func (f *feishuPlay) noSecretIn(log string) {
	f.t.Helper()
	o := f.platform.Options()
	for name, secret := range map[string]string{"app secret": o.AppSecret, "encrypt key": o.EncryptKey, "verification token": o.VerificationToken,
		"access token": f.platform.Token(), "ticket": "ticket=", "access key": "access_key="} {
		if secret != "" && strings.Contains(log, secret) {
			f.t.Errorf("the log holds the %s", name)
		}
	}
}
