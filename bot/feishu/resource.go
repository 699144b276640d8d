package feishu

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"

	"fenghuo/bot"
)

const (
	maxParts = 9 // of one message, as people can pick
	atOnce   = 3 // fetched at the same time
)

// fetchAll stores the pictures and files of a message.
func (a *Adapter) fetchAll(ctx context.Context, message, sender string, parts []part) ([]bot.File, error) {
	if len(parts) > maxParts {
		a.log.Warn("too many pictures in one message", "message", message)
		parts = parts[:maxParts]
	}
	if len(parts) == 0 {
		return nil, nil
	}
	// The platform delivers again while the first delivery is still fetching.
	got, err, _ := a.flight.Do("fetch "+message, func() (any, error) {
		files := make([]bot.File, len(parts))
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(atOnce)
		for n, p := range parts {
			group.Go(func() (err error) {
				files[n], err = a.fetch(ctx, message, sender, p)
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

// whyNot is what the platform's refusals of a resource mean to a person:
// https://open.feishu.cn/document/uAjLw4CM/ukTMukTMukTM/reference/im-v1/message-resource/get
var whyNot = map[int]string{234006: "too_big", 234037: "too_big", 234010: "wrong_type", 234011: "wrong_type", 234039: "too_big", 234043: "wrong_type"}

// fetch stores one. What the platform refuses for good is a file with the reason; an error is worth
// another delivery.
func (a *Adapter) fetch(ctx context.Context, message, sender string, p part) (bot.File, error) {
	query := url.Values{"type": {"file"}}
	if p.kind == "image" {
		query.Set("type", "image")
	}
	c := call{op: "get resource", method: "GET", query: query,
		path: "/open-apis/im/v1/messages/" + url.PathEscape(message) + "/resources/" + url.PathEscape(p.key)}
	resp, err := a.download(ctx, c)
	if errors.Is(err, bot.ErrPermanent) {
		a.log.Warn("file not fetched", "message", message, "err", err)
		why := whyNot[code(err)]
		if why == "" {
			why = "expired"
		}
		return bot.File{Name: p.named(""), Kind: p.kind, Error: why}, nil
	}
	if err != nil {
		return bot.File{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	name := p.named(resp.Header.Get("Content-Type"))
	f, err := a.cfg.Files.PutFile(ctx, name, a.person(sender), resp.Body)
	if err != nil {
		return bot.File{}, fmt.Errorf("feishu get resource: keep %s: %w", p.kind, err)
	}
	if f.Kind == "" {
		f.Kind = p.kind
	}
	return f, nil
}

// download is a call whose good answer is a file.
func (a *Adapter) download(ctx context.Context, c call) (*http.Response, error) {
	for again := false; ; again = true {
		token, err := a.token.get(ctx)
		if err != nil {
			return nil, err
		}
		resp, err := a.request(ctx, c, token)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusOK && !isJSON(resp.Header) {
			return resp, nil
		}
		body, readErr := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
		_ = resp.Body.Close()
		if readErr != nil {
			return nil, fmt.Errorf("feishu %s: read the answer: %w", c.op, readErr)
		}
		if err = a.judge(c, resp, body, token); err == nil {
			return nil, fmt.Errorf("feishu %s: no file in the answer", c.op)
		}
		if again || !stale(err) {
			return nil, err
		}
		a.token.drop(ctx, token)
	}
}

// isJSON tells an error from a file. A file somebody sent may be JSON, too, but comes as an attachment.
func isJSON(h http.Header) bool {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && kind == "application/json" && h.Get("Content-Disposition") == ""
}

// endings are those of pictures, which come without a name.
var endings = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic", "image/bmp": ".bmp"}

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
		return "语音.opus"
	case "video":
		return "视频.mp4"
	}
	return "文件"
}
