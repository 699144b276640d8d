package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestDemoInAProcess is the demo for the test below; on its own it does nothing.
func TestDemoInAProcess(t *testing.T) {
	dir := os.Getenv("FENGHUO_DEMO_DIR")
	if dir == "" {
		return
	}
	os.Args = []string{"fenghuo", "demo", "--listen", os.Getenv("FENGHUO_DEMO_LISTEN"), "--data-dir", dir}
	main()
}

const anyPort = "127.0.0.1:0"

// demoProcess is a demo as a newcomer runs it.
type demoProcess struct {
	t    *testing.T
	cmd  *exec.Cmd
	base string
}

func runDemo(t *testing.T, dir, listen string) *demoProcess {
	t.Helper()
	p := &demoProcess{t: t, cmd: exec.Command(os.Args[0], "-test.run=^TestDemoInAProcess$", "-test.count=1")}
	p.cmd.Env = append(os.Environ(), "FENGHUO_DEMO_DIR="+dir, "FENGHUO_DEMO_LISTEN="+listen)
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err == nil {
		err = p.cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); p.base == "" && lines.Scan(); {
		if _, after, ok := strings.Cut(lines.Text(), "http://"); ok {
			p.base = "http://" + strings.TrimSuffix(strings.Fields(after)[0], "/chat")
		}
	}
	if p.base == "" {
		t.Fatal("the demo named no address")
	}
	return p
}

// says posts what a person says in private, as the page does.
func (p *demoProcess) says(person, text string) {
	p.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for key, value := range map[string]string{"me": person, "in": "direct", "text": text} {
		if err := form.WriteField(key, value); err != nil {
			p.t.Fatal(err)
		}
	}
	_ = form.Close()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base+"/chat/say", &body)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	p.answer(req)
}

func (p *demoProcess) get(path string, query url.Values) string {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.base+path+"?"+query.Encode(), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.answer(req)
}

func (p *demoProcess) answer(req *http.Request) string {
	p.t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s %v\n%s", req.URL.Path, resp.Status, err, data)
	}
	return string(data)
}

// listen opens the stream of news and returns once it flows.
func (p *demoProcess) listen(person string) io.ReadCloser {
	p.t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(p.t.Context()), http.MethodGet, p.base+"/chat/events?me="+person, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != http.StatusOK {
		p.t.Fatalf("stream: %v %v", resp, err)
	}
	return resp.Body
}

// stop asks the process to end, as an operator or a container does.
func (p *demoProcess) stop() {
	p.t.Helper()
	asked := time.Now()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	err := p.cmd.Wait()
	if err != nil {
		p.t.Errorf("it ended with %v", err)
	}
	if took := time.Since(asked); took > 2*stopLimit { // twice: the machine may be busy
		p.t.Errorf("stopping took %s", took)
	}
}

// TestDemoStopsAndGoesOn ends a demo under a page that listens, and starts it again on the same data: the
// report is there, and the clock goes on from where it stood.
func TestDemoStopsAndGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := runDemo(t, dir, anyPort)
	for _, text := range []string{"上报", "滨江店顾客发视频说酸奶杯里有虫", "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1", "提交"} {
		p.says("zhoumin", text)
	}
	before := p.get("/chat/aside", url.Values{"me": {"zhoumin"}, "in": {"direct"}})
	if !strings.Contains(before, "YQ-20260310-001") {
		t.Fatalf("nothing registered: %s", before)
	}
	stream := p.listen("zhoumin")
	defer stream.Close()
	p.stop()
	if _, err := io.Copy(io.Discard, stream); err != nil {
		t.Errorf("the stream was cut, not ended: %v", err)
	}
	again := runDemo(t, dir, anyPort)
	after := again.get("/chat/aside", url.Values{"me": {"zhoumin"}, "in": {"direct"}})
	if !strings.Contains(after, "YQ-20260310-001") || !strings.Contains(after, "酸奶杯里有虫") {
		t.Errorf("the report is gone: %s", after)
	}
	var state struct{ Now int64 } // the wall clock as if it were UTC, in milliseconds
	if err := json.Unmarshal([]byte(again.get("/chat/state", url.Values{"me": {"zhoumin"}})), &state); err != nil {
		t.Fatal(err)
	}
	if now := time.UnixMilli(state.Now).UTC(); now.Format("2006-01-02 15") != "2026-03-10 09" {
		t.Errorf("the clock stands at %s", now)
	}
	again.stop()
}
