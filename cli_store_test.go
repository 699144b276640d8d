package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// configFor writes a configuration that names the database of a folder.
func configFor(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(dir, "config.yaml")
	text := fmt.Sprintf("data_dir: %s\ndatabase: {url: \"sqlite:%s\"}\norg: %s\nwebchat: {enabled: true}\n", dir, filepath.Join(dir, "fenghuo.db"), orgFile(t))
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// replayed is a folder with the database of a scenario played to its end, and its exported ledger.
func replayed(t *testing.T) (dir string, ledger []byte) {
	t.Helper()
	r, until, err := loadScenario("testdata/scenarios/05-silent-officer.yaml", time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	r.dir = t.TempDir()
	if err := r.play(t.Context(), until); err != nil {
		t.Fatal(err)
	}
	e := &env{ctx: t.Context(), now: time.Now, log: r.log}
	st, err := openConfigured(e, configFor(t, r.dir))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var out bytes.Buffer
	if err := st.ExportLedger(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return r.dir, out.Bytes()
}

func TestAuditFindsWhatWasChanged(t *testing.T) {
	t.Parallel()
	dir, ledger := replayed(t)
	lines := bytes.SplitAfter(bytes.TrimSpace(ledger), []byte("\n"))
	if len(lines) < 10 || !bytes.Contains(ledger, []byte("wanglei")) {
		t.Fatalf("ledger of %d lines", len(lines))
	}
	without := append(bytes.Join(lines[:3], nil), bytes.Join(lines[4:], nil)...)
	for _, tc := range []struct {
		name   string
		ledger []byte
		code   int
		says   string
	}{
		{"as exported", ledger, exitOK, "ledger whole"},
		{"a name changed", bytes.Replace(ledger, []byte("wanglei"), []byte("linke"), 1), exitUnmet, "broken at entry"},
		{"an entry taken out", without, exitUnmet, "broken at entry"},
		{"no ledger at all", []byte("hello\n"), exitUnmet, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "ledger.jsonl")
			if err := os.WriteFile(file, tc.ledger, 0o600); err != nil {
				t.Fatal(err)
			}
			code, out, errs := cli(t, "audit", "verify", "--file", file)
			if code != tc.code || !strings.Contains(out+errs, tc.says) {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
	t.Run("the database", func(t *testing.T) {
		conf := filepath.Join(dir, "config.yaml")
		if code, out, errs := cli(t, "audit", "verify", "--config", conf); code != exitOK {
			t.Fatalf("exit %d: %s%s", code, out, errs)
		}
		w := &world{t: t, dir: dir}
		w.sql("drop trigger entries_keep", "update entries set actor = 'linke' where seq = 5")
		if code, out, errs := cli(t, "audit", "verify", "--config", conf); code != exitUnmet || !strings.Contains(errs, "broken at entry 5") {
			t.Errorf("exit %d: %s%s", code, out, errs)
		}
	})
}

func TestServeAsksForMigrateFirst(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	conf := configFor(t, dir)
	code, _, errs := cli(t, "serve", "--config", conf)
	if code == exitOK || !strings.Contains(errs, "migrate") {
		t.Errorf("serve on an empty database: exit %d: %s", code, errs)
	}
	for range 2 { // again does nothing
		code, out, errs := cli(t, "migrate", "--config", conf)
		if code != exitOK || !strings.Contains(out, "schema") {
			t.Fatalf("migrate: exit %d: %s%s", code, out, errs)
		}
	}
}

func TestAWrongConfigurationIsNamedByLineAndColumn(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte("listen: 127.0.0.1:0\ndatabse: {url: x}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve"}, {"migrate"}, {"audit", "verify"}} {
		code, _, errs := cli(t, append(args, "--config", file)...)
		if code != exitUsage || !strings.Contains(errs, file+":2:1") || !strings.Contains(errs, "databse") {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
}

// TestExport: the registry and the year sheet of a scenario, as a spreadsheet opens them.
func TestExport(t *testing.T) {
	t.Parallel()
	dir, _ := replayed(t)
	file := configFor(t, dir)
	for _, tc := range []struct {
		args []string
		want []string
	}{
		{[]string{"export", "registry", "--config", file, "--year", "2026"}, []string{"\ufeff编号,标题", "YQ-20260319-001,货车侧翻，酸奶洒满高架，司机受伤，直播在放", ",II,II,", "陈放,2026-03-20 00:16"}},
		{[]string{"export", "score", "--config", file, "--year", "2026"}, []string{"\ufeff单位,首报,得分", "华东区域,0,0,0,0,0,80,合格", "YQ-20260319-001,签收,品牌公关部,王蕾,未签收,-1.5,待定,2026-03-20 00:16,score-v1"}},
		{[]string{"export", "score", "--config", file, "--year", "2025"}, []string{"编号,台账项"}},
	} {
		code, out, errs := cli(t, tc.args...)
		if code != exitOK {
			t.Errorf("%v: exit %d, %s", tc.args, code, errs)
		}
		for _, want := range tc.want {
			if !strings.Contains(out, want) {
				t.Errorf("%v says not %q:\n%s", tc.args, want, out)
			}
		}
	}
}

// TestACellNeverBeginsAFormula, whatever people write into a title.
func TestACellNeverBeginsAFormula(t *testing.T) {
	var out bytes.Buffer
	if err := sheet(&env{stdout: &out}, [][]string{{"=1+1", "+86", "-1.5", "@SUM(A1)", "平常", "-cmd"}}); err != nil {
		t.Fatal(err)
	}
	if want := "\ufeff'=1+1,+86,-1.5,'@SUM(A1),平常,'-cmd\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}
