package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keys types into whatever has the focus.
func (b *browser) keys(text string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(text))
}

// stroke is one key as a keyboard sends it; what the page does not let through writes nothing.
func (b *browser) stroke(key, code, text string, vk int64) {
	b.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{"keyDown", "keyUp"} {
		b.do(calls(input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: kind, Key: key, Code: code, Text: text, WindowsVirtualKeyCode: vk}))
		text = ""
	}
}

func (b *browser) enter() { b.t.Helper(); b.stroke("Enter", "Enter", "\r", 13) }

// carrying is script for a DataTransfer with a picture.
func carrying(t *testing.T, file string) string {
	t.Helper()
	png, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`(() => { const d = new DataTransfer(); d.items.add(new File([Uint8Array.from(atob(%q), c => c.charCodeAt(0))], 'cup.png', {type: 'image/png'})); return d })()`,
		base64.StdEncoding.EncodeToString(png))
}

// TestBrowserPicturesPastedAndDropped: a picture from the clipboard and one dragged in wait above the line one
// writes on, go with it, and are shown.
func TestBrowserPicturesPastedAndDropped(t *testing.T) {
	b := openBrowser(t, 1440, 900)
	b.am("zhoumin")
	b.open("direct")
	b.says("上报 滨江店顾客发视频说酸奶杯里有虫")
	b.sees("②/7")
	waiting := func(n int) {
		t.Helper()
		b.wait(fmt.Sprintf(`document.querySelectorAll('#picked img').length === %d`, n))
	}
	pictures := func(n int) {
		t.Helper()
		b.wait(fmt.Sprintf(`document.querySelectorAll('#log .line.mine:not(.pending) .thumb img').length === %d`, n))
	}
	b.eval(fmt.Sprintf(`document.querySelector('#text').dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true, clipboardData: %s}))`, carrying(t, "testdata/scenarios/cup.png")))
	waiting(1)
	b.do(chromedp.Click(test("send")))
	waiting(0)
	pictures(1)
	b.sees("共1份")
	b.eval(fmt.Sprintf(`document.querySelector('#log').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: %s}))`, carrying(t, "testdata/scenarios/hall.png")))
	waiting(1)
	b.do(chromedp.Click(test("send")))
	pictures(2)
	b.sees("共2份")
	// Beside the conversation nothing is taken, and the page stays.
	b.eval(fmt.Sprintf(`(window.left = !document.querySelector('#entry').dispatchEvent(new DragEvent('drop', {bubbles: true, cancelable: true, dataTransfer: %s})))`, carrying(t, "testdata/scenarios/hall.png")))
	b.wait(`window.left === true`)
	waiting(0)
}

// TestBrowserSendsOnce: what the server took stands once though its answer was lost, and what it did not take goes
// with 重发.
func TestBrowserSendsOnce(t *testing.T) {
	b := openBrowser(t, 390, 844)
	b.am("zhoumin")
	b.open("direct")
	lose := func(taken string) {
		t.Helper()
		b.eval(fmt.Sprintf(`(() => { const real = window.fetch; window.fetch = async (to, how) => {
			if (how?.method !== 'POST' || !(how.body instanceof FormData)) return real(to, how);
			window.fetch = real; if (%s) await real(to, how); throw new TypeError('gone'); } })()`, taken))
	}
	mine := func(n int) {
		t.Helper()
		b.wait(fmt.Sprintf(`document.querySelectorAll('#log .line.mine').length === %d && !document.querySelector('#log .line.pending')`, n))
	}
	lose("true")
	b.says("上报 滨江店顾客发视频说酸奶杯里有虫")
	b.sees("②/7")
	mine(1)
	lose("false")
	b.says("抖音")
	b.sees("没有发出去")
	b.eval(`document.querySelector('#log .line.pending .act').click()`)
	b.sees("③/7")
	mine(2)
}

// TestBrowserByKeyboard reports, calls the bot by its name half typed, and acknowledges, without a mouse.
func TestBrowserByKeyboard(t *testing.T) {
	b := openBrowser(t, 1440, 900)
	b.am("zhoumin")
	b.open("G1")
	b.eval(`document.querySelector('.skip').focus()`)
	b.enter()
	b.wait(`document.activeElement.id === 'text'`)
	b.keys("@")
	b.wait(`document.querySelectorAll('#people [role=option]').length > 2`)
	b.keys(kb.ArrowDown)
	b.wait(`document.querySelector('#text').getAttribute('aria-activedescendant') === 'person1'`)
	b.keys(kb.ArrowUp)
	b.wait(`document.querySelector('#text').getAttribute('aria-activedescendant') === 'person0'`)
	b.enter()
	b.wait(`document.querySelector('#text').value === '@舆报助手 ' && document.querySelector('#people').hidden`)
	for _, step := range []struct{ say, sees string }{
		{"上报", "①/7"}, {"滨江店顾客发视频说酸奶杯里有虫", "②/7"}, {"dy", "③/7"}, {"https://v.example.test/aBc12/", "④/7"},
		{"刚刚", "⑤/7"}, {"滨江店", "⑥/7"}, {"1", "⑦/7"}, {"1", "请核对"},
	} {
		b.keys(step.say)
		b.enter()
		b.sees(step.sees)
		b.wait(`document.activeElement.id === 'text'`)
	}
	b.tabTo(`e.innerText === '提交'`, true)
	b.enter()
	b.sees("已登记 YQ-20260310-001")

	b.am("wanglei")
	b.sees("已登记 YQ-20260310-001")
	b.eval(`document.querySelector('#text').focus()`)
	b.tabTo(`e.innerText === '签收'`, true)
	b.stroke(" ", "Space", " ", 32)
	b.sees("跟踪人：吴妍")
}

// tabTo walks with Tab, backwards if so asked, until the focus is where js says; at every stop one can see it.
func (b *browser) tabTo(js string, back bool) {
	b.t.Helper()
	for range 80 {
		if back {
			b.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(8)))
		} else {
			b.keys(kb.Tab)
		}
		got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`(e => { const s = getComputedStyle(e); return (`+js+`) ? 'there' : s.outlineStyle === 'none' && s.boxShadow === 'none' && e !== document.body ? e.outerHTML.slice(0, 120) : '' })(document.activeElement)`))
		switch {
		case err != nil:
			b.fail(err)
		case got == "there":
			return
		case got != "":
			b.t.Errorf("one cannot see the focus on %s", got)
		}
	}
	b.fail(fmt.Errorf("Tab never came to %s", js))
}

// TestBrowserThumbAcknowledges: 👍 on the call is an acknowledgment.
func TestBrowserThumbAcknowledges(t *testing.T) {
	b := openBrowser(t, 390, 844)
	b.am("zhoumin")
	b.open("G1")
	b.report("滨江店顾客发视频说酸奶杯里有虫")
	b.am("wanglei")
	b.open("G1")
	b.topic()
	b.sees("已登记 YQ-20260310-001")
	const newest = `[...document.querySelectorAll('#log article.bot')].filter(l => l.innerText.includes('已登记 YQ-')).at(-1)`
	b.wait(newest + `.querySelector('[data-test=like]') !== null`)
	b.eval(`(window.call = ` + newest + `.dataset.line)`)
	const call = "document.querySelector(`[data-line=\"${window.call}\"]`)" // its words change with the incident
	b.eval(call + `.querySelector('[data-test=like]').click()`)
	b.sees("跟踪人：吴妍")
	b.wait(call + `.querySelector('[data-test=like]').getAttribute('aria-label') === '点赞：王蕾'`)
}

// TestBrowserNamesWhatItShows: somebody who hears the page is told what everything is.
func TestBrowserNamesWhatItShows(t *testing.T) {
	b := openBrowser(t, 1440, 900)
	b.am("zhoumin")
	b.open("G1")
	b.named("the group")
	b.report("滨江店顾客发视频说酸奶杯里有虫")
	b.named("the topic")
	b.wait(`document.querySelector('#heard').innerText !== '' || document.querySelector('#log').getAttribute('aria-live') === 'polite'`)
}

// mustBeNamed are the roles of what one can act on or jump to.
var mustBeNamed = []string{"button", "link", "textbox", "combobox", "image", "checkbox", "radio", "listbox", "option", "log", "complementary", "dialog", "article", "navigation"}

func (b *browser) named(screen string) {
	b.t.Helper()
	tree, err := chromedp.Run(b.ctx, func(ctx context.Context, t *chromedp.Target) (accessibility.GetFullAXTreeResult, error) {
		return cdp.Call(ctx, t, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	})
	if err != nil {
		b.fail(err)
	}
	seen := 0
	for _, n := range tree.Nodes {
		if n.Ignored || n.Role == nil || !slices.Contains(mustBeNamed, word(n.Role)) {
			continue
		}
		seen++
		if n.Name == nil || word(n.Name) == "" {
			b.t.Errorf("%s: a %s without a name (node %d)", screen, word(n.Role), n.BackendDOMNodeID)
		}
	}
	if seen < 20 {
		b.t.Errorf("%s: only %d things to act on were found", screen, seen)
	}
}

func word(v *accessibility.Value) string { return strings.Trim(string(v.Value), `"`) }

// TestBrowserLivesThroughARestart: the service goes away under an open page and comes back; what was said
// meanwhile arrives, and nothing stands there twice.
func TestBrowserLivesThroughARestart(t *testing.T) {
	dir := t.TempDir()
	var demo *demoProcess
	b := openBrowserAt(t, 390, 844, func() string { demo = runDemo(t, dir, anyPort); return demo.base + "/chat" })
	b.am("zhoumin")
	b.open("direct")
	b.says("上报")
	b.sees("①/7")
	demo.stop()
	b.wait(`!document.querySelector('#offline').hidden`)
	again := runDemo(t, dir, strings.TrimPrefix(demo.base, "http://"))
	again.says("zhoumin", "滨江店顾客发视频说酸奶杯里有虫")
	b.sees("②/7")
	b.wait(`document.querySelector('#offline').hidden`)
	b.says("抖音")
	b.sees("③/7")
	for _, text := range []string{"上报", "滨江店顾客发视频说酸奶杯里有虫", "抖音"} {
		b.wait(fmt.Sprintf(`[...document.querySelectorAll('#log .mine .bubble')].filter(n => n.innerText === %q).length === 1`, text))
	}
	again.stop()
}
