// Package feed reads RSS and Atom feeds as a second source of monitoring signals.
package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/mmcdole/gofeed"

	"fenghuo/internal/signal"
	"fenghuo/internal/zh"
	"fenghuo/store"
)

// Source is one feed.
type Source struct {
	Name  string
	URL   string
	Words []string      // an entry is taken when it has one of them; empty: every entry
	Every time.Duration // 10 minutes if zero
	// Inside allows addresses of one's own network; without it only public ones are asked.
	Inside bool
}

const (
	usually  = 10 * time.Minute
	patience = 20 * time.Second
	mostBody = 2 << 20
	mostNew  = 30             // entries taken of one answer
	recent   = 24 * time.Hour // older entries are no news, and a feed read for the first time is full of them
	mostText = 500            // characters of an entry
)

// Reader asks the feeds one after another.
type Reader struct {
	Sources []Source
	Take    func(ctx context.Context, s signal.Signal) (row store.SignalRow, known bool, err error)
	Now     func() time.Time
	Log     *slog.Logger

	mu    sync.Mutex
	state map[string]*seen // by address
}

// seen is what a feed said last, for asking whether anything changed.
type seen struct{ etag, modified string }

// Run asks each feed at its pace until ctx ends. A feed that fails is asked again at its next turn.
func (r *Reader) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for _, s := range r.Sources {
		all.Go(func() { r.follow(ctx, s) })
	}
	all.Wait()
	return nil
}

func (r *Reader) follow(ctx context.Context, s Source) {
	every := s.Every
	if every == 0 {
		every = usually
	}
	wait := time.NewTimer(time.Second + time.Duration(rand.Int64N(int64(30*time.Second)))) // not all at once
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		if err := r.Ask(ctx, s); err != nil && ctx.Err() == nil {
			r.Log.Warn("feed not read", "feed", s.Name, "err", err)
		}
		wait.Reset(every)
	}
}

// Ask reads a feed once and hands on what is new and has one of its words. What was handed on before is known by its id.
func (r *Reader) Ask(ctx context.Context, s Source) error {
	body, err := r.fetch(ctx, s)
	if err != nil || body == nil {
		return err
	}
	feed, err := gofeed.NewParser().ParseString(string(body))
	if err != nil {
		return fmt.Errorf("not a feed: %w", err)
	}
	taken := 0
	for _, item := range feed.Items {
		sig, ok := r.read(s, item)
		if !ok {
			continue
		}
		if taken++; taken > mostNew {
			r.Log.Warn("feed has more entries than are taken at once", "feed", s.Name, "most", mostNew)
			return nil
		}
		if _, _, err := r.Take(ctx, sig); err != nil {
			return err
		}
	}
	return nil
}

// read is an entry as a signal; ok is false for what is old, or has none of the words.
func (r *Reader) read(s Source, item *gofeed.Item) (sig signal.Signal, ok bool) {
	text := strings.TrimSpace(zh.Clean(plain(item.Title)))
	if more := strings.TrimSpace(zh.Clean(plain(item.Description))); more != "" && more != text {
		text += "。" + more
	}
	if runes := []rune(text); len(runes) > mostText {
		text = string(runes[:mostText])
	}
	id := item.GUID
	if id == "" {
		id = item.Link
	}
	if text == "" || id == "" || !says(text, s.Words) {
		return sig, false
	}
	sum := sha256.Sum256([]byte(id))
	sig = signal.Signal{ID: hex.EncodeToString(sum[:12]), Source: s.Name, At: r.Now(), URL: item.Link, Text: text}
	if item.PublishedParsed != nil {
		if r.Now().Sub(*item.PublishedParsed) > recent {
			return sig, false
		}
		sig.Published = *item.PublishedParsed
	}
	return sig, true
}

func says(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return len(words) == 0
}

// plain is text without markup.
func plain(html string) string {
	var b strings.Builder
	depth := 0
	for _, c := range html {
		switch {
		case c == '<':
			depth++
		case c == '>' && depth > 0:
			depth--
			b.WriteByte(' ')
		case depth == 0:
			b.WriteRune(c)
		}
	}
	return strings.Join(strings.Fields(strings.NewReplacer("&nbsp;", " ", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(b.String())), " ")
}

// fetch is the feed's body, nil when nothing changed since the last time.
func (r *Reader) fetch(ctx context.Context, s Source) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "fenghuo")
	last := r.last(s.URL)
	if last.etag != "" {
		req.Header.Set("If-None-Match", last.etag)
	}
	if last.modified != "" {
		req.Header.Set("If-Modified-Since", last.modified)
	}
	resp, err := client(s.Inside).Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusNotModified:
		return nil, nil
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("it answers %s", resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostBody+1))
	if err != nil {
		return nil, err
	}
	if len(body) > mostBody {
		return nil, fmt.Errorf("longer than %d bytes", mostBody)
	}
	r.mu.Lock()
	*last = seen{resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")}
	r.mu.Unlock()
	return body, nil
}

func (r *Reader) last(url string) *seen {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state == nil {
		r.state = map[string]*seen{}
	}
	if r.state[url] == nil {
		r.state[url] = &seen{}
	}
	return r.state[url]
}

var errInside = errors.New("an address of one's own network; write inside: true if that is meant")

// client asks over http or https only, also after a redirect, and not within one's own network unless that is meant. The
// address is judged when it is dialled, so that a name cannot mean another one by then.
func client(inside bool) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if ip := at.Addr().Unmap(); !inside && (!ip.IsGlobalUnicast() || ip.IsPrivate()) {
			return errInside
		}
		return nil
	}}
	return &http.Client{Timeout: patience, Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, DisableKeepAlives: true},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > 3 || req.URL.Scheme != "http" && req.URL.Scheme != "https" {
				return errors.New("redirected too often, or to what is no web address")
			}
			return nil
		}}
}
