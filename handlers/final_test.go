package handlers_test

import (
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
)

// A final report that lacks something is taken, and whoever approves it sees what.
func TestWhatAFinalReportLacksIsNamed(t *testing.T) {
	const whole = "起因：冷柜停电。经过：网友拍到发抖音。结果：批次封存，顾客接受道歉。教训：巡检漏看。原因：备用电源没切。"
	for text, gaps := range map[string]string{
		whole + "防范措施：每周切换演练，马越，10月20日": "",
		whole + "防范措施：滨江店每天巡检":          "",
		whole + "防范措施：加强管理":             "没看到：防范措施的负责人、防范措施的日期。",
		whole + "防范措施：孙恪抽检":             "没看到：防范措施的日期。",
		"起因：冷柜停电。过程：网友拍到发抖音。处理结果：批次封存。整改措施：孙恪月底前改完": "没看到：教训、原因。",
		"已经处理好了": "没看到：起因、经过、结果、教训、原因、防范措施。",
	} {
		w := newWorld(t)
		w.acked()
		w.after("G1/T1", "24h", "wuyan: 续报 顾客已接受道歉", "wanglei: 平息")
		w.now = w.now.Add(time.Hour)
		said := texts(w.says("wuyan", "G1/T1", "终报 "+text))
		if !strings.Contains(said, "终报已收") || (gaps == "") != !strings.Contains(said, "没看到") || !strings.Contains(said, gaps) {
			t.Errorf("%s:\n%s", text, said)
		}
	}
}

// What somebody takes back stays registered, and the incident's ledger says that it was taken back.
func TestATakenBackMessageStaysRegistered(t *testing.T) {
	w := newWorld(t)
	w.acked()
	w.says("zhoumin", "G1/T1", "补充 阅读8万")
	before := w.incident(number)
	ev := w.event("zhoumin", "G1/T1", "")
	ev.Kind, ev.Message, ev.ToBot = bot.Recalled, "om-said", false
	_, err := w.svc.Receive(t.Context(), ev)
	must(t, err)
	entries, err := w.store.Entries(t.Context(), "incident/"+number)
	must(t, err)
	if last := entries[len(entries)-1]; last.Kind != "message_recalled" || last.Actor != "zhoumin" || !strings.Contains(string(last.Body), "om-said") {
		t.Errorf("the ledger ends with %+v", last)
	}
	if after := w.incident(number); len(after.Counts) != len(before.Counts) || len(after.Notes) != len(before.Notes) {
		t.Error("the registry changed")
	}
}
