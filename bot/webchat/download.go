package webchat

import (
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"fenghuo/bot"
)

// file serves what somebody sent, to people who see a message it stands in. Only pictures are shown;
// everything else is for saving.
func (p *page) file(w http.ResponseWriter, r *http.Request) {
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	sha := r.PathValue("sha")
	name, ok := p.shown(me.ID, sha)
	if !ok {
		sorry(w, http.StatusNotFound, "这个文件看不到了。")
		return
	}
	content, _, err := p.chat.cfg.Files.OpenFile(r.Context(), sha)
	if err != nil {
		sorry(w, http.StatusNotFound, "这个文件看不到了。")
		return
	}
	defer func() { _ = content.Close() }()
	kind, err := pictureType(content)
	if err != nil {
		sorry(w, http.StatusInternalServerError, "这个文件暂时打不开。")
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("Cache-Control", "private, max-age=86400")
	h.Set("Content-Type", kind)
	if kind == unknownType {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	}
	http.ServeContent(w, r, "", time.Time{}, content)
}

const unknownType = "application/octet-stream"

// pictureType looks at the content itself: what a sender says it is does not count.
func pictureType(f io.ReadSeeker) (string, error) {
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return unknownType, rewind(f)
	}
	kind := http.DetectContentType(head[:n])
	if !slices.Contains([]string{"image/png", "image/jpeg", "image/gif", "image/webp"}, kind) {
		kind = unknownType
	}
	return kind, rewind(f)
}

func rewind(f io.Seeker) error {
	_, err := f.Seek(0, io.SeekStart)
	return err
}

// shown is the name of a file in a message the person sees.
func (p *page) shown(person, sha string) (name string, ok bool) {
	p.chat.pick(func(l *Line) bool {
		if ok || !p.chat.sees(person, l.Place) {
			return false
		}
		files := l.Files
		if l.Card != nil {
			files = slices.Concat(files, l.Card.Images)
		}
		if n := slices.IndexFunc(files, func(f bot.File) bool { return sha != "" && f.SHA256 == sha }); n >= 0 {
			name, ok = files[n].Name, true
		}
		return false
	})
	return name, ok
}
