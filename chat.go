package main

import (
	"context"
	"errors"
	"io"
	"time"

	"fenghuo/bot"
	"fenghuo/bot/webchat"
	"fenghuo/config"
	"fenghuo/store"
)

// builtInChat is the chat in a browser with what it needs of the service.
type builtInChat struct {
	*webchat.Chat
	files *chatFiles
	clock webchat.Clock // nil: the time is real
}

// withChat adds the built-in chat. Whoever can open its page can speak as anybody: it is for trying
// things out and for drills, not for a network of strangers.
func (p *parts) withChat(cfg *config.Config, clock webchat.Clock) error {
	zone, err := time.LoadLocation(cfg.Timezone)
	if err != nil {
		return err
	}
	files := &chatFiles{}
	chat, err := webchat.New(webchat.Config{Org: p.org, Now: p.now, Zone: zone, Dir: cfg.DataDir, Files: files})
	if err != nil {
		return err
	}
	p.chat = &builtInChat{Chat: chat, files: files, clock: clock}
	p.platforms, p.connect = append(p.platforms, chat.Platforms()...), chat.Connect
	return nil
}

// chatFiles keeps what people send in the service's own store, as soon as it is open.
type chatFiles struct{ store *store.Store }

var errNotOpen = errors.New("the store is not open yet")

func (f *chatFiles) PutFile(ctx context.Context, name, by string, r io.Reader) (bot.File, error) {
	if f.store == nil {
		return bot.File{}, errNotOpen
	}
	return f.store.PutFile(ctx, name, by, r)
}

func (f *chatFiles) OpenFile(ctx context.Context, sha string) (io.ReadSeekCloser, bot.File, error) {
	if f.store == nil {
		return nil, bot.File{}, errNotOpen
	}
	return f.store.OpenFile(ctx, sha)
}
