package form_test

import (
	"testing"

	"fenghuo/internal/form"
)

// TestMoreIsOfferedOnce: what is optional is offered when nothing is missing any more, heard until the form
// settles, and not offered again.
func TestMoreIsOfferedOnce(t *testing.T) {
	complete := func(more ...line) []line {
		return submitted(append([]line{{"补充", "ask summary"},
			{"昨晚顾客在店里买的酸奶里发现异物，拍视频发到网上，店员已道歉并退款", "ask occurred_at"}, {"不清楚", "ask scale"},
			{"不清楚", "ask account"}, {"跳过", "later account; ask evidence"}, {"没有，当场没拍到", "understood evidence 没有（当场没拍到）; complete ⑬⑭⑮⑰"}}, more...)...)
	}
	eachTalk(t, shipped, map[string][]line{
		"nothing":            complete(line{"没有", "rest"}, line{"没有", "not_heard"}),
		"no, thanks":         complete(line{"没有了", "rest"}),
		"done":               complete(line{"好了", "rest"}),
		"number and answer":  complete(line{"14 已下架同批次", "understood actions_taken 已下架同批次; more ⑬⑮⑰"}, line{"没了", "rest"}),
		"circled":            complete(line{"⑭已下架同批次", "understood actions_taken 已下架同批次; more ⑬⑮⑰"}),
		"several":            complete(line{"⑭已下架 ⑮请质量部检测 ⑰属实", "understood actions_taken 已下架; understood support_needed 请质量部检测; understood authenticity 属实; more ⑬"}),
		"a number alone":     complete(line{"17", "ask authenticity"}, line{"2", "understood authenticity 部分属实; more ⑬⑭⑮"}),
		"all of it":          complete(line{"⑬没有 ⑭已下架 ⑮请质量部检测 ⑰属实", "understood media_contact 没有; understood actions_taken 已下架; understood support_needed 请质量部检测; understood authenticity 属实; complete"}),
		"an answer refused":  complete(line{"17 也许", "refused authenticity no_choice; more ⑬⑭⑮⑰"}),
		"asked for again":    complete(line{"没有", "rest"}, line{"补充", "complete ⑪⑬⑭⑮⑰"}),
		"a correction":       complete(line{"改10 阅读3万", "changed scale 阅读3万 (不清楚); more ⑬⑭⑮⑰"}),
		"one that is filled": complete(line{"1", ""}),
	})
}

// TestTalkPassesAnOffer: while more is merely offered, what people say to one another is not for the form.
func TestTalkPassesAnOffer(t *testing.T) {
	c := talk(t, load(t, shipped), submitted(line{"补充", "ask summary"},
		line{"昨晚顾客在店里买的酸奶里发现异物，拍视频发到网上，店员已道歉并退款", "ask occurred_at"}, line{"不清楚", "ask scale"},
		line{"不清楚", "ask account"}, line{"小鹿爱吃", "ask evidence"}, line{"没有，当场没拍到", "understood evidence 没有（当场没拍到）; complete ⑬⑭⑮⑰"}))
	for said, passes := range map[string]bool{
		"有新视频": true, "14 个人还在门口": true, "13:50还有人来": true, "3 已经处理": true, "1": true, "收到": true, "记者来了，在门口": true,
		"14 已下架": false, "⑭已下架": false, "14": false, "14、已下架": false, "没有": false, "好了": false, "改14 已下架": false, "看看": false, "": false,
	} {
		if got := c.s.Passes(form.Input{ID: "x", At: c.now, Text: said}); got != passes {
			t.Errorf("%q passes: %v", said, got)
		}
	}
}
