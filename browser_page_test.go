package main

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestBrowserShowsTimePassing turns the speed up: what is left runs out in the card and in the registry.
func TestBrowserShowsTimePassing(t *testing.T) {
	b := openBrowser(t, 1440, 900)
	b.report("滨江店顾客发视频说酸奶杯里有虫")
	b.sees("还有15分钟")
	b.speed(600)
	b.wait(`[...document.querySelectorAll('#log .due.over')].some(x => x.innerText.includes('已超'))`)
	b.wait(`document.querySelector('#entry .due.over').innerText.includes('已超')`)
	b.speed(0)
	b.wait(`[...document.querySelectorAll('#log .age')].some(x => x.innerText.includes('分钟前'))`)
	b.wait(`getComputedStyle(document.querySelector('#log .due.over')).color === 'rgb(180, 35, 24)'`)
}

// speed chooses how fast the virtual clock runs.
func (b *browser) speed(times int) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`(() => { const s = document.querySelector('%s'); s.value = '%d'; s.dispatchEvent(new Event('change', {bubbles: true})) })()`, test("clock-speed"), times))
}

// report files a report of level III in the first group and leaves its topic open.
func (b *browser) report(title string) {
	b.t.Helper()
	b.am("zhoumin")
	b.open("G1")
	b.says("@舆报助手 上报")
	b.sees("①/7")
	for n, answer := range []string{title, "dy", "https://v.example.test/aBc12/", "刚刚", "滨江店", "1", "1"} {
		b.says(answer)
		b.sees([]string{"②/7", "③/7", "④/7", "⑤/7", "⑥/7", "⑦/7", "请核对"}[n])
	}
	b.press("提交")
	b.sees("已登记 YQ-20260310-001")
}

// TestBrowserShowsMarkupLiterally reports what would be markup, or the end of a statement, elsewhere.
func TestBrowserShowsMarkupLiterally(t *testing.T) {
	b := openBrowser(t, 1440, 900)
	const evil = `<img src=x onerror="window.pwned=1">'--虫`
	b.report(evil)
	for name, where := range map[string]string{
		"bubble": `#log .bubble`, "card": `#log .card .title`, "registry": `#entry h3`, "list": `#convs .gist`,
	} {
		b.wait(fmt.Sprintf(`[...document.querySelectorAll(%q)].some(x => x.textContent.includes(%q))`, where, evil[:26]))
		b.wait(fmt.Sprintf(`document.querySelectorAll(%q + ' img[src=x], ' + %q + ' b:not(.count)').length === 0`, where, where))
		t.Log(name)
	}
	b.wait(`window.pwned === undefined && document.querySelectorAll('[onerror]').length === 0`)
	b.shot("literal")
}

// calls is a command of the browser's protocol.
func calls[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, c, params)
		return chromedp.Void{}, err
	}
}

// beyond names what sticks out of the window sideways, but for what scrolls on purpose.
const beyond = `(() => {
	const wide = document.documentElement.clientWidth, out = []
	if (document.documentElement.scrollWidth > wide) out.push('the page itself')
	for (const n of document.querySelectorAll('body *')) {
		const r = n.getBoundingClientRect()
		if (r.width === 0 || r.height === 0 || n.closest('.sr, .skip, dialog') || n.closest('.picked')?.scrollWidth > n.closest('.picked')?.clientWidth) continue
		if (r.right > wide + .5 || r.left < -.5) out.push(n.tagName + '.' + n.className + ' ' + Math.round(r.left) + '–' + Math.round(r.right))
		if (n.closest('.clock') && n.scrollWidth > n.clientWidth + 1 && n.tagName !== 'SELECT' && getComputedStyle(n).display !== 'inline') out.push('cut: ' + n.tagName + ' ' + n.textContent)
	}
	return out.join('\n')
})()`

// fits checks that the screen is no wider than the window.
func (b *browser) fits(screen string) {
	b.t.Helper()
	out, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](beyond))
	if err != nil {
		b.fail(err)
	}
	if out != "" {
		b.shot("too-wide")
		b.t.Errorf("%s is wider than the window:\n%s", screen, out)
	}
}

// pale names text that does not stand out from its ground by 4.5 : 1.
const pale = `(() => {
	const parse = (c) => { const v = c.match(/-?[\d.]+(e-?\d+)?/g).map(Number), f = c.startsWith('color(') ? 255 : 1; return [v[0] * f, v[1] * f, v[2] * f, v[3] ?? 1] }
	const over = (a, b) => [0, 1, 2].map((n) => a[n] * a[3] + b[n] * (1 - a[3])).concat(1)
	const light = (c) => { const l = c.slice(0, 3).map((x) => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4 }); return .2126 * l[0] + .7152 * l[1] + .0722 * l[2] }
	const ground = (n) => { const under = n.parentElement ? ground(n.parentElement) : [255, 255, 255, 1]; return over(parse(getComputedStyle(n).backgroundColor), under) }
	const out = new Set()
	const look = (n, text, colour) => {
		const r = n.getBoundingClientRect()
		if (!text.trim() || r.width < 2 || r.height < 2 || n.closest('.sr, .skip, option, :disabled, [aria-disabled]')) return
		let alpha = 1
		for (let a = n; a; a = a.parentElement) alpha *= Number(getComputedStyle(a).opacity)
		if (alpha === 0) return
		const g = ground(n), c = parse(colour); c[3] *= alpha
		const [x, y] = [light(over(c, g)), light(g)].sort((p, q) => q - p)
		const ratio = (x + .05) / (y + .05)
		if (ratio < 4.5) out.add(ratio.toFixed(2) + ' ' + n.tagName + '.' + n.className + ': ' + text.trim().slice(0, 20))
	}
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	while (walk.nextNode()) { const n = walk.currentNode.parentElement; if (getComputedStyle(n).fontSize !== '0px') look(n, walk.currentNode.data, getComputedStyle(n).color) }
	for (const n of document.querySelectorAll('[placeholder]')) look(n, n.placeholder, getComputedStyle(n, '::placeholder').color)
	return [...out].join('\n')
})()`

// TestBrowserOnEveryScreen looks at every screen, light and dark: nothing sticks out, everything can be read.
func TestBrowserOnEveryScreen(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
	}{{"phone", 390, 844}, {"desk", 1440, 900}} {
		t.Run(size.name, func(t *testing.T) { everyScreen(t, openBrowser(t, size.width, size.height), size.name) })
	}
}

func everyScreen(t *testing.T, b *browser, size string) {
	look := func(screen string) {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			b.do(calls(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}))
			b.wait(fmt.Sprintf(`matchMedia('(prefers-color-scheme: %s)').matches`, scheme))
			b.fits(screen)
			b.shot("screen-" + size + "-" + screen + "-" + scheme)
			faint, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](pale))
			if err != nil {
				b.fail(err)
			}
			if faint != "" {
				t.Errorf("%s, %s: hard to read:\n%s", screen, scheme, faint)
			}
		}
	}
	look("welcome")
	b.am("zhoumin")
	b.open("G1")
	b.says("@舆报助手 上报")
	b.sees("①/7")
	b.press("一次填完")
	b.sees("填好了")
	look("form")
	b.do(chromedp.SendKeys(test("composer"), "@"))
	b.wait(`!document.querySelector('#people').hidden`)
	look("people")
	b.do(chromedp.SendKeys(test("composer"), kb.Backspace))
	b.says("取消 重新来")
	b.sees("取消")
	b.eval(`document.querySelector('#back').click()`)
	b.report("滨江店顾客发视频说酸奶杯里有虫")
	look("registered")
	b.eval(`document.querySelector('#to-entry').click()`)
	b.wait(`document.querySelector('#entry h3')?.innerText.includes('有虫')`)
	look("entry")
	for range 7 {
		b.clock("plus5")
	}
	b.open("direct") // a group beside the list, open on a wide screen, would be read while one looks
	b.am("wanglei")
	if size == "phone" {
		b.eval(`history.pushState(null, '', '/chat?me=wanglei'), dispatchEvent(new PopStateEvent('popstate'))`)
	}
	b.wait(`document.querySelector('#convs').innerText.includes('有人@我')`)
	look("list")
	b.open("G1")
	b.topic()
	b.sees("已超")
	look("overdue")
	b.press("签收")
	b.sees("跟踪人：吴妍")
	// What one waits for after a press is in sight, not far below.
	b.wait(`(() => { const l = document.querySelector('#log'), last = [...l.querySelectorAll('article')].at(-1).getBoundingClientRect(); return last.bottom <= l.getBoundingClientRect().bottom + 1 })()`)
	look("acked")
	b.clock("morning")
	b.am("heyun")
	b.open("direct")
	b.sees("【舆情日报】2026-03-11")
	look("digest")
}
