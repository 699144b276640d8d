package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fenghuo/bot/feishu"
)

// The six cards people meet most come in this order, and each is drawn as they see it. With FENGHUO_SHOTS naming a
// folder they are kept there as pictures; docs/feishu holds them.
func TestTheMainCardsInFeishu(t *testing.T) {
	pages := map[string]string{}
	inLark(t, feishu.ModeWebsocket, "2026-03-10 09:05", jianglan(t), nil, func(w *lark) {
		draw := func(name, words string) {
			w.t.Helper()
			w.pass(20 * time.Second)
			for _, m := range w.p.Messages() {
				if !m.FromBot || m.Type != "interactive" || pages[name] != "" || !strings.Contains(m.Content, words) {
					continue
				}
				res := httptest.NewRecorder()
				w.p.ServeHTTP(res, httptest.NewRequest(http.MethodGet, "/?message="+m.ID, nil))
				pages[name] = res.Body.String()
			}
			if !strings.Contains(pages[name], words) {
				w.t.Fatalf("%s: nothing says %q", name, words)
			}
		}
		w.says("zhoumin", "", "填表", "")
		draw("form", "舆情快报")
		words := reportWords(1)
		words[1] = "滨江店顾客发视频说酸奶杯里有虫"
		for _, text := range words[1 : len(words)-1] {
			w.says("zhoumin", "", text, "")
			w.pass(2 * time.Second)
		}
		draw("review", "请核对")
		w.says("zhoumin", "", "提交", "")
		draw("registered", "已登记")
		w.until("09:40")
		draw("ladder", "第1次催办")
		w.says("wanglei", "G1", "@舆报助手 收到", "")
		w.until("17:00")
		draw("risk", "待说明。")
		w.until("2026-03-11 08:31")
		draw("digest", "舆情日报")
	})
	dir := os.Getenv("FENGHUO_SHOTS")
	if dir == "" {
		return
	}
	ctx := openChromium(t, 720, 800)
	for name, page := range pages {
		file := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Run(ctx, chromedp.Navigate("file://"+file)); err != nil {
			t.Fatal(err)
		}
		png, err := chromedp.Run(ctx, chromedp.Screenshot("main > article"))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
