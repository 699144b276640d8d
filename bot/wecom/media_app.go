package wecom

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"fenghuo/bot"
)

// goneMedia are the codes of a file that is not there any more, or too big to be given.
var goneMedia = map[int]string{40007: whyExpired, 40058: whyExpired, 41006: whyExpired, 45001: whyBig}

// fetchMedia stores a file somebody sent to the app, kept by the platform for three days:
// https://developer.work.weixin.qq.com/document/path/90254
func (a *Adapter) fetchMedia(ctx context.Context, f errand, p part) (got bot.File, err error) {
	err = a.do(ctx, call{op: "get media", method: http.MethodGet, path: "/cgi-bin/media/get", query: url.Values{"media_id": {p.media}},
		file: func(resp *http.Response) error {
			if resp.ContentLength > maxMedia {
				return errTooBig
			}
			p.name = first(p.name, nameIn(resp.Header))
			got, err = a.keep(ctx, f, p, http.MaxBytesReader(nil, resp.Body, maxMedia))
			return err
		}})
	var over *http.MaxBytesError
	if errors.Is(err, errTooBig) || errors.As(err, &over) {
		return bot.File{Name: p.named(""), Kind: p.kind, Error: whyBig}, nil
	}
	why := goneMedia[code(err)]
	if why == "" && errors.Is(err, bot.ErrPermanent) {
		why = whyExpired
	}
	if why != "" {
		a.log.Warn("file not fetched", "event", f.message, "err", err)
		return bot.File{Name: p.named(""), Kind: p.kind, Error: why}, nil
	}
	return got, err
}

// first is the first of texts that says anything.
func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
