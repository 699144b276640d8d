package main

import (
	"testing"
	"time"

	"fenghuo/bot/bottest"
)

func TestReportByTypingCallsTheOfficer(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := c.Says("zhoumin", "G1", "@舆报助手 上报")
		c.Expect(topic, "好的，周敏", "①/7")
		c.Says("zhoumin", topic, bug)
		c.Expect(topic, "②/7")
		c.Says("zhoumin", topic, "dy")
		c.Expect(topic, "抖音", "③/7")
		c.Says("zhoumin", topic, "https://v.example.test/aBc12/")
		c.Expect(topic, "④/7")
		c.Says("zhoumin", topic, "今天9点05")
		c.Expect(topic, "09:05", "⑤/7")
		c.Says("zhoumin", topic, "滨江")
		c.Expect(topic, "匹配到2个")
		c.Says("zhoumin", topic, "1")
		c.Expect(topic, "⑥/7")
		c.Says("zhoumin", topic, "1")
		c.Expect(topic, "⑦/7")
		c.Says("zhoumin", topic, "1")
		c.Expect(topic, "请核对", "黄/三级")
		c.Presses("zhoumin", topic, "提交")
		c.Expect(topic, "已登记 YQ-20260310-001【黄/三级】", "@王蕾 请于09:27前签收", "@周敏 还差")
		c.Expect("@xuqing", "YQ-20260310-001", "先知悉")
	})
}

func TestLadderClimbsToTheNextPerson(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := w.reported(bug)
		w.until("09:26")
		c.Quiet()
		w.until("09:27")
		c.Expect(topic, "第1次催办", "15分钟未签收", "@王蕾")
		c.Expect("@wanglei", "第1次催办")
		w.until("09:41")
		c.Quiet()
		w.until("09:42")
		c.Expect(topic, "第2步", "@陈放", "@许清")
		c.Says("chenfang", topic, "收到，我来")
		c.Expect(topic, "陈放 09:42 签收", "责任人改为陈放")
		w.until("10:20") // a third step would have come at 10:12
	})
}

func TestAcknowledgmentByTextThumbAndButton(t *testing.T) {
	for _, tc := range []struct {
		name string
		ack  func(w *world, topic string)
	}{
		{"text", func(w *world, topic string) { w.feishu.Says("wanglei", topic, "收到") }},
		{"thumb", func(w *world, topic string) { w.feishu.Reacts("wanglei", topic, "👍") }},
		{"button", func(w *world, topic string) {
			if toast := w.feishu.Presses("wanglei", topic, "签收"); toast == "" {
				w.t.Error("the person who pressed is told nothing")
			}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			smoke(t, "2026-03-10 09:12", func(w *world) {
				topic := w.reported(bug)
				w.until("09:21")
				tc.ack(w, topic)
				w.feishu.Expect(topic, "王蕾 09:21 签收（9分钟）YQ-20260310-001", "跟踪人：吴妍")
				for _, l := range w.feishu.Said() {
					if l.Message.Card != nil && l.Message.Card.Stale == "" && hasButton(l.Message.Card, "签收") {
						t.Errorf("a card still offers to acknowledge: %s", l.Message.Text)
					}
				}
				w.until("10:30")
			})
		})
	}
}

func TestOverdueFollowUpBecomesARisk(t *testing.T) {
	smoke(t, "2026-03-10 14:00", func(w *world) {
		c := w.feishu
		topic := w.reported(bug)
		c.Says("wanglei", topic, "签收")
		c.Expect(topic, "王蕾 14:00 签收", "下次续报17:00")
		w.completeElements(topic)
		w.until("16:30")
		c.Expect(topic, "还有30分钟到续报一（17:00）", "@吴妍")
		w.until("17:00")
		c.Expect(topic, "续报一", "@吴妍")
		w.until("17:29")
		c.Quiet()
		w.until("17:30")
		c.Expect(topic, "缓报")
		c.Expect("@xuqing", "缓报")
		c.Says("wuyan", topic, "续报 同批次已封存送检")
		c.Expect(topic, "续报一已收")
	})
}

func TestDigestComesAtHalfPastEight(t *testing.T) {
	smoke(t, "2026-03-10 16:00", func(w *world) {
		c := w.feishu
		topic := w.reported(bug)
		c.Says("wanglei", topic, "签收")
		w.completeElements(topic)
		w.until("16:50")
		c.Says("wuyan", topic, "续报 同批次已封存送检")
		w.until("2026-03-11 08:29")
		c.Skim()
		w.until("08:30")
		c.Expect("@heyun", "【舆情日报】2026-03-11", "在办 1", "YQ-20260310-001")
		c.Expect("@xuqing", "【舆情日报】2026-03-11")
		c.Expect(topic, "续报二（09:00）")
		w.until("08:45")
	})
}

func TestDraftLeftLyingIsAnOralFirstReport(t *testing.T) {
	smoke(t, "2026-03-10 14:00", func(w *world) {
		c := w.feishu
		topic := c.Says("zhoumin", "G1", "@舆报助手 上报 滨江店门口有人拉横幅")
		c.Expect(topic, "②/7")
		c.Says("zhoumin", topic, "13")
		c.Expect(topic, "③/7")
		w.until("14:04")
		c.Expect(topic, "还在吗")
		w.until("14:11")
		c.Expect("@zhoumin", "快报停在③")
		w.until("14:31")
		c.Expect("@dingwei", "【未完成快报】周敏 14:00", "门口有人拉横幅", "请先电话核实")
		c.Expect(topic, "【未完成快报】")
		c.Says("zhoumin", topic, "没有，现场看到的")
		c.Expect(topic, "④/7")
	})
}

func TestStopSendsWhatIsDue(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := w.reported(bug)
		w.until("09:13")
		c.Fails("", bottest.Slow(time.Second))
		c.Says("zhoumin", "@zhoumin", "帮助") // on its way when the service stops
		c.Says("wanglei", topic, "签收")
		c.Says("wanglei", topic, "@舆报助手 详情")
		w.stop()
		c.Expect(topic, "王蕾 09:13 签收")
		c.Expect(topic, "YQ-20260310-001", "责任人")
		c.Expect("@zhoumin", "可以这样说")
	})
}

func TestStopLeavesTheRestToTheNext(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := w.reported(bug)
		w.until("09:13")
		c.Fails("", bottest.Slow(time.Hour))
		c.Says("wanglei", topic, "签收")
		w.stop() // within five seconds
		c.Mended("")
		c.Quiet()
		w.start()
		time.Sleep(2 * time.Minute)
		c.Expect(topic, "王蕾 09:13 签收")
	})
}

func TestRestartInBetweenKeepsEverything(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := c.Says("zhoumin", "G1", "@舆报助手 上报")
		c.Says("zhoumin", topic, bug)
		c.Says("zhoumin", topic, "dy")
		c.Skim()
		w.stop()
		w.start()
		c.Says("zhoumin", topic, "https://v.example.test/aBc12/")
		c.Expect(topic, "④/7")
		for _, text := range []string{"刚刚", "滨江店", "1", "1", "提交"} {
			c.Says("zhoumin", topic, text)
		}
		c.Skim()
		w.stop()
		time.Sleep(2 * time.Minute)
		w.start()
		w.until("09:27")
		c.Expect(topic, "第1次催办", "@王蕾")
		c.Expect("@wanglei", "第1次催办")
		w.stop()
		w.start()
		c.Presses("wanglei", topic, "签收")
		c.Expect(topic, "王蕾 09:27 签收")
	})
}

func TestPrivateReportGetsATopicOfItsOwn(t *testing.T) {
	smoke(t, "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		for _, text := range []string{"上报", bug, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"} {
			c.Says("zhoumin", "@zhoumin", text)
		}
		c.Skim()
		c.Says("zhoumin", "@zhoumin", "提交")
		c.Expect("@zhoumin", "已登记 YQ-20260310-001")
		c.Expect("@xuqing", "先知悉")
		topic := c.ExpectTopic("G1", "已登记 YQ-20260310-001", "@王蕾")
		c.Says("wanglei", topic, "收到")
		c.Expect(topic, "王蕾 09:12 签收")
	})
}
