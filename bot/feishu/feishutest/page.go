package feishutest

import (
	_ "embed"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

//go:embed page.css
var pageCSS string

// view is a page being drawn, as one person sees it.
type view struct {
	strings.Builder
	p    *Platform
	as   string // open_id
	chat string
}

func (v *view) f(format string, args ...any) { fmt.Fprintf(v, format, args...) }

func esc(s string) string { return html.EscapeString(s) }

// servePage draws a chat as somebody in it sees it: for human eyes, and for pictures of cards.
func (p *Platform) servePage(w http.ResponseWriter, r *http.Request) {
	v := &view{p: p, as: r.FormValue("as"), chat: r.FormValue("chat")}
	one := r.FormValue("message")
	if m, ok := p.Message(one); ok {
		v.chat = m.ChatID
	}
	p.mu.Lock()
	v.defaults()
	refresh := ""
	if r.FormValue("live") != "" {
		refresh = `<meta http-equiv="refresh" content="3">`
	}
	v.f(`<!doctype html><html lang="zh"><meta charset="utf-8"><title>飞书模拟</title><meta name="viewport" content="width=device-width">%s<style>%s</style>`, refresh, pageCSS)
	if one == "" {
		v.nav()
	}
	v.f(`<main>`)
	if said := r.FormValue("said"); said != "" {
		v.f(`<p class="toast">%s</p>`, esc(said))
	}
	for _, id := range p.order {
		if m := p.messages[id]; one == id || one == "" && m.ChatID == v.chat {
			v.message(m)
		}
	}
	if one == "" {
		v.f(`<form method="post" class="say">%s<input name="text" placeholder="%s 说：@%s …" autofocus><label><input type="checkbox" name="topic"> 回复成话题</label><input name="thread" placeholder="回复哪条 om_…" size="10"><button>发送</button></form>`, v.hidden(), esc(p.nameOf(v.as)), esc(p.opt.BotName))
	}
	v.f(`</main></html>`)
	p.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, v.String())
}

func (v *view) defaults() {
	if v.as == "" && len(v.p.opt.Org.People) > 0 {
		v.as = v.p.opt.Org.People[0].OpenID
	}
	if v.p.chats[v.chat] == nil {
		v.chat = privateID(v.as)
		if len(v.p.opt.Org.Groups) > 0 {
			v.chat = v.p.opt.Org.Groups[0].ChatID
		}
	}
	if c := v.p.chats[v.chat]; c != nil && c.private != "" {
		v.as = c.private
	}
}

func (v *view) hidden() string {
	return fmt.Sprintf(`<input type="hidden" name="as" value="%s"><input type="hidden" name="chat" value="%s">`, esc(v.as), esc(v.chat))
}

func (v *view) nav() {
	v.f(`<nav><h1>飞书模拟</h1>`)
	for _, id := range slices.Sorted(maps.Keys(v.p.chats)) {
		c := v.p.chats[id]
		name := c.Name
		if c.private != "" {
			name = "@" + v.p.nameOf(c.private)
		}
		class := ""
		if id == v.chat {
			class = ` class="on"`
		}
		v.f(`<a%s href="/?%s">%s</a>`, class, url.Values{"chat": {id}, "as": {v.as}}.Encode(), esc(name))
	}
	v.f(`<form><input type="hidden" name="chat" value="%s">我是 <select name="as">`, esc(v.chat))
	for _, person := range v.p.opt.Org.People {
		selected := ""
		if person.OpenID == v.as {
			selected = " selected"
		}
		v.f(`<option value="%s"%s>%s</option>`, esc(person.OpenID), selected, esc(person.Name))
	}
	v.f(`</select><button>换人</button></form></nav>`)
}

func (v *view) message(m *Message) {
	side := "theirs"
	if m.From == v.as {
		side = "mine"
	}
	v.f(`<article class="%s" id="%s"><header><b>%s</b> <time>%s</time> <small>%s %s</small></header>`, side, m.ID, esc(v.p.nameOf(m.From)), m.Sent.In(v.p.opt.Zone).Format("01-02 15:04"), m.ID, m.ThreadID)
	switch {
	case m.Recalled:
		v.f(`<p class="gone">消息已撤回</p>`)
	case m.Type == "interactive":
		v.card(m)
	default:
		v.f(`<p class="bubble">%s</p>`, strings.ReplaceAll(esc(v.p.plain(m)), "\n", "<br>"))
	}
	for _, u := range m.Urgent {
		v.f(`<p class="urgent">加急（%s）`, u.Kind)
		for _, id := range u.To {
			v.f(` %s`, esc(v.p.nameOf(id)))
		}
		v.f(`</p>`)
	}
	if n := len(m.Reads); n > 0 {
		v.f(`<small>%d 人已读</small>`, n)
	}
	v.f(`</article>`)
}

// serveAct carries out what was done on the page, and shows the page again.
func (p *Platform) serveAct(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxText)
	_ = r.ParseForm() // what cannot be read was not filled in
	as, chat := r.PostFormValue("as"), r.PostFormValue("chat")
	said := ""
	if label := r.PostFormValue("press"); label != "" {
		a, err := p.Press(r.Context(), Press{By: as, Message: r.PostFormValue("message"), Label: label, Form: formOf(r.PostForm)})
		switch {
		case err != nil:
			said = err.Error()
		case a.Failed != 0:
			said = fmt.Sprintf("出错了，请稍后重试 code: %d", a.Failed)
		default:
			said = a.Toast
		}
	} else if text := r.PostFormValue("text"); text != "" {
		if _, err := p.Says(r.Context(), as, chat, text, How{Reply: r.PostFormValue("thread"), Thread: r.PostFormValue("topic") != ""}); err != nil {
			said = err.Error()
		}
	}
	http.Redirect(w, r, "/?"+url.Values{"as": {as}, "chat": {chat}, "said": {said}}.Encode(), http.StatusSeeOther)
}

// formOf are the fields of a card's form.
func formOf(posted url.Values) map[string]any {
	out := map[string]any{}
	for key, all := range posted {
		kind, name, ok := strings.Cut(key, ":")
		switch {
		case !ok:
		case kind == "multi":
			out[name] = all
		case kind == "check":
			out[name] = true
		case kind == "moment":
			out[name] = strings.ReplaceAll(all[0], "T", " ")
		default:
			out[name] = all[0]
		}
	}
	return out
}
