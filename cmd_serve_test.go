package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServeSaysWhatItLacks gives serve configurations it cannot run with.
func TestServeSaysWhatItLacks(t *testing.T) {
	t.Parallel()
	const feishu = "feishu: {app_id: cli_a1, app_secret: s, mode: websocket}\n"
	for _, tc := range []struct {
		name, extra string
		says        []string
	}{
		{"nothing to talk on", "", []string{"no platform", "feishu.", "wecom.", "webchat.enabled"}},
		{"the built-in chat beside a platform", feishu + "webchat: {enabled: true}\n", []string{"webchat.enabled", "switch it off"}},
		{"callbacks without a key to open them", "feishu: {app_id: cli_a1, app_secret: s, mode: http}\n", []string{"encrypt_key"}},
		{"an unknown key", "colour: red\n", []string{":4:1", "colour"}},
		{"a place that is no database", "redis: {url: \"http://x\"}\nwebchat: {enabled: true}\n", []string{"redis.url"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := filepath.Join(dir, "config.yaml")
			text := fmt.Sprintf("data_dir: %s\ndatabase: {url: \"sqlite:%s\"}\norg: %s\n%s", dir, filepath.Join(dir, "fenghuo.db"), orgFile(t), tc.extra)
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			code, out, errs := cli(t, "serve", "--config", file)
			if code != exitUsage || out != "" {
				t.Errorf("exit %d, prints %q", code, out)
			}
			if n := strings.Count(strings.TrimSpace(errs), "\n"); n > 0 && tc.name != "an unknown key" {
				t.Errorf("more than one line: %s", errs)
			}
			for _, w := range tc.says {
				if !strings.Contains(errs, w) {
					t.Errorf("says %q, without %q", errs, w)
				}
			}
		})
	}
}
