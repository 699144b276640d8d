package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/config"
)

func TestSimTheOrganisationMovesIntoWecom(t *testing.T) {
	t.Parallel()
	org, err := config.ParseOrg(demoOrg, "jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o := simWecomOptions(org, time.Now)
	if len(o.Org.People) != len(org.People) || len(o.Org.Depts) != len(org.Units)+1 {
		t.Errorf("%d people, %d departments", len(o.Org.People), len(o.Org.Depts))
	}
	if len(o.Org.Groups) != 1 || len(o.Org.Groups[0].Members) != 6 {
		t.Errorf("groups: %+v", o.Org.Groups)
	}
	p := wecomtest.New(o)
	if _, err := p.Say(t.Context(), "LinKe", "wr_huadong", "@"+org.Bot+" 上报"); err != nil {
		t.Error(err)
	}
}

func TestSimPrintsAConfigurationThatIsTaken(t *testing.T) {
	t.Parallel()
	org, err := config.ParseOrg(demoOrg, "jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "org.yaml"), demoOrg, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, botURL := range []string{"", "http://127.0.0.1:8080/wecom/aibot"} {
		o := simWecomOptions(org, time.Now)
		o.BaseURL, o.BotURL = "http://127.0.0.1:8071", botURL
		text := "org: org.yaml\n" + simWecomSettings(wecomtest.New(o).Options(), org)
		path := filepath.Join(dir, "config.yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := config.Load(path, nil)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		if len(c.Wecom.Robots) != 1 || c.Wecom.Robots[0].Group != "G2" || c.Wecom.App.AgentID != "1000017" {
			t.Errorf("%+v", c.Wecom)
		}
	}
}

func TestSimWecomIsServedUntilInterrupted(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, []string{"sim", "wecom", "--listen", "127.0.0.1:0", "--org", "testdata/org/jianglan.yaml"}, in, io.Discard, time.Now)
		in.Close()
		ended <- code
	}()
	head := make([]byte, 4096)
	n, err := out.Read(head)
	if err != nil {
		t.Fatal(err)
	}
	text := string(head[:n])
	_, rest, ok := strings.Cut(text, "base_url: ")
	base, _, _ := strings.Cut(rest, "\n")
	if !ok || !strings.Contains(text, "mode: websocket") || !strings.Contains(text, "{group: G2, key: ") {
		t.Fatalf("printed %q", text)
	}
	resp, err := http.Post(base+"/_sim/say", "application/json", strings.NewReader(`{"person":"林可","chat":"华东客服群","text":"你好"}`))
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		ID string `json:"message_id"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.ID != "wm_1" {
		t.Errorf("%+v, %v", answer, err)
	}
	resp.Body.Close()
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("exit %d", code)
	}
}

func TestSimWecomSaysWhatItCannotDo(t *testing.T) {
	t.Parallel()
	if code, _, errs := cli(t, "sim", "wecom", "--org", "go.mod"); code != exitUsage || !strings.Contains(errs, "go.mod:") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if code, _, errs := cli(t, "sim", "wecom", "--aibot", "http"); code != exitUsage || !strings.Contains(errs, "--callback") {
		t.Errorf("exit %d, %s", code, errs)
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"sim", "wecom", "--help"}, &out, &out, time.Now); code != exitOK || !strings.Contains(out.String(), "push_dead") {
		t.Errorf("exit %d, %s", code, out.String())
	}
}
