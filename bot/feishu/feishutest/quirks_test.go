package feishutest

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestQuirksAreSeenOverHTTP(t *testing.T) {
	t.Parallel()
	w, a := withApp(t, func(o *Options) { o.Quirks = true })
	a.answers(500)
	_, _ = w.Says(t.Context(), "ou_zhoumin", "oc_topic", "@助手 上报")
	a.answers(0)
	w.clock.add(15 * time.Second)
	w.Tick(t.Context())
	if kind := a.last()["message"].(map[string]any)["chat_type"]; kind != "topic_group" {
		t.Errorf("chat_type %v", kind)
	}
	if created := a.got[1]["header"].(map[string]any)["create_time"].(string); len(created) != 16 {
		t.Errorf("create_time %s", created)
	}
}

func TestQuirksAreSeenOverTheLongConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, hc := longWorld(t, func(o *Options) { o.Quirks = true })
		c := connect(t, hc)
		r := w.sends("oc_1", "interactive", reportCard())
		w.code(r, 0)
		if _, err := w.Presses(t.Context(), "ou_wanglei", r.Data["message_id"].(string), "签收"); err != nil {
			t.Fatal(err)
		}
		if c.frames[0].get("type") != "card" || !strings.Contains(c.events[0], `"token":""`) {
			t.Errorf("%v", c.frames[0].headers)
		}
	})
}

func TestAnEventCanComeAgainAndBeBent(t *testing.T) {
	t.Parallel()
	w, a := withApp(t)
	_, _ = w.Says(t.Context(), "ou_zhoumin", "", "@all hi")
	if err := w.Again(t.Context(), w.Deliveries()[0].EventID); err != nil {
		t.Error(err)
	}
	if got := a.events(); len(got) != 2 || got[0] != got[1] {
		t.Errorf("%q", got)
	}
	at := a.last()["message"].(map[string]any)["mentions"].([]any)[0].(map[string]any)
	if at["key"] != "@_all" || at["id"].(map[string]any)["open_id"] != "" {
		t.Errorf("%v", at)
	}
	req, err := w.Request(t.Context(), "http://bot.test/feishu/event", w.Envelope("im.chat.updated_v1", object{}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.opt.Client.Do(req); err != nil || len(a.events()) != 3 {
		t.Errorf("%v %q", err, a.events())
	}
}
