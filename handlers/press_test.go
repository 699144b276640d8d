package handlers_test

import (
	"strings"
	"testing"

	"fenghuo/bot"
	"fenghuo/store"
)

// latest is the last message with a card that was said in a place.
func (w *world) latest(place string) store.PostRow {
	w.t.Helper()
	rows := w.posts()
	for n := len(rows) - 1; n >= 0; n-- {
		if rows[n].Message.Card != nil && rows[n].Message.Updates == "" && strings.HasPrefix(rows[n].PlaceKey, "feishu/"+place) {
			return rows[n]
		}
	}
	w.t.Fatalf("nothing with a card was said in %s", place)
	return store.PostRow{}
}

// Questions with options are answered by choosing. A choice made on an old card changes that answer and is
// none to the question asked now.
func TestAQuestionIsAnsweredByChoosing(t *testing.T) {
	w := newWorld(t)
	w.after("G1/T1", "zhoumin: 上报", "zhoumin: 滨江店顾客发视频说酸奶杯里有虫")
	asked := w.latest("G1/T1").Message.Card
	if asked.Form == nil || len(asked.Form.Inputs[0].Options) != 14 {
		t.Fatalf("asked with %+v", asked)
	}
	w.presses("zhoumin", "G1/T1", asked.Form.Submit, map[string]string{"platform": "抖音、微博"})
	w.after("G1/T1", "zhoumin: 没有，同事转发", "zhoumin: 刚刚", "zhoumin: 滨江店")
	nature := w.latest("G1/T1").Message.Card
	w.presses("zhoumin", "G1/T1", nature.Form.Submit, map[string]string{"nature": "环境"})
	w.presses("zhoumin", "G1/T1", nature.Form.Submit, map[string]string{"nature": "产品质量"})
	w.after("G1/T1", "zhoumin: 1", "zhoumin: 提交")
	inc := w.incident(number)
	if strings.Join(inc.Platforms, " ") != "抖音 微博" || inc.Nature != "产品质量" || strings.Join(inc.Impact, " ") != "无明显" {
		t.Errorf("registered %v, %s, %v", inc.Platforms, inc.Nature, inc.Impact)
	}
}

// Somebody else's press on a question is not an answer.
func TestAnothersQuestionIsNotAnswered(t *testing.T) {
	w := newWorld(t)
	w.after("G1/T1", "zhoumin: 上报", "zhoumin: 滨江店顾客发视频说酸奶杯里有虫")
	toast := w.presses("wanglei", "G1/T1", w.latest("G1/T1").Message.Card.Form.Submit, map[string]string{"platform": "抖音"})
	if !strings.Contains(toast, "报告人自己填") {
		t.Errorf("wanglei is told %q", toast)
	}
	if toast := w.presses("wanglei", "G1/T1", bot.Button{Say: "改6 环境"}, nil); !strings.Contains(toast, "报告人自己填") {
		t.Errorf("wanglei is told %q", toast)
	}
}

// What a card of all questions does not take is said on that card.
func TestACardOfQuestionsSaysWhatIsWrongItself(t *testing.T) {
	w := newWorld(t)
	w.after("G1/T1", "zhoumin: 填表")
	w.deliver()
	sheet := w.latest("G1/T1")
	before := len(w.posts())
	ev := w.event("zhoumin", "G1/T1", "")
	ev.Kind, ev.Message = bot.Pressed, sheet.MessageID
	ev.Action = bot.Action{Name: sheet.Message.Card.Form.Submit.Say, Fields: map[string]string{"title": "有虫", "platform": "抖音"}}
	toast, err := w.svc.Receive(t.Context(), ev)
	must(t, err)
	rows := w.posts()[before:]
	if len(rows) != 1 || rows[0].Message.Updates != sheet.Key || rows[0].Message.Card.Form.Inputs[0].Error == "" {
		t.Fatalf("answered with %+v", rows)
	}
	if got := rows[0].Message.Card.Form.Inputs[1].Value; strings.Join(got, "") != "抖音" {
		t.Errorf("what was right is kept as %v", got)
	}
	if toast == "" {
		t.Error("whoever pressed sees nothing")
	}
}

// What a command asks for can be written on the card that asks.
func TestWordsAreWrittenOnTheCardThatAsks(t *testing.T) {
	w := newWorld(t)
	w.reports("G1/T1")
	w.deliver()
	w.after("G1/T1", "wanglei: 收到", "wuyan: 延期")
	asked := w.latest("G1/T1").Message.Card
	if asked.Form == nil || len(asked.Form.Inputs) != 2 {
		t.Fatalf("延期 asks with %+v", asked)
	}
	w.presses("wuyan", "G1/T1", asked.Form.Submit, map[string]string{"when": "2026-03-10 18:00", "text": "检测报告未出"})
	if e := w.incident(number).Extension; e == nil || e.New.Format("15:04") != "10:00" || e.Reason != "检测报告未出" {
		t.Fatalf("asked for %+v", e)
	}
	w.after("G1/T1", "wanglei: 同意", "wuyan: 续报")
	asked = w.latest("G1/T1").Message.Card
	toast := w.presses("wuyan", "G1/T1", asked.Form.Submit, map[string]string{"text": "样品已送检\n阅读3.2万"})
	inc := w.incident(number)
	if len(inc.FollowUps) != 1 || inc.FollowUps[0].Text != "样品已送检\n阅读3.2万" || !strings.Contains(toast, "续报一已收") {
		t.Fatalf("filed %+v, told %q", inc.FollowUps, toast)
	}
	if keys := offering(w.cards(), "无新增"); len(keys) > 0 {
		t.Errorf("无新增 is still offered by %v", keys)
	}
	if toast := w.presses("xuqing", "G1/T1", asked.Form.Submit, map[string]string{"text": "别人写的"}); !strings.Contains(toast, "吴妍") || len(w.incident(number).FollowUps) != 1 {
		t.Errorf("xuqing is told %q", toast)
	}
}

// Whoever submits by button sees the number at once.
func TestSubmittingByButtonShowsTheNumber(t *testing.T) {
	w := newWorld(t)
	w.after("G1/T1", "zhoumin: 上报 滨江店顾客发视频说酸奶杯里有虫", "zhoumin: ②2 ③没有，同事转发 ④刚刚 ⑤滨江店 ⑥1 ⑦1")
	if toast := w.presses("zhoumin", "G1/T1", bot.Button{Say: "提交"}, nil); !strings.Contains(toast, number) {
		t.Errorf("told %q", toast)
	}
}

// Answers that were delivered before the word that begins the form are answers all the same.
func TestAnswersThatOvertookTheirFormCount(t *testing.T) {
	w := newWorld(t)
	var said []bot.Event
	for _, text := range []string{"上报", "滨江店顾客发视频说酸奶杯里有虫", "抖音"} {
		ev := w.event("zhoumin", "G1/T1", text)
		ev.ToBot = text == "上报"
		said = append(said, ev)
		w.now = w.now.Add(2e9)
	}
	for _, n := range []int{1, 2, 0} {
		_, err := w.svc.Receive(t.Context(), said[n])
		must(t, err)
	}
	rows := w.posts()
	if len(rows) != 1 || !strings.Contains(rows[0].Message.Text, "③/7") {
		t.Errorf("answered with\n%s", texts(rows))
	}
}
