package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu/feishutest"
	"fenghuo/config"
)

func TestTheOrganisationMovesIntoFeishu(t *testing.T) {
	t.Parallel()
	org, err := config.ParseOrg(demoOrg, "jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	o := simOptions(org, time.Now)
	if len(o.Org.People) != len(org.People) || len(o.Org.Depts) != len(org.Units) {
		t.Errorf("%d people, %d departments", len(o.Org.People), len(o.Org.Depts))
	}
	if len(o.Org.Groups) != 1 || !o.Org.Groups[0].Topic || len(o.Org.Groups[0].Members) != len(org.People) {
		t.Errorf("groups: %+v", o.Org.Groups)
	}
	p := feishutest.New(o)
	if _, err := p.Says(t.Context(), "ou_zhoumin", "oc_zhibao", "@"+org.Bot+" 上报"); err != nil {
		t.Error(err)
	}
}

func TestTheStandInIsServedUntilInterrupted(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, []string{"sim", "feishu", "--listen", "127.0.0.1:0", "--org", "testdata/org/jianglan.yaml"}, in, io.Discard, time.Now)
		in.Close()
		ended <- code
	}()
	head := make([]byte, 4096)
	n, err := out.Read(head)
	if err != nil {
		t.Fatal(err)
	}
	text := string(head[:n])
	_, base, ok := strings.Cut(text, "base_url: ")
	if !ok || !strings.Contains(text, "app_secret: ") || !strings.Contains(text, "mode: websocket") {
		t.Fatalf("printed %q", text)
	}
	resp, err := http.Post(strings.TrimSpace(base)+"/_sim/say", "application/json", strings.NewReader(`{"person":"周敏","chat":"舆情直报群","text":"你好"}`))
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		ID string `json:"message_id"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil || answer.ID != "om_1" {
		t.Errorf("%+v, %v", answer, err)
	}
	resp.Body.Close()
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("exit %d", code)
	}
}

func TestTheStandInSaysWhatItCannotDo(t *testing.T) {
	t.Parallel()
	if code, _, errs := cli(t, "sim", "feishu", "--org", "go.mod"); code != exitUsage || !strings.Contains(errs, "go.mod:") {
		t.Errorf("exit %d, %s", code, errs)
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if code, _, errs := cli(t, "sim", "feishu", "--listen", taken.Addr().String()); code != exitUnmet || !strings.Contains(errs, "--listen") {
		t.Errorf("exit %d, %s", code, errs)
	}
	var out bytes.Buffer
	if code := run(t.Context(), []string{"sim", "feishu", "--help"}, &out, &out, time.Now); code != exitOK || !strings.Contains(out.String(), "/_sim/fault") {
		t.Errorf("exit %d, %s", code, out.String())
	}
}
