package wecomtest

import (
	"regexp"
	"strings"
)

// card draws a template card as WeCom would, with what can be pressed.
func (v *view) card(m *Message) {
	shown := m.Shown(v.as)
	k := parseCard([]byte(shown.Card))
	v.f(`<form method="post" class="card">%s<input type="hidden" name="message" value="%s">`, v.hidden(), m.ID)
	if k.Source != nil {
		v.f(`<p class="source c%d">%s</p>`, k.Source.Color, esc(k.Source.Desc))
	}
	v.line("h2", k.Main.Title)
	v.line("p", k.Main.Desc)
	if k.Image != nil {
		v.f(`<div class="image">图片 %s</div>`, esc(k.Image.URL))
	}
	if k.Emphasis != nil {
		v.f(`<div class="emphasis"><b>%s</b><span>%s</span></div>`, esc(k.Emphasis.Title), esc(k.Emphasis.Desc))
	}
	if k.Quote != nil {
		v.f(`<blockquote><b>%s</b><br>%s</blockquote>`, esc(k.Quote.Title), lines(k.Quote.Text))
	}
	v.line("p", k.Sub)
	if len(k.Rows) > 0 {
		v.f(`<dl>`)
		for _, r := range k.Rows {
			v.f(`<dt>%s</dt><dd%s>%s</dd>`, esc(r.Key), map[bool]string{true: ` class="link"`}[r.Type > 0], esc(r.Value))
		}
		v.f(`</dl>`)
	}
	for _, c := range k.Columns {
		v.line("h3", c.Title)
		v.line("p", c.Desc)
	}
	v.questions(k)
	v.keys(k, shown.Button)
	for _, j := range k.Jumps {
		v.f(`<a class="jump" href="%s">%s</a>`, esc(link(j.URL)), esc(j.Title))
	}
	if k.Menu != nil {
		v.f(`<details><summary>⋯ %s</summary>`, esc(k.Menu.Desc))
		for _, a := range k.Menu.List {
			v.f(`<button name="press" value="%s">%s</button>`, esc(a.Key), esc(a.Text))
		}
		v.f(`</details>`)
	}
	v.f(`</form>`)
}

func (v *view) line(tag, s string) {
	if s != "" {
		v.f(`<%s>%s</%s>`, tag, lines(s), tag)
	}
}

func lines(s string) string { return strings.ReplaceAll(esc(s), "\n", "<br>") }

// link is an address a page may lead to.
func link(s string) string {
	if web(s) {
		return s
	}
	return "#"
}

func (v *view) questions(k *card) {
	for _, s := range k.choices() {
		v.f(`<label class="question"><span>%s</span>`, esc(s.Title))
		if k.Checkbox != nil && s.Key == k.Checkbox.Key {
			kind := map[int]string{0: "radio", 1: "checkbox"}[s.Mode]
			for _, o := range s.Options {
				v.f(`<label><input type="%s" name="q:%s" value="%s"%s> %s</label>`, kind, esc(s.Key), esc(o.ID), map[bool]string{true: " checked"}[o.Checked], esc(o.Text))
			}
		} else {
			v.f(`<select name="q:%s">`, esc(s.Key))
			for _, o := range s.Options {
				v.f(`<option value="%s"%s>%s</option>`, esc(o.ID), map[bool]string{true: " selected"}[o.ID == s.Selected], esc(o.Text))
			}
			v.f(`</select>`)
		}
		v.f(`</label>`)
	}
}

func (v *view) keys(k *card, replaced string) {
	if replaced == "" {
		replaced = k.ReplaceText
	}
	keys := append([]cardKey{}, k.Buttons...)
	if k.Submit != nil {
		keys = append(keys, *k.Submit)
	}
	if len(keys) == 0 {
		return
	}
	v.f(`<div class="keys">`)
	if replaced != "" {
		v.f(`<span class="done">%s</span>`, esc(replaced))
	} else {
		for _, b := range keys {
			if b.Type == 1 {
				v.f(`<a class="s%d" href="%s">%s</a>`, b.Style, esc(link(b.URL)), esc(b.Text))
				continue
			}
			v.f(`<button name="press" value="%s" class="s%d">%s</button>`, esc(b.Key), b.Style, esc(b.Text))
		}
	}
	v.f(`</div>`)
}

var (
	mdFont  = regexp.MustCompile(`&lt;font color=&#34;(info|comment|warning)&#34;&gt;(.*?)&lt;/font&gt;`)
	mdThink = regexp.MustCompile(`(?s)&lt;think&gt;(.*?)(&lt;/think&gt;|$)`)
	mdBold  = regexp.MustCompile(`\*\*(.+?)\*\*`)
	mdLink  = regexp.MustCompile(`\[([^\]]*)\]\((https?://[^)\s]+)\)`)
	mdHead  = regexp.MustCompile(`(?m)^#{1,6} (.*)$`)
	mdQuote = regexp.MustCompile(`(?m)^&gt; ?(.*)$`)
	mdItem  = regexp.MustCompile(`(?m)^[-*] (.*)$`)
	mdCode  = regexp.MustCompile("`([^`]+)`")
	mdAt    = regexp.MustCompile(`&lt;@([^&\s]+)&gt;`)
)

// words draws a text, and of markdown the part that bots use. Names stand for <@userid> where they are drawn
// so at all.
func (v *view) words(m *Message) string {
	s := esc(m.Text)
	if m.Channel == Robot && m.Type != "markdown_v2" || m.Channel == AppChat {
		s = mdAt.ReplaceAllStringFunc(s, func(at string) string {
			return `<span class="at">@` + esc(v.p.nameOf(mdAt.FindStringSubmatch(at)[1])) + `</span>`
		})
	}
	if m.Type == "text" {
		return strings.ReplaceAll(s, "\n", "<br>")
	}
	s = mdFont.ReplaceAllString(s, `<span class="$1">$2</span>`)
	s = mdThink.ReplaceAllString(s, `<i class="think">$1</i>`)
	s = mdCode.ReplaceAllString(s, `<code>$1</code>`)
	s = mdBold.ReplaceAllString(s, `<b>$1</b>`)
	s = mdLink.ReplaceAllString(s, `<a href="$2">$1</a>`)
	s = mdHead.ReplaceAllString(s, `<b class="head">$1</b>`)
	s = mdQuote.ReplaceAllString(s, `<q>$1</q>`)
	s = mdItem.ReplaceAllString(s, `• $1`)
	return strings.ReplaceAll(s, "\n", "<br>")
}
