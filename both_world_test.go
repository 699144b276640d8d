package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fenghuo/bot/feishu"
	"fenghuo/bot/feishu/feishutest"
	"fenghuo/bot/wecom"
	"fenghuo/config"
)

// bothWorld is one company on two platforms: a group in Feishu and one in WeCom, and people on either.
type bothWorld struct {
	*wecomWorld
	lark *feishutest.Platform
}

// inBoth plays in a bubble.
func inBoth(t *testing.T, play func(w *bothWorld)) {
	inWecom(t, wecom.ModeWebsocket, "testdata/org/jianglan-both.yaml", "2026-03-10 09:05", func(one *wecomWorld) {
		w := &bothWorld{wecomWorld: one}
		o := simOptions(w.org, time.Now)
		o.Scopes = append(feishutest.Scopes(), "im:message.group_msg")
		w.lark = feishutest.New(o)
		o = w.lark.Options()
		client, stop := feishutest.Local(w.lark)
		w.stops = append(w.stops, stop)
		w.again(func(cfg *config.Config, p *parts) error {
			p.http = &http.Client{Transport: byHost{"feishu.test": client.Transport, "": w.client.Transport}}
			cfg.Feishu = config.Feishu{AppID: o.AppID, AppSecret: config.Secret(o.AppSecret), Mode: feishu.ModeWebsocket, BaseURL: "http://feishu.test"}
			return p.withFeishu(cfg)
		})
		play(w)
		if c := w.lark.Complaints(); len(c) > 0 {
			t.Errorf("Feishu complains: %v", c)
		}
	})
}

// byHost sends requests to one of several platforms.
type byHost map[string]http.RoundTripper

// RoundTrip is http.RoundTripper's.
func (b byHost) RoundTrip(r *http.Request) (*http.Response, error) {
	if t, ok := b[r.URL.Host]; ok {
		return t.RoundTrip(r)
	}
	return b[""].RoundTrip(r)
}

// larkSays has somebody speak in Feishu: in a group, or in private with the bot.
func (w *bothWorld) larkSays(person, in, text string, how ...feishutest.How) {
	w.t.Helper()
	p, _ := w.org.Person(person)
	chat := w.lark.Private(p.Accounts[feishu.Name])
	if g, ok := w.org.Group(in); ok {
		chat = g.ChatID
	}
	if _, err := w.lark.Says(context.Background(), p.Accounts[feishu.Name], chat, text, how...); err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

// A report from one platform is acknowledged on the other: the call goes where the incident lives, the clock stops
// once, and everything that arrives on either is as expected.
func TestAReportOnOnePlatformIsAcknowledgedOnTheOther(t *testing.T) {
	const number = "YQ-20260310-001"
	for name, play := range map[string]func(w *bothWorld){
		// 周敏 at the till is on WeCom, the officer 王蕾 on Feishu, and the shop's incidents live in Feishu.
		"wecom-to-feishu": func(w *bothWorld) {
			for _, text := range []string{"上报 滨江店顾客发视频说酸奶杯里有虫", "②2 ③没有，同事转发 ④刚刚 ⑤江澜滨江店 ⑥1 ⑦1", "提交"} {
				w.says("zhoumin", "direct", text)
				w.pass(5 * time.Second)
			}
			w.pass(20 * time.Second)
			w.larkSays("wanglei", "", "收到")
		},
		// 郑海 is on Feishu, the officer 陈放 on WeCom, and the depot's incidents live in WeCom.
		"feishu-to-wecom": func(w *bothWorld) {
			for _, text := range []string{"上报 北门仓库发错货被顾客发微博投诉", "②1 ③没有，同事转发 ④刚刚 ⑤北门仓库 ⑥2 ⑦1", "提交"} {
				w.larkSays("zhenghai", "", text)
				w.pass(5 * time.Second)
			}
			w.pass(20 * time.Second)
			w.says("chenfang", "G2", "@舆报助手 收到")
		},
	} {
		t.Run(name, func(t *testing.T) {
			inBoth(t, func(w *bothWorld) {
				t := w.t
				play(w)
				w.pass(30 * time.Second)
				inc := w.incident(number)
				if inc.Ack.By != inc.Officer || inc.Ack.At.IsZero() {
					t.Errorf("acknowledged by %q, the officer is %q", inc.Ack.By, inc.Officer)
				}
				w.pass(20 * time.Minute) // past the first reminder, which nobody gets
				got := "WeCom\n" + w.p.Golden() + "\nFeishu\n" + w.lark.Golden()
				if strings.Contains(got, "第1次催办") {
					t.Error("reminded after the acknowledgment")
				}
				file := filepath.Join("testdata", "both", name+".golden")
				if *updateWecom {
					if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil || string(want) != got {
					t.Errorf("what arrived differs from %s; look at it with -update-wecom and git diff (%v)", file, err)
				}
			})
		})
	}
}
