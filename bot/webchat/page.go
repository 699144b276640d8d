package webchat

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"net/http"
	"time"

	"fenghuo/bot"
	"fenghuo/internal/incident"
)

// PageOptions are what stands around the conversations.
type PageOptions struct {
	Clock    Clock    // nil: no clock bar
	Registry Registry // nil: no registry beside the conversation
	Title    string   // of the browser's window
}

// Clock is the virtual clock people may turn.
type Clock interface {
	Now() time.Time
	Speed() float64
	SetSpeed(float64)
	Advance(ctx context.Context, d time.Duration) error
	// NextDue is when something next falls due, and what, in words.
	NextDue(ctx context.Context) (at time.Time, what string, ok bool, err error)
	JumpTo(ctx context.Context, t time.Time) error
}

// Registry is what a person may see of the registry.
type Registry interface {
	Entry(ctx context.Context, person, number string) (*incident.Incident, error)
	Recent(ctx context.Context, person string) ([]incident.Incident, error)
	At(ctx context.Context, place bot.Place) (number string, ok bool, err error)
}

//go:embed page/*.html page/chat.css page/chat.js page/icon.svg
var assets embed.FS

// page serves the chat in a browser. The world is the only state: every view is made anew from it, and
// who one is and where one looks stand in the address.
type page struct {
	chat    *Chat
	opts    PageOptions
	tmpl    *template.Template
	version string // of the assets
	ticks   *ticker
}

// Handler serves the page at /chat and everything beneath it.
func (c *Chat) Handler(opts PageOptions) http.Handler {
	opts.Title = cmp.Or(opts.Title, "烽火")
	p := &page{chat: c, opts: opts, ticks: newTicker()}
	p.tmpl = template.Must(template.New("").Funcs(p.funcs()).ParseFS(assets, "page/*.html"))
	p.version = fingerprint()

	mux := http.NewServeMux()
	mux.HandleFunc("GET /chat", p.show)
	mux.HandleFunc("GET /chat/{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/chat", http.StatusFound) })
	mux.HandleFunc("GET /chat/events", p.events)
	mux.HandleFunc("GET /chat/file/{sha}", p.file)
	mux.HandleFunc("GET /chat/assets/{name}", p.asset)
	mux.HandleFunc("POST /chat/say", p.say)
	mux.HandleFunc("POST /chat/press", p.press)
	mux.HandleFunc("POST /chat/react", p.react)
	mux.HandleFunc("POST /chat/read", p.read)
	mux.HandleFunc("POST /chat/clock", p.turn)
	return secured(http.NewCrossOriginProtection().Handler(mux))
}

// secured lets the browser load nothing from elsewhere and run nothing that somebody typed.
func secured(next http.Handler) http.Handler {
	const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// show renders the whole page.
func (p *page) show(w http.ResponseWriter, r *http.Request) {
	v, err := p.view(r.Context(), r.URL.Query())
	if err != nil {
		p.sorry(w, r, http.StatusInternalServerError, "这一页暂时打不开，请稍后刷新。")
		return
	}
	p.render(w, http.StatusOK, "page", v)
}

func (p *page) render(w http.ResponseWriter, status int, name string, v any) {
	var b bytes.Buffer
	if err := p.tmpl.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, "这一页暂时打不开，请稍后刷新。", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

func (p *page) asset(w http.ResponseWriter, r *http.Request) {
	types := map[string]string{"chat.css": "text/css; charset=utf-8", "chat.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}
	name := r.PathValue("name")
	b, err := assets.ReadFile("page/" + name)
	if types[name] == "" || err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", types[name])
	if r.URL.Query().Get("v") == p.version {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, _ = w.Write(b)
}

// fingerprint changes with any asset, so that no browser keeps an old one.
func fingerprint() string {
	h := sha256.New()
	for _, name := range []string{"page/chat.css", "page/chat.js", "page/icon.svg"} {
		if b, err := assets.ReadFile(name); err == nil {
			h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
