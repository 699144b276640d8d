package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"fenghuo/config"
	"fenghuo/store"
)

// TestTheDocumentedCallIsTaken runs the example of docs/signals.md as it stands there.
func TestTheDocumentedCallIsTaken(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"sh", "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed", tool)
		}
	}
	doc, err := os.ReadFile("docs/signals.md")
	if err != nil {
		t.Fatal(err)
	}
	_, script, _ := strings.Cut(string(doc), "<!-- curl -->\n```sh\n")
	script, _, ok := strings.Cut(script, "```")
	if !ok {
		t.Fatal("docs/signals.md has no example")
	}
	a := signalApp(t, "a secret for this test")
	srv := httptest.NewServer(a.handler())
	t.Cleanup(srv.Close)
	for _, known := range []bool{false, true} {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", script)
		cmd.Env = append(os.Environ(), "SECRET=a secret for this test", "FENGHUO="+srv.URL, "no_proxy=*")
		out, err := cmd.CombinedOutput()
		var got struct {
			ID, Number string
			Known      bool
		}
		if err != nil || json.Unmarshal(bytes.TrimSpace(out), &got) != nil || got.ID != "m-20260310-7" || got.Known != known {
			t.Errorf("%v: %s", err, out)
		}
	}
}

func TestWithoutASecretThereIsNoDoor(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	signalApp(t, "").handler().ServeHTTP(w, httptest.NewRequest("POST", "/signals", strings.NewReader("{}")))
	if w.Code != 404 {
		t.Errorf("answered %d", w.Code)
	}
}

// signalApp is the service as demo has it, with a key for signals.
func signalApp(t *testing.T, key config.Secret) *app {
	t.Helper()
	p, err := demoParts(slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	p.now, p.shared, p.migrate = time.Now, store.NewMemory(time.Now), true
	dir := t.TempDir()
	cfg := &config.Config{DataDir: dir, Timezone: p.org.Zone, Database: config.Database{URL: config.Secret("sqlite:" + dir + "/f.db")}, Signals: config.Signals{Secret: key}}
	a, err := newApp(t.Context(), cfg, p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}
