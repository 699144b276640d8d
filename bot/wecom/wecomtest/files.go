package wecomtest

import (
	"mime"
	"net/http"
	"time"
)

// Media ids live three days (D/90253), addresses in the AI bot's messages five minutes (D/100719).
const (
	mediaFor  = 3 * 24 * time.Hour
	urlFor    = 5 * time.Minute
	mediaPath = "/sim-media/"
)

type file struct {
	name, kind, mime string
	data             []byte
	ends             time.Time
	robot            string // the key of the robot it is for; empty: all apps
	bot              bool   // uploaded by the AI bot
	public           bool   // served under its address, as it is
}

// keep stores a file under a new id. The caller holds the lock.
func (p *Platform) keep(prefix string, f file) string {
	if f.mime == "" {
		f.mime = http.DetectContentType(f.data)
	}
	id := p.next(prefix)
	p.files[id] = &f
	return id
}

// attach puts an uploaded file into a message. The caller holds the lock.
func (p *Platform) attach(m *Message, in media, kind string, now time.Time) error {
	if in.ID == "" {
		return no(41006, "")
	}
	f := p.files[in.ID]
	if f == nil || f.kind != kind || now.After(f.ends) || f.bot != (m.Channel == AIBot) {
		return no(40007, "")
	}
	if f.robot != "" && (p.robots[f.robot] == nil || p.robots[f.robot].chat != m.Chat) {
		return no(40007, "of another robot")
	}
	m.Files = append(m.Files, File{Name: f.name, Kind: kind, Data: f.data})
	return nil
}

// serveMedia answers the addresses in what people sent.
func (p *Platform) serveMedia(w http.ResponseWriter, r *http.Request) {
	if p.isBroken(Down, "") {
		http.Error(w, "bad gateway", http.StatusBadGateway)
		return
	}
	p.mu.Lock()
	f := p.files[r.PathValue("id")]
	now := p.now()
	p.mu.Unlock()
	if f == nil || !f.public || now.After(f.ends) {
		http.Error(w, "AccessDenied: the address has expired", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
	_, _ = w.Write(f.data) // the bot has gone away
}

// address stores what an address gives, and is that address. The caller holds the lock.
func (p *Platform) address(f file, life time.Duration) string {
	f.public, f.ends = true, p.now().Add(life)
	return p.opt.BaseURL + mediaPath + p.keep("u", f)
}
