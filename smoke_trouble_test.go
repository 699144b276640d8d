package main

import (
	"strings"
	"testing"
	"time"

	"fenghuo/bot/bottest"
)

// completeElements answers what the second pass asks, so that no clock of it runs any more.
func (w *world) completeElements(topic string) {
	w.t.Helper()
	w.feishu.Says("zhoumin", topic, "补充")
	for _, text := range []string{"昨晚顾客在滨江店买的酸奶杯里发现虫子，拍视频发到抖音，店员已道歉并退款，顾客情绪平稳",
		"昨晚7点40发生，昨晚9点10分首发", "阅读1.2万 转80 评260", "小鹿爱吃，粉丝3.2万", "没有，顾客删了视频"} {
		w.feishu.Says("zhoumin", topic, text)
	}
	w.feishu.Expect(topic, "要素已齐")
	w.feishu.Skim()
}

func TestFailingHandlerIsTriedAgain(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := w.reported(bug)
		w.log.Allow("event not handled")
		w.sql("create trigger broken before update on incidents begin select raise(abort, 'disk full'); end")
		c.Says("wanglei", topic, "签收")
		c.Expect(topic, "您说的已留着，会自动再试")
		if n := w.log.Count("event not handled"); n != 1 {
			t.Errorf("the failure was logged %d times", n)
		}
		w.sql("drop trigger broken")
		w.until("09:14")
		c.Expect(topic, "王蕾 09:12 签收") // as of when it was said
		w.until("09:40")
	})
}

func TestPlatformDownQueuesInOrder(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		c.Fails("", bottest.Down)
		topic := c.Says("zhoumin", "G1", "@舆报助手 上报")
		for _, text := range []string{bug, "dy", "https://v.example.test/aBc12/", "刚刚"} {
			time.Sleep(20 * time.Second)
			c.Says("zhoumin", topic, text)
		}
		c.Quiet()
		c.Mended("")
		time.Sleep(time.Minute) // the longest pause between two attempts
		lines := c.Said()
		for n, want := range []string{"①/7", "②/7", "③/7", "④/7", "⑤/7"} {
			if n >= len(lines) || !strings.Contains(lines[n].Message.Text, want) {
				t.Fatalf("message %d is not %s: %v", n, want, lines)
			}
			c.Expect(topic, want)
		}
	})
}

func TestUndeliveredCallTakesTheNextChannel(t *testing.T) {
	for _, tc := range []struct {
		name  string
		fault bottest.Fault
	}{
		{"taken and never shown", bottest.Unconfirmed},
		{"refused for good", bottest.Permanent},
		{"platform too slow", bottest.RetryAfter(90 * time.Second)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			smoke(t, "2026-03-10 09:12", func(w *world) {
				c := w.feishu
				topic := c.Says("zhoumin", "G1", "@舆报助手 上报")
				for _, text := range []string{bug, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"} {
					c.Says("zhoumin", topic, text)
				}
				c.Skim()
				c.Fails("G1", tc.fault)
				c.Says("zhoumin", topic, "提交")
				c.Expect("@xuqing", "先知悉")
				w.until("09:14")
				c.Expect("@wanglei", "已登记 YQ-20260310-001", "签收")
				c.Mended("G1")
				c.Says("wanglei", "@wanglei", "签收 001")
				w.until("09:16")
				if tc.name == "platform too slow" { // the topic hears it all the same, later
					c.Expect(topic, "已登记 YQ-20260310-001")
				}
				c.Expect(topic, "王蕾 09:14 签收")
				c.Expect("@wanglei", "王蕾 09:14 签收")
			})
		})
	}
}

func TestACallAnsweredInTimeTakesNoOtherChannel(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := c.Says("zhoumin", "G1", "@舆报助手 上报")
		for _, text := range []string{bug, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"} {
			c.Says("zhoumin", topic, text)
		}
		c.Fails(topic, bottest.Unconfirmed)
		c.Says("zhoumin", topic, "提交")
		c.Mended(topic)
		c.Skim()
		c.Says("xuqing", topic, "收到") // the head, who was told in private
		c.Expect(topic, "许清 09:12 签收")
		w.until("09:15")
	})
}

// reachedOnlyBy leaves a person one platform.
func (w *world) reachedOnlyBy(person, platform string) {
	for n := range w.org.People {
		if p := &w.org.People[n]; p.ID == person {
			p.Accounts = map[string]string{platform: p.Accounts[platform]}
		}
	}
}

func TestALadderStepTheGroupDropsReachesEverybodyItNames(t *testing.T) {
	for name, fault := range map[string]bottest.Fault{"taken and never shown": bottest.Unconfirmed, "refused for good": bottest.Permanent} {
		t.Run(name, func(t *testing.T) {
			smoke(t, "2026-03-10 09:12", func(w *world) {
				c := w.feishu
				topic := w.reported(bug)
				w.until("09:27")
				c.Skim()
				c.Fails(topic, fault)
				w.until("09:44")
				c.Expect("@chenfang", "第2步", "30分钟未签收")
				c.Expect("@xuqing", "第2步", "30分钟未签收")
				c.Mended(topic)
				w.until("10:12") // the third step comes in its time
				c.Expect("@heyun", "第3步")
				w.until("10:13")
				c.Skim()
				c.Says("heyun", "@heyun", "收到")
				c.Skim()
				silent := w.incident("YQ-20260310-001").Ack.Silent
				if len(silent) != 2 || silent[1].Person != "chenfang" || silent[1].Missed != 1 || silent[0].Missed != 3 {
					t.Fatalf("silent: %+v", silent)
				}
				if from := silent[1].From.In(w.zone).Format("15:04"); from < "09:42" || from > "09:44" {
					t.Errorf("silent since %s, before it was delivered", from)
				}
			})
		})
	}
}

func TestALadderStepThatReachesOneOfTwoIsKeptForEach(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		w.reachedOnlyBy("chenfang", "feishu")
		topic := w.reported(bug)
		w.until("09:41")
		c.Skim()
		c.Fails(topic, bottest.Permanent)
		c.Fails("@chenfang", bottest.Permanent)
		w.until("09:44")
		c.Expect("@xuqing", "第2步")
		c.Mended(topic)
		w.until("10:13")
		c.Skim()
		c.Says("heyun", "@heyun", "收到")
		c.Skim()
		for _, called := range w.incident("YQ-20260310-001").Ack.Called {
			if reached := !called.Delivered.IsZero(); reached == (called.Person == "chenfang") {
				t.Errorf("%s: delivered %v", called.Person, called.Delivered)
			}
		}
		for _, s := range w.incident("YQ-20260310-001").Ack.Silent {
			if s.Person == "chenfang" {
				t.Error("somebody who was never reached is called silent")
			}
		}
	})
}

func TestAnOfficerNothingReachesDoesNotStopTheLadder(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		w.reachedOnlyBy("wanglei", "feishu")
		topic := c.Says("zhoumin", "G1", "@舆报助手 上报")
		for _, text := range []string{bug, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"} {
			c.Says("zhoumin", topic, text)
		}
		c.Fails("@wanglei", bottest.Permanent)
		c.Fails("G1", bottest.Unconfirmed)
		c.Says("zhoumin", topic, "提交")
		w.until("10:11")
		c.Skim()
		w.until("10:13") // an hour for each step nobody hears: the officer again, then the next
		c.Quiet()
		w.until("11:14")
		c.Expect("@chenfang", "第2步")
		c.Expect("@xuqing", "第2步")
		c.Skim()
	})
}

func TestFormOfAWeComGroupGoesPrivate(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.wecom
		c.Says("linke", "G2", "@舆报助手 上报")
		c.Expect("G2", "我私聊您填，不打扰大家")
		c.Expect("@linke", "①/7")
		c.Says("linke", "@linke", "滨江店收银台前有人吵架拍视频")
		c.Expect("@linke", "②/7")
		for _, text := range []string{"1", "https://weibo.example.test/77/OkLm", "刚刚", "滨江店", "2", "3"} {
			c.Says("linke", "@linke", text)
		}
		c.Skim()
		c.Says("linke", "@linke", "提交")
		c.Expect("@linke", "已登记 YQ-20260310-001")
		c.Expect("G2", "已登记 YQ-20260310-001", "@王蕾") // the matter lives where it was begun
		w.feishu.Expect("@xuqing", "先知悉")
	})
}

func TestASecondReplicaWithoutRedisIsNoticed(t *testing.T) {
	smoke(t, "2026-03-10 09:00", func(w *world) {
		const said = "another replica works on this database with no Redis between them: set redis.url for all, or stop one"
		w.until("09:05")
		w.log.Allow(said)
		w.beside()
		w.until("09:09")
		if n := w.log.Count(said); n != 2 { // each says it once
			t.Errorf("said %d times", n)
		}
	})
}
