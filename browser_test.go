package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser is a phone with the demo open in it.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string
}

// startDemo runs the demo as a newcomer does and reads its address off the terminal.
func startDemo(t *testing.T) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	var wg sync.WaitGroup
	wg.Go(func() {
		if code := run(ctx, []string{"demo", "--listen", "127.0.0.1:0"}, in, os.Stderr, time.Now); code != exitOK {
			t.Errorf("demo ended with %d", code)
		}
		_ = in.Close()
	})
	t.Cleanup(func() { cancel(); go func() { _, _ = io.Copy(io.Discard, out) }(); wg.Wait() })
	var said strings.Builder
	buf := make([]byte, 512)
	for !strings.Contains(said.String(), "/chat") {
		n, err := out.Read(buf)
		if err != nil {
			t.Fatalf("the demo did not start: %v", err)
		}
		said.Write(buf[:n])
	}
	from := strings.Index(said.String(), "http://")
	return strings.Fields(said.String()[from:])[0]
}

// openBrowser opens the page of a demo of its own.
func openBrowser(t *testing.T, width, height int) *browser {
	t.Helper()
	return openBrowserAt(t, width, height, func() string { return startDemo(t) })
}

// openBrowserAt opens the page at an address that is asked for once there is a browser.
func openBrowserAt(t *testing.T, width, height int, address func() string) *browser {
	t.Helper()
	b := &browser{t: t, ctx: openChromium(t, width, height)}
	b.url = address()
	b.do(chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Navigate(b.url), chromedp.WaitVisible(test("now")))
	return b
}

// openChromium is a browser with an empty page; scripts that fail there fail the test.
func openChromium(t *testing.T, width, height int) context.Context {
	t.Helper()
	path := os.Getenv("TEST_CHROMIUM")
	if path == "" {
		found, err := exec.LookPath("chromium")
		if err != nil {
			t.Skip("no Chromium: set TEST_CHROMIUM, or run make test")
		}
		path = found
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(width, height))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	errs := &scriptErrors{}
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithListener(errs.listen))
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); cancel(); stop(); errs.report(t) })
	if _, err := chromedp.Run(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return ctx
}

// scriptErrors are the exceptions nothing on the page caught.
type scriptErrors struct {
	mu   sync.Mutex
	said []string
}

func (e *scriptErrors) listen(ev any) {
	thrown, ok := ev.(*runtime.EventExceptionThrown)
	if !ok {
		return
	}
	what := thrown.ExceptionDetails.Text
	if x := thrown.ExceptionDetails.Exception; x != nil {
		what += " " + x.Description
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.said = append(e.said, what)
}

func (e *scriptErrors) report(t *testing.T) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, what := range e.said {
		t.Errorf("the page's script: %s", what)
	}
}

func test(name string) string { return fmt.Sprintf("[data-test=%q]", name) }

// patience is how long a step may take before the test gives up and says what the page shows.
const patience = time.Minute

func (b *browser) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for _, a := range actions {
		if _, err := chromedp.Run(ctx, a); err != nil {
			b.fail(err)
		}
	}
}

func (b *browser) fail(err error) {
	b.t.Helper()
	b.shot("failed")
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.body.innerText"))
	b.t.Fatalf("%v\nthe page says:\n%s", err, text)
}

// am switches to a person.
func (b *browser) am(person string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => { const me = document.querySelector('%s'); me.value = %q; me.dispatchEvent(new Event('change', {bubbles: true})) })()`, test("me"), person))
	b.wait(fmt.Sprintf(`document.querySelector('%s').value === %q`, test("me"), person))
}

func (b *browser) eval(js string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[any]("void "+js)); err != nil {
		b.fail(err)
	}
}

// wait polls until the page agrees.
func (b *browser) wait(js string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](until(js), chromedp.EvalAwaitPromise)); err != nil {
		b.fail(fmt.Errorf("waiting for %s: %w", js, err))
	}
}

// until is a promise kept once js holds. The page's policy forbids eval, so it is asked from outside.
func until(js string) string {
	return "new Promise(done => { const look = () => { let is = false; try { is = " + js + " } catch {} is ? done(true) : setTimeout(look, 50) }; look() })"
}

// sees waits for the bot to have said something in the open conversation.
func (b *browser) sees(words string) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelector('%s').innerText.includes(%q)`, test("log"), words))
}

func (b *browser) says(text string) {
	b.t.Helper()
	b.do(chromedp.WaitVisible(test("composer")), chromedp.SendKeys(test("composer"), text), chromedp.Click(test("send")))
	b.wait(fmt.Sprintf(`document.querySelector('%s').value === ''`, test("composer")))
}

func (b *browser) open(conv string) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelector('%s') !== null`, test("conv-"+conv)))
	b.eval(fmt.Sprintf(`document.querySelector('%s').click()`, test("conv-"+conv)))
}

// topic opens the newest topic of the group.
func (b *browser) topic() {
	b.t.Helper()
	b.wait(fmt.Sprintf(`document.querySelectorAll('%s').length > 0 || document.body.dataset.topic`, test("topic")))
	b.eval(fmt.Sprintf(`[...document.querySelectorAll('%s')].at(-1)?.click()`, test("topic")))
}

func (b *browser) press(label string) {
	b.t.Helper()
	find := fmt.Sprintf(`[...document.querySelectorAll('%s %s')].filter(x => x.innerText === %q).at(-1)`, test("log"), test("btn"), label)
	b.wait(find + " !== undefined")
	b.eval(find + ".click()")
}

// clock presses one of the buttons of the virtual clock.
func (b *browser) clock(name string) {
	b.t.Helper()
	before, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.querySelector('#now').dateTime"))
	if err != nil {
		b.fail(err)
	}
	b.do(chromedp.Click(test("clock-" + name)))
	b.wait(fmt.Sprintf(`document.querySelector('#now').dateTime !== %q && !document.querySelector('#clock').getAttribute('aria-busy')`, before))
}

// send chooses pictures.
func (b *browser) send(files ...string) {
	b.t.Helper()
	b.do(chromedp.SetUploadFiles(test("files"), files, chromedp.NodeReady))
}

// shot keeps a picture of the page when FENGHUO_SHOTS names a folder.
func (b *browser) shot(name string) {
	dir := os.Getenv("FENGHUO_SHOTS")
	if dir == "" {
		return
	}
	b.wait(`document.querySelector('#toast').hidden`)
	if png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot()); err == nil {
		_ = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644)
	}
}

func TestTheStoryInABrowser(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
	}{{"phone", 390, 844}, {"desk", 1440, 900}} {
		t.Run(size.name, func(t *testing.T) { story(t, openBrowser(t, size.width, size.height), size.name) })
	}
}

func story(t *testing.T, b *browser, size string) {
	b.shot(size + "-0-first")
	b.am("zhoumin")
	b.open("G1")
	b.says("@舆报助手 上报")
	b.sees("①/7")
	b.press("一次填完")
	b.sees("填好了")
	b.shot(size + "-1a-sheet")
	b.says("滨江店顾客发视频说酸奶杯里有虫")
	b.sees("②/7")
	b.says("dy")
	b.sees("③/7")
	b.says("https://v.example.test/aBc12/?utm_source=x")
	b.sees("④/7")
	b.says("刚刚")
	b.sees("⑤/7")
	b.says("滨江店")
	b.sees("⑥/7")
	b.says("1")
	b.sees("⑦/7")
	b.says("改2 快手")
	b.sees("②已改为：快手（原：抖音）")
	b.says("改2 抖音")
	b.says("1")
	b.sees("请核对")
	cup, err := filepath.Abs("testdata/scenarios/cup.png")
	if err != nil {
		t.Fatal(err)
	}
	b.send(cup)
	b.wait(fmt.Sprintf(`document.querySelectorAll('%s img').length > 0 || document.querySelectorAll('form img').length > 0`, test("log")))
	b.do(chromedp.Click(test("send")))
	b.sees("已收1份")
	b.shot(size + "-1-review")
	b.press("提交")
	b.sees("已登记 YQ-20260310-001")
	b.shot(size + "-2-registered")

	b.clock("plus5")
	b.clock("plus5")
	b.clock("plus5")
	b.clock("plus5")
	b.sees("第1次催办")
	b.clock("plus5")
	b.clock("plus5")
	b.clock("plus5")
	b.sees("@陈放（B岗）")
	b.am("wanglei")
	b.shot(size + "-3-chased")
	b.open("G1")
	b.topic()
	if size == "phone" {
		b.press("签收")
	} else {
		b.says("收到，我来跟")
	}
	b.sees("王蕾 09:3")
	b.sees("跟踪人：吴妍")
	b.shot(size + "-4-acked")

	b.clock("next")
	b.wait(fmt.Sprintf(`document.querySelector('%s').innerText.length > 0`, test("now")))
	for range 12 {
		b.clock("plus60")
	}
	b.sees("缓报风险")
	b.shot(size + "-5-risk")
	b.clock("morning")
	b.am("heyun")
	b.open("direct")
	b.sees("【舆情日报】2026-03-11")
	b.shot(size + "-6-digest")
}
