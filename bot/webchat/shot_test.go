package webchat

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/roster"

	"github.com/goccy/go-yaml"
)

// TestShot serves a page with a story in it, for looking at: WEBCHAT_SHOT=127.0.0.1:8099 go test -run
// TestShot -timeout 1h.
func TestShot(t *testing.T) {
	addr := os.Getenv("WEBCHAT_SHOT")
	if addr == "" {
		t.Skip("WEBCHAT_SHOT names no address")
	}
	b, err := os.ReadFile("../../testdata/org/jianglan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var org roster.Org
	if err := yaml.Unmarshal(b, &org); err != nil {
		t.Fatal(err)
	}
	clock := &turnable{now: testTime()}
	c, s := world(t, func(cfg *Config) { cfg.Org, cfg.Now = &org, clock.Now })
	s.answer = func(ev bot.Event) (string, error) {
		return map[bot.EventKind]string{bot.Pressed: "已签收，用时9分钟。"}[ev.Kind], nil
	}
	topic := story(t, c, clock)
	t.Logf("http://%s/chat?me=wanglei&in=G1&topic=%s", addr, topic)
	e := Entry{
		Number: "YQ-20260310-001", Title: "滨江店顾客称在面包里吃出异物", Level: "III", State: "待签收", Clock: "签收时限 今天09:31，还有9分钟",
		Rows: []Row{
			{Label: "在哪看到", Value: "抖音 https://v.example.com/x1"}, {Label: "涉及", Value: "江澜滨江店（杭州）"}, {Label: "现状", Value: "播放1.2万，评论86，还在涨"},
			{Label: "报送人", Value: "周敏"}, {Label: "主责", Value: "王蕾"}, {Label: "真实性", Value: "核实中", Tone: Quiet},
		},
		Verdicts: []Verdict{{Label: "首报", Result: "按时", Detail: "发现后7分钟", Tone: Good}, {Label: "签收", Result: "还有9分钟", Detail: "今天09:31前", Tone: Warn}, {Label: "续报", Result: "未到", Detail: "今天11:12", Tone: Quiet}},
		Place:    bot.Place{Platform: Feishu, Chat: "G1", Thread: topic}, URL: "/incidents/YQ-20260310-001",
	}
	if err := http.ListenAndServe(addr, c.Handler(PageOptions{Clock: clock, Registry: shelf{entry: e}})); err != nil { //nolint:gosec // for looking at only
		t.Fatal(err)
	}
}

// story is an incident reported, registered and talked about; it returns the topic.
func story(t *testing.T, c *Chat, clock *turnable) string {
	t.Helper()
	quiet := say(t, c, Utterance{Person: "mayue", Group: "G1", Text: "今天门店例行检查，大家注意卫生台账。"}).Thread
	say(t, c, Utterance{Person: "zhoumin", Group: "G1", Thread: quiet, Text: "收到"})
	clock.now = clock.now.Add(42 * time.Minute)
	topic := say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "@舆报助手 上报 抖音上有人说在我们店面包里吃出异物", Files: []Upload{Bytes("截图.png", picture())}}).Thread
	at := bot.Place{Platform: Feishu, Chat: "G1", Thread: topic}
	send(t, c, "q1", at, bot.Message{Text: "收到，谢谢。还差两项：\n④ 什么时候发现的？例：“刚刚”“今天13点50”。", Mentions: []string{"zhoumin"}})
	clock.now = clock.now.Add(2 * time.Minute)
	say(t, c, Utterance{Person: "zhoumin", Group: "G1", Thread: topic, Text: "刚刚，顾客发的视频 https://v.example.com/x1", Files: []Upload{Bytes("a.png", picture()), Bytes("b.png", append(picture(), 0))}})
	card := &bot.Card{
		Level: 3, Head: "🟡 黄/三级 YQ-20260310-001 · 刚刚", Title: "滨江店顾客称在面包里吃出异物",
		Facts: []bot.Fact{{Label: "在哪看到", Value: "抖音"}, {Label: "涉及", Value: "江澜滨江店（杭州）"}, {Label: "现状", Value: "播放1.2万，评论86，还在涨"}},
		Who:   "主责 @王蕾 · 跟踪 @吴妍", Clock: "签收时限 今天10:15，还有19分钟",
		Buttons: []bot.Button{{Label: "签收", Say: "签收", Target: "YQ-20260310-001", Primary: true}, {Label: "详情", Say: "详情"}, {Label: "转办", Say: "转办"}, {Label: "误报", Say: "误报"}},
		Foot:    "也可直接回“收到”",
	}
	m := send(t, c, "c1", at, bot.Message{Text: "卡", Card: card, Mentions: []string{"wanglei"}, Urgent: []string{"wanglei"}})
	say(t, c, Utterance{Person: "mayue", Group: "G1", Thread: topic, Text: "@王蕾 店里监控我已经在调了，顾客当时没有找店员。"})
	if err := c.React(t.Context(), "zhenghai", m.Message, "👍"); err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"zhoumin", "mayue", "zhenghai"} {
		if err := c.Read(t.Context(), p, m.Message); err != nil {
			t.Fatal(err)
		}
	}
	stale := *card
	stale.Stale, stale.Level, stale.Head = "王蕾 10:02 已签收，用时9分钟", 2, "🟠 橙/二级 YQ-20260309-004 · 昨天"
	send(t, c, "d1", bot.Place{Platform: Feishu, Person: "wanglei"}, bot.Message{Text: "卡", Card: &stale})
	over := *card
	over.Clock, over.Overdue, over.Level, over.Head = "签收时限 今天09:50，已超5分钟", true, 1, "🔴 红/一级 YQ-20260310-002 · 25分钟前"
	send(t, c, "d2", bot.Place{Platform: Feishu, Person: "wanglei"}, bot.Message{Text: "卡", Card: &over})
	say(t, c, Utterance{Person: "wanglei", Text: "详情 YQ-20260310-001"})
	say(t, c, Utterance{Person: "linke", Group: "G2", Text: "有人打电话来问滨江店的事"})
	return topic
}

// picture is a small gradient.
func picture() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			img.Set(x, y, color.RGBA{R: uint8(80 + x/3), G: uint8(120 + y/3), B: 150, A: 255}) //nolint:gosec // small numbers
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}
