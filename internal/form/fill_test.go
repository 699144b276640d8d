package form_test

import (
	"testing"
	"time"

	"fenghuo/internal/form"
)

// TestHappyPath is the first scenario up to the submission, and the additions after it.
func TestHappyPath(t *testing.T) {
	c := talk(t, load(t, shipped), []line{
		{"", "ask title"},
		{"滨江店顾客发视频说酸奶杯里有虫", "ask platform"},
		{"dy", "understood platform 抖音; ask source_link"},
		{"8.43 复制打开抖音，看看【小鹿爱吃】的作品 https://v.example.test/aBc12/ 03/09 xyz:/", "understood source_link https://v.example.test/aBc12/; ask found_at"},
		{"今天13点50", "understood found_at 今天13:50; ask unit_place"},
		{"滨江", "ask_which unit_place 江澜滨江店（杭州）/滨江配送站"},
		{"1", "understood unit_place 滨江店; ask nature"},
		{"1", "understood nature 产品质量; ask impact_now"},
		{"1", "understood impact_now 无明显; review III>III"},
		{"提交", "submit III>III"},
		{"补充", "ask summary"},
		{"昨晚顾客在店里买的酸奶里发现异物，拍视频发到网上，店员已道歉并退款", "ask occurred_at"},
		{"昨天19点40发生，昨天20点30发的视频", "understood occurred_at 发生昨天19:40，首发昨天20:30; ask scale"},
		{"阅读1.2万 转80 评260", "ask account"},
		{"小鹿爱吃，粉丝3.2万", "ask evidence"},
		{"[a.png b.png] ", "took_files 2份; complete ⑬⑭⑮⑰"},
	})
	want(t, "raw", c.s.Values()["source_link"].Raw, "8.43 复制打开抖音，看看【小鹿爱吃】的作品 https://v.example.test/aBc12/ 03/09 xyz:/")
	want(t, "unit", c.s.Values()["unit_place"].Unit, "binjiang")
	if got, want := c.s.FoundAt(), time.Date(2026, 3, 12, 13, 50, 0, 0, shanghai); !got.Equal(want) {
		t.Errorf("found at %v, want %v", got, want)
	}
	c.says("没有")
	if !c.s.Submitted() || c.s.Asking() || len(c.s.Missing()) != 0 {
		t.Errorf("submitted %v, asking %v, missing %v", c.s.Submitted(), c.s.Asking(), c.s.Missing())
	}
}

// TestCorrections is 林可 of the second scenario.
func TestCorrections(t *testing.T) {
	c := talk(t, load(t, shipped), []line{
		{"", "ask title"},
		{"@14:03 有网友说我们北门仓库排污水", "ask platform"},
		{"1", "understood platform 微博; ask source_link"},
		{"@14:04 https://weibo.example.test/77/OkLm", "ask found_at"},
		{"@14:05 改2 抖音", "changed platform 抖音 (微博); link_hint source_link 微博; ask found_at"},
		{"@14:06 改2 微博", "changed platform 微博 (抖音); ask found_at"},
		{"明天下午3点", "refused found_at future"},
		{"@14:07 三点左右", "ask_which found_at 今天03:00/昨天15:00"},
		{"上一步", "ask source_link (https://weibo.example.test/77/OkLm)"},
		{"继续", "ask found_at"},
		{"13点50", "understood found_at 今天13:50; ask unit_place"},
		{"@14:10 北门仓", "understood unit_place 北门仓库; ask nature"},
		{"4", "understood nature 环境; ask impact_now"},
		{"1", "understood impact_now 无明显; review III>III"},
		{"改1 网友称北门仓库夜间排污水", "changed title 网友称北门仓库夜间排污水 (有网友说我们北门仓库排污水); review III>III"},
		{"提交", "submit III>III"},
	})
	for _, l := range c.s.Lines() {
		switch l.Key {
		case "platform":
			want(t, "history", l.Old[0]+"→"+l.Old[1]+"→"+l.Text, "微博→抖音→微博")
		case "title":
			want(t, "history", l.Old[0], "有网友说我们北门仓库排污水")
		default:
			if len(l.Old) > 0 {
				t.Errorf("%s was never changed, but reads %v before", l.Key, l.Old)
			}
		}
	}
}

// TestSilence is 周敏 of the second scenario: nudged, passed on, and finished after an hour.
func TestSilence(t *testing.T) {
	c := talk(t, load(t, shipped), []line{
		{"", "ask title"},
		{"@14:03 门口有人拉横幅", "ask platform"},
		{"@14:05 13", "understood platform 线下见到; ask source_link"},
	})
	for _, k := range []struct {
		kind form.IdleKind
		at   string
	}{{form.Nudge, "14:09"}, {form.Direct, "14:16"}, {form.Forward, "14:36"}} {
		clock := c.clock(k.kind)
		want(t, string(k.kind), clock.In(shanghai).Format("15:04"), k.at)
		c.s.Fire(k.kind, clock)
	}
	if c.s.Forwarded().IsZero() {
		t.Error("not passed on")
	}
	if got, want := c.s.FoundAt(), start.Truncate(time.Minute); !got.Equal(want) {
		t.Errorf("provisionally found at %v, want %v", got, want)
	}
	for _, l := range []line{
		{"@15:10 继续", "kept 2; ask source_link"},
		{"@15:14 [door.png] 没有，现场看到的", "took_files 1份; understood source_link 没有（现场看到的）; ask found_at"},
		{"14点", "understood found_at 今天14:00; ask unit_place"}, // an hour ago, but nobody asks why any more
		{"滨江店", "ask nature"},
		{"2", "understood nature 服务投诉; ask impact_now"},
		{"3", "understood impact_now 现场聚集; review IV>IV"},
		{"提交", "submit IV>IV"},
	} {
		want(t, l.says, brief(c.says(l.says)), l.want)
	}
}

// TestSecondForm is an enterprise's own form from end to end: nothing depends on the shipped one.
func TestSecondForm(t *testing.T) {
	c := talk(t, load(t, second), []line{
		{"", "ask heard_at"},
		{"刚刚", "understood heard_at 今天14:02; ask headline"},
		{"大堂有客人摔倒了", "ask line"},
		{"早餐", "understood line 餐饮; ask mood"},
		{"2和3", "understood mood 激动、要求赔偿; ask weblink"},
		{"没有", "refused weblink need_reason"},
		{"没有，客人当面说的", "understood weblink 没有（客人当面说的）; review III>III"},
		{"改3 1", "changed line 客房 (餐饮); review IV>IV"},
		{"提交", "submit IV>IV"},
		{"补充", "ask photos"},
		{"[a.png b.png c.png d.png] ", "refused many_files; took_files 3份; ask story"},
		{"客人在大堂滑倒，保安扶起后送医检查", "ask when_it_was"},
		{"不知道", "understood when_it_was 不清楚; ask reach"},
		{"没人看", "refused reach no_counts"},
		{"不清楚", "complete ⑩⑫⑬"},
	})
	if len(c.s.Missing()) != 0 {
		t.Errorf("missing %v", c.s.Missing())
	}
}

// clock is when a clock of the form goes off, zero if it does not run.
func (c *chat) clock(kind form.IdleKind) time.Time {
	for _, k := range c.s.Clocks() {
		if k.Kind == kind {
			return k.At
		}
	}
	return time.Time{}
}
