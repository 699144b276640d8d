package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
	"fenghuo/config"
)

// A question with several answers is a card to tick, in the app's chat and in the AI bot's; what is ticked
// answers it as typed words do.
func TestAQuestionIsTicked(t *testing.T) {
	for _, channel := range []string{wecomtest.App, wecomtest.AIBot} {
		t.Run(channel, func(t *testing.T) {
			inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
				t := w.t
				if channel == wecomtest.AIBot {
					w.again(withoutApp)
				}
				user := w.userID("linke")
				chat := w.p.Private(channel, user)
				say := func(text string) {
					t.Helper()
					if _, err := w.p.Say(t.Context(), user, chat, text); err != nil {
						t.Fatal(err)
					}
					w.pass(10 * time.Second)
				}
				for _, text := range []string{"上报 滨江店顾客发视频说酸奶杯里有虫", "②2 ③没有，同事转发 ④刚刚 ⑤江澜滨江店"} {
					say(text)
				}
				all := w.p.In(chat)
				asked := all[len(all)-1]
				if asked.Card == "" || !strings.Contains(wecomtest.CardText(asked.Card), "人员受伤 / 现场聚集") {
					t.Fatalf("asked by %+v", asked)
				}
				if err := w.p.Press(t.Context(), user, asked.ID, "选好了", map[string][]string{"impact_now": {"人员受伤", "媒体来问"}}); err != nil {
					t.Fatal(err)
				}
				w.pass(10 * time.Second)
				if said := w.said(chat); !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, "7 现状：人员受伤、媒体来问") }) {
					t.Errorf("after ticking: %q", said)
				}
				say("提交")
				w.pass(20 * time.Second)
				if inc := w.incident("YQ-20260310-001"); !slices.Equal(inc.Impact, []string{"人员受伤", "媒体来问"}) {
					t.Errorf("registered with %v", inc.Impact)
				}
			})
		})
	}
}

// withoutApp leaves the AI bot and the robots.
func withoutApp(cfg *config.Config, _ *parts) error {
	cfg.Wecom.App = config.App{}
	return nil
}
