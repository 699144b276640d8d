package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The same day with a rehearsal and without: registry, points, risks and what leaders read are the
// same, but for the line that counts rehearsals.
func TestADrillChangesNothing(t *testing.T) {
	const file = "testdata/scenarios/01-happy-path.yaml"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.NewReplacer("org: ../org", "org: "+abs(t, "testdata/org"), "cup.png", abs(t, "testdata/scenarios/cup.png"), "hall.png", abs(t, "testdata/scenarios/hall.png")).Replace(string(data))
	at := strings.Index(plain, "\nsteps:") + len("\nsteps:\n")
	start := plain[strings.Index(plain, "start: ")+len("start: "):][:len("2006-01-02 15:04")]
	begin, err := time.Parse("2006-01-02 15:04", start)
	if err != nil {
		t.Fatal(err)
	}
	var drilled strings.Builder
	for n, step := range []string{"by: wuyan, in: G1, say: '@舆报助手 演练开始 1 确认'", "by: linke, in: G1, say: '@舆报助手 上报 滨江店顾客发视频说酸奶杯里有虫', thread: T9",
		"by: linke, in: T9, say: '②2 ③没有，同事转发 ④刚刚 ⑤江澜滨江店 ⑥1 ⑦1'", "by: linke, in: T9, say: 提交", "by: wanglei, in: T9, say: '收到'", "by: wuyan, in: G1, say: '@舆报助手 演练结束'"} {
		drilled.WriteString("  - {at: " + begin.Add(time.Duration(n)*time.Minute).Format("2006-01-02 15:04") + ", " + step + "}\n")
	}
	without, with := outcomeOf(t, plain), outcomeOf(t, plain[:at]+drilled.String()+plain[at:])
	if n := len(without["incidents"].([]any)); n == 0 || with["drills"].(int) == 0 {
		t.Fatalf("%d incidents and %d of the rehearsal", n, with["drills"])
	}
	for _, part := range []string{"incidents", "points", "risks", "digests"} {
		a, _ := json.Marshal(without[part])
		b, _ := json.Marshal(with[part])
		if !bytes.Equal(a, b) {
			t.Errorf("%s without:\n%s\nwith:\n%s", part, a, b)
		}
	}
}

// outcomeOf is what a history ends in, rehearsals left out and counted.
func outcomeOf(t *testing.T, history string) map[string]any {
	t.Helper()
	file := filepath.Join(t.TempDir(), "history.yaml")
	if err := os.WriteFile(file, []byte(strings.Replace(history, "quiet: true", "quiet: false", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	run(t.Context(), []string{"replay", "--json", file}, &stdout, &stderr, time.Now)
	var all map[string]any
	if err := json.Unmarshal(stdout.Bytes(), &all); err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	drills := 0
	var incidents, digests []any
	for _, one := range all["incidents"].([]any) {
		if one.(map[string]any)["drill"] == true {
			drills++
			continue
		}
		incidents = append(incidents, one)
	}
	for _, one := range all["messages"].([]any) {
		text, _ := one.(map[string]any)["text"].(string)
		if strings.Contains(text, "【舆情日报】") {
			digests = append(digests, strings.ReplaceAll(strings.ReplaceAll(text, "含演练 1", "含演练 0"), "含演练 2", "含演练 0"))
		}
	}
	all["incidents"], all["digests"], all["drills"] = incidents, digests, drills
	return all
}
