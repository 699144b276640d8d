package web

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"fenghuo/handlers/desk"
	"fenghuo/internal/album"
	"fenghuo/store"
)

// Albums hands out what a pass is for: the zip of an album, or a picture as it came. Whoever has no pass, an old one or
// one that was tampered with, or lost the right meanwhile, learns nothing: 404. Every taking is in the ledger.
type Albums struct {
	Store *store.Store
	Desk  *desk.Desk
	Log   *slog.Logger
}

// ServeHTTP answers GET /album/{pass}.
func (a *Albums) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	pass, ok := a.Desk.OpenPass(strings.TrimPrefix(r.URL.Path, desk.AlbumPath), a.Store.Now())
	if !ok {
		http.NotFound(w, r)
		return
	}
	var photos []album.Photo
	err := a.Store.InTx(r.Context(), func(tx *store.Tx) error {
		inc, err := tx.Incident(pass.Album)
		if errors.Is(err, store.ErrNotFound) {
			inc, err = nil, nil
		}
		if err != nil {
			return err
		}
		if !a.Desk.May("相册", inc, pass.Person) || inc != nil && !a.Desk.MaySee(inc, pass.Person) {
			return store.ErrNotFound
		}
		if photos, err = tx.Photos(pass.Album); err != nil {
			return err
		}
		kind := "album_taken"
		if pass.Photo != 0 {
			kind = "original_taken"
		}
		return a.Desk.On(tx, "link").Note(pass.Person, kind, "album/"+pass.Album, map[string]int{"picture": pass.Photo})
	})
	if errors.Is(err, store.ErrNotFound) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		a.Log.Error("album not handed out", "album", pass.Album, "err", err)
		http.Error(w, "稍后再试", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Referrer-Policy", "no-referrer")
	if pass.Photo != 0 {
		a.original(w, r, photos, pass.Photo)
		return
	}
	attachment(w, pass.Album+".zip", "application/zip")
	if _, err := album.Write(w, photos, a.Desk.Voice.Zone, a.Desk.Called, a.open(r)); err != nil {
		a.Log.Error("album broke off", "album", pass.Album, "err", err)
		panic(http.ErrAbortHandler) // half a zip must not look like a whole one
	}
}

func (a *Albums) original(w http.ResponseWriter, r *http.Request, photos []album.Photo, n int) {
	for _, p := range photos {
		if p.N != n {
			continue
		}
		content, f, err := a.Store.OpenFile(r.Context(), p.SHA256)
		if err != nil {
			break
		}
		defer content.Close()
		attachment(w, fmt.Sprintf("%d-%s", n, f.Name), f.Type)
		_, _ = io.Copy(w, content) // a client that went away
		return
	}
	http.NotFound(w, r)
}

func attachment(w http.ResponseWriter, name, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
}

func (a *Albums) open(r *http.Request) func(sha string) (io.ReadCloser, string, error) {
	return func(sha string) (io.ReadCloser, string, error) {
		content, f, err := a.Store.OpenFile(r.Context(), sha)
		return content, f.Name, err
	}
}
