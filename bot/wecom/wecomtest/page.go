package wecomtest

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
	as   string // userid
	chat string
}

func (v *view) f(format string, args ...any) { fmt.Fprintf(v, format, args...) }

func esc(s string) string { return html.EscapeString(s) }

// servePage draws a chat as somebody in it sees it: for human eyes, and for pictures of cards. A client of
// the socket that asks for / gets the socket.
func (p *Platform) servePage(w http.ResponseWriter, r *http.Request) {
	if strings.EqualFold(r.Header.Get("Upgrade"), "websocket") {
		p.serveConn(w, r)
		return
	}
	v := &view{p: p, as: r.FormValue("as"), chat: r.FormValue("chat")}
	one := r.FormValue("message")
	p.mu.Lock()
	if m := p.messages[one]; m != nil {
		v.chat = m.Chat
	}
	v.defaults()
	refresh := ""
	if r.FormValue("live") != "" {
		refresh = `<meta http-equiv="refresh" content="3">`
	}
	v.f(`<!doctype html><html lang="zh"><meta charset="utf-8"><title>企业微信模拟</title><meta name="viewport" content="width=device-width">%s<style>%s</style>`, refresh, pageCSS)
	if one == "" {
		v.nav()
	}
	v.f(`<main>`)
	if said := r.FormValue("said"); said != "" {
		v.f(`<p class="toast">%s</p>`, esc(said))
	}
	for _, id := range p.order {
		if m := p.messages[id]; one == id || one == "" && m.Chat == v.chat {
			v.message(m)
		}
	}
	if one == "" {
		v.f(`<form method="post" class="say">%s<input name="text" placeholder="%s 说：@%s …" autofocus><button>发送</button></form>`, v.hidden(), esc(p.nameOf(v.as)), esc(p.opt.BotName))
	}
	v.f(`</main></html>`)
	p.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, v.String())
}

func (v *view) defaults() {
	if v.p.member(v.as) == nil && len(v.p.opt.Org.People) > 0 {
		v.as = v.p.opt.Org.People[0].UserID
	}
	if v.p.chats[v.chat] == nil {
		v.chat = privateID(AIBot, v.as)
		if len(v.p.opt.Org.Groups) > 0 {
			v.chat = v.p.opt.Org.Groups[0].ChatID
		}
	}
	if c := v.p.chats[v.chat]; c != nil && c.person != nil {
		v.as = c.person.UserID
	}
}

func (v *view) hidden() string {
	return fmt.Sprintf(`<input type="hidden" name="as" value="%s"><input type="hidden" name="chat" value="%s">`, esc(v.as), esc(v.chat))
}

// nav lists the groups, and the two private chats of the person who looks.
func (v *view) nav() {
	v.f(`<nav><h1>企业微信模拟</h1>`)
	for _, id := range slices.Sorted(maps.Keys(v.p.chats)) {
		c := v.p.chats[id]
		name := c.Name
		if c.person != nil {
			if !c.person.is(v.as) {
				continue
			}
			name = map[string]string{App: v.p.opt.AppName, AIBot: v.p.opt.BotName}[c.with]
		}
		class := ""
		if id == v.chat {
			class = ` class="on"`
		}
		v.f(`<a%s href="/?%s">%s</a>`, class, url.Values{"chat": {id}, "as": {v.as}}.Encode(), esc(name))
	}
	v.f(`<form>我是 <select name="as">`)
	for _, person := range v.p.opt.Org.People {
		selected := ""
		if person.UserID == v.as {
			selected = " selected"
		}
		v.f(`<option value="%s"%s>%s</option>`, esc(person.UserID), selected, esc(person.Name))
	}
	v.f(`</select><input type="hidden" name="chat" value="%s"><button>换人</button></form></nav>`, esc(v.chat))
}

func (v *view) message(m *Message) {
	side := "theirs"
	if m.Channel == People && strings.EqualFold(m.From, v.as) {
		side = "mine"
	}
	class := side
	if m.Dropped {
		class += " dropped"
	}
	v.f(`<article class="%s" id="%s"><header><b>%s</b> <time>%s</time> <small>%s</small></header>`, class, m.ID, esc(v.p.sender(m)), m.Sent.In(v.p.opt.Zone).Format("01-02 15:04"), m.ID)
	switch {
	case m.Recalled:
		v.f(`<p class="gone">消息已撤回</p>`)
	case m.Card != "":
		v.card(m)
	case m.Text != "":
		v.f(`<div class="bubble">%s</div>`, v.words(m))
	}
	for _, f := range m.Files {
		v.f(`<p class="file">[%s] %s</p>`, esc(f.Kind), esc(f.Name))
	}
	if notes := v.p.notes(m); len(notes) > 0 {
		v.f(`<small>%s</small>`, esc(strings.Join(notes, "  ")))
	}
	v.f(`</article>`)
}

// serveAct carries out what was done on the page, and shows the page again.
func (p *Platform) serveAct(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	_ = r.ParseForm() // what cannot be read was not filled in
	as, chat, said := r.PostFormValue("as"), r.PostFormValue("chat"), ""
	var err error
	if button := r.PostFormValue("press"); button != "" {
		selected := map[string][]string{}
		for key, all := range r.PostForm {
			if name, ok := strings.CutPrefix(key, "q:"); ok {
				selected[name] = slices.DeleteFunc(all, func(s string) bool { return s == "" })
			}
		}
		err = p.Press(r.Context(), as, r.PostFormValue("message"), button, selected)
	} else if text := r.PostFormValue("text"); text != "" {
		_, err = p.Say(r.Context(), as, chat, text)
	}
	if err != nil {
		said = err.Error()
	}
	http.Redirect(w, r, "/?"+url.Values{"as": {as}, "chat": {chat}, "said": {said}}.Encode(), http.StatusSeeOther)
}
