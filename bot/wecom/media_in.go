package wecom

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"fenghuo/bot"
)

// part is a file of a message: of the app by its media_id, of the AI bot by where it can be fetched.
type part struct {
	media string
	url   string
	key   string // of the AI bot's long connection; empty: the callback's
	kind  string // image, audio, video, file
	name  string
}

// errand is whose files are fetched.
type errand struct {
	message string // key
	by      string // the organisation's id of who sent them
	since   time.Time
}

const (
	maxParts  = 20       // of one message, with what it quotes
	atOnce    = 3        // fetched at the same time
	maxMedia  = 32 << 20 // bytes on the wire; what is kept is the store's business
	mediaLife = 5 * time.Minute
	fetchTime = 20 * time.Second // for one attempt; together less than a delivery may take
)

// fetchAll stores the files of a message.
func (a *Adapter) fetchAll(ctx context.Context, f errand, parts []part) ([]bot.File, error) {
	if len(parts) > maxParts {
		a.log.Warn("too many files in one message", "event", f.message)
		parts = parts[:maxParts]
	}
	if len(parts) == 0 {
		return nil, nil
	}
	got, err, _ := a.flight.Do(f.message, func() (any, error) {
		files := make([]bot.File, len(parts))
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(atOnce)
		for n, p := range parts {
			group.Go(func() (err error) {
				files[n], err = a.fetch(ctx, f, p)
				return err
			})
		}
		return files, group.Wait()
	})
	if err != nil {
		return nil, err
	}
	return got.([]bot.File), nil
}

// Why a file could not be taken, as bot.File says it.
const (
	whyBig     = "too_big"
	whyExpired = "expired"
)

// fetch stores one. What cannot be had is a file with the reason; an error is worth another delivery.
func (a *Adapter) fetch(ctx context.Context, f errand, p part) (bot.File, error) {
	if p.url == "" {
		return a.fetchMedia(ctx, f, p)
	}
	for pause := againFirst; ; pause *= 4 {
		got, err := a.fetchURL(ctx, f, p)
		if err == nil {
			return got, nil
		}
		if errors.Is(err, errKeep) || (ctx.Err() != nil && !hopeless(err)) {
			return bot.File{}, err
		}
		if hopeless(err) || pause > againLast || a.now().Sub(f.since) > mediaLife {
			a.log.Warn("file not fetched", "event", f.message, "host", hostOf(p.url), "err", err)
			return bot.File{Name: p.named(""), Kind: p.kind, Error: reason(err)}, nil
		}
		wait(ctx, pause)
	}
}

// hopeless is what no repetition mends.
func hopeless(err error) bool {
	for _, e := range []error{errTooBig, errGone, errHost, errCipher, errKey} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func reason(err error) string {
	if errors.Is(err, errTooBig) {
		return whyBig
	}
	return whyExpired
}

var (
	errGone = errors.New("file not there")
	errKeep = errors.New("file not kept") // by us
)

// fetchURL gets a file of the AI bot, which is encrypted: https://developer.work.weixin.qq.com/document/path/100719
func (a *Adapter) fetchURL(ctx context.Context, f errand, p part) (bot.File, error) {
	key, err := a.keyOf(p)
	if err != nil {
		return bot.File{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.url, nil)
	if err != nil {
		return bot.File{}, errHost
	}
	resp, err := a.fetching.do(req)
	if err != nil {
		return bot.File{}, fmt.Errorf("wecom get a file: %w", err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests:
		return bot.File{}, fmt.Errorf("wecom get a file: status %d", resp.StatusCode)
	case resp.StatusCode != http.StatusOK:
		return bot.File{}, fmt.Errorf("%w: status %d", errGone, resp.StatusCode)
	case resp.ContentLength > maxMedia:
		return bot.File{}, errTooBig
	}
	plain, err := newPlainReader(key, resp.Body, maxMedia)
	if err != nil {
		return bot.File{}, err
	}
	p.name = first(p.name, nameIn(resp.Header))
	got, err := a.keep(ctx, f, p, plain)
	if err != nil && plain.err != nil && !errors.Is(plain.err, io.EOF) {
		return bot.File{}, fmt.Errorf("wecom get a file: %w", plain.err)
	}
	return got, err
}

func (a *Adapter) keyOf(p part) ([]byte, error) {
	switch {
	case p.key != "":
		return mediaKey(p.key)
	case a.botSeal != nil:
		return a.botSeal.key, nil
	}
	return nil, errKey
}

// keep stores what a reader gives. What it is, is told by the content: a picture comes without a name.
func (a *Adapter) keep(ctx context.Context, f errand, p part, r io.Reader) (bot.File, error) {
	got, err := a.cfg.Files.PutFile(ctx, p.named(""), f.by, r)
	if err != nil {
		return bot.File{}, fmt.Errorf("%w: %w", errKeep, err)
	}
	if got.Kind == "" {
		got.Kind = p.kind
	}
	return got, nil
}

// nameIn is the name a header gives.
func nameIn(h http.Header) string {
	_, params, err := mime.ParseMediaType(h.Get("Content-Disposition"))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// endings are those of pictures, which come without a name.
var endings = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/bmp": ".bmp"}

// named is a name to show.
func (p part) named(mediaType string) string {
	name := path.Base(strings.ReplaceAll(p.name, `\`, "/"))
	if p.name != "" && name != "." && name != "/" {
		return name
	}
	switch p.kind {
	case "image":
		kind, _, _ := mime.ParseMediaType(mediaType)
		return "图片" + endings[kind]
	case "audio":
		return "语音.amr"
	case "video":
		return "视频.mp4"
	}
	return "文件"
}
