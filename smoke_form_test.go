package main

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// smokeForm is smoke with an enterprise's own form.
func smokeForm(t *testing.T, form, start string, play func(w *world)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.form = form
		w.until(start)
		w.start()
		t.Cleanup(w.stop)
		play(w)
	})
}

// TestAFormOfOnesOwn: other questions, other keys, another order; the registry, the suggestion of a level
// and the clocks know the answers by what they mean.
func TestAFormOfOnesOwn(t *testing.T) {
	smokeForm(t, "internal/form/testdata/second.yaml", "2026-03-10 09:12", func(w *world) {
		c := w.feishu
		topic := c.Says("linke", "G1", "@舆报助手 上报")
		for _, step := range [][2]string{
			{"今天9点05", "②/5"}, {"客人吃早餐吃出虫子", "③/5"}, {"早餐", "④/5"}, {"激动、扬言曝光", "⑤/5"},
		} {
			c.Says("linke", topic, step[0])
			c.Expect(topic, step[1])
		}
		c.Skim()
		c.Says("linke", topic, "没有，客人当面说的")
		c.Expect(topic, "请核对", "1 得知时间：今天09:05", "3 条线：餐饮", "系统建议【黄/三级】：媒体来问")
		c.Presses("linke", topic, "提交")
		c.Expect(topic, "已登记 YQ-20260310-001【黄/三级】", "@王蕾 请于09:27前签收", "@林可 还差：照片、详情、时间线、热度，请在11:05前补")
		c.Expect("@xuqing", "YQ-20260310-001", "先知悉")

		inc := w.incident("YQ-20260310-001")
		found := time.Date(2026, 3, 10, 9, 5, 0, 0, w.zone)
		if inc.Title != "客人吃早餐吃出虫子" || inc.Nature != "餐饮" || !slices.Equal(inc.Impact, []string{"激动", "扬言曝光"}) || !inc.FoundAt.Equal(found) {
			t.Errorf("registered: %q %q %v %v", inc.Title, inc.Nature, inc.Impact, inc.FoundAt)
		}
		if !inc.FirstReport.Due.Equal(found.Add(time.Hour)) || inc.FirstReport.Verdict != "on_time" || !inc.Elements.Due.Equal(found.Add(2*time.Hour)) {
			t.Errorf("clocks: %+v %+v", inc.FirstReport, inc.Elements)
		}

		c.Says("wanglei", topic, "签收")
		c.Expect(topic, "王蕾 09:12 签收")
		for _, text := range []string{"补充", "没有，客人不让拍", "客人在大堂吃早餐吃出虫子，值班经理已致歉并免单", "今天8点20发生"} {
			c.Says("linke", topic, text)
		}
		c.Skim()
		c.Says("linke", topic, "阅读500")
		c.Expect(topic, "要素已齐")
		inc = w.incident("YQ-20260310-001")
		if inc.Summary == "" || !inc.OccurredAt.Equal(found.Add(-45*time.Minute)) || len(inc.Counts) != 1 || inc.Counts[0].Value != 500 || inc.Elements.Verdict != "on_time" {
			t.Errorf("added: %q %v %v %+v", inc.Summary, inc.OccurredAt, inc.Counts, inc.Elements)
		}
		c.Says("xuqing", "@xuqing", "详情 001")
		c.Expect("@xuqing", "得知时间：今天09:05", "条线：餐饮", "热度：阅读500")
	})
}
