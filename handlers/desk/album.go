package desk

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// Pass lets one person fetch an album, or one picture as it came, for a day.
type Pass struct {
	Album  string `json:"a"`
	Person string `json:"p"`
	Photo  int    `json:"n,omitempty"` // zero: what may be shown of all of it
	Until  int64  `json:"u"`           // seconds since 1970
}

// passFor is how long a link holds.
const passFor = 24 * time.Hour

// AlbumPath is where passes are taken, under the public address.
const AlbumPath = "/album/"

// AlbumLink is the address a pass is taken at; empty where there is no public address or no secret to sign it with.
func (w *Work) AlbumLink(p Pass) string {
	if w.Safe == nil || w.PublicURL == "" {
		return ""
	}
	p.Until = w.Now.Add(passFor).Unix()
	raw, _ := json.Marshal(p) // never fails
	text := base64.RawURLEncoding.EncodeToString(raw)
	return strings.TrimRight(w.PublicURL, "/") + AlbumPath + text + "." + w.Safe.Mark("album/"+text)
}

// OpenPass is the pass of a link, if it is one of ours and still holds.
func (d *Desk) OpenPass(text string, now time.Time) (p Pass, ok bool) {
	text, mark, _ := strings.Cut(text, ".")
	if d.Safe == nil || !hmac.Equal([]byte(mark), []byte(d.Safe.Mark("album/"+text))) {
		return p, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(raw, &p) != nil {
		return p, false
	}
	return p, now.Unix() < p.Until
}
