package webchat

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fenghuo/internal/roster"
)

// heartbeat is how often a quiet stream says it is alive.
const heartbeat = 15 * time.Second

// events streams what changes for one person. A browser that was away names the last event it saw and
// gets the rest; after a restart of the program it is told to start anew.
func (p *page) events(w http.ResponseWriter, r *http.Request) {
	me, ok := p.me(w, r)
	if !ok {
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	s := &stream{page: p, me: me, w: w, out: http.NewResponseController(w)}
	_ = s.out.SetWriteDeadline(time.Time{}) // a stream has no end
	if s.seq, ok = p.marked(cmp.Or(r.Header.Get("Last-Event-ID"), r.FormValue("after"))); !ok {
		_ = s.send("reset", p.mark(0), struct{}{})
		return
	}
	s.run(r)
}

type stream struct {
	page *page
	me   roster.Person
	w    http.ResponseWriter
	out  *http.ResponseController
	seq  int64 // seen so far
}

func (s *stream) run(r *http.Request) {
	p := s.page
	said := make(chan struct{}, 1)
	defer p.chat.Subscribe(func(Line) { poke(said) })()
	turned, stop := p.turned.listen()
	defer stop()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	err := s.lines()
	for err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-p.chat.closing.Done():
			return
		case <-said:
			err = s.lines()
		case <-turned:
			err = s.send("clock", p.mark(s.seq), p.clock(r.Context()))
		case <-beat.C:
			err = s.send("clock", p.mark(s.seq), p.clock(r.Context()))
		}
	}
}

func (s *stream) lines() error {
	lines, upTo := s.page.since(s.me, s.seq)
	for n := range lines {
		if err := s.send("line", s.page.mark(lines[n].Seq), s.page.line(s.me, &lines[n])); err != nil {
			return err
		}
	}
	s.seq = upTo
	return s.out.Flush()
}

func (s *stream) send(event, mark string, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode %s: %w", event, err)
	}
	if _, err := fmt.Fprintf(s.w, "id: %s\nevent: %s\ndata: %s\n\n", mark, event, b); err != nil {
		return err
	}
	return s.out.Flush()
}

func (p *page) mark(seq int64) string { return p.boot + "-" + strconv.FormatInt(seq, 10) }

// marked reads what mark wrote; one of another run of the program is not ok.
func (p *page) marked(s string) (seq int64, ok bool) {
	boot, n, _ := strings.Cut(s, "-")
	seq, err := strconv.ParseInt(n, 10, 64)
	return seq, err == nil && boot == p.boot
}
