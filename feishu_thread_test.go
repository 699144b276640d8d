package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
)

// TestAThreadPerIncidentInAnOrdinaryGroup: the announcement stands in the group, what follows beneath it;
// where the group takes no threads, all of it stands in the group.
func TestAThreadPerIncidentInAnOrdinaryGroup(t *testing.T) {
	t.Parallel()
	for name, noThreads := range map[string]bool{"threads": false, "no threads": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			org := jianglan(t)
			org.Groups[0].Topics = false
			change := func(o *feishutest.Options) {
				o.Org.Groups[0].NoThreads = noThreads
			}
			inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", org, change, func(w *lark) {
				for _, text := range reportWords(1) {
					w.says("zhoumin", "", text, "")
					w.pass(2 * time.Second)
				}
				w.pass(5 * time.Second)
				call := w.said("已登记")
				if len(call) != 1 || call[0].RootID != "" {
					t.Fatalf("announced %d times: %+v", len(call), call)
				}
				_, err := w.p.Says(context.Background(), w.openID("wanglei"), "oc_zhibao", "@舆报助手 收到", feishutest.How{Reply: call[0].ID, Thread: !noThreads})
				if err != nil {
					t.Fatal(err)
				}
				w.pass(5 * time.Second)
				acked := w.said("王蕾 10:00 签收（")
				if len(acked) != 1 || (acked[0].ThreadID != "") == noThreads || !noThreads && acked[0].RootID != call[0].ID {
					t.Errorf("acknowledged: %s", ids(acked))
				}
				w.at(time.Now().Add(8 * time.Hour))
				if m := w.said("续报一到期"); len(m) != 1 || (m[0].ThreadID != "") == noThreads {
					t.Errorf("a follow-up is due: %s", ids(m))
				}
				if a, err := w.p.Presses(context.Background(), w.openID("wuyan"), call[0].ID, "续报"); err != nil || a.Failed != 0 {
					t.Fatalf("%v %+v", err, a)
				}
				w.pass(5 * time.Second)
				if m := w.said("只写变化和处置"); len(m) != 1 || (m[0].ThreadID != "") == noThreads {
					t.Errorf("the press is answered: %s", ids(m))
				}
			})
		})
	}
}

// TestAnAnswerToAMessageIsAboutItsIncident: of two that wait, the one whose announcement is answered is meant, also
// where the answer opens no thread, and it is said once.
func TestAnAnswerToAMessageIsAboutItsIncident(t *testing.T) {
	t.Parallel()
	org := jianglan(t)
	org.Groups[0].Topics = false
	inLark(t, feishu.ModeWebsocket, "2026-03-10 10:00", org, func(*feishutest.Options) {}, func(w *lark) {
		for n := 1; n <= 2; n++ {
			for _, text := range reportWords(n) {
				w.says("zhoumin", "", text, "")
				w.pass(2 * time.Second)
			}
		}
		w.pass(5 * time.Second)
		calls := w.said("已登记")
		if len(calls) != 2 {
			t.Fatalf("announced %d times", len(calls))
		}
		_, err := w.p.Says(context.Background(), w.openID("wanglei"), "oc_zhibao", "@舆报助手 收到", feishutest.How{Reply: calls[0].ID})
		if err != nil {
			t.Fatal(err)
		}
		w.pass(5 * time.Second)
		acked := w.said("王蕾 10:00 签收（")
		if len(acked) != 1 || !strings.Contains(acked[0].Content, "YQ-20260310-001") || acked[0].RootID != calls[0].ID || acked[0].ThreadID == "" {
			t.Errorf("acknowledged: %s", ids(acked))
		}
	})
}

// said are the messages of the bot in the group that say this.
func (w *lark) said(what string) (found []feishutest.Message) {
	for _, m := range w.p.Messages() {
		if m.ChatID == "oc_zhibao" && m.FromBot && strings.Contains(m.Content, what) {
			found = append(found, m)
		}
	}
	return found
}

// ids are messages with their threads.
func ids(found []feishutest.Message) string {
	var out []string
	for _, m := range found {
		out = append(out, m.ID+" in "+m.ThreadID+" under "+m.RootID)
	}
	return strings.Join(out, ", ")
}
