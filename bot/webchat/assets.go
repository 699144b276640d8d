package webchat

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
)

// The script is modules of one idea each, sent as they stand here; chat.js is where they begin.
//
//go:embed page
var assets embed.FS

// kinds are the assets a browser may ask for. The template is not among them.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// asset serves one. The version stands in the path, so that a module finds the others of its own version.
func (p *page) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	kind := kinds[path.Ext(name)]
	b, err := assets.ReadFile("page/" + name)
	if kind == "" || err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", kind)
	if r.PathValue("version") == p.version {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, _ = w.Write(b)
}

// modules are the parts of the script, which the page names so that the browser asks for all of them at once.
func modules() []string {
	files, _ := fs.Glob(assets, "page/*.js") // the pattern is well formed
	for n := range files {
		files[n] = path.Base(files[n])
	}
	return files
}

// fingerprint changes with any asset, so that no browser keeps an old one.
func fingerprint() string {
	h := sha256.New()
	files, _ := fs.Glob(assets, "page/*")
	for _, name := range files {
		if b, err := assets.ReadFile(name); err == nil {
			h.Write(b)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:12]
}
