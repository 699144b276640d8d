package handlers_test

import (
	"strings"
	"testing"
)

// TestMoreIsOfferedInTheTopic: when the elements are complete the bot asks once whether there is more; the
// reporter's answer is registered, and what people say to one another stays theirs.
func TestMoreIsOfferedInTheTopic(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.reports(home)
	w.deliver()
	w.says("zhoumin", home, "补充")
	for _, text := range []string{"昨晚顾客在店里买的酸奶里发现异物，拍视频发到网上，店员已道歉并退款", "不清楚", "不清楚", "跳过"} {
		w.says("zhoumin", home, text)
	}
	if told := texts(w.says("zhoumin", home, "没有，当场没拍到")); !strings.Contains(told, "还有要补充的吗？⑬媒体联系 ⑭已做措施 ⑮需要支持 ⑰真假") {
		t.Fatalf("told: %s", told)
	}
	talk := w.event("zhoumin", home, "14 个人还在门口等")
	talk.ToBot = false
	before := len(w.posts())
	_, err := w.svc.Receive(t.Context(), talk)
	must(t, err)
	if rows := w.posts()[before:]; len(rows) > 0 {
		t.Errorf("talk is answered: %s", texts(rows))
	}
	if told := texts(w.says("zhoumin", home, "14 已下架同批次产品")); !strings.Contains(told, "⑭已做措施：已下架同批次产品") || !strings.Contains(told, "还可以补") {
		t.Errorf("told: %s", told)
	}
	if told := texts(w.says("zhoumin", home, "店长已经上门道歉")); !strings.Contains(told, "已记入：店长已经上门道歉") {
		t.Errorf("words to the bot: %s", told)
	}
	if told := texts(w.says("zhoumin", home, "没有")); !strings.Contains(told, "好。") {
		t.Errorf("told: %s", told)
	}
	if told := texts(w.says("zhoumin", home, "14 又加一条")); strings.Contains(told, "⑭") {
		t.Errorf("heard after the end: %s", told)
	}
	inc := w.incident(number)
	var has []string
	for _, a := range inc.Answers {
		has = append(has, a.Key+"="+a.Text)
	}
	if got := strings.Join(has, "\n"); !strings.Contains(got, "actions=已下架同批次产品") {
		t.Errorf("registry: %s", got)
	}
}

// TestFollowersRaiseTheLevel: how many follow the account counts from the first sentence on.
func TestFollowersRaiseTheLevel(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"上报 百万粉丝博主在抖音说滨江店酸奶涨价": "系统建议【黄/三级】：市级媒体或百万粉账号",
		"上报 十万粉丝博主在抖音说滨江店酸奶涨价": "系统建议【蓝/四级】：目前没有更重的情形",
	} {
		w := newWorld(t)
		w.says("zhoumin", home, said)
		for _, text := range []string{"https://v.example.test/aBc12/", "刚刚", "12"} {
			w.says("zhoumin", home, text)
		}
		if told := texts(w.says("zhoumin", home, "1")); !strings.Contains(told, want) {
			t.Errorf("%s: told %s", said, told)
		}
	}
}
