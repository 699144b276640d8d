package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// org is the made-up company, as a scenario in any folder may name it.
func orgFile(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("testdata/org/jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAWrongScenarioIsNamedByLineAndColumn(t *testing.T) {
	t.Parallel()
	head := "start: 2026-03-10 09:00\norg: " + orgFile(t) + "\nsteps:\n"
	for _, tc := range []struct {
		name, file string
		where      string   // line:column
		says       []string // what is wrong, what is allowed
	}{
		{"empty", "", "1:1", []string{"empty"}},
		{"no YAML", "start: [2026\n", "1:", nil},
		{"no start", "org: x.yaml\nsteps: []\n", "1:1", []string{"start", "2026-03-10 09:00"}},
		{"bad start", "start: tomorrow\norg: " + orgFile(t) + "\n", "1:8", []string{"start", "2026-03-10 09:00"}},
		{"no such org", "start: 2026-03-10 09:00\norg: nowhere.yaml\n", "2:6", []string{"org"}},
		{"unknown key", head + "  - {at: 09:01, by: zhoumin, in: G1, sya: 上报}\n", "4:38", []string{"sya", "say"}},
		{"no such policy", "policy: default-v9\n" + head, "1:9", []string{"policy", "default-v1"}},
		{"no such form", "form: kuaibao-v9\n" + head, "1:7", []string{"form", "kuaibao-v1"}},
		{"bad time", head + "  - {at: 25:01, by: zhoumin, in: G1, say: 上报}\n", "4:10", []string{"+5m", "09:12"}},
		{"time before", head + "  - {at: 09:10, by: zhoumin, in: G1, say: 上报}\n  - {at: 09:09, by: zhoumin, in: G1, say: 上报}\n", "5:10", []string{"before the step above"}},
		{"no such person", head + "  - {at: 09:10, by: nobody, in: G1, say: 上报}\n", "4:21", []string{"nobody"}},
		{"no such group", head + "  - {at: 09:10, by: zhoumin, in: G9, say: 上报}\n", "4:34", []string{"G9", "thread", "direct"}},
		{"thread not opened", head + "  - {at: 09:10, by: zhoumin, in: T1, say: 上报}\n  - {by: zhoumin, in: G1, say: 上报, thread: T1}\n", "4:34", []string{"T1"}},
		{"two acts", head + "  - {at: 09:10, by: zhoumin, in: G1, say: 上报, press: 签收}\n", "4:5", []string{"one thing", "expect"}},
		{"no act", head + "  - {at: 09:10, by: zhoumin, in: G1}\n", "4:5", []string{"one thing"}},
		{"unknown fault", head + "  - {at: 09:10, platform: feishu, fault: sick, for: 5m}\n", "4:42", []string{"sick", "down"}},
		{"unknown platform", head + "  - {at: 09:10, platform: dingtalk, fault: down, for: 5m}\n", "4:", []string{"feishu or wecom"}},
		{"bad span", head + "  - {at: 09:10, outage: long}\n", "4:25", []string{"20m"}},
		{"expect of nobody", head + "  - {at: 09:10, expect: [{to: nobody, contains: [x]}]}\n", "4:31", []string{"nobody"}},
		{"expect nowhere", head + "  - {at: 09:10, expect: [{in: G9, contains: [x]}]}\n", "4:31", []string{"G9"}},
		{"bad until", head + "  - {at: 09:10, by: zhoumin, in: G1, say: 上报}\nuntil: later\n", "5:8", []string{"until", "2026-03-16 18:00"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "s.yaml")
			if err := os.WriteFile(file, []byte(tc.file), 0o600); err != nil {
				t.Fatal(err)
			}
			code, out, errs := cli(t, "replay", file)
			if code != exitUsage || out != "" {
				t.Errorf("exit %d, printed %q", code, out)
			}
			if !strings.Contains(errs, file+":"+tc.where) {
				t.Errorf("says %q, not where: %s", errs, tc.where)
			}
			for _, w := range tc.says {
				if !strings.Contains(errs, w) {
					t.Errorf("says %q, without %q", errs, w)
				}
			}
		})
	}
}

func TestExpectationsNotMetAreNamed(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "s.yaml")
	text := "start: 2026-03-10 09:00\norg: " + orgFile(t) + "\nsteps:\n" +
		"  - {at: 09:10, by: zhoumin, in: G1, say: \"@舆报助手 帮助\", thread: T1}\n" +
		"  - at: 09:10\n    expect:\n      - {in: T1, contains: [没有这句话]}\n" +
		"expect: {quiet: true}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := cli(t, "replay", file)
	if code != exitUnmet {
		t.Errorf("exit %d: %s", code, errs)
	}
	for _, w := range []string{file + ":5:5: step 2: expectation 1 not met", "没有这句话", "nobody expected"} {
		if !strings.Contains(out, w) {
			t.Errorf("does not say %q:\n%s", w, out)
		}
	}
}

func TestTheProgramAnswers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		args   []string
		code   int
		stdout []string
		stderr []string
	}{
		{"version", []string{"version"}, exitOK, []string{"fenghuo dev"}, nil},
		{"help", []string{"--help"}, exitOK, []string{"demo", "serve", "replay", "migrate", "audit", "bench", "version", "Exit codes"}, nil},
		{"demo help", []string{"demo", "--help"}, exitOK, []string{"--listen", "--data-dir", "fenghuo demo"}, nil},
		{"serve help", []string{"serve", "--help"}, exitOK, []string{"--config", "FENGHUO_DATABASE_URL"}, nil},
		{"replay help", []string{"replay", "--help"}, exitOK, []string{"--json", "Exit codes"}, nil},
		{"migrate help", []string{"migrate", "--help"}, exitOK, []string{"--config"}, nil},
		{"audit help", []string{"audit", "--help"}, exitOK, []string{"verify", "fenghuo audit export"}, nil},
		{"audit verify help", []string{"audit", "verify", "--help"}, exitOK, []string{"--file", "--config", "Exit codes"}, nil},
		{"version help", []string{"version", "--help"}, exitOK, []string{"fenghuo version"}, nil},
		{"sim help", []string{"sim", "--help"}, exitOK, []string{"fenghuo sim feishu", "fenghuo sim wecom"}, nil},
		{"unknown command", []string{"fly"}, exitUsage, nil, []string{"fly", "--help"}},
		{"no command", nil, exitUsage, nil, []string{"--help"}},
		{"unknown flag", []string{"replay", "--xml", "x.yaml"}, exitUsage, nil, []string{"--xml"}},
		{"no file", []string{"replay"}, exitUsage, nil, []string{"file"}},
		{"missing file", []string{"replay", "nowhere.yaml"}, exitUsage, nil, []string{"nowhere.yaml"}},
		{"serve without configuration", []string{"serve"}, exitUsage, nil, []string{"--config"}},
		{"serve with a missing one", []string{"serve", "--config", "nowhere.yaml"}, exitUsage, nil, []string{"nowhere.yaml"}},
		{"migrate without configuration", []string{"migrate"}, exitUsage, nil, []string{"--config"}},
		{"audit of nothing", []string{"audit", "verify"}, exitUsage, nil, []string{"--config", "--file"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			code, out, errs := cli(t, tc.args...)
			if code != tc.code {
				t.Errorf("exit %d, not %d: %s", code, tc.code, errs)
			}
			for _, w := range tc.stdout {
				if !strings.Contains(out, w) {
					t.Errorf("prints %q, without %q", out, w)
				}
			}
			for _, w := range tc.stderr {
				if !strings.Contains(errs, w) {
					t.Errorf("says %q, without %q", errs, w)
				}
			}
			if tc.code != exitOK && out != "" {
				t.Errorf("a failure prints on standard output: %q", out)
			}
		})
	}
}

func TestBenchSaysWhatItMeasuredAndLeavesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	code, out, errs := cli(t, "bench", "--dir", dir, "--reports", "3", "--people", "2")
	if code != exitOK || errs != "" {
		t.Errorf("exit %d, %s", code, errs)
	}
	for _, line := range []string{"收一条消息（落盘后才答复）", "发出", "每分钟检查一次，没有到期的", "3件同时催办"} {
		if !strings.Contains(out, line) {
			t.Errorf("no %q in:\n%s", line, out)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
	for _, wrong := range [][]string{{"--reports", "0"}, {"--people", "0"}, {"--dir", filepath.Join(dir, "none")}} {
		if code, _, errs := cli(t, append([]string{"bench"}, wrong...)...); code != exitUsage || errs == "" {
			t.Errorf("%q: exit %d, %q", wrong, code, errs)
		}
	}
}
