package main

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/handlers/web"
)

// upTo are answers that bring a report to the question with the number.
func (w *town) upTo(person string, question int) {
	w.t.Helper()
	for _, text := range reportWords(1)[:question] {
		w.say(person, "", "", text)
	}
}

// answered is what the bot says to something said in private.
func (w *town) answered(person, text string, files ...webchat.Upload) string {
	w.t.Helper()
	place := bot.Place{Platform: "feishu", Person: person}
	before := len(w.chat.Lines(place))
	w.say(person, "", "", text, files...)
	return w.told(place, before)
}

func badTown(t *testing.T) *town {
	w := newTown(t, t.TempDir(), demoStart)
	t.Cleanup(func() {
		w.check()
		w.close()
	})
	return w
}

// TestAnswersNobodyExpected: each is answered by what is wrong and an example, or taken as it is.
func TestAnswersNobodyExpected(t *testing.T) {
	long := strings.Repeat("字", 10_000)
	for _, c := range []struct {
		name, text string
		question   int // 1 to 7
		tells      []string
	}{
		{"10,000 characters for a title", long, 1, []string{"最多40个字", "例：“滨江店"}},
		{"10,000 characters for a platform", long, 2, []string{"②"}},
		{"10,000 characters for a link", long, 3, []string{"③没找到链接", "没有＋原因"}},
		{"10,000 characters for a time", long, 4, []string{"没看懂时间", "例：“刚刚”"}},
		{"10,000 characters for a place", long, 5, []string{"最多40个字", "例：“不清楚”"}},
		{"10,000 characters for a choice", long, 6, []string{"请回编号1–12", "例：“1”"}},
		{"10,000 characters for several choices", long, 7, []string{"请回编号1–8", "例：“1”"}},
		{"nothing but emoji", "😱😱😱", 1, []string{"例：“滨江店"}},
		{"emoji within words", "滨江店顾客发视频说酸奶有虫😱👨‍👩‍👧", 1, []string{"②/7"}},
		{"combining characters", "滨江店caf\u0065\u0301里有虫Z\u0351\u036b\u0343", 1, []string{"②/7"}},
		{"right to left", "\u202e滨江店顾客说\u202dسلام有虫", 1, []string{"②/7"}},
		{"control characters", "滨江店\x00\x07\x1b[31m顾客说有虫\r\n", 1, []string{"②/7"}},
		{"a time in the future", "明天9点", 4, []string{"发现时间不能晚于现在（09:00）", "例：“刚刚”“今天8点40”"}},
		{"a date in the future", "2030年1月1日8点", 4, []string{"不能晚于现在", "例："}},
		{"1970", "1970年1月1日8点", 4, []string{"1970年，太久以前了", "例："}},
		{"a day that does not exist", "2月30日8点", 4, []string{"没看懂时间", "例："}},
		{"a choice that does not exist", "99", 6, []string{"请回编号1–12"}},
		{"a huge number", strings.Repeat("9", 300), 7, []string{"请回编号1–8"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := badTown(t)
			w.upTo("zhoumin", c.question)
			told := w.answered("zhoumin", c.text)
			for _, words := range c.tells {
				if !strings.Contains(told, words) {
					t.Errorf("told %.300q, want %q", told, words)
				}
			}
			if n := len([]rune(told)); n > 600 {
				t.Errorf("the answer has %d characters", n)
			}
			for _, r := range told {
				if (r < ' ' && r != '\n') || (r >= 0x202a && r <= 0x202e) {
					t.Fatalf("%U is in %q", r, told)
				}
			}
		})
	}
}

// TestCodeIsWords: SQL and HTML are shown as they were typed, wherever they come up.
func TestCodeIsWords(t *testing.T) {
	w := badTown(t)
	const sql, html = "'; DROP TABLE incidents;--", "<script>alert(1)</script>"
	title := "滨江店" + html + sql[:7]
	for _, text := range []string{"上报", title, "酸奶论坛" + sql, "没有，" + html, "刚刚", "<b>某店</b>" + sql, "1", "1", "提交"} {
		w.say("zhoumin", "", "", text)
	}
	inc := w.incident("YQ-20260310-001")
	if inc.Title != title {
		t.Errorf("title %q", inc.Title)
	}
	w.say("wanglei", "", "", "签收 001")
	for _, text := range []string{"补充 001 " + html + sql, "详情 " + sql, "详情 001' or '1'='1", sql, html, "移交给 " + html, "延期到" + sql} {
		w.say("zhoumin", "", "", text)
		w.say("wanglei", "", "", text)
	}
	if told := w.answered("xuqing", "日报"); !strings.Contains(told, "<script>alert(1)") {
		t.Errorf("digest: %s", told)
	}
	if told := w.answered("xuqing", "详情 001"); !strings.Contains(told, title) {
		t.Errorf("detail: %s", told)
	}
	entries, err := (&web.Beside{Store: w.app.store, Desk: w.app.desk}).Recent(t.Context(), "xuqing")
	if err != nil || len(entries) != 1 || entries[0].Title != title {
		t.Fatalf("registry: %+v %v", entries, err)
	}
	page := w.get(t, "/chat/aside?me=xuqing")
	if strings.Contains(page, "<script>") || !strings.Contains(page, `\u003cscript\u003ealert(1)`) {
		t.Errorf("page: %s", page)
	}
	if page := w.get(t, "/chat/state?me=zhoumin"); strings.Contains(page, "<script>") {
		t.Errorf("state: %.300s", page)
	}
}

func (w *town) page() http.Handler {
	return w.chat.Handler(webchat.PageOptions{Registry: &web.Beside{Store: w.app.store, Desk: w.app.desk}})
}

func (w *town) get(t *testing.T, path string) string {
	t.Helper()
	rec := httptest.NewRecorder()
	w.page().ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, rec.Code, rec.Body)
	}
	return rec.Body.String()
}

// TestFilesNobodyCanTake: what a file is, its content says.
func TestFilesNobodyCanTake(t *testing.T) {
	big := webchat.Bytes("现场.png", append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 30<<20)...))
	exe := webchat.Bytes("现场.png", append([]byte("MZ\x90\x00\x03\x00\x00\x00"), make([]byte, 500)...))
	elf := webchat.Bytes("图.jpg", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 500)...))
	for _, c := range []struct {
		name string
		file webchat.Upload
		tell []string
	}{
		{"30 MB", big, []string{"“现场.png”超过20MB，没有收下", "请压缩"}},
		{"a program named .png", exe, []string{"“现场.png”这种文件收不了", "请发截图"}},
		{"a program named .jpg", elf, []string{"“图.jpg”这种文件收不了", "请发截图"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := badTown(t)
			w.upTo("zhoumin", 8)
			told := w.answered("zhoumin", "", c.file)
			for _, words := range c.tell {
				if !strings.Contains(told, words) {
					t.Errorf("told %q, want %q", told, words)
				}
			}
			w.say("zhoumin", "", "", "提交")
			if inc := w.incident("YQ-20260310-001"); len(inc.Evidence) > 0 {
				t.Errorf("kept: %+v", inc.Evidence)
			}
		})
	}
}

// TestTwoAckInTheSameSecond: one of them answers for it, the other is told who.
func TestTwoAckInTheSameSecond(t *testing.T) {
	w := badTown(t)
	thread := w.report("zhoumin", "滨江店顾客发视频说酸奶杯里有虫")
	at := w.now()
	events := w.events(thread, at, "wanglei", "chenfang")
	done := make(chan error, len(events))
	for _, ev := range events {
		go func() {
			_, err := w.app.service.Receive(context.Background(), ev)
			done <- err
		}()
	}
	for range events {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	w.settle()
	inc := w.incident("YQ-20260310-001")
	told := w.told(bot.Place{Platform: "feishu", Chat: "G1", Thread: thread}, 0)
	name := w.app.desk.Org.DisplayName
	other := map[string]string{"wanglei": "chenfang", "chenfang": "wanglei"}[inc.Ack.By]
	if other == "" || strings.Count(told, " 签收（") != 1 || !strings.Contains(told, name(inc.Ack.By)+" 09:00 签收") {
		t.Errorf("answers for it: %q; told: %s", inc.Ack.By, told)
	}
	if !strings.Contains(told, "已由"+name(inc.Ack.By)) {
		t.Errorf("%s was not told that %s has it: %s", other, inc.Ack.By, told)
	}
}

func (w *town) events(thread string, at time.Time, people ...string) []bot.Event {
	var out []bot.Event
	for _, person := range people {
		out = append(out, bot.Event{Platform: "feishu", Keys: []string{"ack-" + person}, Kind: bot.Said, At: at, Place: bot.Place{Platform: "feishu", Chat: "G1", Thread: thread},
			Message: "ack-" + person, Sender: "ou_" + person, ToBot: true, Text: "签收"})
	}
	return out
}

// TestTooLateAndNotForYou: what is closed, or not theirs to see, people are told; never what it is about.
func TestTooLateAndNotForYou(t *testing.T) {
	w := badTown(t)
	const title = "滨江店顾客发视频说酸奶杯里有虫"
	w.report("zhoumin", title)
	for _, text := range []string{"签收 001", "续报 001 已封存", "详情 001", "补充 001 阅读2万", "平息 001", "终报 001 完", "批准终报 001", "移交给 丁伟 001"} {
		if told := w.answered("linke", text); strings.Contains(told, title) || !strings.Contains(told, "001") {
			t.Errorf("%s: linke is told %q", text, told)
		}
	}
	for _, text := range []string{"在办", "台账", "我的", "日报"} {
		if told := w.answered("linke", text); strings.Contains(told, title) || told == "" {
			t.Errorf("%s: linke is told %q", text, told)
		}
	}
	w.say("wanglei", "", "", "签收 001")
	w.pass(25 * time.Hour)
	w.say("wanglei", "", "", "平息 001")
	w.say("wuyan", "", "", "终报 001 起因：异物。经过：传播。结果：道歉。教训：改进。")
	w.say("xuqing", "", "", "批准终报 001")
	if state := w.incident("YQ-20260310-001").State; state != "closed" {
		t.Fatal(state)
	}
	for _, text := range []string{"签收 001", "续报 001 还有一条", "平息 001", "延期到20点，检测报告未出 001"} {
		if told := w.answered("wanglei", text); !strings.Contains(told, "办结，不用再办") {
			t.Errorf("%s: wanglei is told %q", text, told)
		}
	}
}

// TestForgedAndOversizedPosts: the page takes nothing from another site, from nobody, or without end.
func TestForgedAndOversizedPosts(t *testing.T) {
	w := badTown(t)
	form := func(fields map[string]string, file int) (string, *bytes.Buffer) {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		for k, v := range fields {
			_ = m.WriteField(k, v)
		}
		if file > 0 {
			part, err := m.CreateFormFile("file", "现场.png")
			if err != nil {
				t.Fatal(err)
			}
			_, _ = part.Write(make([]byte, file))
		}
		_ = m.Close()
		return m.FormDataContentType(), &b
	}
	post := func(path, origin, kind string, body *bytes.Buffer) (int, string) {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://demo.test"+path, body)
		req.Header.Set("Content-Type", kind)
		if origin != "" {
			req.Header.Set("Origin", origin)
		}
		rec := httptest.NewRecorder()
		w.page().ServeHTTP(rec, req)
		var answer struct{ Error string }
		_ = json.Unmarshal(rec.Body.Bytes(), &answer)
		return rec.Code, answer.Error
	}
	say := func(as, in, text string, file int) (string, *bytes.Buffer) {
		return form(map[string]string{"me": as, "in": in, "text": text}, file)
	}
	for _, c := range []struct {
		name, origin, as, in, text string
		file, code                 int
		tells                      string
	}{
		{"another site", "https://evil.example.test", "zhoumin", "direct", "上报", 0, http.StatusForbidden, "别的网站"},
		{"nobody", "", "nobody", "direct", "上报", 0, http.StatusBadRequest, ""},
		{"somebody else's group", "", "dingwei", "G2", "@舆报助手 上报", 0, http.StatusForbidden, "不在这个群里"},
		{"a book", "", "zhoumin", "direct", strings.Repeat("字", 10_001), 0, http.StatusBadRequest, "太长"},
		{"nothing", "", "zhoumin", "direct", " ", 0, http.StatusBadRequest, "先写点什么"},
		{"a 30 MB picture", "", "zhoumin", "direct", "看图", 30 << 20, http.StatusRequestEntityTooLarge, "上限20MB"},
		{"a 70 MB picture", "", "zhoumin", "direct", "看图", 70 << 20, http.StatusRequestEntityTooLarge, "上限20MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, body := say(c.as, c.in, c.text, c.file)
			code, told := post("/chat/say", c.origin, kind, body)
			if code/100 != 4 || (c.tells != "" && code != c.code) || told == "" || !strings.Contains(told, c.tells) {
				t.Errorf("%d %q, want %d %q", code, told, c.code, c.tells)
			}
		})
	}
	t.Run("a press without end", func(t *testing.T) {
		body := bytes.NewBufferString(url.Values{"me": {"zhoumin"}, "id": {"m1"}, "label": {strings.Repeat("签收", 100_000)}}.Encode())
		if code, told := post("/chat/press", "", "application/x-www-form-urlencoded", body); code != http.StatusBadRequest || told == "" {
			t.Errorf("%d %q", code, told)
		}
	})
	t.Run("a button that is not there", func(t *testing.T) {
		w.say("zhoumin", "", "", "帮助")
		body := bytes.NewBufferString(url.Values{"me": {"zhoumin"}, "id": {"m1"}, "label": {"批准终报"}}.Encode())
		if code, told := post("/chat/press", "", "application/x-www-form-urlencoded", body); code != http.StatusConflict || told == "" {
			t.Errorf("%d %q", code, told)
		}
	})
	if n := len(w.chat.History()); n != 2 {
		t.Errorf("%d lines were said", n)
	}
}
