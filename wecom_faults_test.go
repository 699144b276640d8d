package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fenghuo/bot/wecom"
	"fenghuo/bot/wecom/wecomtest"
)

const wecomOrg = "testdata/org/jianglan-wecom.yaml"

// breaks makes something go wrong on the platform.
func (w *wecomWorld) breaks(f wecomtest.Fault) {
	w.t.Helper()
	if err := w.p.Break(f); err != nil {
		w.t.Fatal(err)
	}
}

// reports is a whole report of 林可, in private.
func (w *wecomWorld) reports(more ...string) {
	w.t.Helper()
	for _, text := range append([]string{"上报 滨江店顾客发视频说酸奶杯里有虫", "②2 ③没有，同事转发 ④刚刚 ⑤江澜滨江店 ⑥1 ⑦1"}, append(more, "提交")...) {
		w.says("linke", "direct", text)
		w.pass(5 * time.Second)
	}
	w.pass(20 * time.Second)
}

// times counts what bots said in a chat with these words.
func (w *wecomWorld) times(chat, words string) int {
	n := 0
	for _, text := range w.said(chat) {
		if strings.Contains(text, words) {
			n++
		}
	}
	return n
}

// A private call the platform drops without a word reaches the officer by the AI bot within a minute, and the
// clock starts there.
func TestADroppedCallTakesTheNextChannel(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		bot := w.p.Private(wecomtest.AIBot, w.userID("wanglei"))
		if _, err := w.p.Say(t.Context(), w.userID("wanglei"), bot, "在办"); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Minute)
		w.breaks(wecomtest.Fault{Kind: wecomtest.Drop, Channel: wecomtest.App, Chat: w.p.Private(wecomtest.App, w.userID("wanglei"))})
		w.reports("改18 是")
		began := time.Now()
		if inc := w.incident("YQ-20260310-001"); !inc.Confidential || !inc.Ack.From.IsZero() {
			t.Fatalf("confidential %v, clock from %s", inc.Confidential, inc.Ack.From)
		}
		w.pass(time.Minute)
		inc := w.incident("YQ-20260310-001")
		if w.times(bot, "签收") == 0 || inc.Ack.From.IsZero() || inc.Ack.From.Before(began.Add(-time.Minute)) {
			t.Errorf("the AI bot said %q; the clock runs from %s", w.said(bot), inc.Ack.From)
		}
	})
}

// Where the app's message was seen, the same is not said again by the AI bot.
func TestASeenCallIsNotSaidAgain(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		w.reports("改18 是")
		if err := w.p.EnterAgent(t.Context(), w.userID("wanglei")); err != nil {
			t.Fatal(err)
		}
		w.pass(3 * time.Minute)
		if n := len(w.said(w.p.Private(wecomtest.AIBot, w.userID("wanglei")))); n != 0 {
			t.Errorf("the AI bot repeated it %d times", n)
		}
		if inc := w.incident("YQ-20260310-001"); inc.Ack.From.IsZero() {
			t.Error("the clock does not run")
		}
	})
}

// The socket away for ten minutes, another process taking the bot, a revoked token, a deleted robot: nothing
// is lost or said twice, and administrators hear what they can mend.
func TestFaultsInWecom(t *testing.T) {
	const group = "wr_zhibao"
	for name, c := range map[string]struct {
		fault wecomtest.Fault
		admin []string // what administrators are told, word by word
	}{
		"socket lost": {wecomtest.Fault{Kind: wecomtest.Down, Channel: wecomtest.AIBot}, []string{
			"企业微信的长连接已断开5分钟，那里对我说的话我听不到，催办照常发。请看服务器能否访问外网，或运行 fenghuo doctor。",
			"企业微信的长连接已恢复，断开了10:02到10:12。那段时间对我说的话没有收到，请大家再说一遍。",
		}},
		"taken over": {wecomtest.Fault{Kind: wecomtest.Kick}, []string{
			"有另一个程序用同一个智能机器人建立了长连接，把本服务挤下线。同一机器人只能有一条长连接：请停掉另一处（测试机、旧部署、其他插件），或在管理后台重置该机器人的 Secret 并只填到本服务的配置里。",
		}},
		"half open":     {wecomtest.Fault{Kind: wecomtest.HalfOpen}, nil},
		"token revoked": {wecomtest.Fault{Kind: wecomtest.RevokeTokens}, nil},
		"robot deleted": {wecomtest.Fault{Kind: wecomtest.DeleteRobot, Chat: group}, []string{
			"发给“舆情直报群”的消息改用别的方式送到了。这个群的机器人已被移除或key不对，请在群里重新添加机器人，把新的key绑定到这个群。",
		}},
		"app not let in": {wecomtest.Fault{Kind: wecomtest.Code, Channel: wecomtest.App, API: "message/send", Code: 60020}, []string{
			"发给“林可”的消息改用别的方式送到了。本机出口IP不在企业微信应用的“企业可信IP”里，请添加；先配好可信域名或接收消息的URL，这个设置才会出现。",
			"发给“许清”的消息改用别的方式送到了。本机出口IP不在企业微信应用的“企业可信IP”里，请添加；先配好可信域名或接收消息的URL，这个设置才会出现。",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			inWecom(t, wecom.ModeWebsocket, wecomOrg, "2026-03-10 10:00", func(w *wecomWorld) {
				t := w.t
				for _, person := range []string{"wanglei", "xuqing", "wuyan", "linke"} {
					if _, err := w.p.Say(t.Context(), w.userID(person), w.p.Private(wecomtest.AIBot, w.userID(person)), "在办"); err != nil {
						t.Fatal(err)
					}
				}
				w.says("wanglei", "G1", "@舆报助手 在办")
				w.pass(time.Minute)
				f := c.fault
				if f.Kind == wecomtest.Down || f.Kind == wecomtest.Code {
					f.Until = time.Now().Add(10 * time.Minute)
				}
				w.breaks(f)
				w.reports()
				w.pass(11 * time.Minute)
				w.pass(10 * time.Minute) // 15 minutes after the call: the first reminder
				w.says("wanglei", "G1", "@舆报助手 收到")
				w.pass(time.Minute)
				if inc := w.incident("YQ-20260310-001"); inc.Ack.By != "wanglei" || inc.Ack.From.IsZero() {
					t.Errorf("acknowledged by %q, the clock ran from %s", inc.Ack.By, inc.Ack.From)
				}
				for _, words := range []string{"已登记 YQ-20260310-001", "第1次催办", "签收（"} {
					if n := w.times(group, words); n != 1 {
						t.Errorf("%q was said %d times in the group", words, n)
					}
				}
				var told []string
				for _, chat := range []string{wecomtest.App, wecomtest.AIBot} {
					for _, text := range w.said(w.p.Private(chat, w.userID("wuyan"))) {
						if strings.Contains(text, "发给") || strings.Contains(text, "长连接") {
							told = append(told, strings.Replace(text, "到10:13。", "到10:12。", 1)) // it waits a random while to connect
						}
					}
				}
				if !slices.Equal(told, c.admin) {
					t.Errorf("administrators were told %q", told)
				}
			})
		})
	}
}

// An administrator names the group there and binds its robot in private; the robot proves it with a real @.
// The key is nowhere to be read.
func TestBindingAGroup(t *testing.T) {
	inWecom(t, wecom.ModeWebsocket, "testdata/org/jianglan-unbound.yaml", "2026-03-10 10:00", func(w *wecomWorld) {
		t := w.t
		chat, key := "wr_unknown", ""
		for _, g := range w.p.Options().Org.Groups {
			if g.ChatID == chat {
				key = g.RobotKey
			}
		}
		say := func(person, chat, text string) {
			t.Helper()
			if _, err := w.p.Say(t.Context(), w.userID(person), chat, text); err != nil {
				t.Fatal(err)
			}
			w.pass(10 * time.Second)
		}
		private := w.p.Private(wecomtest.App, w.userID("wuyan"))
		say("linke", chat, "@舆报助手 绑定群 舆情直报群")
		say("wuyan", chat, "@舆报助手 绑定群 直报")
		say("wuyan", chat, "@舆报助手 绑定群 舆情直报群")
		say("linke", w.p.Private(wecomtest.App, w.userID("linke")), "绑定推送 舆情直报群 "+key)
		say("wuyan", private, "绑定推送 舆情直报群 https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="+key)
		said := strings.Join(w.said(chat), "\n")
		for _, words := range []string{"要由管理员来", "组织文件里的群有：", "好，这里就是“舆情直报群”"} {
			if !strings.Contains(said, words) {
				t.Errorf("%q was not said in the group:\n%s", words, said)
			}
		}
		last := w.p.In(chat)[len(w.p.In(chat))-1]
		if last.Channel != wecomtest.Robot || !slices.Equal(last.At, []string{w.userID("wuyan")}) {
			t.Errorf("proved by %+v", last)
		}
		if n := w.times(private, "加密保存"); n != 1 {
			t.Errorf("confirmed %d times", n)
		}
		w.reports()
		if n := w.times(chat, "已登记 YQ-20260310-001"); n != 1 {
			t.Errorf("announced %d times", n)
		}
		w.nowhere(key)
	})
}
