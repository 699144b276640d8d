package main

import (
	"slices"
	"strings"
	"testing"

	"fenghuo/bot/bottest"
)

const secret = "滨江店收银员带走一箱酸奶被顾客拍下"

// confidential is a report only named people may know of, made in private or in a topic.
func (w *world) confidential(place string) string {
	w.t.Helper()
	place = w.feishu.Says("zhoumin", place, "@舆报助手 上报")
	for _, text := range []string{secret, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1", "改18 是", "提交"} {
		w.feishu.Says("zhoumin", place, text)
	}
	return place
}

// leaks are the messages that speak of it where others read along, or to people not named in it.
func leaks(lines []bottest.Line, topic string) []string {
	named := []string{"@zhoumin", "@wanglei", "@chenfang", "@xuqing", "@heyun", "@gubo", "@wuyan"}
	var out []string
	for _, l := range lines {
		says := strings.Contains(l.Message.Text, "YQ-20260310-001") || strings.Contains(l.Message.Text, secret)
		if says && l.Place != topic && !slices.Contains(named, l.Place) {
			out = append(out, l.Place+": "+l.Message.Text)
		}
	}
	return out
}

func TestConfidentialIncidentStaysAmongThoseNamed(t *testing.T) {
	for name, place := range map[string]string{"reported in private": "@zhoumin", "reported in a topic": "G1"} {
		t.Run(name, func(t *testing.T) {
			smoke(t, "2026-03-10 09:12", func(w *world) {
				c := w.feishu
				topic := w.confidential(place)
				inForm := len(c.Said())
				c.Expect("@wanglei", "YQ-20260310-001", secret)
				w.until("09:27")
				c.Expect("@wanglei", "第1次催办")
				w.until("09:42")
				c.Expect("@chenfang", "第2步")
				c.Expect("@xuqing", "第2步")
				c.Says("wanglei", "@wanglei", "签收 001")
				c.Expect("@wanglei", "王蕾 09:42 签收")
				w.until("16:30")
				c.Expect("@wuyan", "还有30分钟到续报一")
				w.until("17:00")
				c.Expect("@wuyan", "续报一", "到期")
				w.until("17:30")
				c.Expect("@xuqing", "缓报")
				for _, say := range []string{"台账", "在办", "我的", "详情", "详情 001", "签收", "续报 001 在查", "日报"} {
					c.Says("wanglei", "G1", "@舆报助手 "+say)
					c.Says("linke", "G1", "@舆报助手 "+say)
					c.Says("sunke", "@sunke", say)
					c.Says("xuqing", "G1", "@舆报助手 "+say)
				}
				w.until("2026-03-11 08:30")
				c.Expect("@heyun", "YQ-20260310-001")
				lines := c.Said()
				if place == "G1" { // what was asked while nobody knew that it would be confidential
					for _, l := range lines[inForm:] {
						if l.Place == topic && strings.Contains(l.Message.Text, "YQ-20260310-001") {
							t.Errorf("in the topic, after it was registered: %s", l.Message.Text)
						}
					}
				}
				for _, l := range leaks(lines, topic) {
					t.Error(l)
				}
				for _, l := range w.wecom.Said() {
					t.Errorf("on the other platform: %s", l.Message.Text)
				}
				c.Skim()
			})
		})
	}
}
