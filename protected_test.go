package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/handlers/web"
)

// directory are the tables that name everybody there is: who is in the company is no secret.
var directoryTables = map[string]bool{"people": true, "units": true}

// told is everything that comes out of a run, by where: what the bot said to anybody but 林可, its log, its pages and
// figures, its exports, and every row of its database but the directory's.
func (w *lark) told(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{"log": w.log.String()}
	var said strings.Builder
	for _, m := range w.p.Messages() {
		if m.FromBot && m.ChatID != w.p.Private(w.openID("linke")) {
			fmt.Fprintf(&said, "%s %s\n", m.ChatID, m.Content)
			for _, at := range m.Mentions {
				fmt.Fprintf(&said, "@%s\n", at.OpenID)
			}
		}
	}
	out["messages"] = said.String()
	h := w.app.handler()
	for _, path := range []string{"/metrics", "/readyz", "/healthz", "/", "/chat", "/nothing"} {
		res := httptest.NewRecorder()
		h.ServeHTTP(res, httptest.NewRequest(http.MethodGet, path, nil))
		out["page "+path] = res.Body.String()
	}
	beside := &web.Beside{Store: w.app.store, Desk: w.app.desk}
	for _, p := range w.org.People {
		entries, err := beside.Recent(context.Background(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		out["page of the registry for "+p.ID] = fmt.Sprintf("%+v", entries)
	}
	org := filepath.Join(w.dir, "org.yaml")
	data, err := os.ReadFile("testdata/org/jianglan.yaml")
	if err == nil {
		err = os.WriteFile(org, data, 0o600)
	}
	file := filepath.Join(w.dir, "c.yaml")
	text := fmt.Sprintf("org: %s\ndata_dir: %s\nsecret: sixteen characters\nwebchat: {enabled: true}\ndatabase: {url: 'sqlite:%s'}\n", org, w.dir, filepath.Join(w.dir, "fenghuo.db"))
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"registry", "score"} {
		var stdout, stderr bytes.Buffer
		if code := run(context.Background(), []string{"export", what, "--config", file, "--year", "2026"}, &stdout, &stderr, time.Now); code != 0 {
			t.Fatalf("export %s: %s", what, &stderr)
		}
		out["export "+what] = stdout.String() + stderr.String()
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, "fenghuo.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, table := range strings.Fields(column(t, db, "select group_concat(name, ' ') from sqlite_master where type = 'table'")) {
		if directoryTables[table] {
			continue
		}
		rows, err := db.Query("select * from " + table)
		if err != nil {
			t.Fatal(err)
		}
		names, _ := rows.Columns()
		var all strings.Builder
		for rows.Next() {
			cells, at := make([]any, len(names)), make([]any, len(names))
			for n := range cells {
				at[n] = &cells[n]
			}
			if err := rows.Scan(at...); err != nil {
				t.Fatal(err)
			}
			for n, c := range cells {
				if b, ok := c.([]byte); ok {
					c = string(b)
				}
				fmt.Fprintf(&all, "%s=%v ", names[n], c)
			}
			all.WriteString("\n")
		}
		_ = rows.Close()
		out["table "+table] = all.String()
	}
	return out
}

func column(t *testing.T, db *sql.DB, query string) (value string) {
	t.Helper()
	if err := db.QueryRow(query).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// A protected source's id, name, account and phone are in nothing that comes out of the service, from the report to the
// circular of the month after: not in messages, pages, figures, exports, the log, errors or the database. The same
// report unprotected is found by the same search.
func TestAProtectedSourceIsNowhere(t *testing.T) {
	for word, protected := range map[string]bool{"保密上报": true, "上报": false} {
		t.Run(word, func(t *testing.T) {
			inLark(t, feishu.ModeWebsocket, "2026-03-31 09:00", jianglan(t), nil, func(w *lark) {
				t := w.t
				say := func(person, in, text string) string {
					id := w.says(person, in, text, "")
					w.pass(3 * time.Second)
					return id
				}
				say("linke", "", word+" 北门仓库把过期奶改标后又发出去了，我是林可")
				say("linke", "", "②13 ③没有，当面看到 ④刚刚 ⑤北门仓库 ⑥1 ⑦1")
				cup, err := os.ReadFile("testdata/scenarios/cup.png")
				if err != nil {
					t.Fatal(err)
				}
				if _, err := w.p.Sends(t.Context(), w.openID("linke"), w.p.Private(w.openID("linke")), feishutest.Attachment{Name: "林可拍的.png", Data: cup, Kind: "image"}); err != nil {
					t.Fatal(err)
				}
				w.pass(3 * time.Second)
				say("linke", "", "提交")
				for _, m := range w.p.Messages() { // reads, presses what can be pressed
					if m.FromBot && m.ChatID == w.p.Private(w.openID("linke")) {
						_ = w.p.Reads(t.Context(), w.openID("linke"), m.ID)
					}
				}
				w.pass(time.Minute)
				say("wanglei", "", "收到")
				more := say("linke", "", "补充 001 改标是昨晚11点开始的，三个人，我电话13800000002")
				_ = w.p.Recalls(t.Context(), w.openID("linke"), more)
				w.pass(time.Minute)
				for _, text := range []string{"查来源 001 想知道", "详情 001", "在办", "考核", "台账"} {
					say("wanglei", "", text)
					say("heyun", "", text)
				}
				say("wanglei", "", "核实 001 时间：昨晚11点 地点：北门仓库（属实） 规模：待查 结论：部分属实 来源：仓库主管")
				say("wuyan", "", "续报 001 已封存同批次，正在清点")
				w.until("2026-04-02 09:00")
				say("wanglei", "", "平息 001")
				say("wuyan", "", "终报 001 起因：改标；经过：如上；结果：封存；教训：抽查不够；原因：贪图省事；防范措施：每周抽检，孙恪负责，4月8日前")
				say("heyun", "", "批准终报 001")
				w.pass(time.Hour)
				w.stop() // the days between cost time and tell nothing
				w.until("2026-04-10 09:50")
				w.start()
				w.pass(20 * time.Minute)
				leaks := 0
				told := w.told(t)
				if !strings.Contains(told["messages"], "考核通报") || !strings.Contains(told["messages"], "舆情日报") {
					t.Error("no circular and no digest to search")
				}
				for where, text := range told {
					for _, who := range []string{"林可", "linke", "13800000002", "138****0002"} {
						if n := strings.Index(text, who); n >= 0 {
							leaks++
							if protected {
								t.Errorf("%s shows %q: …%s…", where, who, around(text, n))
							}
						}
					}
				}
				if !protected && leaks < 5 {
					t.Errorf("the search finds an ordinary reporter in %d places only", leaks)
				}
			})
		})
	}
}
