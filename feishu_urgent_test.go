package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/handlers/desk"
	"fenghuo/store"
)

// TestPushesBecomeStronger: whoever leaves it unread is pushed to in the app, then by SMS, then by phone; who
// has read it in the app only; where the quota ends the next gentler way is taken, written down and said.
func TestPushesBecomeStronger(t *testing.T) {
	t.Parallel()
	const noText, noCall = "短信加急额度已用完，改为应用内加急", "电话加急额度已用完，短信加急额度已用完，改为应用内加急"
	for name, row := range map[string]struct {
		quota map[string]int
		reads bool // the officer reads the first reminder
		want  []string
		notes []string
	}{
		"nobody reads": {nil, false, []string{"10:13 wanglei app", "10:33 chenfang app", "10:33 wanglei app sms",
			"10:48 chenfang app sms", "10:48 wanglei app phone", "11:18 chenfang app phone"}, nil},
		"the officer reads": {nil, true, []string{"10:13 wanglei app", "10:33 chenfang app", "10:33 wanglei app",
			"10:48 chenfang app sms", "10:48 wanglei app", "11:18 chenfang app phone"}, nil},
		"one text and no calls": {map[string]int{"sms": 1, "phone": 0}, false, []string{"10:13 wanglei app", "10:33 chenfang app", "10:33 wanglei app sms",
			"10:48 chenfang app", "10:48 wanglei app", "11:18 chenfang app"}, []string{noCall, noCall, noText}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			change := func(o *feishutest.Options) { o.Quota = row.quota }
			inLark(t, feishu.ModeHTTP, "2026-03-10 10:00", jianglan(t), change, func(w *lark) {
				w.accident()
				w.until("10:14")
				if row.reads {
					for _, m := range w.p.Messages() {
						if m.ChatID == w.p.Private(w.openID("wanglei")) {
							if err := w.p.Reads(context.Background(), w.openID("wanglei"), m.ID); err != nil {
								t.Fatal(err)
							}
						}
					}
				}
				w.until("13:00")
				if diff := cmp.Diff(row.want, w.pushes()); diff != "" {
					t.Errorf("pushes: %s", diff)
				}
				got := w.fallbacks()
				slices.Sort(got)
				if !slices.Equal(got, row.notes) {
					t.Errorf("written down: %q", got)
				}
				for _, note := range row.notes {
					if len(w.said(note)) == 0 {
						t.Errorf("not said: %s", note)
					}
				}
				advised := slices.ContainsFunc(w.p.Messages(), func(m feishutest.Message) bool {
					return m.ChatID == w.p.Private(w.openID("wuyan")) && strings.Contains(m.Content, "飞书加急额度已用完")
				})
				if advised != (row.notes != nil) {
					t.Errorf("the administrator was told: %v", advised)
				}
			})
		})
	}
}

// accident is a report of level II; its officer is called at once.
func (w *lark) accident() {
	w.t.Helper()
	root := w.says("zhenghai", "G1", "@舆报助手 上报 货车侧翻，酸奶洒满高架，司机受伤，直播在放", "")
	for _, text := range []string{"2", "没有，直播间里看到的", "刚刚", "华东区域", "改7 2 6", "提交"} {
		w.pass(30 * time.Second)
		w.says("zhenghai", "G1", text, root)
	}
	w.pass(5 * time.Second)
}

// pushes are all urgent pushes: when, to whom, how. Those of one minute go out side by side: they are sorted.
func (w *lark) pushes() (out []string) {
	for _, m := range w.p.Messages() {
		if len(m.Urgent) == 0 {
			continue
		}
		p, _ := w.org.ByAccount(feishu.Name, m.Urgent[0].To[0])
		line := m.Sent.In(w.zone).Format("15:04 ") + p.ID
		for _, u := range m.Urgent {
			line += " " + u.Kind
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// fallbacks are the ledger's notes of pushes that went another way.
func (w *lark) fallbacks() (out []string) {
	w.t.Helper()
	err := w.app.store.View(context.Background(), func(tx *store.Tx) error {
		incs, err := tx.RecentIncidents(1)
		if err != nil || len(incs) == 0 {
			return fmt.Errorf("%d incidents: %w", len(incs), err)
		}
		entries, err := tx.EntriesOf(desk.Subject(incs[0].Number))
		for _, e := range entries {
			if e.Kind == "urgent_fallback" {
				var body struct {
					Note string `json:"note"`
				}
				if err := json.Unmarshal(e.Body, &body); err != nil {
					return err
				}
				out = append(out, body.Note)
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}
