package webchat

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fenghuo/bot"
)

func TestPageShowsMarkupLiterally(t *testing.T) {
	t.Parallel()
	c, _ := world(t, func(cfg *Config) { cfg.Org.Name = `<b>江澜</b>` })
	b := open(t, c, PageOptions{Title: `"><script>alert(1)</script>`})
	answer, text := b.get("/chat")
	if answer.StatusCode != http.StatusOK || strings.Contains(text, "<script>alert") || strings.Contains(text, "<b>江澜") {
		t.Errorf("page: %d %s", answer.StatusCode, text)
	}
	evil := `<img src=x onerror=alert(1)>'; DROP TABLE incidents;--`
	if answer, text := b.say(map[string]string{"me": "zhoumin", "in": "G1", "text": evil}, nil); answer.StatusCode != http.StatusOK {
		t.Fatalf("say: %d %s", answer.StatusCode, text)
	}
	if got := b.state("wanglei").Lines[0].Text; got != evil {
		t.Errorf("said %q", got)
	}
	if answer, text := b.get("/chat/state?me=wanglei"); strings.Contains(text, "<img") || !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		t.Errorf("%s", text)
	}
}

func TestPageKeepsToItself(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	for _, path := range []string{"/chat", "/chat/state", "/chat/assets/1/chat.js", "/chat/file/x?me=zhoumin"} {
		answer, _ := b.get(path)
		policy := answer.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, answer.Header)
		}
	}
	if _, text := b.get("/chat"); strings.Contains(text, "style=") || strings.Contains(text, "onclick") || strings.Contains(text, "http://") || strings.Contains(text, "https://") {
		t.Error("the page needs what its own policy forbids")
	}
	if answer, _ := b.get("/chat/"); answer.Request.URL.Path != "/chat" {
		t.Errorf("/chat/ leads to %s", answer.Request.URL)
	}
	if answer, _ := b.get("/chat/assets/1/index.html"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("template: %d", answer.StatusCode)
	}
}

func TestPostFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	for name, header := range map[string][2]string{"by fetch metadata": {"Sec-Fetch-Site", "cross-site"}, "by origin": {"Origin", "https://evil.example"}} {
		for _, path := range []string{"say", "press", "react", "read", "clock"} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/chat/"+path, strings.NewReader("me=zhoumin"))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set(header[0], header[1])
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			if answer.StatusCode != http.StatusForbidden {
				t.Errorf("%s, %s: %d", name, path, answer.StatusCode)
			}
		}
	}
}

func TestTooBigPictureIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	to := map[string]string{"me": "zhoumin", "in": "G1", "text": "看"}
	for name, size := range map[string]int{"one": maxFile + 1, "whole form": maxUpload + 1} {
		answer, text := b.say(to, map[string][]byte{"大.png": make([]byte, size)})
		if answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text, "图片太大（上限20MB），请压缩后再发。") {
			t.Errorf("%s: %d %s", name, answer.StatusCode, text)
		}
	}
	if n := len(c.History()); n != 0 {
		t.Errorf("%d lines", n)
	}
}

func TestWhatIsSentAgainStandsOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c, svc := world(t, func(cfg *Config) { cfg.Dir = dir })
	b := open(t, c, PageOptions{})
	say := func(me, key string) string {
		_, text := b.say(map[string]string{"me": me, "in": "G1", "text": "@舆报助手 上报", "key": key}, nil)
		return text
	}
	first := say("zhoumin", "p-1")
	if again := say("zhoumin", "p-1"); again != first {
		t.Errorf("the second answer is %s, want %s", again, first)
	}
	for _, other := range [][2]string{{"linke", "p-1"}, {"zhoumin", "p-2"}, {"zhoumin", ""}, {"zhoumin", ""}} {
		if got := say(other[0], other[1]); got == first {
			t.Errorf("%q is taken for the first", other)
		}
	}
	if lines, events := len(c.History()), len(svc.events()); lines != 5 || events != 5 {
		t.Errorf("%d lines, %d events, want 5 of each", lines, events)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c, _ = world(t, func(cfg *Config) { cfg.Dir = dir })
	b = open(t, c, PageOptions{})
	if again := say("zhoumin", "p-1"); again != first {
		t.Errorf("after a restart the answer is %s, want %s", again, first)
	}
}

func TestOnlyPicturesAreShownAndOnlyToThoseInTheChat(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	png := []byte("\x89PNG\r\n\x1a\n0000")
	script := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	b.say(map[string]string{"me": "zhoumin", "in": "G1"}, map[string][]byte{"图.png": png})
	b.say(map[string]string{"me": "zhoumin", "in": "G1"}, map[string][]byte{"图.svg": script})
	for n, want := range []string{"image/png", "application/octet-stream"} {
		sha := c.History()[n].Files[0].SHA256
		answer, _ := b.get("/chat/file/" + sha + "?me=wanglei")
		h := answer.Header
		if h.Get("Content-Type") != want || (n == 1) != strings.HasPrefix(h.Get("Content-Disposition"), "attachment") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("file %d: %v", n, h)
		}
		if answer, _ := b.get("/chat/file/" + sha + "?me=heyun"); answer.StatusCode != http.StatusNotFound {
			t.Errorf("to a stranger: %d", answer.StatusCode)
		}
	}
}

func TestPersonSeesOnlyTheirOwnPlaces(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	say(t, c, Utterance{Person: "zhoumin", Text: "私下说"})
	say(t, c, Utterance{Person: "zhoumin", Platform: WeCom, Text: "微信里私下说"})
	say(t, c, Utterance{Person: "linke", Group: "G2", Text: "客服群"})
	say(t, c, Utterance{Person: "wanglei", Group: "G1", Text: "直报群"})
	for me, want := range map[string]string{
		"zhoumin": "私下说 微信里私下说 客服群 直报群 | G1 G2 G3 direct direct-wecom",
		"linke":   "客服群 直报群 | G1 G2 G3 direct",
		"heyun":   "| G3 direct",
	} {
		v := b.state(me)
		var got []string
		for _, l := range v.Lines {
			got = append(got, l.Text)
		}
		got = append(got, "|")
		for _, conv := range v.Convs {
			got = append(got, conv.ID)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%s sees %s", me, s)
		}
	}
	if answer, _ := b.say(map[string]string{"me": "heyun", "in": "G1", "text": "在吗"}, nil); answer.StatusCode != http.StatusForbidden {
		t.Errorf("speaks where they are not: %d", answer.StatusCode)
	}
	if answer, _ := b.get("/chat/state?me=nobody"); answer.StatusCode != http.StatusForbidden {
		t.Errorf("a stranger: %d", answer.StatusCode)
	}
}

func TestStreamDeliversWhatConcernsThePersonAndGoesOn(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	b := open(t, c, PageOptions{})
	say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "旧"})
	next := b.listen("linke", b.state("linke").After)
	say(t, c, Utterance{Person: "wanglei", Text: "别人的私聊"})
	say(t, c, Utterance{Person: "zhoumin", Group: "G2", Text: "新"})
	first := next()
	if first.event != "line" || first.line.Text != "新" || first.line.Conv != "G2" {
		t.Fatalf("%+v", first)
	}
	say(t, c, Utterance{Person: "zhoumin", Group: "G2", Text: "更新"})
	if err := c.Read(t.Context(), "linke", first.line.ID); err != nil {
		t.Fatal(err)
	}
	again := b.listen("linke", first.id)
	if e := again(); e.line.Text != "更新" {
		t.Errorf("after the break: %+v", e)
	}
	if e := again(); e.line.Text != "新" || e.line.Unread {
		t.Errorf("the change: %+v", e)
	}
	if e := b.listen("linke", "older-7")(); e.event != "reset" {
		t.Errorf("another run: %+v", e)
	}
}

func TestPressReactAndReadFromThePage(t *testing.T) {
	t.Parallel()
	c, s := world(t)
	s.answer = func(ev bot.Event) (string, error) {
		return map[bot.EventKind]string{bot.Pressed: "已签收"}[ev.Kind], nil
	}
	b := open(t, c, PageOptions{})
	m := send(t, c, "k", bot.Place{Platform: Feishu, Chat: "G1"}, bot.Message{Card: &bot.Card{Head: "h", Buttons: []bot.Button{{Label: "签收", Say: "签收"}}}}).Message
	if _, text := b.post("/chat/press", url.Values{"me": {"wanglei"}, "id": {m}, "label": {"签收"}}); !strings.Contains(text, "已签收") {
		t.Errorf("press: %s", text)
	}
	if answer, text := b.post("/chat/press", url.Values{"me": {"heyun"}, "id": {m}, "label": {"签收"}}); answer.StatusCode != http.StatusConflict {
		t.Errorf("press by a stranger: %s", text)
	}
	b.post("/chat/react", url.Values{"me": {"wanglei"}, "id": {m}, "emoji": {"👍"}})
	b.post("/chat/read", url.Values{"me": {"wanglei"}, "id": {m}})
	l := b.state("wanglei").Lines[0]
	if len(l.Reactions) != 1 || l.Unread || len(l.Readers) != 1 || !b.state("linke").Lines[0].Unread {
		t.Errorf("%+v", l)
	}
	if answer, _ := b.post("/chat/read", url.Values{"me": {"wanglei"}, "id": {strings.Repeat("x", maxForm)}}); answer.StatusCode != http.StatusBadRequest {
		t.Errorf("endless form: %d", answer.StatusCode)
	}
}

func TestClockBarTurnsTheClock(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	clock := &turnable{now: testTime()}
	b := open(t, c, PageOptions{Clock: clock})
	for _, step := range []struct{ do, speed, now string }{
		{"plus5", "", "09:17"}, {"next", "", "09:31"}, {"plus60", "", "10:31"}, {"speed", "60", "10:31"}, {"morning", "", "08:30"},
	} {
		answer, text := b.post("/chat/clock", url.Values{"do": {step.do}, "speed": {step.speed}})
		if got := clock.now.In(c.cfg.Zone).Format("15:04"); got != step.now || answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s, %s", step.do, got, text)
		}
	}
	if clock.speed != 60 {
		t.Errorf("speed %v", clock.speed)
	}
	if _, text := b.post("/chat/clock", url.Values{"do": {"next"}}); !strings.Contains(text, "眼下没有要到期的事") {
		t.Errorf("nothing due: %s", text)
	}
	still := open(t, c, PageOptions{})
	if _, text := still.get("/chat"); strings.Contains(text, "clock-plus5") || strings.Contains(text, `data-test="registry"`) {
		t.Error("controls without a clock")
	}
}

func TestRegistryStandsBesideTheConversation(t *testing.T) {
	t.Parallel()
	c, _ := world(t)
	topic := say(t, c, Utterance{Person: "zhoumin", Group: "G1", Text: "@舆报助手 上报"}).Thread
	e := Entry{Number: "YQ-20260310-001", Level: "III", Place: bot.Place{Platform: Feishu, Chat: "G1", Thread: topic}}
	b := open(t, c, PageOptions{Registry: shelf{entry: e}})
	if _, text := b.get("/chat/aside?me=wanglei&in=G1&topic=" + topic); !strings.Contains(text, `"entry":{"number":"YQ-20260310-001"`) || !strings.Contains(text, `"thread":"`+topic) {
		t.Errorf("wanglei: %s", text)
	}
	if _, text := b.get("/chat/aside?me=heyun&in=G1&topic=" + topic); strings.Contains(text, "YQ-") {
		t.Errorf("heyun: %s", text)
	}
}
