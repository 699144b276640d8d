package webchat

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"html/template"
	"net/http"
)

// PageOptions are what stands around the conversations.
type PageOptions struct {
	Title    string   // of the browser's window
	Clock    Clock    // nil: no clock bar
	Registry Registry // nil: no registry beside the conversation
}

// page serves the chat in a browser. The world is the only state; who one is and where one looks stand
// in the address, and what a person sees is made for that person.
type page struct {
	chat    *Chat
	opts    PageOptions
	tmpl    *template.Template
	version string // of the assets
	boot    string // of the program: sequence numbers of another run mean nothing
	turned  bell   // rings when somebody turned the clock
}

// Handler serves the page at /chat and everything beneath it.
func (c *Chat) Handler(o PageOptions) http.Handler {
	o.Title = cmp.Or(o.Title, "烽火")
	p := &page{chat: c, opts: o, version: fingerprint(), boot: rand.Text()[:8]}
	p.tmpl = template.Must(template.ParseFS(assets, "page/index.html"))

	mux := http.NewServeMux()
	mux.HandleFunc("GET /chat", p.show)
	mux.HandleFunc("GET /chat/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/chat", http.StatusFound)
	})
	mux.HandleFunc("GET /chat/assets/{version}/{name}", p.asset)
	mux.HandleFunc("GET /chat/state", p.state)
	mux.HandleFunc("GET /chat/events", p.events)
	mux.HandleFunc("GET /chat/aside", p.aside)
	mux.HandleFunc("GET /chat/file/{sha}", p.file)
	mux.HandleFunc("POST /chat/say", through(p.say))
	mux.HandleFunc("POST /chat/press", through(p.press))
	mux.HandleFunc("POST /chat/react", through(p.react))
	mux.HandleFunc("POST /chat/read", through(p.read))
	mux.HandleFunc("POST /chat/clock", through(p.turn))
	return secured(sameOrigin(mux))
}

// secured lets the browser load nothing from elsewhere and run nothing that somebody typed.
func secured(next http.Handler) http.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses what another site makes a browser post.
func sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		sorry(w, http.StatusForbidden, "这个请求来自别的网站，没有受理。")
	}))
	return guard.Handler(next)
}

// through sees an act through to its end, even when the browser is closed meanwhile.
func through(act http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		act(w, r.WithContext(context.WithoutCancel(r.Context())))
	}
}

// show renders the frame; the script fills it.
func (p *page) show(w http.ResponseWriter, _ *http.Request) {
	org := p.chat.cfg.Org
	var b bytes.Buffer
	err := p.tmpl.Execute(&b, map[string]any{
		"Title": p.opts.Title, "Version": p.version, "Org": org.Name, "People": org.People,
		"Modules": modules(), "Clock": p.opts.Clock != nil, "Registry": p.opts.Registry != nil,
	})
	if err != nil {
		http.Error(w, "这一页暂时打不开，请稍后刷新。", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(b.Bytes())
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(v)
}

// sorry answers with a sentence the page shows as it is.
func sorry(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": sentence})
}
